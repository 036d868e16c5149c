"""Public pages: the front, and one village's year."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.permissions import Placed
from rembuk.cycles.queries import current_cycle
from rembuk.portal import queries
from rembuk.regions.models import Regency, Village
from rembuk.shared.clock import now, today
from rembuk.shared.web import page


@page("portal.front")
def front(request: HttpRequest) -> HttpResponse:
    """Find one's village, follow a proposal, check a paper."""
    text = request.GET.get("cari", "").strip()[:60]
    villages = queries.found_villages(text)
    groups = [(district, list(rows)) for district, rows in groupby(villages, key=lambda row: row.district)]
    context = {
        "regencies": list(Regency.objects.order_by("code")),
        "groups": groups,
        "count": len(villages),
        "text": text,
    }
    return render(request, "portal/front.html", context)


def village_of_url(code: str) -> Placed:
    return queries.village_by_code(code)


@page("portal.village", of=village_of_url)
def village(request: HttpRequest, target: Village) -> HttpResponse:
    """Where the village's plan stands, when to come, what the money is for, what became of the proposals."""
    cycle = current_cycle(target)
    context: dict[str, object] = {"village": target, "cycle": cycle, "today": today()}
    if cycle is not None:
        stages = queries.public_stages(cycle, today())
        plan = queries.enacted_plan(cycle)
        sums, proposals = queries.public_proposals(cycle)
        fields = queries.sums_by_field(plan) if plan else []
        context |= {
            "stages": stages,
            "current": next((stage for stage in stages if not stage.state.done), None),
            "meetings": queries.coming_meetings(target, now()),
            "plan": plan,
            "fields": fields,
            "plan_total": sum(field.amount for field in fields),
            "sums": sums,
            "proposals": proposals,
        }
    return render(request, "portal/village.html", context)
