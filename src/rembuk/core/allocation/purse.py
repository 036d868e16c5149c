"""`Funder` where a sum answers every question: one source pays, without rows of its own."""

from collections.abc import Iterable

from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.network import like
from rembuk.core.money import Rupiah


class Purse:
    """The money of one source and what it was spent on."""

    search_cut = False

    def __init__(self, problem: Problem) -> None:
        self.source = problem.sources[0]
        self.left = self.source.ceiling
        self.chosen: dict[str, Proposal] = {}

    def copy(self) -> "Purse":
        """Return a purse that empties on its own from here."""
        other = like(self)
        other.chosen = dict(self.chosen)
        return other

    def fits(self, proposal: Proposal) -> bool:
        """Return whether *proposal* could be added."""
        return (proposal.cost or 0) <= self.left

    def add(self, proposal: Proposal) -> bool:
        """Add *proposal* if the money reaches; return whether it was added."""
        if not self.fits(proposal):
            return False
        self.left -= proposal.cost or 0
        self.chosen[proposal.id] = proposal
        return True

    def room_for(self, proposal: Proposal) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """Return what is left, with the source where nothing is."""
        return min(self.left, proposal.cost or 0), () if self.left else (self.source.id,), ()

    def amounts(self, order: Iterable[Proposal]) -> dict[str, tuple[tuple[str, Rupiah], ...]]:
        """Return proposal id -> what the source pays for it."""
        return {item.id: ((self.source.id, Rupiah(item.cost or 0)),) for item in order}
