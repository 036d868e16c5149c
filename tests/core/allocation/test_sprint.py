"""A sprinted run makes the purchases of a run walked in full, and a raising by sprints ends where any other does."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from core.allocation.small_villages import village
from core.allocation.test_village_paths import town
from rembuk.core.allocation import Outcome, Problem, Settings, Ties, allocate
from rembuk.core.allocation.equal_shares import raising
from rembuk.core.allocation.equal_shares.run import Answer, Market, Run
from rembuk.core.allocation.equal_shares.sprint import Sprint, UnclearError, can_sprint
from rembuk.core.allocation.profile import profile_of
from rembuk.core.allocation.settings import Utility
from rembuk.core.allocation.ties import TieOrder

SHARES = [Fraction(number, 7) for number in range(15, 160, 3)]


def market_of(problem: Problem, utility: Utility) -> Market:
    """Return the market of a problem whose ballots all differ, so that every voter counts as one."""
    problem = replace(problem, ballots=tuple(dict.fromkeys(problem.ballots)))
    profile = profile_of(problem, utility)
    return Market(profile, TieOrder(problem, profile, Ties("lot", "7")))


def bought_in_full(market: Market, share: Fraction, refused: frozenset[int]) -> list[int]:
    """Return what a run walked in full buys when some proposals are refused."""
    run = Run(market, share)
    while (winner := run.winner()) is not None:
        run.settle(winner, Answer.REFUSED if winner.proposal in refused else Answer.BOUGHT)
    return run.bought


def sprinted(market: Market, share: Fraction, refused: frozenset[int]) -> list[int] | None:
    """Return the same of a sprint, nothing where it gives up."""
    sprint = Sprint(market, share, without=frozenset(), start={})
    try:
        inside = sprint.walk(lambda one: Answer.REFUSED if one in refused else Answer.BOUGHT, lambda _: True)
    except UnclearError:
        return None
    assert inside
    return sprint.bought


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@pytest.mark.parametrize("seed", range(15))
def test_a_sprint_buys_what_a_walk_in_full_buys(seed: int, utility: Utility) -> None:
    market, ran = market_of(town(seed), utility), 0
    assert can_sprint(market)
    for share in SHARES:
        refused = frozenset({seed % 24, seed * 7 % 24})
        bought = sprinted(market, share, refused)
        if bought is not None:
            ran += 1
            assert bought == bought_in_full(market, share, refused)
    assert ran > len(SHARES) // 2


def raised_without_sprints(problem: Problem, settings: Settings) -> Outcome:
    """Return the outcome when every run is walked in full, shares together where they go together."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(raising, "can_sprint", lambda market: False)
        return allocate(problem, settings)


def problems() -> Iterator[Problem]:
    """Yield villages with rows, links, exclusions, sources and single payments; every ballot another one."""
    for seed in range(60):
        problem = town(seed) if seed % 2 else village(seed, scale=9)[0]
        problem = replace(problem, ballots=tuple(dict.fromkeys(problem.ballots)))
        if not problem.validate():
            yield problem


@pytest.mark.parametrize("step", [0, 1, 2, 5])
def test_a_raising_by_sprints_ends_where_one_without_ends(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sprints, walk = 0, Sprint.walk

    def counted(self: Sprint, *rest: object) -> bool:
        nonlocal sprints
        sprints += 1
        return walk(self, *rest)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(Sprint, "walk", counted)
    for problem in problems():
        settings = Settings("mes", completion="add1u", ties=Ties("lot", "3"), step=step)
        assert allocate(problem, settings) == raised_without_sprints(problem, settings)
    assert sprints > 50
