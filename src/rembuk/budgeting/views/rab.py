"""The estimates of the plan beside those of the budget: all activities, one line of the budget, and as a sheet."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.budgeting import queries
from rembuk.budgeting.apb_labels import RAB_CHIPS, RAB_KINDS, RAB_LINKED
from rembuk.budgeting.comparing import amount_of
from rembuk.budgeting.models import ApbdesLine
from rembuk.budgeting.rab_comparing import RabComparison, rab_comparison_of, rab_row
from rembuk.budgeting.views.apbdes import amending_of, attached, cycle_of
from rembuk.core.budget import RabDifference
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import FIELDS
from rembuk.plans.queries import items_of
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class WantedRab:
    """The filters of the address."""

    search: str
    kind: str
    field: str

    def keeps(self, row: RabDifference) -> bool:
        """Return whether *row* is shown."""
        return (
            self.search.casefold() in f"{row.code} {row.name}".casefold()
            and self.kind in ("", row.kind)
            and self.field in ("", row.code.split(".")[0])
        )


def wanted_of(request: HttpRequest) -> WantedRab:
    kind, field = request.GET.get("beda", ""), request.GET.get("bidang", "")
    return WantedRab(
        request.GET.get("cari", "").strip()[:80],
        kind if kind in RAB_KINDS else "",
        field if field in ("1", "2", "3", "4", "5") else "",
    )


def line_of(line_id: UUID) -> ApbdesLine:
    return queries.line_by_id(line_id)


@page("budgeting.read_apbdes", of=cycle_of)
def compare(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Every activity with its estimate in the plan and in the budget, with filters in the address."""
    found = rab_comparison_of(cycle)
    if found is None:
        return redirect("budgeting:apbdes", cycle_id=cycle.pk)
    wanted = wanted_of(request)
    rows = [row for row in found.rows if wanted.keeps(row)]
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context: dict[str, Any] = {
        "cycle": cycle,
        "tab": "rab",
        "page": shown,
        "count": len(rows),
        "all_count": len(found.rows),
        "with_rab": sum(row.estimated is not None for row in found.rows),
        "rows": [
            {
                "row": row,
                "words": RAB_KINDS[row.kind],
                "chip": RAB_CHIPS[row.kind],
                "lines": found.lines.get(row.key, ()),
            }
            for row in shown.object_list
        ],
        "planned": sum(row.planned or 0 for row in rows),
        "estimated": sum(row.estimated or 0 for row in rows),
        "change": sum(row.change or 0 for row in rows),
        "budgeted": sum(row.budgeted for row in rows),
        "wanted": wanted,
        "kinds": [(kind, words, sum(row.kind == kind for row in found.rows)) for kind, words in RAB_KINDS.items()],
        "fields": [(str(number), words) for number, words in FIELDS.items() if number],
        "findings": findings_of(found),
        **amending_of(cycle),
    }
    return render(request, "budgeting/rab.html", context)


def findings_of(found: RabComparison) -> list[tuple[ApbdesLine, str]]:
    """Return each sum that does not agree with the line whose estimate it stands in."""
    return [
        (line, finding["sentence"])
        for lines in found.lines.values()
        for line in lines
        for estimate in found.estimates.get(line.pk, ())
        for finding in estimate.findings
    ]


@page("budgeting.read_apbdes", of=line_of)
def line(request: HttpRequest, found: ApbdesLine) -> HttpResponse:
    """One line of the budget: its money, its plan item, its estimates, and the estimate that was planned."""
    cycle = found.version.apbdes.cycle
    newest = queries.current_version(cycle.pk)
    lines = queries.lines_of(found.version_id)
    own = [each for each in lines if each.item_id == found.item_id] if found.item_id is not None else [found]
    item = None
    if found.item is not None:
        item = next(each for each in items_of(found.item.plan_id) if each.pk == found.item_id)
    estimates = queries.estimates_of(found.version_id)
    context = {
        "cycle": cycle,
        "tab": "rab",
        "line": found,
        "amount": amount_of(found),
        "newest": newest is not None and newest.pk == found.version_id,
        "row": rab_row(str(found.item_id or found.pk), item, own, estimates),
        "siblings": [each for each in own if each.pk != found.pk],
        "estimates": [(estimate, RAB_LINKED[estimate.linked_by]) for estimate in estimates.get(found.pk, ())],
        "plan_lines": list(item.rab_lines.all()) if item is not None else [],
    }
    return render(request, "budgeting/apbdes_line.html", context)


@page("budgeting.read_apbdes", of=cycle_of)
def export(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The filtered activities as XLSX, and every row of the budget's estimates that belongs to them."""
    found = rab_comparison_of(cycle)
    if found is None:
        return redirect("budgeting:apbdes", cycle_id=cycle.pk)
    wanted = wanted_of(request)
    rows = [row for row in found.rows if wanted.keeps(row)]
    header = (
        _("kode"),
        _("kegiatan"),
        _("keadaan"),
        _("RAB RKP (Rp)"),
        _("RAB APB (Rp)"),
        _("selisih RAB (Rp)"),
        _("anggaran APB (Rp)"),
    )
    sums = [
        (row.code, row.name, str(RAB_KINDS[row.kind]), row.planned, row.estimated, row.change, row.budgeted)
        for row in rows
    ]
    second = (
        _("baris APB"),
        _("kode"),
        _("kegiatan APB"),
        _("lembar"),
        _("baris"),
        _("uraian"),
        _("volume"),
        _("satuan"),
        _("harga satuan"),
        _("jumlah (Rp)"),
    )
    data = xlsx_bytes([("RAB per kegiatan", header, sums), ("Baris RAB APB", second, estimate_rows(found, rows))])
    return attached(data, f"rab-rkp-apb-{cycle.budget_year}.xlsx")


def estimate_rows(found: RabComparison, rows: list[RabDifference]) -> list[tuple[str | int, ...]]:
    """Return every row of the estimates of these activities, in their order."""
    return [
        (
            line.row,
            line.code,
            line.name,
            estimate.sheet_name,
            each.row,
            each.description,
            each.volume_text,
            each.unit,
            each.price_text,
            each.amount,
        )
        for row in rows
        for line in found.lines.get(row.key, ())
        for estimate in found.estimates.get(line.pk, ())
        for each in estimate.rows.all()
    ]
