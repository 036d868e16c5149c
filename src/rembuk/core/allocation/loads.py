"""Sequential Phragmen: buy where the voters who pay end up with the smallest load, which they carry in equal parts.

Buying a proposal brings all its supporters to one load: what it costs and what they carried before, shared by weight.
A group's load is always that of its last purchase, so an exact load needs integer sums of weights only. Loads of
proposals never fall, so the last one worked out is a lower bound and most need no second look.
Source: Brill, Freeman, Janson, Lackner, Phragmen's Voting Methods and Justified Representation, AAAI 2017.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

import numpy as np

from rembuk.core.allocation.equal_shares.arrays import dot
from rembuk.core.allocation.equal_shares.pots import EPSILON
from rembuk.core.allocation.model import Outcome, Problem
from rembuk.core.allocation.profile import Profile, profile_of
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings
from rembuk.core.allocation.tally import complete
from rembuk.core.allocation.ties import TieOrder

FEW = 40
"""Supporters of the average proposal up to which plain lists beat arrays (measured)."""


def loads(problem: Problem, settings: Settings, profile: Profile | None = None) -> Outcome:
    """Return the outcome of sequential Phragmen for a valid problem (its digest is still empty).

    Only whether a voter marked a proposal counts. `settings.stops`: end at the first purchase that the money does not
    reach, as the reference of the oracles does; else go on with the next.
    """
    profile = profile or profile_of(problem, "cardinality")
    selection = Selection(problem)
    selection.buy_mandatory()
    ties = TieOrder(problem, profile, settings.ties)
    round_of_loads = Loads(profile, ties, selection, stops=settings.stops)
    round_of_loads.walk()
    _tell_prices(selection, round_of_loads)
    if settings.completion != "none" and not settings.stops:
        complete(selection, profile, ties)
    return selection.outcome(settings)


def _tell_prices(selection: Selection, done: "Loads") -> None:
    loads_of = dict(zip((done.ties.items[proposal].id for proposal in done.bought), done.exact(), strict=True))
    selection.rounds = [
        replace(step, price=loads_of[step.id]) if step.phase == "loads" else step for step in selection.rounds
    ]


class Candidate(NamedTuple):
    """A proposal and the load its supporters would have. low: surely not above it; high: surely not below it."""

    proposal: int
    load: float
    low: float
    high: float


class Loads:
    """The loads of all groups while proposals are bought. Floats, with a bound on their error; integers decide."""

    def __init__(self, profile: Profile, ties: TieOrder, selection: Selection, *, stops: bool) -> None:
        self.profile = profile
        self.ties = ties
        self.selection = selection
        self.stops = stops
        self.budget = sum(source.ceiling for source in selection.problem.sources)
        self.carried: Carried = (
            ListLoads(profile)
            if profile.heavy or len(profile.members) <= FEW * max(1, len(profile.supported))
            else ArrayLoads(profile)
        )
        self.heap = sorted(
            (profile.costs[index] * profile.scale / profile.votes[index], *ties.places[index], index)
            for index in profile.supported
            if ties.items[index].id not in selection and profile.costs[index] + selection.spent <= self.budget
        )
        self.heap = [(low * (1 - 4 * EPSILON), *rest) for low, *rest in self.heap]  # type: ignore[misc]
        self.waiting: list[tuple[float, int, int, int]] = []
        self.bought: list[int] = []
        self.mass = 0.0
        self.base = 1
        self.levels: list[int] = []
        """Exact load after each settled purchase, times `base`."""
        self.sums: list[dict[int, int]] = []
        """Per purchase: earlier purchase -> weight of the supporters whose load it was."""

    def walk(self) -> None:
        """Buy until nothing is left to ask, or until the money does not reach where that ends it."""
        while self.heap:
            tied = self._cheapest()
            if self.stops and any(self._too_dear(entry[3]) for entry in tied):
                return
            money = self.ties.money(self.selection.funder.chosen.values()) if len(tied) > 1 else {}
            winner = self.ties.first([entry[3] for entry in tied], money)
            for entry in tied:
                if entry[3] != winner:
                    heappush(self.heap, entry)
            self._ask(next(entry for entry in tied if entry[3] == winner))

    def _too_dear(self, proposal: int) -> bool:
        return self.profile.costs[proposal] > self.budget - self.selection.spent

    def _ask(self, entry: tuple[float, int, int, int]) -> None:
        proposal = entry[3]
        item = self.ties.items[proposal]
        if self.selection.buy(item, "loads", self.profile.support(item.id)):
            self._carry(proposal)
            for waited in [waited for waited in self.waiting if not self.selection.lacking(self.ties.items[waited[3]])]:
                self.waiting.remove(waited)
                heappush(self.heap, waited)
        elif item.id not in self.selection.refused:
            self.waiting.append(entry)

    def _carry(self, proposal: int) -> None:
        profile = self.profile
        self.sums.append(self.carried.sums(proposal))
        load = self._look(proposal).load
        self.carried.carry(proposal, load, len(self.bought))
        self.bought.append(proposal)
        self.mass += (profile.groups + 8) * EPSILON * (profile.votes[proposal] * load)

    def _look(self, proposal: int) -> Candidate:
        profile = self.profile
        before, votes, cost = self.carried.total(proposal), profile.votes[proposal], profile.float_costs[proposal]
        load = (cost + before) / votes
        off = (self.mass + (profile.groups + 8) * EPSILON * (cost + before)) / votes + 4 * EPSILON * load
        return Candidate(proposal, load, load - off, load + off)

    def _cheapest(self) -> list[tuple[float, int, int, int]]:
        """Take the proposals with the smallest exact load out of the heap."""
        limit = float("inf")
        near: list[Candidate] = []
        while self.heap and self.heap[0][0] <= limit:
            found = self._look(heappop(self.heap)[3])
            near.append(found)
            limit = min(limit, found.high)
        rivals = [found for found in near if found.low <= limit]
        if len(rivals) > 1:
            exact = {found.proposal: self._exact(found.proposal) for found in rivals}
            least = min(exact.values())
            rivals = [found for found in rivals if exact[found.proposal] == least]
        first = {found.proposal for found in rivals}
        entries = [(found.low, *self.ties.places[found.proposal], found.proposal) for found in near]
        for entry in entries:
            if entry[3] not in first:
                heappush(self.heap, entry)
        return [entry for entry in entries if entry[3] in first]

    def _exact(self, proposal: int) -> Fraction:
        self._settle()
        return Fraction(self._lifted(proposal, self.carried.sums(proposal)), self.base * self.profile.votes[proposal])

    def _lifted(self, proposal: int, sums: dict[int, int]) -> int:
        """Return what the supporters would carry together, times `base`."""
        cost = self.profile.costs[proposal] * self.profile.scale
        return cost * self.base + sum(self.levels[place] * weight for place, weight in sums.items())

    def _settle(self) -> None:
        for proposal in self.bought[len(self.levels) :]:
            total, votes = self._lifted(proposal, self.sums[len(self.levels)]), self.profile.votes[proposal]
            common = math.gcd(total, votes)
            votes //= common
            self.base *= votes
            self.levels = [level * votes for level in self.levels]
            self.levels.append(total // common)

    def exact(self) -> list[Fraction]:
        """Return the exact load after each purchase."""
        self._settle()
        return [Fraction(level, self.base) for level in self.levels]


class ListLoads:
    """The load of each group in lists. last: the number of its last purchase, -1 before the first."""

    def __init__(self, profile: Profile) -> None:
        members, starts, weights = profile.members.tolist(), profile.starts.tolist(), profile.weights.tolist()
        entries = [(group, weights[group]) for group in members]
        self.backers: Sequence[list[tuple[int, int]]] = [
            entries[starts[index] : starts[index + 1]] for index in range(len(profile.ids))
        ]
        self.load = [0.0] * profile.groups
        self.last = [-1] * profile.groups

    def total(self, proposal: int) -> float:
        """Return what the supporters carry together."""
        load = self.load
        return sum([load[group] * weight for group, weight in self.backers[proposal]])

    def sums(self, proposal: int) -> dict[int, int]:
        """Return purchase -> weight of the supporters whose last it was."""
        found: dict[int, int] = {}
        for group, weight in self.backers[proposal]:
            place = self.last[group]
            if place >= 0:
                found[place] = found.get(place, 0) + weight
        return found

    def carry(self, proposal: int, load: float, place: int) -> None:
        """Bring the supporters to *load* by purchase number *place*."""
        for group, _ in self.backers[proposal]:
            self.load[group] = load
            self.last[group] = place


class ArrayLoads:
    """The same in arrays."""

    def __init__(self, profile: Profile) -> None:
        bounds = list(zip(profile.starts.tolist(), profile.starts[1:].tolist(), strict=False))
        weights = profile.weights[profile.members].astype(np.float64)
        self.backers = [profile.members[start:end] for start, end in bounds]
        self.weights = [weights[start:end] for start, end in bounds]
        self.load = np.zeros(profile.groups)
        self.last = np.full(profile.groups, -1)

    def total(self, proposal: int) -> float:
        """Return what the supporters carry together."""
        return dot(self.weights[proposal], self.load.take(self.backers[proposal]))

    def sums(self, proposal: int) -> dict[int, int]:
        """Return purchase -> weight of the supporters whose last it was."""
        weights = np.bincount(self.last.take(self.backers[proposal]) + 1, self.weights[proposal])[1:]
        return {place: int(weights[place]) for place in np.flatnonzero(weights).tolist()}

    def carry(self, proposal: int, load: float, place: int) -> None:
        """Bring the supporters to *load* by purchase number *place*."""
        self.load[self.backers[proposal]] = load
        self.last[self.backers[proposal]] = place


Carried = ListLoads | ArrayLoads
