"""The calendar of a plan as a page shows it: a row for a team, a column for a working day, a card for a forum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from rembuk.core.schedule import DAYS_A_WEEK, SATURDAY, DayOut, Instance, Leg, Plan, Team, Words, team_calendar
from rembuk.guidance.season.building import Built, date_in
from rembuk.guidance.season.labels import CLOSED

HUES = 8
"""Colours of the kecamatan; beyond them the first ones come again, the name stands beside them always."""


@dataclass(frozen=True, slots=True)
class Card:
    """One forum on the calendar. river: the team comes or goes by boat that day. fixed: agreed for good."""

    village: str
    name: str
    district: str
    hue: int
    start: str
    end: str
    river: bool = False
    speaker: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one team. shut: why it cannot be used. road: spent travelling. sleep: where it stays out."""

    day: str
    words: str
    shut: str = ""
    card: Card | None = None
    road: str = ""
    sleep: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One team and its days."""

    team: str
    name: str
    base: str
    forums: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """One week of the head. days: (calendar day, why nobody works then)."""

    number: int
    first: date
    days: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The whole calendar, or some weeks of it."""

    weeks: tuple[Week, ...]
    rows: tuple[Row, ...]
    districts: tuple[tuple[str, int], ...] = field(default=())


def clock_of(minutes: int) -> str:
    """Return minutes from midnight as people write them: 08.30."""
    return f"{minutes // 60:02d}.{minutes % 60:02d}"


def hours_of(minutes: int) -> str:
    """Return a length of time in words: 2 jam 5 menit."""
    hours, rest = divmod(minutes, 60)
    parts = [_("%(count)d jam") % {"count": hours}] if hours else []
    return " ".join([*parts, *([_("%(count)d menit") % {"count": rest}] if rest or not hours else [])])


def on(instance: Instance, out: DayOut) -> date:
    """Return the calendar day of a day out; a Saturday is one of them."""
    return date_in(instance, out.week * DAYS_A_WEEK) + timedelta(days=out.weekday)


def hues_of(instance: Instance) -> dict[str, int]:
    """Return kecamatan -> its colour."""
    codes = sorted({village.district for village in instance.villages})
    return {code: number % HUES + 1 for number, code in enumerate(codes)}


def grid_of(known: Built, week: int | None = None) -> Grid:
    """Return the calendar of a plan; week: only that one, counted from 0."""
    instance = known.instance
    shut = {block.day: str(CLOSED.get(block.reason, block.reason)) for block in instance.holidays}
    numbers = [week] if week is not None else range(instance.weeks)
    weeks = tuple(week_of(instance, number, shut) for number in numbers)
    draw = Drawing(known, shut)
    rows = tuple(draw.row(team, [one.number for one in weeks]) for team in instance.teams)
    names = ((instance.district_names.get(code, code), hue) for code, hue in draw.hues.items())
    return Grid(weeks, rows, tuple(names))


def week_of(instance: Instance, number: int, shut: Mapping[int, str]) -> Week:
    days = range(number * DAYS_A_WEEK, (number + 1) * DAYS_A_WEEK)
    return Week(number, date_in(instance, days[0]), tuple((date_in(instance, day), shut.get(day, "")) for day in days))


class Drawing:
    """What all rows of a calendar share."""

    def __init__(self, known: Built, shut: Mapping[int, str]) -> None:
        self.instance: Instance = known.instance
        self.plan: Plan = known.plan
        self.shut = shut
        self.words = Words(known.instance)
        self.hues = hues_of(known.instance)
        self.villages = {village.code: village for village in known.instance.villages}

    def row(self, team: Team, weeks: Iterable[int]) -> Row:
        outs = {(out.week, out.weekday): out for out in team_calendar(self.instance, self.plan, team.id)}
        off = {block.day: block.reason for block in team.off}
        cells = []
        for week in weeks:
            for weekday in range(DAYS_A_WEEK):
                day = week * DAYS_A_WEEK + weekday
                cells.append(self.cell(team, day, outs.get((week, weekday)), self.shut.get(day) or off.get(day, "")))
            if (late := outs.get((week, SATURDAY))) and late.before:
                cells[-1] = with_saturday(cells[-1])
        forums = sum(visit.team == team.id for visit in self.plan.visits)
        return Row(team.id, team.title, team.base, forums, tuple(cells))

    def cell(self, team: Team, day: int, out: DayOut | None, shut: str) -> Cell:
        on_day = date_in(self.instance, day).isoformat()
        words = self.words.day(day)
        if out is None:
            return Cell(on_day, words, shut)
        away = out.sleep and out.sleep != f"base:{team.base}"
        sleep = self.words.place(out.sleep) if away else ""
        road = self.words.place(out.before[-1].end) if out.travel_only else ""
        return Cell(on_day, words, shut, self.card(out) if out.visit else None, road, sleep)

    def card(self, out: DayOut) -> Card:
        visit = out.visit
        if visit is None:
            raise ValueError("a card is of a forum")
        village = self.villages[visit.village]
        return Card(
            village=village.code,
            name=village.title,
            district=self.instance.district_names.get(village.district, village.district),
            hue=self.hues[village.district],
            start=clock_of(visit.start),
            end=clock_of(visit.end),
            river=any(leg.river for leg in (*out.before, *out.after)),
            speaker=self.words.speakers.get(visit.speaker or "", ""),
            fixed=village.fixed is not None,
        )


def with_saturday(cell: Cell) -> Cell:
    """Return the Friday with the word that the way home takes the Saturday."""
    return Cell(cell.day, cell.words, cell.shut, cell.card, cell.road, cell.sleep or _("pulang Sabtu"))


def way_in_words(words: Words, leg: Leg) -> str:
    """Return one way as a print says it."""
    by = _("perahu") if leg.river else _("darat")
    return f"{words.place(leg.start)} {clock_of(leg.leave)} → {words.place(leg.end)} {clock_of(leg.arrive)} ({by})"
