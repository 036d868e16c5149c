"""Who supports what, and what a new supporter would add: the profile with the few sums explanations ask for."""

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.profile import Ints, Profile, profile_of
from rembuk.core.allocation.settings import Utility

Floats = npt.NDArray[np.float64]


class Support:
    """The groups of like ballots behind each proposal. Weights are whole numbers over the scale of the profile."""

    def __init__(self, problem: Problem, utility: Utility, profile: Profile | None = None) -> None:
        self.profile = profile or profile_of(problem, utility)
        self.utility = utility
        self.scale = self.profile.scale
        self.starts: list[int] = self.profile.starts.tolist()
        self._marked: dict[int, list[tuple[int, int]]] = {}
        self._votes: dict[str, Fraction] = {}
        self.heft: Floats = np.asarray(self.profile.weights / self.scale, dtype=np.float64)

    @property
    def voters(self) -> Fraction:
        """Weight of all ballots."""
        return Fraction(self.profile.voters, self.scale)

    def members(self, item: Proposal) -> Ints:
        """Return the groups behind a proposal."""
        place = self.profile.index[item.id]
        return self.profile.members[self.starts[place] : self.starts[place + 1]]

    def gains(self, item: Proposal) -> Ints | None:
        """Return their marks, in the same order; nothing where every mark is 1."""
        place = self.profile.index[item.id]
        gains = self.profile.gains
        return None if gains is None else gains[self.starts[place] : self.starts[place + 1]]

    def marked(self, item: Proposal) -> list[tuple[int, int]]:
        """Return (group, mark) of everyone behind a proposal."""
        place = self.profile.index[item.id]
        if place not in self._marked:
            groups, gains = self.members(item).tolist(), self.gains(item)
            self._marked[place] = list(zip(groups, [1] * len(groups) if gains is None else gains.tolist(), strict=True))
        return self._marked[place]

    def weight(self, group: int) -> Fraction:
        """Return the weight of a group."""
        return Fraction(int(self.profile.weights[group]), self.scale)

    def votes(self, item: Proposal) -> Fraction:
        """Return the weight of the supporters of a proposal."""
        found = self._votes.get(item.id)
        if found is None:
            found = self._votes[item.id] = self.profile.support(item.id)
        return found

    def utilities(self, item: Proposal, cost: int) -> Fraction:
        """Return the weighted sum of what its supporters get from a proposal that costs *cost*."""
        place = self.profile.index[item.id]
        if self.utility == "cost":
            return Fraction(self.profile.votes[place], self.scale) * cost
        return Fraction(self.profile.sums[place], self.scale)

    def strongest(self, item: Proposal) -> int:
        """Return the highest mark a proposal has; where nobody gives one, the highest on any ballot."""
        gains = self.gains(item)
        return self.profile.top_gain if gains is None or not len(gains) else int(gains.max())

    def unit(self, cost: int) -> int:
        """Return the utility of one mark for a proposal that costs *cost*."""
        return cost if self.utility == "cost" else 1
