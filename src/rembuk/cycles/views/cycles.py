"""The list of cycles, opening one, and one village's cycle with its stages."""

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import RembukError
from rembuk.core.permissions import TABLE
from rembuk.cycles import queries, services
from rembuk.cycles.filters import CycleFilter
from rembuk.cycles.models import Cycle, Excuse, StageRecord
from rembuk.cycles.queries import missing_of, stage_states
from rembuk.cycles.shown import ShownEvidence, people_of, shown_evidence, shown_stage
from rembuk.cycles.views.targets import cycle_of
from rembuk.regions.queries import villages_in
from rembuk.shared import clock, panels, people
from rembuk.shared.web import page, refusal, worn

PAGE_SIZE = 50


@page("cycles.list")
def cycles(request: HttpRequest) -> HttpResponse:
    """The cycles of the hat's place, with where each is held."""
    hat = worn(request)
    wanted = CycleFilter.read(request.GET)
    shown = Paginator(wanted.apply(hat), PAGE_SIZE).get_page(request.GET.get("hal"))
    listed = list(shown)
    keys = [cycle.pk for cycle in listed]
    records: dict[object, list[StageRecord]] = {key: [] for key in keys}
    for record in StageRecord.objects.filter(cycle_id__in=keys).defer("result", "rests_on"):
        records[record.cycle_id].append(record)
    pauses: dict[object, list[Excuse]] = {key: [] for key in keys}
    for excuse in Excuse.objects.filter(cycle_id__in=keys, state=Excuse.State.GRANTED):
        pauses[excuse.cycle_id].append(excuse)
    rows = [
        (cycle, queries.board_row(cycle.village, cycle, records[cycle.pk], pauses[cycle.pk], clock.today()))
        for cycle in listed
    ]
    newest = cast("int | None", queries.cycles_seen_by(hat).aggregate(year=Max("plan_year"))["year"])
    context = {
        "filter": wanted,
        "page": shown,
        "rows": [(cycle, row, row.stage(row.held_at)) for cycle, row in rows],
        "may_open": TABLE.allows(hat, "cycles.open_cycle", hat),
        "open_year": max(newest or 0, clock.today().year),
    }
    return render(request, "cycles/list.html", context)


@page("cycles.open_cycle", methods=("POST",))
def open_cycles(request: HttpRequest) -> HttpResponse:
    """Open the cycle of a planning year for every village of the hat's place that has none yet."""
    hat = worn(request)
    year = request.POST.get("plan_year", "")
    villages = list(villages_in(hat.place))
    try:
        opened = services.open_cycles(
            villages=villages, plan_year=int(year) if year.isdigit() else 0, actor=hat, at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    if len(opened) == 1:
        messages.success(request, _("Siklus RKP %(year)d dibuka.") % {"year": opened[0].budget_year})
        return redirect("cycles:cycle", cycle_id=opened[0].pk)
    words = ngettext("%(count)d siklus dibuka.", "%(count)d siklus dibuka.", len(opened)) % {"count": len(opened)}
    messages.success(request, words)
    return redirect("cycles:list")


@page("cycles.read", of=cycle_of)
def cycle(request: HttpRequest, target: Cycle) -> HttpResponse:
    """One village's cycle: the stepper, and what each step opens to."""
    hat = worn(request)
    day = clock.today()
    records = list(target.stages.all())
    excuses = list(target.excuses.order_by("stage", "from_date", "id"))
    granted = [excuse for excuse in excuses if excuse.state == Excuse.State.GRANTED]
    states = stage_states(target, records, granted, day)
    by_stage = evidence_by_stage(target)
    missing = {
        record.stage: missing_of(record, frozenset(tile.row.paper_code for tile in by_stage.get(record.stage, ())))
        for record in records
        if record.state != StageRecord.State.DONE
    }
    stages = [
        shown_stage(state, by_stage.get(state.code, ()), missing.get(state.code, ()) if state.is_open else ())
        for state in states
    ]
    current = next((stage for stage in stages if stage.state.is_open), None)
    context = {
        "cycle": target,
        "village": target.village,
        "stages": stages,
        "done_count": sum(stage.state.done for stage in stages),
        "current": current,
        "working": [stage for stage in stages if stage.state.is_open],
        "row": queries.board_row(target.village, target, records, granted, day),
        "excuses": excuses,
        "panels": panels.for_many("cycle", [target.pk], hat)[target.pk],
    }
    return render(request, "cycles/cycle.html", context)


def evidence_by_stage(target: Cycle) -> dict[str, list[ShownEvidence]]:
    """Return the tiles of the evidence that counts, by stage. Two queries."""
    rows = list(queries.evidence_of(target).filter(withdrawn_at__isnull=True))
    tiles = shown_evidence(rows, people.names(people_of(rows)))
    found: dict[str, list[ShownEvidence]] = {}
    for tile in tiles:
        found.setdefault(tile.row.stage, []).append(tile)
    return found
