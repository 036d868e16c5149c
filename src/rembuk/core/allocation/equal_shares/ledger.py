"""What voters paid so far, exactly, in integers over one denominator; asked only where floats are too close to call.

A voter has either nothing left or its share less the price of everything it paid in full. So an exact price needs the
weights of the voters that would be left without money, summed per earlier purchase, and a few multiplications.
"""

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from rembuk.core.allocation.profile import Ints, Profile

FEW = 64
"""Up to so many groups plain loops beat arrays."""
AT_ONCE = 256
"""Purchases whose sums are worked out together: their table has this many rows, and a column per earlier purchase."""

Sums = tuple[int, list[tuple[int, int]]]
"""The weight of some groups and, per earlier purchase they paid in full, their weight x gain."""


class Exact(NamedTuple):
    """An exact price per unit of gain. poor: unclear groups that pay less than it; spent: those it leaves with
    exactly nothing; rich: weight x gain of the groups that pay the full price."""

    price: Fraction
    poor: list[int]
    spent: list[int]
    rich: int


class Purchase(NamedTuple):
    """What the ledger must know of a purchase: proposal, groups that paid all they had, weight x gain of the rest."""

    proposal: int
    poor: Sequence[int] | Ints
    rich: int


class Ledger:
    """The purchases of one run with equal shares. share: rupiah per weight 1 at the start."""

    def __init__(self, profile: Profile, share: Fraction) -> None:
        self.profile = profile
        self.purchases: list[Purchase] = []
        self.place: dict[int, int] = {}
        self.base = share.denominator
        self.share = share.numerator
        self.paid: list[int] = []
        """Price per unit of gain of each settled purchase, times `base`."""

    def record(self, proposal: int, poor: Sequence[int] | Ints, rich: int) -> None:
        """Add a purchase. poor: groups that paid the last of their money; rich: weight x gain of the others."""
        self.place[proposal] = len(self.purchases)
        self.purchases.append(Purchase(proposal, poor, rich))

    def settle(self) -> None:
        """Work out the exact prices of all purchases recorded so far."""
        first = len(self.paid)
        if first == len(self.purchases):
            return
        pending = self.purchases[first:]
        for step, sums in zip(pending, self._sums([step.poor for step in pending], first), strict=True):
            lacking = self._lacking(step.proposal, sums)
            common = math.gcd(lacking, step.rich)
            rich = step.rich // common
            if rich != 1:
                self.base *= rich
                self.share *= rich
                self.paid = [price * rich for price in self.paid]
            self.paid.append(lacking // common)

    def _lacking(self, proposal: int, sums: Sums) -> int:
        """Return what the rich must pay for *proposal*, in units of 1/base: its cost less all the poor have."""
        weight, paid = sums
        held = self.share * weight - sum(self.paid[place] * total for place, total in paid)
        return self.profile.costs[proposal] * self.profile.scale * self.base - held

    def _sums(self, lists: Sequence[Sequence[int] | Ints], first: int) -> Iterator[Sums]:
        """Yield the sums of lists of groups: those of the first list paid before purchase *first*, and so on."""
        if self.profile.heavy or sum(map(len, lists)) <= FEW:
            yield from (self._sums_by_loop(groups, upto) for upto, groups in enumerate(lists, first))
            return
        for start in range(0, len(lists), AT_ONCE):
            yield from self._sums_by_array(lists[start : start + AT_ONCE], first + start)

    def _sums_by_array(self, lists: Sequence[Sequence[int] | Ints], first: int) -> Iterator[Sums]:
        profile, upto = self.profile, np.arange(first, first + len(lists))
        picked = np.concatenate([np.asarray(groups, np.int64) for groups in lists])
        owner = np.repeat(upto, [len(groups) for groups in lists])
        lengths = profile.rows[picked + 1] - profile.rows[picked]
        where = np.repeat(profile.rows[picked] - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        place = np.full(len(profile.ids), len(self.purchases))
        place[list(self.place)] = list(self.place.values())
        at, before = place[profile.marks[where]], np.repeat(owner, lengths)
        weights = np.repeat(profile.weights[picked], lengths)
        if profile.row_gains is not None:
            weights = weights * profile.row_gains[where]
        width, paid = int(upto[-1]), at < before
        keys = (before[paid] - first) * width + at[paid]
        sums = np.bincount(keys, weights[paid], width * len(lists)).astype(np.int64).reshape(len(lists), width)
        whole = np.bincount(owner - first, profile.weights[picked], len(lists)).astype(np.int64)
        for row, weight in zip(sums, whole.tolist(), strict=True):
            some = np.flatnonzero(row)
            yield weight, list(zip(some.tolist(), row[some].tolist(), strict=True))

    def _sums_by_loop(self, groups: Sequence[int] | Ints, upto: int) -> Sums:
        profile, total = self.profile, 0
        sums: dict[int, int] = {}
        for group in groups:
            weight = int(profile.weights[group])
            total += weight
            for place, gain in self._history(group, upto):
                sums[place] = sums.get(place, 0) + weight * gain
        return total, list(sums.items())

    def _history(self, group: int, upto: int) -> list[tuple[int, int]]:
        """Return (purchase, gain) of what a group with money left has paid, all of it in full."""
        profile, place = self.profile, self.place
        start, end = int(profile.rows[group]), int(profile.rows[group + 1])
        marks = profile.marks[start:end].tolist()
        gains = [1] * len(marks) if profile.row_gains is None else profile.row_gains[start:end].tolist()
        return [
            (place[mark], gain) for mark, gain in zip(marks, gains, strict=True) if mark in place and place[mark] < upto
        ]

    def balance(self, group: int) -> int:
        """Return what a group with money left has per weight 1, times `base`. Settle first."""
        return self.share - sum(self.paid[place] * gain for place, gain in self._history(group, len(self.paid)))

    def price(
        self, proposal: int, poor: Sequence[int] | Ints, rich: int, unclear: Sequence[tuple[int, int]]
    ) -> Exact | None:
        """Return the exact price of *proposal* per unit of gain, or nothing if its supporters cannot pay it.

        poor: supporters with money left that surely pay all of it; rich: weight x gain of those that surely keep
        some; unclear: (group, gain) of the others.
        """
        self.settle()
        lacking = self._lacking(proposal, next(self._sums([poor], len(self.paid))))
        weights = self.profile.weights
        held = sorted(
            (Fraction(self.balance(group), gain), int(weights[group]), gain, group) for group, gain in unclear
        )
        rich += sum(weight * gain for _, weight, gain, _ in held)
        below: list[int] = []
        for level, weight, gain, group in held:
            if rich * level >= lacking:
                break
            rich -= weight * gain
            lacking -= weight * int(level * gain)
            below.append(group)
        if rich <= 0:
            return None
        spent = [group for level, _, _, group in held[len(below) :] if rich * level == lacking]
        return Exact(Fraction(lacking, rich * self.base), below, spent, rich)

    def prices(self) -> list[Fraction]:
        """Return the exact price per unit of gain of every purchase."""
        self.settle()
        return [Fraction(price, self.base) for price in self.paid]
