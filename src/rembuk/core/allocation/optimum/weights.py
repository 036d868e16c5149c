"""What the optimum counts: whole points per proposal, and the weights that settle equal plans.

Votes (without ballots: the place in the meeting's ranking) and technical scores are each brought to 0..1000 by min-max
over the proposals with a readable cost: the lowest gets 0, the highest 1000, rounded down between. Where all have the
same nothing is said: each gets 0.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from rembuk.core.allocation.model import Ballot, Problem, Proposal
from rembuk.core.allocation.settings import Settings, lot

Support = Mapping[str, Fraction]
"""Proposal id -> weight of the voters for it."""
FULL: Final = 1000
PLACES: Final = 512
LOT_BITS: Final = 22


def points_of(problem: Problem, settings: Settings, support: Support | None = None) -> dict[str, int]:
    """Return proposal id -> whole points in the objective, for every proposal with a readable cost.

    support: what `support_for` says of all proposals, where it is known.
    """
    items = [item for item in problem.proposals if item.cost]
    votes = brought(votes_for(problem, settings, items, support))
    scores = brought({item.id: Fraction(item.score) for item in items})
    return {item.id: settings.vote_weight * votes[item.id] + settings.score_weight * scores[item.id] for item in items}


def votes_for(
    problem: Problem, settings: Settings, items: list[Proposal], support: Support | None = None
) -> dict[str, Fraction]:
    """Return id -> what the voters said: points given, else the weight of those who approve; without ballots, rank."""
    if not problem.ballots:
        return {item.id: Fraction(-item.rank) for item in items}
    if settings.utility in {"points", "borda"}:
        return marks_for(problem, items)
    return support_for(problem, items) if support is None else {item.id: support[item.id] for item in items}


def marks_for(problem: Problem, items: Iterable[Proposal]) -> dict[str, Fraction]:
    """Return id -> the points given to it, by the weight of the ballots."""
    return summed(problem, items, lambda ballot: ballot.marked)


def support_for(problem: Problem, items: Iterable[Proposal]) -> dict[str, Fraction]:
    """Return id -> the weight of the voters with a mark above 0 for it."""
    return summed(problem, items, lambda ballot: dict.fromkeys(supported(ballot), 1).items())


def supported(ballot: Ballot) -> Iterable[str]:
    """Return the ids with a mark above 0, some of them perhaps twice."""
    if ballot.ranking or ballot.points:
        return [name for name, given in ballot.marked if given > 0]
    return ballot.approvals


def summed(
    problem: Problem, items: Iterable[Proposal], marks: Callable[[Ballot], Iterable[tuple[str, int]]]
) -> dict[str, Fraction]:
    """Return id -> the sum of what the ballots say of it, each times its weight."""
    unit = lcm(*(ballot.weight.denominator for ballot in problem.ballots))
    sums = {item.id: 0 for item in items}
    for ballot in problem.ballots:
        weight = ballot.weight.numerator * (unit // ballot.weight.denominator)
        for name, given in marks(ballot):
            if name in sums:
                sums[name] += weight * given
    return {name: Fraction(value, unit) for name, value in sums.items()}


def brought(values: Mapping[str, Fraction]) -> dict[str, int]:
    """Bring *values* to 0..1000 by min-max, rounded down."""
    unit = lcm(*(value.denominator for value in values.values()))
    whole = {name: value.numerator * (unit // value.denominator) for name, value in values.items()}
    least, most = min(whole.values(), default=0), max(whole.values(), default=0)
    if least == most:
        return dict.fromkeys(values, 0)
    return {name: FULL * (value - least) // (most - least) for name, value in whole.items()}


def tie_order(problem: Problem, settings: Settings, support: Support | None = None) -> tuple[Proposal, ...]:
    """Return the proposals in the published order of ties: lower cost, more raw votes, lot; or the id as text.

    The key "hamlet with the least money so far" has no meaning between whole plans and is left out.
    """
    if settings.ties.mode == "lexicographic":
        return tuple(sorted(problem.proposals, key=lambda item: item.id))
    raw = support_for(problem, problem.proposals) if support is None else support
    lots = lots_of(problem, settings)
    return tuple(sorted(problem.proposals, key=lambda item: (item.cost or 0, -raw[item.id], lots[item.id], item.id)))


def lots_of(problem: Problem, settings: Settings) -> dict[str, str]:
    """Return proposal id -> its published lot."""
    seed = settings.ties.seed
    return {
        item.id: lot(item.number or item.id, village=problem.village, year=problem.year, seed=seed)
        for item in problem.proposals
    }


def tie_weights(problem: Problem, settings: Settings, order: Sequence[Proposal] | None = None) -> dict[str, int]:
    """Return proposal id -> weight above 0 by which plans of the same value are told apart: the heaviest plan wins.

    order: what `tie_order` gives, where it is known. The better the place in it (in 512 steps), the heavier; below that
    stand 22 bits of the lot. By the isolation lemma two plans then weigh the same with a chance below
    (proposals / 2^22), so the plan does not depend on which of the equal ones a solver meets first.
    """
    order = tie_order(problem, settings) if order is None else order
    lots = lots_of(problem, settings)
    weights: dict[str, int] = {}
    for place, item in enumerate(order):
        step = PLACES * (len(order) - place) // len(order)
        weights[item.id] = (step << LOT_BITS) + (1 << LOT_BITS) - (int(lots[item.id][:8], 16) >> (32 - LOT_BITS))
    return weights
