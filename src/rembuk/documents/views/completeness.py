"""The papers of one cycle on one page: what is there, what is missing, where it is made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.documents.checklist import shown
from rembuk.shared.web import page, worn


@page("documents.checklist", of=cycle_by_id)
def checklist(request: HttpRequest, target: Cycle) -> HttpResponse:
    """The completeness list of a cycle (F37) with a way to each missing paper, and every form that can be printed."""
    context = {
        "cycle": target,
        "village": target.village,
        "subject": f"cycle:{target.pk}",
        "shown": shown(target, worn(request)),
    }
    return render(request, "documents/checklist.html", context)
