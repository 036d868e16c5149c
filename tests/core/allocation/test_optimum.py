"""The exact optimum against every plan there is, against every other rule, and against itself in another order."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.allocation.every_plan import best_of, every_plan
from rembuk.core.allocation import (
    RULES,
    WHOLE,
    Ballot,
    Exclusion,
    Outcome,
    Problem,
    Proposal,
    Settings,
    Share,
    Source,
    Ties,
    allocate,
    verify,
)
from rembuk.core.allocation.optimum.weights import points_of, tie_weights

CODES = ("PBK", "DDS", "ADD")
ASKED = Settings(rule="optimum")


@st.composite
def problems(draw: st.DrawFn, *, most: int = 6) -> Problem:
    """Small villages with rows of every kind, links, single sources and ballots; costs of a few rupiah."""
    count = draw(st.integers(1, most))
    names = [f"p{index}" for index in range(count)]
    proposals = tuple(
        Proposal(
            id=name,
            cost=draw(st.one_of(st.none(), st.integers(0, 4))),
            rank=draw(st.integers(1, count)),
            position=index,
            hamlet=draw(st.sampled_from(["", "A", "B"])),
            tags=frozenset(draw(st.sampled_from([(), ("blt",), ("pangan",)]))),
            sources=draw(st.one_of(st.none(), st.frozensets(st.sampled_from(CODES), min_size=1))),
            single_source=draw(st.booleans()),
            requires=tuple(draw(st.lists(st.sampled_from(names[:index]), max_size=1))) if index else (),
            score=draw(st.integers(0, 3)),
        )
        for index, name in enumerate(names)
    )
    must = draw(st.integers(0, 3 * count))
    proposals = tuple(
        replace(item, mandatory="Pasal 1") if index == must and item.cost else item
        for index, item in enumerate(proposals)
    )
    ballots = tuple(
        Ballot(approvals=tuple(draw(st.lists(st.sampled_from(names), unique=True))))
        for _ in range(draw(st.integers(0, 3)))
    )
    sources = tuple(Source(code, draw(st.integers(0, 6))) for code in CODES[: draw(st.integers(1, 3))])
    excluded = (Exclusion(frozenset({"p0", "p1"})),) if count > 1 and draw(st.booleans()) else ()
    return Problem(
        proposals, sources, tuple(draw(rows(sources))), excluded, year=2027, ballots=ballots, village="64.02"
    )


@st.composite
def rows(draw: st.DrawFn, sources: tuple[Source, ...]) -> list[Share]:
    codes = {source.id for source in sources}
    amount = st.integers(0, 5)
    offered = [
        Share("cap", "DDS", frozenset({"blt"}), max_amount=draw(amount)),
        Share("floor", "DDS", frozenset({"pangan"}), min_amount=draw(amount), hard=draw(st.booleans())),
        Share("tagged", "ADD", frozenset({"blt", "pangan"}), match="none", max_amount=0),
        Share("part", WHOLE, frozenset({"blt"}), max_amount=draw(amount)),
        Share("A", WHOLE, frozenset({"hamlet:A"}), min_amount=draw(amount), hard=draw(st.booleans())),
        Share("B", WHOLE, frozenset({"hamlet:B"}), min_amount=draw(amount), hard=False),
    ]
    return [row for row in offered if draw(st.booleans()) and (row.of in codes or row.of == WHOLE)]


def standing(problem: Problem, outcome: Outcome, points: dict[str, int]) -> tuple[int, int, int]:
    lacks = {hard: sum(row.shortfall for row in outcome.rows if row.hard == hard) for hard in (True, False)}
    return lacks[True], lacks[False], -sum(points[name] for name in outcome.selected)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_plan_of_all_there_are_is_better(problem: Problem) -> None:
    if problem.validate():
        return
    outcome = allocate(problem, ASKED)
    points = points_of(problem, ASKED)
    plans = every_plan(problem)
    best = best_of(problem, points, plans)
    assert outcome.solver is not None
    if best is None:
        assert (outcome.solver.status, outcome.settled, outcome.selected) == ("infeasible", False, ())
        assert outcome.solver.conflict
        return
    assert outcome.solver.status == "optimal"
    assert standing(problem, outcome, points) == best
    weights = tie_weights(problem, ASKED)
    equal = [plan.ids for plan in plans if (plan.hard, plan.soft, -sum(points[name] for name in plan.ids)) == best]
    assert frozenset(outcome.selected) == max(equal, key=lambda ids: sum(weights[name] for name in ids))
    assert verify(problem, outcome) == []


@settings(max_examples=80, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_byte(problem: Problem, chance: random.Random) -> None:
    if problem.validate():
        return

    def mixed(items: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(chance.sample(list(items), len(items)))

    other = replace(
        problem,
        proposals=mixed(problem.proposals),
        sources=mixed(problem.sources),
        shares=mixed(problem.shares),
        ballots=mixed(problem.ballots),
    )
    assert allocate(other, ASKED).digest == allocate(problem, ASKED).digest


@settings(max_examples=80, deadline=None)
@given(problems())
def test_no_other_rule_stands_better(problem: Problem) -> None:
    if problem.validate():
        return
    best = allocate(problem, ASKED)
    points = points_of(problem, ASKED)
    assert best.solver is not None
    if best.solver.status == "infeasible":
        return
    for rule in sorted(set(RULES) - {"optimum"}):
        other = allocate(problem, Settings(rule=rule))
        if other.settled:
            lacks = standing(problem, other, points)
            assert standing(problem, best, points) <= lacks, rule


def test_ten_proposals_and_three_sources_equal_the_enumeration() -> None:
    chance = random.Random(7)
    for _ in range(3):
        items = tuple(
            Proposal(
                id=f"p{index}",
                cost=chance.randint(1, 4),
                rank=chance.randint(1, 10),
                position=index,
                sources=frozenset(chance.sample(CODES, chance.randint(1, 2))),
                single_source=chance.random() < 0.3,
                score=chance.randint(0, 50),
            )
            for index in range(10)
        )
        problem = Problem(items, tuple(Source(code, chance.randint(3, 7)) for code in CODES))
        points = points_of(problem, ASKED)
        assert standing(problem, allocate(problem, ASKED), points) == best_of(problem, points, every_plan(problem))


def test_floats_that_cannot_tell_a_rupiah_are_overruled() -> None:
    # Scaled for the solver, one rupiah in 2^50 is far below its tolerance.
    half = 1 << 49
    items = (
        Proposal("a", half, 1, score=90),
        Proposal("b", half + 1, 2, score=80),
        Proposal("c", half - 1, 3, score=10),
    )
    problem = Problem(items, (Source("DDS", 2 * half),))
    outcome = allocate(problem, ASKED)
    assert outcome.solver is not None
    assert outcome.selected == ("b", "c") if outcome.solver.objective > 2000 else ("a", "c")
    points = points_of(problem, ASKED)
    lawful = [("a", "c"), ("b", "c"), ("a",), ("b",), ("c",)]
    assert outcome.solver.objective == max(sum(points[name] for name in ids) for ids in lawful)
    assert outcome.solver.status == "optimal"
    assert verify(problem, outcome) == []


def test_no_time_gives_a_lawful_choice_that_is_never_called_optimal() -> None:
    items = tuple(Proposal(f"p{index}", 3 + index, index, score=index) for index in range(1, 9))
    problem = Problem(items, (Source("DDS", 20),))
    outcome = allocate(problem, replace(ASKED, time_limit=0))
    assert outcome.solver is not None
    assert outcome.solver.status == "feasible"
    assert outcome.solver.gap == Fraction(outcome.solver.bound - outcome.solver.objective, outcome.solver.objective)
    assert outcome.solver.gap > 0
    assert outcome.selected
    assert verify(problem, outcome) == []


def test_a_single_source_proposal_is_paid_by_the_first_source_that_leaves_room_for_the_plan() -> None:
    items = (
        Proposal("a", 5, 1, single_source=True, score=5),
        Proposal("b", 6, 2, sources=frozenset({"PBK"}), score=5),
        Proposal("c", 4, 3, single_source=True, score=5),
    )
    problem = Problem(items, (Source("PBK", 10), Source("DDS", 5)))
    outcome = allocate(problem, ASKED)
    assert outcome.funding() == {"a": {"DDS": 5}, "b": {"PBK": 6}, "c": {"PBK": 4}}
    alone = allocate(Problem(items[:1], problem.sources), ASKED)
    assert alone.funding() == {"a": {"PBK": 5}}


def test_an_elastic_floor_is_met_before_votes_and_reports_what_cannot_be_met() -> None:
    items = (Proposal("hall", 9, 1, score=100), Proposal("well", 6, 2, hamlet="A", score=1))
    row = Share("A", WHOLE, frozenset({"hamlet:A"}), min_amount=6, hard=False)
    problem = Problem(items, (Source("DDS", 10),), (row,))
    met = allocate(problem, ASKED)
    assert (met.selected, met.rows[0].shortfall) == (("well",), 0)
    dear = replace(problem, shares=(replace(row, min_amount=8),))
    short = allocate(dear, ASKED)
    assert (short.selected, short.rows[0].shortfall) == (("well",), 2)


def test_an_elastic_floor_of_a_source_draws_its_money_from_there() -> None:
    row = Share("PANGAN", "DDS", frozenset({"pangan"}), min_amount=20, hard=False)
    items = (Proposal("farm", 20, 1, tags=frozenset({"pangan"})),)
    problem = Problem(items, (Source("PBK", 50), Source("DDS", 100)), (row,))
    assert allocate(problem, ASKED).funding() == {"farm": {"DDS": 20}}
    assert allocate(problem, Settings(rule="mes-repair")).funding() == {"farm": {"DDS": 20}}


def test_a_gap_that_was_allowed_is_recorded_exactly() -> None:
    items = tuple(Proposal(f"p{index}", 3 + index % 5, index, score=index * index % 17) for index in range(1, 31))
    problem = Problem(items, (Source("DDS", 60),))
    outcome = allocate(problem, replace(ASKED, gap=Fraction(1, 2)))
    assert outcome.solver is not None
    assert outcome.solver.gap == Fraction(outcome.solver.bound - outcome.solver.objective, outcome.solver.objective)
    assert (outcome.solver.status == "optimal") == (outcome.solver.gap == 0)
    assert outcome.solver.gap <= Fraction(1, 2)
    assert verify(problem, outcome) == []


def test_points_are_brought_to_a_thousand_and_say_nothing_where_all_are_equal() -> None:
    items = (Proposal("a", 1, 1, score=4), Proposal("b", 1, 2, score=4), Proposal("c", 1, 4, score=4))
    assert points_of(Problem(items, ()), ASKED) == {"a": 1000, "b": 666, "c": 0}
    voted = Problem(items, (), ballots=(Ballot(approvals=("a", "c")), Ballot(approvals=("c",), weight=Fraction(1, 2))))
    assert points_of(voted, replace(ASKED, vote_weight=2)) == {"a": 1332, "b": 0, "c": 2000}


@pytest.mark.parametrize("mode", ["lot", "lexicographic"])
def test_equal_plans_are_told_apart_by_the_published_order(mode: str) -> None:
    items = (Proposal("b", 5, 1), Proposal("a", 5, 1), Proposal("c", 5, 1))
    seeds = {
        seed: allocate(
            Problem(items, (Source("DDS", 5),), village="64.02", year=2027),
            replace(ASKED, ties=Ties(mode, seed)),  # type: ignore[arg-type]
        ).selected[0]
        for seed in ("satu", "dua", "tiga", "empat", "lima", "enam")
    }
    assert set(seeds.values()) == ({"a"} if mode == "lexicographic" else {"a", "b", "c"})
