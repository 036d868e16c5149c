"""Every kind of record: it comes in, a replay changes nothing, and what meets another version a person decides."""

import uuid
from datetime import timedelta

import pytest

from deliberation import given as meetings
from deliberation.given_ballots import hall
from factories import people, places
from guidance.facilitation.given import scheduled
from guidance.mentoring.given import begun
from offline.given import Field, guest, meeting_body, picture, row_of
from rembuk.core.hat import Role
from rembuk.core.offline.kinds import KINDS
from rembuk.deliberation import services as hall_services
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    BallotBundle,
    Decision,
    Meeting,
    MeetingPhoto,
    ScoreSheet,
    SpokenNote,
)
from rembuk.guidance.facilitation.models import Answer
from rembuk.guidance.facilitation.services import AnswerValues, answer_items
from rembuk.guidance.mentoring.models import Finding, Visit
from rembuk.offline.services import decide_review
from rembuk.offline.services.appliers import APPLIERS
from rembuk.proposals.models import Proposal, ProposalPhoto, Support
from rembuk.proposals.services import check_proposal, create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.shared.trail.testing import every_write_has_an_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(secretary):
    return secretary.hat()


@pytest.fixture
def running(cycle, office, time):
    return meetings.running(cycle, office)


@pytest.fixture
def checked(village, cycle, office, time):
    def make(title="Perbaikan jembatan"):
        key = uuid.uuid4()
        values = ProposalValues(title=title, cost=100_000_000)
        create_proposal(proposal_id=key, village_id=village.id, values=values, actor=office, at=time.now)
        submit_proposal(proposal_id=key, actor=office, at=time.now)
        return check_proposal(proposal_id=key, actor=office, at=time.now)

    return make


def decided(sent, office, choice, **more):
    return decide_review(row_id=row_of(sent).pk, choice=choice, actor=office, at=more.pop("at"), **more)


def test_every_kind_of_the_table_has_a_service_behind_it():
    assert list(APPLIERS) != [] and set(APPLIERS) == set(KINDS)


def test_every_write_from_the_field_names_its_author(field, running):
    with every_write_has_an_actor():
        assert field.send_one("attendance", guest(str(running.pk)))["state"] == "applied"


def test_a_meeting_of_the_same_day_is_offered_for_joining_and_later_records_find_it(field, running, office):
    meeting = field.seal("meeting", meeting_body(scheduled_at="2026-06-10T03:00:00.000Z"))
    person = field.seal("attendance", guest(meeting["id"]), after=[meeting["id"]])
    first, second = field.send(meeting, person)
    assert (first["state"], first["code"]) == ("review", "same-day")
    assert (second["state"], second["code"]) == ("waiting", "parent-missing")
    decided(meeting, office, "join", target=running.pk, at=field.time.pass_(minutes=5))
    assert field.states(meeting["id"], person["id"]) == ["applied", "applied"]
    assert Meeting.objects.count() == 1 and Attendance.objects.get().meeting_id == running.pk
    later = field.send_one("note", {"meeting": meeting["id"], "point": "Sumur kering"})
    assert later["state"] == "applied" and SpokenNote.objects.get().meeting_id == running.pk


def test_a_meeting_of_the_same_day_may_also_be_another_one(field, running, office):
    meeting = field.seal("meeting", meeting_body(scheduled_at="2026-06-10T03:00:00.000Z"))
    field.send(meeting)
    decided(meeting, office, "mine", at=field.time.now)
    assert set(Meeting.objects.values_list("pk", flat=True)) == {running.pk, uuid.UUID(meeting["id"])}


def test_a_meeting_is_opened_and_closed_at_the_times_of_the_field(field, cycle, office):
    meeting = meetings.invited(cycle, office)
    begin = field.seal("meeting-start", {"meeting": str(meeting.pk), "at": "2026-06-20T01:00:00.000Z"})
    person = field.seal("attendance", guest(str(meeting.pk)))
    end = field.seal("meeting-close", {"meeting": str(meeting.pk), "at": "2026-06-20T01:50:00.000Z"})
    assert [each["state"] for each in field.send(end, person, begin)] == ["applied"] * 3
    assert [each["state"] for each in field.send(begin, end)] == ["applied"] * 2
    meeting.refresh_from_db()
    assert (meeting.state, meeting.started_at.hour, meeting.ended_at.minute) == ("closed", 1, 50)


def test_an_opening_that_the_office_must_decide_keeps_the_others_waiting(field, cycle, office):
    meeting = meetings.planned(cycle, office)
    begin = field.seal("meeting-start", {"meeting": str(meeting.pk), "at": "2026-06-20T01:00:00.000Z"})
    person = field.seal("attendance", guest(str(meeting.pk)))
    first, second = field.send(begin, person)
    assert (first["state"], first["code"]) == ("review", "illegal-transition")
    assert (second["state"], second["code"]) == ("waiting", "meeting-not-open")
    hall_services.invite_meeting(
        meeting_id=meeting.pk,
        invitees=meetings.INVITEES,
        invitation_date=meetings.INVITED_DATE,
        actor=office,
        at=field.time.now,
    )
    decided(begin, office, "apply", reason="Undangan dicatat belakangan.", at=field.time.now)
    assert field.states(person["id"]) == ["applied"] and Attendance.objects.count() == 1


def test_a_second_opening_of_one_meeting_is_shown_beside_the_first(field, running):
    sent = field.seal("meeting-start", {"meeting": str(running.pk), "at": "2026-06-20T01:00:00.000Z"})
    assert field.send(sent)[0]["state"] == "review"


def test_a_line_of_the_list_is_corrected_and_taken_off(field, running):
    person = field.seal("attendance", guest(str(running.pk), phone="0812"))
    fix = field.seal("attendance-fix", {"replaces": person["id"], "name": "Siti Rahmah"}, after=[person["id"]])
    assert [each["state"] for each in field.send(fix, person)] == ["applied"] * 2
    row = Attendance.objects.get()
    assert (row.name, row.element, row.phone) == ("Siti Rahmah", "PEREMPUAN", "0812")
    gone = field.seal("attendance-fix", {"replaces": person["id"], "remove": True})
    assert [each["state"] for each in field.send(gone, gone)] == ["applied"] * 2
    assert Attendance.objects.count() == 0
    again = field.seal("attendance-fix", {"replaces": person["id"], "name": "Siti"})
    assert field.send(again)[0]["code"] == "line-gone"


def test_a_count_that_somebody_changed_meanwhile_is_chosen_by_a_person(field, running, office):
    body = {"meeting": str(running.pk), "element": "TANI", "male": 4, "female": 3, "invited": True}
    sent = field.seal("tally", {**body, "base": None})
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    hall_services.set_tally(meeting_id=running.pk, element="TANI", male=9, female=9, actor=office, at=field.time.now)
    other = field.seal("tally", {**body, "male": 5, "base": [4, 3]})
    assert field.send(other)[0]["state"] == "review"
    decided(other, office, "mine", at=field.time.now)
    row = AttendanceTally.objects.get()
    assert (row.male, row.female) == (5, 3)


def test_a_note_and_a_decision_come_in_once(field, running):
    note = field.seal("note", {"meeting": str(running.pk), "point": "Air <bersih>", "speaker": "Karim", "sex": "L"})
    consent = field.seal("decision", {"meeting": str(running.pk), "text": "Sumur didahulukan", "votes": None})
    assert [each["state"] for each in field.send(note, consent, note, consent)] == ["applied"] * 4
    assert SpokenNote.objects.get().point == "Air <bersih>"
    assert (Decision.objects.get().number, Decision.objects.get().method) == (1, "consensus")
    too_many = field.send_one("decision", {"meeting": str(running.pk), "text": "Jalan", "votes": [9, 0, 0]})
    assert (too_many["state"], too_many["code"]) == ("review", "votes-do-not-fit")


def test_support_is_counted_under_the_day_of_the_meeting(field, running, checked):
    body = {"meeting": str(running.pk), "proposal": str(checked().pk), "count": 21}
    sent = field.seal("support", body, at=field.time.now - timedelta(days=2))
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    row = Support.objects.get()
    assert (row.count, row.on_date.isoformat(), row.note) == (21, "2026-06-18", running.title)
    unknown = field.send_one("support", {"meeting": None, "proposal": str(uuid.uuid4()), "count": 3})
    assert unknown["state"] == "waiting"


def test_a_proposal_with_a_hamlet_that_is_gone_stands_in_review_in_words(field):
    sent = field.seal("proposal", {"title": "Sumur", "hamlet": str(uuid.uuid4()), "groups": []})
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("review", "proposal") and "Dusun I" in result["message"]
    assert Proposal.objects.count() == 0


def test_points_that_another_group_member_changed_meanwhile_are_chosen_by_a_person(field, running, checked, office):
    proposal = checked()
    hall_services.table_proposals(meeting_id=running.pk, proposal_ids=[proposal.pk], actor=office, at=field.time.now)
    body = {"meeting": str(running.pk), "proposal": str(proposal.pk), "scorer_group": "Perempuan"}
    points = {"c1": 5, "c2": 4, "c3": 3, "c4": 2, "c5": 1}
    sent = field.seal("score", {**body, **points, "base": None})
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    other = field.seal("score", {**body, **points, "c1": 1, "base": None})
    assert field.send(other)[0]["state"] == "review"
    decided(other, office, "theirs", at=field.time.now)
    assert ScoreSheet.objects.get().c1 == 5 and row_of(other).state == "set_aside"
    third = field.seal("score", {**body, **points, "c1": 2, "base": [5, 4, 3, 2, 1]})
    assert field.send(third)[0]["state"] == "applied" and ScoreSheet.objects.get().c1 == 2


def test_ballots_of_a_hamlet_that_were_entered_meanwhile_are_chosen_by_a_person(field, cycle, checked, office):
    proposal = checked()
    meeting = hall(cycle, office, [proposal])
    body = {"meeting": str(meeting.pk), "hamlet": None, "group": "", "method": "papers", "voters": 10, "per_voter": 2}
    sent = field.seal("ballot", {**body, "marks": [[6, [[str(proposal.pk), 1]]]], "base": None})
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    other = field.seal("ballot", {**body, "marks": [[7, [[str(proposal.pk), 1]]]], "base": None})
    assert field.send(other)[0]["state"] == "review"
    decided(other, office, "mine", at=field.time.now)
    assert BallotBundle.objects.get().marks == [[7, [[str(proposal.pk), 1]]]]
    broken = field.send_one("ballot", {**body, "marks": [[1, "x"]], "base": 2})
    assert (broken["state"], broken["code"]) == ("review", "values")


def test_minutes_written_on_both_sides_are_shown_and_one_is_chosen(field, running, office):
    body = {"meeting": str(running.pk), "section": "discussion"}
    sent = field.seal("minutes", {**body, "text": "Dari lapangan", "base": 0})
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    hall_services.save_section(
        meeting_id=running.pk, section="discussion", text="Dari kantor", based_on=1, actor=office, at=field.time.now
    )
    other = field.seal("minutes", {**body, "text": "Dari lapangan, lengkap", "base": 1})
    assert (field.send(other)[0]["state"], row_of(other).code) == ("review", "minutes-stale")
    running.refresh_from_db()
    assert running.minutes["discussion"]["text"] == "Dari kantor"
    decided(other, office, "mine", at=field.time.now)
    running.refresh_from_db()
    assert running.minutes["discussion"] == {"text": "Dari lapangan, lengkap", "version": 3}


def test_a_photo_comes_in_when_its_last_part_is_here(field, running):
    sent, parts = field.phone.photo(picture(), str(running.pk), "meeting", at=field.time.now)
    assert len(parts) >= 2
    result = field.send(sent)[0]
    assert (result["state"], result["missing"]) == ("waiting", list(parts))
    asked = field.post("potongan/ada", {"parts": [*parts, "0" * 64]}).json()
    assert asked == {"missing": list(parts)}
    *early, last = parts
    assert [field.put(key, parts[key]) for key in early] == [204] * len(early)
    assert field.states(sent["id"]) == ["waiting"] and MeetingPhoto.objects.count() == 0
    assert [field.put(last, parts[last]), field.put(last, parts[last])] == [204, 204]
    assert field.states(sent["id"]) == ["applied"] and MeetingPhoto.objects.count() == 1
    assert field.post("potongan/ada", {"parts": list(parts)}).json() == {"missing": []}


def test_a_photo_of_a_proposal_waits_for_the_proposal(field):
    proposal = field.seal("proposal", {"title": "Titian", "groups": [], "proposer_kind": "hamlet"})
    sent, parts = field.phone.photo(picture("small"), proposal["id"], "proposal", at=field.time.now)
    field.send(sent)
    for key, data in parts.items():
        assert field.put(key, data) == 204
    assert field.states(sent["id"]) == ["waiting"]
    field.send(proposal)
    assert field.states(sent["id"], proposal["id"]) == ["applied"] * 2
    assert ProposalPhoto.objects.get().proposal_id == uuid.UUID(proposal["id"])


def test_a_visit_sheet_comes_in_once_and_another_one_is_a_decision(time, village, cycle):
    mentor = people.holder(Role.PLD, village)
    field = Field(mentor, time)
    visit = begun(mentor.hat(), village, day="2026-06-19")
    body = {
        "visit": str(visit.pk), "base": visit.version, "visit_date": "2026-06-19", "stage": "K9", "no_findings": False,
        "findings": [{"severity": "minor", "text": "Papan kosong", "recommendation": "Pasang ringkasan",
                      "owner_role": "KAU", "mandatory": True}],
        "promises": [], "contacts": [], "answers": [],
    }  # fmt: skip
    sent = field.seal("visit", body)
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    row = Visit.objects.get()
    assert (row.state, row.origin, Finding.objects.count()) == ("reported", "offline", 1)
    other = field.seal("visit", {**body, "documents_seen": "RKP", "findings": [], "no_findings": True})
    assert field.send(other)[0]["state"] == "review" and Finding.objects.count() == 1


def test_a_point_of_a_checklist_answered_otherwise_meanwhile_is_a_decision(field, cycle, village):
    staff = people.holder(Role.KBD, village).hat()
    forum = scheduled(cycle, staff)
    body = {"forum": str(forum.pk), "point": "B09", "answer": "yes", "note": "Di tangan", "base": None}
    sent = field.seal("checklist", body)
    assert [each["state"] for each in field.send(sent, sent)] == ["applied"] * 2
    answer_items(
        forum_id=forum.pk,
        key=uuid.uuid4(),
        answers=[AnswerValues("B09", "no", "Hilang")],
        actor=staff,
        at=field.time.pass_(hours=1),
    )
    other = field.seal("checklist", {**body, "note": "Ada salinan", "base": ["yes", "Di tangan"]})
    assert field.send(other)[0]["state"] == "review"
    decided(other, staff, "mine", at=field.time.now + timedelta(minutes=1))
    newest = Answer.objects.order_by("captured_at").last()
    assert (newest.value, newest.note) == ("yes", "Ada salinan")


def test_a_meeting_of_another_village_is_not_written_from_this_one(field, time, running):
    foreign = Field(people.secretary(places.enggelam()), time, village="64.02.18.2004")
    result = foreign.send_one("note", {"meeting": str(running.pk), "point": "Dari desa lain"})
    assert (result["state"], result["code"]) == ("review", "not-allowed") and SpokenNote.objects.count() == 0
