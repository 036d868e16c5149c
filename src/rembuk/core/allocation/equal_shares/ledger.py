"""What voters paid so far, exactly, in integers over one denominator; asked only where floats are too close to call.

A voter has either nothing left or its share less the price of everything it paid in full. So an exact price needs the
weights of the voters that would be left without money, summed per earlier purchase, and a few multiplications.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from rembuk.core.allocation.profile import Ints, Profile

FEW = 64
"""Up to so many groups plain loops beat arrays."""

Sums = tuple[int, list[tuple[int, int]]]
"""The weight of some groups and, per earlier purchase they paid in full, their weight x gain."""


def _named(sums: list[int]) -> list[tuple[int, int]]:
    """Return (place, sum) of the sums that are not 0."""
    return [(place, total) for place, total in enumerate(sums) if total]


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

    def _sums(self, lists: Sequence[Sequence[int] | Ints], first: int) -> Iterable[Sums]:
        """Return the sums of lists of groups: those of the first list paid before purchase *first*, and so on."""
        if self.profile.heavy or sum(map(len, lists)) <= FEW:
            return (self._sums_by_loop(groups, upto) for upto, groups in enumerate(lists, first))
        if len(lists) == 1:
            return [self._sums_by_row(lists[0], first)]
        return self._sums_by_purchase(lists, first)

    def _sums_by_row(self, groups: Sequence[int] | Ints, upto: int) -> Sums:
        """Look through the marks of the groups: best for a few of them."""
        profile, picked = self.profile, np.asarray(groups, np.int64)
        lengths = profile.rows[picked + 1] - profile.rows[picked]
        where = np.repeat(profile.rows[picked] - np.cumsum(lengths) + lengths, lengths) + np.arange(int(lengths.sum()))
        place = np.full(len(profile.ids), -1)
        for proposal, index in self.place.items():
            if index < upto:
                place[proposal] = index
        at = place[profile.marks[where]]
        weights = np.repeat(profile.weights[picked], lengths)
        if profile.row_gains is not None:
            weights = weights * profile.row_gains[where]
        sums = np.bincount(at + 1, weights, upto + 1)[1:].astype(np.int64)
        return int(profile.weights[picked].sum()), _named(sums.tolist())

    def _sums_by_purchase(self, lists: Sequence[Sequence[int] | Ints], first: int) -> Iterator[Sums]:
        """Look through the supporters of every purchase: best for all groups together. No group is in two lists."""
        profile, last = self.profile, np.zeros(self.profile.groups, np.int64)
        for row, groups in enumerate(lists, 1):
            last[groups] = row
        before = self.purchases[: first + len(lists) - 1]
        sums = np.zeros((len(lists) + 1, len(before)), np.int64)
        starts = profile.starts.tolist()
        for place, step in enumerate(before):
            start, end = starts[step.proposal], starts[step.proposal + 1]
            members = profile.members[start:end]
            weights = profile.weights[members]
            if profile.gains is not None:
                weights = weights * profile.gains[start:end]
            sums[:, place] = np.bincount(last[members], weights, len(lists) + 1)
        held = np.bincount(last, profile.weights, len(lists) + 1).astype(np.int64).tolist()
        for upto, (weight, row) in enumerate(zip(held[1:], sums[1:].tolist(), strict=True), first):
            yield weight, _named(row[:upto])

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
        lacking = self._lacking(proposal, next(iter(self._sums([poor], len(self.paid)))))
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
