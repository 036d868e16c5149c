"""The seasons of a regency: the list, opening one, its first page, its window and rules."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from rembuk.core import schedule
from rembuk.core.errors import RefusedError, RembukError
from rembuk.core.permissions import Somewhere
from rembuk.core.schedule import Instance, Policy
from rembuk.core.schedule.tables import remoteness
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import POLICY_FIELDS
from rembuk.guidance.season.labels import POLICY_NAMES
from rembuk.guidance.season.models import Season, SeasonPlan, Water
from rembuk.guidance.season.permissions import allows
from rembuk.guidance.season.services import SeasonValues
from rembuk.guidance.season.services.planning import PLAN_JOB, newest_travel, ready_instance
from rembuk.guidance.season.views.finding import key_of, number_in, season_of, shown, tabs
from rembuk.regions.models import Regency
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence

PER_PAGE = 30
NEWEST = 6
"""Plans on the first page of a season; the others lie in their list."""
NAMED = 8
"""Villages named at each end of the order in which forums would be left out."""
FIELDS = {
    "name": "nama",
    "plan_year": "tahun",
    "start_date": "mulai",
    "end_date": "selesai",
    "water": "air",
    "seat": "kedudukan",
    "shared_boats": "perahu",
    "shared_seats": "kursi",
}
"""Field of the values -> name in the form."""


@page("season.list")
def index(request: HttpRequest) -> HttpResponse:
    """The seasons, newest first."""
    hat = worn(request)
    search = request.GET.get("cari", "").strip()[:80]
    rows = queries.seasons_seen_by(hat)
    if search:
        rows = rows.filter(name__icontains=search)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    may_open = bool(hat.place.regency) and allows(hat, "setup", Somewhere(hat.place))
    context = {
        "page": found,
        "count": found.paginator.count,
        "search": search,
        "may_open": may_open,
        "published": queries.published_of([season.pk for season in found.object_list]),
    }
    return shown(request, "season/list.html", context)


@page("season.setup", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Open a season: every village whose forum waits is taken in."""
    hat = worn(request)
    regency = get_object_or_404(Regency, pk=hat.place.regency)
    if request.method == "GET":
        return new_form(request, {"tahun": str(clock.today().year), "air": Water.NORMAL, "perahu": "0", "kursi": "0"})
    try:
        season = services.open_season(
            season_id=key_of(request), regency=regency, values=values_of(request), actor=hat, at=clock.now()
        )
    except RembukError as error:
        return new_form(request, request.POST.dict(), error)
    messages.success(request, _("Musim dibuka. Isi tim dan waktu tempuhnya, lalu susun jadwal."))
    return redirect("season:season", season_id=season.pk)


def new_form(request: HttpRequest, typed: Mapping[str, Any], error: RembukError | None = None) -> HttpResponse:
    context = {
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "waters": Water.choices,
        "policies": policies_of(typed),
    }
    return shown(request, "season/new.html", context, error)


def values_of(request: HttpRequest) -> SeasonValues:
    """Return a season as typed."""
    typed = {name: request.POST.get(field, "") for name, field in FIELDS.items()}
    policy = {name: request.POST.get(f"aturan-{name}", "") for name in POLICY_FIELDS}
    return SeasonValues(**typed, policy=policy)


def policies_of(typed: Mapping[str, Any]) -> list[dict[str, object]]:
    """Return the rules that an office may set: name, words, what is typed, what counts when nothing is."""
    usual = Policy()
    return [
        {
            "field": f"aturan-{name}",
            "words": POLICY_NAMES[name],
            "typed": typed.get(f"aturan-{name}", ""),
            "usual": getattr(usual, name),
        }
        for name in POLICY_FIELDS
    ]


@page("season.read", of=season_of)
def season(request: HttpRequest, found: Season) -> HttpResponse:
    """The season at a glance: what is missing, what comes next, its plans."""
    hat = worn(request)
    may_plan = allows(hat, "plan", found)
    context = {
        **tabs(hat, found, "jadwal"),
        "plans": plan_rows(queries.plans_of(found)[:NEWEST]) if may_plan else [],
        "plan_count": queries.plans_of(found).count() if may_plan else 0,
        "published": queries.published_plan(found),
        "counts": counts_of(found),
        **(readiness(found) if allows(hat, "setup", found) else {}),
    }
    return shown(request, "season/season.html", context)


def counts_of(found: Season) -> dict[str, int]:
    return {"villages": found.wishes.count(), "teams": found.teams.count(), "speakers": found.speakers.count()}


def plan_rows(plans: Iterable[SeasonPlan]) -> list[dict[str, object]]:
    """Return plans with their figures beside each other."""
    return [
        {
            "plan": plan,
            "score": plan.score,
            "left_out": len(plan.score.get("unserved", ())),
            "cause": cause_of(plan),
        }
        for plan in plans
    ]


def cause_of(plan: SeasonPlan) -> str:
    """Return in words why a plan was made; one that the worker made says nothing more."""
    return "" if plan.cause.startswith(f"{PLAN_JOB}:") else plan.cause


def readiness(found: Season) -> dict[str, object]:
    """Return what must be mended, what is worth knowing, and who would be left out first and last."""
    unknown = queries.villages_without_ceiling(found)
    men = [
        team for team in found.teams.prefetch_related("members") if "P" not in {one.sex for one in team.members.all()}
    ]
    context: dict[str, object] = {"no_ceiling": unknown, "men_only": men, "travel": newest_travel(found)}
    try:
        instance, _travel = ready_instance(found)
    except RefusedError as error:
        return {**context, "ready": False, "wrong": sentence(error), "wrong_rows": error.findings}
    return {**context, "ready": True, "worth": schedule.warnings(instance), **order_of(instance)}


def order_of(instance: Instance) -> dict[str, object]:
    """Return the villages that would be left out first and last if days ran short."""
    ranked = sorted(priorities(instance), key=lambda row: (row[1], row[0]))
    return {"left_first": ranked[:NAMED], "left_last": ranked[::-1][:NAMED]}


def priorities(instance: Instance) -> list[tuple[str, int, int | None]]:
    """Return (village, priority 0-100, minutes from the seat) as the scheduler weighs them."""
    number = {place: n for n, place in enumerate(instance.travel.places)}
    seat = number.get(f"base:{instance.seat}")
    ranks = remoteness(instance)
    found = []
    for village in instance.villages:
        minutes = None if seat is None else instance.travel.minutes[seat][number[village.code]]
        found.append((village.title, ranks[village.code], minutes))
    return found


@page("season.setup", of=season_of, methods=("GET", "POST"))
def rules(request: HttpRequest, found: Season) -> HttpResponse:
    """The window, the rules of the road, and the days on which nobody works."""
    hat = worn(request)
    if request.method == "GET":
        return rules_form(request, found, typed_of(found))
    try:
        if "tutup" in request.POST:
            closed = request.POST["tutup"]
            services.close_days(season_id=found.pk, closed=closed, actor=hat, at=clock.now())
            messages.success(request, _("Hari tertutup tersimpan."))
        else:
            version = number_in(request.POST.get("versi", ""))
            services.edit_season(
                season_id=found.pk, version=version, values=values_of(request), actor=hat, at=clock.now()
            )
            messages.success(request, _("Aturan musim tersimpan. Jadwal yang ada tidak berubah."))
    except RembukError as error:
        return rules_form(request, found, {**typed_of(found), **request.POST.dict()}, error)
    return redirect("season:rules", season_id=found.pk)


def typed_of(found: Season) -> dict[str, str]:
    """Return a stored season as its form shows it."""
    typed = {field: str(getattr(found, name)) for name, field in FIELDS.items()}
    typed |= {f"aturan-{name}": str(value) for name, value in found.policy.items()}
    return {**typed, "tutup": closed_text(found.closed_days.filter(team=None, speaker=None, wish=None))}


def closed_text(rows: Any) -> str:
    """Return closed days as lines of day and reason."""
    return "\n".join(f"{row.day.isoformat()} {row.reason}" for row in rows)


def rules_form(
    request: HttpRequest, found: Season, typed: Mapping[str, Any], error: RembukError | None = None
) -> HttpResponse:
    context = {
        **tabs(worn(request), found, "aturan"),
        "typed": typed,
        "version": found.version,
        "waters": Water.choices,
        "policies": policies_of(typed),
    }
    return shown(request, "season/rules.html", context, error)
