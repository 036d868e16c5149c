"""What anyone may see: the status by receipt code, the page of a proposal. Never a name, a phone, a small number."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rembuk.accounts.addresses import client_address
from rembuk.core.errors import RembukError
from rembuk.proposals.models import Proposal, ProposalPhoto, ProposalStep
from rembuk.proposals.permissions import is_public
from rembuk.proposals.public_words import Cover, cover_of, covered_rows
from rembuk.proposals.queries import history_of
from rembuk.proposals.resident_queries import public_photos, support_totals
from rembuk.proposals.services.lookups import look_up
from rembuk.proposals.services.supports import SUPPORTED
from rembuk.proposals.spots import spot_of
from rembuk.proposals.views.detail import Link, chain
from rembuk.proposals.views.finding import by_number, words_of
from rembuk.proposals.views.slips import unkept
from rembuk.shared import clock
from rembuk.shared.web import page

SMALL = 5


@page("proposals.track", methods=("GET", "POST"))
def track(request: HttpRequest) -> HttpResponse:
    """Show the status behind a receipt code. The code comes by POST, so that it stands in no address and no log."""
    code = request.POST.get("kode", "")[:40]
    if request.method == "GET":
        return render(request, "proposals/track.html", {"code": ""})
    try:
        found = look_up(code=code, address=client_address(request), at=clock.now())
    except RembukError as error:
        status = error.status if error.status != 409 else 404
        return render(request, "proposals/track.html", {"code": code, "error": words_of(error)}, status=status)
    if not isinstance(found, Proposal):
        return unkept(found(request))
    response = render(request, "proposals/track.html", {"code": "", "found": True, **public_context(found)})
    return unkept(response)


@page("proposals.public", of=by_number)
def public(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The page of a proposal for everyone, from the secretary's look on."""
    if not is_public(None, proposal):
        raise Http404
    return render(request, "proposals/public.html", public_context(proposal))


def public_context(proposal: Proposal) -> dict[str, Any]:
    cover = cover_of(proposal.village)
    # The answers of officers and what later rooms tell may name people as well.
    covered_rows([proposal], cover)
    return {
        "proposal": proposal,
        "chain": [covered_link(link, cover) for link in chain(proposal, None)],
        "steps": covered_steps(proposal, cover),
        "people": people_shown(proposal),
        "history": covered_rows((row for row in history_of(proposal) if is_public(None, row)), cover),
        "is_public": is_public(None, proposal),
        "spot": spot_of(proposal, rounded=True),
        "photos": covered_photos(proposal, cover) if is_public(None, proposal) else (),
        "support": support_totals([proposal.id])[proposal.id],
        "may_support": is_public(None, proposal) and proposal.state in SUPPORTED,
    }


def covered_link(link: Link, cover: Cover) -> Link:
    # The need and the proposal itself are covered already, as the secretary left them.
    rows = tuple((cover(label), cover(value)) for label, value in link.rows)
    return replace(link, reason=cover(link.reason), rows=rows)


def covered_photos(proposal: Proposal, cover: Cover) -> list[ProposalPhoto]:
    photos = list(public_photos(proposal))
    for photo in photos:
        photo.caption = cover(photo.caption)
    return photos


def covered_steps(proposal: Proposal, cover: Cover) -> list[ProposalStep]:
    steps = list(ProposalStep.objects.filter(proposal=proposal))
    for step in steps:
        step.reason_text = cover(step.reason_text)
    return steps


def people_shown(proposal: Proposal) -> dict[str, int]:
    """Return the counts of people that may be told: fewer than five are merged into the whole, or left out.

    How many of them are poor is never told of one place.
    """
    men, women = proposal.beneficiaries_male, proposal.beneficiaries_female
    told: dict[str, int] = {}
    whole = (men or 0) + (women or 0)
    if men is not None and women is not None and men >= SMALL and women >= SMALL:
        told |= {"men": men, "women": women}
    elif whole >= SMALL:
        told["whole"] = whole
    return told
