"""A commitment: its table row by row, what a judgement needs, when it is late, what is counted (PP15)."""

from datetime import date
from fractions import Fraction

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.guidance.commitments import (
    TRANSITIONS,
    CommitmentEvent,
    CommitmentState,
    Promise,
    days_late,
    kept_of,
    next_commitment_state,
    notice_step,
)

S, E = CommitmentState, CommitmentEvent
DUE = date(2026, 6, 30)
AFTER = date(2026, 7, 1)
TABLE = {
    (S.PROMISED, E.KEEP): S.KEPT,
    (S.PROMISED, E.PARTLY): S.PARTLY_KEPT,
    (S.PROMISED, E.BREAK): S.NOT_KEPT,
    (S.PROMISED, E.WITHDRAW): S.WITHDRAWN,
    (S.PARTLY_KEPT, E.KEEP): S.KEPT,
    (S.PARTLY_KEPT, E.BREAK): S.NOT_KEPT,
    (S.PARTLY_KEPT, E.WITHDRAW): S.WITHDRAWN,
    (S.NOT_KEPT, E.KEEP): S.KEPT,
    (S.NOT_KEPT, E.PARTLY): S.PARTLY_KEPT,
    (S.KEPT, E.REOPEN): S.PROMISED,
    (S.PARTLY_KEPT, E.REOPEN): S.PROMISED,
    (S.NOT_KEPT, E.REOPEN): S.PROMISED,
    (S.WITHDRAWN, E.REOPEN): S.PROMISED,
}


def step(state, event, *, evidence=1, words="sebabnya", today=AFTER):
    return next_commitment_state(state, event, evidence=evidence, words=words, due=DUE, today=today)


@pytest.mark.parametrize("state", CommitmentState)
@pytest.mark.parametrize("event", CommitmentEvent)
def test_each_judgement_leads_where_the_table_says_and_nowhere_else(state, event):
    if (state, event) in TABLE:
        assert step(state, event) is TABLE[state, event]
    else:
        with pytest.raises(IllegalTransitionError):
            step(state, event)
    assert ((state, event) in TRANSITIONS) == ((state, event) in TABLE)


@pytest.mark.parametrize("event", [E.KEEP, E.PARTLY])
def test_nothing_is_called_kept_without_evidence(event):
    with pytest.raises(RefusedError) as refused:
        step(S.PROMISED, event, evidence=0)
    assert refused.value.code == "commitment-evidence-missing"


@pytest.mark.parametrize("event", [E.PARTLY, E.BREAK, E.WITHDRAW])
def test_every_judgement_but_kept_says_why(event):
    with pytest.raises(RefusedError) as refused:
        step(S.PROMISED, event, words=" ")
    assert refused.value.code == "commitment-words-missing"
    assert step(S.PROMISED, E.KEEP, words="") is S.KEPT


def test_a_promise_is_not_broken_before_its_day_has_passed():
    with pytest.raises(RefusedError) as refused:
        step(S.PROMISED, E.BREAK, today=DUE)
    assert refused.value.code == "commitment-not-due-yet"


@pytest.mark.parametrize(
    ("state", "today", "late"),
    [
        (S.PROMISED, DUE, 0),
        (S.PROMISED, AFTER, 1),
        (S.PARTLY_KEPT, date(2026, 7, 8), 8),
        (S.KEPT, AFTER, 0),
        (S.NOT_KEPT, AFTER, 0),
        (S.WITHDRAWN, AFTER, 0),
    ],
)
def test_a_promise_is_late_while_something_is_owed_after_its_day(state, today, late):
    assert days_late(state, DUE, today) == late


@pytest.mark.parametrize(("late", "number"), [(0, None), (1, 0), (7, 0), (8, 1), (14, 1), (15, 2)])
def test_the_first_notice_comes_the_day_after_and_the_next_ones_weekly(late, number):
    assert notice_step(late) == number


def test_kept_of_due_leaves_withdrawn_ones_and_those_to_come_out():
    rows = [
        Promise(S.KEPT, DUE),
        Promise(S.KEPT, date(2026, 12, 31)),
        Promise(S.PARTLY_KEPT, DUE),
        Promise(S.NOT_KEPT, DUE),
        Promise(S.PROMISED, DUE),
        Promise(S.PROMISED, date(2026, 12, 31)),
        Promise(S.WITHDRAWN, DUE),
    ]
    found = kept_of(rows, AFTER)
    assert (found.due, found.kept, found.partly, found.not_kept, found.late, found.withdrawn) == (5, 2, 1, 1, 2, 1)
    assert found.share == Fraction(2, 5)
    assert kept_of([], AFTER).share is None
