"""Excuses to decide, holidays, and the procedure of a regency."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from rembuk.core.calendar import known_years
from rembuk.core.errors import RembukError
from rembuk.core.law.dated import CERTAINTY_LABELS
from rembuk.core.permissions import TABLE
from rembuk.core.workflow.stages import PROFILES, STAGES, prerequisites, stage_dates
from rembuk.cycles import queries, services
from rembuk.cycles.filters import EXCUSE_STATES, ExcuseFilter
from rembuk.cycles.forms import DecisionForm, HolidayForm, ProcedureForm
from rembuk.cycles.labels import FAMILY_NAMES, STAGE_TITLES
from rembuk.cycles.models import Excuse, Holiday
from rembuk.cycles.procedure import procedure_of
from rembuk.cycles.views.targets import RegencyPage, excuse_of, holiday_of, regency_of
from rembuk.regions.models import Regency
from rembuk.shared import clock, people
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

PAGE_SIZE = 50


@page("cycles.read_excuses")
def excuses(request: HttpRequest) -> HttpResponse:
    """The excuses of the hat's place, those that wait first."""
    wanted = ExcuseFilter.read(request.GET)
    shown = Paginator(wanted.apply(worn(request)), PAGE_SIZE).get_page(request.GET.get("hal"))
    listed = list(shown)
    names = people.names({key for row in listed for key in (row.proposed_by, row.decided_by) if key})
    rows = [(row, STAGE_TITLES[row.stage], names.get(row.proposed_by, "") if row.proposed_by else "") for row in listed]
    context = {"filter": wanted, "states": EXCUSE_STATES, "page": shown, "rows": rows}
    return render(request, "cycles/excuses.html", context)


@page("cycles.read", of=excuse_of)
def one_excuse(request: HttpRequest, target: Excuse) -> HttpResponse:
    """One excuse with its letter, and the decision for who may make it."""
    return excuse_page(request, target, DecisionForm(initial={"version": target.version}))


def excuse_page(
    request: HttpRequest, target: Excuse, form: DecisionForm, error: RembukError | None = None
) -> HttpResponse:
    names = people.names({key for key in (target.proposed_by, target.decided_by) if key})
    context = {
        "excuse": target,
        "cycle": target.cycle,
        "village": target.cycle.village,
        "title": STAGE_TITLES[target.stage],
        "proposed_by": names.get(target.proposed_by, "") if target.proposed_by else "",
        "decided_by": names.get(target.decided_by, "") if target.decided_by else "",
        "may_decide": target.state == Excuse.State.PROPOSED
        and TABLE.allows(worn(request), "cycles.decide_excuse", target),
        "form": form,
        "sentence": sentence(error) if error else "",
    }
    status = error.status if error else (400 if form.is_bound else 200)
    return render(request, "cycles/one_excuse.html", context, status=status)


@page("cycles.decide_excuse", of=excuse_of, methods=("POST",))
def decide(request: HttpRequest, target: Excuse) -> HttpResponse:
    """Grant or refuse the excuse."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return excuse_page(request, target, form)
    data = form.cleaned_data
    try:
        services.decide_excuse(
            excuse_id=target.pk,
            granted=data["granted"],
            note=data["note"],
            version=data["version"],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return excuse_page(request, target, form, error)
    messages.success(request, _("Keputusan tersimpan."))
    return redirect("cycles:excuses")


@page("cycles.read_holidays")
def own_holidays(request: HttpRequest) -> HttpResponse:
    """Lead to the holidays of the hat's own regency."""
    return redirect("cycles:holidays", regency=own_regency(request))


@page("cycles.read_procedure")
def own_procedure(request: HttpRequest) -> HttpResponse:
    """Lead to the procedure of the hat's own regency."""
    return redirect("cycles:procedure", regency=own_regency(request))


def own_regency(request: HttpRequest) -> str:
    """Return the regency of the hat; a hat of the whole country has the first one."""
    code = worn(request).place.regency
    return code or get_object_or_404(Regency.objects.order_by("code")[:1]).code


@page("cycles.read_holidays", of=regency_of)
def holidays(request: HttpRequest, target: RegencyPage) -> HttpResponse:
    """The days that are not worked at a regency, national and its own."""
    return holidays_page(request, target, HolidayForm())


def holidays_page(
    request: HttpRequest, target: RegencyPage, form: HolidayForm, error: RembukError | None = None
) -> HttpResponse:
    asked = request.GET.get("tahun", "")
    year = int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else clock.today().year
    own = list(Holiday.objects.filter(regency=target.regency, day__year=year))
    own_days = {row.day for row in own}
    national = sorted(day for day in queries.holidays(target.regency) - own_days if day.year == year)
    context = {
        "regency": target.regency,
        "year": year,
        "national": national,
        "own": own,
        "known": year in known_years(),
        "years": sorted({*known_years()[-3:], clock.today().year, clock.today().year + 1}),
        "may_set": TABLE.allows(worn(request), "cycles.set_holiday", target),
        "form": form,
        "sentence": sentence(error) if error else "",
    }
    status = error.status if error else (400 if form.is_bound else 200)
    return render(request, "cycles/holidays.html", context, status=status)


@page("cycles.set_holiday", of=regency_of, methods=("POST",))
def add_holiday(request: HttpRequest, target: RegencyPage) -> HttpResponse:
    """Add a holiday of the regency."""
    form = HolidayForm(request.POST)
    if not form.is_valid():
        return holidays_page(request, target, form)
    try:
        made = services.set_holiday(
            regency_code=target.regency.code, **form.cleaned_data, actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return holidays_page(request, target, form, error)
    messages.success(request, _("Hari libur tersimpan."))
    address = redirect("cycles:holidays", regency=target.regency.code)
    address["Location"] += f"?tahun={made.day.year}"
    return address


@page("cycles.set_holiday", of=holiday_of, methods=("POST",))
def remove_holiday(request: HttpRequest, target: Holiday) -> HttpResponse:
    """Take a holiday of the regency away."""
    try:
        services.remove_holiday(holiday=target, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Hari libur dihapus."))
    return redirect("cycles:holidays", regency=target.regency_id)


@page("cycles.read_procedure", of=regency_of)
def procedure(request: HttpRequest, target: RegencyPage) -> HttpResponse:
    """The order of stages of a regency, with legal days, targets, and how sure we are of each."""
    return procedure_page(request, target, None)


def procedure_page(
    request: HttpRequest, target: RegencyPage, form: ProcedureForm | None, error: RembukError | None = None
) -> HttpResponse:
    chosen = procedure_of(target.regency)
    year = clock.today().year
    rows: list[dict[str, Any]] = []
    for stage in chosen.profile.stages():
        dates = stage_dates(stage.code, year, chosen.profile)
        rows.append(
            {
                "code": stage.code,
                "title": STAGE_TITLES[stage.code],
                "needs": ", ".join(prerequisites(stage.code, chosen.profile)),
                "legal": dates.legal,
                "target": dates.target,
                "set_here": stage.code in chosen.profile.targets,
                "uncertain": dates.legal is None
                and stage.code not in chosen.profile.targets
                and dates.target is not None,
                "source": stage.source,
            }
        )
    initial: dict[str, Any] = {"profile": chosen.profile.code, "off": sorted(chosen.profile.off)}
    initial |= {"family": chosen.family, "version": chosen.version}
    context = {
        "regency": target.regency,
        "profile": chosen.profile,
        "certainty": CERTAINTY_LABELS[chosen.profile.certainty],
        "known": target.regency.profile in PROFILES,
        "family": FAMILY_NAMES[chosen.family],
        "rows": rows,
        "off": [STAGE_TITLES[code] for code in sorted(chosen.profile.off) if code in STAGES],
        "may_set": TABLE.allows(worn(request), "cycles.set_procedure", target),
        "form": form or ProcedureForm(profile=chosen.profile, initial=initial),
        "sentence": sentence(error) if error else "",
    }
    status = error.status if error else (400 if form is not None else 200)
    return render(request, "cycles/procedure.html", context, status=status)


@page("cycles.set_procedure", of=regency_of, methods=("POST",))
def set_procedure(request: HttpRequest, target: RegencyPage) -> HttpResponse:
    """Choose the order, the targets, and the meetings that are not held."""
    form = ProcedureForm(request.POST, profile=procedure_of(target.regency).profile)
    if not form.is_valid():
        return procedure_page(request, target, form)
    data = form.cleaned_data
    try:
        services.set_procedure(
            regency_code=target.regency.code,
            profile=data["profile"],
            targets=form.targets(),
            off=data["off"],
            version=data["version"],
            running=data["running"],
            family=data["family"] or None,
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return procedure_page(request, target, form, error)
    messages.success(request, _("Profil prosedur tersimpan."))
    return redirect("cycles:procedure", regency=target.regency.code)
