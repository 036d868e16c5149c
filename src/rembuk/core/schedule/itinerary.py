"""From a filled season to a plan with every way and every clock, and back."""

from collections.abc import Iterator, Mapping

from rembuk.core.errors import BadInputError
from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance
from rembuk.core.schedule.plan import Boat, Leg, Plan, Visit
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Tables
from rembuk.core.schedule.walking import FRIDAY, Slots, Step, spells, steps_of

EARLY = 30
"""Minutes a team likes to be there before the forum, where the morning allows it."""


def plan_of(filling: Filling) -> Plan:
    """Return the plan of a filled season; of a season under way, with the visits and ways that are past."""
    tables, begun = filling.tables, filling.tables.begun
    visits, legs = [], []
    if begun is not None:
        visits = [visit for visit in begun.plan.visits if visit.day < begun.today]
        legs = [leg for leg in begun.plan.legs if leg.week * DAYS_A_WEEK + min(leg.weekday, FRIDAY) < begun.today]
    for tw, week in enumerate(filling.current):
        steps = steps_of(tables.book.trail(tables.kinds[tw], week.slots))
        if steps or max(week.slots) >= 0:
            walked = _Walked(tables, tw, week.slots, steps)
            visits += walked.visits()
            legs += walked.legs()
    held = {visit.village for visit in visits}
    return Plan(
        tuple(sorted(visits, key=lambda visit: (visit.day, visit.team, visit.village))),
        tuple(sorted(legs, key=lambda leg: (leg.team, leg.week, leg.weekday, leg.leave))),
        tuple(sorted(code for code in tables.codes if code not in held)),
    )


class _Walked:
    """One team-week with its steps on the clock."""

    def __init__(self, tables: Tables, tw: int, slots: Slots, steps: list[Step]) -> None:
        self.tables = tables
        self.slots = slots
        self.steps = steps
        self.kind = tables.kinds[tw]
        team, self.week = divmod(tw, tables.weeks)
        self.team = tables.team_ids[team]
        self.wakes = [self.kind.start] * (DAYS_A_WEEK + 2)
        for step in steps:
            for later in range(step.weekday + 1, DAYS_A_WEEK + 2):
                self.wakes[later] = step.target
        self.begins = {
            weekday: tables.walker.starts(self.wakes[weekday], village, weekday == FRIDAY)
            for weekday, village in enumerate(slots)
            if village >= 0
        }

    def visits(self) -> Iterator[Visit]:
        tables = self.tables
        wet = [span for span in spells(self.kind, self.steps, tables.river) if span[2]]
        for weekday, start in self.begins.items():
            village = self.slots[weekday]
            afloat = any(begin <= weekday <= end for begin, end, _ in wet)
            boat: Boat = "" if not afloat else "own" if self.kind.own_boat else "shared"
            yield Visit(
                village=tables.codes[village],
                team=self.team,
                day=self.week * DAYS_A_WEEK + weekday,
                start=start,
                end=start + tables.walker.lengths[village],
                sleep=tables.places[self.wakes[weekday + 1]],
                boat=boat,
                speaker=tables.instance.villages[village].speaker,
            )

    def legs(self) -> Iterator[Leg]:
        tables = self.tables
        for step in self.steps:
            minutes = tables.minutes[step.place][step.target]
            leave = tables.policy.depart
            begins = self.begins.get(step.weekday)
            if step.after and begins is not None:
                leave = begins + tables.walker.lengths[self.slots[step.weekday]]
            elif begins is not None:
                leave = max(leave, begins - minutes - EARLY)
            yield Leg(
                team=self.team,
                week=self.week,
                weekday=step.weekday,
                start=tables.places[step.place],
                end=tables.places[step.target],
                leave=leave,
                arrive=leave + minutes,
                river=tables.river[step.place][step.target],
            )


def fill_from(tables: Tables, slots: Mapping[str, tuple[str, int]]) -> tuple[Filling, tuple[str, ...]]:
    """Return a filling that holds the forums of *slots* (village -> (team, day)) and the codes that did not fit.

    Within a team-week a forum may only be possible beside another, so what does not fit is tried again.
    """
    filling = Filling(tables, tables.weights.load)
    waiting = sorted(
        (
            (tables.number[code], tables.team_number[team], day)
            for code, (team, day) in slots.items()
            if code in tables.number and team in tables.team_number and tables.number[code] not in tables.past
        ),
        key=lambda row: (row[2], row[1]),
    )
    while waiting:
        left = []
        for village, team, day in waiting:
            place = filling.place_at(village, team, day, any_option=True)
            if place is None:
                left.append((village, team, day))
            else:
                filling.put(village, place)
        if len(left) == len(waiting):
            break
        waiting = left
    filling.journal.clear()
    return filling, tuple(sorted(tables.codes[village] for village, _, _ in waiting))


def plan_from_slots(instance: Instance, slots: Mapping[str, tuple[str, int]]) -> Plan:
    """Return the plan that holds each village on the (team, day) given, with its ways and clocks.

    Raises: BadInputError ``jadwal-tak-muat`` naming the villages that cannot be held so.
    """
    filling, left = fill_from(Tables(instance), slots)
    if left:
        raise BadInputError("jadwal-tak-muat", villages=left)
    return plan_of(filling)
