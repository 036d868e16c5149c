"""What the optimum counts: whole points per proposal, and the weights that settle equal plans.

Votes (without ballots: the place in the meeting's ranking) and technical scores are each brought to 0..1000 by min-max
over the proposals with a readable cost: the lowest gets 0, the highest 1000, rounded down between. Where all have the
same nothing is said: each gets 0.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.settings import Settings, lot

FULL: Final = 1000
PLACES: Final = 512
LOT_BITS: Final = 22


def points_of(problem: Problem, settings: Settings) -> dict[str, int]:
    """Return proposal id -> whole points in the objective, for every proposal with a readable cost."""
    items = [item for item in problem.proposals if item.cost]
    votes = brought(votes_for(problem, settings, items))
    scores = brought({item.id: Fraction(item.score) for item in items})
    return {item.id: settings.vote_weight * votes[item.id] + settings.score_weight * scores[item.id] for item in items}


def votes_for(problem: Problem, settings: Settings, items: list[Proposal]) -> dict[str, Fraction]:
    """Return id -> what the voters said: points given, else the weight of those who approve; without ballots, rank."""
    if not problem.ballots:
        return {item.id: Fraction(-item.rank) for item in items}
    if settings.utility in {"points", "borda"}:
        return marks_for(problem, items)
    return support_for(problem, items)


def marks_for(problem: Problem, items: list[Proposal]) -> dict[str, Fraction]:
    """Return id -> the points given to it, by the weight of the ballots."""
    sums = {item.id: Fraction(0) for item in items}
    for ballot in problem.ballots:
        for name, given in ballot.marked:
            if name in sums:
                sums[name] += ballot.weight * given
    return sums


def support_for(problem: Problem, items: list[Proposal]) -> dict[str, Fraction]:
    """Return id -> the weight of the voters with a mark above 0 for it."""
    sums = {item.id: Fraction(0) for item in items}
    for ballot in problem.ballots:
        for name in {name for name, given in ballot.marked if given > 0}:
            if name in sums:
                sums[name] += ballot.weight
    return sums


def brought(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Bring *values* to 0..1000 by min-max, rounded down."""
    least, most = min(values.values(), default=Fraction(0)), max(values.values(), default=Fraction(0))
    if least == most:
        return dict.fromkeys(values, 0)
    return {name: int(FULL * (value - least) / (most - least)) for name, value in values.items()}


def tie_order(problem: Problem, settings: Settings) -> tuple[Proposal, ...]:
    """Return the proposals in the published order of ties: lower cost, more raw votes, lot; or the id as text.

    The key "hamlet with the least money so far" has no meaning between whole plans and is left out.
    """
    if settings.ties.mode == "lexicographic":
        return tuple(sorted(problem.proposals, key=lambda item: item.id))
    raw = support_for(problem, list(problem.proposals))
    lots = lots_of(problem, settings)
    return tuple(sorted(problem.proposals, key=lambda item: (item.cost or 0, -raw[item.id], lots[item.id], item.id)))


def lots_of(problem: Problem, settings: Settings) -> dict[str, str]:
    """Return proposal id -> its published lot."""
    seed = settings.ties.seed
    return {
        item.id: lot(item.number or item.id, village=problem.village, year=problem.year, seed=seed)
        for item in problem.proposals
    }


def tie_weights(problem: Problem, settings: Settings) -> dict[str, int]:
    """Return proposal id -> weight above 0 by which plans of the same value are told apart: the heaviest plan wins.

    The better the place in the published order (in 512 steps), the heavier; below that stand 22 bits of the lot. By
    the isolation lemma two plans then weigh the same with a chance below (proposals / 2^22), so the plan does not
    depend on which of the equal ones a solver meets first.
    """
    order = tie_order(problem, settings)
    lots = lots_of(problem, settings)
    weights: dict[str, int] = {}
    for place, item in enumerate(order):
        step = PLACES * (len(order) - place) // len(order)
        weights[item.id] = (step << LOT_BITS) + (1 << LOT_BITS) - (int(lots[item.id][:8], 16) >> (32 - LOT_BITS))
    return weights
