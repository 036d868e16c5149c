"""The life of a monthly report row by row, its days, and what a list says of a month."""

from datetime import date
from itertools import product

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.monthly import (
    Month,
    ReportEvent,
    ReportState,
    Standing,
    days_late,
    due_of,
    month_of,
    months_back,
    next_state,
    possible_events,
    read_month,
    standing_of,
    way_to_draft,
)

# Every arrow of the text: DRAFT -> SUBMITTED -> CHECKED | RETURNED, and a returned one is taken up again.
ROWS = {
    ("draft", "submit"): "submitted",
    ("submitted", "check"): "checked",
    ("submitted", "return"): "returned",
    ("returned", "revise"): "draft",
}
AUGUST = Month(2026, 8)


@pytest.mark.parametrize(("state", "event"), list(product(ReportState, ReportEvent)), ids=lambda each: each.value)
def test_a_report_moves_as_the_text_says_and_no_other_way(state, event):
    wanted = ROWS.get((state.value, event.value))
    if wanted is not None:
        assert next_state(state, event) == ReportState(wanted)
        return
    with pytest.raises(IllegalTransitionError) as refused:
        next_state(state, event)
    assert refused.value.values["possible"] == list(possible_events(state))


def test_only_a_draft_and_a_returned_report_are_open_for_writing():
    assert way_to_draft(ReportState.DRAFT) == ()
    assert way_to_draft(ReportState.RETURNED) == (ReportEvent.REVISE,)
    for state in (ReportState.SUBMITTED, ReportState.CHECKED):
        with pytest.raises(IllegalTransitionError):
            way_to_draft(state)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-08", AUGUST),
        ("2026-12", Month(2026, 12)),
        ("2026-13", None),
        ("2026-00", None),
        ("2026-8", None),
        ("26-08", None),
        ("0026-08", None),
        ("2026", None),
        ("2026-08-01", None),
        ("", None),
        ("²026-08", None),
    ],
)
def test_a_month_is_read_as_year_and_month(text, month):
    assert read_month(text) == month


def test_a_month_knows_its_days_and_its_neighbours():
    assert Month(2028, 2).days == (date(2028, 2, 1), date(2028, 2, 29))
    assert (Month(2026, 12).plus(1), Month(2026, 1).plus(-1)) == (Month(2027, 1), Month(2025, 12))
    assert month_of(date(2026, 8, 31)) == AUGUST and AUGUST.code == "2026-08"


def test_months_are_listed_from_the_newest_back_and_not_without_end():
    assert months_back(AUGUST, Month(2026, 6), 10) == (AUGUST, Month(2026, 7), Month(2026, 6))
    assert months_back(AUGUST, Month(2020, 1), 2) == (AUGUST, Month(2026, 7))
    assert months_back(AUGUST, Month(2026, 9), 10) == ()


@pytest.mark.parametrize(("day", "late"), [(date(2026, 9, 7), 0), (date(2026, 9, 8), 1), (date(2026, 8, 31), 0)])
def test_a_report_is_due_in_the_first_week_of_the_next_month(day, late):
    assert due_of(AUGUST) == date(2026, 9, 7)
    assert days_late(day, due_of(AUGUST)) == late


@pytest.mark.parametrize("day", [0, 29])
def test_a_last_day_that_some_month_lacks_is_refused(day):
    with pytest.raises(ValueError, match="no day"):
        due_of(AUGUST, day)


@pytest.mark.parametrize(
    ("state", "returned", "asked", "today", "standing"),
    [
        (None, False, True, date(2026, 8, 31), Standing.RUNNING),
        (None, False, True, date(2026, 9, 1), Standing.DUE),
        ("draft", False, True, date(2026, 9, 7), Standing.DUE),
        ("draft", False, True, date(2026, 9, 8), Standing.MISSING),
        (None, False, False, date(2026, 9, 8), Standing.NOT_ASKED),
        (None, False, False, date(2026, 8, 31), Standing.RUNNING),
        ("submitted", False, True, date(2026, 8, 31), Standing.SUBMITTED),
        ("submitted", False, False, date(2026, 12, 1), Standing.SUBMITTED),
        ("checked", False, True, date(2026, 12, 1), Standing.CHECKED),
        ("returned", True, True, date(2026, 9, 8), Standing.RETURNED),
        ("draft", True, True, date(2026, 9, 8), Standing.RETURNED),
        ("draft", True, False, date(2026, 8, 31), Standing.RETURNED),
    ],
)
def test_a_list_says_where_a_month_stands(state, returned, asked, today, standing):
    known = ReportState(state) if state else None
    assert standing_of(AUGUST, known, returned=returned, asked=asked, today=today) == standing
