"""Travel guessed from coordinates and how a village is reached, until people who travel there have told the minutes.

The model: each place is joined to its nearest neighbours; by road where both ends have one, else by water. A road is
1.4 times the straight line at 38 km/h, water 1.5 times at 18 km/h, each change costs five minutes, low water makes
the river 1.3 times slower. Invented for planning exercises; never for a real season without looking.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from rembuk.core.schedule.instance import Travel
from rembuk.core.schedule.roads import Way, travel_of

NEIGHBOURS: Final = 6
ROAD_DETOUR: Final = 1.4
ROAD_SPEED: Final = 38.0
RIVER_WINDING: Final = 1.5
RIVER_SPEED: Final = 18.0
CHANGE_MINUTES: Final = 5
LOW_WATER: Final = 1.3
_KM_PER_DEGREE: Final = 111.2


@dataclass(frozen=True, slots=True)
class Spot:
    """A village or a base. place: as in the travel table; road: whether a road leads there."""

    place: str
    latitude: float
    longitude: float
    road: bool


def estimated_travel(spots: Sequence[Spot], *, low_water: bool = False) -> Travel:
    """Return minutes between all *spots* by the model above. Raises: ValueError for no spots."""
    if not spots:
        raise ValueError("no places to estimate travel between")
    pairs = {
        tuple(sorted((here, there)))
        for here in range(len(spots))
        for there in sorted(range(len(spots)), key=lambda other: (_km(spots[here], spots[other]), other))[
            1 : NEIGHBOURS + 1
        ]
    }
    pairs |= set(_bridges(spots, pairs))
    return travel_of([spot.place for spot in spots], [_way(spots[a], spots[b], low_water) for a, b in sorted(pairs)])


def _way(here: Spot, there: Spot, low_water: bool) -> Way:
    dry = here.road and there.road
    hours = _km(here, there) * (ROAD_DETOUR / ROAD_SPEED if dry else RIVER_WINDING / RIVER_SPEED)
    minutes = hours * 60 * (LOW_WATER if low_water and not dry else 1)
    change = CHANGE_MINUTES if here.road != there.road else 0
    return Way(here.place, there.place, max(1, round(minutes) + change), river=not dry)


def _bridges(spots: Sequence[Spot], pairs: Iterable[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Return the shortest pairs that join what the neighbours left apart, so that every place can be reached."""
    group = list(range(len(spots)))

    def root(one: int) -> int:
        while group[one] != one:
            one = group[one]
        return one

    for a, b in pairs:
        group[root(a)] = root(b)
    found = []
    while len({root(one) for one in range(len(spots))}) > 1:
        mine = root(0)
        inside = [one for one in range(len(spots)) if root(one) == mine]
        outside = [one for one in range(len(spots)) if root(one) != mine]
        across = ((a, b) for a in inside for b in outside)
        a, b = min(across, key=lambda pair: (_km(spots[pair[0]], spots[pair[1]]), pair))
        group[root(a)] = root(b)
        found.append((min(a, b), max(a, b)))
    return found


def _km(here: Spot, there: Spot) -> float:
    east = (here.longitude - there.longitude) * math.cos(math.radians((here.latitude + there.latitude) / 2))
    return _KM_PER_DEGREE * math.hypot(here.latitude - there.latitude, east)
