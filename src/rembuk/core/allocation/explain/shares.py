"""Equal shares read backwards: what each voter held before each purchase, and what a loser would have needed then.

Until a proposal itself is bought nothing depends on voters who support only it. So with k new full shares behind it,
it is bought instead of the winner of a round exactly if at the winner's price its supporters pay its cost, the new
ones included; after the last round, if they hold its cost. No re-run is needed: the rounds with their exact prices say
everything. Floats find the round; wherever a float is near the border, fractions decide.
"""

from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.explain.support import Floats, Support
from rembuk.core.allocation.model import Outcome, Proposal

NEAR = 1e-7
"""Relative distance from a border below which floats do not decide."""


class Shares:
    """The purchases of one run of equal shares. Moment t: before its purchase number t; the last moment: after all."""

    def __init__(self, support: Support, outcome: Outcome, by_id: dict[str, Proposal]) -> None:
        self.support = support
        self.share = outcome.share or Fraction(0)
        places = [place for place, step in enumerate(outcome.rounds) if step.phase == "shares"]
        self.first_state = places[0] if places else sum(step.phase == "mandatory" for step in outcome.rounds)
        self.steps = [outcome.rounds[place] for place in places]
        self.items = [by_id[step.id] for step in self.steps]
        self.prices = [step.price or Fraction(0) for step in self.steps]
        self.rates: Floats = np.array([float(price) for price in self.prices] + [np.inf])
        self.moments = len(self.steps) + 1
        self.bought = {item.id: moment for moment, item in enumerate(self.items)}
        self.balances = self._balances()
        per_mark = [price * support.unit(item.cost or 0) for price, item in zip(self.prices, self.items, strict=True)]
        self.base = lcm(self.share.denominator, *(price.denominator for price in per_mark))
        """Common denominator of the share and of all prices: exact money is kept as integers over it."""
        self.full_share = int(self.share * self.base)
        self.per_mark = [int(price * self.base) for price in per_mark]
        self.broke: dict[int, int] = {}
        """Group -> moment of the purchase that took the last it had."""
        self.last_paid: dict[int, int] = {}
        """Group -> what it gave then, per weight 1."""
        self._settle()

    def _settle(self) -> None:
        held = [self.full_share] * self.support.profile.groups
        broke, last_paid = self.broke, self.last_paid
        for moment, (item, price) in enumerate(zip(self.items, self.per_mark, strict=True)):
            for group, gain in self.support.marked(item):
                if has := held[group]:
                    left = held[group] = max(0, has - price * gain)
                    if not left:
                        broke[group], last_paid[group] = moment, has

    def paid_by(self, group: int, gain: int, moment: int) -> int:
        """Return what a supporter of the purchase of a moment paid per weight 1, times `base`, exactly."""
        end = self.broke.get(group, moment + 1)
        return self.per_mark[moment] * gain if end > moment else self.last_paid[group] if end == moment else 0

    def _balances(self) -> Floats:
        """Rupiah per weight 1 of each group before each purchase and after the last."""
        support = self.support
        table = np.empty((self.moments, support.profile.groups))
        table[0] = float(self.share)
        for moment, (item, rate) in enumerate(zip(self.items, self.rates, strict=False)):
            table[moment + 1] = table[moment]
            members = support.members(item)
            gains = support.gains(item)
            asked = rate * support.unit(item.cost or 0) * (1 if gains is None else gains)
            table[moment + 1, members] = np.maximum(table[moment, members] - asked, 0.0)
        return table

    def asked(self, item: Proposal, cost: int) -> Floats | float:
        """Return utility per supporter of a proposal at *cost*."""
        gains = self.support.gains(item)
        unit = float(self.support.unit(cost))
        return unit if gains is None else np.asarray(gains * unit, dtype=np.float64)

    def held(self, item: Proposal, first: int, last: int) -> Floats:
        """Return what each group of its supporters held at each moment of first..last, per weight 1."""
        return self.balances[first : last + 1, self.support.members(item)]

    def paid(self, item: Proposal, cost: int, held: Floats, moments: npt.NDArray[np.int64]) -> Floats:
        """Return what its supporters would pay at these moments, at the price paid then. held: a row per moment."""
        asked = self.rates[moments, None] * self.asked(item, cost)
        return np.asarray(np.minimum(held, asked) @ self.support.heft[self.support.members(item)])

    def offered(self, item: Proposal, cost: int, first: int, last: int) -> Floats:
        """Return what its supporters would pay at each moment of first..last."""
        return self.paid(item, cost, self.held(item, first, last), np.arange(first, last + 1))

    def full(self, item: Proposal, cost: int, first: int, last: int) -> Floats:
        """Return what one new supporter with a full share would pay at each moment."""
        asked = self.rates[first : last + 1] * (self.support.strongest(item) * self.support.unit(cost))
        return np.minimum(float(self.share), asked)

    def exact_full(self, item: Proposal, cost: int, moment: int) -> Fraction:
        """Return the same, exactly."""
        if moment == self.moments - 1:
            return self.share
        return min(self.share, self.prices[moment] * self.support.strongest(item) * self.support.unit(cost))

    def exact_offered(self, item: Proposal, cost: int, moment: int) -> tuple[Fraction, bool]:
        """Return what its supporters would pay at a moment, and whether each of them would give all it has left for
        less than the price paid then."""
        marked, end = self.support.marked(item), moment == self.moments - 1
        weights = self.support.profile.weights
        asked = Fraction(0) if end else self.prices[moment] * self.support.unit(cost)
        price, parts = asked.numerator * self.base, asked.denominator  # of one mark, times base and parts
        clear = np.inf if end else self.rates[moment] * self.support.unit(cost) * (1 + 1e-9)
        total, full, spent = 0, 0, not end
        balances = self.balances[moment, self.support.members(item)].tolist()
        for (group, mark), balance in zip(marked, balances, strict=True):
            weight = int(weights[group])
            if balance > clear * mark:
                full, spent = full + weight * mark, False  # no need to look at every purchase before
                continue
            held = self.exact_held(group, moment) * parts
            total += weight * (held if end else min(held, price * mark))
            spent = spent and held < price * mark
        return Fraction(total + full * price, self.base * parts * self.support.scale), spent

    def exact_held(self, group: int, moment: int) -> int:
        """Return rupiah per weight 1 that a group held before a purchase, times `base`, exactly."""
        if self.broke.get(group, moment) < moment:
            return 0
        profile, held = self.support.profile, self.full_share
        place = slice(profile.rows[group], profile.rows[group + 1])
        marks = profile.marks[place].tolist()
        gains = [1] * len(marks) if profile.row_gains is None else profile.row_gains[place].tolist()
        for mark, gain in zip(marks, gains, strict=True):
            bought = self.bought.get(profile.ids[mark], moment)
            if bought < moment:
                held -= self.per_mark[bought] * gain
        return held

    def level(self, item: Proposal, moment: int) -> int | None:
        """Return the cost of the winner of a moment if its price may be the very one that the supporters of *item* ask
        for at every cost, while they have enough; nothing if it is not."""
        if self.support.utility != "cost" or moment == self.moments - 1:
            return None
        members = self.support.members(item)
        weight = self.support.heft[members][self.balances[moment, members] > 0].sum()
        return self.items[moment].cost if abs(self.rates[moment] * weight - 1) < NEAR else None

    def largest_costs(self, item: Proposal, held: Floats, moments: npt.NDArray[np.int64], most: int) -> Floats:
        """Return the cost, at most *most*, up to which its supporters alone buy it at each moment (as floats).

        held: a row per moment. From above, on concave and piecewise linear functions: ends after as many pieces.
        """
        if self.support.utility != "cost":
            return np.minimum(self.paid(item, most, held, moments), most)
        heft = self.support.heft[self.support.members(item)]
        rates = np.minimum(self.rates[moments], 1e200)  # the end has no price: everybody is poor there
        costs = np.full(len(moments), float(most))
        while True:
            poor = held <= (rates * costs)[:, None]
            fixed, slope = np.where(poor, held, 0.0) @ heft, rates * (~poor @ heft)
            open_ = fixed + slope * costs < costs * (1 - 1e-12)
            lower = np.where((slope < 1.0) & (fixed > 0.0), fixed / np.where(slope < 1.0, 1.0 - slope, 1.0), 0.0)
            open_ &= lower < costs
            if not open_.any():
                return costs
            costs = np.where(open_, lower, costs)
