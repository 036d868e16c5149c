"""What the relaxation says of whole plans holds for all of them, and what it leaves out of a search is not missed."""

import random
from fractions import Fraction

from hypothesis import given, settings

from core.allocation.every_plan import every_plan
from core.allocation.test_optimum import problems
from rembuk.core.allocation import WHOLE, Exclusion, Problem, Proposal, Settings, Share, Source
from rembuk.core.allocation.optimum.formulation import Formulation, formulate
from rembuk.core.allocation.optimum.linear import Linear
from rembuk.core.allocation.optimum.searching import Search
from rembuk.core.allocation.optimum.solving import Clock, Model, Question
from rembuk.core.allocation.optimum.weights import points_of, tie_order, tie_weights

ASKED = Settings(rule="optimum")


def relaxed(problem: Problem) -> tuple[Formulation, Linear]:
    made = formulate(problem, tie_order(problem, ASKED))
    search = Search(made, Model(made), Clock(60.0))
    worth = search.by_column(points_of(problem, ASKED))
    return made, Linear(search.model, Question(worth, fixed=search.closed()), search.clock)


@settings(max_examples=150, deadline=None)
@given(problems())
def test_no_whole_plan_has_more_than_the_relaxation_nor_decides_otherwise(problem: Problem) -> None:
    if problem.validate():
        return
    made, linear = relaxed(problem)
    if not made.choices:
        return
    points = points_of(problem, ASKED)
    plans = [plan.ids for plan in every_plan(problem) if not plan.hard and not plan.soft]
    # A floor nobody can reach is left aside by the formulation, so it may allow more, never less.
    assert linear.status == "optimal" or not plans
    for ids in plans:
        have = sum(points[name] for name in ids)
        assert have <= linear.bound + 1e-6
        decided = linear.decided(have)
        for name, columns in made.of.items():
            if name in ids:
                assert any(decided.get(column) != (0, 0) for column in columns)
            else:
                assert all(decided.get(column) != (1, 1) for column in columns)


def test_a_cut_closes_what_half_a_proposal_opens() -> None:
    items = tuple(Proposal(f"p{index}", 6, index, score=10) for index in range(1, 4))
    _, linear = relaxed(Problem(items, (Source("DDS", 11),)))
    assert linear.bound < 2000  # 1.83 of them without the cut, each worth 1000 and its place
    assert linear.decided(1000)


def village(chance: random.Random, count: int = 28) -> Problem:
    codes = ("DDS", "ADD", "PBH", "PBK")
    items = tuple(
        Proposal(
            id=f"p{index:02}",
            cost=chance.randint(20, 900),
            rank=index,
            position=index,
            hamlet=chance.choice("ABC"),
            tags=frozenset(chance.sample(("blt", "pangan"), chance.randint(0, 1))),
            sources=chance.choice((None, frozenset(chance.sample(codes, chance.randint(1, 2))))),
            single_source=chance.random() < 0.1,
            requires=(f"p{chance.randrange(index):02}",) if index and chance.random() < 0.15 else (),
            score=chance.randint(0, 12),
        )
        for index in range(count)
    )
    total = sum(item.cost or 0 for item in items) // 3
    sources = tuple(Source(code, total * part // 10) for code, part in zip(codes, (5, 3, 1, 1), strict=True))
    rows = (
        Share("BLT", "DDS", frozenset({"blt"}), max=Fraction(3, 20)),
        Share("PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(1, 5)),
        *(Share(place, WHOLE, frozenset({f"hamlet:{place}"}), min_amount=total // 4, hard=False) for place in "ABC"),
    )
    return Problem(items, sources, rows, (Exclusion(frozenset({"p00", "p01"})),), year=2027, village="64.02")


def test_a_search_among_few_proposals_ends_as_the_search_among_all() -> None:
    chance = random.Random(4)
    for _ in range(12):
        problem = village(chance)
        made = formulate(problem, tie_order(problem, ASKED))
        asked = points_of(problem, ASKED), tie_weights(problem, ASKED)
        found = [Search(made, Model(made), Clock(60.0), core=core).best(*asked) for core in (5, 12, 1000)]
        assert found[0] == found[1] == found[2]
        assert found[0].status == "optimal"


def test_no_time_decides_nothing() -> None:
    problem = village(random.Random(4))
    made = formulate(problem, tie_order(problem, ASKED))
    search = Search(made, Model(made), Clock(0.0), core=5)
    assert search.best(points_of(problem, ASKED), tie_weights(problem, ASKED)).status == "unknown"
