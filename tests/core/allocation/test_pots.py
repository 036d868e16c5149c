"""Lists for few supporters, arrays for many: the same purchases at the same exact prices, whatever does the sums."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from typing import Literal

import pytest

from rembuk.core.allocation import Ballot, Outcome, Problem, Proposal, Settings, Source, allocate, verify
from rembuk.core.allocation.equal_shares import ledger, run

Pots = Literal["lists", "arrays"]
NEVER, ALWAYS = 10**9, -1


def chosen_with(pots: Pots, few: int, problem: Problem, settings: Settings) -> Outcome:
    """Return the outcome when balances are kept in this way and plain loops add up as many as *few* groups."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "LISTS_UP_TO", NEVER if pots == "lists" else ALWAYS)
        patch.setattr(ledger, "FEW", few)
        return allocate(problem, settings)


def town(seed: int, kind: str) -> Problem:
    """Return 12 proposals and 300 ballots, some of them heavier than others, some equal."""
    draw = random.Random(seed)
    ids = [f"U{number:02}" for number in range(12)]
    ballots = []
    for _ in range(300):
        names = draw.sample(ids, draw.randint(0, 6))
        weight = Fraction(draw.choice([1, 1, 1, 2, 5]), draw.choice([1, 1, 3]))
        if kind == "points":
            ballots.append(Ballot(points=tuple((name, draw.randint(1, 9)) for name in names), weight=weight))
        else:
            ballots.append(Ballot(tuple(names), weight=weight))
    costs = [draw.choice([40, 60, draw.randint(10, 400)]) for _ in ids]
    return Problem(
        tuple(Proposal(name, cost, 1) for name, cost in zip(ids, costs, strict=True)),
        (Source("DDS", 900),),
        ballots=tuple(ballots),
    )


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("kind", "utility"), [("approvals", "cost"), ("approvals", "cardinality"), ("points", "points")]
)
@pytest.mark.parametrize("completion", ["none", "add1u"])
def test_every_way_of_keeping_the_money_gives_the_same_outcome(
    seed: int, kind: str, utility: Literal["cost", "cardinality", "points"], completion: Literal["none", "add1u"]
) -> None:
    problem, settings = town(seed, kind), Settings("mes", utility, completion)
    expected = chosen_with("lists", NEVER, problem, settings)
    assert expected.rounds and verify(problem, expected) == []
    for pots, few in (("lists", ALWAYS), ("arrays", NEVER), ("arrays", ALWAYS), ("arrays", 20)):
        assert chosen_with(pots, few, problem, settings) == expected


PRIMES = (1_000_000_007, 1_000_000_009, 1_000_000_021, 1_000_000_033, 1_000_000_087, 1_000_000_093, 998_244_353)


@pytest.mark.parametrize("pots", ["lists", "arrays"])
@pytest.mark.parametrize(("first", "second"), list(permutations(PRIMES, 2)))
def test_less_than_floats_can_tell_from_nothing_is_still_money(pots: Pots, first: int, second: int) -> None:
    """One group pays two proposals in full and keeps 1/(first x second) rupiah, which it gives for the third."""
    one = -pow(second, -1, first) % first
    other = (2 * first * second - 1 - one * second) // first
    assert 2 - Fraction(one, first) - Fraction(other, second) == Fraction(1, first * second)
    shared, last = 1_000, 7_000_000
    weights = {("a", "b", "c"): shared, ("a",): first - shared, ("b",): second - shared, ("c",): last}
    problem = Problem(
        (Proposal("a", one, 1), Proposal("b", other, 1), Proposal("c", 13_999_999, 1)),
        (Source("DDS", 2 * sum(weights.values())),),
        ballots=tuple(Ballot(names, weight=Fraction(weight)) for names, weight in weights.items()),
    )
    outcome = chosen_with(pots, NEVER, problem, Settings("mes", "cardinality", "none"))
    prices = {step.id: step.price for step in outcome.rounds}
    assert prices == {
        "a": Fraction(one, first),
        "b": Fraction(other, second),
        "c": Fraction(13_999_999 - Fraction(shared, first * second), last),
    }
    assert verify(problem, outcome) == []
    assert verify(problem, replace(outcome, rounds=outcome.rounds[:-1])) != []
