"""From preparation to verified evidence: the gates, the record of the meeting, the figures that count."""

import uuid
from datetime import timedelta

import pytest

from deliberation import given as meetings
from factories import people, places
from guidance.facilitation.given import (
    EARLY,
    NOW,
    REASON,
    answer,
    answers,
    asked,
    followed,
    later,
    photo,
    proven,
    ready,
    scheduled,
    with_team,
)
from rembuk.core.errors import BadInputError, IllegalTransitionError, NotAllowedError, RefusedError
from rembuk.core.guidance.facilitation import MeetingRecord
from rembuk.core.hat import Role
from rembuk.cycles.models import Evidence, Excuse
from rembuk.cycles.services import open_cycle
from rembuk.deliberation import services as rooms
from rembuk.guidance.facilitation import facts, queries, services
from rembuk.guidance.facilitation.models import Answer, Facilitation
from rembuk.guidance.facilitation.services import AnswerValues, GuideValues
from rembuk.guidance.facilitation.services.reminding import remind_forums
from rembuk.plans.models import Team
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up


def codes(error) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_a_forum_without_anything_is_not_ready_and_every_must_have_is_named(cycle, staff):
    forum = scheduled(cycle, staff)
    with pytest.raises(RefusedError) as refused:
        services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY)
    assert codes(refused) == ["B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B13"]
    assert Facilitation.objects.get().state == "scheduled"


def test_a_team_without_a_woman_is_refused_in_words(cycle, staff):
    forum = scheduled(cycle, staff)
    for name in ("Budi Raharjo", "Ahmad Fauzi"):
        services.add_guide(forum_id=forum.pk, values=GuideValues(name, "L"), actor=staff, at=EARLY)
    with pytest.raises(RefusedError) as refused:
        services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY)
    [team] = [finding.message for finding in refused.value.findings if finding.code == "B02"]
    assert "Belum ada pemandu perempuan. Tambahkan paling sedikit satu" in team


def test_a_fact_answers_its_item_without_a_tick(cycle, staff):
    forum = with_team(scheduled(cycle, staff), staff)
    with setting_up():
        Team.objects.create(village=cycle.village, cycle=cycle, kind="drafting", decree_number="141/7/2026")
    with pytest.raises(RefusedError) as refused:
        services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY)
    assert "B01" not in codes(refused) and "B02" not in codes(refused)


def test_a_granted_excuse_for_a_late_ceiling_answers_its_item(cycle, staff):
    forum = scheduled(cycle, staff)
    assert facts.facts_of(queries.seen_of(forum))["ceiling"].words == "surat pagu belum masuk"
    with setting_up():
        Excuse.objects.create(
            cycle=cycle, stage="K3", reason="Pagu terlambat", from_date=later(-30), state="granted", decided_at=NOW
        )
    known = facts.facts_of(queries.seen_of(forum))["ceiling"]
    assert (known.done, known.words) == (True, "keterlambatan diakui")


def test_a_reason_opens_the_gate_for_those_who_may_and_is_kept(cycle, staff, secretary):
    forum = with_team(scheduled(cycle, staff), staff)
    with pytest.raises(NotAllowedError):
        services.make_ready(forum_id=forum.pk, actor=secretary, at=EARLY, reason=REASON)
    done = services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY, reason=REASON)
    assert (done.state, done.override_reason, done.override_by) == ("ready", REASON, staff.person_id)
    assert done.override_items == ["B01", "B03", "B04", "B05", "B06", "B07", "B08", "B13"]


def test_the_first_answer_begins_the_preparation_and_a_replay_changes_nothing(cycle, staff):
    forum, key = scheduled(cycle, staff), uuid.uuid4()
    for _time in range(2):
        services.answer_items(forum_id=forum.pk, key=key, answers=answers("B14", "B18"), actor=staff, at=EARLY)
    assert (Answer.objects.count(), Facilitation.objects.get().state) == (2, "prep")
    with pytest.raises(RefusedError, match="forum-key-taken"):
        services.answer_items(forum_id=forum.pk, key=key, answers=answers("B14", value="no"), actor=staff, at=EARLY)


def test_the_newest_answer_by_the_device_holds_and_an_old_one_that_comes_late_stays_readable(cycle, staff):
    forum = scheduled(cycle, staff)
    fresh = AnswerValues("B14", "yes", captured_at=EARLY + timedelta(hours=2))
    stale = AnswerValues("B14", "no", captured_at=EARLY + timedelta(hours=1))
    for values in (fresh, stale):
        services.answer_items(
            forum_id=forum.pk, key=uuid.uuid4(), answers=[values], actor=staff, at=NOW, origin="offline"
        )
    assert (queries.answers_of(forum.pk)["B14"].value, Answer.objects.count()) == ("yes", 2)


def test_a_clock_in_the_future_is_kept_and_flagged(cycle, staff):
    forum = scheduled(cycle, staff)
    values = [AnswerValues("B14", "yes", captured_at=NOW + timedelta(hours=1))]
    [row] = services.answer_items(forum_id=forum.pk, key=uuid.uuid4(), answers=values, actor=staff, at=NOW)
    assert row.clock_odd


@pytest.mark.parametrize(
    ("code", "value", "error"),
    [
        ("B01", "yes", RefusedError),
        ("Z99", "yes", BadInputError),
        ("B14", "perhaps", BadInputError),
        ("B14", "na", BadInputError),
        ("D02", "yes", RefusedError),
    ],
)
def test_an_answer_that_cannot_be_is_refused(cycle, staff, code, value, error):
    forum = scheduled(cycle, staff)
    with pytest.raises(error):
        answer(forum, staff, code, value=value)
    assert Answer.objects.count() == 0


def test_a_forum_follows_its_meeting_without_a_figure_typed_twice(cycle, staff, secretary, head):
    forum = ready(cycle, staff)
    meeting = meetings.running(cycle, secretary, "MUSREN")
    assert followed(forum, staff).state == "in_session"
    meetings.come(meeting, secretary)
    rooms.close_meeting(meeting_id=meeting.pk, ended_at=meetings.CLOSED, actor=secretary, at=NOW)
    after = followed(forum, staff)
    assert (after.state, after.meeting_id) == ("held", meeting.pk)
    record = queries.seen_of(after).record
    assert isinstance(record, MeetingRecord) and (record.men, record.women) == (3, 3)


def test_pages_show_where_the_record_has_led_before_anybody_stores_it(cycle, staff, secretary, head):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    assert (queries.seen_of(forum).state, Facilitation.objects.get().state) == ("minutes_signed", "ready")
    assert services.follow_open_forums(later(1)) == 1
    assert Facilitation.objects.get().state == "minutes_signed"
    assert services.follow_open_forums(later(1)) == 0


def test_only_verified_evidence_counts_as_held(cycle, other_cycle, staff, secretary, head, camat, village):
    forum = ready(cycle, staff)
    asked(other_cycle, staff)
    proven(cycle, secretary, head)
    followed(forum, staff)
    before = queries.figures_of(village.regency.place, cycle.budget_year)
    assert (before.villages, before.asked, before.held, before.verified, before.percent) == (2, 2, 1, 0, 0)
    assert queries.verified_cycles([cycle.pk, other_cycle.pk]) == frozenset()
    services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    after = queries.figures_of(village.regency.place, cycle.budget_year)
    assert (after.held, after.verified, after.percent) == (1, 1, 100)
    assert queries.verified_cycles([cycle.pk, other_cycle.pk]) == frozenset({cycle.pk})
    [district] = queries.district_figures(village.regency.place, cycle.budget_year)
    assert (district.name, district.figures) == ("Muara Wis", after)


def test_evidence_with_one_photo_is_refused_with_what_is_missing(cycle, staff, secretary, head, camat):
    forum = ready(cycle, staff)
    meeting = proven(cycle, secretary, head, photos=1)
    with pytest.raises(RefusedError) as refused:
        services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    assert codes(refused) == ["F-PHOTOS"]
    rooms.add_photo(meeting_id=meeting.pk, source=photo("red"), name="b.jpg", actor=secretary, at=NOW)
    assert services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW).state == "verified"


def test_nobody_of_the_team_verifies_its_own_forum(cycle, staff, secretary, head, district):
    forum = scheduled(cycle, staff)
    values = GuideValues(sex="P", person_id=district.person_id)
    services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)
    services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY, reason=REASON)
    proven(cycle, secretary, head)
    with pytest.raises(NotAllowedError):
        services.verify_forum(forum_id=forum.pk, actor=district, at=NOW)
    assert services.verify_forum(forum_id=forum.pk, actor=staff, at=NOW).verified_by == staff.person_id


def test_evidence_that_changes_after_its_verification_is_seen_and_stays_counted(cycle, staff, secretary, head, camat):
    forum = ready(cycle, staff)
    meeting = proven(cycle, secretary, head)
    services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    assert not queries.seen_of(Facilitation.objects.get()).changed_since
    rooms.add_photo(meeting_id=meeting.pk, source=photo("red"), name="c.jpg", actor=secretary, at=NOW)
    seen = queries.seen_of(Facilitation.objects.select_related("village").get())
    assert seen.changed_since and seen.counted
    services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    assert not queries.seen_of(Facilitation.objects.get()).changed_since


def test_signed_minutes_withdrawn_from_the_evidence_are_no_longer_a_piece(cycle, staff, secretary, head):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    assert queries.seen_of(forum).record.scan
    with setting_up():
        Evidence.objects.filter(paper_code="F03").update(withdrawn_at=NOW, withdrawn_reason="Salah")
    assert not queries.seen_of(forum).record.scan


def test_a_forum_is_closed_when_the_session_and_what_follows_are_done(cycle, staff, secretary, head, camat):
    forum = ready(cycle, staff)
    with pytest.raises(IllegalTransitionError):
        services.close_forum(forum_id=forum.pk, actor=camat, at=NOW)
    proven(cycle, secretary, head)
    services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    with pytest.raises(RefusedError) as refused:
        services.close_forum(forum_id=forum.pk, actor=camat, at=NOW)
    assert codes(refused) == ["D02", "D07", "D08", "D10", "D12", "A02"]
    answer(forum, staff, "D02", "D07", "D08", "D12", "A02")
    services.count_turn(forum_id=forum.pk, turn_id=uuid.uuid4(), sex="P", actor=staff, at=NOW)
    closed = services.close_forum(forum_id=forum.pk, actor=camat, at=NOW)
    assert (closed.state, closed.closed) == ("closed", True)
    with pytest.raises(RefusedError, match="forum-closed"):
        answer(forum, staff, "A03")
    assert queries.verified_cycles([cycle.pk]) == frozenset({cycle.pk})


def test_another_day_on_the_invitation_is_told(cycle, staff, secretary):
    forum = scheduled(cycle, staff, later(2))
    meetings.invited(cycle, secretary, "MUSREN")
    known = facts.facts_of(queries.seen_of(forum))["date"]
    assert (known.done, known.words) == (False, "di sini 12 Juni 2026, di undangan 10 Juni 2026")


def test_invitations_a_week_before_are_a_fact(cycle, staff, secretary):
    forum = scheduled(cycle, staff)
    meetings.invited(cycle, secretary, "MUSREN")
    known = facts.facts_of(queries.seen_of(forum))["invitations"]
    assert (known.done, known.words) == (True, "6 diundang, 7 hari sebelumnya")


def test_the_attendance_of_more_invited_than_invited_is_flagged(cycle, staff, secretary):
    ready(cycle, staff)
    meeting = meetings.running(cycle, secretary, "MUSREN")
    for element in ("TANI", "PEREMPUAN"):
        rooms.set_tally(meeting_id=meeting.pk, element=element, male=3, female=4, actor=secretary, at=NOW)
    record = queries.seen_of(Facilitation.objects.get()).record
    assert (record.invited, record.invited_present) == (6, 14)


def test_missing_evidence_is_remembered_three_and_seven_days_after(cycle, staff, secretary, head):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head, photos=1)
    followed(forum, staff)
    told = {days: remind_forums(later(days)) for days in (2, 3, 4, 7, 8)}
    assert (told[2], told[4], told[8]) == (0, 0, 0) and told[3] == told[7] > 0
    assert remind_forums(later(3)) == 0
    keys = set(Notice.objects.filter(person_id_value=secretary.person_id).values_list("title", flat=True))
    assert keys == {"Bukti Musrenbang Desa Melintang kurang 1"}


def test_a_forum_that_comes_near_is_told_to_its_people_and_the_offices(cycle, staff, secretary, village):
    office = people.holder(Role.OPD, village)
    guide = people.facilitator(village)
    forum = scheduled(cycle, staff)
    values = GuideValues(sex="P", person_id=guide.person_id)
    services.add_guide(forum_id=forum.pk, values=values, actor=staff, at=EARLY)
    assert remind_forums(later(-14)) == 3
    found = dict(Notice.objects.values_list("person_id_value", "title"))
    assert found[office.person_id] == "1 Musrenbang mendekat"
    assert found[guide.person_id] == found[secretary.person_id] == "Musrenbang Desa Melintang tinggal 14 hari"


def test_without_a_facilitator_the_one_who_stands_in_is_told(cycle, staff, district):
    scheduled(cycle, staff)
    remind_forums(later(-7))
    assert Notice.objects.filter(person_id_value=district.person_id).count() == 1


def test_lists_cost_the_same_for_one_and_three_forums(
    cycle, other_cycle, staff, secretary, head, django_assert_num_queries
):
    ready(cycle, staff)
    proven(cycle, secretary, head)
    with django_assert_num_queries(7):
        assert len(queries.forum_rows(list(queries.forums_seen_by(staff)))) == 1
    third = open_cycle(village=places.perian(), plan_year=2026, actor=staff, at=EARLY)
    scheduled(other_cycle, staff, later(1))
    asked(third, staff)
    with django_assert_num_queries(7):
        assert len(queries.forum_rows(list(queries.forums_seen_by(staff)))) == 3


def test_the_village_outside_is_not_seen(cycle, staff):
    asked(cycle, staff)
    assert queries.forums_seen_by(people.stranger().hat()).count() == 0
    assert queries.forums_seen_by(staff).count() == 1
