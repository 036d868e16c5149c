"""The RPJM Desa of every village of a place, and opening its cycle after an inauguration."""

from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.dated import in_force
from rembuk.core.law.deadlines import DEADLINES
from rembuk.core.law.terms import RPJMDES_YEARS
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.rpjm_stages import RPJM_STAGES, lawful_years
from rembuk.cycles import queries, services
from rembuk.cycles.filters import RPJM_STATES, RpjmFilter
from rembuk.cycles.forms import OpenRpjmForm
from rembuk.cycles.labels import STAGE_TITLES
from rembuk.cycles.queries import BoardRow, StageState
from rembuk.cycles.views.targets import village_of
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 50
LAW = "R10"


@page("cycles.list")
def rpjm_list(request: HttpRequest) -> HttpResponse:
    """Every village with the cycle of its RPJM Desa: where it is held, and how far the legal day is."""
    hat = worn(request)
    wanted = RpjmFilter.read(request.GET)
    found = queries.rpjm_board(hat.place, clock.today())
    rows = wanted.apply(found.rows)
    if request.GET.get("bentuk") == "csv":
        return export(rows)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal"))
    context = {
        "filter": wanted,
        "page": shown,
        "rows": [
            (row, row.stage(row.held_at), row.stage(LAW), TABLE.allows(hat, "cycles.open_rpjm", row.village))
            for row in shown
        ],
        "states": RPJM_STATES.items(),
        "stages": [(code, STAGE_TITLES[code]) for code in RPJM_STAGES],
        "late": found.states.get("late", 0),
        "today": clock.today(),
    }
    return render(request, "cycles/rpjm_list.html", context)


def export(rows: list[BoardRow]) -> HttpResponse:
    """Return the filtered rows as CSV."""
    header = ["kode", "desa", "kecamatan", "keadaan", "tertahan_di", "terlambat_hari", "batas_perdes", *RPJM_STAGES]
    lines: list[list[str | int | None]] = [
        [
            row.village.code,
            row.village.name,
            row.village.district.name,
            str(RPJM_STATES[row.state]),
            row.held_at,
            row.days_late,
            day_text(row.stage(LAW), "due"),
            *[day_text(row.stage(code), "done_date") for code in RPJM_STAGES],
        ]
        for row in rows
    ]
    response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tahapan-rpjm.csv"'
    return response


def day_text(stage: StageState | None, name: str) -> str:
    day = getattr(stage, name) if stage is not None else None
    return day.isoformat() if day is not None else ""


@page("cycles.open_rpjm", of=village_of, methods=("GET", "POST"))
def open_rpjm(request: HttpRequest, village: Village) -> HttpResponse:
    """Start the RPJM Desa of a new village head: the day of the inauguration, and the years that follow from it."""
    form = OpenRpjmForm(request.POST or None, initial={"cycle_id": uuid4()})
    error: RembukError | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.open_rpjm_cycle(
                village=village,
                inauguration_date=data["inauguration_date"],
                start_year=data["start_year"],
                end_year=data["end_year"],
                cycle_id=data["cycle_id"],
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as refused:
            if refused.status == 403:
                return refusal(request, refused)
            error = refused
        else:
            messages.success(request, _("Siklus %(cycle)s dibuka.") % {"cycle": made.title})
            return redirect("cycles:cycle", cycle_id=made.pk)
    context = {
        "village": village,
        "form": form,
        "lawful": lawful_years(clock.today()),
        "clock_source": DEADLINES["D01"].source,
        "years_source": in_force(RPJMDES_YEARS, clock.today()).source,
        "running": queries.current_rpjm_cycle(village),
        "sentence": sentence(error) if error else "",
    }
    status = error.status if error else (400 if form.is_bound else 200)
    return render(request, "cycles/open_rpjm.html", context, status=status)
