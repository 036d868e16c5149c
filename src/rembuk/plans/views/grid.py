"""The plan grid: the page, one cell or a pasted block, findings as a list, the rows as a file."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from rembuk.core.errors import BadInputError, Finding, RembukError, StaleError
from rembuk.core.hat import Hat
from rembuk.plans import services
from rembuk.plans.findings import STAGES, by_item, findings_for
from rembuk.plans.grid import Asked, Grid, Line, make_grid, table_rows
from rembuk.plans.labels import FIELDS
from rembuk.plans.links import address_of
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.paper_values import signers_of
from rembuk.plans.permissions import allows
from rembuk.plans.queries import chairs_of
from rembuk.plans.services.items import CellProblem, Conflict, Edited
from rembuk.plans.views.finding import plan_of
from rembuk.shared import clock
from rembuk.shared.people import names
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence

MOST_CELLS = 5_000
LONGEST_CELL = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Json = dict[str, Any]


@page("plans.read", of=plan_of)
def grid(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """The matrix F26 of one plan; filters and variant stand in the address."""
    hat = hat_of(request)
    asked = Asked.read(request.GET)
    shown = make_grid(plan, hat, asked)
    signers = signers_of(plan.village_id, plan.perdes_date or clock.today())
    context = {
        "plan": plan,
        "grid": shown,
        "asked": asked,
        "fields": [(number, words) for number, words in FIELDS.items() if number],
        "sources": [(row.code, row.name) for row in shown.sums],
        "export": request.GET.urlencode(),
        "head": signers.get("KAD"),
        "chair": chairs_of(plan.cycle_id).drafting,
        "may_step": any(allows(hat, act, plan) for act in ("approve", "agree", "enact", "finalise", "revise")),
    }
    return render(request, "plans/grid.html", context)


@page("plans.read", of=plan_of)
def export_csv(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Exactly the rows that the filters show, as CSV."""
    header, rows = table_rows(make_grid(plan, hat_of(request), Asked.read(request.GET)))
    return download(csv_bytes(header, rows), "text/csv; charset=utf-8", plan, "csv")


@page("plans.read", of=plan_of)
def export_xlsx(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Exactly the rows that the filters show, as a workbook."""
    header, rows = table_rows(make_grid(plan, hat_of(request), Asked.read(request.GET)))
    return download(xlsx_bytes([("RKP", header, rows)]), XLSX, plan, "xlsx")


def download(content: bytes, kind: str, plan: RkpdesVersion, ending: str) -> HttpResponse:
    name = f"RKP-{plan.village.code}-{plan.cycle.budget_year}-v{plan.version_no}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page("plans.read", of=plan_of)
def findings(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Every finding with its source and the button that mends it."""
    found = findings_for(plan.id, STAGES[plan.state])
    context = {"plan": plan, "findings": with_links(plan, found), "count": len(found)}
    return render(request, "plans/findings.html", context)


def with_links(plan: RkpdesVersion, found: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return each finding with the address of the page that mends it."""
    return [(finding, address_of(plan, finding)) for finding in found]


@page("plans.edit", of=plan_of, methods=("POST",))
def cells(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Write cells of the grid, all or none; answers with what the rows look like now.

    Body: ``{"cells": [{item, field, value, version, base}], "remove": [{item, version}]}``. 400 names each unreadable
    cell, 409 each cell that somebody else changed, with both texts.
    """
    hat = worn(request)
    try:
        edits, removals = read_body(request.body)
        before = by_item(findings_for(plan.id, STAGES[plan.state]))
        done = services.edit_cells(plan_id=plan.id, edits=edits, removals=removals, actor=hat, at=clock.now())
    except StaleError as error:
        conflicts = error.values.get("conflicts", ())
        return JsonResponse(conflict_body(plan, hat, sentence(error), conflicts), status=409)  # type: ignore[arg-type]
    except BadInputError as error:
        problems = error.values.get("problems", ())
        body = {"sentence": sentence(error), "problems": [problem_json(row) for row in problems]}  # type: ignore[attr-defined]
        return JsonResponse(body, status=400)
    except RembukError as error:
        return JsonResponse({"sentence": sentence(error)}, status=error.status)
    return JsonResponse(done_body(plan, hat, Asked.read(request.GET), done, before))


def read_body(body: bytes) -> tuple[list[services.CellEdit], list[tuple[UUID, int]]]:
    """Read the request. Raises: BadInputError when it is not what the grid sends, or too much of it."""
    try:
        data = json.loads(body)
        rows, gone = data.get("cells", []), data.get("remove", [])
        if len(rows) + len(gone) > MOST_CELLS:
            raise BadInputError("plan-cells-unreadable", problems=[])
        edits = [
            services.CellEdit(
                UUID(row["item"]),
                str(row["field"])[:60],
                str(row["value"])[:LONGEST_CELL],
                int(row["version"]),
                None if row.get("base") is None else str(row["base"]),
            )
            for row in rows
        ]
        return edits, [(UUID(row["item"]), int(row["version"])) for row in gone]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError("plan-cells-unreadable", problems=[]) from error


def done_body(plan: RkpdesVersion, hat: Hat, asked: Asked, done: Edited, before: Mapping[str, list[Finding]]) -> Json:
    """Return what changed on screen: rows, notes that differ, subtotals, sums, and the cells that undo it."""
    shown = make_grid(plan, hat, asked)
    after = by_item(shown.findings)
    changed = {str(item.id) for item in done.items}
    changed |= {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    return {
        "items": {str(item.id): item_json(shown, str(item.id)) for item in done.items},
        "created": [{"item": str(item.id), "version": item.version} for item in done.items if item.id in done.created],
        "undo": [
            {"item": str(edit.item_id), "field": edit.field, "value": edit.value, "version": edit.version}
            for edit in done.undo
        ],
        "moved": done.moved,
        **sums_json(shown, changed),
    }


def sums_json(shown: Grid, changed: set[str]) -> Json:
    return {
        "subtotals": {str(group.number): group.total for group in shown.groups},
        "total": shown.total,
        "count": shown.count,
        "sums": render_to_string("plans/_sums.html", {"grid": shown}),
        "chips": render_to_string("plans/_chips.html", {"grid": shown}),
        "notes": {
            key: {"html": render_to_string("plans/_note.html", {"line": lines[0]}), "css": lines[0].css}
            for key, lines in shown.lines_by_item.items()
            if key in changed
        },
    }


def item_json(shown: Grid, key: str) -> Json:
    lines: tuple[Line, ...] = shown.lines_by_item.get(key, ())
    cells = [cell for line in lines for cell in line.cells if cell.name]
    return {
        "version": lines[0].item.version if lines else 0,
        "cells": [
            {"field": cell.name, "mode": cell.mode, "raw": cell.raw, "shown": cell.shown, "small": cell.small}
            for cell in cells
        ],
    }


def problem_json(row: CellProblem) -> Json:
    return {"item": str(row.item_id), "field": row.field, "sentence": row.sentence}


def conflict_body(plan: RkpdesVersion, hat: Hat, words: str, conflicts: Sequence[Conflict]) -> Json:
    """Return both texts of each clashing cell, who wrote the other, and how the rows stand now."""
    shown = make_grid(plan, hat, Asked())
    titles = dict(RkpdesItem.objects.filter(pk__in=[row.item_id for row in conflicts]).values_list("id", "name"))
    return {
        "sentence": words,
        "conflicts": clashes(conflicts, titles),
        "items": {str(key): item_json(shown, str(key)) for key in titles},
    }


def clashes(conflicts: Sequence[Conflict], titles: Mapping[UUID, str]) -> list[Json]:
    """Return each clashing cell with both texts. titles: names of the rows."""
    who = names(row.by for row in conflicts if row.by is not None)
    return [
        {
            "item": str(row.item_id),
            "field": row.field,
            "label": row.label,
            "row": titles.get(row.item_id, ""),
            "yours": row.yours,
            "theirs": row.theirs,
            "version": row.version,
            "by": who.get(row.by, "") if row.by is not None else "",
        }
        for row in conflicts
    ]
