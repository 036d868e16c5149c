"""Findings and action items, row by row as the programme describes them: states, days, two-person rule, rank."""

from datetime import date
from itertools import product
from uuid import UUID

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.findings import (
    DueRules,
    ItemEvent,
    ItemState,
    Severity,
    due_date,
    grace_for,
    is_over,
    kept_in_time,
    may_verify,
    may_waive,
    next_state,
    way_to_overdue,
    way_to_submit,
)
from rembuk.core.hat import Role

OWED = ("open", "in_progress", "overdue", "submitted", "rejected")
# Section 3.5: every arrow of the text; "*" is every state in which something is still owed.
ROWS = {
    ("open", "begin"): "in_progress",
    ("in_progress", "submit"): "submitted",
    ("submitted", "verify"): "verified",
    ("verified", "close"): "closed",
    ("submitted", "reject"): "rejected",
    ("rejected", "resume"): "in_progress",
    ("open", "lapse"): "overdue",
    ("in_progress", "lapse"): "overdue",
    **{(state, "waive"): "waived" for state in OWED},
    **{(state, "supersede"): "superseded" for state in OWED},
    # The text lets items be re-opened, and a late one must be able to come in.
    ("overdue", "submit"): "submitted",
    ("verified", "reopen"): "in_progress",
    ("closed", "reopen"): "in_progress",
}
DAY = date(2026, 9, 1)
A, B, C, D = (UUID(int=number) for number in (1, 2, 3, 4))


@pytest.mark.parametrize(("state", "event"), list(product(ItemState, ItemEvent)), ids=lambda each: each.value)
def test_an_item_moves_as_the_text_says_and_no_other_way(state, event):
    wanted = ROWS.get((state.value, event.value))
    if wanted is not None:
        assert next_state(state, event) == ItemState(wanted)
        return
    with pytest.raises(IllegalTransitionError):
        next_state(state, event)


@pytest.mark.parametrize(
    ("severity", "due"),
    [
        (Severity.CRITICAL, date(2026, 9, 8)),
        (Severity.MAJOR, date(2026, 9, 15)),
        (Severity.MINOR, date(2026, 10, 1)),
        (Severity.ADVICE, None),
    ],
)
def test_each_severity_has_its_days_and_a_suggestion_has_none(severity, due):
    assert due_date(severity, DAY) == due


def test_a_remote_village_gets_its_days_more_except_for_a_suggestion():
    assert due_date(Severity.CRITICAL, DAY, 5) == date(2026, 9, 13)
    assert due_date(Severity.ADVICE, DAY, 5) is None


@pytest.mark.parametrize(
    ("access", "signal", "own", "days"),
    [
        ("river", "good", None, 5),
        ("lake", "weak", None, 5),
        ("sea", "good", None, 5),
        ("road", "none", None, 5),
        ("road", "weak", None, 0),
        ("mixed", "good", None, 0),
        ("unknown", "unknown", None, 0),
        ("river", "none", 9, 9),
        ("river", "none", 0, 0),
        ("road", "good", 9, 0),
    ],
)
def test_grace_is_for_villages_by_boat_or_without_a_signal(access, signal, own, days):
    assert grace_for(access, signal, own) == days


def test_a_regency_may_set_other_days():
    rules = DueRules({**dict.fromkeys(Severity, 10), Severity.ADVICE: 90}, grace_days=2)
    assert due_date(Severity.ADVICE, DAY, grace_for("river", "good", None, rules), rules) == date(2026, 12, 2)


def test_an_item_is_over_the_day_after_its_last_day():
    assert not is_over(DAY, DAY)
    assert is_over(DAY, date(2026, 9, 2))
    assert not is_over(None, DAY)


def test_the_day_the_evidence_came_in_decides_whether_a_promise_was_kept_in_time():
    assert kept_in_time(DAY, DAY)
    assert not kept_in_time(date(2026, 9, 2), DAY)
    assert not kept_in_time(None, DAY)
    assert not kept_in_time(DAY, None)


def test_an_owner_who_hands_in_evidence_has_begun_or_gone_on():
    assert way_to_submit(ItemState.OPEN) == (ItemEvent.BEGIN, ItemEvent.SUBMIT)
    assert way_to_submit(ItemState.REJECTED) == (ItemEvent.RESUME, ItemEvent.SUBMIT)
    assert way_to_submit(ItemState.OVERDUE) == (ItemEvent.SUBMIT,)


@pytest.mark.parametrize("state", ["submitted", "verified", "closed", "waived", "superseded"])
def test_nothing_is_handed_in_where_nothing_is_owed_by_the_owner(state):
    with pytest.raises(IllegalTransitionError):
        way_to_submit(ItemState(state))


def test_the_clock_makes_late_what_the_owner_owes_and_nothing_else():
    late = {state for state in ItemState if way_to_overdue(state)}
    assert late == {ItemState.OPEN, ItemState.IN_PROGRESS, ItemState.REJECTED}


@pytest.mark.parametrize(("person", "may"), [(A, False), (B, False), (C, False), (D, True)])
def test_neither_owner_nor_recorder_nor_who_handed_it_in_may_verify(person, may):
    assert may_verify(person, owners={A}, recorder=B, submitter=C) is may


@pytest.mark.parametrize(
    ("role", "severity", "may"),
    [
        (Role.KDP, Severity.CRITICAL, True),
        (Role.KBD, Severity.CRITICAL, False),
        (Role.STF, Severity.CRITICAL, False),
        (Role.SEK, Severity.CRITICAL, False),
        (Role.KDP, Severity.MINOR, True),
        (Role.KBD, Severity.MAJOR, True),
        (Role.STF, Severity.ADVICE, True),
        (Role.CAM, Severity.ADVICE, False),
        (Role.PTP, Severity.MINOR, False),
        (Role.KAD, Severity.MINOR, False),
        (Role.SEK, Severity.MINOR, False),
    ],
)
def test_only_dpmd_waives_and_only_its_head_a_critical_item(role, severity, may):
    assert may_waive(role, severity) is may


def test_who_stands_in_for_the_empty_seat_of_the_head_waives_a_critical_item():
    assert may_waive(Role.SEK, Severity.CRITICAL, head_stand_in=Role.SEK)
    assert not may_waive(Role.KBD, Severity.CRITICAL, head_stand_in=Role.SEK)
