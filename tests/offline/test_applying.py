"""Records from the field become what the office would have written: once, however often they are sent."""

import uuid

import pytest

from deliberation import given as meetings
from offline.given import guest, meeting_body, row_of
from rembuk.deliberation.models import Attendance, Meeting, SpokenNote
from rembuk.proposals.models import Proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cycle, secretary, time):
    return meetings.running(cycle, secretary.hat())


def test_a_guest_written_down_in_the_field_stands_on_the_list_once_however_often_it_is_sent(field, running):
    sent = field.seal("attendance", guest(str(running.pk)))
    first, second = field.send(sent)[0], field.send(sent, sent)
    assert first["state"] == "applied" and first["object"] == sent["id"]
    assert [each["state"] for each in second] == ["applied", "applied"]
    row = Attendance.objects.get()
    assert (str(row.pk), row.name, row.origin, row.captured_at) == (sent["id"], "Siti Rahma", "offline", field.time.now)


def test_a_meeting_made_in_the_field_comes_with_everything_that_rests_on_it(field):
    meeting = field.seal("meeting", meeting_body(kind="MUSDUS", hamlet=field.content["hamlets"][0]["id"]))
    start = field.seal(
        "meeting-start", {"meeting": meeting["id"], "at": field.phone.clock(field.time.now)}, after=[meeting["id"]]
    )
    person = field.seal("attendance", guest(meeting["id"]), after=[meeting["id"]])
    note = field.seal("note", {"meeting": meeting["id"], "point": "Jalan rusak"}, after=[meeting["id"]])
    results = field.send(note, person, start, meeting)
    assert [each["state"] for each in results] == ["applied"] * 4, results
    made = Meeting.objects.get()
    assert (str(made.pk), made.state, made.origin) == (meeting["id"], "running", "offline")
    assert SpokenNote.objects.get().point == "Jalan rusak"


def test_a_record_whose_meeting_has_not_come_waits_and_comes_in_behind_it(field):
    meeting = field.seal("meeting", meeting_body(kind="MUSDUS", hamlet=field.content["hamlets"][0]["id"]))
    start = field.seal(
        "meeting-start", {"meeting": meeting["id"], "at": field.phone.clock(field.time.now)}, after=[meeting["id"]]
    )
    person = field.seal("attendance", guest(meeting["id"]), after=[meeting["id"]])
    assert field.send(person, start)[0]["state"] == "waiting"
    field.time.pass_(hours=1)
    assert field.send(meeting)[0]["state"] == "applied"
    assert field.states(person["id"], start["id"]) == ["applied", "applied"]
    assert Attendance.objects.count() == 1


def test_a_proposal_from_the_field_gets_its_number_when_it_arrives(field):
    body = {"meeting": None, "title": "Jembatan kayu", "problem": "Lapuk", "volume": 12.5, "unit": "m", "groups": []}
    sent = field.seal("proposal", {**body, "hamlet": field.content["hamlets"][0]["id"], "proposer_kind": "hamlet"})
    assert field.send(sent, sent)[0]["state"] == "applied"
    row = Proposal.objects.get()
    assert (str(row.pk), row.state, row.number, row.origin) == (sent["id"], "sent", "MLT-27-0001", "offline")
    assert str(row.volume) == "12.500"


def test_what_a_service_refuses_stands_in_review_with_its_sentence(field, running):
    sent = field.seal("attendance", guest(str(running.pk), element="TIDAK_ADA"))
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("review", "meeting-element")
    assert row_of(sent).message and Attendance.objects.count() == 0


def test_a_note_to_a_meeting_that_nobody_knows_waits(field):
    result = field.send_one("note", {"meeting": str(uuid.uuid4()), "point": "Jalan"})
    assert (result["state"], result["code"]) == ("waiting", "parent-missing")
