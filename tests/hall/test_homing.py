"""What was made in a hall comes home as signed envelopes, once, and late ones are looked at by a person."""

import contextlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from deliberation import given
from deliberation.conftest import checked, sdk, secretary  # noqa: F401
from factories import people
from rembuk.core.hall.package import open_package
from rembuk.deliberation import services as meetings
from rembuk.deliberation.models import Attendance, AttendanceTally, BallotBundle, Meeting, ScoreSheet
from rembuk.deliberation.values import AttendanceValues, Marks, NoteValues
from rembuk.hall import homing
from rembuk.hall.beginning import kept, read_beginning
from rembuk.hall.models import Taking
from rembuk.hall.services import release_lock, take_to_hall
from rembuk.hall.venue import Officer, Venue
from rembuk.hall.venue_files import KEY
from rembuk.offline.models import Envelope
from rembuk.offline.services import bring_file
from rembuk.offline.services.receiving import receive
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

SEED = "407193"


@dataclass(frozen=True, slots=True)
class Made:
    """What a hall wrote: its meeting, the envelopes, those of a second sending, what its rows say, what stays."""

    meeting: Meeting
    envelopes: list[dict[str, Any]]
    again: list[dict[str, Any]]
    told: dict[str, Any]
    stays: list[tuple[str, int]]


class UndoneError(Exception):
    """Takes back what the hall wrote: the server never saw it."""


@pytest.fixture
def made(cycle, sdk, settings, checked):  # noqa: F811
    """Return what goes home of a hall that wrote one of everything; its rows are rolled back, as on the server."""
    meeting, proposal = given.invited(cycle, sdk, "MUSREN"), checked()
    with setting_up():
        early = [
            Attendance.objects.create(meeting=meeting, name=name, sex="L", element="TANI", captured_at=clock.now())
            for name in ("Sabri", "Tidak datang")
        ]
    taking, data = take_to_hall(meeting_id=meeting.pk, pin="482913", actor=sdk, at=clock.now())
    opened = open_package(data)
    held = opened.manifest
    officer = Officer(sdk.assignment_id, sdk.person_id, sdk.name, "SDK", "")
    venue = Venue(
        taking.pk, meeting.pk, meeting.village_id, meeting.title, taking.taken_at, taking.until, (officer,), "", "",
        held["server_key"], held["server_key_id"], held["package_key"],
    )  # fmt: skip
    found: list[Made] = []
    settings.HALL = True  # the laptop writes without a lock
    with contextlib.suppress(UndoneError), transaction.atomic():
        write_one_of_everything(meeting.pk, early, proposal, sdk)
        home = homing.Homing(venue, read_beginning(kept(opened.members)))
        once, twice = (homing.envelopes(home, opened.members[KEY]) for _time in range(2))
        found.append(Made(meeting, once, twice, told_of(meeting.pk), home.stays()))
        raise UndoneError
    settings.HALL = False
    return found[0]


def write_one_of_everything(key, early, proposal, hat) -> None:
    """Hold the meeting in the hall by the services alone, from its opening to its closing."""
    at = clock.now().replace(microsecond=0)  # envelopes tell milliseconds
    same = {"meeting_id": key, "actor": hat, "at": at}
    meetings.start_meeting(**same, started_at=at - timedelta(hours=2))
    for name, sex in (("Halimah", "P"), ("Rudi", "L")):
        meetings.record_attendance(**same, values=AttendanceValues(name, sex, "NELAYAN"))
    meetings.edit_attendance(
        attendance_id=early[0].pk, values=AttendanceValues("Sabri bin Ali", "L", "TANI"), actor=hat, at=at
    )
    meetings.remove_attendance(attendance_id=early[1].pk, actor=hat, at=at)
    meetings.set_tally(**same, element="TOMAS", male=12, female=13)
    meetings.table_proposals(**same, proposal_ids=[proposal.pk])
    meetings.enter_scores(
        **same, scorer_group="Perempuan", marks=[Marks(proposal.pk, (5, 4, 3, 2, 1))], score_date=at.date()
    )
    meetings.draw_lot(**same, seed=SEED)
    meetings.enter_ballots(
        **same, hamlet_id=None, group="", method="papers", voters=9, marks=[(7, [(proposal.pk, 1)])], per_voter=1
    )
    meetings.close_count(**same)
    meetings.add_note(**same, values=NoteValues("Air keruh", speaker="Halimah"))
    meetings.save_section(**same, section="discussion", text="Dibahas satu per satu.", based_on=0)
    meetings.decide(**same, text="Sumur didahulukan.")
    meetings.decide(**same, text="Jalan menyusul.", votes=(20, 3, 2))
    meetings.close_meeting(**same, ended_at=at)


def told_of(key) -> dict[str, Any]:
    """Return everything that the rows of a meeting say, for the hall and for the server alike."""
    meeting = Meeting.objects.get(pk=key)
    votes = ("number", "text", "method", "votes_for", "votes_against", "votes_abstain", "accepted")
    return {
        "meeting": (meeting.state, meeting.started_at, meeting.ended_at, meeting.lot_seed),
        "count closed": meeting.count_closed_at is not None,
        "minutes": meeting.minutes["discussion"],
        "people": sorted(
            Attendance.objects.filter(meeting=key).values_list("id", "name", "sex", "element", "has_voting_right")
        ),
        "tallies": sorted(AttendanceTally.objects.filter(meeting=key).values_list("element", "male", "female")),
        "table": sorted(meeting.tabled.values_list("proposal_id", "table_number")),
        "scores": sorted(
            ScoreSheet.objects.filter(meeting=key).values_list("proposal_id", "scorer_group", "c1", "c2", "c3", "c4")
        ),
        "ballots": [
            (row.method, row.voters, row.per_voter, row.marks) for row in BallotBundle.objects.filter(meeting=key)
        ],
        "notes": sorted(meeting.notes.values_list("id", "point", "speaker")),
        "decisions": sorted(meeting.decisions.values_list(*votes)),
    }


def kinds_of(envelopes) -> set[str]:
    return {each["kind"] for each in envelopes}


def test_everything_that_a_hall_wrote_stands_on_the_server_field_by_field(made):
    result = receive(sent=made.envelopes, at=clock.now())
    assert {row.state for _name, row in result} == {"applied"}, [(row.kind, row.message) for _name, row in result]
    assert told_of(made.meeting.pk) == made.told
    assert kinds_of(made.envelopes) == {
        "meeting-start", "attendance", "attendance-fix", "tally", "table", "lot", "score", "ballot", "count-close",
        "note", "minutes", "decision", "meeting-close",
    }  # fmt: skip
    assert made.stays == []


def test_sent_again_or_from_the_last_file_elsewhere_it_is_the_same_to_the_byte(made):
    assert made.again == made.envelopes
    for sending in (made.envelopes, made.again):
        result = receive(sent=sending, at=clock.now())
        assert {row.state for _name, row in result} == {"applied"}
    assert Envelope.objects.count() == len(made.envelopes)
    assert told_of(made.meeting.pk) == made.told


def test_in_any_order_and_in_pieces_it_comes_to_the_same(made):
    for each in reversed(made.envelopes):
        receive(sent=[each], at=clock.now())
    left = list(Envelope.objects.exclude(state="applied").values_list("kind", "state", "message"))
    assert left == []
    assert told_of(made.meeting.pk)["decisions"] == made.told["decisions"]
    assert told_of(made.meeting.pk)["ballots"] == made.told["ballots"]


def test_the_file_for_a_cable_is_taken_in_by_the_office(made, sdk):  # noqa: F811
    told = bring_file(source=homing.cable(made.envelopes), actor=sdk, at=clock.now())
    assert told.states == {"applied": len(made.envelopes)}
    assert told_of(made.meeting.pk) == made.told


def test_the_lock_ends_when_the_closing_has_come_in(made):
    receive(sent=made.envelopes, at=clock.now())
    assert Taking.objects.get().returned_at is not None


def test_what_comes_after_the_lock_was_let_go_waits_for_a_person_beside_what_was_done_meanwhile(made, village, sdk):  # noqa: F811
    kbd = people.division_head(village).hat()
    key = made.meeting.pk
    release_lock(meeting_id=key, reason="Laptop jatuh di sungai", actor=kbd, at=clock.now())
    meetings.start_meeting(meeting_id=key, actor=sdk, at=clock.now())
    meetings.decide(meeting_id=key, text="Ditulis ulang di kantor.", actor=sdk, at=clock.now())
    receive(sent=made.envelopes, at=clock.now())
    states = set(Envelope.objects.values_list("state", flat=True))
    assert states <= {"review", "waiting"} and "review" in states
    assert any("Laptop jatuh di sungai" in row.message for row in Envelope.objects.filter(state="review"))
    assert list(made.meeting.decisions.values_list("text", flat=True)) == ["Ditulis ulang di kantor."]


def test_an_envelope_that_another_key_signed_is_locked_up(made):
    envelopes = made.envelopes
    envelopes[0]["signature"] = envelopes[1]["signature"]
    result = receive(sent=envelopes[:1], at=clock.now())
    assert result[0][1].state == "quarantine"
    assert not Attendance.objects.filter(name="Halimah").exists()
