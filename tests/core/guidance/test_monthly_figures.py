"""The figures of a month: frozen as JSON and back, their digest, the hours of a day and the calendar page."""

import json
from dataclasses import replace
from datetime import date

import pytest

from rembuk.core.guidance.monthly import Month
from rembuk.core.guidance.monthly_figures import (
    DayHours,
    ForumLine,
    MonthFigures,
    ProblemLine,
    TicketLine,
    VisitLine,
    figures_from,
    weeks_of,
    with_forums,
)

DAY = date(2026, 8, 19)
VISIT = VisitLine("a", DAY, "09.00", "Melintang", "Muara Wis", "K5", "stage", "onsite", "closed", "river", 95, 120, 1)
FORUM = ForumLine("b", date(2026, 8, 20), "08.30", "Melintang", "Muara Wis", "guide", "verified", 240, True)
FIGURES = MonthFigures(
    visits=(VISIT, replace(VISIT, key="c", travel_minutes=None)),
    not_made={"missed": 1},
    forums=(FORUM,),
    tickets=(TicketLine("d", DAY, "10.15", "Melintang", "K7", "phone", "closed"),),
    items={"open": 2, "closed": 1},
    problems=(ProblemLine(DAY, "Melintang", "finding", "minor", "Papan kosong"),),
    hours=with_forums([DayHours(DAY, 95, 240, 2)], (FORUM,)),
)


def test_figures_come_back_from_json_unchanged():
    assert figures_from(json.loads(json.dumps(FIGURES.data))) == FIGURES


def test_the_digest_stays_with_the_figures_and_changes_with_any_of_them():
    again = figures_from(json.loads(json.dumps(FIGURES.data)))
    assert again.digest == FIGURES.digest and len(FIGURES.digest) == 64
    assert replace(FIGURES, items={"open": 2, "closed": 2}).digest != FIGURES.digest


def test_figures_of_another_version_are_not_guessed_at():
    with pytest.raises(ValueError, match="version"):
        figures_from({**FIGURES.data, "version": 2})


def test_the_sitting_of_a_forum_is_work_of_its_day_whether_or_not_somebody_visited():
    days = with_forums([DayHours(DAY, 95, 120, 1)], (replace(FORUM, day=DAY), replace(FORUM, minutes=None)))
    assert days == (DayHours(DAY, 95, 360, 1, 1), DayHours(date(2026, 8, 20), 0, 0, 0, 1))


def test_sums_count_a_village_once_and_name_the_busiest_day():
    assert (FIGURES.village_count, FIGURES.item_count, FIGURES.travel_minutes, FIGURES.minutes) == (1, 3, 95, 575)
    assert FIGURES.busiest == DayHours(DAY, 95, 240, 2)
    tie = MonthFigures(hours=(DayHours(date(2026, 8, 3), 0, 60, 1), DayHours(date(2026, 8, 2), 60, 0, 1)))
    assert tie.busiest == tie.hours[1]
    assert MonthFigures(hours=(DayHours(DAY, 0, 0, 1),)).busiest is None


@pytest.mark.parametrize(
    ("minutes", "level"), [(0, 0), (1, 1), (120, 1), (121, 2), (240, 2), (241, 3), (480, 3), (481, 4)]
)
def test_a_day_is_drawn_darker_the_longer_it_was(minutes, level):
    assert DayHours(DAY, minutes, 0, 1).level == level


def test_a_calendar_page_begins_on_monday_and_leaves_the_days_of_other_months_out():
    weeks = weeks_of(Month(2026, 8))
    assert [len(week) for week in weeks] == [7] * 6
    assert weeks[0] == (None, None, None, None, None, date(2026, 8, 1), date(2026, 8, 2))
    assert weeks[-1] == (date(2026, 8, 31), None, None, None, None, None, None)
