"""What holds for every vote: promises of the rules that are theorems, and changes that may change nothing.

Only what is proved is asserted. More money may cost a winner its place under every rule, so nothing says otherwise.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.allocation.small_villages import at_cost, village
from rembuk.core.allocation import Ballot, Exclusion, Outcome, Problem, Proposal, Settings, Source, Ties, allocate

SEEDS = st.integers(0, 10**6)
PLAIN = Settings(rule="mes", completion="none", ties=Ties("lexicographic"))
RULES = [
    replace(PLAIN, utility="cost"),
    replace(PLAIN, utility="cardinality", completion="utilitarian"),
    replace(PLAIN, utility="cost", completion="add1u", step=1),
    replace(PLAIN, rule="phragmen"),
    replace(PLAIN, rule="greedy", utility="cost"),
    replace(PLAIN, rule="greedy-per-rupiah", utility="cardinality"),
]


def approvals(seed: int) -> Problem:
    """A village with one source, no rows, no mandatory proposals, whose voters mark what they approve."""
    problem, _ = village(seed, rows=False)
    items = tuple(replace(item, mandatory="") for item in problem.proposals)
    ballots = tuple(
        replace(ballot, approvals=tuple(name for name, mark in ballot.marked if mark > 0), points=(), ranking=())
        for ballot in problem.ballots
    )
    return replace(problem, proposals=items, ballots=ballots)


def told(outcome: Outcome) -> tuple[tuple[str, ...], Fraction | None, list[Fraction | None]]:
    return outcome.order, outcome.share, [step.price for step in outcome.rounds]


def bundles(problem: Problem) -> Iterator[tuple[Proposal, ...]]:
    sizes = range(1, len(problem.proposals) + 1)
    return chain.from_iterable(combinations(problem.proposals, size) for size in sizes)


def entitled(problem: Problem, wanted: tuple[Proposal, ...], unhappy: list[Ballot]) -> bool:
    """Whether the unhappy voters hold enough of the money, in equal shares, to pay all they want together."""
    voters = sum((ballot.weight for ballot in problem.ballots), Fraction(0))
    weight = sum((ballot.weight for ballot in unhappy), Fraction(0))
    return weight > 0 and weight * problem.sources[0].ceiling >= voters * sum(item.cost or 0 for item in wanted)


@given(SEEDS)
def test_equal_shares_by_count_leave_no_group_with_less_than_it_is_entitled_to(seed: int) -> None:
    problem = approvals(seed)
    chosen = set(allocate(problem, replace(PLAIN, utility="cardinality")).selected)
    for wanted in bundles(problem):
        ids = {item.id for item in wanted}
        unhappy = [
            ballot
            for ballot in problem.ballots
            if ids <= set(ballot.approvals) and len(chosen & set(ballot.approvals)) < len(ids)
        ]
        assert not entitled(problem, wanted, unhappy)


@given(SEEDS)
def test_equal_shares_by_cost_leave_no_group_short_by_more_than_one_proposal(seed: int) -> None:
    problem = approvals(seed)
    chosen = set(allocate(problem, PLAIN).selected)
    costs = {item.id: item.cost or 0 for item in problem.proposals}
    for wanted in bundles(problem):
        ids = {item.id for item in wanted}
        due = sum(costs[name] for name in ids)
        more = max((costs[name] for name in ids - chosen), default=0)

        def short(ballot: Ballot, due: int = due, more: int = more) -> bool:
            has = sum(costs[name] for name in chosen & set(ballot.approvals))
            return has < due and has + more <= due

        unhappy = [ballot for ballot in problem.ballots if ids <= set(ballot.approvals) and short(ballot)]
        assert not entitled(problem, wanted, unhappy)


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(seed=SEEDS)
def test_a_winner_of_plain_equal_shares_stays_with_one_more_supporter(seed: int, utility: str) -> None:
    problem = approvals(seed)
    settings = replace(PLAIN, utility=utility)  # type: ignore[arg-type]
    for name in allocate(problem, settings).selected:
        for place, ballot in enumerate(problem.ballots):
            if name not in ballot.approvals:
                joined = replace(ballot, approvals=(*ballot.approvals, name))
                ballots = (*problem.ballots[:place], joined, *problem.ballots[place + 1 :])
                assert name in allocate(replace(problem, ballots=ballots), settings).selected


@pytest.mark.parametrize("utility", ["cost", "cardinality"])
@given(seed=SEEDS)
def test_a_winner_of_plain_equal_shares_stays_when_it_gets_cheaper(seed: int, utility: str) -> None:
    problem = approvals(seed)
    settings = replace(PLAIN, utility=utility)  # type: ignore[arg-type]
    costs = {item.id: item.cost or 0 for item in problem.proposals}
    for name in allocate(problem, settings).selected:
        if costs[name] > 1:
            assert name in allocate(at_cost(problem, name, costs[name] - 1), settings).selected


@pytest.mark.parametrize("settings", RULES, ids=lambda settings: f"{settings.rule}-{settings.completion}")
@hypothesis.settings(deadline=None)
@given(seed=SEEDS, chance=st.randoms(use_true_random=False))
def test_nothing_hangs_on_the_order_or_the_size_of_ballots(
    settings: Settings, seed: int, chance: random.Random
) -> None:
    problem, _ = village(seed)
    if problem.validate():
        return
    settings = replace(settings, ties=Ties("lot", "biji"))
    halves = tuple(
        replace(ballot, weight=part)
        for ballot in problem.ballots
        for part in (ballot.weight / 3, ballot.weight * 2 / 3)
    )
    mixed = replace(
        problem,
        ballots=tuple(chance.sample(halves, len(halves))),
        proposals=tuple(chance.sample(problem.proposals, len(problem.proposals))),
        sources=tuple(chance.sample(problem.sources, len(problem.sources))),
    )
    before, after = allocate(problem, settings), allocate(mixed, settings)
    assert told(before) == told(after)
    assert before.decisions == after.decisions


@pytest.mark.parametrize("settings", RULES, ids=lambda settings: f"{settings.rule}-{settings.completion}")
@given(seed=SEEDS)
def test_changes_that_say_nothing_change_nothing(settings: Settings, seed: int) -> None:
    problem = approvals(seed)
    if not problem.ballots:
        return
    plain = told(allocate(problem, settings))
    first = problem.proposals[0].id
    alone = replace(problem, exclusions=(Exclusion(frozenset({first})),))
    empty_source = replace(problem, sources=(*problem.sources, Source("ADD", 0)))
    dear = replace(
        problem, proposals=(*problem.proposals, Proposal("zz", problem.sources[0].ceiling + 1, 99, position=99))
    )
    assert [told(allocate(other, settings)) for other in (alone, empty_source, dear)] == [plain] * 3


@pytest.mark.parametrize("settings", RULES, ids=lambda settings: f"{settings.rule}-{settings.completion}")
@given(seed=SEEDS)
def test_a_thousand_times_the_money_and_three_times_the_voters_choose_the_same(settings: Settings, seed: int) -> None:
    problem = approvals(seed)
    items = tuple(replace(item, cost=1000 * (item.cost or 0)) for item in problem.proposals)
    sources = tuple(replace(source, ceiling=1000 * source.ceiling) for source in problem.sources)
    larger = replace(problem, proposals=items, sources=sources)
    more = replace(problem, ballots=problem.ballots * 3)
    order = allocate(problem, settings).order
    assert allocate(larger, replace(settings, step=1000 * settings.step)).order == order
    if settings.completion != "add1u":  # three times the voters hold a third of the share: other steps
        assert allocate(more, settings).order == order


@given(SEEDS)
def test_the_payments_of_equal_shares_add_up_to_the_cost(seed: int) -> None:
    problem = approvals(seed)
    outcome = allocate(problem, PLAIN)
    costs = {item.id: item.cost or 0 for item in problem.proposals}
    held = [outcome.share or Fraction(0)] * len(problem.ballots)
    for step in outcome.rounds:
        paid = Fraction(0)
        for place, ballot in enumerate(problem.ballots):
            if step.id in ballot.approvals and step.price is not None:
                payment = min(held[place], step.price * costs[step.id])
                held[place] -= payment
                paid += payment * ballot.weight
        assert paid == costs[step.id]
    assert min(held, default=Fraction(0)) >= 0
