"""The page before the forum and the pack after it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.core.errors import RembukError
from rembuk.core.guidance.facilitation import evidence_missing
from rembuk.guidance.facilitation import queries
from rembuk.guidance.facilitation.briefing import briefing_of
from rembuk.guidance.facilitation.labels import STATE_CHIPS, STATES
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.pack import archive_of, pieces_shown
from rembuk.guidance.facilitation.permissions import allows
from rembuk.guidance.facilitation.views.finding import forum_of
from rembuk.guidance.facilitation.views.forum import signed_by
from rembuk.shared.web import hat_of, opens, page, refusal


@page("facilitation.brief", of=forum_of)
def brief(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """The facilitator's one page, on screen and on A4."""
    return render(request, "facilitation/brief.html", {"brief": briefing_of(found), "forum": found})


@page("facilitation.read", of=forum_of)
def evidence(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """Every piece of evidence with its state."""
    seen, hat = queries.seen_of(found), hat_of(request)
    context = {
        "forum": found,
        "seen": seen,
        "state": STATES[seen.state],
        "chip": STATE_CHIPS[seen.state],
        "pieces": [replace(piece, link=piece.link if opens(hat, piece.link) else "") for piece in pieces_shown(seen)],
        "missing": evidence_missing(seen.record),
        **signed_by(found),
        **{f"may_{act}": allows(hat, act, found) for act in ("verify", "bundle", "fill", "close")},
    }
    return render(request, "facilitation/evidence.html", context)


@page("facilitation.bundle", of=forum_of)
def archive(request: HttpRequest, found: Facilitation) -> HttpResponse:
    """All pieces in one ZIP."""
    try:
        content = archive_of(queries.seen_of(found))
    except RembukError as error:
        return refusal(request, error)
    response = HttpResponse(content, content_type="application/zip")
    name = f"bukti-musrenbang-{found.village.code}-{found.cycle.budget_year}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
