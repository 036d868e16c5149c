"""Papan informasi: one A3 sheet for the notice board, with plan, budget, how to take part and the code of the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from rembuk.announcements.queries import running
from rembuk.cycles.models import Cycle
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.public_money import plan_money
from rembuk.plans.queries import versions_in_force
from rembuk.portal.cached import village_page
from rembuk.portal.queries.money import budget_in_force, budget_money
from rembuk.portal.queries.villages import ChosenYear
from rembuk.portal.sections import proposing_address
from rembuk.portal.views.village import base_context, coming_meetings
from rembuk.proposals.public_words import Cover, cover_of
from rembuk.proposals.receipts import qr_of
from rembuk.regions.models import Village
from rembuk.shared import clock

MOST_ANNOUNCED = 3
MOST_ACTIVITIES = 30
"""What fits on the sheet beside the pictures; the dearest come first, the rest is summed."""


@village_page()
def poster(request: HttpRequest, village: Village) -> HttpResponse:
    """The sheet of the year that was asked for, else of the newest year whose plan is law. A dozen queries."""
    context = base_context(request, village, "poster")
    cycle, plan = shown_year(context["chosen"], asked=bool(request.GET.get("tahun")))
    address = request.build_absolute_uri(reverse("portal:short", args=(village.code,)))
    context |= {
        "shown": cycle,
        "plan": plan,
        "coming": coming_meetings(village),
        "announced": list(running(village.pk, clock.today())[:MOST_ANNOUNCED]),
        "address": address.partition("://")[2],
        "qr": qr_of(address),
        "proposing": proposing_address(village),
        "host": request.get_host(),
    }
    if plan is not None and cycle is not None:
        context |= money_context(plan, cycle, cover_of(village))
    return render(request, "portal/poster.html", context)


def shown_year(chosen: ChosenYear, *, asked: bool) -> tuple[Cycle | None, RkpdesVersion | None]:
    """Return the year of the sheet with the plan that is law, if there is one."""
    plans = versions_in_force([cycle.pk for cycle in chosen.cycles])
    if not asked:
        newest = next((cycle for cycle in chosen.cycles if cycle.pk in plans), None)
        if newest is not None:
            return newest, plans[newest.pk]
    return chosen.cycle, plans.get(chosen.cycle.pk) if chosen.cycle is not None else None


def money_context(plan: RkpdesVersion, cycle: Cycle, cover: Cover) -> dict[str, Any]:
    money = plan_money(plan.pk, cover)
    dearest = sorted(money.activities, key=lambda each: (-each.amount, each.name))
    budget = budget_in_force(cycle.pk)
    rest = dearest[MOST_ACTIVITIES:]
    return {
        "money": money,
        "activities": dearest[:MOST_ACTIVITIES],
        "rest": len(rest),
        "rest_amount": sum(each.amount for each in rest),
        "spending": budget_money(budget.pk, cover) if budget is not None else None,
    }
