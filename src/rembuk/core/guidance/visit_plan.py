"""A season of visits: which village on which day, and what stands against a team on a day, in words.

    spread(stops, start, end, holidays)       -> village -> day, in the order of the route, or NoRoomError
    route(stops)                              -> the same villages, each next to the one before
    check_day(...)                            -> findings: refused (block) or to think of (warn)

Speeds and distances are a rule of thumb of the programme (design): nobody has measured every river.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import Final

from rembuk.core.calendar import is_working_day
from rembuk.core.documents.frame import date_text
from rembuk.core.errors import Finding

WATER: Final = frozenset({"river", "lake", "sea"})
DAY_APART_KM: Final = {"land": 60.0, "water": 25.0}
"""As the crow flies: farther apart than this and one person cannot work in both villages on one day."""
EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A village as a journey sees it. latitude and longitude in degrees, None where nobody has measured."""

    village: str
    name: str
    district: str
    access_mode: str = "unknown"
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Days on which a person of the team may work there: begins and ends with the assignment; covers: its place."""

    person: str
    name: str
    start: date
    end: date | None
    covers: bool = True


class NoRoomError(Exception):
    """The window has fewer working days than there are villages."""

    def __init__(self, needed: int, there: int) -> None:
        super().__init__(needed, there)
        self.needed, self.there = needed, there


def kilometres(one: Stop, other: Stop) -> float | None:
    """Return the distance as the crow flies, None where a place has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    lat, lon = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    half = sin(lat / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(lon / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def is_day_apart(one: Stop, other: Stop) -> bool | None:
    """Return whether two villages are too far for one day; None where nobody can tell."""
    if one.village == other.village:
        return False
    far = kilometres(one, other)
    if far is None:
        return None if one.district != other.district else False
    way = "water" if one.access_mode in WATER or other.access_mode in WATER else "land"
    return far > DAY_APART_KM[way]


def working_days(start: date, end: date, holidays: AbstractSet[date] | None = None) -> list[date]:
    """Return the working days from *start* to *end*, both counted."""
    days = (start + timedelta(days=step) for step in range((end - start).days + 1))
    return [day for day in days if is_working_day(day, holidays)]


def route(stops: Iterable[Stop]) -> list[Stop]:
    """Return the villages district by district, in each the nearest next; without coordinates by name."""
    left = sorted(stops, key=lambda stop: (stop.district, stop.name, stop.village))
    way: list[Stop] = []
    while left:
        last = way[-1] if way else None
        near = [stop for stop in left if last is not None and stop.district == last.district] or [
            stop for stop in left if stop.district == left[0].district
        ]
        following = near[0] if last is None else min(near, key=lambda stop: (kilometres(last, stop) or 0.0, stop.name))
        way.append(following)
        left.remove(following)
    return way


def spread(
    stops: Sequence[Stop],
    start: date,
    end: date,
    holidays: AbstractSet[date] | None = None,
    *,
    taken: AbstractSet[date] = frozenset(),
) -> dict[str, date]:
    """Return village -> day: one village a working day along the route, evenly over the window.

    taken: days on which the team is busy already. Raises: NoRoomError.
    """
    days = [day for day in working_days(start, end, holidays) if day not in taken]
    if len(days) < len(stops):
        raise NoRoomError(len(stops), len(days))
    way = route(stops)
    return {stop.village: days[index * len(days) // len(way)] for index, stop in enumerate(way)}


def check_team(stop: Stop, day: date, team: Iterable[Duty]) -> list[Finding]:
    """Return what keeps a person from this visit: not yet or no longer assigned on that day, or not for that place."""
    found = []
    for duty in team:
        if not duty.covers:
            words = f"{duty.name} tidak bertugas di {stop.name}. Pilih orang lain, atau minta penugasannya."
        elif day < duty.start:
            words = (
                f"Penugasan {duty.name} baru mulai {date_text(duty.start)}; kunjungan {stop.name} direncanakan "
                f"{date_text(day)}. Pilih hari sesudahnya atau orang lain."
            )
        elif duty.end is not None and day > duty.end:
            words = (
                f"Penugasan {duty.name} berakhir {date_text(duty.end)}, sebelum kunjungan {stop.name} pada "
                f"{date_text(day)}. Pilih orang lain."
            )
        else:
            continue
        found.append(Finding("visit-assignment", "block", words, subject=stop.village))
    return found


def check_same_day(stop: Stop, day: date, others: Iterable[tuple[str, Stop]]) -> list[Finding]:
    """Return what stands against a second village on one day.

    others: (name of the person, where they are planned that day). A day apart is refused; near by is said.
    """
    found = []
    for name, other in others:
        apart = is_day_apart(stop, other)
        on = date_text(day)
        if other.village == stop.village:
            words, severity = f"{name} sudah direncanakan ke {stop.name} pada {on}.", "block"
        elif apart:
            far = round(kilometres(stop, other) or 0)
            words = (
                f"{name} pada {on} sudah direncanakan ke {other.name}, sekitar {far} km dari {stop.name}: "
                "tidak terkejar dalam satu hari. Pilih hari atau orang lain."
            )
            severity = "block"
        elif apart is None:
            words = f"{name} pada {on} juga ke {other.name}; jarak dari {stop.name} belum diketahui. Pastikan sempat."
            severity = "warn"
        else:
            words, severity = f"{name} pada {on} juga ke {other.name}. Pastikan waktunya cukup untuk dua desa.", "warn"
        found.append(Finding("visit-same-day", severity, words, subject=stop.village))  # type: ignore[arg-type]
    return found
