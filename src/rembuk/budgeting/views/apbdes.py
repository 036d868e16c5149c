"""The village budget of a cycle: hand-over, what came back, its list, and the download of the hand-over rows."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.budgeting import handing, queries, services
from rembuk.budgeting.apb_labels import STATE_CHIPS, STATES
from rembuk.budgeting.comparing import Comparison, comparison_of
from rembuk.budgeting.permissions import allows
from rembuk.core.budget import percent_text
from rembuk.core.errors import RembukError
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle
from rembuk.plans.queries import items_of, plan_totals, version_in_force, versions_in_force
from rembuk.shared import clock
from rembuk.shared.files import XLSX
from rembuk.shared.sheets import csv_bytes
from rembuk.shared.web import hat_of, page, refusal, worn

PER_PAGE = 50
YEARS_BACK = 5
TABLES = {"kegiatan": (handing.HEADER, handing.activity_rows), "rab": (handing.ESTIMATE_HEADER, handing.estimate_rows)}


def cycle_of(cycle_id: UUID) -> Cycle:
    return queries.cycle_by_id(cycle_id)


@page("budgeting.list_apbdes")
def index(request: HttpRequest) -> HttpResponse:
    """Lead a village to its budget; show wider hats the cycles of their place with how far each budget is."""
    hat = worn(request)
    if hat.place.village and "semua" not in request.GET:
        current = current_cycle(hat.place.village)
        if current is not None and allows(hat, "read_apbdes", current):
            return redirect("budgeting:apbdes", cycle_id=current.pk)
    search, year = request.GET.get("cari", "").strip()[:60], request.GET.get("tahun", "")
    rows = queries.cycles_seen_by(hat)
    if search:
        rows = rows.filter(village__name__icontains=search)
    if year.isascii() and year.isdigit() and len(year) == 4:
        rows = rows.filter(budget_year=int(year))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    keys = [row.pk for row in shown.object_list]
    plans, budgets = versions_in_force(keys), queries.budgets_of(keys)
    totals = queries.version_totals([each.binding.pk for each in budgets.values()])
    this_year = clock.today().year
    lines = []
    for row in shown.object_list:
        lines.append(index_row(row, budgets.get(row.pk), totals) | {"enacted": row.pk in plans})
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": lines,
        "search": search,
        "year": year,
        "years": [str(number) for number in range(this_year + 1, this_year - YEARS_BACK, -1)],
    }
    return render(request, "budgeting/apbdes_list.html", context)


def index_row(
    cycle: Cycle, found: queries.BudgetLines | None, totals: Mapping[UUID, tuple[int, int, int]]
) -> dict[str, object]:
    """Return a cycle with the budget that binds; an amendment in work is only named."""
    state = found.binding.apbdes.state if found is not None else ""
    amendment = found.amendment if found is not None else None
    return {
        "cycle": cycle,
        "spent": totals[found.binding.pk][1] if found is not None else None,
        "state": STATES.get(state, ""),
        "chip": STATE_CHIPS.get(state, "next"),
        "amendment": amendment.apbdes.number if amendment is not None else None,
        "amendment_state": STATES[amendment.apbdes.state] if amendment is not None else "",
    }


@page("budgeting.read_apbdes", of=cycle_of)
def apbdes(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The way of the money: plan handed over, lines that came back, what differs, the law's steps."""
    return home(request, cycle)


def home(request: HttpRequest, cycle: Cycle, *, error: str = "", status: int = 200) -> HttpResponse:
    hat = hat_of(request)
    plan = version_in_force(cycle.pk)
    found = comparison_of(cycle)
    version = found.version if found is not None else None
    handoffs = queries.handoffs_of(cycle.pk)
    current = queries.current_apbdes(cycle.pk)
    counts = {kind: sum(row.kind == kind for row in found.rows) for kind in KINDS} if found is not None else {}
    context = {
        "cycle": cycle,
        "tab": "apbdes",
        "plan": plan,
        "plan_total": plan_totals([plan.id])[plan.id] if plan is not None else None,
        "handoffs": handoffs,
        "fresh": bool(plan and handoffs and handoffs[0].plan_id == plan.pk),
        "found": found,
        "version": version,
        "totals": queries.version_totals([version.pk])[version.pk] if version is not None else None,
        "counts": counts,
        "consistency": shares(found) if found is not None else [],
        "current": current,
        "state": STATES[current.state] if current is not None else "",
        "chip": STATE_CHIPS[current.state] if current is not None else "next",
        "imports": queries.imports_of(cycle.pk)[:10],
        **amending_of(cycle),
        "may_hand_over": plan is not None and allows(hat, "hand_over", cycle),
        "may_import": plan is not None and allows(hat, "import_apbdes", cycle),
        "error": error,
    }
    return render(request, "budgeting/apbdes.html", context, status=status)


def amending_of(cycle: Cycle) -> dict[str, object]:
    """Return what a page of lines in work says where they do not bind yet. One query."""
    found = queries.budgets_of([cycle.pk]).get(cycle.pk)
    amendment = found.amendment if found is not None else None
    return {
        "amending": amendment,
        "amending_state": STATES[amendment.apbdes.state] if amendment is not None else "",
    }


KINDS = ("same", "moved", "changed", "missing", "added")


def shares(found: Comparison) -> list[dict[str, object]]:
    """Return each stored link between two plans with its share by count and by value."""
    pairs = [(_("RPJM Desa → RKP Desa"), found.from_rpjm)]
    if found.version is not None:
        pairs += [(_("RKP Desa → APB Desa"), found.from_plan), (_("RKP Desa yang dianggarkan"), found.into_budget)]
    return [
        {
            "title": title,
            "linked": each.linked_count,
            "count": each.count,
            "value": each.linked_value,
            "total": each.value,
            "by_count": percent_text(each.permille_by_count),
            "by_value": percent_text(each.permille_by_value),
            "whole": each.whole,
        }
        for title, each in pairs
    ]


@page("budgeting.hand_over", of=cycle_of, methods=("POST",))
def hand_over(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Write the hand-over file of the plan in force; it is the evidence of K14."""
    try:
        made = services.hand_over(cycle_id=cycle.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    words = _("Berkas serah terima siap: %(count)s kegiatan. Tercatat sebagai bukti K14.")
    messages.success(request, words % {"count": made.item_count})
    return redirect("budgeting:apbdes", cycle_id=cycle.pk)


@page("budgeting.read_apbdes", of=cycle_of)
def handed_rows(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The hand-over rows of the plan in force as CSV: ``?isi=kegiatan`` or ``rab``."""
    plan = version_in_force(cycle.pk)
    if plan is None:
        return refusal(request, RembukError("handoff-no-plan", year=cycle.budget_year))
    name = request.GET.get("isi", "kegiatan")
    header, rows = TABLES.get(name, TABLES["kegiatan"])
    data = csv_bytes(header, rows(items_of(plan.id)))
    return attached(data, f"serah-terima-rkp-{cycle.budget_year}-{name}.csv", "text/csv; charset=utf-8")


def attached(content: bytes, name: str, kind: str = XLSX) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
