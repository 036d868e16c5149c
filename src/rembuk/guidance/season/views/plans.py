"""A plan: asking for one, its calendar, its list, its figures, and the villages it leaves out."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from rembuk.core import schedule
from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.schedule import Explainer, Miss, Words
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import built
from rembuk.guidance.season.labels import PARTS
from rembuk.guidance.season.models import PlanVisit, Season, SeasonPlan
from rembuk.guidance.season.permissions import allows
from rembuk.guidance.season.views.finding import number_in, plan_of, season_of, sheet, shown
from rembuk.guidance.season.views.grid import clock_of, grid_of, hours_of
from rembuk.guidance.season.views.seasons import cause_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 60


@page("season.plan", of=season_of, methods=("POST",))
def make(request: HttpRequest, found: Season) -> HttpResponse:
    """Ask the worker for a plan and show how far it is."""
    seed = number_in(request.POST.get("benih", "")) or 1
    try:
        job = services.plan_season(season_id=found.pk, seed=seed, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    return redirect("shared:job", job_id=job.pk)


def sees_all(hat: Hat, plan: SeasonPlan) -> bool:
    """Return whether the hat reads the whole plan, not only the rows of its own place."""
    return hat.place.covers(plan.place)


def readable(hat: Hat, plan: SeasonPlan) -> None:
    """Let only planners read a draft: a village learns its day when it is in force. Raises: Http404."""
    if plan.state == SeasonPlan.State.DRAFT and not allows(hat, "plan", plan):
        raise Http404


def head(hat: Hat, plan: SeasonPlan, tab: str) -> dict[str, Any]:
    """Return what the head of every page of a plan asks."""
    readable(hat, plan)
    draft = plan.state == SeasonPlan.State.DRAFT
    may_plan = allows(hat, "plan", plan)
    return {
        "plan": plan,
        "season": plan.season,
        "tab": tab,
        "whole": sees_all(hat, plan),
        "cause": cause_of(plan),
        "may_move": may_plan and draft,
        "may_plan": may_plan,
        "may_publish": allows(hat, "publish", plan) and plan.state != SeasonPlan.State.REPLACED,
    }


@page("season.read", of=plan_of)
def plan(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The calendar of a plan; whoever reads only their own place gets its rows as a list."""
    hat = worn(request)
    readable(hat, found)
    if not sees_all(hat, found):
        return redirect("season:plan_list", plan_id=found.pk)
    known = built(found)
    text = request.GET.get("minggu", "")
    week = number_in(text) - 1 if 1 <= number_in(text) <= known.instance.weeks else None
    names, today = Words(known.instance), clock.today()
    grid = grid_of(known, week)
    context = {
        **head(hat, found, "kalender"),
        "grid": grid,
        "today": today,
        "shows_today": any(day == today for one in grid.weeks for day, _reason in one.days),
        "week": week,
        "weeks": range(1, known.instance.weeks + 1),
        "unserved": [(code, names.village(code)) for code in known.plan.unserved],
        "misfit": [names.village(code) for code in known.misfit],
        "score": found.score,
    }
    return shown(request, "season/plan.html", context)


def kept_rows(request: HttpRequest, rows: Iterable[PlanVisit]) -> list[PlanVisit]:
    """Return the forums that the filters of the address keep."""
    get = request.GET
    search, district, team = get.get("cari", "").strip().casefold()[:80], get.get("kecamatan", ""), get.get("tim", "")
    return [
        row
        for row in rows
        if (not search or search in row.village.name.casefold())
        and (not district or row.village.district_id == district)
        and (not team or str(row.team_id) == team)
    ]


@page("season.read", of=plan_of)
def listing(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The forums of a plan as a list that can be searched."""
    hat = worn(request)
    everything = queries.visits_of(found, hat)
    rows = Paginator(kept_rows(request, everything), PER_PAGE).get_page(request.GET.get("hal"))
    visits = built(found).plan.by_village()
    lines = []
    for row in rows.object_list:
        visit = visits.get(row.village_id)
        lines.append((row, f"{clock_of(visit.start)}–{clock_of(visit.end)}" if visit else ""))
    context = {
        **head(hat, found, "daftar"),
        "page": rows,
        "count": rows.paginator.count,
        "lines": lines,
        "districts": sorted({(row.village.district_id, row.village.district.name) for row in everything}),
        "teams": sorted({(row.team.name, str(row.team_id)) for row in everything}),
        "filters": {name: request.GET.get(name, "") for name in ("cari", "kecamatan", "tim")},
    }
    return shown(request, "season/plan_list.html", context)


@page("season.read", of=plan_of)
def export(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The shown forums as a sheet."""
    readable(worn(request), found)
    visits = built(found).plan.by_village()
    top = [_("Tanggal"), _("Kode"), _("Desa"), _("Kecamatan"), _("Tim"), _("Mulai"), _("Selesai")]
    lines = []
    for row in kept_rows(request, queries.visits_of(found, worn(request))):
        visit = visits.get(row.village_id)
        times = (clock_of(visit.start), clock_of(visit.end)) if visit else ("", "")
        village = row.village
        lines.append((row.day.isoformat(), village.code, village.name, village.district.name, row.team.name, *times))
    return sheet(request, f"jadwal-{found.number}", _("Jadwal"), top, lines)


@page("season.plan", of=plan_of)
def figures(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """What the plan costs, part by part, how the load lies on the teams, and each kecamatan."""
    known = built(found)
    score = found.score
    parts = [(PARTS[name], points) for name, points in score.get("parts", {}).items()]
    names = Words(known.instance)
    loads = [
        (names.team(team), days, score.get("available", {}).get(team, 0))
        for team, days in sorted(score.get("assigned", {}).items(), key=lambda row: (-row[1], names.team(row[0])))
    ]
    rows = [
        {"row": row, "hours": hours_of(row.minutes), "teams": ", ".join(names.team(team) for team in row.teams)}
        for row in schedule.districts(known.tables, known.plan)
    ]
    context = {
        **head(worn(request), found, "angka"),
        "score": score,
        "parts": parts,
        "loads": loads,
        "districts": rows,
    }
    return shown(request, "season/figures.html", context)


@page("season.plan", of=plan_of)
def unmet(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """The villages without a forum: what stands in the way, counted; the nearest miss; what would help."""
    known = built(found)
    explainer, names = Explainer(known.tables, known.plan), Words(known.instance)
    shown_codes = Paginator(known.plan.unserved, 20).get_page(request.GET.get("hal"))
    rows = [{"code": code, "told": told(explainer, names, code)} for code in shown_codes.object_list]
    proof = names.capacity(explainer.capacity) if known.plan.unserved else ""
    context = {
        **head(worn(request), found, "belum"),
        "page": shown_codes,
        "rows": rows,
        "proof": proof,
        "count": len(known.plan.unserved),
    }
    return shown(request, "season/unmet.html", context)


def told(explainer: Explainer, names: Words, code: str) -> dict[str, object]:
    """Return the explanation of one village in its parts, in words."""
    found = explainer.unmet(code)
    return {
        "head": names.unmet(found)[0],
        "counts": [names.counted(code, count) for count in found.counts],
        "nearest": nearest(names, code, found.nearest) if found.nearest is not None else "",
        "offers": [names.offer(code, offer) for offer in found.offers],
    }


def nearest(names: Words, code: str, miss: Miss) -> str:
    """Return the team and day that came nearest, and what stood in the way."""
    why = names.conflict(miss.obstacle.code, code, miss.obstacle.params)
    values = {"team": names.team(miss.team), "day": names.day(miss.day), "why": why}
    return _("Paling dekat: %(team)s, %(day)s. %(why)s") % values


@page("season.plan", of=plan_of, methods=("POST",))
def draft(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """Begin a draft from a plan, to be changed by hand."""
    made = services.start_draft(plan_id=found.pk, actor=worn(request), at=clock.now())
    messages.success(
        request, _("Rancangan %(number)s dimulai. Jadwal yang berlaku tidak berubah.") % {"number": made.number}
    )
    return redirect("season:plan", plan_id=made.pk)


@page("season.plan", of=plan_of, methods=("POST",))
def remove(request: HttpRequest, found: SeasonPlan) -> HttpResponse:
    """Take a forum out of a draft."""
    version, village = number_in(request.POST.get("versi", "")), request.POST.get("desa", "")
    try:
        services.remove_visit(plan_id=found.pk, version=version, village=village, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Forum itu dikeluarkan dari rancangan ini."))
    return redirect("season:plan", plan_id=found.pk)
