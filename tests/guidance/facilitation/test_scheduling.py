"""Asking for forums, fixing their day and team: one by one, for a season at once, moved, put off."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from factories import people, places
from guidance.facilitation.given import EARLY, HELD, NOW, asked, followed, later, proven, ready, scheduled
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.models import DayChange, Facilitation, Guide
from rembuk.guidance.facilitation.services import ForumPlan, GuideValues
from rembuk.shared.trail.testing import setting_up


def test_a_forum_is_asked_for_once(cycle, staff):
    first, again = asked(cycle, staff), asked(cycle, staff)
    assert (first.pk, Facilitation.objects.count(), first.state) == (again.pk, 1, "requested")


def test_all_villages_of_a_year_are_asked_for_in_a_constant_number_of_queries(
    cycle, other_cycle, staff, django_assert_max_num_queries
):
    with django_assert_max_num_queries(6):
        made = services.request_forums(cycle_ids=[cycle.pk, other_cycle.pk], actor=staff, at=EARLY)
    again = services.request_forums(cycle_ids=[cycle.pk, other_cycle.pk], actor=staff, at=EARLY)
    assert (len(made.opened), len(made.known)) == (2, 0)
    assert (len(again.opened), len(again.known)) == (0, 2)


def test_one_closed_cycle_among_many_opens_nothing(cycle, other_cycle, staff):
    with setting_up():
        other_cycle.closed_at = EARLY
        other_cycle.save()
    with pytest.raises(RefusedError, match="forum-cycle-closed"):
        services.request_forums(cycle_ids=[cycle.pk, other_cycle.pk], actor=staff, at=EARLY)
    assert Facilitation.objects.count() == 0


def test_a_village_asks_for_itself_and_not_for_its_neighbour(cycle, other_cycle, secretary):
    assert asked(cycle, secretary).state == "requested"
    with pytest.raises(NotAllowedError):
        asked(other_cycle, secretary)


def test_a_day_is_fixed_once_and_moved_only_with_a_reason(cycle, staff):
    forum = scheduled(cycle, staff)
    assert (forum.state, forum.day) == ("scheduled", HELD)
    again = services.schedule_forum(forum_id=forum.pk, day=HELD, actor=staff, at=EARLY)
    assert again.version == forum.version
    with pytest.raises(RefusedError, match="forum-day-fixed"):
        services.schedule_forum(forum_id=forum.pk, day=later(1), actor=staff, at=EARLY)
    with pytest.raises(BadInputError, match="forum-reason"):
        services.move_forum(forum_id=forum.pk, day=later(1), reason_code="?", reason="", actor=staff, at=EARLY)
    moved = services.move_forum(forum_id=forum.pk, day=later(1), reason_code="water", reason="", actor=staff, at=EARLY)
    assert (moved.state, moved.day) == ("scheduled", later(1))
    assert list(DayChange.objects.values_list("from_day", "to_day", "reason_code")) == [(HELD, later(1), "water")]


def test_a_day_gone_by_is_refused_unless_the_meeting_was_held_on_it(cycle, staff):
    with pytest.raises(BadInputError, match="forum-day-past"):
        services.schedule_forum(forum_id=asked(cycle, staff).pk, day=date(2026, 5, 1), actor=staff, at=EARLY)


def test_other_as_a_reason_wants_a_sentence(cycle, staff):
    forum = scheduled(cycle, staff)
    with pytest.raises(BadInputError, match="forum-reason-words"):
        services.postpone_forum(forum_id=forum.pk, reason_code="other", reason=" ", actor=staff, at=EARLY)


def test_a_postponed_forum_frees_its_people_and_takes_a_new_day(cycle, other_cycle, staff):
    forum = scheduled(cycle, staff)
    guide = people.facilitator(cycle.village)
    services.add_guide(forum_id=forum.pk, values=GuideValues(sex="P", person_id=guide.person_id), actor=staff, at=EARLY)
    off = services.postpone_forum(forum_id=forum.pk, reason_code="funeral", reason="", actor=staff, at=EARLY)
    assert (off.state, off.day, Guide.objects.get().day) == ("postponed", None, None)
    back = services.schedule_forum(forum_id=forum.pk, day=later(2), actor=staff, at=EARLY)
    assert (back.state, Guide.objects.get().day) == ("scheduled", later(2))


def test_a_forum_in_preparation_is_moved_to_a_day_and_not_let_go(cycle, staff):
    forum = scheduled(cycle, staff)
    with setting_up():
        Facilitation.objects.update(state="prep")
    with pytest.raises(RefusedError, match="forum-prep-needs-day"):
        services.postpone_forum(forum_id=forum.pk, reason_code="weather", reason="", actor=staff, at=EARLY)
    moved = services.move_forum(
        forum_id=forum.pk, day=later(3), reason_code="weather", reason="", actor=staff, at=EARLY
    )
    assert (moved.state, moved.day) == ("prep", later(3))


def test_a_ready_forum_that_moves_is_prepared_anew(cycle, staff):
    forum = ready(cycle, staff)
    moved = services.move_forum(forum_id=forum.pk, day=later(3), reason_code="water", reason="", actor=staff, at=EARLY)
    assert moved.state == "scheduled"


def test_one_person_is_in_one_place_a_day_and_the_other_forum_is_named(cycle, other_cycle, staff, village):
    first, second = scheduled(cycle, staff), scheduled(other_cycle, staff)
    team = people.holder(Role.PTP, village)
    values = GuideValues(sex="P", person_id=team.person_id)
    services.add_guide(forum_id=first.pk, values=values, actor=staff, at=EARLY)
    with pytest.raises(RefusedError) as refused:
        services.add_guide(forum_id=second.pk, values=values, actor=staff, at=EARLY)
    [finding] = refused.value.findings
    assert "sudah memandu di Desa Melintang, Kecamatan Muara Wis" in finding.message
    moved = services.move_forum(forum_id=second.pk, day=later(1), reason_code="clash", reason="", actor=staff, at=EARLY)
    assert services.add_guide(forum_id=moved.pk, values=values, actor=staff, at=EARLY).day == later(1)
    with pytest.raises(RefusedError, match="guide-clash"):
        services.move_forum(forum_id=second.pk, day=HELD, reason_code="clash", reason="", actor=staff, at=EARLY)


def test_the_database_itself_keeps_a_person_in_one_place_a_day(cycle, other_cycle, staff, village):
    team = people.holder(Role.PTP, village)
    with setting_up():
        for forum in (scheduled(cycle, staff), scheduled(other_cycle, staff)):
            row = Guide(facilitation=forum, person=team.person, name="A", sex="P", day=HELD, added_by=staff.person_id)
            if forum.cycle_id == cycle.pk:
                row.save()
                continue
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()


def test_a_namesake_is_asked_about_and_may_be_another_person(cycle, other_cycle, staff):
    first, second = scheduled(cycle, staff), scheduled(other_cycle, staff)
    services.add_guide(forum_id=first.pk, values=GuideValues("Siti Aminah", "P"), actor=staff, at=EARLY)
    with pytest.raises(RefusedError) as refused:
        services.add_guide(forum_id=second.pk, values=GuideValues("siti aminah", "P"), actor=staff, at=EARLY)
    assert refused.value.findings[0].code == "F-SENAMA"
    other = GuideValues("Siti Aminah", "P", other_person=True)
    assert services.add_guide(forum_id=second.pk, values=other, actor=staff, at=EARLY).name == "Siti Aminah"


def test_whoever_is_not_yet_assigned_cannot_guide(cycle, staff, village):
    forum = scheduled(cycle, staff)
    cases = {
        "guide-not-yet-assigned": {"start_date": later(1)},
        "guide-no-longer-assigned": {"end_date": later(-1)},
    }
    for number, (code, dates) in enumerate(cases.items()):
        held = people.holder(Role.PLD, village, username=f"pld{number}", **dates)
        with pytest.raises(RefusedError, match=code):
            values = GuideValues(sex="P", person_id=held.person_id)
            services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)
    elsewhere = people.holder(Role.PLD, places.perian(), username="jauh")
    with pytest.raises(RefusedError, match="guide-not-assigned"):
        values = GuideValues(sex="L", person_id=elsewhere.person_id)
        services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)


def test_moving_a_forum_asks_again_whether_its_people_are_assigned_then(cycle, staff, village):
    forum = scheduled(cycle, staff)
    held = people.holder(Role.PLD, village, end_date=HELD)
    values = GuideValues(sex="P", person_id=held.person_id)
    services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)
    with pytest.raises(RefusedError, match="guide-no-longer-assigned"):
        services.move_forum(forum_id=forum.pk, day=later(1), reason_code="water", reason="", actor=staff, at=EARLY)
    assert Facilitation.objects.get().day == HELD


def plans_for(forums, village, days, guides=("Siti", "Budi")):
    team = tuple(GuideValues(f"{name} {number}", sex) for name, sex in zip(guides, "PL", strict=True) for number in "1")
    return [ForumPlan(forum.pk, day, team) for forum, day in zip(forums, days, strict=True)]


def test_a_season_plan_gives_day_and_team_at_once_and_repeating_it_changes_nothing(cycle, other_cycle, staff, village):
    forums = [asked(cycle, staff), asked(other_cycle, staff)]
    plans = plans_for(forums, village, (HELD, later(1)))
    done = services.schedule_forums(plans=plans, plan_reference="Musim 2026/1", actor=staff, at=EARLY)
    assert (len(done.changed), done.same, done.passed) == (2, (), ())
    assert Guide.objects.filter(day=HELD).count() == 2 == Guide.objects.filter(day=later(1)).count()
    versions = list(Facilitation.objects.order_by("pk").values_list("version", flat=True))
    again = services.schedule_forums(plans=plans, plan_reference="Musim 2026/1", actor=staff, at=EARLY)
    assert (again.changed, len(again.same)) == ((), 2)
    assert versions == list(Facilitation.objects.order_by("pk").values_list("version", flat=True))


def test_two_forums_swap_their_days_in_one_plan(cycle, other_cycle, staff, village):
    forums = [asked(cycle, staff), asked(other_cycle, staff)]
    person = people.holder(Role.PTP, village)
    team = (GuideValues(sex="P", person_id=person.person_id),)
    for number, days in enumerate(((HELD, later(1)), (later(1), HELD))):
        plans = [ForumPlan(forum.pk, day, team) for forum, day in zip(forums, days, strict=True)]
        services.schedule_forums(plans=plans, plan_reference=f"Musim {number}", actor=staff, at=EARLY)
    assert dict(Guide.objects.values_list("facilitation_id", "day")) == {
        forums[0].pk: later(1),
        forums[1].pk: HELD,
    }
    assert DayChange.objects.filter(reason_code="plan", reason="Musim 1").count() == 2


def test_a_plan_with_a_clash_writes_nothing_and_names_every_one(cycle, other_cycle, staff, village):
    forums = [asked(cycle, staff), asked(other_cycle, staff)]
    plans = plans_for(forums, village, (HELD, HELD))
    with pytest.raises(RefusedError) as refused:
        services.schedule_forums(plans=plans, plan_reference="Musim", actor=staff, at=EARLY)
    assert len(refused.value.findings) == 4
    assert set(Facilitation.objects.values_list("state", flat=True)) == {"requested"} and not Guide.objects.exists()


def test_a_plan_leaves_a_forum_alone_that_has_begun(cycle, staff, secretary, head):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    followed(forum, staff)
    done = services.schedule_forums(plans=[ForumPlan(forum.pk, later(60))], plan_reference="Musim", actor=staff, at=NOW)
    assert (done.changed, done.passed) == ((), (forum.pk,))
    with pytest.raises(RefusedError, match="forum-begun"):
        services.postpone_forum(forum_id=forum.pk, reason_code="water", reason="", actor=staff, at=NOW)


def test_a_forum_without_a_day_cannot_be_put_off(cycle, staff):
    with pytest.raises(IllegalTransitionError):
        services.postpone_forum(forum_id=asked(cycle, staff).pk, reason_code="water", reason="", actor=staff, at=EARLY)


def test_who_is_bound_where_on_a_day_can_be_asked(cycle, staff, village):
    forum = scheduled(cycle, staff)
    person = people.holder(Role.PTP, village).person_id
    services.add_guide(forum_id=forum.pk, values=GuideValues(sex="P", person_id=person), actor=staff, at=EARLY)
    found = queries.guides_on([HELD, later(1)])
    assert {key: row.facilitation_id for key, row in found.items()} == {(person, HELD): forum.pk}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "guide-name"),
        ({"sex": "X"}, "guide-sex"),
        ({"position": "raja"}, "guide-position"),
    ],
)
def test_a_member_that_cannot_be_read_is_refused(cycle, staff, changes, code):
    forum = scheduled(cycle, staff)
    with pytest.raises(BadInputError, match=code):
        values = replace(GuideValues("Siti", "P"), **changes)
        services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)


def test_a_second_cycle_of_the_village_has_its_own_forum(cycle, staff, village):
    second = open_cycle(village=village, plan_year=2027, actor=staff, at=EARLY)
    assert asked(cycle, staff).pk != asked(second, staff).pk
