"""The list of requests with its filters and export."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.hat import Hat
from rembuk.core.lists import regional_agencies
from rembuk.core.permissions import Somewhere
from rembuk.core.support_requests import KINDS, Owed
from rembuk.sectors import queries
from rembuk.sectors.labels import HOLDERS, STATE_CHIPS, STATES
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.permissions import allows
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page, worn

PER_PAGE = 50
WAITING = "menunggu"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the address."""

    search: str
    state: str
    kind: str
    agency: str

    @property
    def any(self) -> bool:
        return any((self.search, self.state, self.kind, self.agency))

    def keep(self, rows: "QuerySet[SupportRequest]", hat: Hat) -> "QuerySet[SupportRequest]":
        """Return the rows that are shown."""
        if self.search:
            words = Q(title__icontains=self.search) | Q(village__name__icontains=self.search)
            rows = rows.filter(words | Q(need__icontains=self.search))
        if self.state == WAITING:
            mine = queries.waiting(hat)
            open_rows = rows.exclude(state__in=("draft", "declined", "closed"))
            rows = rows.filter(pk__in=mine.values("pk")) if mine is not None else open_rows
        elif self.state:
            rows = rows.filter(state=self.state)
        rows = rows.filter(kind=self.kind) if self.kind else rows
        return rows.filter(agency=self.agency) if self.agency else rows


def wanted_of(request: HttpRequest) -> Wanted:
    get = request.GET
    state, kind, agency = get.get("keadaan", ""), get.get("jenis", ""), get.get("opd", "")
    return Wanted(
        get.get("cari", "").strip()[:80],
        state if state in STATES or state == WAITING else "",
        kind if kind in KINDS else "",
        agency if agency in regional_agencies() else "",
    )


@page("sectors.list")
def index(request: HttpRequest) -> HttpResponse:
    """The requests that the hat may read, newest first."""
    hat, today = worn(request), clock.today()
    wanted = wanted_of(request)
    shown = Paginator(wanted.keep(queries.requests_seen_by(hat), hat), PER_PAGE).get_page(request.GET.get("hal"))
    here = Somewhere(hat.place)
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [row_of(found, queries.owed_of(found, today)) for found in shown.object_list],
        "wanted": wanted,
        "waiting": WAITING,
        "states": STATES.items(),
        "kinds": KINDS.items(),
        "agencies": regional_agencies().values(),
        "may_draft": allows(hat, "draft", here),
        "today": today,
    }
    return render(request, "sectors/list.html", context)


def row_of(found: SupportRequest, owed: Owed | None) -> dict[str, object]:
    """Return what a line of the list shows."""
    return {
        "request": found,
        "kind": KINDS[found.kind],
        "state": STATES[found.state],
        "chip": "late" if owed and owed.late else STATE_CHIPS[found.state],
        "owed": owed,
        "holder": HOLDERS[owed.holder] if owed else "",
    }


@page("sectors.list")
def export(request: HttpRequest) -> HttpResponse:
    """The shown requests as a sheet."""
    hat, today = worn(request), clock.today()
    head = [
        _("Desa"),
        _("Kecamatan"),
        _("Permintaan"),
        _("Jenis"),
        _("Perangkat daerah"),
        _("Keadaan"),
        _("Nomor surat"),
        _("Paling lambat"),
        _("Petugas"),
        _("Hari"),
        _("Alasan atau hasil"),
    ]
    lines = []
    for found in wanted_of(request).keep(queries.requests_seen_by(hat), hat).iterator(chunk_size=500):
        owed = queries.owed_of(found, today)
        lines.append(
            (
                found.village.name,
                found.village.district.name,
                found.title,
                KINDS[found.kind],
                found.agency_name,
                str(STATES[found.state]),
                found.letter_number,
                owed.due.isoformat() if owed else "",
                found.officer,
                found.scheduled_date.isoformat() if found.scheduled_date else "",
                found.decline_reason or found.result_note,
            )
        )
    response = HttpResponse(xlsx_bytes([("Dukungan teknis", head, lines)]), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="dukungan-teknis.xlsx"'
    return response
