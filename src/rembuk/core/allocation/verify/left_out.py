"""What may stay outside although money is left: it depends on the rule."""

from rembuk.core.allocation.model import Outcome, Problem, Proposal
from rembuk.core.allocation.verify.money import bounds_of, counts, payers_of
from rembuk.core.allocation.verify.solver import values_of
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation


def check_left_out(problem: Problem, outcome: Outcome, tally: Tally) -> list[Violation]:
    """Return the proposals that plainly fit, that the rule would have bought, and that are outside all the same.

    Only what needs no search is looked at: money left in sources, where no unmet minimum keeps money apart (it may be
    kept in another source than the one it is needed in) and no search was cut.
    """
    if outcome.search_cut or any(row.hard and row.shortfall for row in outcome.rows):
        return []
    wanted = _wanted(problem, outcome, tally)
    chosen = {decision.id for decision in outcome.decisions if decision.chosen}
    tied = {name for rule in problem.exclusions for name in rule.ids}
    outside = [item for item in problem.proposals if item.id in wanted and item.id not in chosen | tied]
    return [
        Violation("fits-but-left-out", item.id)
        for item in sorted(outside, key=lambda item: item.id)
        if set(item.requires) <= chosen and _fits(problem, outcome, item)
    ]


def _wanted(problem: Problem, outcome: Outcome, tally: Tally) -> set[str]:
    """Return the ids a rule buys whenever they fit: skipping rules everything, votes what somebody supports."""
    completes = outcome.settings.completion != "none"
    supported = {name for name, supporters in tally.behind.items() if supporters}
    if outcome.rule in ("greedy", "greedy-per-rupiah"):
        return set(tally.behind)
    if outcome.rule == "phragmen":
        return set() if outcome.settings.stops else supported
    if outcome.rule == "mes":
        return supported if completes else set()
    if outcome.rule == "optimum" and outcome.solver is not None and outcome.solver.status == "optimal":
        return {name for name, value in values_of(problem, outcome.settings, tally).items() if value > 0}
    return set()


def _fits(problem: Problem, outcome: Outcome, item: Proposal) -> bool:
    cost = item.cost or 0
    used = {state.name: state.used for state in outcome.rows}
    closed: set[str] = set()
    for share in problem.shares:
        high = bounds_of(problem, share)[1]
        if share.hard and high is not None and counts(share, item) and used[share.name] + cost > high:
            closed.add(share.of)
    if "*" in closed:
        return False
    open_to = payers_of(problem, item) - closed
    free = [state.ceiling - state.used for state in outcome.sources if state.id in open_to]
    return cost <= (max(free, default=0) if item.single_source else sum(free))
