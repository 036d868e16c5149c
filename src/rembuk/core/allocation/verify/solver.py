"""What a solver promised: status, gap and bound against the objective, counted anew from votes and scores."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Outcome, Problem, Solver
from rembuk.core.allocation.settings import Settings
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation

SOLVED: Final = frozenset({"optimum", "mes-repair"})
STATUSES: Final = frozenset({"optimal", "feasible", "infeasible"})


def check_solver(problem: Problem, outcome: Outcome, tally: Tally) -> list[Violation]:
    """Return what a solver claims and did not keep."""
    if outcome.solver is None:
        return [Violation("solver-missing", outcome.rule)] if outcome.rule in SOLVED else []
    if outcome.rule not in SOLVED:
        return [Violation("solver-unexpected", outcome.rule)]
    return list(_promises(problem, outcome, outcome.solver, tally))


def _promises(problem: Problem, outcome: Outcome, solver: Solver, tally: Tally) -> Iterator[Violation]:
    if solver.status not in STATUSES:
        yield Violation("status-unknown", solver.name, solver.status)
    if (solver.status == "infeasible") != bool(solver.conflict):
        yield Violation("conflict-wrong", solver.name)
    if solver.status == "optimal" and solver.gap != 0:
        yield Violation("optimal-with-gap", solver.name, f"{solver.gap}")
    if solver.gap < 0:
        yield Violation("gap-negative", solver.name, f"{solver.gap}")
    if solver.bound < solver.objective:
        yield Violation("bound-below-objective", solver.name, f"{solver.bound}")
    if outcome.rule == "optimum" and solver.status != "infeasible":
        values = values_of(problem, outcome.settings, tally)
        objective = sum(values.get(decision.id, 0) for decision in outcome.decisions if decision.chosen)
        if objective != solver.objective:
            yield Violation("objective-wrong", solver.name, f"{objective}")
        elif solver.status == "optimal" and solver.bound != objective:
            yield Violation("optimal-below-bound", solver.name, f"{solver.bound}")


def values_of(problem: Problem, settings: Settings, tally: Tally) -> dict[str, int]:
    """Return id -> whole points of the objective: votes and scores, each brought to 0..1000, times their weights."""
    items = [item for item in problem.proposals if item.cost]
    votes = _brought({item.id: tally.utility(item.id) for item in items})
    scores = _brought({item.id: Fraction(item.score) for item in items})
    return {item.id: settings.vote_weight * votes[item.id] + settings.score_weight * scores[item.id] for item in items}


def _brought(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Bring values to 0..1000 by min-max; where all are equal nothing is said."""
    low, high = min(values.values(), default=Fraction(0)), max(values.values(), default=Fraction(0))
    if low == high:
        return dict.fromkeys(values, 0)
    return {name: int(1000 * (value - low) / (high - low)) for name, value in values.items()}
