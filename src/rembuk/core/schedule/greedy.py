"""The plan a tidy office makes by hand: day by day, each free team takes the nearest village it can hold.

It is the yardstick of the search, so it keeps every hard rule and nothing else.
"""

from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.weeks import Week


def fill_greedily(filling: Filling) -> None:
    """Fill an empty season day by day, nearest next."""
    tables = filling.tables
    waiting = set(range(len(tables.codes)))
    for day in range(tables.days):
        for team in range(len(tables.team_ids)):
            if not tables.free[team][day]:
                continue
            tw = team * tables.weeks + day // DAYS_A_WEEK
            here = stands(filling.current[tw], tables.kinds[tw].base, day % DAYS_A_WEEK)
            minutes = tables.minutes[here]
            for village in sorted(waiting, key=lambda one: (minutes[one], one)):
                place = filling.place_at(village, team, day)
                if place is not None:
                    filling.put(village, place)
                    waiting.discard(village)
                    break


def stands(week: Week, base: int, weekday: int) -> int:
    """Return where the team stands in its round: its last forum of the week, or its base."""
    return next((village for village in reversed(week.slots[:weekday]) if village >= 0), base)
