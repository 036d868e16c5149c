"""One village's year for everybody: where the plan stands, when to come, what the money is for, what became of it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rembuk.announcements.queries import running
from rembuk.deliberation.queries import PublicMeeting, public_meetings
from rembuk.plans.comment_board import open_windows
from rembuk.plans.public_money import plan_money
from rembuk.plans.queries import versions_in_force
from rembuk.portal.cached import village_page
from rembuk.portal.queries.money import budget_in_force
from rembuk.portal.queries.news import news_of
from rembuk.portal.queries.proposals import ProposalSums, proposal_sums, public_proposals
from rembuk.portal.queries.stages import first_open, public_stages
from rembuk.portal.queries.villages import ChosenYear, chosen_year
from rembuk.portal.queries.works import year_with_works
from rembuk.portal.sections import sections_of
from rembuk.proposals.public_words import cover_of, covered_rows
from rembuk.regions.models import Village
from rembuk.shared import clock, panels

PROPOSALS_SHOWN = 8
MEETINGS_SHOWN = 4
NEWS_SHOWN = 5
AHEAD = ("invited", "adjourned", "cancelled")


def base_context(request: HttpRequest, village: Village, active: str) -> dict[str, Any]:
    """Return what every page of a village needs: its head, its sections, the year that is shown. One query."""
    timezone.activate(ZoneInfo(village.regency.time_zone))
    chosen = chosen_year(village, request.GET.get("tahun", ""))
    return {
        "village": village,
        "chosen": chosen,
        "cycle": chosen.cycle,
        "today": clock.today(),
        "sections": sections_of(village, chosen, active),
        "active": active,
    }


@village_page()
def village(request: HttpRequest, target: Village) -> HttpResponse:
    """The first page of a village. Some thirty queries, however much there is."""
    context = base_context(request, target, "village")
    chosen: ChosenYear = context["chosen"]
    context["coming"] = coming_meetings(target)
    context["announced"] = list(running(target.pk, clock.today())[:NEWS_SHOWN])
    context["news"] = news_of(Q(village=target), NEWS_SHOWN)
    context["panels"] = other_panels(target)
    context["draft"] = open_windows([target.pk], clock.now()).first()
    if chosen.cycle is not None:
        context |= year_context(target, chosen)
    return render(request, "portal/village.html", context)


def year_context(target: Village, chosen: ChosenYear) -> dict[str, Any]:
    cycle = chosen.cycle
    assert cycle is not None
    cover = cover_of(target)
    stages = public_stages(cycle, clock.today(), cover)
    plans = versions_in_force([one.pk for one in chosen.cycles])
    plan = plans.get(cycle.pk)
    told = plan or next((plans[one.pk] for one in chosen.cycles if one.pk in plans), None)
    sums = proposal_sums(target).get(cycle.pk, ProposalSums())
    rows = public_proposals(target).filter(cycle=cycle).select_related("hamlet").order_by("number", "id")
    return {
        "stages": stages,
        "current": first_open(stages),
        "plan": plan,
        "told": told,
        "money": plan_money(told.pk, cover) if told is not None else None,
        "budget": budget_in_force(cycle.pk),
        "sums": sums,
        "proposals": covered_rows(rows[:PROPOSALS_SHOWN], cover),
        "built_year": year_with_works(chosen.cycles),
    }


def coming_meetings(target: Village) -> list[PublicMeeting]:
    """Return the next meetings that people are called to, called off ones too, the nearest first."""
    ahead = [row for row in public_meetings(target.pk, since=clock.now()) if row.state in AHEAD]
    return ahead[::-1][:MEETINGS_SHOWN]


def other_panels(target: Village) -> list[panels.Panel]:
    """Return what later rooms tell everybody of the village: its plan, what was built."""
    keys: Any = [target.pk]
    found: Any = panels.for_many("village", keys, None)
    return list(found[target.pk])
