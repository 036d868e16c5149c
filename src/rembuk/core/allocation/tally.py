"""The order in which greedy rules ask: by score or by score per rupiah, ties by the published order."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.profile import Profile
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.ties import TieOrder


def in_order(
    selection: Selection, profile: Profile, ties: TieOrder, scores: Sequence[Fraction | int]
) -> Iterator[Proposal]:
    """Yield the proposals of a profile, highest score first; equal ones as the money of the hamlets stands by then."""
    places = ties.places
    order = sorted(range(len(scores)), key=lambda index: (-scores[index], places[index]))
    for _, group in groupby(order, key=lambda index: (scores[index], places[index][0])):
        equal = list(group)
        while len(equal) > 1:
            first = ties.first(equal, ties.money(selection.funder.chosen.values()))
            equal.remove(first)
            yield ties.items[first]
        yield ties.items[equal[0]]


def complete(selection: Selection, profile: Profile, ties: TieOrder) -> None:
    """Buy what still fits by utility per rupiah, of the proposals that somebody supports."""
    asked = in_order(selection, profile, ties, per_rupiah(profile))
    selection.buy_in_order((item for item in asked if profile.support(item.id)), "completion", profile.support)


def per_rupiah(profile: Profile) -> list[Fraction]:
    """Return the sum of utilities per rupiah of each proposal."""
    return [Fraction(total, cost) for total, cost in zip(profile.sums, profile.costs, strict=True)]


def by_score(profile: Profile) -> list[int]:
    """Return the score of each proposal, whatever it costs: weight of its voters, or the points they gave."""
    return [total // factor for total, factor in zip(profile.sums, profile.factors, strict=True)]


def unscored(problem: Problem) -> list[Proposal]:
    """Return the proposals by the meeting's ranking per rupiah, the cheaper of equal ones first; without ballots."""
    ranked = problem.ranked()
    worth = {item.id: Fraction(len(ranked) - item.rank + 1, item.cost) for item in ranked if item.cost}
    nothing = Fraction(-len(ranked))
    return sorted(ranked, key=lambda item: (-worth.get(item.id, nothing), item.cost or 0, item.position, item.id))
