"""The studio: two choices side by side, why not, the projector, and a stored count counted again. It reads only."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from rembuk.budgeting import services
from rembuk.budgeting.choice import parse
from rembuk.budgeting.gathering import Facts, remembered
from rembuk.budgeting.models import AllocationRun
from rembuk.core.errors import RembukError
from rembuk.cycles.models import Cycle
from rembuk.hall import explaining, projecting, showing
from rembuk.hall.sides import Letter, board_of
from rembuk.hall.targets import Asked, asked_of, cycle_of, run_of
from rembuk.shared.web import page, refusal, worn


def facts_for(request: HttpRequest, cycle: Cycle) -> Facts:
    return remembered(cycle, request.GET.get("musyawarah", "")[:40])


@page("budgeting.read", of=cycle_of)
def studio(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Show both choices; to htmx only what the sliders change. The solver's figures come by a second request."""
    facts = facts_for(request, cycle)
    choice = parse(request.GET)
    partial = bool(getattr(request, "htmx", False))
    board = board_of(facts, choice, wait=partial and "hitung" not in request.GET)
    context = showing.result_context(board, worn(request))
    if partial:
        return quick(request, "hall/_result.html", context)
    context |= showing.form_context(facts, choice) | showing.fairness_context(board)
    return render(request, "hall/studio.html", context | {"cycle": cycle, "facts": facts, "village": cycle.village})


def quick(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a part without what only whole pages need: no menu is counted while a slider moves."""
    values = context | {"hat": worn(request), "csrf_token": get_token(request)}
    return HttpResponse(render_to_string(template, values))


@page("budgeting.read", of=cycle_of)
def fairness(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The panel of fairness, once the hand rests; without a script the studio has it."""
    if not getattr(request, "htmx", False):
        return redirect(f"{reverse('hall:studio', args=[cycle.pk])}?{request.GET.urlencode()}")
    board = board_of(facts_for(request, cycle), parse(request.GET))
    return quick(request, "hall/_fairness.html", showing.fairness_context(board, rerun=True))


@page("budgeting.read", of=asked_of)
def why(request: HttpRequest, target: Asked) -> HttpResponse:
    """Say of one proposal why it is in or not in choice B, and what would change it."""
    cycle, key = target.cycle, str(target.key)
    board = board_of(facts_for(request, cycle), parse(request.GET))
    if key not in board.rows:
        raise Http404
    context = explaining.why_context(board, key, worn(request), request.GET.urlencode())
    if getattr(request, "htmx", False):
        return quick(request, "hall/_why.html", context)
    return render(request, "hall/why.html", context | {"cycle": cycle, "village": cycle.village})


@page("budgeting.read", of=run_of)
def replay(request: HttpRequest, run: AllocationRun) -> HttpResponse:
    """Count a stored run again from what was stored, and say whether the same bytes come out."""
    try:
        found = services.replay(run)
    except RembukError as error:
        return refusal(request, error)
    return render(request, "hall/replay.html", {"run": run, "found": found, **explaining.replay_context(run, found)})


@page("budgeting.read", of=cycle_of)
def projector(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """The studio for the hall: dark, large, moved by keys from the lectern."""
    facts, choice = facts_for(request, cycle), parse(request.GET)
    board = board_of(facts, choice)
    letter: Letter = "A" if request.GET.get("sisi", "") == "A" else "B"
    context = projecting.projector_context(board, worn(request), letter)
    context |= {"cycle": cycle, "facts": facts, "village": cycle.village}
    partial = bool(getattr(request, "htmx", False))
    return render(request, "hall/_projected.html" if partial else "hall/projector.html", context)
