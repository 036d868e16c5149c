"""RKP Desa beside APB Desa: every activity, by kind, field and source, with its money and the chain of links."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.budgeting.apb_labels import KIND_CHIPS, KINDS, MIXED
from rembuk.budgeting.comparing import Comparison, comparison_of
from rembuk.budgeting.views.apbdes import amending_of, attached, cycle_of, shares
from rembuk.core.budget import Difference
from rembuk.core.lists import funding_sources
from rembuk.cycles.models import Cycle
from rembuk.funding.labels import source_name
from rembuk.plans.labels import FIELDS
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.web import page

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of the address."""

    search: str
    kind: str
    field: str
    source: str

    def keeps(self, row: Difference) -> bool:
        """Return whether *row* is shown."""
        found = self.search.casefold() in f"{row.code} {row.name}".casefold()
        kind = not self.kind or row.kind == self.kind or (self.kind == "beda" and row.kind != "same")
        field = not self.field or row.code.split(".")[0] == self.field
        source = not self.source or any(each.source == self.source for each in row.sources)
        return found and kind and field and source


def wanted_of(request: HttpRequest) -> Wanted:
    get = request.GET
    kind, field, source = get.get("beda", ""), get.get("bidang", ""), get.get("sumber", "")
    return Wanted(
        get.get("cari", "").strip()[:80],
        kind if kind in KINDS or kind == "beda" else "",
        field if field in ("1", "2", "3", "4", "5") else "",
        source if source in funding_sources() else "",
    )


@page("budgeting.read_apbdes", of=cycle_of)
def difference(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """What the budget made of the plan, with filters in the address."""
    found = comparison_of(cycle)
    if found is None or found.version is None:
        return redirect("budgeting:apbdes", cycle_id=cycle.pk)
    wanted = wanted_of(request)
    rows = [row for row in found.rows if wanted.keeps(row)]
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context: dict[str, Any] = {
        "cycle": cycle,
        "tab": "selisih",
        "found": found,
        "page": shown,
        "count": len(rows),
        "all_count": len(found.rows),
        "rows": [shown_row(row, found) for row in shown.object_list],
        "planned": sum(row.planned for row in rows),
        "budgeted": sum(row.budgeted for row in rows),
        "change": sum(row.change for row in rows),
        "sources": [source_row(each, found) for each in found.sources],
        "wanted": wanted,
        "kinds": [(kind, words, sum(row.kind == kind for row in found.rows)) for kind, words in KINDS.items()],
        "differing": sum(row.kind != "same" for row in found.rows),
        "fields": [(str(number), words) for number, words in FIELDS.items() if number],
        "codes": list(funding_sources()),
        "consistency": shares(found),
        "disagreements": found.version.disagreements,
        **amending_of(cycle),
    }
    return render(request, "budgeting/difference.html", context)


def shown_row(row: Difference, found: Comparison) -> dict[str, Any]:
    lines = found.lines.get(row.key, ())
    return {
        "row": row,
        "words": KINDS[row.kind],
        "chip": KIND_CHIPS[row.kind],
        "item": row.key if row.kind != "added" else "",
        "lines": lines,
        "reason": found.reasons.get(row.key, ""),
        "sources": [(each.source or str(MIXED), each) for each in row.sources],
    }


def source_row(each: Any, found: Comparison) -> dict[str, Any]:
    limit = found.ceilings.get(each.source)
    carried = found.carried.get(each.source, 0)
    return {
        "source": each,
        "name": source_name(each.source) if each.source else _("campuran, belum dipisah per sumber"),
        "ceiling": limit,
        "carried": carried,
        "left": None if limit is None else limit + carried - each.budgeted,
    }


@page("budgeting.read_apbdes", of=cycle_of)
def export(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The filtered rows as XLSX, and the sources beside their ceilings."""
    found = comparison_of(cycle)
    if found is None or found.version is None:
        return redirect("budgeting:apbdes", cycle_id=cycle.pk)
    wanted = wanted_of(request)
    header = (
        _("kode"),
        _("kegiatan"),
        _("beda"),
        _("sumber"),
        _("RKP (Rp)"),
        _("APB (Rp)"),
        _("selisih (Rp)"),
        _("alasan tanpa RKP"),
        "rkp_item_id",
    )
    rows = [
        (
            row.code,
            row.name,
            str(KINDS[row.kind]),
            each.source or str(MIXED),
            each.planned,
            each.budgeted,
            each.change,
            found.reasons.get(row.key, ""),
            row.key if row.kind != "added" else "",
        )
        for row in found.rows
        if wanted.keeps(row)
        for each in row.sources
    ]
    totals = [
        (each.source or str(MIXED), each.planned, each.budgeted, each.change, found.ceilings.get(each.source))
        for each in found.sources
    ]
    second = (_("sumber"), _("RKP (Rp)"), _("APB (Rp)"), _("selisih (Rp)"), _("pagu (Rp)"))
    data = xlsx_bytes([("Selisih", header, rows), ("Per sumber", second, totals)])
    return attached(data, f"selisih-rkp-apb-{cycle.budget_year}.xlsx")
