"""The steps of a plan as buttons; a refusal shows the plan again with everything that is missing and what was typed."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core.errors import RembukError
from rembuk.guidance.programme import services
from rembuk.guidance.programme.models import GuidancePlan
from rembuk.guidance.programme.views.finding import plan_of
from rembuk.guidance.programme.views.plans import show
from rembuk.shared import clock
from rembuk.shared.web import page, worn

Act = Callable[[], GuidancePlan]
SAID: Mapping[str, str | Promise] = {
    "submit": _("Rencana diajukan. Isinya terkunci sampai diputuskan."),
    "return": _("Rencana dikembalikan; Kabid diberi tahu catatannya."),
    "approve": _("Rencana disetujui dan dibekukan sebagai versi dengan naskahnya."),
    "start": _("Rencana berjalan. Realisasi dapat dicatat."),
    "revise": _("Revisi dibuka. Versi yang berlaku tetap terbaca sampai revisi disetujui."),
    "close": _("Rencana ditutup."),
}


def stepping(request: HttpRequest, found: GuidancePlan, event: str, act: Act | None) -> HttpResponse:
    """Do one step; an event the page does not know changes nothing."""
    if act is None:
        return redirect("programme:plan", found.pk)
    try:
        act()
    except RembukError as error:
        return show(request, plan_of(found.pk), error, event)
    messages.success(request, str(SAID[event]))
    return redirect("programme:plan", found.pk)


@page("programme.submit", of=plan_of, methods=("POST",))
def submit(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Hand a plan or a revision in."""
    hat = worn(request)
    return stepping(request, found, "submit", lambda: services.submit(plan_id=found.pk, actor=hat, at=clock.now()))


@page("programme.decide", of=plan_of, methods=("POST",))
def decide(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Approve, or give back with a note."""
    hat, note = worn(request), request.POST.get("catatan", "")
    acts: dict[str, Act] = {
        "approve": lambda: services.approve(plan_id=found.pk, actor=hat, at=clock.now()),
        "return": lambda: services.return_plan(plan_id=found.pk, note=note, actor=hat, at=clock.now()),
    }
    event = request.POST.get("langkah", "")
    return stepping(request, found, event, acts.get(event))


@page("programme.run", of=plan_of, methods=("POST",))
def run(request: HttpRequest, found: GuidancePlan) -> HttpResponse:
    """Start, revise, close."""
    hat, post = worn(request), request.POST
    acts: dict[str, Act] = {
        "start": lambda: services.start(plan_id=found.pk, day=post.get("hari", ""), actor=hat, at=clock.now()),
        "revise": lambda: services.revise(plan_id=found.pk, reason=post.get("alasan", ""), actor=hat, at=clock.now()),
        "close": lambda: services.close_plan(plan_id=found.pk, note=post.get("catatan", ""), actor=hat, at=clock.now()),
    }
    event = post.get("langkah", "")
    return stepping(request, found, event, acts.get(event))
