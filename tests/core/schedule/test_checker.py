"""The checker: silent on sound plans, and every rule of it fires on a plan that breaks it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from core.schedule import tiny
from rembuk.core.schedule import RULES, Block, Instance, Leg, Plan, plan_from_slots, violations
from rembuk.core.schedule.generate import SMALL, generate

Broken = Callable[[], tuple[Instance, Plan]]


def codes(instance: Instance, plan: Plan) -> set[str]:
    return {found.code for found in violations(instance, plan)}


def visits(**changes: object) -> Callable[[str], tuple[Instance, Plan]]:
    """Return a breaker that changes the visit of one village."""

    def broken(code: str) -> tuple[Instance, Plan]:
        plan = tiny.plan()
        rows = tuple(replace(v, **changes) if v.village == code else v for v in plan.visits)
        return tiny.season(), replace(plan, visits=rows)

    return broken


def legs(change: Callable[[Leg], Leg | None]) -> tuple[Instance, Plan]:
    """Change every leg of the plan, or drop it."""
    plan = tiny.plan()
    rows = tuple(new for leg in plan.legs if (new := change(leg)) is not None)
    return tiny.season(), replace(plan, legs=rows)


def leg(team: str, weekday: int, week: int, **changes: object) -> tuple[Instance, Plan]:
    """Change the first leg of a team's day."""
    done = False

    def change(one: Leg) -> Leg:
        nonlocal done
        if not done and (one.team, one.week, one.weekday) == (team, week, weekday):
            done = True
            return replace(one, **changes)  # type: ignore[arg-type]
        return one

    broken = legs(change)
    assert done
    return broken


def village(code: str, **changes: object) -> tuple[Instance, Plan]:
    season = tiny.season()
    rows = tuple(replace(one, **changes) if one.code == code else one for one in season.villages)
    return replace(season, villages=rows), tiny.plan()


def team(name: str, **changes: object) -> tuple[Instance, Plan]:
    season = tiny.season()
    rows = tuple(replace(one, **changes) if one.id == name else one for one in season.teams)
    return replace(season, teams=rows), tiny.plan()


def speaker(**changes: object) -> tuple[Instance, Plan]:
    season = tiny.season()
    return replace(season, speakers=(replace(season.speakers[0], **changes),)), tiny.plan()


def policy(**changes: object) -> tuple[Instance, Plan]:
    season = tiny.season()
    return replace(season, policy=replace(season.policy, **changes)), tiny.plan()


def twice() -> tuple[Instance, Plan]:
    plan = tiny.plan()
    again = replace(plan.visits[0], day=plan.visits[0].day + 1)
    return tiny.season(), replace(plan, visits=(*plan.visits, again))


def team_twice() -> tuple[Instance, Plan]:
    plan = tiny.plan()
    rows = tuple(replace(v, team="B", day=6) if v.village == "dekat" else v for v in plan.visits)
    return tiny.season(), replace(plan, visits=rows)


def travel_day_long() -> tuple[Instance, Plan]:
    """A day of travel of 500 minutes where 400 are the most."""
    return policy(travel_day=400)


def sunday() -> tuple[Instance, Plan]:
    plan = tiny.plan()
    return tiny.season(), replace(plan, legs=(*plan.legs, Leg("A", 0, 6, "base:Kota", "dekat", 360, 390)))


def away() -> tuple[Instance, Plan]:
    return legs(lambda one: None if (one.team, one.week, one.end) == ("A", 1, "base:Kota") else one)


def late_by_road() -> tuple[Instance, Plan]:
    return policy(road_home_by=600)


def early_road() -> tuple[Instance, Plan]:
    return leg("B", 0, 0, leave=300, arrive=360)


def leaves_forum() -> tuple[Instance, Plan]:
    """B goes home from Darat before the forum is over."""

    def change(one: Leg) -> Leg:
        return replace(one, leave=690, arrive=750) if (one.team, one.week, one.start) == ("B", 0, "darat") else one

    return legs(change)


def busy_speaker() -> tuple[Instance, Plan]:
    """The speaker is wanted in Sungai too, where B is the day before he speaks in Jauh, 500 minutes away."""
    season, plan = village("sungai", speaker="S")
    visits = tuple(replace(one, speaker="S") if one.village == "sungai" else one for one in plan.visits)
    return season, replace(plan, visits=visits)


def speaker_twice() -> tuple[Instance, Plan]:
    season, plan = village("sungai", speaker="S")
    rows = tuple(replace(v, speaker="S", day=7) if v.village == "sungai" else v for v in plan.visits)
    return season, replace(plan, visits=rows)


def away_on_leave() -> tuple[Instance, Plan]:
    """A waits in Jauh on a day it is not free, where the office wants its teams at home on such days."""
    season = tiny.season()
    rows = tuple(replace(one, off=(Block(8, "rapat"),)) if one.id == "A" else one for one in season.teams)
    return replace(season, teams=rows), tiny.plan()


BREAKS: dict[str, Broken] = {
    "unknown-village": lambda: visits(village="entah")("dekat"),
    "unknown-team": lambda: visits(team="Z")("dekat"),
    "outside-window": lambda: visits(day=99)("dekat"),
    "village-missing": lambda: (tiny.season(), replace(tiny.plan(), visits=tiny.plan().visits[1:])),
    "village-twice": twice,
    "team-twice": team_twice,
    "speaker-missing": lambda: visits(speaker=None)("darat"),
    "speaker-twice": speaker_twice,
    "speaker-off": lambda: speaker(off=(Block(0, "dinas"),)),
    "speaker-rest": busy_speaker,
    "jump": lambda: leg("A", 1, 0, start="darat"),
    "not-there": lambda: legs(lambda one: None if (one.team, one.week) == ("B", 0) else one),
    "leaves-early": early_road,
    "leaves-forum": leaves_forum,
    "leg-time": lambda: leg("A", 1, 0, arrive=470),
    "leg-unknown": lambda: leg("A", 1, 0, end="entah"),
    "travel-day-long": travel_day_long,
    "start-window": lambda: visits(start=500, end=710)("darat"),
    "friday-noon": lambda: visits(day=9)("sungai"),
    "starts-before-arrival": lambda: leg("B", 0, 0, leave=500, arrive=560),
    "forum-short": lambda: visits(end=600)("darat"),
    "river-dark": lambda: policy(river_home_by=600),
    "road-dark": late_by_road,
    "away-at-weekend": away,
    "sunday": sunday,
    "team-off": lambda: team("B", off=(Block(0, "sakit"),)),
    "holiday": lambda: (replace(tiny.season(), holidays=(Block(0, "cuti"),)), tiny.plan()),
    "too-early": lambda: village("darat", earliest=5),
    "market": lambda: village("darat", market=0),
    "blocked": lambda: village("darat", blocked=(Block(0, "banjir"),)),
    "closed": lambda: village("darat", allowed=frozenset({1})),
    "skill": lambda: team("A", skills=frozenset()),
    "seats": lambda: village("sungai", extra_seats=2),
    "no-boat": lambda: (replace(tiny.season(), shared_boats=0), tiny.plan()),
    "shared-boats": lambda: team("A", boat_seats=0, base="Kota"),
    "district-cap": lambda: policy(district_cap=0),
    "max-days": lambda: team("A", max_days=1),
    "fixed-moved": lambda: village("darat", fixed=("B", 1)),
}


def test_a_sound_plan_breaks_nothing():
    assert violations(tiny.season(), tiny.plan()) == ()


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_every_rule_fires_on_a_plan_that_breaks_it(rule):
    instance, plan = BREAKS[rule]()
    assert rule in codes(instance, plan)


def test_no_rule_is_left_without_a_plan_that_breaks_it():
    assert set(BREAKS) | {"past-changed", "short-notice"} == set(RULES)


def test_a_team_may_wait_on_a_day_off_only_where_the_office_allows_it():
    season, _plan = away_on_leave()
    slots = {**tiny.plan().slots(), "jauh": ("A", 7)}
    waiting = plan_from_slots(season, slots)
    assert "team-off" not in codes(season, waiting)
    strict = replace(season, policy=replace(season.policy, wait_off_duty=False))
    assert "team-off" in codes(strict, waiting)


def test_a_change_of_the_past_and_a_date_without_notice_are_named():
    season, before = tiny.season(), tiny.plan()
    moved = plan_from_slots(season, {**before.slots(), "darat": ("B", 1), "sungai": ("B", 5)})
    found = {one.code for one in violations(season, moved, before=before, today=1)}
    assert found == {"past-changed", "short-notice"}
    assert violations(season, moved) == ()


def test_another_team_on_the_same_date_needs_no_notice():
    season, before = tiny.season(), tiny.plan()
    swapped = plan_from_slots(season, {**before.slots(), "sungai": ("B", 7), "jauh": ("A", 7)})
    only_team = plan_from_slots(season, {**before.slots(), "darat": ("A", 0)})
    assert [one.code for one in violations(season, only_team, before=before, today=0)] == []
    assert {one.code for one in violations(season, swapped, before=before, today=5)} == {"short-notice"}


@pytest.mark.parametrize("seed", range(3))
def test_random_damage_to_the_ways_of_a_plan_is_seen(seed):
    """Dropping any one way leaves a team somewhere it cannot be."""
    from rembuk.core.schedule import Planner

    season = generate(seed, SMALL)
    plan = Planner(season).first()
    assert violations(season, plan) == ()
    for place in range(0, len(plan.legs), 7):
        rest = plan.legs[:place] + plan.legs[place + 1 :]
        assert violations(season, replace(plan, legs=rest))
