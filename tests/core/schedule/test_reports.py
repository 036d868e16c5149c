"""What is printed of a plan, and what it costs."""

from dataclasses import replace

import pytest

from core.schedule import tiny
from rembuk.core.schedule import PARTS, Planner, districts, rounds, score, team_calendar, village_sheet
from rembuk.core.schedule.generate import SMALL, generate
from rembuk.core.schedule.reports import minimum_team_days
from rembuk.core.schedule.score import spread
from rembuk.core.schedule.tables import Tables


def test_the_calendar_of_a_team_shows_each_day_out_with_its_ways_and_nights():
    days = team_calendar(tiny.season(), tiny.plan(), "A")
    shown = [(day.week, day.weekday, day.visit and day.visit.village, day.sleep, day.travel_only) for day in days]
    assert shown == [
        (0, 1, "dekat", "base:Kota", False),
        (1, 1, None, "jauh", True),
        (1, 2, "jauh", "jauh", False),
        (1, 3, None, "base:Kota", True),
    ]
    assert [leg.leave for leg in days[0].before] == [450]
    assert [leg.leave for leg in days[0].after] == [720]


def test_a_team_nobody_knows_has_no_calendar():
    with pytest.raises(KeyError):
        team_calendar(tiny.season(), tiny.plan(), "Z")


def test_the_sheet_of_a_village_says_who_comes_when_and_whether_they_sleep_there():
    sheet = village_sheet(tiny.plan(), "jauh")
    assert sheet.visit is not None
    assert (sheet.visit.team, sheet.visit.day, sheet.visit.boat, sheet.visit.speaker) == ("A", 7, "own", "S")
    assert sheet.arrives_before
    assert sheet.sleeps
    assert not village_sheet(tiny.plan(), "darat").sleeps
    assert village_sheet(replace(tiny.plan(), visits=()), "darat").visit is None


def test_the_fewest_team_days_of_a_village_count_its_days_of_travel():
    tables = Tables(tiny.season())
    assert minimum_team_days(tables) == {"darat": 1, "dekat": 1, "sungai": 1, "jauh": 2}


def test_the_figures_of_a_kecamatan_add_up():
    (found,) = districts(Tables(tiny.season()), tiny.plan())
    assert (found.villages, found.forums, found.teams) == (4, 4, ("A", "B"))
    assert found.team_days == 6
    assert found.nights == 2
    assert found.minutes == 60 * 2 + 30 * 2 + 90 * 2 + 500 * 2
    assert (found.minimum_team_days, found.minimum_teams) == (5, 1)


def test_the_kecamatan_together_are_the_plan():
    season = generate(5, SMALL)
    planner = Planner(season)
    plan = planner.made(seed=1, progress=rounds(200)).plan
    found, cost = districts(planner.tables, plan), score(season, plan)
    assert sum(one.forums for one in found) == len(plan.visits)
    assert sum(one.team_days for one in found) == sum(cost.assigned.values())
    assert sum(one.nights for one in found) == cost.nights
    assert sum(one.minutes for one in found) == pytest.approx(cost.travel_hours * 60)


def test_the_cost_by_hand():
    found = score(tiny.season(), tiny.plan())
    assert tuple(found.parts) == PARTS
    minutes = 60 * 2 + 30 * 2 + 90 * 2 + 500 * 2
    assert found.parts["travel"] == pytest.approx(minutes / 6)
    assert found.parts["nights"] == 40
    assert found.parts["travel_days"] == 50
    assert found.parts["saturdays"] == 0
    assert found.parts["split"] == 15
    assert found.parts["preference"] == 0
    assert found.parts["late"] == pytest.approx(0.1 * (0 + 1 + 6 + 7))
    assert found.parts["unserved"] == 0
    assert found.assigned == {"A": 4, "B": 2}
    assert found.available == {"A": 8, "B": 9}
    target = {"A": 1.15 * 4 * 8 / 17, "B": 1.15 * 4 * 9 / 17}
    assert found.parts["load"] == pytest.approx(10 * ((4 - target["A"]) ** 2 + (2 - target["B"]) ** 2))
    assert found.total == pytest.approx(sum(found.parts.values()))


def test_a_village_left_out_costs_its_thousand():
    plan = replace(tiny.plan(), visits=tiny.plan().visits[1:], unserved=("darat",))
    assert score(tiny.season(), plan).parts["unserved"] == 1000


def test_spread_is_the_deviation_from_fair_shares():
    assert spread({"a": 4, "b": 2}, {"a": 10, "b": 5}) == 0
    assert spread({"a": 5, "b": 1}, {"a": 10, "b": 10}) == 2
    assert spread({}, {}) == 0
