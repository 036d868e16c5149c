"""What a solver promised: status, gap and bound against the objective, counted anew from votes and scores."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Outcome, Problem, Solver
from rembuk.core.allocation.settings import Settings
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation

SOLVED: Final = frozenset({"optimum", "mes-repair"})
SOLUTIONS: Final = frozenset({"optimal", "feasible"})


def check_solver(problem: Problem, outcome: Outcome, tally: Tally) -> list[Violation]:
    """Return what a solver claims and did not keep."""
    if outcome.solver is None:
        return [Violation("solver-missing", outcome.rule)] if outcome.rule in SOLVED else []
    if outcome.rule not in SOLVED:
        return [Violation("solver-unexpected", outcome.rule)]
    return list(_promises(problem, outcome, outcome.solver, tally))


def _promises(problem: Problem, outcome: Outcome, solver: Solver, tally: Tally) -> Iterator[Violation]:
    if solver.status not in SOLUTIONS | {"infeasible"}:
        yield Violation("status-unknown", solver.name, solver.status)
    if (solver.status == "infeasible") != bool(solver.conflict):
        yield Violation("conflict-wrong", solver.name)
    if solver.status == "optimal" and solver.gap != 0:
        yield Violation("optimal-with-gap", solver.name, f"{solver.gap}")
    if solver.bound < solver.objective:
        yield Violation("bound-below-objective", solver.name, f"{solver.bound}")
    elif solver.status in SOLUTIONS and solver.gap != gap_of(solver):
        yield Violation("gap-wrong", solver.name, f"{solver.gap}")
    if outcome.rule == "optimum" and solver.status in SOLUTIONS:
        values = values_of(problem, outcome.settings, tally)
        objective = sum(values.get(decision.id, 0) for decision in outcome.decisions if decision.chosen)
        if objective != solver.objective:
            yield Violation("objective-wrong", solver.name, f"{objective}")


def gap_of(solver: Solver) -> Fraction:
    """Return the share of the objective that may be missing; 1 where the objective is nothing and the bound is not."""
    missing = solver.bound - solver.objective
    return Fraction(missing, solver.objective) if solver.objective > 0 else Fraction(min(1, missing))


def values_of(problem: Problem, settings: Settings, tally: Tally) -> dict[str, int]:
    """Return id -> whole points of the objective: votes and scores, each brought to 0..1000, times their weights.

    Votes are the points given where the utility counts points, else the weight of the supporters; without ballots the
    place in the meeting's ranking speaks for them.
    """
    items = [item for item in problem.proposals if item.cost]
    spoken = tally.utility if settings.utility in ("points", "borda") else tally.votes
    votes = _brought({item.id: spoken(item.id) if problem.ballots else Fraction(-item.rank) for item in items})
    scores = _brought({item.id: Fraction(item.score) for item in items})
    return {item.id: settings.vote_weight * votes[item.id] + settings.score_weight * scores[item.id] for item in items}


def _brought(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Bring values to 0..1000 by min-max; where all are equal nothing is said."""
    low, high = min(values.values(), default=Fraction(0)), max(values.values(), default=Fraction(0))
    if low == high:
        return dict.fromkeys(values, 0)
    return {name: int(1000 * (value - low) / (high - low)) for name, value in values.items()}
