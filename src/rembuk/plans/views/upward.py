"""The evaluation of last year's plan (F25) and the needs sent upward (DU-RKP, F32)."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.money import format_amount
from rembuk.cycles.models import Cycle
from rembuk.plans import services, sheets
from rembuk.plans.models import EvaluationRow
from rembuk.plans.permissions import allows
from rembuk.plans.services import EvaluationValues
from rembuk.plans.services.upward import evaluation_values
from rembuk.plans.typed import InputError, Problem, read_code, read_money, read_text
from rembuk.plans.views.finding import cycle_of
from rembuk.plans.views.items import typed_rows
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

ROW_FIELDS = (
    "name",
    "activity_code",
    "location",
    "amount",
    "realised",
    "realised_amount",
    "target_volume",
    "realised_volume",
    "obstacle",
    "follow_up",
    "note",
)
BLANK_ROWS = 3
ANSWERS = {"ya": True, "tidak": False, "": None}


@page("plans.read", of=cycle_of)
def evaluation(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """How last year's plan went."""
    return evaluation_page(request, cycle)


def evaluation_page(request: HttpRequest, cycle: Cycle, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    rows = more.pop("rows", None)
    if rows is None:
        rows = [typed_of(evaluation_values(row)) for row in EvaluationRow.objects.filter(cycle=cycle)]
    may_edit = allows(hat_of(request), "edit_evaluation", cycle)
    context = {
        "cycle": cycle,
        "year": cycle.budget_year - 1,
        "stored": len(rows),
        "rows": rows + ([{} for _number in range(BLANK_ROWS)] if may_edit else []),
        "may_edit": may_edit,
        **more,
    }
    return render(request, "plans/evaluation.html", context, status=status)


def typed_of(values: EvaluationValues) -> dict[str, str]:
    """Return a stored row as typed texts."""
    typed = {name: getattr(values, name) for name in ROW_FIELDS}
    for name in ("amount", "realised_amount"):
        typed[name] = "" if typed[name] is None else format_amount(typed[name])
    typed["realised"] = {True: "ya", False: "tidak", None: ""}[values.realised]
    return typed


def read_row(row: dict[str, str], number: int) -> tuple[EvaluationValues | None, list[Problem]]:
    """Read one typed row; an empty one gives nothing."""
    if not any(row[name].strip() for name in ROW_FIELDS):
        return None, []
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for name in ROW_FIELDS:
        text = row[name]
        try:
            if name in ("amount", "realised_amount"):
                read[name] = read_money(text) if text.strip() else None
            elif name == "realised":
                read[name] = ANSWERS.get(text)
            else:
                read[name] = read_code(text) if name == "activity_code" else read_text(text, 300)
        except InputError as problem:
            problems.append(Problem("amount" if "amount" in name else name, problem.code, problem.values, number))
    return (None, problems) if problems else (EvaluationValues(**read), [])


@page("plans.edit_evaluation", of=cycle_of, methods=("POST",))
def save_evaluation(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Save the whole evaluation as typed."""
    typed = typed_rows(request.POST, ROW_FIELDS)
    values: list[EvaluationValues] = []
    said: list[tuple[int, str]] = []
    for number, row in enumerate(typed, 1):
        read, problems = read_row(row, number)
        said += [(problem.row, problem.sentence) for problem in problems]
        if read is not None:
            values.append(read)
    if said:
        return evaluation_page(request, cycle, status=400, rows=typed, problems=said)
    return stored(request, cycle, values, typed)


def stored(
    request: HttpRequest, cycle: Cycle, values: list[EvaluationValues], typed: list[dict[str, str]] | None = None
) -> HttpResponse:
    try:
        services.save_evaluation(cycle_id=cycle.id, rows=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        if error.status == 403:
            return refusal(request, error)
        said = [(row.row, row.sentence) for row in error.values.get("problems", ())]  # type: ignore[attr-defined]
        return evaluation_page(request, cycle, status=400, rows=typed, problems=said, error=sheets.worded(error))
    messages.success(request, _("%(count)s baris evaluasi tersimpan.") % {"count": len(values)})
    return redirect("plans:evaluation", cycle.id)


@page("plans.edit_evaluation", of=cycle_of, methods=("POST",))
def fill_evaluation(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Take the activities of last year's plan, or of a sheet that was shown, keeping what was judged already."""
    packed = request.POST.get("isi", "")
    try:
        rows = (
            sheets.unpack("evaluation", packed, worn(request), EvaluationValues)
            if packed
            else services.last_years_plan(cycle)
        )
    except RembukError as error:
        return evaluation_page(request, cycle, status=400, error=sheets.worded(error))
    if not rows:
        words = _("Belum ada RKP Desa %(year)s yang ditetapkan di Rembuk. Unggah berkasnya, atau ketik barisnya.")
        return evaluation_page(request, cycle, status=400, error=words % {"year": cycle.budget_year - 1})
    kept = {(row.name, row.location): evaluation_values(row) for row in EvaluationRow.objects.filter(cycle=cycle)}
    merged = [
        replace(kept[row.name, row.location], amount=row.amount) if (row.name, row.location) in kept else row
        for row in rows
    ]
    return stored(request, cycle, merged)


@page("plans.edit_evaluation", of=cycle_of, methods=("POST",))
def read_evaluation(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Read last year's plan from a sheet and show it; nothing is stored yet."""
    upload = request.FILES.get("berkas")
    if upload is None:
        return evaluation_page(request, cycle, status=400, error=_("Pilih berkas XLSX atau CSV dulu."))
    try:
        offer = sheets.evaluation_offer(upload.read(), upload.name or "", worn(request))
    except RembukError as error:
        return evaluation_page(request, cycle, status=400, error=sheets.worded(error))
    return evaluation_page(request, cycle, offer=offer)
