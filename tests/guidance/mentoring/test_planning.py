"""Planning visits: a season in one act, what is refused in words, moving, cancelling, the village's agreement."""

from datetime import date
from uuid import uuid4

import pytest

from factories import places
from guidance.mentoring.given import NOW, at, hat, planned
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError, StaleError
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import Visit, VisitMember
from rembuk.guidance.mentoring.services import DropInValues, MoveValues, PlanValues
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def others(village):
    """A village near by and one far away, both of the regency."""
    with setting_up():
        near, far = places.enggelam(), places.perian()
        near.latitude, near.longitude = -0.36, 116.65
        far.latitude, far.longitude = 0.70, 116.10
        near.save()
        far.save()
    return near, far


def season(actor, villages, **values):
    values = PlanValues(**{"start": "2026-09-23", "end": "2026-09-30", "local": True, **values})
    return services.plan_visits(
        season_id=uuid4(), village_ids=[village.id for village in villages], values=values, actor=actor, at=NOW
    )


def test_a_season_gives_each_village_a_working_day_and_tells_village_and_team(
    village, others, staff, ptp, secretary, head
):
    near, _far = others
    made = season(staff, [village, near], local=False, team=(str(ptp.assignment_id),), purpose="coaching", note="Awal")
    days = sorted(visit.planned_date for visit in made.visits)
    assert days == [date(2026, 9, 23), date(2026, 9, 28)]
    visit = Visit.objects.get(village=village)
    assert (visit.state, visit.purpose, visit.plan_note) == ("planned", "coaching", "Awal")
    assert visit.team_text == ptp.name
    told = set(Notice.objects.filter(key=f"visit:{visit.pk}:planned").values_list("person_id_value", flat=True))
    assert told == {secretary.person_id, head.person_id, ptp.person_id}


def test_the_same_season_again_changes_nothing_and_other_villages_under_its_key_are_refused(
    village, staff, ptp, others
):
    key = uuid4()
    values = PlanValues(start="2026-09-23", end="2026-09-30", team=(str(ptp.assignment_id),))
    first = services.plan_visits(season_id=key, village_ids=[village.id], values=values, actor=staff, at=NOW)
    again = services.plan_visits(season_id=key, village_ids=[village.id], values=values, actor=staff, at=NOW)
    assert [v.pk for v in again.visits] == [v.pk for v in first.visits] and Visit.objects.count() == 1
    with pytest.raises(RefusedError) as refused:
        services.plan_visits(season_id=key, village_ids=[village.id, others[0].id], values=values, actor=staff, at=NOW)
    assert refused.value.code == "visit-key-taken" and Visit.objects.count() == 1


def test_each_village_gets_its_own_facilitator_or_who_stands_in_while_the_seat_is_empty(village, others, staff, ptp):
    near, far = others
    own = hat("PLD", near)
    district = hat("CAM", far)
    made = {visit.village_id: visit for visit in season(staff, [village, near, far]).visits}
    team = {visit.village_id: visit.members.get().person_id for visit in made.values()}
    assert team == {village.id: ptp.person_id, near.id: own.person_id, far.id: district.person_id}


def test_the_programme_runs_with_no_facilitator_and_no_district_team_at_all(village, staff):
    (visit,) = season(staff, [village]).visits
    assert visit.members.get().person_id == staff.person_id


def test_a_window_that_is_too_short_says_how_many_days_it_lacks(village, others, staff, ptp):
    with pytest.raises(RefusedError) as refused:
        season(
            staff,
            [village, others[0]],
            local=False,
            team=(str(ptp.assignment_id),),
            start="2026-09-26",
            end="2026-09-28",
        )
    assert refused.value.code == "visit-window"
    assert (refused.value.values["needed"], refused.value.values["there"]) == (2, 1)
    assert Visit.objects.count() == 0


def test_days_on_which_the_team_is_planned_already_are_left_out(village, others, staff, ptp):
    planned(staff, ptp, village, start="2026-09-23")
    made = season(staff, [others[0]], local=False, team=(str(ptp.assignment_id),), start="2026-09-23", end="2026-09-24")
    assert made.visits[0].planned_date == date(2026, 9, 24)


def test_a_visit_before_the_assignment_begins_is_refused_in_words(village, staff):
    later = hat("PTP", village, username="baru", start_date=date(2026, 10, 1))
    with pytest.raises(RefusedError) as refused:
        planned(staff, later, start="2026-09-24")
    (finding,) = refused.value.findings
    assert "baru mulai 1 Oktober 2026" in finding.message and Visit.objects.count() == 0


def test_somebody_who_is_not_assigned_there_is_refused_in_words(village, others, staff):
    elsewhere = hat("PTP", others[1])
    with pytest.raises(RefusedError) as refused:
        planned(staff, elsewhere, village)
    assert "tidak bertugas di Melintang" in refused.value.findings[0].message


def test_two_places_a_day_apart_on_one_day_are_refused_and_near_ones_are_said(village, others, staff):
    near, far = others
    planned(staff, staff, village)
    with pytest.raises(RefusedError) as refused:
        planned(staff, staff, far)
    assert "tidak terkejar dalam satu hari" in refused.value.findings[0].message
    values = PlanValues(start="2026-09-24", end="2026-09-24", team=(str(staff.assignment_id),))
    made = services.plan_visits(season_id=uuid4(), village_ids=[near.id], values=values, actor=staff, at=NOW)
    assert ["cukup untuk dua desa" in finding.message for finding in made.warnings] == [True]


def test_a_second_visit_of_one_person_to_one_village_on_one_day_is_refused(village, staff, ptp):
    planned(staff, ptp)
    with pytest.raises(RefusedError):
        planned(staff, ptp)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"start": ""}, "visit-day-missing"),
        ({"start": "besok"}, "visit-day"),
        ({"start": "2026-09-01"}, "visit-day-past"),
        ({"start": "2026-10-01", "end": "2026-09-25"}, "visit-days-turned"),
        ({"end": "2028-01-01"}, "visit-window-long"),
        ({"purpose": "piknik"}, "visit-kind"),
        ({"stage": "K99"}, "visit-kind"),
        ({"local": False}, "visit-no-team"),
        ({"local": False, "team": ("bukan-kunci",)}, "visit-unknown-person"),
        ({"note": "x" * 301}, "visit-text-long"),
    ],
)
def test_what_cannot_be_planned_is_refused_and_nothing_is_written(village, staff, values, code):
    with pytest.raises(BadInputError) as refused:
        season(staff, [village], **values)
    assert refused.value.code == code and Visit.objects.count() == 0


def test_a_village_outside_ones_place_cannot_be_planned_for(village, others, ptp):
    with pytest.raises(BadInputError) as refused:
        season(ptp, [others[1]])
    assert refused.value.code == "visit-place"


def test_the_village_agrees_once_and_the_team_may_write_it_down(village, staff, ptp, secretary):
    (visit,) = planned(staff, ptp)
    confirmed = services.confirm_visit(visit_id=visit.pk, actor=secretary, at=NOW)
    again = services.confirm_visit(visit_id=visit.pk, note="telepon", actor=ptp, at=at(1))
    assert confirmed.state == again.state == "confirmed"
    assert (again.confirmed_by, again.confirm_note) == (secretary.person_id, "")


def test_moving_keeps_the_old_plan_with_its_reason_and_makes_a_new_one_with_the_same_team(
    village, staff, ptp, secretary
):
    (visit,) = planned(staff, ptp)
    key = uuid4()
    values = MoveValues("2026-09-29", "water_level", "Air surut, ketinting tidak lewat")
    moved = services.reschedule_visit(visit_id=visit.pk, new_id=key, values=values, actor=ptp, at=NOW)
    again = services.reschedule_visit(visit_id=visit.pk, new_id=key, values=values, actor=ptp, at=NOW)
    visit.refresh_from_db()
    assert (visit.state, visit.reason_code) == ("rescheduled", "water_level")
    assert (moved.state, moved.planned_date, moved.moved_from_id) == ("planned", date(2026, 9, 29), visit.pk)
    assert again.pk == moved.pk and Visit.objects.count() == 2
    assert VisitMember.objects.get(visit=moved).person_id == ptp.person_id
    assert (
        "dijadwal ulang"
        in Notice.objects.get(key=f"visit:{moved.pk}:planned", person_id_value=secretary.person_id).title
    )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (MoveValues("2026-09-29", "lupa", "Lupa"), "visit-reason-code"),
        (MoveValues("2026-09-29", "weather", " "), "visit-reason"),
        (MoveValues("2026-09-20", "weather", "Hujan"), "visit-day-past"),
    ],
)
def test_a_visit_is_not_moved_without_a_reason_or_into_the_past(village, staff, ptp, values, code):
    (visit,) = planned(staff, ptp)
    with pytest.raises(BadInputError) as refused:
        services.reschedule_visit(visit_id=visit.pk, new_id=uuid4(), values=values, actor=ptp, at=NOW)
    visit.refresh_from_db()
    assert refused.value.code == code and visit.state == "planned"


def test_a_visit_that_another_changed_since_is_not_moved(village, staff, ptp, secretary):
    (visit,) = planned(staff, ptp)
    services.confirm_visit(visit_id=visit.pk, actor=secretary, at=NOW)
    with pytest.raises(StaleError):
        services.reschedule_visit(
            visit_id=visit.pk,
            new_id=uuid4(),
            values=MoveValues("2026-09-29", "weather", "Hujan", version=visit.version),
            actor=ptp,
            at=NOW,
        )


def test_cancelling_wants_a_reason_takes_back_the_unread_notice_and_tells_why(village, staff, ptp, secretary):
    (visit,) = planned(staff, ptp)
    with pytest.raises(BadInputError):
        services.cancel_visit(visit_id=visit.pk, reason="", actor=staff, at=NOW)
    services.cancel_visit(visit_id=visit.pk, reason="Anggaran digeser", actor=staff, at=NOW)
    titles = set(Notice.objects.filter(person_id_value=secretary.person_id).values_list("title", flat=True))
    assert len(titles) == 1 and "dibatalkan" in titles.pop()
    with pytest.raises(NotAllowedError):
        services.cancel_visit(visit_id=visit.pk, reason="Lagi", actor=staff, at=NOW)


def test_the_village_plans_and_moves_nothing(village, staff, ptp, secretary):
    (visit,) = planned(staff, ptp)
    with pytest.raises(NotAllowedError):
        services.cancel_visit(visit_id=visit.pk, reason="Sibuk", actor=secretary, at=NOW)
    with pytest.raises(NotAllowedError):
        season(secretary, [village])


def test_beginning_a_visit_records_the_agreement_at_the_door_and_repeats_without_harm(village, staff, ptp):
    (visit,) = planned(staff, ptp)
    begun = services.start_visit(visit_id=visit.pk, actor=ptp, at=at(3))
    again = services.start_visit(visit_id=visit.pk, actor=ptp, at=at(4))
    assert (begun.state, begun.confirmed_by) == ("on_site", ptp.person_id)
    assert again.started_at == at(3)


def test_a_cancelled_visit_cannot_begin(village, staff, ptp):
    (visit,) = planned(staff, ptp)
    services.cancel_visit(visit_id=visit.pk, reason="Banjir", actor=staff, at=NOW)
    with pytest.raises(IllegalTransitionError):
        services.start_visit(visit_id=visit.pk, actor=ptp, at=NOW)


def test_a_visit_that_nobody_planned_begins_with_its_own_key(village, ptp, others):
    key = uuid4()
    first = services.drop_in(visit_id=key, values=DropInValues(village.id, "2026-09-20"), actor=ptp, at=NOW)
    again = services.drop_in(visit_id=key, values=DropInValues(village.id, "2026-09-20"), actor=ptp, at=NOW)
    assert first.pk == again.pk and (first.state, first.planned_date) == ("on_site", date(2026, 9, 20))
    with pytest.raises(RefusedError):
        services.drop_in(visit_id=key, values=DropInValues(others[0].id, "2026-09-20"), actor=ptp, at=NOW)
    with pytest.raises(BadInputError):
        services.drop_in(visit_id=uuid4(), values=DropInValues(others[1].id, "2026-09-20"), actor=ptp, at=NOW)
    with pytest.raises(BadInputError):
        services.drop_in(visit_id=uuid4(), values=DropInValues(village.id, "2026-09-22"), actor=ptp, at=NOW)
