"""The ways equal shares may be worked out give the same: lists or arrays, huge weights, stretches or single steps."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from core.allocation.small_villages import village
from rembuk.core.allocation import (
    Ballot,
    Outcome,
    Problem,
    Proposal,
    Settings,
    Source,
    Ties,
    allocate,
    loads,
    verify,
)
from rembuk.core.allocation.equal_shares import ledger, raising, run
from rembuk.core.allocation.equal_shares.raising import End, Runner, published_step, raise_share
from rembuk.core.allocation.equal_shares.run import Market, Run
from rembuk.core.allocation.equal_shares.shop import shop_of
from rembuk.core.allocation.profile import profile_of
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.ties import TieOrder


def hall(seed: int, *, proposals: int = 25, voters: int = 60) -> Problem:
    """A village of middling size with many equal costs, so that prices tie."""
    chance = random.Random(seed)
    items = tuple(
        Proposal(f"p{index:02}", chance.choice([30, 50, 50, 80, 120]) * 10**5, 1, index, hamlet=chance.choice("ABC"))
        for index in range(proposals)
    )
    ballots = tuple(Ballot(approvals=tuple(chance.sample([item.id for item in items], 7))) for _ in range(voters))
    return Problem(items, (Source("DDS", 600 * 10**5),), ballots=ballots, village="64.02", year=2027)


def told(outcome: Outcome) -> list[tuple[object, ...]]:
    return [(step.id, step.phase, step.votes, step.price) for step in outcome.rounds]


@pytest.mark.parametrize("rule", ["mes", "phragmen"])
def test_arrays_choose_what_lists_choose(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = []
    for seed in range(60):
        problem, settings = village(seed)
        if not problem.validate():
            cases.append((problem, replace(settings, rule=rule)))
    cases += [(hall(seed), Settings(rule=rule, ties=Ties("lot", "biji"))) for seed in range(4)]
    lists = [told(allocate(problem, settings)) for problem, settings in cases]
    for module, name in ((run, "LISTS_UP_TO"), (loads, "FEW"), (ledger, "FEW")):
        monkeypatch.setattr(module, name, 0)
    assert [told(allocate(problem, settings)) for problem, settings in cases] == lists


@pytest.mark.parametrize("rule", ["mes", "phragmen", "greedy"])
def test_weights_beyond_every_float_choose_the_same(rule: str) -> None:
    for seed in range(30):
        problem, settings = village(seed, rows=False)
        settings = replace(settings, rule=rule)
        huge = tuple(replace(ballot, weight=ballot.weight * (10**17 + 3)) for ballot in problem.ballots)
        if settings.completion == "add1u":  # the share is smaller by as much, its steps are not
            settings = replace(settings, completion="utilitarian")
        assert allocate(replace(problem, ballots=huge), settings).order == allocate(problem, settings).order


def runner_for(problem: Problem, settings: Settings) -> tuple[Runner, Fraction]:
    profile = profile_of(problem, settings.utility)
    ties = TieOrder(problem, profile, settings.ties)
    selection = Selection(problem)
    selection.buy_mandatory()
    taken = selection.funder.chosen
    budget = sum(source.ceiling for source in problem.sources) - selection.spent
    without = frozenset(profile.index[name] for name in taken)
    shop = shop_of(problem, profile, budget, selection)
    return Runner(Market(profile, ties), shop, without, ties.money(taken.values())), profile.share(budget)


def step_by_step(runner: Runner, share: Fraction, step: int) -> Run:
    kept = runner.open(share)
    end = runner.walk(kept, kept)
    while end is not End.OVER and not runner.shop.exhausted(kept.bought, runner.candidates()):
        share += step
        run = runner.open(share)
        if runner.walk(run, run) is End.OVER:
            break
        kept = run
    return kept


@pytest.mark.parametrize("at_once", [2, 16])
@pytest.mark.parametrize("rows", [False, True])
def test_stretches_of_shares_end_where_single_steps_end(
    rows: bool, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raising, "AT_ONCE", at_once)
    cases = [village(seed, rows=rows, scale=4) for seed in range(150)]
    cases += [(hall(seed), Settings(ties=Ties("lot", "biji"))) for seed in range(4)]
    fast, slow = [], []
    for problem, settings in cases:
        if problem.validate():
            continue
        _, share = runner_for(problem, settings)
        if share > 0:
            step = max(1, published_step(share, problem.unit)) if share < 1000 else 10**4
            for found, run in ((fast, raise_share), (slow, step_by_step)):
                kept = run(runner_for(problem, settings)[0], share, step)
                found.append((kept.share, kept.bought, kept.prices()))
    assert fast == slow


def test_a_last_proposal_with_one_voter_takes_no_thousands_of_runs() -> None:
    """One voter alone wants what costs nearly everything: its share must grow two-hundredfold in small steps."""
    items = (Proposal("big", 99_000_000, 1, 1), Proposal("small", 400_000, 1, 2))
    ballots = (Ballot(approvals=("big",)), Ballot(approvals=("small",), weight=Fraction(199)))
    problem = Problem(items, (Source("DDS", 100_000_000),), ballots=ballots)
    outcome = allocate(problem, Settings(rule="mes", completion="add1u", step=1))
    assert outcome.share == 99_000_000
    assert outcome.order == ("small", "big")


def test_without_ballots_every_proposal_is_refused_with_a_reason() -> None:
    problem = replace(hall(1), ballots=())
    for rule in ("mes", "phragmen"):
        outcome = allocate(problem, Settings(rule=rule))
        assert {decision.code for decision in outcome.decisions} == {"ALOK-02"}


@pytest.mark.parametrize("rule", ["mes", "phragmen", "greedy", "greedy-per-rupiah"])
def test_hard_cases_are_solved_and_check_out(rule: str) -> None:
    base = hall(2)
    same = replace(base, ballots=base.ballots[:1] * 50)
    weightless = replace(base, ballots=tuple(replace(ballot, weight=Fraction(0)) for ballot in base.ballots))
    broke = replace(base, sources=(Source("DDS", 0),))
    crowd = replace(base, ballots=base.ballots * 1667)
    for problem in (same, weightless, broke, crowd):
        outcome = allocate(problem, Settings(rule=rule, ties=Ties("lot", "biji")))
        assert verify(problem, outcome) == []


def test_marks_that_say_nothing_are_left_out_of_the_profile() -> None:
    items = (Proposal("a", 10, 1), Proposal("b", None, 2), Proposal("c", 5, 3))
    ballots = (
        Ballot(approvals=("c", "a", "a", "b", "gone")),
        Ballot(approvals=("a", "c"), weight=Fraction(1, 2), hamlet="B"),
        Ballot(weight=Fraction(1, 3)),
    )
    profile = profile_of(Problem(items, (Source("DDS", 20),), ballots=ballots), "cost")
    assert (profile.ids, profile.groups, profile.scale, profile.voters) == (("a", "c"), 1, 6, 11)
    assert (profile.votes, profile.sums) == ((9, 9), (90, 45))
    assert profile.share(22) == 12
