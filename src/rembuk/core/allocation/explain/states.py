"""What could still be paid at each step of a choice: the purchases walked again, one question at a time."""

from bisect import bisect_left
from dataclasses import replace
from typing import Any

from rembuk.core.allocation.funding import SEARCH_LIMIT, ClassKey, Funder
from rembuk.core.allocation.model import Outcome, Problem, Proposal
from rembuk.core.allocation.network import UNLIMITED
from rembuk.core.allocation.purse import Purse
from rembuk.core.allocation.selection import Selection


class States:
    """The selection after each purchase. State j: the first j purchases are made.

    Whether something fits only shrinks while others are bought, except that a prerequisite must be in first; so for
    every proposal the states in which it fits stand in one piece.
    """

    def __init__(self, problem: Problem, outcome: Outcome) -> None:
        self.problem = problem
        self.rounds = outcome.rounds
        self.selection = Selection(problem)
        by_id = self.selection.by_id
        self.bought = [by_id[step.id] for step in outcome.rounds]
        self.place = {step.id: index for index, step in enumerate(outcome.rounds)}
        self.last = len(self.bought)
        self.reached: dict[tuple[ClassKey, int, bool], tuple[int, int]] = {}
        self.searched: dict[tuple[str, int, int], int] = {}
        self.spent = [0]
        for item in self.bought:
            self.spent.append(self.spent[-1] + (item.cost or 0))
        self._whole_rows()
        self.snapshots: list[tuple[Any, ...]] = []
        self.funder: Funder | None = None
        if not isinstance(self.selection.funder, Purse):
            self.funder = self.selection.funder

    def _whole_rows(self) -> None:
        self.used: dict[str, list[int]] = {}
        for share, _, _ in self.selection.whole.rows:
            sums = [0]
            for item in self.bought:
                sums.append(sums[-1] + (item.cost or 0) * share.counts(item))
            self.used[share.name] = sums

    def span(self, item: Proposal) -> tuple[int, int]:
        """Return the first and last state in which prerequisites and rivals leave place; last < first: none."""
        first, last = 0, self.last
        for other in item.requires:
            first = max(first, self.place.get(other, self.last + 1) + 1)
        for rule in self.problem.exclusions:
            if item.id in rule.ids:
                taken = sorted(self.place[other] for other in rule.ids if other in self.place)
                if rule.at_most < 1:
                    last = -1
                elif len(taken) >= rule.at_most:
                    last = min(last, taken[rule.at_most - 1])
        return first, last

    def fits(self, item: Proposal, cost: int, state: int) -> bool:
        """Return whether *item* could be paid at *cost* in a state, rivals and prerequisites aside."""
        if cost > self._room_in_rows(item, state):
            return False
        if self.funder is None:
            return cost <= self._purse(state)
        if cost <= self._flow_room(item, state, cost):
            return True
        return cost <= self._split_room(item, state, cost) and self._fits_rearranged(item, cost, state)

    def room(self, item: Proposal, state: int, most: int) -> int:
        """Return the highest cost, at most *most*, that *item* could have in a state."""
        rows = min(most, self._room_in_rows(item, state))
        if self.funder is None:
            return max(0, min(rows, self._purse(state)))
        low = max(0, self._flow_room(item, state, rows))
        rows = low if low >= rows else max(low, self._split_room(item, state, rows))
        key = (item.id, state, rows)
        if low < rows and key not in self.searched:
            self.searched[key] = self._search(item, state, low, rows)
        return self.searched.get(key, low) if low < rows else low

    def _search(self, item: Proposal, state: int, low: int, high: int) -> int:
        """Close in on the room where a payment that may not be split has to look for another source."""
        while low < high:
            middle = (low + high + 1) // 2
            if self._fits_rearranged(item, middle, state):
                low = middle
            else:
                high = middle - 1
        return low

    def last_fit(self, item: Proposal, cost: int, first: int, last: int) -> int:
        """Return the last state of first..last in which *item* fits at *cost*; first - 1 if none."""
        if first > last or not self.fits(item, cost, first):
            return first - 1
        if self.fits(item, cost, last):
            return last
        states = range(first, last + 1)
        return first + bisect_left(states, True, key=lambda state: not self.fits(item, cost, state)) - 1

    def hamlet_money(self, hamlet: str, state: int) -> int:
        """Return the rupiah that went to a hamlet (empty: to the whole village) in the first purchases."""
        return sum(item.cost or 0 for item in self.bought[:state] if item.hamlet == hamlet)

    def _purse(self, state: int) -> int:
        return self.problem.sources[0].ceiling - self.spent[state]

    def _room_in_rows(self, item: Proposal, state: int) -> int:
        whole = self.selection.whole
        room = UNLIMITED
        for share, _, high in whole.rows:
            if share.counts(item):
                room = room if high is None else min(room, high - self.used[share.name][state])
            elif kept := max(0, whole.floors[share.name] - self.used[share.name][state]):
                room = min(room, whole.total - kept - self.spent[state])
        return room

    def _flow_room(self, item: Proposal, state: int, most: int) -> int:
        """Return the most rupiah, up to *most*, that one class of the item could get in a state."""
        assert self.funder is not None
        return max((self._reach(key, state, most) for key in self.funder.keys[item.id]), default=0)

    def _split_room(self, item: Proposal, state: int, most: int) -> int:
        """Return the room, up to *most*, if every payment might be split: no search can find more."""
        assert self.funder is not None
        if self.funder.splittable is None:
            return 0
        return self._reach(self.funder.split_keys[item.id], state, most, split=True)

    def _reach(self, key: ClassKey, state: int, most: int, *, split: bool = False) -> int:
        """Return the room of a class, up to *most*; what was asked before is not worked out again."""
        asked, room = self.reached.get((key, state, split), (0, 0))
        if most <= room or room < asked:  # all of that is there, or not even all that was asked for
            return min(most, room)
        network, flow, _, _, split_flow = self._states()[state]
        if split:
            assert self.funder is not None and self.funder.splittable is not None
            network, flow = self.funder.splittable, split_flow
        network.net.flow = flow[:]
        room = int(network.send(key, most))
        self.reached[key, state, split] = most, room
        return room

    def at(self, state: int) -> Funder:
        """Return the funder as it stood in a state; valid until the next call."""
        funder = self.funder
        assert funder is not None
        network, flow, placed, chosen, split = self._states()[state]
        funder.network, funder.placed, funder.chosen = network, dict(placed), dict(chosen)
        funder.network.net.flow = flow[:]
        funder.steps = SEARCH_LIMIT
        if funder.splittable is not None:
            funder.splittable.net.flow = split[:]
        return funder

    def _states(self) -> list[tuple[Any, ...]]:
        funder = self.funder
        if not self.snapshots and funder is not None:
            self.snapshots.append(self._snapshot(funder))
            for item in self.bought:
                if not funder.add(item):
                    raise AssertionError("the chosen set was payable and is not any more")
                self.snapshots.append(self._snapshot(funder))
        return self.snapshots

    @staticmethod
    def _snapshot(funder: Funder) -> tuple[Any, ...]:
        split = [] if funder.splittable is None else funder.splittable.net.flow[:]
        return funder.network, funder.network.net.flow[:], dict(funder.placed), dict(funder.chosen), split

    def _fits_rearranged(self, item: Proposal, cost: int, state: int) -> bool:
        return self.at(state).fits(replace(item, cost=cost))
