"""Sequential Phragmén read backwards: the load each voter carried before each purchase.

A voter's load is the price of the last purchase it supported. A loser with k new voters (who carry nothing) is bought
instead of the winner of a round exactly if its cost and the loads behind it, spread over all of them, stay below.
"""

from fractions import Fraction

import numpy as np

from rembuk.core.allocation.explain.support import Floats, Support
from rembuk.core.allocation.model import Outcome, Proposal


class Loads:
    """The purchases of one run by loads. Moment t: before its purchase number t; the last moment: after all."""

    def __init__(self, support: Support, outcome: Outcome, by_id: dict[str, Proposal]) -> None:
        self.support = support
        places = [place for place, step in enumerate(outcome.rounds) if step.phase == "loads"]
        self.first_state = places[0] if places else sum(step.phase == "mandatory" for step in outcome.rounds)
        self.items = [by_id[outcome.rounds[place].id] for place in places]
        self.prices = [outcome.rounds[place].price or Fraction(0) for place in places]
        self.rates: Floats = np.array([float(price) for price in self.prices] + [np.inf])
        self.moments = len(self.items) + 1
        self.latest = np.full((self.moments, support.profile.groups), -1, np.int64)
        for moment, item in enumerate(self.items):
            self.latest[moment + 1] = self.latest[moment]
            self.latest[moment + 1, support.members(item)] = moment

    def carried(self, item: Proposal, first: int, last: int) -> Floats:
        """Return the loads behind a proposal, added up by weight, at each moment of first..last."""
        members = self.support.members(item)
        loads = np.append(self.rates[:-1], 0.0)[self.latest[first : last + 1, members]]
        return np.asarray(loads @ self.support.heft[members], dtype=np.float64)

    def exact_carried(self, item: Proposal, moment: int) -> Fraction:
        """Return the same at one moment, exactly."""
        total = Fraction(0)
        for group in self.support.members(item).tolist():
            last = int(self.latest[moment, group])
            if last >= 0:
                total += self.support.weight(group) * self.prices[last]
        return total
