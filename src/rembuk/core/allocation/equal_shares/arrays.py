"""What voters have left during equal shares, in arrays: for elections with thousands of different ballots."""

from collections.abc import Sequence
from fractions import Fraction
from functools import partial

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.equal_shares.pots import EPSILON, LEAST, NEVER, Bid, Pots
from rembuk.core.allocation.profile import Ints, Profile

Floats = npt.NDArray[np.float64]

BLOCK = 8192
"""Longest piece multiplied at once. Beyond 10,000 OpenBLAS starts threads, which wait for each other on a busy
machine (measured: four times as slow) and add up in an order of their own."""


def dot(left: Floats, right: npt.NDArray[np.float64] | npt.NDArray[np.bool_]) -> float:
    """Return the sum of the products, always added up in the same order."""
    if len(left) <= BLOCK:
        return float(left.dot(right))
    ends = range(0, len(left), BLOCK)
    return sum(float(left[start : start + BLOCK].dot(right[start : start + BLOCK])) for start in ends)


class ArrayBook:
    """The supporters of each proposal as arrays, made once for all runs over a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        bounds = list(zip(profile.starts.tolist(), profile.starts[1:].tolist(), strict=False))
        weights = profile.weights[profile.members].astype(np.float64)
        self.backers = [profile.members[start:end] for start, end in bounds]
        self.weights = [weights[start:end] for start, end in bounds]
        self.gains: list[Floats] | None = None
        self.power = self.weights
        if profile.gains is not None:
            gains = profile.gains.astype(np.float64)
            self.gains = [gains[start:end] for start, end in bounds]
            self.power = [(weights * gains)[start:end] for start, end in bounds]
        # By the proposal: the sum of its power times an array.
        self.adders = [power.dot if len(power) <= BLOCK else partial(dot, power) for power in self.power]
        self.ones = bool((profile.weights == 1).all()) and profile.gains is None

    def pots(self, share: Fraction) -> "ArrayPots":
        """Return the full pots at the start of a run."""
        return ArrayPots(self, share)


class ArrayPots(Pots):
    """Balances as one array.

    What supporters pay between them is a concave function of the price, so the price a tangent leads to is never above
    the one where they pay the cost, from whichever side it is drawn.
    """

    def __init__(self, book: ArrayBook, share: Fraction) -> None:
        super().__init__(book.profile, share)
        self.book = book
        self.balances: Floats = np.full(book.profile.groups, self.full)
        self._read: dict[int, Floats] = {}

    def _money(self, proposal: int) -> Floats:
        """Return what each supporter of *proposal* has; read once between two payments."""
        money = self._read.get(proposal)
        if money is None:
            money = self._read[proposal] = self.balances.take(self.book.backers[proposal])
        return money

    def bid(self, proposal: int, start: float, limit: float) -> Bid:
        """Return the price of *proposal* per unit of gain; see `Pots.bid`.

        The first tangent is drawn at the limit: most proposals are above it, and one look says so.
        """
        book, cost = self.book, self.costs[proposal]
        add_up, money = book.adders[proposal], self._money(proposal)
        levels = money if book.gains is None else money / book.gains[proposal]
        count = len(money)
        noise = 2 * (count + 8) * EPSILON * cost  # all that rounding may do to the sum of what they pay, twice
        tried = not start < limit < NEVER
        price, before = (start if tried else limit), 0.0
        while True:
            able = levels >= price
            rich = float(np.count_nonzero(able) if book.ones else add_up(able))
            if rich == before > 0:  # the same supporters as before: nobody stands between the two prices
                return Bid(price, self.doubt(proposal, price, rich, count), rich, True)
            if rich:
                lacking = cost - float(add_up(np.minimum(levels, price)))
                price += lacking / rich
                if abs(lacking) <= noise:
                    return Bid(price, self.doubt(proposal, price, rich, count), rich, True)
                if price > limit:
                    return Bid(price, self.doubt(proposal, price, rich, count), rich, False)
            else:
                short = self.short(proposal, price, dot(book.weights[proposal], money), count)
                if tried or short.price == NEVER:
                    return short
                price = start
            tried, before = True, rich

    def sort(self, proposal: int, price: float, tolerance: float) -> tuple[Ints, int, list[tuple[int, int]]]:
        """Return the poor with money left, weight x gain of the rich, and (group, gain) of the unclear supporters."""
        book = self.book
        backers, power, money = book.backers[proposal], book.power[proposal], self._money(proposal)
        over = money - price if book.gains is None else money - price * book.gains[proposal]
        near = np.abs(over) <= tolerance
        if not np.count_nonzero(near):  # nobody without money either: they lack the whole price
            able = over > 0
            whole = float(np.count_nonzero(able) if book.ones else book.adders[proposal](able))
            return backers.compress((money > 0) > able), int(whole), []  # with money, and not able
        left = money > 0
        rich = int(dot(power, over > tolerance))
        poor = backers[(over < -tolerance) & left]
        close = np.flatnonzero(near & left)
        gains = [1] * len(close) if book.gains is None else book.gains[proposal][close].astype(int).tolist()
        return poor, rich, list(zip(backers[close].tolist(), gains, strict=True))

    def pay(self, proposal: int, price: float, broke: Sequence[int] | Ints) -> None:
        """Take the price from the supporters; those in *broke* pay all they have."""
        book, balances, money = self.book, self.balances, self._money(proposal)
        after = money - price if book.gains is None else money - price * book.gains[proposal]
        balances[book.backers[proposal]] = np.where(money > 0, np.maximum(after, LEAST), 0.0)
        if len(broke):
            balances[np.asarray(broke, np.int64)] = 0.0
        self._read.clear()
