"""The list of evidence: what waits for a second pair of eyes, and everything that was ever laid under a stage."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.filters import EVIDENCE_STATES, EvidenceFilter
from rembuk.cycles.labels import STAGE_TITLES
from rembuk.cycles.shown import people_of, shown_evidence
from rembuk.shared import people
from rembuk.shared.web import page, worn

PAGE_SIZE = 50


@page("cycles.list")
def evidence_list(request: HttpRequest) -> HttpResponse:
    """The evidence of the hat's place, filtered; the oldest that waits comes first."""
    wanted = EvidenceFilter.read(request.GET)
    shown = Paginator(wanted.apply(worn(request)), PAGE_SIZE).get_page(request.GET.get("hal"))
    rows = list(shown)
    tiles = shown_evidence(rows, people.names(people_of(rows)))
    context = {
        "filter": wanted,
        "states": EVIDENCE_STATES,
        "stages": [(code, STAGE_TITLES[code]) for code in ALL_STAGES],
        "page": shown,
        "rows": [(tile, STAGE_TITLES[tile.row.stage]) for tile in tiles],
    }
    return render(request, "cycles/evidence_list.html", context)
