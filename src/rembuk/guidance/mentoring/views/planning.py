"""Planning pages: a season of visits for many villages in one act, and a visit that nobody had planned."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, Place, Role
from rembuk.cycles.models import Cycle
from rembuk.guidance.mentoring import queries, services
from rembuk.guidance.mentoring.filters import code_of, search_of
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.queries import VillageRow
from rembuk.guidance.mentoring.roster import Roster
from rembuk.guidance.mentoring.services import DropInValues, PlanValues
from rembuk.guidance.mentoring.views.finding import key_of, place_choices, refused
from rembuk.guidance.mentoring.views.lists import stage_choices
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import clock
from rembuk.shared.roles import role_name
from rembuk.shared.web import page, worn


@dataclass(frozen=True, slots=True)
class SeasonFilter:
    """Which villages to offer. days: no visit for so many days."""

    search: str = ""
    district: str = ""
    late: bool = False
    days: int = 0
    overdue: bool = False
    alone: bool = False
    stage: str = ""

    def keeps(self, row: VillageRow) -> bool:
        """Return whether *row* is offered."""
        return (
            self.search.casefold() in row.village.name.casefold()
            and (not self.late or row.days_late > 0)
            and (not self.days or row.days_since is None or row.days_since >= self.days)
            and (not self.overdue or row.overdue > 0)
            and (not self.alone or not row.has_own)
            and (not self.stage or row.held_at == self.stage)
        )


def read_filter(query: QueryDict) -> SeasonFilter:
    days, stage = query.get("hari", ""), query.get("di_tahapan", "")
    return SeasonFilter(
        search=search_of(query),
        district=code_of(query.get("kecamatan", "")),
        late=query.get("telat") == "ya",
        days=int(days) if days.isascii() and days.isdigit() and len(days) <= 4 else 0,
        overdue=query.get("janji") == "ya",
        alone=query.get("tanpa") == "ya",
        stage=stage if stage in dict(stage_choices()) else "",
    )


@page("mentoring.plan", methods=("GET", "POST"))
def season(request: HttpRequest) -> HttpResponse:
    """Choose villages by what speaks for a visit, and give them a visit each over some weeks in one act."""
    if request.method == "GET":
        return season_page(request)
    post = request.POST
    values = PlanValues(
        start=post.get("dari", ""),
        end=post.get("sampai", ""),
        team=tuple(key for key in post.getlist("orang") if key),
        local=post.get("tim") == "setempat",
        purpose=post.get("tujuan", ""),
        mode=post.get("cara", ""),
        stage=post.get("tahapan", ""),
        note=post.get("catatan", ""),
    )
    key, hat = key_of(request), worn(request)
    try:
        made = services.plan_visits(
            season_id=key, village_ids=post.getlist("desa"), values=values, actor=hat, at=clock.now()
        )
    except RembukError as error:
        return season_page(request, error)
    for finding in made.warnings:
        messages.warning(request, finding.message)
    words = ngettext("%(count)d kunjungan direncanakan.", "%(count)d kunjungan direncanakan.", len(made.visits))
    messages.success(request, words % {"count": len(made.visits)})
    days = sorted(visit.planned_date for visit in made.visits)
    return redirect(f"{reverse('mentoring:schedule')}?dari={days[0]}&sampai={days[-1]}")


def season_page(request: HttpRequest, error: RembukError | None = None) -> HttpResponse:
    hat, today = worn(request), clock.today()
    asked = read_filter(request.GET)
    place = narrowed(hat.place, asked.district)
    years = Cycle.objects.filter(closed_at__isnull=True, village__regency_id=place.regency)
    year = years.order_by("-budget_year").values_list("budget_year", flat=True).first() or today.year + 1
    everything = queries.season_villages(place, year, today)
    typed = request.POST
    context: dict[str, Any] = {
        "asked": asked,
        "rows": [row for row in everything if asked.keeps(row)],
        "all_count": len(everything),
        "stages": stage_choices(),
        "held": queries.current_stages(everything),
        "purposes": Visit.Purpose.choices,
        "modes": Visit.Mode.choices,
        "people": [(str(row.pk), row) for row in queries.team_choices(place, today)],
        "typed": typed,
        "chosen": typed.getlist("desa"),
        "team": typed.getlist("orang"),
        "key": typed.get("kunci") or str(uuid4()),
        "today": today,
        "standing": standing_of(place, everything),
        **place_choices(hat),
        **refused(error),
    }
    return render(request, "mentoring/season.html", context, status=error.status if error else 200)


def narrowed(place: Place, district: str) -> Place:
    """Return the district asked for when it lies in the hat's place."""
    wanted = Place(regency=district[:5], district=district)
    return wanted if district and place.covers(wanted) else place


def standing_of(place: Place, rows: Sequence[VillageRow]) -> Any:
    """Return who stands in for a village's own facilitator where some village has none."""
    if all(row.has_own for row in rows) or not rows:
        return None
    first = next(row for row in rows if not row.has_own)
    return Roster([Role.PLD], clock.today()).who(Role.PLD, first.village.place)


@page("mentoring.report", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Begin a visit that nobody had planned: the village, the day, then its sheet."""
    hat, today = worn(request), clock.today()
    if request.method == "GET":
        return new_page(request, hat)
    post = request.POST
    values = DropInValues(
        village_id=post.get("desa", ""),
        day=post.get("tanggal", "") or today.isoformat(),
        purpose=post.get("tujuan", ""),
        mode=post.get("cara", ""),
        stage=post.get("tahapan", ""),
    )
    try:
        visit = services.drop_in(visit_id=key_of(request), values=values, actor=hat, at=clock.now())
    except RembukError as error:
        return new_page(request, hat, error)
    return redirect("mentoring:sheet", visit_id=visit.pk)


def new_page(request: HttpRequest, hat: Hat, error: RembukError | None = None) -> HttpResponse:
    typed = request.POST or request.GET
    context = {
        "villages": list(villages_seen_by(hat).order_by("name", "id")),
        "purposes": Visit.Purpose.choices,
        "modes": Visit.Mode.choices,
        "stages": stage_choices(),
        "typed": typed,
        "key": typed.get("kunci") or str(uuid4()),
        "today": clock.today(),
        "role": role_name(hat.role.value),
        **refused(error),
    }
    return render(request, "mentoring/new.html", context, status=error.status if error else 200)
