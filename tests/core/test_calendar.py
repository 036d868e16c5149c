"""Working days, months and the regency's clock."""

from datetime import UTC, date, datetime

import pytest

from rembuk.core.calendar import (
    add_days,
    add_months,
    add_working_days,
    days_between,
    is_working_day,
    local_day,
    national_holidays,
    reminder_dates,
    unknown_years,
    working_days_between,
)


def test_independence_day_and_weekends_are_not_worked() -> None:
    assert date(2026, 8, 17) in national_holidays()
    assert [is_working_day(date(2026, 8, day)) for day in (14, 15, 16, 17, 18)] == [True, False, False, False, True]


def test_working_days_skip_weekends_and_holidays_and_do_not_count_the_first_day() -> None:
    assert add_working_days(date(2026, 8, 14), 1) == date(2026, 8, 18)
    assert add_working_days(date(2026, 8, 14), 0) == date(2026, 8, 14)
    assert add_working_days(date(2026, 8, 14), 1, frozenset()) == date(2026, 8, 17)


def test_twenty_working_days_over_idulfitri() -> None:
    due = add_working_days(date(2026, 3, 2), 20)
    assert working_days_between(date(2026, 3, 2), due) == 20
    assert due == date(2026, 4, 7)


@pytest.mark.parametrize(("first", "last", "count"), [(1, 1, 0), (1, 2, 1), (2, 1, -1)])
def test_days_between_two_days(first: int, last: int, count: int) -> None:
    assert days_between(date(2026, 9, first), date(2026, 9, last)) == count


def test_months_end_on_the_last_day_where_the_month_is_shorter() -> None:
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 15), 3) == date(2027, 3, 15)
    assert add_days(date(2026, 12, 31), 1) == date(2027, 1, 1)


def test_a_moment_belongs_to_the_day_of_the_regency() -> None:
    assert local_day(datetime(2026, 9, 30, 15, 59, tzinfo=UTC)) == date(2026, 9, 30)
    assert local_day(datetime(2026, 9, 30, 16, 0, tzinfo=UTC)) == date(2026, 10, 1)
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 9, 30, 16, 0))


def test_reminders_go_out_thirty_fourteen_and_seven_days_before() -> None:
    assert reminder_dates(date(2026, 9, 30)) == {30: date(2026, 8, 31), 14: date(2026, 9, 16), 7: date(2026, 9, 23)}


def test_years_without_a_decree_are_named() -> None:
    assert unknown_years(date(2026, 1, 1), date(2026, 12, 31)) == ()
    assert unknown_years(date(2026, 1, 1), date(2099, 1, 1))[-1] == 2099


def test_a_negative_count_of_working_days_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        add_working_days(date(2026, 1, 1), -1)
