"""The exact optimum against every plan there is, against every other rule, and against itself in another order."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.allocation.every_plan import best_of, every_plan

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
