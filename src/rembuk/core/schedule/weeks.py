"""One team's week worked out: five slots, each a village or empty, and what they cost at the least.

A team starts every Monday at home and is home again on Saturday at the latest, so weeks do not touch. Inside a week
only the place where the team wakes matters, and on the morning of a forum that is home, the village before or the
village itself. `Weeks` therefore works out the stretch from one forum to the next once (by `walking`), keeps it, and
adds stretches up: a week costs a handful of look-ups. Weeks that need a shared boat, or begin away from home, are
walked day by day instead.
"""

from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.walking import BITS, EMPTY, SCALE, Kind, Slots, State, Trail, Walker

__all__ = ["EMPTY", "Kind", "Slots", "Week", "Weeks"]

NEVER = 1 << 60
"""More than any week costs: there is no such way."""
_SHORT = (1 << BITS) - 1


class Week:
    """A week that can be held. days: assigned. boats: a bit for each weekday (5 is Saturday) a shared boat is out.

    inserts: village -> what `state` found out about putting it in.
    """

    __slots__ = ("boats", "cost", "days", "inserts", "slots")

    def __init__(self, slots: Slots, value: int, boats: int) -> None:
        self.slots = slots
        self.cost = (value >> BITS) / SCALE
        self.days = value & _SHORT
        self.boats = boats
        self.inserts: dict[int, tuple[tuple[float, int, int, Week], ...]] = {}


class Weeks:
    """Stretches of weeks, kept by base and by what lies at their ends."""

    def __init__(self, walker: Walker) -> None:
        self.walker = walker
        self._places = len(walker.minutes)
        self._most_guests = max(walker.guests, default=0)
        self._between: dict[int, dict[int, tuple[int, int, int]]] = {}
        self._ends: dict[int, dict[int, int]] = {}

    def work_out(self, kind: Kind, slots: Slots) -> Week | None:
        """Return the week, None where it cannot be held. A village may stand only on a weekday that is free."""
        if kind.begin or not kind.own_boat or kind.room < self._most_guests:
            return self._walked(kind, slots)
        value = self._summed(kind, slots)
        return Week(slots, value, 0) if value < NEVER else None

    def _walked(self, kind: Kind, slots: Slots) -> Week | None:
        found = self.walker.walk(kind, slots)
        if found is None:
            return None
        boats = self.walker.boats(kind, slots, found[1])
        return None if boats is None else Week(slots, found[0], boats)

    def trail(self, kind: Kind, slots: Slots) -> Trail | None:
        """Return the steps of a week that can be held."""
        found = self.walker.walk(kind, slots)
        return found[1] if found is not None else None

    def _summed(self, kind: Kind, slots: Slots) -> int:
        """Add the stretches: to the first forum, from each to the next, and home."""
        home, free = kind.base, kind.free
        between = self._between.get(home)
        if between is None:
            between = self._between[home] = {}
        at_home, at_last, at_self = 0, NEVER, NEVER
        last, before, day = -1, -1, 0
        places = self._places
        for weekday in range(DAYS_A_WEEK):
            village = slots[weekday]
            if village < 0:
                continue
            if last < 0:
                at_self = self._out(kind, village, weekday)
            else:
                # The free days between, under a leading one that tells how many there are.
                gap = (free >> day + 1) & ((1 << weekday - day - 1) - 1) | 1 << weekday - day - 1
                new_home = new_last = new_self = NEVER
                for place, value in ((home, at_home), (before, at_last), (last, at_self)):
                    if value >= NEVER:
                        continue
                    key = (((place * places) + last) * places + village) << 5 | gap
                    way = between.get(key)
                    if way is None:
                        way = between[key] = self._stretch(home, place, last, village, gap)
                    new_home = min(new_home, value + way[0])
                    new_last = min(new_last, value + way[1])
                    new_self = min(new_self, value + way[2])
                at_home, at_last, at_self = new_home, new_last, new_self
            before, last, day = last, village, weekday
        if last < 0:
            return 0
        return (
            min(
                value + self._end(home, place, last, day, free)
                for place, value in ((home, at_home), (before, at_last), (last, at_self))
                if value < NEVER
            )
            if min(at_home, at_last, at_self) < NEVER
            else NEVER
        )

    def _out(self, kind: Kind, village: int, weekday: int) -> int:
        """Return the value of being there already on the morning of the first forum: a day of travel before it."""
        walker = self.walker
        if walker.minutes[kind.base][village] > walker.policy.travel_day:
            return NEVER
        for day in range(weekday - 1, -1, -1):
            if kind.free >> day & 1:
                nights = walker.night * (weekday - day)
                return walker.travel[kind.base][village] + walker.travel_day + nights
            if not walker.policy.wait_off_duty:
                break
        return NEVER

    def _stretch(self, home: int, place: int, last: int, village: int, gap: int) -> tuple[int, int, int]:
        """Return the values from one forum, the team waking at *place*, to waking at home, there, or at the next."""
        walker = self.walker
        states: dict[int, State] = walker.forum_day({place: (0, None)}, 0, last, village, home)
        while gap > 1:
            states = walker.open_day(states, 0, village, home, bool(gap & 1))
            gap >>= 1
        never = (NEVER, None)
        return states.get(home, never)[0], states.get(last, never)[0], states.get(village, never)[0]

    def _end(self, home: int, place: int, last: int, weekday: int, free: int) -> int:
        """Return the value from the morning of the last forum to being home at the weekend."""
        ends = self._ends.setdefault(home, {})
        rest = free >> weekday + 1
        key = (place * self._places + last) << 8 | rest << 3 | weekday
        value = ends.get(key)
        if value is None:
            walker = self.walker
            states = walker.forum_day({place: (0, None)}, weekday, last, -1, home)
            for later in range(weekday + 1, DAYS_A_WEEK):
                states = walker.open_day(states, later, -1, home, bool(free >> later & 1))
            found = walker.home_on_saturday(states, home)
            value = ends[key] = NEVER if found is None else found[0]
        return value
