"""The rule ``optimum``: the plan with the most points that the law allows, with proof.

First as few rupiah as possible lack to the minimums (those of hard rows before elastic ones), then the votes and scores
of the chosen proposals together are as high as possible, then the published order of ties decides. Every other rule
keeps the same ceilings and rows, so no choice that meets the minimums as well can have more points.
"""

from collections.abc import Iterable, Mapping

from rembuk.core.allocation.model import Outcome, Problem, Proposal, Solver
from rembuk.core.allocation.optimum.conflicts import conflict_of
from rembuk.core.allocation.optimum.exactness import Plan, PlannedFunder, gap_of
from rembuk.core.allocation.optimum.formulation import Formulation, formulate
from rembuk.core.allocation.optimum.searching import Search, chosen_of
from rembuk.core.allocation.optimum.solving import NAME, SEED, Clock, Model, version
from rembuk.core.allocation.optimum.weights import Support, points_of, support_for, tie_order, tie_weights
from rembuk.core.allocation.purse import Purse
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings
from rembuk.core.law.reasons import COST_UNREADABLE, RULE_ROW


def optimum(problem: Problem, settings: Settings) -> Outcome:
    """Return the best outcome for a valid problem (its digest is still empty).

    Its `Solver` says ``optimal`` only where no plan has more points and equal plans were told apart; ``feasible`` where
    time ran out or a gap was allowed, with the exact gap; ``infeasible`` where what must be in cannot all be in: then
    nothing is chosen and the rows in conflict are named.
    """
    support = support_for(problem, problem.proposals)
    order = tie_order(problem, settings, support)
    made = formulate(problem, order)
    points = points_of(problem, settings, support)
    search = Search(made, Model(made), Clock(float(settings.time_limit)), float(settings.gap))
    found = search.best(points, tie_weights(problem, settings, order))
    if found.status == "infeasible":
        return refused(problem, settings, conflict_of(made, search.model))
    if found.plan is None:
        return by_order(problem, settings, points, order)
    solver = solver_of(found.status, found.points, found.bound)
    return bought(made, found.plan, settings, solver, support)


def solver_of(status: str, points: int, bound: int, conflict: tuple[str, ...] = ()) -> Solver:
    """Return what is recorded about the solver."""
    return Solver(NAME, version(), status, gap_of(points, bound), points, bound, SEED, conflict)


def bought(made: Formulation, plan: Plan, settings: Settings, solver: Solver, support: Support) -> Outcome:
    """Buy a checked plan as every rule buys, and refuse the rest. support: votes of each proposal."""
    problem = made.problem
    selection = Selection(problem)
    if not isinstance(selection.funder, Purse):
        selection.funder = PlannedFunder(made, plan, selection.funder)
    if selection.loose is not None:
        for index in plan.picked:
            column = made.columns[index]
            if column.source:
                selection.loose.keys[column.proposal.id] = [((column.source,), ())]
    selection.buy_mandatory()
    chosen = chosen_of(made, plan, problem.ranked())
    selection.buy_in_order(chosen, "optimum", support.__getitem__)
    if [item.id for item in chosen if item.id not in selection]:
        raise AssertionError("a checked plan can be bought")
    return selection.outcome(settings, solver=solver)


def by_order(problem: Problem, settings: Settings, points: Mapping[str, int], order: Iterable[Proposal]) -> Outcome:
    """Return a lawful outcome where time ran out before any plan: points per rupiah, skipping what does not fit."""
    selection = Selection(problem)
    selection.buy_mandatory()
    place = {item.id: index for index, item in enumerate(order)}
    items = [item for item in problem.proposals if item.cost]
    items.sort(key=lambda item: (-points[item.id] / (item.cost or 1), place[item.id]))
    votes = support_for(problem, items)
    selection.buy_in_order(items, "optimum", votes.__getitem__)
    have = sum(points[name] for name in selection.funder.chosen)
    return selection.outcome(settings, solver=solver_of("feasible", have, sum(points.values())))


def refused(problem: Problem, settings: Settings, conflict: tuple[str, ...]) -> Outcome:
    """Return the outcome with nothing chosen: the rows in conflict stand at every proposal."""
    selection = Selection(problem)
    rows = tuple(name.split(":", 1)[1] for name in conflict if name.startswith("share:"))
    sources = tuple(name.split(":", 1)[1] for name in conflict if name.startswith("ceiling:"))
    for item in problem.ranked():
        if item.cost:
            selection.refuse(item, RULE_ROW, rows=rows, sources=sources)
        else:
            selection.refuse(item, COST_UNREADABLE)
    return selection.outcome(settings, solver=solver_of("infeasible", 0, 0, conflict))
