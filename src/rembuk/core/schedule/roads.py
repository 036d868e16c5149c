"""From known legs (road pieces, river reaches, landings) to the minutes between all places of a season."""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rembuk.core.schedule.instance import Travel
from rembuk.core.schedule.issues import FAR


@dataclass(frozen=True, slots=True)
class Way:
    """One leg somebody knows the minutes of. Both directions; give two ways, one_way, where upstream is slower."""

    start: str
    end: str
    minutes: int
    river: bool = False
    one_way: bool = False


def travel_of(places: Sequence[str], ways: Iterable[Way]) -> Travel:
    """Return the quickest minutes between *places* along *ways*, which may pass through other points.

    A way counts as river as soon as any part of it is. Where no way leads, the minutes are `issues.FAR`. Of two ways
    as quick as each other the dry one is taken, then the one through fewer legs. Raises: ValueError for minutes < 0.
    """
    graph: dict[str, list[tuple[str, int, bool]]] = defaultdict(list)
    for way in ways:
        if way.minutes < 0:
            raise ValueError(f"minutes below zero between {way.start} and {way.end}")
        graph[way.start].append((way.end, way.minutes, way.river))
        if not way.one_way:
            graph[way.end].append((way.start, way.minutes, way.river))
    minutes, river = [], []
    for place in places:
        reached = _from(place, graph)
        minutes.append(tuple(reached[other][0] if other in reached else FAR for other in places))
        river.append(tuple(reached[other][1] if other in reached else False for other in places))
    return Travel(tuple(places), tuple(minutes), tuple(river))


def _from(start: str, graph: dict[str, list[tuple[str, int, bool]]]) -> dict[str, tuple[int, bool]]:
    done: dict[str, tuple[int, bool]] = {}
    waiting: list[tuple[int, bool, int, str]] = [(0, False, 0, start)]
    while waiting:
        minutes, wet, legs, place = heapq.heappop(waiting)
        if place in done:
            continue
        done[place] = (minutes, wet)
        for other, more, river in graph.get(place, ()):
            if other not in done:
                heapq.heappush(waiting, (minutes + more, wet or river, legs + 1, other))
    return done
