"""What mentoring knows of one village, and the days that DPMD sets."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import RembukError
from rembuk.core.guidance.findings import Severity
from rembuk.core.hat import Role
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.labels import DESIGN_NOTE, ITEM_CHIPS, SEVERITY_CHIPS, SEVERITY_WORDS, VISIT_CHIPS
from rembuk.guidance.mentoring.permissions import allows
from rembuk.guidance.mentoring.standards import Standards, grace_of, own_grace, standards_of
from rembuk.guidance.mentoring.views.finding import refused, standards_of_regency, version_of, village_of
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("mentoring.village", of=village_of)
def village(request: HttpRequest, found: Village) -> HttpResponse:
    """What a village owes, who was there, and who mentors it."""
    return show(request, found)


def show(request: HttpRequest, found: Village, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), clock.today()
    standards = standards_of(found.regency)
    context: dict[str, Any] = {
        "village": found,
        "today": today,
        "visits": [(row, VISIT_CHIPS[row.state]) for row in queries.visits_of_village(found.id)],
        "last": queries.last_visits([found.id]).get(found.id),
        "items": [
            (row, ITEM_CHIPS[row.state], SEVERITY_CHIPS[row.severity]) for row in queries.open_promises(found.id)
        ],
        "standing": standing_in(Role.PLD, found.place, today),
        "grace": grace_of(found, standards),
        "own_grace": own_grace(found),
        "usual_grace": standards.due.grace_days,
        "note": DESIGN_NOTE,
        "typed": request.POST,
        "may_visit": allows(hat, "report", found),
        "may_grace": allows(hat, "set_rules", found),
        **refused(error),
    }
    return render(request, "mentoring/village.html", context, status=error.status if error else 200)


@page("mentoring.set_rules", of=village_of, methods=("POST",))
def grace(request: HttpRequest, found: Village) -> HttpResponse:
    """Set the days more of this village."""
    days = request.POST.get("hari", "")
    try:
        services.set_grace(village_id=found.id, days=days, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, found, error)
    messages.success(request, _("Tenggang desa ini tersimpan; janji yang sudah ada tidak berubah."))
    return redirect("mentoring:village", village_id=found.id)


@page("mentoring.rules")
def own_rules(request: HttpRequest) -> HttpResponse:
    """Lead to the days of the hat's regency."""
    hat = worn(request)
    if not hat.place.regency:
        raise Http404
    return redirect("mentoring:rules", regency=hat.place.regency)


@page("mentoring.rules", of=standards_of_regency)
def rules(request: HttpRequest, found: Standards) -> HttpResponse:
    """The days of a regency, with the note that they are the programme's own."""
    return rules_page(request, found)


def rules_page(request: HttpRequest, found: Standards, error: RembukError | None = None) -> HttpResponse:
    typed = request.POST
    days = found.due.days
    context = {
        "standards": found,
        "severities": [
            (
                severity.value,
                SEVERITY_WORDS[severity],
                typed.get(severity.value, "") if error else "" if days[severity] is None else days[severity],
            )
            for severity in Severity
        ],
        "numbers": [
            ("grace_days", _("Tenggang desa sungai atau tanpa sinyal"), found.due.grace_days),
            ("missed_after", _("Kunjungan tercatat terlewat sesudah"), found.missed_after),
            ("report_days", _("Laporan paling lambat (hari kerja)"), found.report_days),
        ],
        "typed": typed if error else {},
        "note": DESIGN_NOTE,
        "may_set": allows(worn(request), "set_rules", found),
        **refused(error),
    }
    return render(request, "mentoring/rules.html", context, status=error.status if error else 200)


@page("mentoring.set_rules", of=standards_of_regency, methods=("POST",))
def set_rules(request: HttpRequest, found: Standards) -> HttpResponse:
    """Set the days of a regency."""
    try:
        services.set_rules(
            regency_code=found.regency.code,
            typed=request.POST.dict(),
            version=version_of(request) or 0,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return rules_page(request, standards_of_regency(found.regency.code), error)
    messages.success(request, _("Hari tenggat tersimpan. Yang sudah berjalan tidak berubah."))
    return redirect("mentoring:rules", regency=found.regency.code)
