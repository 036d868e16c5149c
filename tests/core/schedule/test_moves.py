"""Moving one forum by hand: every conflict is named at once, and what is allowed is sound."""

import random
from dataclasses import replace

import pytest

from core.schedule import tiny
from rembuk.core.errors import RefusedError
from rembuk.core.schedule import Planner, conflicts_of_move, moved, plan_from_slots, removed, rounds, violations
from rembuk.core.schedule.generate import SMALL, generate


def codes(village: str, team: str, day: int, today: int | None = None, **changes: object) -> list[str]:
    season = replace(tiny.season(), **changes)  # type: ignore[arg-type]
    return [found.code for found in conflicts_of_move(season, tiny.plan(), village, team, day, today=today)]


def test_a_free_day_of_a_free_team_has_no_conflict():
    assert codes("sungai", "B", 5) == []


def test_a_forum_where_it_is_has_no_conflict():
    assert codes("darat", "B", 0) == []


@pytest.mark.parametrize(
    ("village", "team", "day", "expected"),
    [
        ("entah", "A", 0, ["unknown"]),
        ("darat", "Z", 0, ["unknown"]),
        ("darat", "A", 99, ["unknown"]),
        ("dekat", "B", 2, ["skill"]),
        ("dekat", "A", 0, ["too-early"]),
        ("sungai", "B", 3, ["blocked"]),
        ("sungai", "B", 4, ["holiday"]),
        ("darat", "B", 9, ["market", "reserve", "preference"]),
        ("sungai", "A", 9, ["team-off", "reserve"]),
        ("darat", "B", 8, ["speaker-off", "reserve", "preference"]),
        ("sungai", "B", 0, ["team-busy"]),
        ("darat", "B", 7, ["speaker-busy", "reserve", "preference"]),
        ("darat", "B", 6, ["team-busy", "speaker-rest", "preference"]),
        ("jauh", "A", 0, ["closed", "too-far", "speaker-busy"]),
        ("jauh", "B", 6, ["team-busy"]),
    ],
)
def test_each_conflict_is_named(village, team, day, expected):
    found = codes(village, team, day)
    assert [code for code in expected if code not in found] == []


def test_all_conflicts_come_at_once_with_what_they_are_about():
    found = {c.code: c for c in conflicts_of_move(tiny.season(), tiny.plan(), "dekat", "B", 0)}
    assert set(found) >= {"skill", "too-early", "team-busy"}
    assert found["skill"].params["skill"] == "dayak"
    assert found["too-early"].params == {"from": 1, "reason": "surat pagu"}
    assert found["team-busy"].params["village"] == "darat"


def test_what_is_past_stays_and_a_new_date_keeps_the_notice():
    assert "past" in codes("darat", "B", 7, today=3)
    assert "notice" in codes("sungai", "B", 7, today=3)
    assert "notice" not in codes("sungai", "A", 6, today=3)


def test_leaving_a_stopover_that_the_rest_of_the_week_needs_is_a_conflict():
    """Upstream the way to Jauh takes 800 minutes, more than a day of travel: only from Sungai can it be reached."""
    slow = tuple(tuple(800 if (a, b) == (4, 3) else m for b, m in enumerate(row)) for a, row in enumerate(tiny.MINUTES))
    season = replace(tiny.season(), travel=replace(tiny.TRAVEL, minutes=slow))
    plan = plan_from_slots(season, {"sungai": ("A", 6), "jauh": ("A", 7)})
    assert violations(season, plan) == ()
    found = {conflict.code: conflict for conflict in conflicts_of_move(season, plan, "sungai", "B", 1)}
    assert found["leaves-behind"].params == {"team": "A", "villages": ["jauh"]}
    with pytest.raises(RefusedError):
        removed(season, plan, "sungai")
    within = [c.code for c in conflicts_of_move(season, plan, "sungai", "A", 8) if c.severity == "block"]
    assert within == ["neighbour-too-far"]


def test_a_fixed_forum_is_not_moved():
    villages = tuple(replace(v, fixed=("B", 0)) if v.code == "darat" else v for v in tiny.season().villages)
    assert "fixed" in codes("darat", "B", 6, villages=villages)


def test_a_full_kecamatan_and_a_used_boat_are_conflicts():
    tight = replace(tiny.season().policy, district_cap=1)
    assert "district-full" in codes("sungai", "A", 0, policy=tight)
    teams = tuple(replace(team, boat_seats=0) for team in tiny.season().teams)
    season = replace(tiny.season(), teams=teams, shared_boats=1)
    plan = plan_from_slots(season, {"sungai": ("B", 7)})
    far = [c.code for c in conflicts_of_move(season, plan, "jauh", "A", 7)]
    assert "boats-out" in far


def test_a_move_with_conflicts_is_refused_with_all_of_them():
    with pytest.raises(RefusedError) as refusal:
        moved(tiny.season(), tiny.plan(), "dekat", "B", 0)
    assert refusal.value.code == "jadwal-bentrok"
    assert {c.code for c in refusal.value.values["conflicts"]} >= {"skill", "too-early"}  # type: ignore[attr-defined]


def test_a_forum_can_be_taken_out_and_put_back():
    season, plan = tiny.season(), tiny.plan()
    without = removed(season, plan, "darat")
    assert without.unserved == ("darat",)
    assert violations(season, without) == ()
    assert moved(season, without, "darat", "B", 0) == plan


@pytest.mark.parametrize("seed", range(2))
def test_a_move_without_blocks_gives_a_sound_plan_and_one_with_blocks_cannot_be_held(seed):
    season = generate(seed, SMALL)
    planner = Planner(season)
    plan, _ = planner.improved(planner.first(), seed=1, progress=rounds(150))
    chance, allowed, refused = random.Random(seed), 0, 0
    for _ in range(150):
        village = chance.choice(season.villages).code
        team, day = chance.choice(season.teams).id, chance.randrange(season.days)
        conflicts = conflicts_of_move(season, plan, village, team, day)
        slots = {**plan.slots(), village: (team, day)}
        if any(conflict.severity == "block" for conflict in conflicts):
            refused += 1
            with pytest.raises(Exception, match="jadwal-tak-muat"):
                plan_from_slots(season, slots)
        else:
            allowed += 1
            after = moved(season, plan, village, team, day)
            assert violations(season, after) == ()
            assert after == plan_from_slots(season, slots)
    assert allowed > 5
    assert refused > 50
