"""The list of meetings and its export."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.deliberation.facts import Counts, counts_of
from rembuk.deliberation.filters import MeetingFilter, apply_filter, read_filter
from rembuk.deliberation.labels import KINDS, STATES
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import meetings_seen_by, with_places
from rembuk.deliberation.views.targets import zone_of
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 50
CHUNK = 500


def filtered(request: HttpRequest) -> tuple[MeetingFilter, Any]:
    asked = read_filter(request.GET)
    return asked, apply_filter(with_places(meetings_seen_by(worn(request))), asked)


@page("deliberation.list")
def index(request: HttpRequest) -> HttpResponse:
    """Show the hat's meetings: filters in the address, a count, pages of fifty. Nine queries at most."""
    asked, rows = filtered(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    meetings = list(shown.object_list)
    counts = counts_of(meetings)
    context = {
        "asked": asked,
        "page": shown,
        "count": shown.paginator.count,
        "lines": [(meeting, counts[meeting.id]) for meeting in meetings],
        "export": request.GET.urlencode(),
        "kinds": KINDS.items(),
        "states": STATES.items(),
        **choices(worn(request)),
    }
    return render(request, "deliberation/list.html", context)


def choices(hat: Hat) -> dict[str, Any]:
    """Return what the filters offer, and where a new meeting may be planned. Two queries."""
    this_year = clock.today().year
    in_village = bool(hat.place.village)
    villages = [] if in_village else list(villages_seen_by(hat).values_list("id", "name"))
    cycles: list[Cycle] = []
    if in_village and hat.role in TABLE.rows["deliberation.create"].roles:
        open_ones = Cycle.every.filter(village_id=hat.place.village, closed_at__isnull=True)
        cycles = list(open_ones.order_by("-budget_year", "id"))
    return {
        "villages": villages,
        "years": range(this_year + 1, this_year - 5, -1),
        "cycles": cycles,
        "may_rules": in_village and hat.role in TABLE.rows["deliberation.set_rules"].roles,
        "own_village": hat.place.village,
    }


@page("deliberation.list")
def export(request: HttpRequest) -> HttpResponse:
    """Write exactly the filtered meetings as CSV, with counts and without anybody's name."""
    _asked, rows = filtered(request)
    meetings = list(rows)
    counts: dict[UUID, Counts] = {}
    for start in range(0, len(meetings), CHUNK):
        counts |= counts_of(meetings[start : start + CHUNK])
    header = [
        *(_("tanggal"), _("jam"), _("jenis"), _("judul"), _("desa"), _("kecamatan"), _("tempat"), _("keadaan")),
        *(_("diundang"), _("hadir laki-laki"), _("hadir perempuan"), _("keputusan"), _("nomor berita acara")),
    ]
    lines = [line_of(meeting, counts[meeting.id]) for meeting in meetings]
    response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="musyawarah-{clock.today():%Y%m%d}.csv"'
    return response


def line_of(meeting: Meeting, counts: Counts) -> list[str | int | None]:
    local = (meeting.started_at or meeting.scheduled_at).astimezone(zone_of(meeting))
    return [
        f"{local:%Y-%m-%d}",
        f"{local:%H.%M}",
        str(KINDS[meeting.kind]),
        meeting.title,
        meeting.village.name,
        meeting.village.district.name,
        meeting.location,
        str(STATES[meeting.state]),
        counts.invited,
        counts.men,
        counts.women,
        counts.decisions,
        meeting.minutes_number,
    ]
