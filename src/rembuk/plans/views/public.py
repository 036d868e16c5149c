"""What everybody may read: the RKP Desa once its Perdes is promulgated. No names of people."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.plans.grid import Asked, make_grid
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.public_money import plan_money
from rembuk.plans.queries import version_in_force
from rembuk.plans.views.finding import public_plan_of
from rembuk.proposals.public_words import cover_of
from rembuk.shared.web import page


@page("plans.public", of=public_plan_of)
def public(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """The enacted plan of a village: activities by bidang, money by source, the Perdes."""
    force = version_in_force(plan.cycle_id)
    context = {
        "plan": plan,
        "grid": make_grid(plan, None, Asked()),
        "money": plan_money(plan.pk, cover_of(plan.village)),
        "force": force,
        "in_force": force == plan,
    }
    return render(request, "plans/public.html", context)
