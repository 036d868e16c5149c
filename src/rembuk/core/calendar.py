"""Days, working days and the regency's clock. Days are calendar days unless a name says working days.

National holidays and joint leave come from the yearly decree as carried by the region data package; a year whose
decree is not known yet has weekends only, and `unknown_years` says so.
"""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from lokal import holidays as _decrees

WITA: Final = ZoneInfo("Asia/Makassar")
REMINDER_DAYS: Final[tuple[int, ...]] = (30, 14, 7)
SATURDAY: Final = 5


def known_years() -> tuple[int, ...]:
    """Return the years whose holiday decree is known, ascending."""
    return tuple(sorted(_decrees.HOLIDAY_YEARS))


@cache
def national_holidays() -> frozenset[date]:
    """Return every national holiday and day of joint leave that is known."""
    return frozenset(
        date.fromisoformat(day.date) for year in known_years() for day in _decrees.get_holidays(year).holidays
    )


def unknown_years(first: date, last: date) -> tuple[int, ...]:
    """Return the years between two days whose holidays are not known: working days counted there may be too many."""
    return tuple(year for year in range(first.year, last.year + 1) if year not in known_years())


def local_day(moment: datetime, zone: ZoneInfo = WITA) -> date:
    """Return the day a moment falls on by the regency's clock. Raises: ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(zone).date()


def add_days(start: date, count: int) -> date:
    """Return the day *count* days after *start*."""
    return start + timedelta(days=count)


def add_months(start: date, count: int) -> date:
    """Return the same day *count* months later; the last day of the month where it has no such day."""
    months = start.year * 12 + start.month - 1 + count
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def days_between(first: date, last: date) -> int:
    """Return the days from *first* to *last*: 0 for the same day, negative if *last* comes before."""
    return (last - first).days


def is_working_day(day: date, holidays: AbstractSet[date] | None = None) -> bool:
    """Return whether offices work: Monday to Friday and no holiday (national ones when none are given)."""
    closed = national_holidays() if holidays is None else holidays
    return day.weekday() < SATURDAY and day not in closed


def add_working_days(start: date, count: int, holidays: AbstractSet[date] | None = None) -> date:
    """Return the *count*-th working day after *start*, which itself is not counted. Raises: ValueError if count < 0."""
    if count < 0:
        raise ValueError("count of working days below zero")
    day = start
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def working_days_between(first: date, last: date, holidays: AbstractSet[date] | None = None) -> int:
    """Return the working days after *first* up to and including *last*; 0 if *last* is not later."""
    return sum(
        is_working_day(first + timedelta(days=step), holidays) for step in range(1, days_between(first, last) + 1)
    )


def reminder_dates(due: date, days: tuple[int, ...] = REMINDER_DAYS) -> dict[int, date]:
    """Return days before the deadline -> the day the reminder goes out (T-30, T-14, T-7)."""
    return {before: due - timedelta(days=before) for before in days}
