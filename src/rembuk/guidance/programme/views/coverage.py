"""Whom the plan reaches: kecamatan by kind, the months of the year, the villages that nobody reaches and why."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.programme import REACHING, ActivityState, Kind, PlanFacts, coverage, months_of, uncovered
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import GuidancePlan, PlanActivity
from rembuk.guidance.programme.views.finding import may, plan_of, told
from rembuk.shared import clock
from rembuk.shared.web import page, worn

SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@page("programme.coverage", of=plan_of)
def coverage_page(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """The picture of a plan, printable; for those who read the whole plan."""
    return show(request, found)


def show(request: HttpRequest, found: GuidancePlan, error: RembukError | None = None) -> HttpResponse:
    hat = worn(request)
    facts = queries.facts_of(found)
    rows = coverage(facts)
    kinds = [(kind, KINDS[kind.value]) for kind in Kind]
    context: dict[str, Any] = {
        "plan": found,
        "may": may(hat, found),
        "kinds": kinds,
        "rows": [(row, [row.reached[kind] for kind, _words in kinds]) for row in rows],
        "sums": sums_of(rows, [kind for kind, _words in kinds]),
        "months": SHORT_MONTHS,
        "strip": strip_of(facts, found.year),
        "open": grouped(facts),
        "left_out": left_out_of(facts),
        "reaching": [one for one in facts.activities if one.kind in REACHING and one.state is ActivityState.OPEN],
        "typed": request.POST.dict() if error is not None else {},
        "ticked": request.POST.getlist("desa") if error is not None else (),
        "covered": len(facts.villages) - sum(row.open + row.left_out for row in rows),
        "total": len(facts.villages),
        **told(error),
    }
    return render(request, "programme/coverage.html", context, status=error.status if error is not None else 200)


def sums_of(rows: Any, kinds: list[Kind]) -> dict[str, Any]:
    return {
        "villages": sum(row.villages for row in rows),
        "kinds": [sum(row.reached[kind] for row in rows) for kind in kinds],
        "left_out": sum(row.left_out for row in rows),
        "open": sum(row.open for row in rows),
    }


def strip_of(facts: PlanFacts, year: int) -> list[dict[str, Any]]:
    """Return the activities with the months they touch, in the order of the plan."""
    return [
        {
            "key": one.key,
            "title": one.title,
            "kind": one.kind.value,
            "words": KINDS[one.kind.value],
            "cancelled": one.state is ActivityState.CANCELLED,
            "months": [
                (name, number in months_of(one.start, one.end, year)) for number, name in enumerate(SHORT_MONTHS, 1)
            ],
        }
        for one in facts.activities
        if one.start is not None and one.end is not None
    ]


def grouped(facts: PlanFacts) -> list[tuple[str, str, list[Any]]]:
    """Return (code, kecamatan, villages) of those that nobody reaches."""
    found: dict[str, list[Any]] = {}
    for village in uncovered(facts):
        found.setdefault(village.district_code, []).append(village)
    return [(code, rows[0].district, rows) for code, rows in found.items()]


def left_out_of(facts: PlanFacts) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
    """Return kecamatan -> reason -> villages left out."""
    found: dict[str, dict[str, list[Any]]] = {}
    for village in facts.villages:
        if reason := facts.left_out.get(village.code, ""):
            found.setdefault(village.district, {}).setdefault(reason, []).append(village)
    return [(district, list(reasons.items())) for district, reasons in found.items()]


@page("programme.edit", of=plan_of, methods=("POST",))
def settle(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Add villages to an activity, leave them out with a reason, or take them off that list."""
    post, hat, villages = request.POST, worn(request), request.POST.getlist("desa")
    try:
        if "tambahkan" in post:
            key = chosen(found, post.get("kegiatan", ""))
            services.add_villages(activity_id=key, villages=villages, actor=hat, at=clock.now())
        elif "cabut" in post:
            services.take_back(plan_id=found.pk, villages=villages, actor=hat, at=clock.now())
        else:
            reason = post.get("alasan", "")
            services.leave_out(plan_id=found.pk, villages=villages, reason=reason, actor=hat, at=clock.now())
    except RembukError as error:
        return show(request, plan_of(found.pk), error)
    messages.success(request, _("Cakupan tersimpan."))
    return redirect("programme:coverage", found.pk)


def chosen(plan: GuidancePlan, text: str) -> UUID:
    """Return the activity of *plan* that was picked. Raises: BadInputError when none was."""
    try:
        return queries.activities_of(plan).get(pk=UUID(text)).pk
    except (ValueError, PlanActivity.DoesNotExist) as error:
        raise BadInputError("programme-add-to") from error
