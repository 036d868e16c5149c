"""What frees a loser: conflicts are minimal, relaxations are the smallest and really free it, losses are true."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings

from core.allocation.every_plan import best_of, every_plan
from core.allocation.test_optimum import problems, standing
from rembuk.core.allocation import Exclusion, Problem, Proposal, Settings, Share, Source, allocate
from rembuk.core.allocation.optimum.conflicts import conflict_of, possible
from rembuk.core.allocation.optimum.formulation import formulate
from rembuk.core.allocation.optimum.relaxing import Way, relaxations, relaxed, worth
from rembuk.core.allocation.optimum.weights import points_of

ASKED = Settings(rule="optimum")


def forced(problem: Problem, name: str) -> Problem:
    items = (replace(item, mandatory="x") if item.id == name else item for item in problem.proposals)
    return replace(problem, proposals=tuple(items))


@settings(max_examples=60, deadline=None)
@given(problems(most=5))
def test_a_forced_loser_costs_what_the_enumeration_says(problem: Problem) -> None:
    if problem.validate():
        return
    outcome = allocate(problem, ASKED)
    assert outcome.solver is not None
    if outcome.solver.status != "optimal":
        return
    points = points_of(problem, ASKED)
    now = standing(problem, outcome, points)
    for item in problem.proposals:
        if item.id in outcome.selected or not item.cost:
            continue
        answer = relaxations(problem, outcome, item.id)
        best = best_of(problem, points, every_plan(forced(problem, item.id)))
        assert answer.possible == (best is not None)
        if best is not None:
            assert (answer.loss, answer.lacking) == (best[2] - now[2], sum(best[:2]) - sum(now[:2]))
            assert item.id in answer.into


@settings(max_examples=60, deadline=None)
@given(problems(most=5))
def test_a_smallest_relaxation_frees_and_a_rupiah_less_does_not(problem: Problem) -> None:
    if problem.validate():
        return
    outcome = allocate(problem, ASKED)
    for item in problem.proposals:
        if item.id in outcome.selected or not item.cost:
            continue
        answer = relaxations(problem, outcome, item.id)
        wanted = forced(problem, item.id)
        for way in answer.ways:
            assert way.name in answer.conflict
            if way.amount is not None:
                assert every_plan(relaxed(wanted, way.name, way.amount))
                assert way.amount == 0 or not every_plan(relaxed(wanted, way.name, way.amount - 1))
        if answer.together:
            together = wanted
            for name, amount in answer.together:
                together = relaxed(together, name, amount)
            assert every_plan(together)


@settings(max_examples=60, deadline=None)
@given(problems(most=5))
def test_a_conflict_is_one_and_without_any_of_its_rows_none(problem: Problem) -> None:
    if problem.validate():
        return
    everything = replace(
        problem, proposals=tuple(replace(item, mandatory="x") if item.cost else item for item in problem.proposals)
    )
    made = formulate(everything, everything.ranked())
    conflict = conflict_of(made)
    assert bool(conflict) == (not every_plan(everything))
    if conflict:
        assert not possible(made, set(conflict), ())
    for name in conflict:
        assert possible(made, set(conflict) - {name}, ())


def test_a_mandatory_set_that_cannot_be_paid_is_refused_with_its_rows() -> None:
    items = (Proposal("a", 6, 1, mandatory="Pasal 1"), Proposal("b", 6, 2, mandatory="Pasal 2"), Proposal("c", 1, 3))
    outcome = allocate(Problem(items, (Source("DDS", 10), Source("SWD", 50))), ASKED)
    assert outcome.solver is not None
    assert (outcome.solver.status, outcome.settled, outcome.selected) == ("infeasible", False, ())
    assert outcome.solver.conflict == ("ceiling:DDS", "mandatory:a", "mandatory:b")
    assert {(decision.code, decision.blocked_sources) for decision in outcome.decisions} == {("ALOK-04", ("DDS",))}


def test_a_loser_dearer_than_its_source_needs_exactly_the_difference() -> None:
    items = (Proposal("a", 12_400_007, 1, sources=frozenset({"ADD"})), Proposal("b", 3, 2))
    problem = Problem(items, (Source("ADD", 10_000_000), Source("DDS", 3)))
    answer = relaxations(problem, allocate(problem, ASKED), "a")
    assert not answer.possible
    assert answer.conflict == ("ceiling:ADD",)
    assert answer.ways == (Way("ceiling:ADD", 2_400_007),)


def test_a_capped_loser_names_the_cap_and_what_is_over_it() -> None:
    row = Share("BLT", "DDS", frozenset({"blt"}), max=Fraction(15, 100))
    items = (Proposal("a", 20, 1, tags=frozenset({"blt"})), Proposal("b", 5, 2))
    problem = Problem(items, (Source("DDS", 100),), (row,))
    answer = relaxations(problem, allocate(problem, ASKED), "a")
    assert (answer.conflict, answer.ways) == (("share:BLT",), (Way("share:BLT", 5),))


def test_a_rival_that_must_be_in_is_named_with_the_exclusion() -> None:
    items = (Proposal("bridge", 5, 1, mandatory="Pasal 1"), Proposal("ferry", 5, 2))
    problem = Problem(items, (Source("DDS", 10),), exclusions=(Exclusion(frozenset({"bridge", "ferry"})),))
    answer = relaxations(problem, allocate(problem, ASKED), "ferry")
    assert answer.conflict == ("exclusion:bridge+ferry", "mandatory:bridge")
    assert answer.ways == (Way("exclusion:bridge+ferry", None), Way("mandatory:bridge", None))


def test_a_loser_pushes_out_the_one_it_would_replace() -> None:
    items = (Proposal("a", 6, 1, score=9), Proposal("b", 6, 2, score=3))
    problem = Problem(items, (Source("DDS", 10),))
    answer = relaxations(problem, allocate(problem, ASKED), "b")
    assert (answer.possible, answer.loss, answer.out, answer.into) == (True, 2000, ("a",), ("b",))


def test_a_million_more_brings_what_it_buys_under_any_rule() -> None:
    items = (Proposal("a", 6_000_000, 1, score=9), Proposal("b", 5_000_000, 2, score=3))
    problem = Problem(items, (Source("DDS", 10_000_000),))
    for rule in ("optimum", "greedy"):
        gain = worth(problem, allocate(problem, Settings(rule=rule)), "DDS")
        assert (gain.into, gain.out) == (("b",), ())
