"""One activity: what it is, its villages, its money and what other rooms count for it; the form of it."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.programme import ACTIVITY_TRANSITIONS, ActivityEvent, Kind
from rembuk.core.hat import Hat, Role
from rembuk.core.workflow.states import events_from
from rembuk.guidance.programme import queries, services
from rembuk.guidance.programme.labels import (
    ACTIVITY_CHIPS,
    ACTIVITY_STATES,
    ACTIVITY_STEPS,
    KINDS,
    LINK_KINDS,
    PLAN_CHIPS,
    PLAN_STATES,
    SOURCES,
)
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.linked import Count
from rembuk.guidance.programme.services import ActivityValues, MoneyValues
from rembuk.guidance.programme.views.finding import activity_of, hidden, key_of, may, number_of, plan_of, told
from rembuk.regions.models import District, Village
from rembuk.shared import clock
from rembuk.shared.web import page, worn

MONEY_ROWS = 4


@page("programme.activity", of=activity_of)
def activity(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """An activity, for those whom it concerns."""
    if hidden(worn(request), found.plan):
        raise Http404
    return show(request, found)


def show(request: HttpRequest, found: PlanActivity, error: RembukError | None = None, form: str = "") -> HttpResponse:
    """Render an activity, with what was refused and typed."""
    hat, today = worn(request), clock.today()
    plan, rights = found.plan, may(hat, found)
    villages = Village.objects.filter(guidance_targets__activity=found).select_related("district")
    if hat.place.district:
        villages = villages.filter(district_id=hat.place.district)
    context: dict[str, Any] = {
        "activity": found,
        "plan": plan,
        "state": (ACTIVITY_CHIPS[found.state], ACTIVITY_STATES[found.state]),
        "plan_state": (PLAN_CHIPS[plan.state], PLAN_STATES[plan.state]),
        "kind": KINDS[found.kind],
        "owner": queries.owner_text(found.owner_role, found.owner_person),
        "stand_in": standing_in(Role(found.owner_role), plan.place, today) if found.owner_role else None,
        "villages": by_district(list(villages.order_by("district__name", "name", "pk"))),
        "may": rights,
        "counts": counts_for(found, hat),
        "steps": [
            (event.value, ACTIVITY_STEPS[event.value], event is ActivityEvent.CANCEL)
            for event in events_from(ACTIVITY_TRANSITIONS, found.at)
        ]
        if rights["run"] and plan.running
        else [],
        "form": form,
        "typed": request.POST.dict() if error is not None else {},
        "key": request.POST.get("kunci") if error is not None and request.POST.get("kunci") else str(uuid4()),
        "today": today,
        **told(error),
    }
    if rights["money"]:
        context |= money_context(found)
    if rights["pay"]:
        context["choices"] = [(kind, named(kind), rows) for kind, rows in queries.choices_for(plan) if rows]
    return render(request, "programme/activity.html", context, status=error.status if error is not None else 200)


def named(kind: str) -> str:
    return str(LINK_KINDS[kind]) if kind in LINK_KINDS else _("Menurut waktu dan desa kegiatan ini")


def counts_for(found: PlanActivity, hat: Hat) -> list[Count]:
    """Return what other rooms count for the activity; a village sees no list of others."""
    return [] if hat.place.village else queries.counts_of(found.plan, [found])[found.pk]


def by_district(villages: list[Village]) -> list[tuple[str, list[Village]]]:
    found: dict[str, list[Village]] = {}
    for village in villages:
        found.setdefault(village.district.name, []).append(village)
    return list(found.items())


def money_context(found: PlanActivity) -> dict[str, Any]:
    """Return budget, payments and their sums by source. Three queries."""
    budget = list(found.money.all())
    payments = list(queries.payments_of(found))
    counted = [row for row in payments if row.withdrawn_at is None]
    codes = list(dict.fromkeys([*(line.source for line in budget), *(row.source for row in counted)]))
    by_source = []
    for code in codes:
        planned = sum(line.amount for line in budget if line.source == code)
        paid = sum(row.amount for row in counted if row.source == code)
        unplanned = code not in {line.source for line in budget}
        by_source.append((SOURCES[code], planned, paid, max(0, paid - planned), unplanned))
    planned, paid = sum(line.amount for line in budget), sum(row.amount for row in counted)
    districts = District.objects.filter(villages__guidance_targets__activity=found).distinct().order_by("name", "pk")
    return {
        "budget": [(SOURCES[line.source], line.amount, line.note) for line in budget],
        "payments": [(row, SOURCES[row.source]) for row in payments],
        "by_source": by_source,
        "planned": planned,
        "paid": paid,
        "over": max(0, paid - planned),
        "left": max(0, planned - paid),
        "sources": [(code, words) for code, words in SOURCES.items() if code != "none"],
        "own_districts": districts,
    }


def values_of(request: HttpRequest) -> ActivityValues:
    post = request.POST
    money = zip(post.getlist("sumber"), post.getlist("jumlah"), post.getlist("keterangan"), strict=False)
    return ActivityValues(
        kind=post.get("jenis", ""),
        title=post.get("judul", ""),
        purpose=post.get("uraian", ""),
        owner=post.get("pemilik", ""),
        start=post.get("mulai", ""),
        end=post.get("selesai", ""),
        commitment=post.get("komitmen", ""),
        money=tuple(MoneyValues(source, amount, note) for source, amount, note in money),
    )


def values_from(found: PlanActivity) -> ActivityValues:
    owner = f"person:{found.owner_person_id}" if found.owner_person_id else ""
    return ActivityValues(
        kind=found.kind,
        title=found.title,
        purpose=found.purpose,
        owner=owner or (f"role:{found.owner_role}" if found.owner_role else ""),
        start=found.start_date.isoformat(),
        end=found.end_date.isoformat(),
        commitment=str(found.commitment_id or ""),
        money=tuple(MoneyValues(line.source, str(line.amount), line.note) for line in found.money.all()),
    )


@page("programme.edit", of=plan_of, methods=("GET", "POST"))
def new(request: HttpRequest, plan: GuidancePlan) -> HttpResponse:
    """Add an activity; its villages are chosen on the next page."""
    if request.method == "GET":
        kind = request.GET.get("jenis", "")
        empty = ActivityValues(kind if kind in KINDS else Kind.TRAINING.value, "", owner="role:KBD")
        return form_page(request, plan, empty, str(uuid4()))
    values, key = values_of(request), key_of(request)
    try:
        made = services.new_activity(
            activity_id=key, plan_id=plan.pk, values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return form_page(request, plan, values, str(key), error)
    messages.success(request, _("Kegiatan tersimpan. Sekarang pilih desa sasarannya."))
    return redirect("programme:targets", made.pk)


@page("programme.edit", of=activity_of, methods=("GET", "POST"))
def edit(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Change an activity."""
    if request.method == "GET":
        return form_page(request, found.plan, values_from(found), str(found.pk), found=found)
    values = values_of(request)
    try:
        services.edit_activity(
            activity_id=found.pk, version=number_of(request), values=values, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return form_page(request, found.plan, values, str(found.pk), error, found)
    messages.success(request, _("Kegiatan tersimpan."))
    return redirect("programme:activity", found.pk)


def form_page(
    request: HttpRequest,
    plan: GuidancePlan,
    values: ActivityValues,
    key: str,
    error: RembukError | None = None,
    found: PlanActivity | None = None,
) -> HttpResponse:
    roles, people = queries.owner_choices(plan.place, clock.today())
    spare = max(MONEY_ROWS - len(values.money), 1)
    context = {
        "plan": plan,
        "activity": found,
        "values": values,
        "money": [*values.money, *[MoneyValues()] * spare],
        "key": key,
        "version": request.POST.get("versi", "") if error is not None else (found.version if found else ""),
        "kinds": KINDS.items(),
        "sources": SOURCES.items(),
        "roles": roles,
        "people": people,
        "commitments": Commitment.objects.filter(regency_id=plan.regency_id).order_by("-made_date", "id")[:200],
        **told(error),
    }
    return render(request, "programme/activity_form.html", context, status=error.status if error is not None else 200)


@page("programme.edit", of=activity_of, methods=("POST",))
def remove(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Take an activity out of a plan that is being written."""
    try:
        plan = services.remove_activity(activity_id=found.pk, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, found, error, "remove")
    messages.success(request, _("Kegiatan “%(title)s” dihapus dari rencana.") % {"title": found.title})
    return redirect("programme:plan", plan.pk)


@page("programme.run", of=activity_of, methods=("POST",))
def step(request: HttpRequest, found: PlanActivity) -> HttpResponse:
    """Close, cancel or open an activity again."""
    wanted = request.POST.get("langkah", "")
    if wanted not in ACTIVITY_STEPS:
        return redirect("programme:activity", found.pk)
    words = request.POST.get("alasan", "")
    try:
        services.step_activity(
            activity_id=found.pk, event=ActivityEvent(wanted), words=words, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, activity_of(UUID(str(found.pk))), error, wanted)
    messages.success(request, _("Keadaan kegiatan tersimpan."))
    return redirect("programme:activity", found.pk)
