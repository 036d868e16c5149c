"""The machine of a training batch, row by row as the programme tells it, and what must be there before each step."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.guidance.training_rules import DEFAULT_RULES, rules_from
from rembuk.core.guidance.training_states import (
    LINE,
    TRANSITIONS,
    BatchEvent,
    BatchFacts,
    BatchState,
    missing_for,
    next_state,
)

TOLD = """
PROPOSED assess NEEDS_ASSESSED
NEEDS_ASSESSED schedule SCHEDULED
SCHEDULED open OPEN
OPEN confirm CONFIRMED
CONFIRMED start RUNNING
RUNNING complete COMPLETED
COMPLETED evaluate EVALUATED
EVALUATED follow_up FOLLOWED_UP
FOLLOWED_UP close CLOSED
SCHEDULED postpone POSTPONED
OPEN postpone POSTPONED
CONFIRMED postpone POSTPONED
POSTPONED schedule SCHEDULED
PROPOSED cancel CANCELLED
NEEDS_ASSESSED cancel CANCELLED
SCHEDULED cancel CANCELLED
OPEN cancel CANCELLED
CONFIRMED cancel CANCELLED
POSTPONED cancel CANCELLED
"""
ROWS = {(row.split()[0], row.split()[1]): row.split()[2] for row in TOLD.strip().splitlines()}
END = date(2026, 6, 4)
READY = BatchFacts(
    units=2,
    jp=12,
    start_date=date(2026, 6, 2),
    end_date=END,
    place=True,
    trainers=1,
    accepted=30,
    pre_ready=True,
    sessions=4,
    attended=30,
    evaluated=24,
    observed=1,
    today=END + timedelta(days=60),
)


@pytest.mark.parametrize("state", list(BatchState))
@pytest.mark.parametrize("event", list(BatchEvent))
def test_every_pair_of_state_and_event_leads_where_the_programme_says(state, event):
    if (state, event) in ROWS:
        assert next_state(state, event, READY, DEFAULT_RULES, "sebab") == ROWS[state, event]
    else:
        with pytest.raises(IllegalTransitionError):
            next_state(state, event, READY, DEFAULT_RULES, "sebab")


def test_the_table_has_no_row_that_the_programme_does_not_tell():
    assert {(str(a), str(b)): str(c) for (a, b), c in TRANSITIONS.items()} == ROWS


def test_the_straight_road_follows_the_table():
    steps = [
        ROWS[state, event] for state, event in ROWS if event not in ("postpone", "cancel") and state != "POSTPONED"
    ]
    assert [str(state) for state in LINE] == ["PROPOSED", *steps]


def codes(event, **changes):
    return [finding.code for finding in missing_for(event, replace(READY, **changes), DEFAULT_RULES)]


@pytest.mark.parametrize(
    ("event", "changes", "expected"),
    [
        (BatchEvent.SCHEDULE, {"start_date": None}, ["batch-days"]),
        (BatchEvent.SCHEDULE, {"place": False, "jp": 0}, ["batch-place", "batch-units"]),
        (BatchEvent.OPEN, {"trainers": 0}, ["batch-trainers"]),
        (BatchEvent.CONFIRM, {"accepted": 0}, ["batch-nobody"]),
        (BatchEvent.START, {"pre_ready": False}, ["batch-pre-test"]),
        (BatchEvent.START, {"sessions": 0}, ["batch-sessions"]),
        (BatchEvent.START, {"today": date(2026, 6, 1)}, ["batch-early"]),
        (BatchEvent.START, {"today": date(2026, 6, 2)}, []),
        (BatchEvent.COMPLETE, {"sessions_without": 1}, ["batch-attendance"]),
        (BatchEvent.EVALUATE, {"evaluated": 24}, []),
        (BatchEvent.EVALUATE, {"evaluated": 23}, ["batch-evaluated"]),
        (BatchEvent.EVALUATE, {"attended": 0, "evaluated": 0}, ["batch-evaluated"]),
        (BatchEvent.FOLLOW_UP, {"today": END + timedelta(days=59)}, ["batch-follow-early"]),
        (BatchEvent.FOLLOW_UP, {"today": END + timedelta(days=60), "observed": 0}, ["batch-observed"]),
        (BatchEvent.FOLLOW_UP, {"today": END + timedelta(days=120), "observed": 0}, ["batch-observed"]),
        (BatchEvent.FOLLOW_UP, {"today": END + timedelta(days=121), "observed": 0}, ["batch-observed-never"]),
        (BatchEvent.FOLLOW_UP, {"today": END + timedelta(days=121), "observed": 1}, []),
        (BatchEvent.CLOSE, {"undecided": 1}, ["batch-undecided"]),
    ],
)
def test_a_step_waits_for_what_it_needs(event, changes, expected):
    assert codes(event, **changes) == expected


def test_a_follow_up_that_nobody_made_in_time_goes_on_with_a_reason():
    late = replace(READY, today=END + timedelta(days=121), observed=0)
    assert next_state(BatchState.EVALUATED, BatchEvent.FOLLOW_UP, late, DEFAULT_RULES, "air surut") == "FOLLOWED_UP"


@pytest.mark.parametrize("event", [BatchEvent.POSTPONE, BatchEvent.CANCEL])
def test_a_batch_is_put_off_or_called_off_only_with_a_reason(event):
    with pytest.raises(RefusedError, match="batch-reason"):
        next_state(BatchState.OPEN, event, READY, DEFAULT_RULES, " ")


def test_a_regency_may_set_a_number_within_its_bounds_only():
    assert rules_from({"pass_score": 75}).pass_score == 75
    assert rules_from({"pass_score": 0, "unknown": 3}) == DEFAULT_RULES
    assert rules_from({"follow_from_days": 130}) == DEFAULT_RULES
