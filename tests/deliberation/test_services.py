"""Meetings: who may do what, when they are valid, what is kept, and that nothing is doubled or overwritten."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from deliberation import given
from deliberation.given import NOW
from factories import people, places
from rembuk.core.errors import (
    BadInputError,
    IllegalTransitionError,
    NotAllowedError,
    RefusedError,
    StaleError,
)
from rembuk.core.scoring import ScoreError
from rembuk.cycles import gates
from rembuk.cycles.models import Evidence, StageRecord
from rembuk.deliberation import services
from rembuk.deliberation.facts import counts_of, facts_of, meeting_facts
from rembuk.deliberation.models import Attendance, Decision, Invitation, Meeting, MeetingProposal, ScoreSheet
from rembuk.deliberation.queries import public_meetings, ranking_of_cycle, ranking_of_meeting, scores_for_allocation
from rembuk.deliberation.services.attendance import shape
from rembuk.deliberation.values import AttendanceValues, Invitee, Marks, NoteValues, read_invitees
from rembuk.shared.models import Notice


def codes(error):
    return {finding.code for finding in error.value.findings}


def test_a_meeting_takes_its_name_from_what_it_is(cycle, sdk, village):
    hamlet = places.hamlet(village, "Hulu")
    assert given.planned(cycle, sdk, "MUSDUS", hamlet_id=hamlet.id).title == "Musyawarah Dusun Hulu"
    assert given.planned(cycle, sdk, "MUSKEL", group_name="Kelompok Nelayan").title == "Musyawarah Kelompok Nelayan"
    assert given.planned(cycle, sdk, "MUSREN").title == "Musrenbang Desa RKP 2027"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"agenda": ("  ", "")}, "meeting-agenda-missing"),
        ({"location": " "}, "meeting-location-missing"),
        ({"scheduled_at": datetime(2026, 6, 10, 9)}, "meeting-time-missing"),
        ({"kind": "MUSDUS"}, "meeting-hamlet-missing"),
        ({"kind": "MUSKEL"}, "meeting-group-missing"),
        ({"kind": "RAPAT"}, "meeting-kind"),
        ({"chair_element": "RAJA"}, "meeting-element"),
    ],
)
def test_a_plan_that_lacks_something_leaves_nothing_behind(cycle, sdk, fields, code):
    with pytest.raises(BadInputError) as error:
        given.planned(cycle, sdk, **{"kind": "MUSDES_P"} | fields)
    assert error.value.code == code
    assert Meeting.objects.count() == 0


def test_the_convener_plans_its_own_meetings_and_no_others(cycle, head, chair, sdk):
    for hat, kind in ((head, "MUSREN"), (chair, "MUSDES_P"), (chair, "MUSDES_E"), (sdk, "MUSDES_E")):
        given.planned(cycle, hat, kind)
    for hat, kind in ((head, "MUSDES_P"), (chair, "MUSREN")):
        with pytest.raises(NotAllowedError):
            given.planned(cycle, hat, kind)
    with pytest.raises(NotAllowedError):
        given.planned(cycle, people.stranger().hat())
    assert Meeting.objects.count() == 4


def test_planning_twice_with_one_key_makes_one_meeting(cycle, sdk):
    key = uuid.uuid4()
    for _time in range(2):
        services.plan_meeting(cycle_id=cycle.pk, values=given.values(), meeting_id=key, actor=sdk, at=NOW)
    assert Meeting.objects.count() == 1
    with pytest.raises(RefusedError):
        services.plan_meeting(
            cycle_id=cycle.pk, values=given.values(location="Masjid"), meeting_id=key, actor=sdk, at=NOW
        )


def test_a_stale_edit_is_refused(cycle, sdk):
    meeting = given.planned(cycle, sdk)
    change = {"meeting_id": meeting.id, "actor": sdk, "at": NOW}
    services.edit_meeting(values=given.values(location="Masjid"), version=1, **change)
    with pytest.raises(StaleError):
        services.edit_meeting(values=given.values(location="Sekolah"), version=1, **change)
    meeting.refresh_from_db()
    assert (meeting.location, meeting.version) == ("Masjid", 2)


def test_the_thresholds_of_the_village_are_frozen_when_a_meeting_is_planned(cycle, sdk, village):
    before = given.planned(cycle, sdk)
    rules = {"quorum": "1/2", "house_rules": "Perdes 4/2024"}
    services.set_meeting_rules(village_id=village.id, rules=rules, actor=sdk, at=NOW)
    cycle.village.refresh_from_db()
    after = given.planned(cycle, sdk, "MUSREN")
    assert (before.rules["quorum"], after.rules["quorum"]) == ("2/3", "1/2")
    with pytest.raises(BadInputError) as error:
        services.set_meeting_rules(village_id=village.id, rules={"quorum": "1/3"}, actor=sdk, at=NOW)
    assert error.value.code == "meeting-rules-source"


def test_a_pasted_list_is_read_line_by_line():
    text = "1. Ahmad; petani; ketua\nSiti\tPKK\n\nBudi | BPD\nAhmad; petani; ketua\nTamu"
    assert read_invitees(text) == (
        Invitee("Ahmad", "TANI", "ketua"),
        Invitee("Siti", "PEREMPUAN"),
        Invitee("Budi", "BPD"),
        Invitee("Tamu", "UNDANGAN"),
    )
    with pytest.raises(BadInputError) as error:
        read_invitees("Ahmad; petani\nSiti; astronaut")
    assert error.value.values["lines"] == "2 (astronaut)"


def test_inviting_again_doubles_nobody_and_tells_those_with_an_account(cycle, sdk, secretary):
    meeting = given.planned(cycle, sdk)
    own = Invitee(secretary.person.name, "PEMDES")
    for _time in range(2):
        services.invite_meeting(
            meeting_id=meeting.id,
            invitees=(*given.INVITEES, own),
            invitation_date=given.INVITED_DATE,
            actor=sdk,
            at=NOW,
        )
    assert Invitation.objects.count() == 7
    assert list(Notice.objects.values_list("person_id_value", flat=True)) == [secretary.person_id]


def test_an_invitation_needs_a_day_that_has_come_and_somebody_invited(cycle, sdk):
    meeting = given.planned(cycle, sdk)
    for day, people_, code in (
        (None, given.INVITEES, "invitation-date-missing"),
        (date(2026, 6, 21), given.INVITEES, "invitation-date-in-future"),
        (date(2026, 6, 20), (), "invitees-nobody"),
    ):
        with pytest.raises(BadInputError) as error:
            services.invite_meeting(meeting_id=meeting.id, invitees=people_, invitation_date=day, actor=sdk, at=NOW)
        assert error.value.code == code


def test_a_formal_meeting_is_not_opened_before_anybody_was_invited(cycle, sdk, village):
    with pytest.raises(IllegalTransitionError):
        services.start_meeting(meeting_id=given.planned(cycle, sdk).id, actor=sdk, at=NOW)
    hamlet = given.planned(cycle, sdk, "MUSDUS", hamlet_id=places.hamlet(village).id)
    assert services.start_meeting(meeting_id=hamlet.id, actor=sdk, at=NOW).state == "running"


def test_a_meeting_is_not_opened_in_the_future(cycle, sdk):
    meeting = given.invited(cycle, sdk)
    with pytest.raises(BadInputError):
        services.start_meeting(meeting_id=meeting.id, started_at=NOW + timedelta(seconds=1), actor=sdk, at=NOW)


def test_attendance_and_counts_add_up_to_the_facts_of_the_core(cycle, sdk):
    meeting = given.running(cycle, sdk)
    given.come(meeting, sdk, 4)
    services.set_tally(meeting_id=meeting.id, element="TANI", male=3, female=2, actor=sdk, at=NOW)
    services.set_tally(meeting_id=meeting.id, element="CAMAT", male=1, female=0, invited=False, actor=sdk, at=NOW)
    counts = counts_of([meeting])[meeting.id]
    facts = facts_of(meeting, counts)
    assert (facts.invited, facts.invited_present, facts.present_l, facts.present_p) == (6, 9, 6, 4)
    assert (facts.pemdes, facts.bpd, facts.elements["TANI"], counts.voters) == (1, 1, 5, 9)


def test_a_guest_never_has_a_vote_and_who_has_not_signed_does_not_count(cycle, sdk):
    meeting = given.running(cycle, sdk)
    for element, signed in (("CAMAT", True), ("TANI", False), ("TANI", True)):
        person = AttendanceValues("Orang", "P", element, has_voting_right=True, signed=signed)
        services.record_attendance(meeting_id=meeting.id, values=person, actor=sdk, at=NOW)
    counts = counts_of([meeting])[meeting.id]
    assert (counts.women, counts.voters) == (2, 1)


def test_the_same_row_sent_twice_counts_once(cycle, sdk):
    meeting, key = given.running(cycle, sdk), uuid.uuid4()
    person = AttendanceValues("Ahmad", "L", "TANI")
    for _time in range(2):
        services.record_attendance(meeting_id=meeting.id, values=person, attendance_id=key, actor=sdk, at=NOW)
    assert Attendance.objects.count() == 1
    with pytest.raises(RefusedError):
        services.record_attendance(
            meeting_id=meeting.id,
            values=AttendanceValues("Budi", "L", "TANI"),
            attendance_id=key,
            actor=sdk,
            at=NOW,
        )


def test_a_row_that_somebody_else_mended_is_not_overwritten(cycle, sdk):
    meeting = given.running(cycle, sdk)
    row = services.record_attendance(
        meeting_id=meeting.id, values=AttendanceValues("Ahmad", "L", "TANI"), actor=sdk, at=NOW
    )
    seen = shape(row)
    one = {"attendance_id": row.id, "actor": sdk, "at": NOW, "seen": seen}
    services.edit_attendance(values=AttendanceValues("Ahmad", "L", "NELAYAN"), **one)
    with pytest.raises(StaleError):
        services.edit_attendance(values=AttendanceValues("Ahmad", "L", "ADAT"), **one)
    row.refresh_from_db()
    assert row.element == "NELAYAN"


def test_without_quorum_a_meeting_waits_three_hours_or_three_days(cycle, sdk):
    meeting = given.running(cycle, sdk)
    one = {"meeting_id": meeting.id, "reason": "Kuorum kurang", "adjourned_at": given.OPENED, "actor": sdk, "at": NOW}
    for until, code in (
        (given.OPENED + timedelta(hours=3, seconds=1), "adjourn-hours"),
        (given.OPENED + timedelta(days=4), "adjourn-days"),
    ):
        with pytest.raises(RefusedError) as error:
            services.adjourn_meeting(until=until, **one)
        assert error.value.code == code
    services.adjourn_meeting(until=given.OPENED + timedelta(hours=3), **one)
    assert services.resume_meeting(meeting_id=meeting.id, actor=sdk, at=NOW).session_no == 1


def test_a_second_session_may_proceed_with_those_who_came(cycle, sdk):
    meeting = given.running(cycle, sdk)
    given.come(meeting, sdk, 2)
    services.adjourn_meeting(
        meeting_id=meeting.id,
        until=given.OPENED + timedelta(days=3),
        adjourned_at=given.OPENED,
        reason="Kuorum kurang",
        actor=sdk,
        at=NOW,
    )
    early = given.OPENED + timedelta(days=2)
    with pytest.raises(RefusedError):
        services.resume_meeting(meeting_id=meeting.id, resumed_at=early, actor=sdk, at=NOW)
    again = services.resume_meeting(
        meeting_id=meeting.id, resumed_at=given.OPENED + timedelta(days=3), actor=sdk, at=NOW
    )
    assert again.session_no == 2
    assert facts_of(again, counts_of([again])[again.id]).second_session


@pytest.mark.parametrize(("favour", "accepted"), [(3, False), (4, True)])
def test_a_vote_carries_with_more_than_half_of_those_with_a_vote(cycle, sdk, favour, accepted):
    meeting = given.running(cycle, sdk)
    given.come(meeting, sdk)
    row = services.decide(meeting_id=meeting.id, text="Jembatan dulu", votes=(favour, 6 - favour, 0), actor=sdk, at=NOW)
    assert (row.accepted, row.voters, row.number) == (accepted, 6, 1)


def test_more_votes_than_voters_are_refused(cycle, sdk):
    meeting = given.running(cycle, sdk)
    given.come(meeting, sdk)
    with pytest.raises(BadInputError):
        services.decide(meeting_id=meeting.id, text="Jembatan dulu", votes=(4, 2, 1), actor=sdk, at=NOW)
    assert Decision.objects.count() == 0


def test_decisions_stay_numbered_without_gaps(cycle, sdk):
    meeting = given.running(cycle, sdk)
    made = [services.decide(meeting_id=meeting.id, text=text, actor=sdk, at=NOW) for text in ("satu", "dua", "tiga")]
    services.remove_decision(decision_id=made[1].id, actor=sdk, at=NOW)
    assert list(meeting.decisions.values_list("number", "text")) == [(1, "satu"), (2, "tiga")]


def test_autosave_is_harmless_when_repeated_and_refuses_to_overwrite(cycle, sdk):
    meeting = given.running(cycle, sdk)
    one = {"meeting_id": meeting.id, "section": "basis", "actor": sdk, "at": NOW}
    assert services.save_section(text="Perdes 4", based_on=0, **one) == (1, "Perdes 4")
    assert services.save_section(text="Perdes 4", based_on=0, **one) == (1, "Perdes 4")
    with pytest.raises(StaleError) as error:
        services.save_section(text="Perdes 5", based_on=0, **one)
    assert error.value.values == {"text": "Perdes 4", "version": 1}
    with pytest.raises(BadInputError):
        services.save_section(text="x" * 20_001, based_on=1, **one)


def test_minutes_without_quorum_notes_or_decision_are_not_signed_and_every_reason_is_named(cycle, sdk, chair):
    meeting = given.running(cycle, sdk)
    given.come(meeting, sdk, 3)
    services.close_meeting(meeting_id=meeting.id, ended_at=given.CLOSED, actor=sdk, at=NOW)
    with pytest.raises(RefusedError) as error:
        given.signed(meeting, chair, signatures=("chair",))
    assert codes(error) == {"G04-KUORUM", "G04-KEPUTUSAN", "G04-BA", "G04-NOTULEN"}
    meeting.refresh_from_db()
    assert (meeting.state, meeting.signatures) == ("closed", [])


def test_exactly_two_thirds_of_the_invited_are_a_quorum(cycle, sdk, chair):
    meeting = given.complete(cycle, sdk)
    last = Attendance.objects.order_by("-captured_at", "-id")
    for row in last.filter(element__in=("NELAYAN", "DIFABEL")):
        services.remove_attendance(attendance_id=row.id, actor=sdk, at=NOW)
    assert given.signed(meeting, chair).state == "signed"


def test_only_the_chair_signs(cycle, sdk, chair, head):
    meeting = given.complete(cycle, sdk)
    for hat in (sdk, head):
        with pytest.raises(NotAllowedError):
            given.signed(meeting, hat)
    assert given.signed(meeting, chair).signed_by == chair.person_id


def test_signed_minutes_lie_under_their_stage_once_with_number_and_dates(cycle, sdk, chair):
    meeting = given.complete(cycle, sdk)
    for _time in range(2):
        given.signed(meeting, chair)
    rows = Evidence.objects.filter(cycle=cycle).order_by("paper_code")
    assert list(rows.values_list("stage", "paper_code", "number", "document_date", "signed")) == [
        ("K1", "F03", "140/12/BA/2026", given.HELD_DATE, True),
        ("K1", "F04", "", given.HELD_DATE, True),
        ("K1", "F05", "", given.HELD_DATE, True),
    ]
    assert all(row.paper_id for row in rows)


def test_the_gate_knows_the_signed_meeting_and_its_rules(cycle, sdk, chair):
    given.signed(given.complete(cycle, sdk), chair)
    facts = gates.facts_for("K1", [cycle.pk])[cycle.pk]
    assert facts["meeting"].held_date == given.HELD_DATE
    assert facts["meeting"].signed == {"chair", "notes", "head", "community"}
    assert facts["meeting_rules"].adjourn_hours == 3
    assert "meeting" not in gates.facts_for("K9", [cycle.pk])[cycle.pk]


def test_attendance_mended_after_the_stage_is_done_asks_for_another_check(cycle, sdk, chair):
    meeting = given.signed(given.complete(cycle, sdk), chair)
    stage = StageRecord.objects.filter(cycle=cycle, stage="K1")
    stage.update(state="done", done_date=given.HELD_DATE, completed_at=NOW, needs_recheck=False)
    row = meeting.attendance.first()
    services.remove_attendance(attendance_id=row.id, actor=sdk, at=NOW)
    assert stage.get().needs_recheck


def test_a_closed_meeting_tells_its_proposals_that_they_were_discussed(cycle, sdk, checked):
    one, meeting = checked(), given.running(cycle, sdk)
    services.table_proposals(meeting_id=meeting.id, proposal_ids=[one.id], actor=sdk, at=NOW)
    services.close_meeting(meeting_id=meeting.id, actor=sdk, at=NOW)
    one.refresh_from_db()
    assert one.state == "discussed"


def test_tabling_twice_lays_a_proposal_on_the_table_once(cycle, sdk, checked):
    one, meeting = checked(), given.running(cycle, sdk)
    for _time in range(2):
        services.table_proposals(meeting_id=meeting.id, proposal_ids=[one.id], actor=sdk, at=NOW)
    assert MeetingProposal.objects.count() == 1


def test_the_hall_takes_no_physical_proposal_without_a_passed_field_check(cycle, sdk, checked):
    physical, other = checked(is_physical=True), checked("Pelatihan kader", is_physical=False)
    meeting = given.planned(cycle, sdk, "MUSREN")
    assert list(services.candidates(meeting)) == [other]
    with pytest.raises(RefusedError) as error:
        services.table_proposals(meeting_id=meeting.id, proposal_ids=[physical.id], actor=sdk, at=NOW)
    assert error.value.values["numbers"] == physical.number


def scored(meeting, group, marks, hat, **more):
    return services.enter_scores(
        meeting_id=meeting.id,
        scorer_group=group,
        marks=[Marks(key, points) for key, points in marks.items()],
        score_date=given.HELD_DATE,
        actor=hat,
        at=NOW,
        **more,
    )


@pytest.fixture
def hall(cycle, sdk, checked):
    """A running hamlet meeting with three proposals on its table."""
    proposals = [checked(title) for title in ("Jembatan", "Posyandu", "Lumbung")]
    meeting = given.running(cycle, sdk, "MUSKEL", group_name="Warga Hulu")
    keys = [proposal.id for proposal in proposals]
    services.table_proposals(meeting_id=meeting.id, proposal_ids=keys, actor=sdk, at=NOW)
    return meeting, proposals


def test_groups_are_averaged_exactly_and_ties_go_by_c2_then_c1(hall, sdk):
    meeting, (one, two, three) = hall
    scored(meeting, "Perempuan", {one.id: (5, 3, 3, 3, 3), two.id: (3, 5, 3, 3, 3), three.id: (1, 1, 1, 1, 1)}, sdk)
    scored(meeting, "Nelayan", {one.id: (5, 3, 3, 3, 4), two.id: (3, 5, 3, 3, 4)}, sdk)
    rows = ranking_of_meeting(meeting)
    assert [(row.proposal.id, row.rank, row.total_shown) for row in rows] == [
        (two.id, 1, "17,5"),
        (one.id, 2, "17,5"),
        (three.id, 3, "5"),
    ]


def test_scores_outside_the_scale_store_nothing(hall, sdk):
    meeting, (one, two, _three) = hall
    with pytest.raises(ScoreError):
        scored(meeting, "Perempuan", {one.id: (5, 3, 3, 3, 3), two.id: (3, 6, 3, 3, 3)}, sdk)
    assert ScoreSheet.objects.count() == 0


def test_points_that_somebody_else_entered_are_not_overwritten(hall, sdk):
    meeting, (one, *_rest) = hall
    scored(meeting, "Perempuan", {one.id: (5, 3, 3, 3, 3)}, sdk, seen={one.id: None})
    assert scored(meeting, "Perempuan", {one.id: (5, 3, 3, 3, 3)}, sdk, seen={one.id: None}) == 0
    with pytest.raises(StaleError):
        scored(meeting, "Perempuan", {one.id: (1, 1, 1, 1, 1)}, sdk, seen={one.id: None})


def test_an_adopted_ranking_tells_each_scored_proposal_its_place(hall, sdk):
    meeting, (one, two, three) = hall
    scored(meeting, "Perempuan", {one.id: (5, 5, 5, 5, 5), two.id: (3, 3, 3, 3, 3)}, sdk)
    kept = services.adopt_ranking(meeting_id=meeting.id, actor=sdk, at=NOW)
    assert [(row["proposal"], row["rank"], row["total"]) for row in kept.ranking] == [
        (str(one.id), 1, "25"),
        (str(two.id), 2, "15"),
        (str(three.id), 3, ""),
    ]
    for proposal in (one, two, three):
        proposal.refresh_from_db()
    assert [proposal.state for proposal in (one, two, three)] == ["ranked", "ranked", "checked"]
    step = one.steps.filter(event="rank").get()
    assert step.reason_text == "Peringkat 1 dari 3, nilai 25. Musyawarah Kelompok Warga Hulu, 10-06-2026"


def test_changed_points_undo_the_adoption(hall, sdk):
    meeting, (one, *_rest) = hall
    scored(meeting, "Perempuan", {one.id: (5, 5, 5, 5, 5)}, sdk)
    services.adopt_ranking(meeting_id=meeting.id, actor=sdk, at=NOW)
    scored(meeting, "Perempuan", {one.id: (1, 5, 5, 5, 5)}, sdk)
    meeting.refresh_from_db()
    assert (meeting.ranking, meeting.ranked_at) == ([], None)


def test_the_musrenbang_replaces_the_scores_of_the_hamlets(hall, cycle, sdk):
    meeting, (one, two, _three) = hall
    scored(meeting, "Perempuan", {one.id: (5, 5, 5, 5, 5), two.id: (1, 1, 1, 1, 1)}, sdk)
    assert scores_for_allocation(cycle.pk).scope == "hamlets"
    musrenbang = given.running(cycle, sdk, "MUSREN")
    services.table_proposals(meeting_id=musrenbang.id, proposal_ids=[one.id, two.id], actor=sdk, at=NOW)
    scored(musrenbang, "Peserta", {one.id: (2, 2, 2, 2, 2), two.id: (3, 3, 3, 3, 3)}, sdk)
    scores, rows = ranking_of_cycle(cycle.pk)
    assert (scores.scope, scores.meeting) == ("hall", musrenbang)
    assert [row.proposal.id for row in rows[:2]] == [two.id, one.id]


def test_the_public_learns_no_count_that_tells_of_a_few_people(cycle, sdk, chair):
    meeting = given.signed(given.complete(cycle, sdk), chair)
    (row,) = public_meetings(meeting.village_id)
    assert (row.present, row.men, row.women) == (6, None, None)
    assert row.decisions == ("Menyepakati hasil pencermatan.",)


def test_a_note_sent_twice_stands_once(cycle, sdk):
    meeting, key = given.running(cycle, sdk), uuid.uuid4()
    for _time in range(2):
        services.add_note(meeting_id=meeting.id, values=NoteValues("Air"), note_id=key, actor=sdk, at=NOW)
    assert meeting.notes.count() == 1
    with pytest.raises(BadInputError):
        services.add_note(meeting_id=meeting.id, values=NoteValues("  "), actor=sdk, at=NOW)


def test_a_meeting_is_called_off_with_a_reason(cycle, sdk):
    meeting = given.invited(cycle, sdk)
    with pytest.raises(BadInputError):
        services.cancel_meeting(meeting_id=meeting.id, reason=" ", actor=sdk, at=NOW)
    services.cancel_meeting(meeting_id=meeting.id, reason="Banjir", actor=sdk, at=NOW)
    with pytest.raises(IllegalTransitionError):
        services.start_meeting(meeting_id=meeting.id, actor=sdk, at=datetime(2026, 6, 20, 9, tzinfo=UTC))


def test_a_hamlet_meeting_counted_without_names_is_signed_by_the_village_office(cycle, sdk, village, chair):
    meeting = given.planned(cycle, sdk, "MUSDUS", hamlet_id=places.hamlet(village, "Hulu").id)
    services.start_meeting(meeting_id=meeting.id, started_at=given.OPENED, actor=sdk, at=NOW)
    services.set_tally(meeting_id=meeting.id, element="WILAYAH", male=12, female=9, actor=sdk, at=NOW)
    services.close_meeting(meeting_id=meeting.id, ended_at=given.CLOSED, actor=sdk, at=NOW)
    with pytest.raises(NotAllowedError):
        given.signed(meeting, chair)
    assert given.signed(meeting, sdk, minutes_number="", signatures=("notes",)).state == "signed"
    facts = gates.facts_for("K5", [cycle.pk])[cycle.pk]
    assert (facts["hamlet_meetings_held"], facts["hamlet_meetings_signed"]) == (1, 1)
    papers = Evidence.objects.filter(cycle=cycle, stage="K5").order_by("paper_code")
    assert list(papers.values_list("paper_code", flat=True)) == ["F03", "F04"]


def test_the_village_head_signs_the_musrenbang(cycle, sdk, head):
    meeting = given.complete(cycle, sdk, "MUSREN")
    assert given.signed(meeting, head).state == "signed"
    assert gates.facts_for("K9", [cycle.pk])[cycle.pk]["meeting"].subject == str(meeting.id)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"minutes_number": " "}, "minutes-number-missing"),
        ({"minutes_date": None}, "minutes-date-missing"),
        ({"minutes_date": date(2026, 6, 9)}, "minutes-date-odd"),
        ({"minutes_date": date(2026, 6, 21)}, "minutes-date-odd"),
    ],
)
def test_signed_minutes_need_a_number_and_a_day_from_the_meeting_to_today(cycle, sdk, chair, fields, code):
    meeting = given.complete(cycle, sdk)
    with pytest.raises(BadInputError) as error:
        given.signed(meeting, chair, **fields)
    assert error.value.code == code


def test_the_gates_ask_as_often_for_many_cycles_as_for_one(cycle, sdk, django_assert_num_queries):
    given.complete(cycle, sdk)
    with django_assert_num_queries(5):
        meeting_facts("K1", [cycle.pk, uuid.uuid4(), uuid.uuid4()])
