"""Receipt slips: the one page that ever shows a receipt code. Kept nowhere, not even by the browser."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from rembuk.proposals.models import Proposal
from rembuk.proposals.receipts import qr_of, shown_code
from rembuk.proposals.residents import look_days
from rembuk.proposals.services import Submitted


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the proposal, the code in two groups, and the QR code of the page where it is read."""

    proposal: Proposal
    code: str
    qr: SafeString


def slip_of(request: HttpRequest, proposal: Proposal, code: str) -> Slip:
    """Return a slip. The code stands behind the # of the address, which no browser sends, so that it is in no log."""
    shown = shown_code(code)
    address = request.build_absolute_uri(reverse("proposals:track"))
    return Slip(proposal, shown, qr_of(f"{address}#{shown}" if shown else address))


def slip(request: HttpRequest, proposal: Proposal, code: str, template: str = "proposals/slip.html") -> HttpResponse:
    """Show one slip."""
    context = {
        "proposal": proposal,
        "slip": slip_of(request, proposal, code),
        "look_days": look_days(proposal.village.regency),
    }
    return unkept(render(request, template, context))


def slips(request: HttpRequest, found: Sequence[Submitted]) -> HttpResponse:
    """Show the slips of a whole list, to be printed and cut."""
    rows = [slip_of(request, one.proposal, one.receipt_code) for one in found]
    return unkept(render(request, "proposals/slips.html", {"slips": rows}))


def unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
