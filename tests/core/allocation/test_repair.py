"""Equal shares repaired to the law: along their own order, no lawful plan comes earlier."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.allocation.every_plan import every_plan
from core.allocation.test_optimum import problems
from core.allocation.test_optimum_linear import village
from rembuk.core.allocation import WHOLE, Ballot, Problem, Proposal, Settings, Share, Source, allocate, verify
from rembuk.core.allocation.optimum.formulation import formulate
from rembuk.core.allocation.optimum.repairing import Walk, repair_order

ASKED = Settings(rule="mes-repair")


@settings(max_examples=100, deadline=None)
@given(problems())
def test_no_lawful_plan_comes_earlier_in_the_order(problem: Problem) -> None:
    if problem.validate():
        return
    outcome = allocate(problem, ASKED)
    assert outcome.solver is not None
    plans = every_plan(problem)
    if not plans:
        assert (outcome.solver.status, outcome.settled) == ("infeasible", False)
        return
    least = min((plan.hard, plan.soft) for plan in plans)
    order = [item.id for item in repair_order(problem, ASKED, allocate(problem, replace(ASKED, rule="mes")))]
    lawful = [plan.ids for plan in plans if (plan.hard, plan.soft) == least]
    assert set(outcome.selected) == max(lawful, key=lambda ids: [name in ids for name in order])
    assert outcome.solver.status == "optimal"
    assert verify(problem, outcome) == []


@settings(max_examples=50, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_no_byte(problem: Problem, chance: random.Random) -> None:
    if problem.validate():
        return
    items = tuple(chance.sample(problem.proposals, len(problem.proposals)))
    shares = tuple(chance.sample(problem.shares, len(problem.shares)))
    other = replace(problem, proposals=items, shares=shares)
    assert allocate(other, ASKED).digest == allocate(problem, ASKED).digest


def test_more_than_one_block_keeps_the_order_and_nothing_to_repair_changes_nothing() -> None:
    items = tuple(Proposal(f"p{index:02}", 3 + index % 4, index) for index in range(1, 41))
    ballots = tuple(
        Ballot(approvals=tuple(f"p{index:02}" for index in range(1, 41) if index % step == 0)) for step in range(1, 8)
    )
    problem = Problem(items, (Source("DDS", 60), Source("ADD", 30)), ballots=ballots, village="64.02", year=2027)
    plain = allocate(problem, replace(ASKED, rule="mes"))
    repaired = allocate(problem, ASKED)
    assert set(plain.selected) <= set(repaired.selected)
    assert repaired.solver is not None
    assert repaired.solver.objective == len(plain.selected)


def test_trying_many_purchases_at_once_changes_nothing() -> None:
    chance = random.Random(9)
    for _ in range(6):
        problem = village(chance, 44)
        order = [item.id for item in repair_order(problem, ASKED, allocate(problem, replace(ASKED, rule="greedy")))]
        made = formulate(problem, problem.ranked())
        walks = [Walk(made, ASKED) for _ in range(3)]
        assert [walk.along(order, hoped) for walk, hoped in zip(walks, (0, 20, 44), strict=True)] == ["optimal"] * 3
        assert walks[0].plan == walks[1].plan == walks[2].plan


def test_equal_shares_that_were_worked_out_before_lead_to_the_same_repair() -> None:
    items = tuple(Proposal(f"p{index}", 3 + index % 4, index, hamlet="AB"[index % 2]) for index in range(1, 13))
    ballots = tuple(Ballot(approvals=tuple(f"p{index}" for index in range(step, 13, step))) for step in range(1, 6))
    row = Share("A", WHOLE, frozenset({"hamlet:A"}), min_amount=12, hard=False)
    problem = Problem(items, (Source("DDS", 20),), (row,), ballots=ballots, village="64.02", year=2027)
    alone = allocate(replace(problem), ASKED)
    allocate(problem, replace(ASKED, rule="mes", completion="none"))
    assert problem.kept(replace(ASKED, rule="mes")) is None
    plain = allocate(problem, replace(ASKED, rule="mes"))
    assert problem.kept(replace(ASKED, rule="mes")) == replace(plain, digest="")
    assert allocate(problem, ASKED) == alone


def test_a_floor_takes_the_last_purchase_before_the_first() -> None:
    items = (
        Proposal("first", 5, 1),
        Proposal("last", 5, 2),
        Proposal("farm", 5, 3, hamlet="A"),
    )
    ballots = (Ballot(approvals=("first", "last")), Ballot(approvals=("first", "last")), Ballot(approvals=("first",)))
    row = Share("A", WHOLE, frozenset({"hamlet:A"}), min_amount=5, hard=False)
    problem = Problem(items, (Source("DDS", 10),), (row,), ballots=ballots)
    assert allocate(problem, replace(ASKED, rule="mes")).selected == ("first", "last")
    assert allocate(problem, ASKED).selected == ("first", "farm")


def test_no_time_leaves_equal_shares_as_they_are_and_says_so() -> None:
    items = (Proposal("a", 5, 1), Proposal("b", 5, 2))
    problem = Problem(items, (Source("DDS", 10),), ballots=(Ballot(approvals=("a", "b")),))
    outcome = allocate(problem, replace(ASKED, time_limit=0))
    assert outcome.solver is not None
    assert (outcome.solver.status, outcome.selected) == ("feasible", ("a", "b"))
    assert verify(problem, outcome) == []
