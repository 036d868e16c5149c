"""One forum moved by hand: everything that speaks against it, at once, and the plan after it.

Only the weeks concerned are looked at, so the answer comes while the finger is still on the card.
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from rembuk.core.errors import RefusedError
from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance, Village
from rembuk.core.schedule.itinerary import fill_from, plan_of
from rembuk.core.schedule.obstacles import Obstacles
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Begun, Tables


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing against a move. code: one of `obstacles.ORDER`, or of these.

    Blocks: unknown (village, team or day), leaves-behind (the forums left in the old week cannot be held without this
    one). Warnings: reserve (one of the last days, kept for what goes wrong), preference (not a day it asked for).
    """

    code: str
    severity: Literal["block", "warn"] = "block"
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


def conflicts_of_move(
    instance: Instance, plan: Plan, village: str, team: str, day: int, *, today: int | None = None
) -> tuple[Conflict, ...]:
    """Return everything against holding a village's forum with a team on a day; none when it may be held there.

    The village may have a forum already (it leaves its place) or none. today: a season under way; then what is past
    cannot move and a new date keeps the notice. Blocks come first, in the order of the rules.
    """
    return tuple(_Move(instance, plan, village, (team, day), today).conflicts())


def moved(instance: Instance, plan: Plan, village: str, team: str, day: int, *, today: int | None = None) -> Plan:
    """Return the plan after the move; other forums stay, ways and clocks of the weeks concerned are new.

    Raises: RefusedError ``jadwal-bentrok`` with the conflicts among its values.
    """
    move = _Move(instance, plan, village, (team, day), today)
    _refuse(move.conflicts())
    return move.after()


def removed(instance: Instance, plan: Plan, village: str, *, today: int | None = None) -> Plan:
    """Return the plan without a village's forum. Raises: RefusedError ``jadwal-bentrok``; KeyError if it has none."""
    move = _Move(instance, plan, village, plan.slots()[village], today, held=False)
    _refuse(move.leaving())
    return move.after()


def _refuse(conflicts: Iterator[Conflict]) -> None:
    blocks = tuple(conflict for conflict in conflicts if conflict.severity == "block")
    if blocks:
        raise RefusedError("jadwal-bentrok", conflicts=blocks)


class _Move:
    """The season cut down to the weeks concerned: the week moved to, and the week of the team that is left."""

    def __init__(
        self,
        instance: Instance,
        plan: Plan,
        village: str,
        new: tuple[str, int],
        today: int | None,
        *,
        held: bool = True,
    ) -> None:
        self.instance = instance
        self.plan = plan
        self.village = village
        self.team, self.day = new
        self.today = today
        self.held = held
        self.slots = plan.slots()
        self.old = self.slots.get(village)
        self.weeks = {(team, day // DAYS_A_WEEK) for team, day in (new, *([self.old] if self.old else []))}

    @cached_property
    def wanted(self) -> Village | None:
        return next((one for one in self.instance.villages if one.code == self.village), None)

    @cached_property
    def others(self) -> dict[str, tuple[str, int]]:
        """Return the other forums that matter: all of the new week (caps, boats, speakers), the old team's own week."""
        week = self.day // DAYS_A_WEEK
        return {
            code: (team, day)
            for code, (team, day) in self.slots.items()
            if code != self.village and (day // DAYS_A_WEEK == week or (team, day // DAYS_A_WEEK) in self.weeks)
        }

    @cached_property
    def tables(self) -> Tables:
        codes = {*self.others, self.village}
        small = replace(self.instance, villages=tuple(one for one in self.instance.villages if one.code in codes))
        tables = Tables(small, None if self.today is None else Begun(self.plan, self.today))
        return _with_other_weeks(tables, self.plan, self.others.keys() | {self.village})

    @cached_property
    def _without(self) -> tuple[Filling, tuple[str, ...]]:
        return fill_from(self.tables, self.others)

    def conflicts(self) -> Iterator[Conflict]:
        teams = {team.id for team in self.instance.teams}
        if self.wanted is None or self.team not in teams or not 0 <= self.day < self.instance.days:
            yield Conflict("unknown", params={"village": self.village, "team": self.team, "day": self.day})
        elif self.old != (self.team, self.day):
            yield from self.leaving()
            yield from self.coming()
            yield from self.warnings(self.wanted)

    def leaving(self) -> Iterator[Conflict]:
        """What the old place says: it is past, agreed for good, or the rest of that week needs it."""
        if self.old is None or self.wanted is None:
            return
        if self.today is not None and self.old[1] < self.today:
            yield Conflict("past", params={"day": self.old[1]})
        if self.wanted.fixed is not None:
            yield Conflict("fixed", params={"team": self.wanted.fixed[0], "day": self.wanted.fixed[1]})
        if not self.held or len(self.weeks) > 1:
            team, week = self.old[0], self.old[1] // DAYS_A_WEEK
            stuck = [code for code in self._without[1] if self._in(code, team, week)]
            if stuck:
                yield Conflict("leaves-behind", params={"team": team, "villages": stuck})

    def coming(self) -> Iterator[Conflict]:
        """What the new place says: every obstacle of the rules."""
        _, left = fill_from(self.tables, {**self.others, self.village: (self.team, self.day)})
        if set(left) <= self._stuck_before():
            return
        number, team = self.tables.number[self.village], self.tables.team_number[self.team]
        found = [one for one in Obstacles(self._without[0]).all(number, team, self.day) if one.code != "fixed"]
        for one in found:
            yield Conflict(one.code, params=one.params)
        if not found:
            stuck = sorted(set(left) - self._stuck_before())
            yield Conflict("neighbour-too-far", params={"team": self.team, "villages": stuck, "day": self.day})

    def _stuck_before(self) -> set[str]:
        """Return what could not be held already, which is no matter of this move (or was named by `leaving`)."""
        if self.old is None or len(self.weeks) > 1:
            return set(self._without[1])
        return set(fill_from(self.tables, {**self.others, self.village: self.old})[1])

    def warnings(self, wanted: Village) -> Iterator[Conflict]:
        reserve = self.instance.policy.reserve_days
        if self.day >= self.instance.days - reserve:
            yield Conflict("reserve", "warn", {"days": reserve})
        if wanted.preferred and self.day not in wanted.preferred:
            yield Conflict("preference", "warn", {"days": min(abs(self.day - wish) for wish in wanted.preferred)})

    def after(self) -> Plan:
        """Put the weeks concerned together anew and leave the rest of the plan as it is."""
        slots = {**self.others, self.village: (self.team, self.day)} if self.held else self.others
        part = plan_of(fill_from(self.tables, slots)[0])
        visits = [visit for visit in self.plan.visits if (visit.team, visit.day // DAYS_A_WEEK) not in self.weeks]
        visits += [visit for visit in part.visits if (visit.team, visit.day // DAYS_A_WEEK) in self.weeks]
        legs = [leg for leg in self.plan.legs if (leg.team, leg.week) not in self.weeks]
        legs += [leg for leg in part.legs if (leg.team, leg.week) in self.weeks]
        on = {visit.village for visit in visits}
        return Plan(
            tuple(sorted(visits, key=lambda visit: (visit.day, visit.team, visit.village))),
            tuple(sorted(legs, key=lambda leg: (leg.team, leg.week, leg.weekday, leg.leave))),
            tuple(sorted(one.code for one in self.instance.villages if one.code not in on)),
        )

    def _in(self, code: str, team: str, week: int) -> bool:
        return self.others[code][0] == team and self.others[code][1] // DAYS_A_WEEK == week


def _with_other_weeks(tables: Tables, plan: Plan, here: AbstractSet[str]) -> Tables:
    """Add the days the teams spend on forums that were cut away, so that a cap on a team's days still counts them."""
    if any(team.max_days is not None for team in tables.instance.teams):
        kept = {(visit.team, visit.day // DAYS_A_WEEK) for visit in plan.visits if visit.village in here}
        days = {(visit.team, visit.day) for visit in plan.visits}
        days |= {(leg.team, leg.week * DAYS_A_WEEK + leg.weekday) for leg in plan.legs if leg.weekday < DAYS_A_WEEK}
        today = tables.begun.today if tables.begun else 0
        for team, day in days:
            if (team, day // DAYS_A_WEEK) not in kept and day >= today and team in tables.team_number:
                tables.worked[tables.team_number[team]] += 1
    return tables
