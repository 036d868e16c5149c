"""Fast entry of a paper list: twenty rows without the mouse; a plain form where there is no script."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.proposals.forms import GRID, GRID_ROWS, NAMES, grid_rows
from rembuk.proposals.labels import INPUTS, PROPOSER_KINDS
from rembuk.proposals.permissions import SMALL_PLACE
from rembuk.proposals.services import create_many
from rembuk.proposals.services.lists import Line, childrens_idea, slips_of
from rembuk.proposals.values import VillagePlaces, places_of, read_values
from rembuk.proposals.views.finding import own_village, words_of
from rembuk.proposals.views.form import key_of
from rembuk.proposals.views.slips import slips
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.models import Origin
from rembuk.shared.web import page, worn

WIDTHS = {
    "title": "act",
    "hamlet": "place",
    "rt": "tiny",
    "location_text": "place",
    "volume": "num",
    "unit": "unit",
    "cost": "money",
    "beneficiaries_male": "num",
    "beneficiaries_female": "num",
    "beneficiaries_poor": "num",
    "proposer_group": "place",
    "proposer_name": "place",
    "proposer_contact": "place",
}
CHILDREN = "children"
"""A list of children's ideas, told by a facilitator; stored as ideas of a group."""

SHORT = {
    "beneficiaries_male": "LK",
    "beneficiaries_female": "PR",
    "beneficiaries_poor": "A-RTM",
}
"""Headings as F13 prints them; the inputs carry the full words for screen readers."""


@page("proposals.grid", methods=("GET", "POST"))
def grid(request: HttpRequest) -> HttpResponse:
    """Type a paper list. All rows are stored or none; refused rows are named and everything typed stays."""
    village = own_village(worn(request))
    if village is None:
        return redirect("proposals:list")
    places = places_of(village)
    if request.method == "GET":
        asked = request.GET.get("baris", "")
        count = min(int(asked), 200) if asked.isascii() and asked.isdigit() and int(asked) else GRID_ROWS
        return show(request, village, places, [dict.fromkeys(GRID, "") for _row in range(count)], key=str(uuid.uuid4()))
    return take(request, village, places)


def take(request: HttpRequest, village: Village, places: VillagePlaces) -> HttpResponse:
    rows, key = grid_rows(request.POST), key_of(request.POST.get("kunci", ""))
    kind = request.POST.get("asal", "hamlet")
    hat, receipts = worn(request), bool(request.POST.get("tanda_terima"))
    lines: list[Line] = []
    refused: dict[int, list[tuple[str, str]]] = {}
    for number, row in enumerate(rows):
        if not any(row.values()):
            continue
        typed = {**row, "proposer_kind": "group" if kind == CHILDREN else kind, "hide_proposer": "1"}
        values, problems = read_values(own_place(typed, hat), places)
        if problems:
            refused[number] = [(NAMES[problem.field], problem.sentence) for problem in problems]
        else:
            values = childrens_idea(values) if kind == CHILDREN else values
            lines.append(Line(uuid.uuid5(key, str(number)), values, number + 1))
    if refused or not lines:
        sentence = "" if refused else _("Belum ada baris yang terisi.")
        return show(
            request, village, places, rows, key=str(key), refused=refused, ready=len(lines), error=sentence, status=400
        )
    try:
        create_many(
            village_id=village.id,
            lines=lines,
            origin=Origin.PAPER.value,
            act="proposals.grid",
            actor=hat,
            at=clock.now(),
            receipts=receipts,
        )
    except RembukError as error:
        return show(request, village, places, rows, key=str(key), error=words_of(error), status=error.status)
    words = ngettext("%(count)d usulan tersimpan dan terkirim.", "%(count)d usulan tersimpan dan terkirim.", len(lines))
    messages.success(request, words % {"count": len(lines)})
    return slips(request, slips_of(lines, hat)) if receipts else redirect("proposals:list")


def own_place(typed: dict[str, str], hat: Hat) -> dict[str, str]:
    """Fill in the place of a head of RT or group, who writes for the own part and need not name it in each row."""
    if hat.role not in SMALL_PLACE or typed.get("hamlet") or typed.get("rt"):
        return typed
    return {**typed, "hamlet": hat.place.hamlet, "rt": hat.place.rt}


def show(
    request: HttpRequest,
    village: Village,
    places: VillagePlaces,
    rows: list[dict[str, str]],
    *,
    key: str,
    refused: dict[int, list[tuple[str, str]]] | None = None,
    ready: int = 0,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    refused = refused or {}
    lines = []
    for number, row in enumerate(rows):
        bad = {name for name, _sentence in refused.get(number, ())}
        cells = [
            {
                "name": f"b{number}-{NAMES[field]}",
                "value": row[field],
                "bad": NAMES[field] in bad,
                "label": INPUTS[field],
                "kind": WIDTHS[field],
            }
            for field in GRID
        ]
        lines.append(
            {"number": number + 1, "cells": cells, "sentences": [text for _name, text in refused.get(number, ())]}
        )
    context = {
        "frame": "wide-desk",
        "village": village,
        "lines": lines,
        "columns": [(SHORT.get(field, INPUTS[field]), WIDTHS[field]) for field in GRID],
        "hamlets": places.hamlets,
        "kinds": (*PROPOSER_KINDS.items(), (CHILDREN, _("anak, lewat pemandu"))),
        "receipts": bool(request.POST.get("tanda_terima")),
        "kind": request.POST.get("asal", "hamlet"),
        "key": key,
        "count": len(rows),
        "refused_count": len(refused),
        "ready": ready,
        "error": error,
    }
    return render(request, "proposals/grid.html", context, status=status)
