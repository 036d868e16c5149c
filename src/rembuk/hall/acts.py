"""What a hall presses: bring a choice, decide against the count with a reason, adopt. Each calls one service."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.budgeting import services
from rembuk.budgeting.choice import parse, query_text
from rembuk.budgeting.gathering import DRAFT
from rembuk.budgeting.minutes import settings_lines
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.showing import values_of
from rembuk.budgeting.trying import choice_of
from rembuk.core.errors import RembukError
from rembuk.cycles.models import Cycle
from rembuk.hall.targets import Pinned, cycle_of, key_of, pinned_of, run_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn


def studio_address(run: AllocationRun) -> str:
    """Return the studio with the choice of a run on side B."""
    meeting = str(run.meeting_id) if run.meeting_id else DRAFT
    return f"{reverse('hall:studio', args=[run.cycle_id])}?{query_text(choice_of(run), musyawarah=meeting)}"


@page("budgeting.run", of=cycle_of, methods=("POST",))
def bring(request: HttpRequest, cycle: Cycle) -> HttpResponse:
    """Store the choice of the sliders as a run of the meeting, ready to be adopted."""
    asked = QueryDict(request.POST.get("pilihan", "")[:2000])
    try:
        run = services.run_allocation(
            cycle_id=cycle.pk,
            meeting_id=key_of(asked.get("musyawarah", "") or ""),
            choice=parse(asked.dict()),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(
        request, _("Pilihan B tersimpan dan siap disahkan. Data yang sama selalu memberi hasil yang sama.")
    )
    return redirect(studio_address(run))


@page("budgeting.override", of=pinned_of, methods=("GET", "POST"))
def pin(request: HttpRequest, target: Pinned) -> HttpResponse:
    """Ask for the reason and record that the hall takes a proposal in, leaves it out, or takes that back."""
    run, proposal = target.run, target.proposal
    query = {key: value for key, value in request.GET.items() if key != "putusan"}
    back = f"{reverse('hall:studio', args=[run.cycle_id])}?{urlencode(query)}"
    if request.method == "POST":
        try:
            services.override(
                run_id=run.pk,
                proposal_id=proposal.pk,
                direction=request.POST.get("putusan", ""),
                reason=request.POST.get("alasan", ""),
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as error:
            return refusal(request, error)
        messages.success(request, _("Keputusan musyawarah tercatat dan dihitung ulang."))
        return redirect(back)
    key = str(proposal.pk)
    stored = values_of(run)
    put_in = {item.id: item.mandatory for item in stored.problem.proposals}
    left_out = stored.context.get("left_out", {})
    context: dict[str, Any] = {
        "run": run,
        "proposal": proposal,
        "back": back,
        "chosen": key in stored.outcome.selected,
        "decided": put_in.get(key) or left_out.get(key, ""),
        "wanted": request.GET.get("putusan", ""),
    }
    return render(request, "hall/pin.html", context)


@page("budgeting.adopt", of=run_of, methods=("GET", "POST"))
def adopt(request: HttpRequest, run: AllocationRun) -> HttpResponse:
    """Name what adopting does, then do it in one act."""
    if request.method == "POST":
        try:
            note = request.POST.get("catatan", "")
            services.adopt_run(run_id=run.pk, note=note, actor=worn(request), at=clock.now())
        except RembukError as error:
            return refusal(request, error)
        told = _("Pilihan disahkan. Rancangan RKP, berita acara, dan jawaban pengusul mengikuti.")
        if run.meeting_id is None:  # the team's draft has no minutes, and answers nobody yet
            told = _("Hasil disahkan. Rancangan RKP mengikuti daftar ini.")
        messages.success(request, told)
        return redirect(studio_address(run))
    stored = values_of(run)
    losers = [decision for decision in stored.outcome.decisions if not decision.chosen]
    context = {
        "run": run,
        "stored": stored,
        "chosen": len(stored.outcome.selected),
        "total": len(stored.outcome.decisions),
        "losers": len(losers),
        "settings": settings_lines(stored, choice_of(run)),
        "used": sum(state.used for state in stored.outcome.sources),
        "back": studio_address(run),
    }
    return render(request, "hall/adopt.html", context)
