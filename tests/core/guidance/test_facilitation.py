"""What holds for a forum: its guides, its gates, and what the meeting's own record says of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from rembuk.core.guidance import facilitation as rules
from rembuk.core.guidance.facilitation import Guide, MeetingRecord
from rembuk.core.guidance.forum_states import ForumEvent, ForumState

START = datetime(2026, 9, 12, 1, 0, tzinfo=UTC)
WHOLE = MeetingRecord(
    state="signed", started_at=START, ended_at=START + timedelta(hours=3), men=20, women=14, invited=34,
    invited_present=30, notes=4, photos=2, scan=True, minutes_number="140/1", minutes_date=date(2026, 9, 12),
)  # fmt: skip
MAN, WOMAN = Guide("Budi", "L"), Guide("Siti", "P")


@pytest.mark.parametrize(
    ("team", "codes"),
    [
        ([MAN, WOMAN], []),
        ([MAN, WOMAN, MAN], []),
        ([MAN, MAN], ["F-PEREMPUAN"]),
        ([WOMAN], ["F-PEMANDU"]),
        ([WOMAN] * 4, ["F-PEMANDU"]),
        ([], ["F-PEMANDU", "F-PEREMPUAN"]),
        ([MAN, MAN, Guide("Camat", "P", "speaker")], ["F-PEREMPUAN"]),
    ],
)
def test_two_or_three_guides_one_of_them_a_woman(team, codes):
    assert [finding.code for finding in rules.check_team(team)] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"started_at": None}, ["F-MULAI"]),
        ({"ended_at": None}, ["F-SELESAI"]),
        ({"men": 0, "women": 0}, ["F-HADIR"]),
    ],
)
def test_held_needs_start_end_and_counts_by_sex(changes, codes):
    assert [finding.code for finding in rules.held_missing(replace(WHOLE, **changes))] == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"state": "closed"}, ["F-MINUTES"]),
        ({"scan": False}, ["F-MINUTES"]),
        ({"photos": 1}, ["F-PHOTOS"]),
        ({"notes": 0}, ["F-NOTES"]),
        ({"men": 0, "women": 0}, ["F-ATTENDANCE"]),
    ],
)
def test_evidence_is_minutes_attendance_two_photos_and_notes(changes, codes):
    assert [finding.code for finding in rules.evidence_missing(replace(WHOLE, **changes))] == codes


def test_without_a_meeting_everything_is_missing():
    assert len(rules.evidence_missing(None)) == 4 and len(rules.held_missing(None)) == 1


@pytest.mark.parametrize(
    ("state", "record", "after"),
    [
        ("prep", WHOLE, "prep"),
        ("ready", None, "ready"),
        ("ready", replace(WHOLE, state="invited", started_at=None, ended_at=None), "ready"),
        ("ready", replace(WHOLE, state="running", ended_at=None), "in_session"),
        ("in_session", replace(WHOLE, state="adjourned", ended_at=None), "adjourned"),
        ("adjourned", replace(WHOLE, state="running", ended_at=None), "in_session"),
        ("adjourned", replace(WHOLE, state="planned", started_at=None, ended_at=None), "adjourned"),
        ("ready", replace(WHOLE, state="closed", notes=0), "held"),
        ("ready", replace(WHOLE, state="closed", men=0, women=0), "in_session"),
        ("held", replace(WHOLE, state="closed"), "minutes_draft"),
        ("ready", WHOLE, "minutes_signed"),
        ("minutes_signed", WHOLE, "minutes_signed"),
        ("minutes_signed", replace(WHOLE, state="running"), "minutes_signed"),
        ("verified", WHOLE, "verified"),
    ],
)
def test_a_forum_follows_its_meeting_and_never_goes_back(state, record, after):
    assert rules.caught_up(ForumState(state), record)[0] == after


def test_the_way_is_told_event_by_event():
    assert rules.caught_up(ForumState.READY, WHOLE)[1] == (
        ForumEvent.OPEN,
        ForumEvent.HOLD,
        ForumEvent.DRAFT_MINUTES,
        ForumEvent.SIGN,
    )


def test_a_photo_taken_away_changes_what_the_verification_rests_on():
    assert rules.evidence_digest(WHOLE) == rules.evidence_digest(replace(WHOLE, invited=99))
    assert rules.evidence_digest(WHOLE) != rules.evidence_digest(replace(WHOLE, photos=3))


def test_more_invited_present_than_invited_is_flagged_and_says_how_to_mend_it():
    assert rules.check_attendance(WHOLE) == []
    [finding] = rules.check_attendance(replace(WHOLE, invited=20, invited_present=23))
    assert (finding.severity, "Catat 3 orang itu" in finding.message) == ("warn", True)


@pytest.mark.parametrize(
    ("size", "minutes", "codes"),
    [
        (5, 60, []),
        (12, 90, []),
        (4, 60, ["FGD-ORANG"]),
        (13, 91, ["FGD-ORANG", "FGD-LAMA"]),
        (8, 59, ["FGD-LAMA"]),
        (8, None, []),
    ],
)
def test_a_focus_group_outside_its_measure_is_flagged(size, minutes, codes):
    assert [finding.code for finding in rules.check_group(size, minutes)] == codes


def test_a_quote_with_the_name_of_somebody_present_is_found_and_a_single_word_is_not():
    names = ["Siti Rahma", "Budi"]
    assert rules.names_in("Kata siti  rahma: air asin, budi daya gagal", names) == ["Siti Rahma"]


def test_five_are_drawn_the_same_for_everybody():
    keys = [str(number) for number in range(30)]
    first = rules.drawn(keys, "rapat")
    assert first == rules.drawn(list(reversed(keys)), "rapat") and len(set(first)) == 5
    assert first != rules.drawn(keys, "rapat lain")


def test_reactions_are_told_from_five_on():
    assert rules.mean_reaction([(5, 4)] * 4) is None
    assert rules.mean_reaction([(5, 4)] * 5) == Fraction(9, 2)


@pytest.mark.parametrize(
    ("captured", "odd"),
    [
        (START, False),
        (START + timedelta(minutes=10), False),
        (START + timedelta(minutes=11), True),
        (START - timedelta(days=2), True),
    ],
)
def test_a_clock_that_cannot_be_right_is_flagged(captured, odd):
    assert rules.clock_odd(captured, START, START - timedelta(days=1)) is odd
