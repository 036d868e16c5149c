"""What was made in a hall comes home as signed envelopes, once, and late ones are looked at by a person."""

import pytest

from deliberation import given
from deliberation.conftest import sdk, secretary  # noqa: F401
from factories import people
from rembuk.core.hall.package import open_package
from rembuk.deliberation import services as meetings
from rembuk.deliberation.models import Attendance, Decision
from rembuk.deliberation.values import AttendanceValues, NoteValues
from rembuk.hall import homing
from rembuk.hall.services import release_lock, take_to_hall
from rembuk.hall.venue import Officer, Venue
from rembuk.hall.venue_files import KEY
from rembuk.offline.models import Envelope
from rembuk.offline.services.receiving import receive
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def made(cycle, sdk, settings):  # noqa: F811
    """Return envelopes of what a hall wrote: two people, a note, a decision; the rows themselves are gone again."""
    meeting = given.running(cycle, sdk, "MUSREN")
    taking, data = take_to_hall(meeting_id=meeting.pk, pin="482913", actor=sdk, at=clock.now())
    opened = open_package(data)
    held = opened.manifest
    settings.HALL = True  # the laptop writes without a lock
    for name, sex in (("Halimah", "P"), ("Rudi", "L")):
        meetings.record_attendance(
            meeting_id=meeting.pk, values=AttendanceValues(name, sex, "NELAYAN"), actor=sdk, at=clock.now()
        )
    meetings.add_note(
        meeting_id=meeting.pk, values=NoteValues("Air keruh", speaker="Halimah"), actor=sdk, at=clock.now()
    )
    meetings.decide(meeting_id=meeting.pk, text="Sumur didahulukan.", actor=sdk, at=clock.now())
    officer = Officer(sdk.assignment_id, sdk.person_id, sdk.name, "SDK", "")
    venue = Venue(
        taking.pk, meeting.pk, meeting.village_id, meeting.title, taking.taken_at, taking.until, (officer,), "", "",
        held["server_key"], held["server_key_id"], held["package_key"],
    )  # fmt: skip
    envelopes = homing.envelopes(venue, opened.members[KEY])
    with setting_up():
        for rows in (meeting.attendance, meeting.notes, meeting.decisions):
            rows.all().delete()
    settings.HALL = False
    return meeting, envelopes


def test_everything_passes_its_own_lock_once_however_often_it_is_sent(made):
    _meeting, envelopes = made
    for _time in range(2):
        result = receive(sent=envelopes, at=clock.now())
        assert [row.state for _name, row in result] == ["applied"] * 4, [row.message for _name, row in result]
    assert sorted(Attendance.objects.values_list("name", flat=True)) == ["Halimah", "Rudi"]
    assert Decision.objects.get().text == "Sumur didahulukan."
    assert Envelope.objects.count() == 4


def test_what_comes_after_the_lock_was_let_go_waits_for_a_person_beside_what_was_done_meanwhile(made, village, sdk):  # noqa: F811
    meeting, envelopes = made
    kbd = people.division_head(village).hat()
    release_lock(meeting_id=meeting.pk, reason="Laptop jatuh di sungai", actor=kbd, at=clock.now())
    meetings.decide(meeting_id=meeting.pk, text="Ditulis ulang di kantor.", actor=sdk, at=clock.now())
    result = receive(sent=envelopes, at=clock.now())
    assert [row.state for _name, row in result] == ["review"] * 4
    assert "Laptop jatuh di sungai" in result[0][1].message
    assert list(Decision.objects.values_list("text", flat=True)) == ["Ditulis ulang di kantor."]


def test_an_envelope_that_another_key_signed_is_locked_up(made):
    _meeting, envelopes = made
    envelopes[0]["signature"] = envelopes[1]["signature"]
    result = receive(sent=envelopes[:1], at=clock.now())
    assert result[0][1].state == "quarantine"
    assert not Attendance.objects.exists()
