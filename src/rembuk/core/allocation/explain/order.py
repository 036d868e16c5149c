"""Greedy and completion read backwards: the place of a loser in the order, and what was left at each place.

A loser is asked at one place only. The more supporters, the earlier the place and the more money is left; so the
fewest supporters bring it just before the last purchase after which it no longer fits. A purchase that had waited for
a prerequisite was made out of order: to come before it is to come before the purchase that let it in.
"""

from bisect import bisect_left
from fractions import Fraction
from math import ceil, floor

from rembuk.core.allocation.explain.states import States
from rembuk.core.allocation.explain.support import Support
from rembuk.core.allocation.explain.ties import TieBreak
from rembuk.core.allocation.explain.ways import NO_WAY, Ways
from rembuk.core.allocation.model import Problem, Proposal


class Order:
    """How a rule orders proposals. per_rupiah: divide by the cost. ranked: by the meeting's ranking, without ballots.
    voted: only what has a supporter is bought."""

    def __init__(
        self, problem: Problem, support: Support, *, per_rupiah: bool, ranked: bool = False, voted: bool = False
    ) -> None:
        self.support = support
        self.per_rupiah = per_rupiah
        self.ranked = ranked
        self.voted = voted
        self.places = {item.id: place for place, item in enumerate(problem.ranked())} if ranked else {}
        self.most = len(problem.proposals)

    def key(self, item: Proposal, cost: int, more: int = 0) -> Fraction:
        """Return what the rule compares, higher first, with *more* new supporters."""
        if self.ranked:
            return Fraction(self.most - item.rank + 1, cost) if self.per_rupiah else Fraction(-item.rank)
        if self.support.utility == "cost":
            votes = self.support.votes(item)
            return votes + more if more else votes
        score = self.support.utilities(item, cost) + more * self.step(item)
        return score / cost if self.per_rupiah else score

    def step(self, item: Proposal) -> int:
        """Return what one new supporter adds to the score, before it is divided by the cost."""
        return 1 if self.support.utility == "cost" else self.support.strongest(item)

    def supporters_for(self, item: Proposal, key: Fraction, *, alone: bool = False) -> int:
        """Return the smallest number of new supporters whose key is at least *key*; alone: without those it has."""
        cost = item.cost or 1
        divided = self.per_rupiah and self.support.utility != "cost"
        have = Fraction(0) if alone else self.key(item, cost)
        lacking = (key - have) * (cost if divided else 1)
        return max(1, ceil(lacking / self.step(item)))

    def cost_for(self, item: Proposal, key: Fraction, most: int) -> int:
        """Return the highest cost, at most *most*, whose key is at least *key*; 0 if none."""
        if not self.per_rupiah or (self.support.utility == "cost" and not self.ranked):
            return most if self.key(item, most) >= key else 0
        return most if key <= 0 else min(most, floor(self.key(item, 1) / key))


class OrderWays:
    """Ways into the part of the purchases that was made in an order. first, last: the states around that part."""

    def __init__(self, problem: Problem, order: Order, states: States, ties: TieBreak, first: int, last: int) -> None:
        self.order = order
        self.states = states
        self.ties = ties
        self.first = first
        self.last = last
        self.positions = {item.id: (item.position, item.id) for item in problem.proposals}
        self.anchors: list[Proposal] = []
        """Purchase number (from *first*) -> the purchase one must come before to come before it."""
        for item in states.bought[first:last]:
            waited = self.anchors and self._before(item, item.cost or 0, 0, self.anchors[-1], first)
            self.anchors.append(self.anchors[-1] if waited else item)

    def _before(self, item: Proposal, cost: int, more: int, other: Proposal, state: int) -> bool:
        """Return whether *item* with that cost and *more* new supporters is asked before *other*."""
        mine, theirs = self.order.key(item, cost, more), self.order.key(other, other.cost or 1)
        if mine != theirs:
            return mine > theirs
        if self.order.ranked:
            return (cost, *self.positions[item.id]) < (other.cost or 0, *self.positions[other.id])
        votes = self.order.support.votes
        return self.ties.first(item, cost, votes(item) + more, other, votes(other), state)

    def of(self, item: Proposal) -> Ways:
        """Return the ways in for a loser with a readable cost."""
        cost = item.cost or 0
        span = self.states.span(item)
        first, last = max(self.first, span[0]), min(self.last, span[1])
        if first > last:
            return NO_WAY
        silent = not self.order.ranked and not self.order.support.votes(item)
        price = 0 if silent and self.order.voted else self._cost(item, first, last)
        fit = self.states.last_fit(item, cost, first, last)
        if self.order.ranked or fit < first:
            before = self.anchors[fit - self.first].id if first <= fit < self.last else ""
            return Ways(cost=price, before=before)
        if fit == self.last:  # it would fit at the end: only a supporter is lacking
            return Ways(1, 1, price)
        anchor = self.anchors[fit - self.first]
        key = self.order.key(anchor, anchor.cost or 1)
        number = self.order.supporters_for(item, key)
        number += not self._before(item, cost, number, anchor, fit)
        return Ways(number, self.order.supporters_for(item, key, alone=True) + 1, price, anchor.id)

    def _cost(self, item: Proposal, first: int, last: int) -> int:
        """Return the highest cost below its own at which it would be asked early enough to fit; 0 if none."""
        most, states = (item.cost or 0) - 1, range(first, last + 1)

        def enough(state: int) -> bool:
            reach = self._reach(item, state, most)
            return reach >= most or self.states.room(item, state, reach + 1) <= reach

        # Later places ask for a lower key and leave less room: the best one lies where the two cross.
        cross = min(last, first + bisect_left(states, True, key=enough))
        near = [(state, self._reach(item, state, most)) for state in (cross - 1, cross) if state >= first]
        return max(0, *(self.states.room(item, state, reach) if reach > 0 else 0 for state, reach in near))

    def _reach(self, item: Proposal, state: int, most: int) -> int:
        """Return the highest cost at which *item* is asked no later than in a state."""
        if state >= self.last or most <= 0:
            return most
        anchor = self.anchors[state - self.first]
        reach = self.order.cost_for(item, self.order.key(anchor, anchor.cost or 1), most)
        costs = {reach, reach - 1, min(reach, anchor.cost or 0), min(reach, (anchor.cost or 0) - 1)}
        asked = (cost for cost in sorted(costs, reverse=True) if cost > 0)
        return next((cost for cost in asked if self._before(item, cost, 0, anchor, state)), 0)
