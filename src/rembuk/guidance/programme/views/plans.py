"""The plans of the years, one plan with its activities, and its head."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in_for_each
from rembuk.core.errors import RembukError
from rembuk.core.guidance.programme import PlanState, problems_of, uncovered
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import Somewhere
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.filters import ActivityFilter, PlanFilter
from rembuk.guidance.programme.labels import (
    ACTIVITY_CHIPS,
    ACTIVITY_STATES,
    KINDS,
    PLAN_CHIPS,
    PLAN_STATES,
    SOURCES,
)
from rembuk.guidance.programme.models import BudgetLine, GuidancePlan, PlanActivity
from rembuk.guidance.programme.permissions import OVERSEERS
from rembuk.guidance.programme.queries.content import money_by_activity, targets_by_activity
from rembuk.guidance.programme.services import PlanValues
from rembuk.guidance.programme.views.finding import PER_PAGE, hidden, key_of, may, number_of, plan_of, sheet, told
from rembuk.regions.models import District
from rembuk.shared import clock
from rembuk.shared.sheets.writing import Cell
from rembuk.shared.web import page, worn

MOST_FINDINGS = 12


@page("programme.list")
def index(request: HttpRequest) -> HttpResponse:
    """The plans of the hat's regency, newest first."""
    hat = worn(request)
    wanted = PlanFilter.read(request.GET)
    shown = Paginator(wanted.apply(queries.plans_seen_by(hat)), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "page": shown,
        "count": shown.paginator.count,
        "rows": [(plan, PLAN_CHIPS[plan.state], PLAN_STATES[plan.state]) for plan in shown.object_list],
        "filter": wanted,
        "states": PLAN_STATES.items(),
        "may": may(hat, Somewhere(hat.place)),
    }
    return render(request, "programme/list.html", context)


@page("programme.list")
def export(request: HttpRequest) -> HttpResponse:
    """The shown plans as a sheet."""
    rows = PlanFilter.read(request.GET).apply(queries.plans_seen_by(worn(request)))
    header = [_("Tahun"), _("Keadaan"), _("Versi"), _("Ruang lingkup"), _("Tujuan"), _("Mulai berjalan")]
    lines: list[list[Cell]] = [
        [
            plan.year,
            str(PLAN_STATES[plan.state]),
            plan.version_no,
            plan.scope,
            plan.objectives,
            plan.start_date.isoformat() if plan.start_date else "",
        ]
        for plan in rows
    ]
    return sheet(request, "rencana-pembinaan", header, lines)


def scoped(request: HttpRequest, found: GuidancePlan) -> Hat:
    """Return the hat; a plan that was never approved is not there for those below DPMD. Raises: Http404."""
    hat = worn(request)
    if hidden(hat, found):
        raise Http404
    return hat


@page("programme.read", of=plan_of)
def plan(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """A plan with its activities; a place below the regency sees what concerns it."""
    scoped(request, found)
    return show(request, found)


def show(request: HttpRequest, found: GuidancePlan, error: RembukError | None = None, form: str = "") -> HttpResponse:
    """Render a plan, with what was refused and typed."""
    hat, today = worn(request), clock.today()
    wanted = ActivityFilter.read(request.GET)
    rows = wanted.apply(queries.activities_seen_by(found, hat))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    rights = may(hat, found)
    whole = hat.role in OVERSEERS
    context: dict[str, Any] = {
        "plan": found,
        "state": (PLAN_CHIPS[found.state], PLAN_STATES[found.state]),
        "may": rights,
        "whole": whole,
        "page": shown,
        "count": shown.paginator.count,
        "rows": lines(found, list(shown.object_list), money=rights["money"]),
        "filter": wanted,
        "kinds": KINDS.items(),
        "states": ACTIVITY_STATES.items(),
        "districts": District.objects.filter(regency_id=found.regency_id).order_by("name", "pk") if whole else (),
        "seats": standing_in_for_each((Role.KBD, Role.KDP), found.place, today) if whole else {},
        "today": today,
        "form": form,
        "typed": request.POST.dict() if error is not None else {},
        **steps_of(found),
        **told(error),
    }
    if whole and found.at in (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.DRAFT_REVISION):
        context |= checked(found)
    return render(request, "programme/plan.html", context, status=error.status if error is not None else 200)


def steps_of(found: GuidancePlan) -> dict[str, bool]:
    """Return which steps the state leaves open, for the buttons."""
    waits = found.submitted_at is not None
    return {
        "can_submit": found.at in (PlanState.DRAFT, PlanState.DRAFT_REVISION) and not waits,
        "can_decide": waits,
        "can_start": found.at is PlanState.APPROVED,
        "can_revise": found.at in (PlanState.APPROVED, PlanState.RUNNING),
        "can_close": found.at is PlanState.RUNNING,
    }


def checked(found: GuidancePlan) -> dict[str, Any]:
    """Return what keeps a plan from being handed in, and how many villages nobody reaches."""
    facts = queries.facts_of(found)
    problems = [one for one in problems_of(facts) if one.code != "programme-uncovered"]
    return {
        "problems": problems[:MOST_FINDINGS],
        "more_problems": max(0, len(problems) - MOST_FINDINGS),
        "uncovered": len(uncovered(facts)),
        "ready": not problems and not uncovered(facts),
    }


def lines(found: GuidancePlan, activities: list[PlanActivity], *, money: bool) -> list[dict[str, Any]]:
    """Return what a line of the list shows. Two queries with *money*, none without."""
    planned = queries.planned_by_activity(found) if money else {}
    paid = queries.paid_by_activity(found) if money else {}
    return [
        {
            "activity": row,
            "kind": KINDS[row.kind],
            "owner": queries.owner_text(row.owner_role, row.owner_person),
            "chip": (ACTIVITY_CHIPS[row.state], ACTIVITY_STATES[row.state]),
            "planned": planned.get(row.pk, 0),
            "paid": paid.get(row.pk, 0),
            "over": max(0, paid.get(row.pk, 0) - planned.get(row.pk, 0)),
        }
        for row in activities
    ]


EXPORT = (
    *("jenis", "kegiatan", "uraian", "penanggung_jawab", "mulai", "selesai", "sasaran", "sumber", "jumlah"),
    *("keterangan", "jumlah_desa", "kode_desa", "keadaan", "realisasi"),
)


@page("programme.read", of=plan_of)
def activities_export(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """The shown activities as a sheet that can be taken in again; one row a budget line."""
    hat = scoped(request, found)
    rows = ActivityFilter.read(request.GET).apply(queries.activities_seen_by(found, hat))
    rights = may(hat, found)
    money = money_by_activity(found) if rights["money"] else {}
    paid = queries.paid_by_activity(found) if rights["money"] else {}
    targets = targets_by_activity(found)
    result: list[list[Cell]] = []
    for row in rows:
        codes = sorted(targets.get(str(row.pk), ()))
        result += sheet_rows(row, codes, money.get(str(row.pk), []), paid.get(row.pk, 0))
    return sheet(request, f"kegiatan-{found.year}", EXPORT, result)


def sheet_rows(row: PlanActivity, codes: list[str], money: list[BudgetLine], paid: int) -> list[list[Cell]]:
    """Return the rows of one activity: the first with everything, the next ones with one more line of its money."""
    first = money[0] if money else None
    head: list[Cell] = [
        str(KINDS[row.kind]),
        row.title,
        row.purpose,
        queries.owner_text(row.owner_role, row.owner_person),
        row.start_date.isoformat(),
        row.end_date.isoformat(),
        "; ".join(codes),
    ]
    tail: list[Cell] = [len(codes), row.targets_text, str(ACTIVITY_STATES[row.state]), paid]
    rows = [[*head, *budget(first), *tail]]
    rows += [["", "", "", "", "", "", "", *budget(line), None, "", "", None] for line in money[1:]]
    return rows


def budget(line: BudgetLine | None) -> list[Cell]:
    return [str(SOURCES[line.source]), line.amount, line.note] if line is not None else ["", None, ""]


def values_of(request: HttpRequest) -> PlanValues:
    post = request.POST
    return PlanValues(post.get("tahun", ""), post.get("lingkup", ""), post.get("tujuan", ""), post.get("salin", ""))


@page("programme.create", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year, empty or from the one of an earlier year."""
    hat = worn(request)
    if request.method == "GET":
        last = queries.plans_seen_by(hat).first()
        year = max(clock.today().year, last.year + 1) if last is not None else clock.today().year
        return head_form(request, PlanValues(str(year), copy_of=str(last.pk) if last else ""), str(uuid4()))
    values, key = values_of(request), key_of(request)
    try:
        made = services.create_plan(plan_id=key, values=values, actor=hat, at=clock.now())
    except RembukError as error:
        return head_form(request, values, str(key), error)
    messages.success(request, _("Rencana %(year)s tersimpan. Isi kegiatan dan sasarannya.") % {"year": made.year})
    return redirect("programme:plan", made.pk)


@page("programme.edit", of=plan_of, methods=("GET", "POST"))
def edit(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Change scope and objectives."""
    if request.method == "GET":
        values = PlanValues(str(found.year), found.scope, found.objectives)
        return head_form(request, values, str(found.pk), found=found)
    values = values_of(request)
    try:
        services.edit_plan(
            plan_id=found.pk, version=number_of(request), values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return head_form(request, values, str(found.pk), error, found)
    messages.success(request, _("Tujuan dan ruang lingkup tersimpan."))
    return redirect("programme:plan", found.pk)


def head_form(
    request: HttpRequest,
    values: PlanValues,
    key: str,
    error: RembukError | None = None,
    found: GuidancePlan | None = None,
) -> HttpResponse:
    context = {
        "plan": found,
        "values": values,
        "key": key,
        "others": queries.plans_seen_by(worn(request))[:10] if found is None else (),
        **told(error),
    }
    return render(request, "programme/head_form.html", context, status=error.status if error is not None else 200)
