"""What a solver promises is counted again by hand: objective, bound, gap, status, conflict."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import Ballot, Decision, Outcome, Problem, Proposal, Round, Settings, Solver, Source, verify
from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.model import SourceState
from rembuk.core.allocation.verify.solver import values_of
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.money import Rupiah

# Votes 5, 3, 1 are 1000, 500, 0 points; scores 10, 40, 20 are 0, 1000, 333 points (rounded down).
ITEMS = (Proposal("a", 6, 1, score=10), Proposal("b", 5, 2, score=40), Proposal("c", 5, 3, score=20))
BALLOTS = (
    Ballot(("a",), weight=Fraction(3)),
    Ballot(("a", "b"), weight=Fraction(2)),
    Ballot(("b",)),
    Ballot(("c",)),
)
VILLAGE = Problem(ITEMS, (Source("DDS", 11),), ballots=BALLOTS)
BEST = Settings(rule="optimum")
PROOF = Solver("HiGHS", "1.16.0", "optimal", Fraction(0), 2500, 2500)


def codes(solver: Solver | None = PROOF, settings: Settings = BEST, picked: str = "ab") -> list[str]:
    decisions = tuple(
        Decision(item.id, True, "ALOK-01", Rupiah(item.cost or 0), (("DDS", Rupiah(item.cost or 0)),))
        if item.id in picked
        else Decision(item.id, False, "ALOK-02", Rupiah(item.cost or 0))
        for item in ITEMS
    )
    used = Rupiah(sum(item.cost or 0 for item in ITEMS if item.id in picked))
    phase = "optimum" if settings.rule in ("optimum", "mes-repair") else "rank"
    outcome = Outcome(
        settings.rule,
        decisions,
        (SourceState("DDS", Rupiah(11), Rupiah(0), used),),
        (),
        settings=settings,
        rounds=tuple(Round(name, phase) for name in picked),  # type: ignore[arg-type]
        solver=solver,
    )
    outcome = replace(outcome, digest=digest_of(VILLAGE, outcome))
    return [found.code for found in verify(VILLAGE, outcome)]


def test_votes_and_scores_are_brought_to_a_thousand_points_each() -> None:
    tally = Tally(VILLAGE, "cost")
    assert values_of(VILLAGE, BEST, tally) == {"a": 1000, "b": 1500, "c": 333}
    assert values_of(VILLAGE, replace(BEST, vote_weight=2, score_weight=0), tally) == {"a": 2000, "b": 1000, "c": 0}
    points = replace(VILLAGE, ballots=(Ballot(points=(("a", 4), ("b", 1))),))
    by_points = replace(BEST, utility="points", score_weight=0)
    assert values_of(points, by_points, Tally(points, "points")) == {"a": 1000, "b": 250, "c": 0}
    ranked = replace(VILLAGE, ballots=())
    assert values_of(ranked, replace(BEST, score_weight=0), Tally(ranked, "cost")) == {"a": 1000, "b": 500, "c": 0}
    alike = replace(VILLAGE, proposals=ITEMS[:1])
    assert values_of(alike, BEST, Tally(alike, "cost")) == {"a": 0}


def test_a_proven_optimum_is_accepted() -> None:
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"gap": Fraction(1, 100)}, ["optimal-with-gap", "gap-wrong"]),
        ({"bound": 2499}, ["bound-below-objective"]),
        ({"bound": 2600}, ["gap-wrong"]),
        ({"objective": 2499, "bound": 2499}, ["objective-wrong"]),
        ({"status": "selesai"}, ["status-unknown"]),
        ({"conflict": ("ceiling:DDS",)}, ["conflict-wrong"]),
        ({"status": "infeasible"}, ["conflict-wrong"]),
        ({"status": "infeasible", "conflict": ("ceiling:DDS",)}, []),
        ({"status": "feasible", "bound": 2600, "gap": Fraction(1, 25)}, []),
        ({"status": "feasible", "bound": 2600, "gap": Fraction(1, 26)}, ["gap-wrong"]),
    ],
)
def test_a_promise_that_was_not_kept_is_named(changes: dict[str, object], found: list[str]) -> None:
    assert codes(replace(PROOF, **changes)) == found  # type: ignore[arg-type]


def test_a_solver_stands_where_it_was_asked_and_nowhere_else() -> None:
    assert codes(None) == ["solver-missing"]
    assert codes(None, Settings(rule="mes-repair")) == ["solver-missing"]
    assert codes(PROOF, Settings(rule="greedy")) == ["solver-unexpected"]


def test_an_optimum_leaves_out_nothing_that_is_worth_a_point_and_fits() -> None:
    poor = replace(PROOF, objective=1000, bound=1000)
    assert codes(poor, picked="a") == ["fits-but-left-out", "fits-but-left-out"]  # b and c
    assert codes(replace(poor, status="feasible"), picked="a") == []
    # Without scores c is worth nothing: it may stay out.
    votes_only = replace(BEST, score_weight=0)
    assert codes(replace(PROOF, objective=500, bound=500), votes_only, picked="b") == ["fits-but-left-out"]
    assert codes(replace(PROOF, objective=1500, bound=1500), votes_only) == []
