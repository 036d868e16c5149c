"""The list of plans of a place, and the door from a cycle to its plan."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from rembuk.core.errors import RembukError
from rembuk.cycles.models import Cycle
from rembuk.plans import services
from rembuk.plans.labels import PERDES_STATES, STATES
from rembuk.plans.permissions import allows
from rembuk.plans.queries import current_plan, open_cycles_seen_by, plan_totals, plans_seen_by, teams_of
from rembuk.plans.views.finding import cycle_of
from rembuk.shared import clock
from rembuk.shared.web import hat_of, page, refusal, worn

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What stands in the address of the list."""

    state: str = ""
    year: int | None = None
    search: str = ""
    perdes: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "Wanted":
        state, year = query.get("keadaan", ""), query.get("tahun", "")
        return cls(
            state=state if state in STATES else "",
            year=int(year) if year.isdigit() and 2000 <= int(year) <= 2101 else None,
            search=query.get("cari", "").strip()[:60],
            perdes=perdes if (perdes := query.get("perdes", "")) in PERDES_STATES else "",
        )

    @property
    def any(self) -> bool:
        return bool(self.state or self.year or self.search or self.perdes)


@page("plans.list")
def plans(request: HttpRequest) -> HttpResponse:
    """The plans at or below the hat's place; a village's own open cycles without a plan stand above."""
    hat = worn(request)
    wanted = Wanted.read(request.GET)
    rows = plans_seen_by(hat)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.perdes:
        rows = rows.filter(perdes_state=wanted.perdes)
    if wanted.year:
        rows = rows.filter(cycle__budget_year=wanted.year)
    if wanted.search:
        rows = rows.filter(village__name__icontains=wanted.search)
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("hal"))
    totals = plan_totals([plan.id for plan in shown.object_list])
    own: list[tuple[Cycle, bool]] = []
    if hat.place.village:
        cycles = list(open_cycles_seen_by(hat))
        planned = set(rows.model.objects.filter(cycle__in=cycles).values_list("cycle_id", flat=True))
        own = [(cycle, cycle.id in planned) for cycle in cycles]
    context = {
        "asked": wanted,
        "shown": shown,
        "rows": [(plan, *totals[plan.id]) for plan in shown.object_list],
        "states": STATES.items(),
        "perdes_states": PERDES_STATES.items(),
        "own": own,
        "may_open": bool(own) and allows(hat, "open", own[0][0]),
        "village_id": hat.place.village,
    }
    return render(request, "plans/list.html", context)


@page("plans.read", of=cycle_of)
def of_cycle(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Lead to the cycle's plan, at the part that the address names, or offer to open one."""
    plan = current_plan(cycle.id)
    if plan is not None:
        part = request.GET.get("ke", "")
        name = part if part in ("steps", "perdes", "findings", "amendment") else "grid"
        return redirect(f"plans:{name}", plan.id)
    context = {"cycle": cycle, "teams": teams_of(cycle.id), "may_open": allows(hat_of(request), "open", cycle)}
    return render(request, "plans/no_plan.html", context)


@page("plans.open", of=cycle_of, methods=("POST",))
def open_draft(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Make the first draft of a cycle and lead to its grid."""
    try:
        plan = services.ensure_draft(cycle_id=cycle.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    return redirect("plans:grid", plan.id)
