"""From stored rows to the values the scheduler works on, and back. What was built is kept while nothing changes."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from rembuk.core import schedule
from rembuk.core.schedule import DAYS_A_WEEK, Block, Instance, Plan, Policy
from rembuk.core.schedule.itinerary import fill_from, plan_of
from rembuk.core.schedule.tables import Tables
from rembuk.cycles.queries import holidays
from rembuk.guidance.season.models import ClosedDay, PlanVisit, Season, SeasonPlan, TravelTable, Wish

OUTSIDE, HOLIDAY = "di luar rentang musim", "hari libur"
"""Why nobody works on a day, as the scheduler keeps it; `labels.CLOSED` says it in the language of the reader."""

POLICY_FIELDS = ("district_cap", "notice_days", "reserve_days", "forum", "rest_after", "travel_day")
"""What an office may set itself; the rest keeps the defaults of `core.schedule.Policy`."""


def instance_of(season: Season, travel: TravelTable) -> Instance:
    """Return the season as the scheduler sees it. Eight queries. Teams and speakers go by their key as text."""
    closed = closed_days(season)
    first = season.start_date - timedelta(days=season.start_date.weekday())
    weeks = (season.end_date - first).days // 7 + 1
    empty = Instance(weeks, (), (), (), travel_values(travel), first=first)
    wishes = list(season.wishes.select_related("village__district", "fixed_team").order_by("village_id"))
    return replace(
        empty,
        villages=tuple(village_of(empty, wish, closed["wish"][wish.pk]) for wish in wishes),
        teams=tuple(
            schedule.Team(
                id=str(team.pk),
                base=team.base,
                name=team.name,
                members=max(1, len(team.members.all())),
                skills=frozenset(team.skills),
                boat_seats=team.boat_seats,
                off=blocks(empty, closed["team"][team.pk]),
                max_days=team.max_days,
            )
            for team in season.teams.prefetch_related("members").order_by("name", "id")
        ),
        speakers=tuple(
            schedule.Speaker(str(one.pk), one.base, one.name, blocks(empty, closed["speaker"][one.pk]), one.remote)
            for one in season.speakers.order_by("name", "id")
        ),
        holidays=season_holidays(season, empty, closed["season"][season.pk]),
        shared_boats=season.shared_boats,
        shared_seats=season.shared_seats,
        seat=season.seat,
        district_names={wish.village.district_id: wish.village.district.name for wish in wishes},
        policy=policy_of(season),
    )


def closed_days(season: Season) -> Mapping[str, Mapping[UUID, list[ClosedDay]]]:
    """Return what is closed, by kind (season, team, speaker, wish) and key."""
    found: dict[str, dict[UUID, list[ClosedDay]]] = {
        kind: defaultdict(list) for kind in ("season", "team", "speaker", "wish")
    }
    for row in ClosedDay.objects.filter(season=season):
        kind = "team" if row.team_id else "speaker" if row.speaker_id else "wish" if row.wish_id else "season"
        key = row.team_id or row.speaker_id or row.wish_id or season.pk
        found[kind][key].append(row)
    return found


def blocks(instance: Instance, rows: Iterable[ClosedDay]) -> tuple[Block, ...]:
    """Return the closed days that fall on working days of the window."""
    numbered = ((instance.day_of(row.day), row.reason) for row in rows)
    return tuple(Block(day, reason) for day, reason in numbered if day is not None)


def village_of(instance: Instance, wish: Wish, closed: Iterable[ClosedDay]) -> schedule.Village:
    village = wish.village
    fixed_day = instance.day_of(wish.fixed_date) if wish.fixed_date else None
    preferred = (instance.day_of(date.fromisoformat(text)) for text in wish.preferred)
    mode = village.access_mode if village.access_mode in ("road", "river", "mixed") else ""
    return schedule.Village(
        code=village.pk,
        name=village.name,
        district=village.district_id,
        mode="river" if village.access_mode in ("lake", "sea") else mode,
        earliest=earliest_day(instance, wish.earliest),
        earliest_reason=wish.earliest_reason,
        blocked=blocks(instance, closed),
        market=wish.market,
        preferred=tuple(day for day in preferred if day is not None),
        skill=wish.skill or None,
        speaker=str(wish.speaker_id) if wish.speaker_id else None,
        priority=wish.priority,
        minutes=wish.minutes,
        fixed=(str(wish.fixed_team_id), fixed_day) if wish.fixed_team_id and fixed_day is not None else None,
    )


def earliest_day(instance: Instance, on: date | None) -> int:
    """Return the first working-day number that is not before *on*; 0 without one."""
    if on is None or instance.first is None or on <= instance.first:
        return 0
    week, weekday = divmod((on - instance.first).days, 7)
    return min(week * DAYS_A_WEEK + min(weekday, DAYS_A_WEEK), instance.days)


def season_holidays(season: Season, instance: Instance, closed: Iterable[ClosedDay]) -> tuple[Block, ...]:
    """Return the days nobody works: holidays of the regency, what the season closed, and days outside its window."""
    reasons = {row.day: row.reason for row in closed}
    free = holidays(season.regency_id)
    found = []
    for day in range(instance.days):
        on = instance.date_of(day)
        if on is None:
            continue
        if not season.start_date <= on <= season.end_date:
            found.append(Block(day, OUTSIDE))
        elif on in reasons or on in free:
            found.append(Block(day, reasons.get(on, HOLIDAY)))
    return tuple(found)


def policy_of(season: Season) -> Policy:
    """Return the rules of the day on the road with what the office changed of them."""
    changed: dict[str, Any] = {name: int(season.policy[name]) for name in POLICY_FIELDS if name in season.policy}
    return replace(Policy(), **changed)


def travel_values(table: TravelTable) -> schedule.Travel:
    return schedule.Travel(
        tuple(table.places),
        tuple(tuple(row) for row in table.minutes),
        tuple(tuple(bool(cell) for cell in row) for row in table.river),
    )


def hash_of(instance: Instance) -> str:
    """Return the digest of everything a plan is made from."""
    values = asdict(instance)
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=_plain).encode()).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)


class Built:
    """A season and one plan of it as the scheduler sees them, with the tables that both need."""

    def __init__(self, tables: Tables, slots: Mapping[str, tuple[str, int]]) -> None:
        self.instance = tables.instance
        self.tables = tables
        filling, self.misfit = fill_from(self.tables, slots)
        self.plan: Plan = plan_of(filling)


def built(plan: SeasonPlan) -> Built:
    """Return a stored plan ready to be asked, kept from the last time while plan, season and holidays stay the same.

    ``misfit`` names villages that the season as it is now no longer lets be held as stored. One query at least.
    """
    free = holidays(plan.season.regency_id)
    return _built(plan.pk, plan.version, plan.season.version, free)


@lru_cache(maxsize=8)
def _built(plan_id: UUID, _plan_version: int, season_version: int, free: frozenset[date]) -> Built:
    plan = SeasonPlan.objects.only("season_id", "travel_id").get(pk=plan_id)
    tables = _tables(plan.season_id, season_version, plan.travel_id, free)
    return Built(tables, slots_of(plan, tables.instance))


@lru_cache(maxsize=4)
def _tables(season_id: UUID, _season_version: int, travel_id: UUID, _free: frozenset[date]) -> Tables:
    """Return the tables of a season, which all its plans share: a forum that moves leaves them as they are."""
    season = Season.objects.select_related("regency").get(pk=season_id)
    return Tables(instance_of(season, TravelTable.objects.get(pk=travel_id)))


def slots_of(plan: SeasonPlan, instance: Instance) -> dict[str, tuple[str, int]]:
    """Return village -> (team, day number) as stored; days that left the window are left out."""
    found = {}
    for village, team, on in PlanVisit.objects.filter(plan=plan).values_list("village_id", "team_id", "day"):
        day = instance.day_of(on)
        if day is not None:
            found[village] = (str(team), day)
    return found


def date_in(instance: Instance, day: int) -> date:
    """Return the calendar day of a day number of a season that knows its first Monday."""
    on = instance.date_of(day)
    if on is None:
        raise ValueError("a stored season knows its first day")
    return on
