"""The first plan: every village in turn goes where it costs least, those with the fewest ways first."""

from collections.abc import Iterable, Sequence

from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Tables

INFINITE = float("inf")


def built(tables: Tables) -> Filling:
    """Return a season filled by cheapest insertion, then weighed as the search weighs it.

    While it is built an even load counts little (`Weights.build_load`): against a fixed target every further day of a
    team that has few looks like a gain, and far villages with days of travel would be picked for it.
    """
    filling = Filling(tables, tables.weights.build_load)
    insert_all(filling, by_scarcity(tables, range(len(tables.codes))))
    filling.journal.clear()
    filling.load = tables.weights.load
    filling.cost = filling.whole_cost()
    return filling


def by_scarcity(tables: Tables, villages: Iterable[int]) -> list[int]:
    """Return the villages, the fewest (team, day) ways first; of equal ones the higher priority."""
    ways = {village: sum(map(len, tables.options[village].values())) for village in villages}
    return sorted(ways, key=lambda village: (ways[village], -tables.priority[village], village))


def insert_all(filling: Filling, order: Sequence[int]) -> list[int]:
    """Put the villages in one after the other where each costs least; return those that found no place."""
    left = []
    for village in order:
        place = filling.best_place(village, INFINITE)
        if place is None:
            left.append(village)
        else:
            filling.put(village, place)
    return left
