"""The list of forums of a year with its export, the board by kecamatan, and asking for all villages at once."""

from collections import Counter, defaultdict
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.core.errors import RembukError
from rembuk.core.guidance.forum_states import ForumState
from rembuk.core.permissions import TABLE
from rembuk.guidance.facilitation import queries, services
from rembuk.guidance.facilitation.filters import ForumFilter, apply_filter, read_filter
from rembuk.guidance.facilitation.labels import STATE_CHIPS, STATES
from rembuk.guidance.facilitation.queries import ForumRow
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.templatetags.rembuk import CHIP_ICONS
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 50
FLAG_WORDS = {
    "tanpa-perempuan": gettext_lazy("tanpa pemandu perempuan"),
    "kurang-bukti": gettext_lazy("bukti kurang"),
    "periksa-ulang": gettext_lazy("bukti berubah sesudah diverifikasi"),
}


def years() -> list[int]:
    """Return the plans that may be asked for, the one being made now first."""
    now = clock.today().year + 1
    return [now, now + 1, *range(now - 1, now - 5, -1)]


def wanted_of(request: HttpRequest) -> tuple[ForumFilter, list[ForumRow]]:
    """Return the filters and every line that passes them. Seven queries."""
    asked = read_filter(request.GET, years())
    rows = queries.forum_rows(list(apply_filter(queries.forums_seen_by(worn(request)), asked)))
    return asked, [row for row in rows if asked.keeps(row)]


@page("facilitation.list")
def index(request: HttpRequest) -> HttpResponse:
    """Show the forums of a year: filters in the address, a count, pages of fifty. Ten queries at most.

    Meetings are looked at for the page alone, unless the filters ask what only they can tell.
    """
    hat, asked = worn(request), read_filter(request.GET, years())
    shown: Page[Any]
    if asked.asks_records:
        shown = Paginator(wanted_of(request)[1], PER_PAGE).get_page(request.GET.get("hal"))
        rows: list[ForumRow] = list(shown.object_list)
    else:
        found = apply_filter(queries.forums_seen_by(hat), asked)
        shown = Paginator(found, PER_PAGE).get_page(request.GET.get("hal"))
        rows = queries.forum_rows(list(shown.object_list))
    districts = {} if hat.place.district else dict(villages_seen_by(hat).values_list("district_id", "district__name"))
    may_request = hat.role in TABLE.rows["facilitation.request"].roles
    context: dict[str, Any] = {
        "asked": asked,
        "page": shown,
        "count": shown.paginator.count,
        "lines": [line_shown(row) for row in rows],
        "districts": sorted(districts.items(), key=lambda pair: pair[1]),
        "states": STATES.items(),
        "flags": FLAG_WORDS.items(),
        "years": sorted(years(), reverse=True),
        "left": queries.cycles_without_forum(hat.place, asked.year).count() if may_request else 0,
        "export": request.GET.urlencode(),
    }
    return render(request, "facilitation/list.html", context)


def line_shown(row: ForumRow) -> dict[str, Any]:
    state = row.seen.state
    chip = STATE_CHIPS[state]
    return {"row": row, "forum": row.forum, "state": STATES[state], "chip": chip, "icon": CHIP_ICONS[chip]}


@page("facilitation.list")
def export(request: HttpRequest) -> HttpResponse:
    """Write exactly the filtered forums as XLSX; nobody's name stands in it."""
    asked, rows = wanted_of(request)
    header = (
        *(_("kecamatan"), _("desa"), _("kode"), _("tahun rencana"), _("hari"), _("keadaan")),
        *(_("terhitung sudah Musrenbang"), _("pemandu"), _("pemandu perempuan")),
        *(_("hadir laki-laki"), _("hadir perempuan"), _("bukti kurang")),
    )
    content = xlsx_bytes([(_("Musrenbang"), header, [cells_of(row) for row in rows])])
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="musrenbang-{asked.year}.xlsx"'
    return response


def cells_of(row: ForumRow) -> list[str | int | None]:
    forum, record = row.forum, row.seen.record
    return [
        forum.village.district.name,
        forum.village.name,
        forum.village.code,
        forum.cycle.budget_year,
        forum.day.isoformat() if forum.day else "",
        str(STATES[row.seen.state]),
        _("ya") if row.seen.counted else _("belum"),
        row.guides,
        row.women_guides,
        record.men if record is not None else None,
        record.women if record is not None else None,
        row.missing,
    ]


@page("facilitation.list")
def board(request: HttpRequest) -> HttpResponse:
    """Show every village of a year by kecamatan with its state, and the figure that counts. Ten queries at most."""
    hat, year = worn(request), read_filter(request.GET, years()).year
    asked = ForumFilter(year=year)
    rows = queries.forum_rows(list(apply_filter(queries.forums_seen_by(hat), asked)))
    by_district: dict[str, list[ForumRow]] = defaultdict(list)
    for row in rows:
        by_district[row.forum.village.district_id].append(row)
    seen = [row.seen for row in rows]
    parts = queries.district_figures(hat.place, asked.year, seen)
    whole = queries.figures_of(hat.place, asked.year, seen)
    states = Counter(row.seen.state for row in rows)
    context = {
        "asked": asked,
        "years": sorted(years(), reverse=True),
        "whole": whole,
        "districts": [(part, [line_shown(row) for row in by_district[part.code]]) for part in parts],
        "states": [(STATES[state], STATE_CHIPS[state], states[state]) for state in ForumState if states[state]],
    }
    return render(request, "facilitation/board.html", context)


@page("facilitation.request", methods=("POST",))
def request_all(request: HttpRequest) -> HttpResponse:
    """Ask for the forum of every open cycle of a year at or below the hat's place."""
    hat = worn(request)
    text = request.POST.get("tahun", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else years()[0]
    cycles = list(queries.cycles_without_forum(hat.place, year).values_list("pk", flat=True))
    address = f"{reverse('facilitation:list')}?tahun={year}"
    if not cycles:
        messages.info(request, _("Semua siklus terbuka tahun %(year)s sudah punya forum.") % {"year": year})
        return redirect(address)
    try:
        made = services.request_forums(cycle_ids=cycles, actor=hat, at=clock.now()).opened
    except RembukError as error:
        return refusal(request, error)
    words = ngettext("%(count)d forum dibuka.", "%(count)d forum dibuka.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect(address)
