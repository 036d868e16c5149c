"""The three worked villages of docs/allocation.md: what a person with a pencil finds, and what Rembuk says of it."""

import hashlib
import json
from fractions import Fraction
from pathlib import Path

import pytest

from core.allocation.worked import (
    ADDING_UP,
    EQUAL_SHARES,
    MILLION,
    SEED,
    drawn_by_lot,
    earmark_stage_and_rivals,
    two_hamlets,
)
from rembuk.core.allocation import Outcome, Problem, Settings, allocate, verify
from rembuk.core.allocation.explain import as_values, explain, explanations, points, tell

GOLDEN = Path(__file__).parents[2] / "golden" / "allocation"
VILLAGES = {
    "dua-dusun": (two_hamlets(), EQUAL_SHARES),
    "pangan-tahap-pengganti": (earmark_stage_and_rivals(), Settings()),
    "undian": (drawn_by_lot(), EQUAL_SHARES),
}


def choose(problem: Problem, settings: Settings) -> Outcome:
    outcome = allocate(problem, settings)
    assert verify(problem, outcome) == []
    return outcome


def test_adding_up_gives_hulu_everything_and_equal_shares_give_hilir_its_posyandu() -> None:
    assert choose(two_hamlets(), ADDING_UP).selected == ("jembatan", "lampu")
    fair = choose(two_hamlets(), EQUAL_SHARES)
    assert fair.selected == ("lampu", "posyandu")
    assert fair.share == 10 * MILLION
    # A sixth and a quarter of a rupiah for each rupiah of use: 6 and 4 supporters.
    assert [(step.id, step.price) for step in fair.rounds] == [("lampu", Fraction(1, 6)), ("posyandu", Fraction(1, 4))]


def test_one_more_supporter_or_a_cost_under_the_lamps_brings_the_bridge_in() -> None:
    problem = two_hamlets()
    bridge = explain(problem, choose(problem, EQUAL_SHARES), "jembatan")
    # 6 voters have 10 - 7.5 = 2.5 million each left: 15 of 50. With a seventh its price is a seventh, below a sixth.
    assert (bridge.extra_supporters, bridge.winning_cost) == (1, 45 * MILLION - 1)


def test_food_keeps_its_fifth_a_stage_waits_and_a_rival_stays_out() -> None:
    outcome = choose(earmark_stage_and_rivals(), Settings())
    assert outcome.order == ("tahap1", "tahap2", "titian", "kebun")
    road, alley = outcome.decision("jalan"), outcome.decision("gang")
    # 80 - 16 for food leaves 64; 30 + 20 are spent, so the road for 25 lacks 11.
    assert (road.code, road.missing, road.blocked_rows) == ("ALOK-04", 11 * MILLION, ("PANGAN",))
    assert (alley.code, alley.others) == ("ALOK-05", ("titian",))


def test_the_lot_is_what_anyone_computes_from_the_seed_in_the_minutes() -> None:
    tickets = {
        name: hashlib.sha256(f"64.02.18.2003|2027|{SEED}|{number}".encode()).hexdigest()
        for name, number in (("sumur-a", "MLT-27-0001"), ("sumur-b", "MLT-27-0002"))
    }
    assert choose(drawn_by_lot(), EQUAL_SHARES).selected == (min(tickets, key=tickets.__getitem__),)


@pytest.mark.parametrize("name", sorted(VILLAGES))
def test_the_explanations_are_those_of_the_golden_file(name: str) -> None:
    problem, settings = VILLAGES[name]
    outcome = choose(problem, settings)
    rows = {share.name: share.title for share in problem.shares}
    told = {
        key: {
            "values": as_values(found),
            "sentence": tell(found, {}, rows),
            "points": [point.text for point in points(found, {}, rows)],
        }
        for key, found in explanations(problem, outcome).items()
    }
    assert json.loads(json.dumps(told)) == json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))
