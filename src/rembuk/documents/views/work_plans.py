"""The work plan (RKTL) of a drafting team: a line per step, empty lines to add to."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.documents.forms import StepFormSet
from rembuk.documents.gather.teamwork import steps_of
from rembuk.documents.services.writing import save_work_plan
from rembuk.plans.models import Team
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


def team_of(team_id: UUID) -> Team:
    """Return a drafting team; another one has no work plan. Raises: Team.DoesNotExist."""
    return Team.objects.select_related("village__district", "cycle").get(pk=team_id, kind=Team.Kind.DRAFTING)


@page("documents.work_plan", of=team_of, methods=("GET", "POST"))
def work_plan(request: HttpRequest, target: Team) -> HttpResponse:
    """The steps as kept, or those that a new plan begins with (``?jenis=perubahan`` for an amendment)."""
    amendment = request.GET.get("jenis") == "perubahan"
    steps, kept = steps_of(target, amendment=amendment)
    refused = ""
    forms = StepFormSet(request.POST or None, initial=[asdict(step) for step in steps], prefix="b")
    facilitator = request.POST.get("pendamping", kept.facilitator if kept else "")
    if request.method == "POST" and forms.is_valid():
        found = [form.step for form in forms]
        try:
            save_work_plan(
                team_id=target.pk,
                steps=[step for step in found if step is not None],
                facilitator=facilitator,
                version=int(request.POST.get("versi", "0") or 0),
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as error:
            if error.status == 403:
                return refusal(request, error)
            refused = sentence(error)
        else:
            messages.success(request, _("RKTL tersimpan."))
            return redirect("documents:paper", code="F02", subject=f"team:{target.pk}")
    wrong = refused or (request.method == "POST" and not forms.is_valid())
    context = {
        "team": target,
        "cycle": target.cycle,
        "village": target.village,
        "forms": forms,
        "kept": kept,
        "amendment": amendment,
        "facilitator": facilitator,
        "refused": refused,
        "version": request.POST.get("versi") or (kept.version if kept else 0),
    }
    return render(request, "documents/work_plan.html", context, status=400 if wrong else 200)
