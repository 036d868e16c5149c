"""Inclusion seen: a list of villages, one village. They read and write nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.inclusion import (
    FUNDED,
    GROUPS,
    PRESENT,
    PROPOSED,
    SPOKE,
    STEPS,
    classes,
)
from rembuk.cycles.labels import STAGE_TITLES
from rembuk.cycles.models import Cycle
from rembuk.dashboards import inclusion_labels as words
from rembuk.dashboards.inclusion import Line, Picture, Row, areas_of, rows_of, whole_of
from rembuk.dashboards.inclusion_filters import ORDERS, STATES, InclusionFilter
from rembuk.dashboards.inclusion_sheets import export
from rembuk.dashboards.views import budget_year
from rembuk.guidance.facilitation.queries import forum_of_cycle
from rembuk.regions.models import Village
from rembuk.regions.queries import village_by_id, villages_in
from rembuk.shared import clock
from rembuk.shared.web import opens, page, worn

PAGE_SIZE = 30
KINDS = ("csv", "xlsx")


def year_asked(request: HttpRequest) -> int:
    """Return the year in the address, or the newest one planned where it is none."""
    text = request.GET.get("tahun", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return asked if 2000 <= asked <= 2100 else budget_year(worn(request), clock.today())


def shared(year: int) -> dict[str, object]:
    """Return what both pages say: the year, the one before, the target, what each figure is."""
    return {
        "budget_year": year,
        "last_year": year - 1,
        "target": words.target_percent(),
        "target_basis": words.TARGET_BASIS,
        "definitions": words.DEFINITIONS,
        "lost_explained": words.lost_explained(),
        "groups": [(code, words.GROUP_NAMES[code]) for code in GROUPS],
        "step_names": [(step, words.STEP_NAMES[step]) for step in STEPS],
    }


@page("dashboards.inclusion")
def inclusion(request: HttpRequest) -> HttpResponse:
    """Every village in its place with shares beside last year; a hat of one village is led to that village."""
    hat = worn(request)
    if hat.place.village:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(reverse("dashboards:village_inclusion", args=[hat.place.village]) + query)
    year, wanted = year_asked(request), InclusionFilter.read(request.GET)
    every = rows_of(hat.place, villages_in(hat.place), year)
    areas = areas_of(every)
    rows = wanted.apply(every, words.TARGET)
    if request.GET.get("bentuk") in KINDS:
        return export(rows, areas, year, request.GET["bentuk"])
    chosen = next((each for each in areas if each.code == wanted.district), None)
    whole = chosen or (whole_of(areas, hat.place_name) if areas else None)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "filter": wanted,
        "page": shown,
        "rows": list(shown),
        "areas": areas,
        "whole": whole,
        "ladders": ladders(whole.picture) if whole is not None else [],
        "ladder_finding": words.ladder_finding(whole.picture) if whole is not None else "",
        "chosen": chosen,
        "states": STATES.items(),
        "orders": ORDERS.items(),
        **chart([row for row in every if chosen is None or row.village.district_id == chosen.code]),
    }
    return render(request, "dashboards/inclusion.html", context | shared(year))


@dataclass(frozen=True, slots=True)
class Class:
    """One bar of the picture: villages whose share of women lies in one class."""

    name: str
    now: int
    last: int


def chart(rows: Sequence[Row]) -> dict[str, object]:
    """Return the picture of a place: villages by their share of women, its finding, and how many cannot be told."""
    lines = [row.picture.women for row in rows]
    now = [line.now.share for line in lines if line.now.share is not None]
    last = [line.last.share for line in lines if line.last.share is not None]
    counted = zip(classes(now, words.CLASSES), classes(last, words.CLASSES), strict=True)
    bars = [Class(words.class_name(place), *pair) for place, pair in enumerate(counted)]
    return {
        "finding": words.place_finding(rows),
        "bars": bars,
        "most": max([1, *(bar.now for bar in bars), *(bar.last for bar in bars)]),
        "told_now": len(now),
        "told_last": len(last),
        "untold_now": len(lines) - len(now),
        "untold_last": len(lines) - len(last),
    }


def village_of(village: str) -> Village:
    """Find the village of an address. Raises: Http404."""
    if "\x00" in village:  # PostgreSQL takes it for no text at all
        raise Http404
    try:
        return village_by_id(village)
    except Village.DoesNotExist:
        raise Http404 from None


@dataclass(frozen=True, slots=True)
class Advice:
    """Something that is to be mended: what was seen, what helps, and where to go. links: (words, address)."""

    finding: str
    help: str
    links: Sequence[tuple[str, str]]


@page("dashboards.inclusion", of=village_of)
def village_inclusion(request: HttpRequest, village: Village) -> HttpResponse:
    """One village: its ladder beside last year, where a group gets lost and what helps, and each meeting."""
    hat, year = worn(request), year_asked(request)
    row = rows_of(village.place, [village], year)[0]
    context: dict[str, Any] = {
        "village": village,
        "row": row,
        "picture": row.picture,
        "ladders": ladders(row.picture),
        "ladder_finding": words.ladder_finding(row.picture),
        "advice": advice_of(hat, village, year, row.picture),
        "stands_for": represented(row.picture),
        "nothing": not any(line.now.share or line.last.share for line in row.picture.lines),
        "may_open": TABLE.allows(hat, "deliberation.read", village),
        "group_names": words.GROUP_NAMES,
    }
    return render(request, "dashboards/inclusion_village.html", context | shared(year))


def ladders(picture: Picture) -> list[tuple[object, list[Line]]]:
    """Return the steps of each group."""
    return [(words.GROUP_NAMES[group], [picture.line(group, step) for step in STEPS]) for group in GROUPS]


def represented(picture: Picture) -> list[tuple[object, int, int, int, int]]:
    """Return (group, meetings it was in, meetings held) of this year and of last year: so much may always be told."""
    now, last = picture.now, picture.last
    return [
        (words.GROUP_NAMES[code], now.represented.get(code, 0), now.held, last.represented.get(code, 0), last.held)
        for code in ("PEMUDA", "ADAT", "MISKIN", "DIFABEL")
    ]


def advice_of(hat: Hat, village: Village, year: int, picture: Picture) -> list[Advice]:
    """Return what is to be mended, the largest loss first. Three queries where there is anything."""
    found: list[tuple[str, str, str]] = [
        (words.loss_text(loss, picture), loss.after, loss.group) for loss in picture.losses
    ]
    if words.below_target(picture.women):
        share = picture.women.now.share
        assert share is not None
        text = _("Perempuan %(percent)d %% dari yang hadir, di bawah sasaran %(target)d %%")
        found.append((text % {"percent": share.percent, "target": words.target_percent()}, PRESENT, "PEREMPUAN"))
    if not found:
        return []
    cycle = Cycle.objects.filter(village=village, budget_year=year).first()
    forum = forum_of_cycle(cycle.pk) if cycle is not None else None
    return [
        Advice(text, str(words.ADVICE[step]), links_of(hat, village, year, cycle, forum, step, group))
        for text, step, group in found
    ]


def links_of(
    hat: Hat, village: Village, year: int, cycle: Cycle | None, forum: object, step: str, group: str
) -> list[tuple[str, str]]:
    """Return where to go: the step of the cycle, the forum's checklist, the proposals of the group."""
    found = []
    if cycle is not None:
        stage = words.ADVICE_STAGES[step]
        title = _("Tahap %(code)s: %(title)s") % {"code": stage, "title": STAGE_TITLES[stage]}
        found.append((title, reverse("cycles:stage", args=[cycle.pk, stage])))
    if forum is not None and step in (PRESENT, SPOKE):
        found.append((_("Daftar periksa keterlibatan di forum"), reverse("facilitation:forum", args=[forum])))
    if step in (PROPOSED, FUNDED):
        query = urlencode({"desa": village.id, "tahun": year, "kelompok": group})
        found.append((_("Usulan untuk kelompok ini"), f"{reverse('proposals:list')}?{query}"))
    return [(text, address) for text, address in found if opens(hat, address)]
