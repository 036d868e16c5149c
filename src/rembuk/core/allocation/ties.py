"""Which of two equal proposals goes first: the published order, one for every rule and completion."""

from collections.abc import Iterable, Sequence

from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.profile import Profile
from rembuk.core.allocation.settings import Ties, lot


class TieOrder:
    """The order of equal proposals, by their numbers in a profile.

    places: proposal -> (class, place). A smaller class goes first; within a class the hamlet with the least money so
    far goes first, then the smaller place. In lexicographic mode every proposal is a class of its own.
    """

    def __init__(self, problem: Problem, profile: Profile, ties: Ties) -> None:
        self.by_id = {item.id: item for item in problem.proposals}
        self.items = [self.by_id[name] for name in profile.ids]
        self.places: list[tuple[int, int]]
        if ties.mode == "lexicographic":
            self.places = [(place, place) for place in range(len(self.items))]
        else:
            self.places = self._by_lot(problem, profile, ties)
        self.hamlets = [item.hamlet for item in self.items]

    def _by_lot(self, problem: Problem, profile: Profile, ties: Ties) -> list[tuple[int, int]]:
        tickets = [
            (lot(item.number or item.id, village=problem.village, year=problem.year, seed=ties.seed), item.id)
            for item in self.items
        ]
        place = {index: rank for rank, index in enumerate(sorted(range(len(tickets)), key=tickets.__getitem__))}
        standing = [(cost, -votes) for cost, votes in zip(profile.costs, profile.votes, strict=True)]
        classes = {key: rank for rank, key in enumerate(sorted(set(standing)))}
        return [(classes[key], place[index]) for index, key in enumerate(standing)]

    def money(self, chosen: Iterable[Proposal]) -> dict[str, int]:
        """Return hamlet -> rupiah of the chosen proposals; those for the whole village are a place of their own."""
        held: dict[str, int] = {}
        for item in chosen:
            held[item.hamlet] = held.get(item.hamlet, 0) + (item.cost or 0)
        return held

    def first(self, tied: Sequence[int], money: dict[str, int]) -> int:
        """Return which of the tied proposals goes first, given the money each hamlet has so far."""
        best = min(self.places[index][0] for index in tied)
        equal = [index for index in tied if self.places[index][0] == best]
        return min(equal, key=lambda index: (money.get(self.hamlets[index], 0), self.places[index][1]))
