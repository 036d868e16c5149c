"""The desk's settings: service standard, delegation by Perbup, and how long evaluations take."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.guidance.desk_clock import LEAST_DAYS, MOST_DAYS, days_for
from rembuk.core.guidance.desk_facts import share
from rembuk.guidance.evaluation import queries, services
from rembuk.guidance.evaluation.labels import KINDS
from rembuk.guidance.evaluation.models import Delegation
from rembuk.guidance.evaluation.permissions import allows
from rembuk.guidance.evaluation.services import DelegationValues
from rembuk.guidance.evaluation.standards import delegations_of, standard_days
from rembuk.guidance.evaluation.views.finding import delegation_of
from rembuk.regions.models import District, Regency
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, worn
from rembuk.shared.wording import sentence


def regency_of(request: HttpRequest) -> Regency:
    """Return the regency of the hat; a hat without one has no desk."""
    found = Regency.objects.filter(pk=worn(request).place.regency).first()
    if found is None:
        raise Http404
    return found


def one_regency(regency: str) -> Regency:
    return Regency.objects.get(pk=regency)


@page("evaluation.read_settings")
def settings(request: HttpRequest) -> HttpResponse:
    """The settings of the hat's regency, and its figures of this year."""
    return show(request, regency_of(request))


def show(
    request: HttpRequest, regency: Regency, *, error: RembukError | None = None, form: str = "", status: int = 200
) -> HttpResponse:
    today, hat = clock.today(), worn(request)
    districts = list(District.objects.filter(regency=regency).order_by("name", "code"))
    names = {district.code: district.name for district in districts}
    figures = [
        (KINDS[checks], queries.service_time(hat.place, today, checks=checks, year=today.year)) for checks in KINDS
    ]
    context: dict[str, Any] = {
        "regency": regency,
        "standard": standard_days(regency),
        "least": LEAST_DAYS,
        "most": MOST_DAYS,
        "law": days_for("EV-APB"),
        "figures": [(kind, one, share(one.permille)) for kind, one in figures],
        "delegations": [
            (row, [names.get(code, code) for code in row.districts], row.end_date is None or row.end_date >= today)
            for row in delegations_of(regency.pk)
        ],
        "districts": districts,
        "may_set": allows(hat_of(request), "set", regency),
        "typed": request.POST.dict() if error is not None else {},
        "picked": request.POST.getlist("kecamatan") if error is not None else [],
        "form": form,
        "error": sentence(error) if error is not None else "",
        "today": today,
    }
    return render(request, "evaluation/settings.html", context, status=status)


@page("evaluation.set", of=one_regency, methods=("POST",))
def set_standard(request: HttpRequest, regency: Regency) -> HttpResponse:
    """Set the service standard."""
    days = request.POST.get("hari", "")
    try:
        services.set_standard(regency_code=regency.pk, days=days, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, regency, error=error, form="standard", status=error.status)
    messages.success(request, _("Standar layanan tersimpan."))
    return redirect("evaluation:settings")


@page("evaluation.set", of=one_regency, methods=("POST",))
def delegate(request: HttpRequest, regency: Regency) -> HttpResponse:
    """Record a Perbup that delegates the evaluation."""
    post = request.POST
    values = DelegationValues(
        decree_number=post.get("nomor", ""),
        decree_date=post.get("tanggal", ""),
        start_date=post.get("mulai", ""),
        end_date=post.get("sampai", ""),
        districts=post.getlist("kecamatan"),
        note=post.get("catatan", ""),
    )
    try:
        services.delegate(regency_code=regency.pk, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, regency, error=error, form="delegate", status=error.status)
    messages.success(request, _("Delegasi tercatat."))
    return redirect("evaluation:settings")


@page("evaluation.set", of=delegation_of, methods=("POST",))
def end_delegation(request: HttpRequest, row: Delegation) -> HttpResponse:
    """Set the last day of a delegation."""
    try:
        services.end_delegation(
            delegation_id=row.pk, end=request.POST.get("sampai", ""), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, row.regency, error=error, form="end", status=error.status)
    messages.success(request, _("Hari terakhir delegasi tercatat."))
    return redirect("evaluation:settings")
