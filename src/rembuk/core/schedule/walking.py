"""The days of one team's week walked one by one: where the team may sleep, by which ways, and what that costs.

A value is one whole number: thousandths of a point, shifted left by four bits, plus the assigned days in those bits.
Sums and comparisons then take both along, and of two ways that cost the same the one with fewer days wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rembuk.core.schedule.instance import DAYS_A_WEEK, SATURDAY, Policy

FRIDAY = 4
BITS = 4
SCALE = 1000
Slots = tuple[int, int, int, int, int]
EMPTY: Slots = (-1, -1, -1, -1, -1)


class Step(NamedTuple):
    """One way travelled. after: it begins when the forum of that day is over."""

    weekday: int
    place: int
    target: int
    after: bool


Trail = tuple["Trail | None", Step]
State = tuple[int, "Trail | None"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes two team-weeks alike: the base, the free weekdays, the boat, and where the team is when it begins.

    base: place number. free: a bit for each weekday the team works. own_boat: it needs no shared one. room: seats left
    for guests on the boat it uses, -1 where there is no boat at all. begin: the first weekday that is still open; the
    team wakes that morning at *place* (-1 is its base), having used a river boat since it left home (afloat) or not.
    """

    base: int
    free: int
    own_boat: bool
    room: int
    begin: int = 0
    place: int = -1
    afloat: bool = False

    @property
    def start(self) -> int:
        """Return where the team is when the week begins."""
        return self.base if self.place < 0 else self.place


class Walker:
    """The rules of the road for all teams. Places are numbers; lengths and guests go by village number."""

    def __init__(
        self,
        policy: Policy,
        minutes: Sequence[Sequence[int]],
        river: Sequence[Sequence[bool]],
        lengths: Sequence[int],
        guests: Sequence[int],
    ) -> None:
        """lengths: minutes of each forum; guests: extra seats each needs."""
        weights = policy.weights
        self.policy = policy
        self.minutes = minutes
        self.river = river
        self.lengths = lengths
        self.guests = guests
        self.travel = [[value_of(weights.travel_hour * one / 60) for one in row] for row in minutes]
        self.home_by = [[policy.river_home_by if wet else policy.road_home_by for wet in row] for row in river]
        self.night = value_of(weights.night)
        self.travel_day = value_of(weights.travel_day) + 1
        self.saturday = value_of(weights.saturday)

    def starts(self, place: int, village: int, friday: bool) -> int:
        """Return when the forum can start for a team that wakes at *place*, -1 if it comes too late."""
        policy = self.policy
        arrive = policy.depart + self.minutes[place][village]
        if friday:
            if arrive <= policy.friday_start:
                return policy.friday_start
            start = max(arrive, policy.friday_start_from)
            return start if start <= policy.friday_last_start else -1
        start = max(arrive, policy.start_from)
        return start if start <= policy.last_start else -1

    def forum_day(
        self, states: dict[int, State], weekday: int, village: int, follow: int, home: int
    ) -> dict[int, State]:
        """Hold the forum, then sleep there, go home, or go on to the next village (*follow*, -1 for none)."""
        after: dict[int, State] = {}
        minutes, limits, travel = self.minutes[village], self.home_by[village], self.travel
        for place, (value, trail) in states.items():
            start = self.starts(place, village, weekday == FRIDAY)
            if start < 0:
                continue
            end = start + self.lengths[village]
            here, came = value + 1, trail
            if place != village:
                here += travel[place][village]
                came = (trail, Step(weekday, place, village, False))
            _keep(after, village, here + self.night, came)
            for target in (home, follow):
                if target >= 0 and target != village and end + minutes[target] <= limits[target]:
                    there = here + travel[village][target] + (self.night if target != home else 0)
                    _keep(after, target, there, (came, Step(weekday, village, target, True)))
        return after

    def open_day(self, states: dict[int, State], weekday: int, follow: int, home: int, free: bool) -> dict[int, State]:
        """Stay, or use the day to travel home or to the next village. On a day off nobody travels."""
        after: dict[int, State] = {}
        for place, (value, trail) in states.items():
            if place == home:
                _keep(after, home, value, trail)
            elif free or self.policy.wait_off_duty:
                _keep(after, place, value + self.night, trail)
            if not free:
                continue
            for target in (home, follow):
                if target >= 0 and target != place and self.minutes[place][target] <= self.policy.travel_day:
                    there = value + self.travel[place][target] + self.travel_day
                    there += self.night if target != home else 0
                    _keep(after, target, there, (trail, Step(weekday, place, target, False)))
        return after

    def home_on_saturday(self, states: dict[int, State], home: int) -> State | None:
        """Return the cheapest end of the week at home, None if no state can get there."""
        best: State | None = None
        for place, (value, trail) in states.items():
            last: State = (value, trail)
            if place != home:
                if self.minutes[place][home] > self.policy.travel_day:
                    continue
                last = (
                    value + self.travel[place][home] + self.saturday,
                    (trail, Step(SATURDAY, place, home, False)),
                )
            if best is None or last[0] < best[0]:
                best = last
        return best

    def walk(self, kind: Kind, slots: Slots) -> State | None:
        """Return the cheapest way through the week with its steps, None if there is none. Boats are not looked at."""
        home = kind.base
        states: dict[int, State] = {kind.start: (0, None)}
        follow = next_villages(slots)
        for weekday in range(kind.begin, DAYS_A_WEEK):
            free = bool(kind.free >> weekday & 1)
            if slots[weekday] < 0:
                states = self.open_day(states, weekday, follow[weekday], home, free)
            elif free:
                states = self.forum_day(states, weekday, slots[weekday], follow[weekday], home)
            else:
                return None
        return self.home_on_saturday(states, home)

    def boats(self, kind: Kind, slots: Slots, trail: Trail | None) -> int | None:
        """Return a bit for each day a shared boat is out (5 is Saturday), None where the seats do not suffice.

        A boat stays with the team from the day it leaves home to the day it is back.
        """
        used = 0
        for begin, end, wet in spells(kind, steps_of(trail), self.river):
            if not wet:
                continue
            there = [self.guests[slots[day]] for day in range(begin, min(end, FRIDAY) + 1) if slots[day] >= 0]
            if max(there, default=0) > kind.room:
                return None
            for day in range(begin, end + 1):
                used |= 1 << day
        return 0 if kind.own_boat else used


def value_of(points: float) -> int:
    """Return points as a value without assigned days."""
    return round(points * SCALE) << BITS


def _keep(states: dict[int, State], place: int, value: int, trail: Trail | None) -> None:
    known = states.get(place)
    if known is None or value < known[0]:
        states[place] = (value, trail)


def next_villages(slots: Slots) -> list[int]:
    """Return for each weekday the village of the next forum after it, -1 for none."""
    follow, coming = [-1] * DAYS_A_WEEK, -1
    for weekday in range(DAYS_A_WEEK - 1, -1, -1):
        follow[weekday] = coming
        if slots[weekday] >= 0:
            coming = slots[weekday]
    return follow


def steps_of(trail: Trail | None) -> list[Step]:
    """Return the steps in the order they are walked."""
    steps = []
    while trail is not None:
        trail, step = trail
        steps.append(step)
    return steps[::-1]


def spells(kind: Kind, steps: Sequence[Step], river: Sequence[Sequence[bool]]) -> list[tuple[int, int, bool]]:
    """Return (first weekday, last weekday, any way by water) of each absence from home."""
    found: list[tuple[int, int, bool]] = []
    away = kind.start != kind.base
    begin, wet = kind.begin, kind.afloat and away
    for step in steps:
        if not away:
            begin, wet, away = step.weekday, False, True
        wet = wet or river[step.place][step.target]
        if step.target == kind.base:
            found.append((begin, step.weekday, wet))
            away = False
    return found
