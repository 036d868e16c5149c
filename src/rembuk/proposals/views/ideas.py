"""F13 on the screen: the ideas of each hamlet and group, typed as a list; feasible actions turned into ideas."""

import uuid
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.assessment.models import Action, Assessment
from rembuk.assessment.queries import assessment_by_key
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.proposals.forms import NAMES
from rembuk.proposals.idea_queries import IdeaList, ideas_of_list, lists_of
from rembuk.proposals.labels import INPUTS
from rembuk.proposals.permissions import SMALL_PLACE
from rembuk.proposals.services import propose_action, record_ideas
from rembuk.proposals.services.lists import Line
from rembuk.proposals.values import VillagePlaces, places_of, read_values
from rembuk.proposals.views.finding import words_of
from rembuk.proposals.views.form import key_of
from rembuk.proposals.views.grid import SHORT, WIDTHS
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn

COLUMNS = (
    "title",
    "hamlet",
    "location_text",
    "volume",
    "unit",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
)
"""Columns of F13; the hamlet only where a group speaks."""
ROWS = 8
MOST_ROWS = 60


def assessment_of(assessment_id: UUID) -> Assessment:
    return assessment_by_key(assessment_id)


def action_of(action_id: UUID) -> Action:
    return Action.objects.select_related("assessment__village__district", "assessment__village__regency").get(
        pk=action_id
    )


def asked_list(query: QueryDict, lists: list[IdeaList], hat: Hat) -> IdeaList:
    """Return the list that the address names; a hat below the village sees its own hamlet first."""
    hamlet, group = query.get("dusun", hat.place.hamlet), query.get("kelompok", "")
    for one in lists:
        if group and one.group == group:
            return one
        if not group and not one.group and str(one.hamlet_id or "desa") == hamlet:
            return one
    return lists[0]


def query_of(one: IdeaList) -> str:
    return urlencode({"kelompok": one.group} if one.group else {"dusun": one.hamlet_id or "desa"})


@page("assessment.read", of=assessment_of)
def ideas(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Show the lists of an assessment, and one of them to read and to go on with."""
    lists = lists_of(assessment)
    one = asked_list(request.GET, lists, worn(request))
    return show(request, assessment, lists, one, [dict.fromkeys(COLUMNS, "") for _row in range(ROWS)])


def columns_of(one: IdeaList) -> tuple[str, ...]:
    return COLUMNS if one.group else tuple(name for name in COLUMNS if name != "hamlet")


@page("proposals.collect", of=assessment_of, methods=("POST",))
def record(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Store the typed rows, all or none; what is refused is named and stays typed."""
    hat, post = worn(request), request.POST
    lists = lists_of(assessment)
    one = asked_list(post, lists, hat)
    rows = typed_rows(post, columns_of(one))
    places = places_of(assessment.village)
    lines, refused = read_rows(rows, one, places, key_of(post.get("kunci", "")))
    if refused or not lines:
        error = "" if refused else _("Belum ada baris yang terisi.")
        return show(request, assessment, lists, one, rows, refused=refused, error=error, status=400)
    try:
        made = record_ideas(assessment_id=assessment.id, lines=lines, group=one.group, actor=hat, at=clock.now())
    except RembukError as error:
        return show(request, assessment, lists, one, rows, error=words_of(error), status=error.status)
    count = len(made)
    messages.success(
        request, ngettext("%(count)d gagasan tercatat.", "%(count)d gagasan tercatat.", count) % {"count": count}
    )
    return redirect(f"{reverse('proposals:ideas', args=[assessment.id])}?{query_of(one)}")


def typed_rows(post: QueryDict, columns: tuple[str, ...]) -> list[dict[str, str]]:
    count = post.get("jumlah", "")
    rows = min(int(count), MOST_ROWS) if count.isascii() and count.isdigit() else ROWS
    return [{name: post.get(f"b{row}-{NAMES[name]}", "").strip() for name in columns} for row in range(rows)]


def read_rows(
    rows: list[dict[str, str]], one: IdeaList, places: VillagePlaces, key: UUID
) -> tuple[list[Line], dict[int, list[tuple[str, str]]]]:
    """Return the lines, and the refused rows: number -> (input, sentence)."""
    lines: list[Line] = []
    refused: dict[int, list[tuple[str, str]]] = {}
    for number, row in enumerate(rows):
        if not any(row.values()):
            continue
        typed: dict[str, object] = {**row, "hide_proposer": "1"}
        if not one.group:
            typed["hamlet"] = str(one.hamlet_id or "")
        values, problems = read_values(typed, places)
        if problems:
            refused[number] = [(NAMES[problem.field], problem.sentence) for problem in problems]
        else:
            lines.append(Line(uuid.uuid5(key, str(number)), values))
    return lines, refused


def shown_lines(
    rows: list[dict[str, str]], columns: tuple[str, ...], refused: dict[int, list[tuple[str, str]]]
) -> list[dict[str, Any]]:
    """Return the rows of the grid with what was typed, and the sentences of those that were refused."""
    lines: list[dict[str, Any]] = []
    for number, row in enumerate(rows):
        bad = {name for name, _sentence in refused.get(number, ())}
        cells = [
            {
                "name": f"b{number}-{NAMES[name]}",
                "value": row.get(name, ""),
                "bad": NAMES[name] in bad,
                "label": INPUTS[name],
                "kind": WIDTHS[name],
            }
            for name in columns
        ]
        told = [text for _name, text in refused.get(number, ())]
        lines.append({"number": number + 1, "cells": cells, "sentences": told})
    return lines


def show(
    request: HttpRequest,
    assessment: Assessment,
    lists: list[IdeaList],
    one: IdeaList,
    rows: list[dict[str, str]],
    *,
    refused: dict[int, list[tuple[str, str]]] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    hat, refused = worn(request), refused or {}
    found = list(ideas_of_list(assessment, one))
    own = hat.role not in SMALL_PLACE or bool(one.hamlet_id and str(one.hamlet_id) == hat.place.hamlet)
    context = {
        "assessment": assessment,
        "village": assessment.village,
        "hall": request.GET.get("layar") == "1",
        "lists": [(row, query_of(row), row == one) for row in lists],
        "one": one,
        "query": query_of(one),
        "found": [(row, TABLE.allows(hat, "proposals.view", row)) for row in found],
        "count": len(found),
        "columns": [(SHORT.get(name, INPUTS[name]), WIDTHS[name]) for name in columns_of(one)],
        "lines": shown_lines(rows, columns_of(one), refused),
        "hamlets": places_of(assessment.village).hamlets,
        "key": request.POST.get("kunci") or uuid.uuid4(),
        "may_collect": own and TABLE.allows(hat, "proposals.collect", assessment),
        "refused_count": len(refused),
        "error": error,
    }
    return render(request, "proposals/ideas.html", context, status=status)


@page("proposals.collect", of=action_of, methods=("POST",))
def from_action(request: HttpRequest, action: Action) -> HttpResponse:
    """Make a feasible action into an idea, and go on to what the study could not know: volume and beneficiaries."""
    try:
        made = propose_action(action_id=action.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tindakan menjadi usulan. Lengkapi volume dan penerima manfaatnya."))
    if TABLE.allows(worn(request), "proposals.edit", made):
        return redirect("proposals:edit", number=made.number)
    return redirect("proposals:detail", number=made.number)
