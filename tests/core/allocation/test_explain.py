"""What an explanation says is what happens when the rule is run again."""

import pytest

from core.allocation.plain_rules import Plain
from core.allocation.small_villages import at_cost, joined_by, village
from rembuk.core.allocation import Outcome, Problem, Settings, allocate
from rembuk.core.allocation.explain import Explanation, explanations

MANY = 40


def first_number(problem: Problem, settings: Settings, outcome: Outcome, name: str) -> int | None:
    """Count up the new supporters until the plainly told rule buys the proposal; nothing if it never does."""
    for number in range(1, MANY):
        again = Plain(joined_by(problem, settings, name, number), settings).run(outcome.share)
        if name in again.selected:
            return number
    return None


def highest_cost(problem: Problem, settings: Settings, outcome: Outcome, name: str, cost: int) -> int:
    """Count down the cost until the plainly told rule buys the proposal; 0 if it never does."""
    for lower in range(cost - 1, 0, -1):
        if name in Plain(at_cost(problem, name, lower), settings).run(outcome.share).selected:
            return lower
    return 0


def losers(problem: Problem, outcome: Outcome) -> dict[str, Explanation]:
    return {name: found for name, found in explanations(problem, outcome).items() if not found.chosen}


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("block", range(6))
def test_supporters_and_cost_are_what_counting_finds(block: int, rows: bool) -> None:
    told, counted = {}, {}
    for seed in range(25 * block, 25 * (block + 1)):
        problem, settings = village(seed, rows=rows)
        if problem.validate():
            continue
        outcome = allocate(problem, settings)
        must = Plain(problem, settings).selection.must
        for name, found in losers(problem, outcome).items():
            voted = bool(problem.ballots) and name not in must
            told[seed, name] = (found.extra_supporters, found.winning_cost)
            counted[seed, name] = (
                first_number(problem, settings, outcome, name) if voted else None,
                highest_cost(problem, settings, outcome, name, found.cost or 0),
            )
    assert told == counted
