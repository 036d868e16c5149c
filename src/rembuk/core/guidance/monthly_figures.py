"""What a month of a facilitator adds up to: frozen lines and counts, as they go into the report and its digest.

    with_forums(hours, forums)    -> the hours of visits with those of facilitated forums
    weeks_of(month)               -> the days of a calendar page, Monday first
    MonthFigures.data / figures_from(data)  -> to JSON and back, unchanged

Names are kept as they were, states and kinds as codes. Nobody's name or question stands in it.
"""

import hashlib
import json
from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Final

from rembuk.core.guidance.monthly import Month

VERSION: Final = 1
LEVELS: Final = (120, 240, 480)
"""Minutes up to which a day is drawn light, half and full; beyond it is drawn dark."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day: minutes travelled and worked, and how many villages were seen. forums: how many were facilitated."""

    day: date
    travel_minutes: int
    work_minutes: int
    visits: int
    forums: int = 0

    @property
    def minutes(self) -> int:
        return self.travel_minutes + self.work_minutes

    @property
    def level(self) -> int:
        """0 for a day without minutes, then 1 to 4."""
        return 0 if not self.minutes else 1 + sum(self.minutes > most for most in LEVELS)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit that was made. time: ``09.00`` by the regency's clock, or empty. findings: how many were recorded."""

    key: str
    day: date
    time: str
    village: str
    district: str
    stage: str
    purpose: str
    mode: str
    state: str
    access: str
    travel_minutes: int | None
    work_minutes: int | None
    findings: int


@dataclass(frozen=True, slots=True)
class ForumLine:
    """A forum that was facilitated. position: guide | speaker | note_taker. minutes: of the sitting, None if unknown.

    counted: its evidence was verified, so that statistics count it as held.
    """

    key: str
    day: date
    time: str
    village: str
    district: str
    position: str
    state: str
    minutes: int | None
    counted: bool


@dataclass(frozen=True, slots=True)
class TicketLine:
    """A question to the clinic that the person took; its words and its asker stay out."""

    key: str
    day: date
    time: str
    village: str
    topic: str
    channel: str
    state: str


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem found. kind: finding | data | help. severity: of a finding, else empty; agency: asked for help."""

    day: date
    village: str
    kind: str
    severity: str
    text: str
    agency: str = ""


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """Everything that was gathered of a month. not_made: state -> planned visits that did not happen. items: state ->
    promises that the person recorded."""

    visits: tuple[VisitLine, ...] = ()
    not_made: Mapping[str, int] = field(default_factory=dict)
    forums: tuple[ForumLine, ...] = ()
    tickets: tuple[TicketLine, ...] = ()
    items: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[ProblemLine, ...] = ()
    hours: tuple[DayHours, ...] = ()

    @property
    def village_count(self) -> int:
        return len({(line.district, line.village) for line in self.visits})

    @property
    def travel_minutes(self) -> int:
        return sum(day.travel_minutes for day in self.hours)

    @property
    def work_minutes(self) -> int:
        return sum(day.work_minutes for day in self.hours)

    @property
    def minutes(self) -> int:
        return self.travel_minutes + self.work_minutes

    @property
    def item_count(self) -> int:
        return sum(self.items.values())

    @property
    def busiest(self) -> DayHours | None:
        """The day with most minutes, the earlier of two; None without any."""
        days = [day for day in self.hours if day.minutes]
        return min(days, key=lambda day: (-day.minutes, day.day)) if days else None

    @property
    def data(self) -> dict[str, Any]:
        """The figures as JSON values."""
        plain: dict[str, Any] = {"version": VERSION, **asdict(self)}
        for name in ("visits", "forums", "tickets", "problems", "hours"):
            plain[name] = [{**row, "day": row["day"].isoformat()} for row in plain[name]]
        return plain

    @property
    def digest(self) -> str:
        """SHA-256 of the figures."""
        text = json.dumps(self.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def figures_from(data: Mapping[str, Any]) -> MonthFigures:
    """Return the figures that `MonthFigures.data` wrote. Raises: ValueError for another version of them."""
    if data.get("version") != VERSION:
        raise ValueError(f"figures of version {data.get('version')}")
    lines = {
        "visits": VisitLine,
        "forums": ForumLine,
        "tickets": TicketLine,
        "problems": ProblemLine,
        "hours": DayHours,
    }
    read: dict[str, Any] = {
        name: tuple(kind(**{**row, "day": date.fromisoformat(row["day"])}) for row in data[name])
        for name, kind in lines.items()
    }
    return MonthFigures(**read, not_made=dict(data["not_made"]), items=dict(data["items"]))


def with_forums(hours: Iterable[DayHours], forums: Iterable[ForumLine]) -> tuple[DayHours, ...]:
    """Return the days of visits with the sittings of forums added as work, by day."""
    days = {day.day: day for day in hours}
    for forum in forums:
        day = days.get(forum.day, DayHours(forum.day, 0, 0, 0))
        days[forum.day] = replace(day, work_minutes=day.work_minutes + (forum.minutes or 0), forums=day.forums + 1)
    return tuple(days[key] for key in sorted(days))


def weeks_of(month: Month) -> tuple[tuple[date | None, ...], ...]:
    """Return the weeks of a calendar page, Monday first; None for days of the months beside it."""
    pages = Calendar(firstweekday=0).monthdatescalendar(month.year, month.month)
    return tuple(tuple(day if day.month == month.month else None for day in week) for week in pages)
