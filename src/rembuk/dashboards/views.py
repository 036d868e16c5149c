"""The work home of each role, and the board of villages."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE, Somewhere
from rembuk.core.workflow.stages import STAGES
from rembuk.cycles import queries as cycles
from rembuk.cycles.labels import STAGE_SHORT, STAGE_TITLES
from rembuk.dashboards import overview
from rembuk.dashboards.filters import ORDERS, STATES, BoardFilter
from rembuk.dashboards.permissions import OVERVIEW_ROLES
from rembuk.dashboards.village import village_home
from rembuk.regions.queries import village_by_id
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import page, worn

PAGE_SIZE = 50
LONGEST = 10


@page("dashboards.home")
def home(request: HttpRequest) -> HttpResponse:
    """Open with the next three duties; below them the village's cycle, or the overview of all villages.

    A resident and a reader from outside find the public page there: drafts, findings and the trail are not theirs.
    """
    hat = worn(request)
    day = clock.today()
    duties = cycles.next_duties(hat, day)
    if hat.place.village and TABLE.allows(hat, "cycles.read", Somewhere(hat.place)):
        may_propose = TABLE.allows(hat, "proposals.create", Somewhere(hat.place))
        context = {"duties": duties, "may_propose": may_propose, **village_home(hat, day)}
        return render(request, "dashboards/home_village.html", context)
    if hat.role not in OVERVIEW_ROLES:
        village = village_by_id(hat.place.village) if hat.place.village else None
        return render(request, "dashboards/home_plain.html", {"duties": duties, "today": day, "village": village})
    return render(request, "dashboards/home_overview.html", {"duties": duties, **regency_home(hat, day)})


def regency_home(hat: Hat, day: date) -> dict[str, object]:
    """Return what the overview of a regency or district shows. A constant number of queries."""
    year = budget_year(hat, day)
    board = cycles.board(hat.place, year, day)
    steps = overview.funnel(board)
    states = board.states
    return {
        "today": day,
        "budget_year": year,
        "total": len(board.rows),
        "enacted": states.get("ok", 0),
        "running": states.get("due", 0),
        "paused": states.get("paused", 0),
        "paused_reasons": overview.reasons(board.rows),
        "late": states.get("late", 0),
        "none": states.get("none", 0),
        "steps": steps,
        "funnel_finding": overview.funnel_finding(steps),
        "late_finding": overview.late_finding(board),
        "map": overview.map_of(board, overview.late_finding(board)),
        "districts": overview.by_district(board),
        "longest": [(row, STAGE_SHORT.get(row.held_at, "")) for row in longest(board)],
        "legal": legal_day(board),
        "rpjm": overview.rpjm_summary(cycles.rpjm_board(hat.place, day)),
    }


def longest(board: cycles.Board) -> list[cycles.BoardRow]:
    """Return the villages held longest, the excused among them."""
    held = [row for row in board.rows if row.days_late or row.state == "paused"]
    held.sort(key=lambda row: (-(row.days_late + row.excused_days), row.village.name, row.village.id))
    return held[:LONGEST]


def legal_day(board: cycles.Board) -> date | None:
    """Return the legal day of enactment, as the first cycle that has one says."""
    stages = (row.stage("K12") for row in board.rows)
    return next((stage.legal for stage in stages if stage is not None and stage.legal is not None), None)


def budget_year(hat: Hat, day: date) -> int:
    """Return the newest budget year that is being planned at the hat's place, else the coming one."""
    newest = cycles.cycles_seen_by(hat).values_list("budget_year", flat=True).order_by("-budget_year").first()
    return newest or day.year + 1


@page("dashboards.board")
def board(request: HttpRequest) -> HttpResponse:
    """Every village with its stages: search, filters in the address, count, paging, export of what is filtered."""
    hat = worn(request)
    day = clock.today()
    wanted = BoardFilter.read(request.GET)
    year_text = request.GET.get("tahun", "")
    year = int(year_text) if year_text.isdigit() else budget_year(hat, day)
    found = cycles.board(hat.place, year, day)
    rows = wanted.apply(found.rows)
    if request.GET.get("bentuk") == "csv":
        return export(rows, year)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal"))
    districts = sorted({(row.village.district_id, row.village.district.name) for row in found.rows})
    context = {
        "filter": wanted,
        "page": shown,
        "rows": list(shown),
        "codes": [(code, STAGE_SHORT[code], STAGE_TITLES[code]) for code in (*overview.FUNNEL, "K13", "K15")],
        "titles": {code: STAGE_TITLES[code] for code in STAGES},
        "districts": districts,
        "states": STATES.items(),
        "orders": ORDERS.items(),
        "budget_year": year,
        "today": day,
    }
    return render(request, "dashboards/board.html", context)


def export(rows: list[cycles.BoardRow], year: int) -> HttpResponse:
    """Return the filtered rows as CSV."""
    codes = list(STAGES)
    header = ["kode", "desa", "kecamatan", "keadaan", "tertahan_di", "terlambat_hari", "diakui_hari", "alasan", *codes]
    lines: list[list[str | int | None]] = [
        [
            row.village.code,
            row.village.name,
            row.village.district.name,
            overview.standing(row),
            row.held_at,
            row.days_late,
            row.excused_days,
            "; ".join(row.reasons),
            *[done_text(row.stage(code)) for code in codes],
        ]
        for row in rows
    ]
    response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tahapan-rkp-{year}.csv"'
    return response


def done_text(stage: cycles.StageState | None) -> str:
    return stage.done_date.isoformat() if stage is not None and stage.done_date is not None else ""
