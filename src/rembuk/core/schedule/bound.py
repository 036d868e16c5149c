"""How many villages no plan can serve, proven: villages matched to team-days, and who fights for too few of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.tables import Tables


@dataclass(frozen=True, slots=True)
class Capacity:
    """The proof. unserved: at least that many villages stay without a forum. team_days: all days teams work.

    villages, slots: of the tightest group: these villages can only be held on *slots* team-days, unserved fewer than
    they are. impossible: villages that no team can hold on any day. Empty where every village can have a day.
    """

    unserved: int
    team_days: int
    villages: tuple[str, ...] = ()
    slots: int = 0
    impossible: tuple[str, ...] = ()


def capacity(tables: Tables) -> Capacity:
    """Return the bound by matching. Days of travel, boats and caps are left aside, so no plan can do better."""
    wanted = [slots_of(tables, village) for village in range(len(tables.codes))]
    owner, lonely = matched(wanted)
    group, used = _group(wanted, owner, lonely)
    codes = tables.codes
    return Capacity(
        unserved=len(lonely),
        team_days=sum(tables.available),
        villages=tuple(codes[village] for village in group if wanted[village]),
        slots=len(used),
        impossible=tuple(code for village, code in enumerate(codes) if not wanted[village]),
    )


def slots_of(tables: Tables, village: int) -> list[int]:
    """Return every (team, day), as one number, on which the village might be held in some week."""
    if village in tables.past:
        team, day = tables.past[village]
        return [team * tables.days + day]
    alone = tables.options[village]
    found = [
        tw // tables.weeks * tables.days + tw % tables.weeks * DAYS_A_WEEK + weekday
        for tw, weekdays in alone.items()
        for weekday in weekdays
    ]
    return sorted({*found, *_beside_others(tables, village)})


def _beside_others(tables: Tables, village: int) -> list[int]:
    """Return the (team, day) that may become possible when the team sleeps in another village nearby."""
    days = [day for day in tables.open[village] if tables.rest[village][day] >= 0]
    found = []
    count, longest = len(tables.codes), tables.policy.travel_day
    near = [other for other in range(count) if other != village and tables.minutes[other][village] <= longest]
    for team in range(len(tables.team_ids)):
        base = tables.kinds[team * tables.weeks].base
        if any(tables.minutes[base][other] <= longest for other in near):
            found += [team * tables.days + day for day in days if tables.may(village, team, day)]
    return found


def matched(wanted: Sequence[Sequence[int]]) -> tuple[dict[int, int], list[int]]:
    """Return slot -> village of a largest matching, and the villages it leaves out. Shortest augmenting paths."""
    owner: dict[int, int] = {}
    lonely = []
    for village in sorted(range(len(wanted)), key=lambda one: (len(wanted[one]), one)):
        came: dict[int, int] = {}
        waiting, end = [village], -1
        while waiting and end < 0:
            coming = []
            for one in waiting:
                for slot in wanted[one]:
                    if slot in came:
                        continue
                    came[slot] = one
                    if slot not in owner:
                        end = slot
                        break
                    coming.append(owner[slot])
                if end >= 0:
                    break
            waiting = coming
        if end < 0:
            lonely.append(village)
            continue
        mine = {holder: slot for slot, holder in owner.items()}
        while True:
            one = came[end]
            previous = mine.get(one, -1)
            owner[end] = one
            if one == village:
                break
            end = previous
    return owner, sorted(lonely)


def _group(wanted: Sequence[Sequence[int]], owner: dict[int, int], lonely: Sequence[int]) -> tuple[list[int], set[int]]:
    """Return the villages that the unmatched ones fight with, and all slots any of them could use."""
    group, used = set(lonely), set[int]()
    waiting = list(lonely)
    while waiting:
        for slot in wanted[waiting.pop()]:
            if slot not in used:
                used.add(slot)
                holder = owner[slot]
                if holder not in group:
                    group.add(holder)
                    waiting.append(holder)
    return sorted(group), used
