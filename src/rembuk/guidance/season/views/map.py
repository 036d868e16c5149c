"""The map of a plan, drawn by the server: a dot for each village with the number of its team or week in it."""

from dataclasses import dataclass
from math import cos, radians

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rembuk.core.schedule import DAYS_A_WEEK, Words
from rembuk.guidance.season import queries
from rembuk.guidance.season.building import Built, built
from rembuk.guidance.season.models import SeasonPlan
from rembuk.guidance.season.views.finding import plan_of, shown
from rembuk.guidance.season.views.plans import head
from rembuk.regions.models import Village
from rembuk.shared.web import page, worn

WIDTH = 1000.0
EDGE = 34.0
GOLDEN = 137.508
"""Degrees between the hues of neighbours in the legend, so that near numbers look unlike."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One village on the map. mark: number in the dot, "" for a village without a forum."""

    x: float
    y: float
    name: str
    title: str
    mark: str
    colour: str


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend."""

    mark: str
    words: str
    colour: str
    count: int


@page("season.read", of=plan_of)
def plan_map(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The villages where they lie, coloured by team, or by week as the address says."""
    hat = worn(request)
    by_week = request.GET.get("warna") == "minggu"
    known = built(found)
    villages = [one for one in queries.villages_of(found.season) if hat.place.covers(one.place)]
    keys = keys_of(known, by_week)
    placed = [one for one in villages if one.latitude is not None and one.longitude is not None]
    dots, height = dots_of(known, placed, keys, by_week)
    seen = {dot.mark for dot in dots}
    context = {
        **head(hat, found, "peta"),
        "by_week": by_week,
        "dots": dots,
        "height": height,
        "width": WIDTH,
        "keys": [key for key in keys.values() if key.mark in seen],
        "without": [dot.name for dot in dots if not dot.mark],
        "lost": [one.name for one in villages if one not in placed],
    }
    return shown(request, "season/map.html", context)


def keys_of(known: Built, by_week: bool) -> dict[str, Key]:
    """Return team or week -> its entry in the legend, numbered from 1."""
    words = Words(known.instance)
    if by_week:
        names = [
            (
                str(week),
                _("Minggu ke-%(number)d: mulai %(day)s") % {"number": week + 1, "day": words.day(week * DAYS_A_WEEK)},
            )
            for week in range(known.instance.weeks)
        ]
    else:
        names = [(team.id, f"{team.title} ({team.base})") for team in known.instance.teams]
    held = [group_of(slot, by_week) for slot in known.plan.slots().values()]
    return {
        code: Key(str(number), name, colour_of(number), held.count(code))
        for number, (code, name) in enumerate(names, start=1)
    }


def group_of(slot: tuple[str, int], by_week: bool) -> str:
    return str(slot[1] // DAYS_A_WEEK) if by_week else slot[0]


def colour_of(number: int) -> str:
    """Return a colour dark enough for the white number that stands on it."""
    return f"hsl({number * GOLDEN % 360:.0f} {(62, 48, 70)[number % 3]}% {(30, 38, 24)[number % 3]}%)"


def dots_of(known: Built, villages: list[Village], keys: dict[str, Key], by_week: bool) -> tuple[list[Dot], float]:
    """Return the dots and the height of the map; a degree of longitude is as wide as it is there."""
    if not villages:
        return [], 200.0
    slots, words = known.plan.slots(), Words(known.instance)
    points = {one.pk: (float(one.longitude or 0), float(one.latitude or 0)) for one in villages}
    west, east = min(x for x, _y in points.values()), max(x for x, _y in points.values())
    south, north = min(y for _x, y in points.values()), max(y for _x, y in points.values())
    shrink = cos(radians((south + north) / 2))
    scale = (WIDTH - 2 * EDGE) / max((east - west) * shrink, (north - south) * 0.7, 0.02)
    left = (WIDTH - (east - west) * shrink * scale) / 2
    dots = []
    for one in villages:
        x, y = points[one.pk]
        slot = slots.get(one.pk)
        key = keys.get(group_of(slot, by_week)) if slot else None
        place = f"{words.team(slot[0])}, {words.day(slot[1])}" if slot else _("belum terjadwal")
        dots.append(
            Dot(
                x=round(left + (x - west) * shrink * scale, 1),
                y=round(EDGE + (north - y) * scale, 1),
                name=one.name,
                title=f"{one.name}, {one.district.name}: {place}",
                mark=key.mark if key else "",
                colour=key.colour if key else "",
            )
        )
    return sorted(dots, key=lambda dot: bool(dot.mark)), round(2 * EDGE + (north - south) * scale, 1)
