"""The matrix of the RPJM Desa: the page, one cell or a pasted block, the rows as a file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError, StaleError
from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import FIELDS
from rembuk.plans.models import Rpjmdes, RpjmdesItem
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_grid import RpjmAsked, RpjmGrid, make_rpjm_grid, notes_html, row_json, rpjm_table
from rembuk.plans.rpjm_queries import rpjm_of_cycle
from rembuk.plans.services.rpjm_items import RpjmEdited, edit_rpjm_cells, ensure_rpjm_draft
from rembuk.plans.views.grid import XLSX, clashes, problem_json, read_body
from rembuk.plans.views.rpjm_finding import medium_term_of, rpjm_of
from rembuk.shared import clock
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import hat_of, page, refusal, worn
from rembuk.shared.wording import sentence

Json = dict[str, Any]


@page("plans.read", of=medium_term_of)
def draft(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The matrix F17 of the cycle's RPJM Desa; filters and family stand in the address."""
    rpjmdes = rpjm_of_cycle(cycle.pk)
    if rpjmdes is None:
        context = {"cycle": cycle, "village": cycle.village, "may_open": allows(hat_of(request), "open", cycle)}
        return render(request, "plans/rpjm_none.html", context)
    asked = RpjmAsked.read(request.GET)
    context = {
        "cycle": cycle,
        "rpjmdes": rpjmdes,
        "village": cycle.village,
        "grid": make_rpjm_grid(rpjmdes, hat_of(request), asked),
        "asked": asked,
        "fields": [(number, words) for number, words in FIELDS.items() if number],
        "export": request.GET.urlencode(),
    }
    return render(request, "plans/rpjm_grid.html", context)


@page("plans.open", of=medium_term_of, methods=("POST",))
def begin(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Begin the draft of the cycle's RPJM Desa."""
    try:
        ensure_rpjm_draft(cycle_id=cycle.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Rancangan RPJM Desa dibuka. Isi kegiatannya, atau ambil dari usulan."))
    return redirect("plans:rpjm_draft", cycle.pk)


@page("plans.edit", of=rpjm_of, methods=("POST",))
def cells(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """Write cells of the matrix, all or none; answers with what the rows look like now.

    Body as in the grid of the RKP Desa. 400 names each unreadable cell, 409 each cell that somebody else changed.
    """
    hat = worn(request)
    before = {key: row.findings for key, row in make_rpjm_grid(rpjmdes, hat, RpjmAsked()).rows.items()}
    try:
        edits, removals = read_body(request.body)
        done = edit_rpjm_cells(rpjmdes_id=rpjmdes.id, edits=edits, removals=removals, actor=hat, at=clock.now())
    except StaleError as error:
        return JsonResponse(clash(rpjmdes, hat, error), status=409)
    except BadInputError as error:
        problems = error.values.get("problems", ())
        body = {"sentence": sentence(error), "problems": [problem_json(row) for row in problems]}  # type: ignore[attr-defined]
        return JsonResponse(body, status=400)
    except RembukError as error:
        return JsonResponse({"sentence": sentence(error)}, status=error.status)
    asked = RpjmAsked.read(request.GET)
    return JsonResponse(done_body(make_rpjm_grid(rpjmdes, hat, asked), done, before))


def done_body(grid: RpjmGrid, done: RpjmEdited, before: dict[Any, Any]) -> Json:
    """Return what changed on screen: rows, notes that differ, subtotals, sums by year, the cells that undo it."""
    changed = [key for key, row in grid.rows.items() if before.get(key) != row.findings]
    changed += [item.id for item in done.items if item.id in grid.rows]
    return {
        "items": {str(item.id): row_json(grid.rows[item.id], grid.columns) for item in done.items},
        "created": [{"item": str(item.id), "version": item.version} for item in done.items if item.id in done.created],
        "undo": [
            {"item": str(edit.item_id), "field": edit.field, "value": edit.value, "version": edit.version}
            for edit in done.undo
        ],
        "moved": done.moved,
        "subtotals": {str(group.number): group.total for group in grid.groups},
        "total": grid.total,
        "count": grid.count,
        "sums": render_to_string("plans/_rpjm_sums.html", {"grid": grid}),
        "chips": render_to_string("plans/_chips.html", {"grid": grid}),
        "notes": {
            str(key): {"html": notes_html(grid.rows[key]), "css": grid.rows[key].css} for key in dict.fromkeys(changed)
        },
    }


def clash(rpjmdes: Rpjmdes, hat: Hat, error: StaleError) -> Json:
    """Return both texts of each clashing cell, who wrote the other, and how the rows stand now."""
    conflicts: Any = error.values.get("conflicts", ())
    grid = make_rpjm_grid(rpjmdes, hat, RpjmAsked())
    keys = [row.item_id for row in conflicts]
    titles = dict(RpjmdesItem.objects.filter(pk__in=keys).values_list("id", "name"))
    return {
        "sentence": sentence(error),
        "conflicts": clashes(conflicts, titles),
        "items": {str(key): row_json(grid.rows[key], grid.columns) for key in titles if key in grid.rows},
    }


@page("plans.read", of=rpjm_of)
def export_xlsx(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The filtered rows as XLSX."""
    return sent(request, rpjmdes, "xlsx")


@page("plans.read", of=rpjm_of)
def export_csv(request: HttpRequest, rpjmdes: Rpjmdes) -> HttpResponse:
    """The filtered rows as CSV."""
    return sent(request, rpjmdes, "csv")


def sent(request: HttpRequest, rpjmdes: Rpjmdes, ending: str) -> HttpResponse:
    header, rows = rpjm_table(make_rpjm_grid(rpjmdes, hat_of(request), RpjmAsked.read(request.GET)))
    name = f"RPJM-{rpjmdes.village.code}-{rpjmdes.start_year}-{rpjmdes.end_year}.{ending}"
    if ending == "xlsx":
        content, kind = xlsx_bytes([("RPJM Desa", header, rows)]), XLSX
    else:
        content, kind = csv_bytes(header, rows), "text/csv; charset=utf-8"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
