"""Ways in: with how many new supporters, and up to which cost, a loser would have been chosen."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np

from rembuk.core.allocation.explain.loads import Loads
from rembuk.core.allocation.explain.shares import NEAR, Shares
from rembuk.core.allocation.explain.states import States
from rembuk.core.allocation.explain.support import Floats
from rembuk.core.allocation.explain.ties import TieBreak
from rembuk.core.allocation.explain.values import Chance
from rembuk.core.allocation.model import Proposal
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class Ways:
    """What one phase says about a loser. supporters, sure, cost as in `Explanation`; before: what was bought at the
    moment with the fewest; affordable: its supporters once held its cost; held_up: they would have paid it, but the
    money or a row did not let it in."""

    supporters: int | None = None
    sure: int | None = None
    cost: int = 0
    before: str = ""
    chance: Chance | None = None
    affordable: bool = False
    held_up: bool = False


NO_WAY = Ways()


def whole(value: float, exact: Callable[[], Fraction]) -> int:
    """Round down; where the float is near a whole number the fraction decides."""
    slack = max(1e-6, abs(value) * 1e-11)
    low = floor(value - slack)
    return low if low == floor(value + slack) else floor(exact())


def best_moment(wanted: Floats) -> int:
    """Return the first moment with the smallest number; numbers nearer than floats can tell count as equal."""
    least = float(wanted.min())
    return int(np.flatnonzero(wanted <= least + NEAR * (1 + abs(least)))[0])


def fewest(wanted: Floats, wins: Callable[[int, int], bool]) -> int:
    """Return the smallest k >= 1 that wins at some moment. wanted: the float number of supporters at each moment.

    wins: (k, moment) -> whether exactly k supporters suffice there; asked only where floats do not tell.
    """
    least = float(wanted.min())
    slack = NEAR * (1 + abs(least))
    low, high = max(1, ceil(least - slack)), max(1, ceil(least + slack))
    if low == high:
        return low
    for number in range(low, high + 1):
        if any(wins(number, int(moment)) for moment in np.flatnonzero(wanted <= number + slack)):
            return number
    return high + 1


def largest(alone: float, room: int, above: int, wins: Callable[[int], bool], tied_at: int | None = None) -> int:
    """Return the highest cost up to *room* that wins, or *above* if none higher does.

    alone: about the highest cost that supporters can pay, as a float. wins: exactly whether a cost wins; asked where
    the float is near a whole number. tied_at: cost of the winner, where every cost up to *alone* may end in a tie with
    it: then a lower cost than the winner's may win the tie, and any above may lose it.
    """
    slack = max(1e-6, alone * 1e-11)
    top = min(room, floor(alone + slack))
    if top <= above:
        return above
    if tied_at is None and top + slack < alone:
        return top
    tries = {top, top - 1} if tied_at is None else {top, top - 1, min(top, tied_at), min(top, tied_at - 1)}
    return next((cost for cost in sorted(tries, reverse=True) if cost > above and wins(cost)), above)


class ShareWays:
    """Ways into the rounds of equal shares."""

    def __init__(self, shares: Shares, states: States, ties: TieBreak) -> None:
        self.shares = shares
        self.states = states
        self.ties = ties

    def of(self, item: Proposal) -> Ways:
        """Return the ways in for a loser with a readable cost."""
        shares, cost = self.shares, item.cost or 0
        span = self.states.span(item)
        first = max(0, span[0] - shares.first_state)
        last = min(shares.moments - 1, span[1] - shares.first_state)
        if first > last or not shares.share:
            return NO_WAY
        offered = shares.offered(item, cost, first, last)
        full = shares.full(item, cost, first, last)
        wanted = (cost - offered) / full
        held = shares.balances[first, shares.support.members(item)] @ shares.support.heft[shares.support.members(item)]
        fit = self._fitting(item, wanted, first)
        held_up = fit < len(wanted) and float(wanted.min()) < (NEAR if wanted.argmin() == len(full) - 1 else -NEAR)
        held_up = held_up and best_moment(wanted) >= fit
        affordable = bool(held >= cost * (1 - NEAR)) and self._holds(item, float(held), first)
        price = self._cost(item, offered, first)
        if fit == 0:
            return Ways(cost=price, affordable=affordable, held_up=held_up)
        moment = best_moment(wanted[:fit])
        supporters = fewest(wanted[:fit], lambda number, at: self._wins(item, cost, number, first + at))
        chance = self._chance(item, float(offered[moment]), first + moment)
        return Ways(supporters, None, price, chance.beaten_by, chance, affordable, held_up)

    def _holds(self, item: Proposal, held: float, moment: int) -> bool:
        """Whether the supporters held the cost before the first purchase it could have been."""
        cost = item.cost or 0
        if held > cost * (1 + NEAR):
            return True
        shares = self.shares
        weights = shares.support.profile.weights
        exact = sum(int(weights[group]) * shares.exact_held(group, moment) for group, _ in shares.support.marked(item))
        return exact >= cost * shares.base * shares.support.scale

    def sure(self, item: Proposal) -> int | None:
        """Return how many new supporters would do if the present ones held nothing: from public figures alone."""
        shares, cost, span = self.shares, item.cost or 0, self.states.span(item)
        first = max(shares.first_state, span[0])
        last = self.states.last_fit(item, cost, first, min(shares.first_state + shares.moments - 1, span[1]))
        if last < first or not shares.share:
            return None
        moments = (first - shares.first_state, last - shares.first_state)
        full = shares.full(item, cost, *moments)
        at = moments[0] + int(np.flatnonzero(full >= full.max() * (1 - NEAR))[-1])
        number = cost / shares.exact_full(item, cost, at)
        return ceil(number) if at == shares.moments - 1 else floor(number) + 1

    def _fitting(self, item: Proposal, wanted: Floats, first: int) -> int:
        """Return how many moments count: all, if the best of them can be paid; else those before money runs out."""
        state = self.shares.first_state + first
        best = best_moment(wanted)
        if self.states.fits(item, item.cost or 0, state + best):
            # Other moments count only where floats cannot tell them from the best one.
            near = np.flatnonzero(wanted <= wanted[best] + NEAR * (1 + abs(wanted[best])))
            return self.states.last_fit(item, item.cost or 0, state + best, state + int(near[-1])) - state + 1
        return self.states.last_fit(item, item.cost or 0, state, state + best - 1) - state + 1

    def _wins(self, item: Proposal, cost: int, number: int, moment: int) -> bool:
        """Return exactly whether *item* at *cost* with *number* new supporters is bought at a moment."""
        shares = self.shares
        offered, spent = shares.exact_offered(item, cost, moment)
        full = shares.exact_full(item, cost, moment)
        total = offered + number * full
        if total != cost or moment == shares.moments - 1:
            return total >= cost
        unit = shares.prices[moment] * shares.support.strongest(item) * shares.support.unit(cost)
        if spent and (number == 0 or shares.share < unit):
            return True
        winner = shares.items[moment]
        votes = shares.support.votes(item) + number
        state = shares.first_state + moment
        return self.ties.first(item, cost, votes, winner, shares.support.votes(winner), state)

    def _chance(self, item: Proposal, offered: float, moment: int) -> Chance:
        shares, cost = self.shares, item.cost or 0
        full = shares.exact_full(item, cost, moment)
        money = whole(offered, lambda: shares.exact_offered(item, cost, moment)[0])
        hundreds = whole(offered * 100 / float(full), lambda: shares.exact_offered(item, cost, moment)[0] * 100 / full)
        beaten = shares.items[moment].id if moment < len(shares.items) else ""
        needed = Fraction(ceil(Fraction(cost * 100) / full), 100)
        return Chance(Rupiah(money), Rupiah(max(0, cost - money)), Fraction(hundreds, 100), needed, beaten)

    def _cost(self, item: Proposal, offered: Floats, first: int) -> int:
        """Return the highest cost below its own at which its supporters alone buy it; 0 if none."""
        shares, cost, best = self.shares, item.cost or 0, 0
        held = shares.held(item, first, first + len(offered) - 1)
        left = np.array([int(offered.argmax())])
        for _ in range(2):
            # First the likeliest moment; then only those at which one rupiah more could be paid.
            alone = shares.largest_costs(item, held[left], first + left, cost)
            order = np.argsort(-alone, kind="stable")
            for place, most in zip(left[order].tolist(), alone[order].tolist(), strict=True):
                if best >= cost - 1 or most < best + 1 - NEAR:
                    break
                best = self._cost_at(item, first + place, most, best)
            reach = shares.paid(item, best + 1, held, first + np.arange(len(offered)))
            left = np.flatnonzero((reach >= (best + 1) * (1 - NEAR)) & (np.arange(len(offered)) != left[0]))
            if best >= cost - 1 or not len(left):
                break
        return best

    def _cost_at(self, item: Proposal, moment: int, alone: float, above: int) -> int:
        """Return the highest cost that wins at a moment, or *above*. alone: what its supporters can pay there."""
        most = min((item.cost or 0) - 1, floor(alone) + 1)
        room = self.states.room(item, self.shares.first_state + moment, most)
        tied_at = self.shares.level(item, moment)
        return largest(alone, room, above, self._wins_at(item, moment), tied_at)

    def _wins_at(self, item: Proposal, moment: int) -> Callable[[int], bool]:
        return lambda cost: self._wins(item, cost, 0, moment)


class LoadWays:
    """Ways into the rounds of sequential Phragmén."""

    def __init__(self, loads: Loads, states: States, ties: TieBreak, *, last_price: Fraction | None) -> None:
        self.loads = loads
        self.states = states
        self.ties = ties
        self.last_price = last_price
        """Load at which the run stopped for what did not fit; nothing if it went on to the end."""

    def price(self, moment: int) -> Fraction | None:
        """Return the load to stay under; nothing where there is none."""
        return self.loads.prices[moment] if moment < len(self.loads.prices) else self.last_price

    def of(self, item: Proposal) -> Ways:
        """Return the ways in for a loser with a readable cost."""
        loads, cost = self.loads, item.cost or 0
        span = self.states.span(item)
        first = max(0, span[0] - loads.first_state)
        last = min(loads.moments - 1, span[1] - loads.first_state)
        if first > last:
            return NO_WAY
        rates = loads.rates[first : last + 1].copy()
        if last == loads.moments - 1 and self.last_price is not None:
            rates[-1] = float(self.last_price)
        carried = loads.carried(item, first, last)
        votes = float(loads.support.votes(item))
        with np.errstate(divide="ignore"):
            wanted = (cost + carried) / rates - votes
        state = loads.first_state + first
        fit = self.states.last_fit(item, cost, state, loads.first_state + last) - state + 1
        held_up = fit < len(wanted)
        price = self._cost(item, carried, rates, votes, first)
        if fit == 0:
            return Ways(cost=price, affordable=votes > 0, held_up=held_up)
        moment = best_moment(wanted[:fit])
        supporters = fewest(wanted[:fit], lambda number, at: self._wins(item, cost, number, first + at))
        at = first + moment
        before = loads.items[at].id if at < len(loads.items) else ""
        rate = self.price(at)
        sure = 1 if rate is None else floor((cost + loads.exact_carried(item, at)) / rate) + 1
        return Ways(supporters, sure, price, before, None, votes > 0, held_up)

    def _wins(self, item: Proposal, cost: int, number: int, moment: int) -> bool:
        loads, rate = self.loads, self.price(moment)
        votes = loads.support.votes(item) + number
        if rate is None or not votes:
            return votes > 0
        load = (cost + loads.exact_carried(item, moment)) / votes
        if load != rate or moment >= len(loads.items):
            return load < rate
        winner = loads.items[moment]
        return self.ties.first(item, cost, votes, winner, loads.support.votes(winner), loads.first_state + moment)

    def _cost(self, item: Proposal, carried: Floats, rates: Floats, votes: float, first: int) -> int:
        most = (item.cost or 0) - 1
        if most <= 0 or not votes:
            return 0
        alone = rates * votes - carried
        state, best = self.loads.first_state + first, 0
        for moment in np.argsort(-alone, kind="stable").tolist():
            if best >= most or alone[moment] < best + 1 - NEAR:
                break
            room = self.states.room(item, state + moment, most)
            wins = self._wins_at(item, first + moment)
            best = max(best, largest(min(float(alone[moment]), float(most + 1)), room, best, wins))
        return best

    def _wins_at(self, item: Proposal, moment: int) -> Callable[[int], bool]:
        return lambda cost: self._wins(item, cost, 0, moment)
