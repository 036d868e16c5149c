"""The life of a visit, row by row as the programme describes it, and its clocks."""

from datetime import date, timedelta
from itertools import product

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.visit_states import (
    ENDED,
    RESCHEDULE_REASONS,
    VisitEvent,
    VisitState,
    days_report_late,
    is_missed,
    next_state,
    possible_events,
    report_due,
    state_as_of,
)

# Section 3.4: every arrow of the text, and no other.
ROWS = {
    ("planned", "confirm"): "confirmed",
    ("confirmed", "start"): "on_site",
    ("on_site", "report"): "reported",
    ("reported", "acknowledge"): "acknowledged",
    ("acknowledged", "close"): "closed",
    ("planned", "reschedule"): "rescheduled",
    ("confirmed", "reschedule"): "rescheduled",
    ("planned", "cancel"): "cancelled",
    ("confirmed", "cancel"): "cancelled",
    ("planned", "miss"): "missed",
}
FRIDAY = date(2026, 9, 18)


@pytest.mark.parametrize(("state", "event"), list(product(VisitState, VisitEvent)), ids=lambda each: each.value)
def test_a_visit_moves_as_the_text_says_and_no_other_way(state, event):
    wanted = ROWS.get((state.value, event.value))
    if wanted is not None:
        assert next_state(state, event) == VisitState(wanted)
        return
    with pytest.raises(IllegalTransitionError) as refused:
        next_state(state, event)
    assert refused.value.values["possible"] == list(possible_events(state))


def test_what_has_ended_goes_nowhere():
    assert [state for state in VisitState if not possible_events(state)] == [
        VisitState.CLOSED,
        VisitState.RESCHEDULED,
        VisitState.CANCELLED,
        VisitState.MISSED,
    ]
    assert {state for state in VisitState if not possible_events(state)} == ENDED


def test_the_reasons_for_moving_a_visit_are_those_of_the_text():
    assert RESCHEDULE_REASONS == ("weather", "water_level", "funeral", "clash", "signal", "budget")


@pytest.mark.parametrize(("days", "missed"), [(0, False), (2, False), (3, True), (40, True)])
def test_a_planned_visit_is_missed_three_days_after_its_day(days, missed):
    assert is_missed(VisitState.PLANNED, FRIDAY, FRIDAY + timedelta(days=days)) is missed


@pytest.mark.parametrize("state", [state for state in VisitState if state is not VisitState.PLANNED])
def test_only_a_planned_visit_is_missed(state):
    assert not is_missed(state, FRIDAY, FRIDAY + timedelta(days=30))


def test_a_record_written_in_time_meets_the_visit_as_it_was_though_the_clock_struck_meanwhile():
    written, too_late = FRIDAY + timedelta(days=2), FRIDAY + timedelta(days=3)
    assert state_as_of(VisitState.MISSED, FRIDAY, written) == VisitState.PLANNED
    assert state_as_of(VisitState.MISSED, FRIDAY, too_late) == VisitState.MISSED
    assert state_as_of(VisitState.CANCELLED, FRIDAY, written) == VisitState.CANCELLED


def test_the_report_is_due_three_working_days_after_the_return():
    assert report_due(FRIDAY, frozenset()) == date(2026, 9, 23)
    assert report_due(FRIDAY, frozenset({date(2026, 9, 22)})) == date(2026, 9, 24)


@pytest.mark.parametrize(("day", "late"), [(date(2026, 9, 23), 0), (date(2026, 9, 24), 1), (date(2026, 9, 30), 7)])
def test_a_late_report_says_by_how_many_days(day, late):
    assert days_report_late(FRIDAY, day, frozenset()) == late


def test_a_report_that_comes_with_the_first_signal_is_in_time():
    first_sync = date(2026, 10, 5)
    assert days_report_late(FRIDAY, first_sync, frozenset(), first_sync=first_sync) == 0
    assert days_report_late(FRIDAY, date(2026, 10, 6), frozenset(), first_sync=first_sync) == 1
