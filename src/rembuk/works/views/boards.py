"""The list of works: of a place by year, and the board of one village and year with its filters and export."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import RembukError
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import FIELDS
from rembuk.plans.typed import number_text
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.works import queries, services
from rembuk.works.labels import STATE_CHIPS, STATES
from rembuk.works.permissions import allows
from rembuk.works.queries import WorkRow
from rembuk.works.views.finding import cycle_of

PER_PAGE = 50
YEARS_BACK = 5


@page("works.list")
def index(request: HttpRequest) -> HttpResponse:
    """Lead a village to the year being spent; show wider hats how far each village is."""
    hat, today = worn(request), clock.today()
    rows = queries.cycles_seen_by(hat)
    if hat.place.village and "semua" not in request.GET:
        here = rows.filter(budget_year=today.year).first() or rows.first()
        if here is not None and allows(hat, "read", here):
            return redirect("works:cycle", cycle_id=here.pk)
    search, year = request.GET.get("cari", "").strip()[:60], request.GET.get("tahun", "")
    if search:
        rows = rows.filter(village__name__icontains=search)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(budget_year=int(year))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    counts = queries.counts_of([row.pk for row in shown.object_list])
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(row, counts[row.pk]) for row in shown.object_list],
        "search": search,
        "year": year,
        "years": [str(number) for number in range(today.year + 1, today.year - YEARS_BACK, -1)],
    }
    return render(request, "works/list.html", context)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the address."""

    search: str
    state: str
    field: str

    def keeps(self, row: WorkRow) -> bool:
        """Return whether *row* is shown."""
        found = self.search.casefold() in f"{row.code} {row.name} {row.location}".casefold()
        state = not self.state or row.state == self.state
        return found and state and (not self.field or row.code.split(".")[0] == self.field)


def wanted_of(request: HttpRequest) -> Wanted:
    get = request.GET
    state, field = get.get("keadaan", ""), get.get("bidang", "")
    return Wanted(
        get.get("cari", "").strip()[:80],
        state if state in STATES else "",
        field if field in ("1", "2", "3", "4", "5") else "",
    )


@page("works.read", of=cycle_of)
def board(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Every activity of the year's budget with its work: budget, paid, progress, state."""
    hat = hat_of(request)
    everything = queries.board_of(cycle, local_day(cycle.village.regency, clock.now()))
    wanted = wanted_of(request)
    rows = [row for row in everything if wanted.keeps(row)]
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    waiting = sum(row.state == "waiting" for row in everything)
    context: dict[str, Any] = {
        "cycle": cycle,
        "tab": "pelaksanaan",
        "page": shown,
        "rows": [(row, STATES[row.state], STATE_CHIPS[row.state]) for row in shown.object_list],
        "count": len(rows),
        "all_count": len(everything),
        "budget": sum(row.budget for row in rows),
        "spent": sum(row.spent for row in rows),
        "left": sum(row.left for row in rows),
        "wanted": wanted,
        "states": [(state, words, sum(row.state == state for row in everything)) for state, words in STATES.items()],
        "fields": [(str(number), words) for number, words in FIELDS.items() if number],
        "waiting": waiting,
        "may_open": bool(waiting) and allows(hat, "open", cycle),
        "next": next_cycle(cycle),
    }
    after = context["next"]
    context["may_evaluate"] = after is not None and bool(everything) and allows(hat, "evaluate", after)
    return render(request, "works/board.html", context)


def next_cycle(cycle: Cycle) -> Cycle | None:
    """Return the open cycle that evaluates this year, if there is one."""
    rows = Cycle.objects.filter(village_id=cycle.village_id, budget_year=cycle.budget_year + 1, closed_at__isnull=True)
    return rows.select_related("village").first()


@page("works.read", of=cycle_of)
def export(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The filtered board as XLSX."""
    wanted = wanted_of(request)
    rows = [
        (
            row.code,
            row.name,
            row.location,
            number_text(row.work.target_volume) if row.work is not None else "",
            row.work.unit if row.work is not None else "",
            row.work.implementer if row.work is not None else "",
            row.budget,
            row.spent,
            row.left,
            row.percent,
            str(STATES[row.state]),
        )
        for row in queries.board_of(cycle, local_day(cycle.village.regency, clock.now()))
        if wanted.keeps(row)
    ]
    header = (
        _("kode"),
        _("kegiatan"),
        _("lokasi"),
        _("volume"),
        _("satuan"),
        _("pelaksana"),
        _("anggaran (Rp)"),
        _("realisasi (Rp)"),
        _("sisa (Rp)"),
        _("kemajuan (%)"),
        _("keadaan"),
    )
    response = HttpResponse(xlsx_bytes([("Pelaksanaan", header, rows)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="pelaksanaan-{cycle.budget_year}.xlsx"'
    return response


@page("works.open", of=cycle_of, methods=("POST",))
def open_them(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Open the works of the chosen activities, or of all that wait."""
    keys = None if request.POST.get("semua") else request.POST.getlist("kegiatan")
    try:
        made = services.open_works(cycle_id=cycle.pk, keys=keys, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = ngettext("%(count)d pekerjaan dibuka.", "%(count)d pekerjaan dibuka.", len(made))
    messages.success(request, words % {"count": len(made)})
    return redirect("works:cycle", cycle_id=cycle.pk)


@page("works.evaluate", of=cycle_of, methods=("POST",))
def evaluate(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Bring last year's works into the evaluation of this cycle."""
    try:
        rows = services.bring_evaluation(cycle_id=cycle.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = _("%(count)s baris evaluasi terisi dari pelaksanaan. Tidak ada angka yang diketik ulang.")
    messages.success(request, words % {"count": len(rows)})
    return redirect("plans:evaluation", cycle.pk)
