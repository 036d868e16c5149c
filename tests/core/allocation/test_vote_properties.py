"""What the theory promises of equal shares, tried on many small elections; nothing that it does not promise."""

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from rembuk.core.allocation import (
    Ballot,
    Exclusion,
    Outcome,
    Problem,
    Proposal,
    Settings,
    Source,
    Ties,
    allocate,
    verify,
)

RULES = ("mes", "phragmen", "greedy", "greedy-per-rupiah")
PLAIN = Settings(rule="mes", completion="none", ties=Ties("lexicographic"))


@st.composite
def elections(draw: st.DrawFn) -> Problem:
    """Three to six proposals, three to eight ballots of approvals, one source."""
    count = draw(st.integers(3, 6))
    names = [f"p{index}" for index in range(count)]
    items = tuple(
        Proposal(name, draw(st.integers(1, 9)), place, place, hamlet=draw(st.sampled_from("AB")))
        for place, name in enumerate(names, 1)
    )
    ballots = tuple(
        Ballot(approvals=tuple(draw(st.lists(st.sampled_from(names), unique=True, max_size=count))))
        for _ in range(draw(st.integers(3, 8)))
    )
    return Problem(items, (Source("DDS", draw(st.integers(4, 24))),), ballots=ballots, village="64", year=2027)


def costs(problem: Problem, names: tuple[str, ...] | set[str]) -> int:
    return sum(item.cost or 0 for item in problem.proposals if item.id in names)


def deserving(problem: Problem) -> list[tuple[list[Ballot], set[str]]]:
    """Every group of voters with a set all of them approve that their part of the money pays."""
    money, voters = problem.sources[0].ceiling, len(problem.ballots)
    found = []
    for size in range(1, voters + 1):
        for group in combinations(problem.ballots, size):
            common = sorted(set.intersection(*(set(ballot.approvals) for ballot in group)))
            for many in range(1, len(common) + 1):
                for wanted in combinations(common, many):
                    if costs(problem, set(wanted)) * voters <= money * size:
                        found.append((list(group), set(wanted)))
    return found


@given(elections())
@settings(max_examples=150, deadline=None)
def test_by_number_of_proposals_every_deserving_group_has_a_voter_with_as_many(problem: Problem) -> None:
    chosen = set(allocate(problem, replace(PLAIN, utility="cardinality")).selected)
    for group, wanted in deserving(problem):
        assert any(len(chosen & set(ballot.approvals)) >= len(wanted) for ballot in group)


@given(elections())
@settings(max_examples=150, deadline=None)
def test_by_cost_every_deserving_group_has_a_voter_with_as_much_up_to_one_proposal(problem: Problem) -> None:
    chosen = set(allocate(problem, PLAIN).selected)
    for group, wanted in deserving(problem):
        enough = costs(problem, wanted)
        has = [chosen & set(ballot.approvals) for ballot in group]
        assert wanted <= chosen or any(
            costs(problem, mine) >= enough or any(costs(problem, mine | {one}) > enough for one in wanted - mine)
            for mine in has
        )


@given(elections(), st.sampled_from(["cost", "cardinality"]))
@settings(max_examples=150, deadline=None)
def test_a_winner_still_wins_where_one_more_voter_approves_it(problem: Problem, utility: str) -> None:
    asked = replace(PLAIN, utility=utility)  # type: ignore[arg-type]
    for name in allocate(problem, asked).selected:
        for place, ballot in enumerate(problem.ballots):
            if name not in ballot.approvals:
                more = replace(ballot, approvals=(*ballot.approvals, name))
                ballots = (*problem.ballots[:place], more, *problem.ballots[place + 1 :])
                assert name in allocate(replace(problem, ballots=ballots), asked).selected


@given(elections(), st.sampled_from(["cost", "cardinality"]))
@settings(max_examples=150, deadline=None)
def test_a_winner_still_wins_where_it_costs_one_less(problem: Problem, utility: str) -> None:
    # Ties by lot go to the cheaper first, so a discount never costs a tie.
    asked = replace(PLAIN, utility=utility, ties=Ties("lot", "1"))  # type: ignore[arg-type]
    for name in allocate(problem, asked).selected:
        items = tuple(replace(i, cost=(i.cost or 0) - 1) if i.id == name else i for i in problem.proposals)
        if all(item.cost for item in items):
            assert name in allocate(replace(problem, proposals=items), asked).selected


def rules(problem: Problem) -> list[tuple[Settings, Outcome]]:
    asked = [Settings(rule=rule, ties=Ties("lot", "17")) for rule in RULES]
    return [(one, allocate(problem, one)) for one in asked]


@given(elections(), st.integers())
@settings(max_examples=80, deadline=None)
def test_no_order_of_the_input_changes_a_byte(problem: Problem, seed: int) -> None:
    chance = random.Random(seed)
    items, ballots = list(problem.proposals), list(problem.ballots)
    chance.shuffle(items)
    chance.shuffle(ballots)
    turned = replace(problem, proposals=tuple(items), ballots=tuple(ballots))
    for asked, outcome in rules(problem):
        assert allocate(turned, asked).digest == outcome.digest
        assert verify(problem, outcome) == []


@given(elections())
@settings(max_examples=80, deadline=None)
def test_what_says_nothing_changes_nothing(problem: Problem) -> None:
    nobody = Proposal("zz", 3, 99, 99)
    merged: dict[tuple[str, ...], Fraction] = {}
    for ballot in problem.ballots:
        key = tuple(sorted(ballot.approvals))
        merged[key] = merged.get(key, Fraction(0)) + ballot.weight
    same = (
        replace(problem, sources=(*problem.sources, Source("ADD", 0))),
        replace(problem, exclusions=(Exclusion(frozenset({"p0"})),)),
        replace(problem, ballots=tuple(Ballot(approvals=key, weight=weight) for key, weight in merged.items())),
    )
    for asked, outcome in rules(problem):
        for other in same:
            assert allocate(other, asked).selected == outcome.selected
        if asked.rule in ("mes", "phragmen"):
            more = replace(problem, proposals=(*problem.proposals, nobody))
            assert allocate(more, asked).selected == outcome.selected


@given(elections(), st.integers(2, 1000))
@settings(max_examples=80, deadline=None)
def test_another_unit_of_money_or_three_times_the_voters_choose_the_same(problem: Problem, unit: int) -> None:
    items = tuple(replace(item, cost=(item.cost or 0) * unit) for item in problem.proposals)
    scaled = replace(problem, proposals=items, sources=(Source("DDS", problem.sources[0].ceiling * unit),), unit=unit)
    tripled = replace(problem, ballots=problem.ballots * 3)
    for utility in ("cost", "cardinality"):
        asked = replace(PLAIN, utility=utility)  # type: ignore[arg-type]
        chosen = allocate(problem, asked).selected
        assert (allocate(scaled, asked).selected, allocate(tripled, asked).selected) == (chosen, chosen)
