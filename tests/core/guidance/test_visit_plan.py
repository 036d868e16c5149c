"""A season of visits: days along a route, and what is refused or said of a team on a day."""

from datetime import date

import pytest

from rembuk.core.guidance.visit_plan import (
    Duty,
    NoRoomError,
    Stop,
    check_same_day,
    check_team,
    is_day_apart,
    route,
    spread,
)

MONDAY, FRIDAY = date(2026, 9, 21), date(2026, 9, 25)
NEAR = Stop("a", "Alfa", "64.01", "road", -0.40, 116.90)
NEXT = Stop("b", "Beta", "64.01", "road", -0.42, 116.95)
AWAY = Stop("c", "Gama", "64.01", "river", -0.10, 116.60)
FAR = Stop("d", "Delta", "64.02", "road", 0.70, 116.20)
UNKNOWN = Stop("e", "Eta", "64.03")


def test_the_route_goes_district_by_district_to_the_nearest_next():
    assert [stop.village for stop in route([FAR, AWAY, NEXT, NEAR])] == ["a", "b", "c", "d"]


def test_each_village_gets_a_working_day_of_its_own_along_the_route():
    found = spread([AWAY, NEAR, NEXT], date(2026, 9, 18), date(2026, 9, 22), frozenset())
    assert found == {"a": date(2026, 9, 18), "b": MONDAY, "c": date(2026, 9, 22)}


def test_a_long_window_is_used_evenly():
    assert list(spread([NEAR, NEXT], MONDAY, FRIDAY, frozenset()).values()) == [MONDAY, date(2026, 9, 23)]


def test_days_on_which_the_team_is_busy_are_left_out():
    found = spread([NEAR, NEXT], MONDAY, date(2026, 9, 23), frozenset(), taken={MONDAY})
    assert list(found.values()) == [date(2026, 9, 22), date(2026, 9, 23)]


def test_a_window_that_is_too_short_says_how_many_days_are_needed_and_there():
    with pytest.raises(NoRoomError) as refused:
        spread([NEAR, NEXT, AWAY], MONDAY, date(2026, 9, 22), frozenset())
    assert (refused.value.needed, refused.value.there) == (3, 2)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [(NEAR, NEXT, False), (NEAR, AWAY, True), (NEAR, FAR, True), (NEAR, UNKNOWN, None), (NEAR, NEAR, False)],
)
def test_a_day_apart_is_told_by_distance_and_way(one, other, apart):
    assert is_day_apart(one, other) is apart


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        (Duty("p", "Siti", date(2026, 9, 22), None), "baru mulai 22 September 2026"),
        (Duty("p", "Siti", date(2026, 1, 1), date(2026, 9, 20)), "berakhir 20 September 2026"),
        (Duty("p", "Siti", date(2026, 1, 1), None, covers=False), "tidak bertugas di Alfa"),
    ],
)
def test_a_visit_outside_the_days_or_the_place_of_an_assignment_is_refused_in_words(duty, words):
    (finding,) = check_team(NEAR, MONDAY, [duty])
    assert finding.severity == "block" and words in finding.message


def test_the_first_and_the_last_day_of_an_assignment_count():
    assert check_team(NEAR, MONDAY, [Duty("p", "Siti", MONDAY, MONDAY)]) == []


@pytest.mark.parametrize(
    ("other", "severity", "words"),
    [
        (NEAR, "block", "sudah direncanakan ke Alfa pada"),
        (AWAY, "block", "tidak terkejar dalam satu hari"),
        (NEXT, "warn", "cukup untuk dua desa"),
        (UNKNOWN, "warn", "belum diketahui"),
    ],
)
def test_a_second_village_on_one_day_is_refused_when_a_day_apart_and_said_when_near(other, severity, words):
    (finding,) = check_same_day(NEAR, MONDAY, [("Siti", other)])
    assert finding.severity == severity and words in finding.message
