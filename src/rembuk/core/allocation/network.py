"""Integer flow with lower and upper bounds on a few dozen nodes: the arithmetic under every funding question."""

from collections import deque
from collections.abc import Iterable
from typing import TypeVar

UNLIMITED = 1 << 62
Made = TypeVar("Made")


def like(made: Made) -> Made:
    """Return a shallow copy of a plain object, several times as fast as `copy.copy`."""
    other = object.__new__(type(made))
    other.__dict__.update(made.__dict__)
    return other


class Network:
    """Directed edges with flow between low and high. Arc 2k is edge k forward, arc 2k+1 the same edge backward."""

    def __init__(self) -> None:
        self.tails: list[int] = []
        self.heads: list[int] = []
        self.low: list[int] = []
        self.high: list[int] = []
        self.flow: list[int] = []
        self.arcs: list[list[int]] = []
        self.entries: list[list[tuple[int, int, int]]] = []
        """Per node: (origin, edge, 0 forward or 1 backward) of every arc that leads to it."""

    def node(self) -> int:
        """Add a node and return its number."""
        self.arcs.append([])
        self.entries.append([])
        return len(self.arcs) - 1

    def edge(self, tail: int, head: int, high: int) -> int:
        """Add an edge and return its number."""
        index = len(self.tails)
        self.tails.append(tail)
        self.heads.append(head)
        self.low.append(0)
        self.high.append(high)
        self.flow.append(0)
        self.arcs[tail].append(2 * index)
        self.arcs[head].append(2 * index + 1)
        self.entries[head].append((tail, index, 0))
        self.entries[tail].append((head, index, 1))
        return index

    def room(self, arc: int) -> int:
        """Return how much more may go along an arc."""
        edge = arc >> 1
        return self.flow[edge] - self.low[edge] if arc & 1 else self.high[edge] - self.flow[edge]

    def reach(self, starts: Iterable[int], without: int = -1) -> dict[int, int]:
        """Return node -> arc it was first reached by (-1: a start), over arcs with room; edge *without* is left out."""
        seen = dict.fromkeys(starts, -1)
        queue = deque(seen)
        while queue:
            node = queue.popleft()
            for arc in self.arcs[node]:
                edge = arc >> 1
                target = self.tails[edge] if arc & 1 else self.heads[edge]
                if target not in seen and edge != without and self.room(arc) > 0:
                    seen[target] = arc
                    queue.append(target)
        return seen

    def route(self, starts: tuple[int, ...], goal: int, without: int = -1) -> list[int]:
        """Return the arcs of a way with room from one of *starts* to *goal*; empty if there is none.

        Searched backward: few nodes lead to a goal, while a source leads to nearly all of them.
        """
        entries, flow, low, high = self.entries, self.flow, self.low, self.high
        onward = {goal: -1}
        queue = [goal]
        for node in queue:
            for origin, edge, backward in entries[node]:
                if origin in onward or edge == without:
                    continue
                if flow[edge] > low[edge] if backward else flow[edge] < high[edge]:
                    onward[origin] = 2 * edge + backward
                    if origin in starts:
                        return self._way(onward, origin)
                    queue.append(origin)
        return []

    def _way(self, onward: dict[int, int], node: int) -> list[int]:
        way: list[int] = []
        while (arc := onward[node]) >= 0:
            way.append(arc)
            node = self.tails[arc >> 1] if arc & 1 else self.heads[arc >> 1]
        return way

    def push(self, starts: tuple[int, ...], goal: int, amount: int, without: int = -1) -> int:
        """Send up to *amount* from any of *starts* to *goal*; return what arrived."""
        if goal in starts:
            return amount
        flow, low, high = self.flow, self.low, self.high
        sent = 0
        while sent < amount:
            way = self.route(starts, goal, without)
            if not way:
                break
            step = amount - sent
            for arc in way:
                edge = arc >> 1
                room = flow[edge] - low[edge] if arc & 1 else high[edge] - flow[edge]
                step = min(step, room)
            for arc in way:
                flow[arc >> 1] += -step if arc & 1 else step
            sent += step
        return sent

    def maximise(self, edge: int, limit: int = UNLIMITED) -> int:
        """Raise the flow on *edge* as far as the other bounds allow, at most to *limit*; every balance stays."""
        wanted = min(limit, self.high[edge]) - self.flow[edge]
        if wanted > 0:
            self.flow[edge] += self.push((self.heads[edge],), self.tails[edge], wanted, without=edge)
        return self.flow[edge]

    def freeze(self, edge: int) -> None:
        """Keep the flow on *edge* as it is from now on."""
        self.low[edge] = self.high[edge] = self.flow[edge]
