"""Support for a proposal: online by residents, and what officers count at a meeting or on a signed list."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.accounts.addresses import client_address
from rembuk.core.errors import RembukError
from rembuk.proposals.forms import SUPPORT_NAMES, TRAP, by_name, typed_by_names
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import cover_of, covered_rows
from rembuk.proposals.resident_queries import support_totals
from rembuk.proposals.resident_values import read_supporter
from rembuk.proposals.residents import DEVICE_COOKIE, DEVICE_COOKIE_AGE, new_device_token, resident_of
from rembuk.proposals.services import count_support, list_support, support_online
from rembuk.proposals.services.limits import SUPPORTS, pass_door
from rembuk.proposals.services.supports import SUPPORTED
from rembuk.proposals.values import Problem, places_of
from rembuk.proposals.views.finding import address, by_number, public_by_number, words_of
from rembuk.proposals.views.form import key_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn


@page("proposals.public_support", of=public_by_number, methods=("GET", "POST"))
def support(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Support a proposal online: name, hamlet, year of birth; kept are two digests, no name."""
    if request.method == "GET":
        return support_page(request, proposal, {})
    typed = typed_by_names(request.POST, SUPPORT_NAMES)
    if request.POST.get(TRAP):
        sentence = _("Belum terkirim. Isian Anda masih ada; tekan Dukung sekali lagi.")
        return support_page(request, proposal, typed, error=sentence, status=400)
    supporter, problems = read_supporter(typed, places_of(proposal.village), clock.today())
    if supporter is None:
        return support_page(request, proposal, typed, problems=problems, status=400)
    at = clock.now()
    try:
        pass_door(limit=SUPPORTS, address=client_address(request), at=at)
        support_online(
            proposal_id=proposal.id,
            supporter=supporter,
            device=device_of(request),
            actor=resident_of(proposal.village),
            at=at,
        )
    except RembukError as error:
        return support_page(request, proposal, typed, error=words_of(error), status=error.status)
    messages.success(request, _("Terima kasih, dukungan Anda tercatat. Nama Anda tidak disimpan."))
    return redirect("proposals:public", proposal.number)


def device_of(request: HttpRequest) -> str:
    """Return the token of the device's cookie; empty when it has none or a made-up one."""
    token = request.get_signed_cookie(DEVICE_COOKIE, default="", max_age=DEVICE_COOKIE_AGE)
    return str(token or "")


def support_page(
    request: HttpRequest,
    proposal: Proposal,
    typed: Mapping[str, object],
    *,
    problems: Sequence[Problem] = (),
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the form of support with what was typed, and give the device its token."""
    covered_rows([proposal], cover_of(proposal.village))
    context: dict[str, Any] = {
        "proposal": proposal,
        "places": places_of(proposal.village),
        "typed": {name: typed.get(field, "") for field, name in SUPPORT_NAMES.items()},
        "problems": by_name(problems, SUPPORT_NAMES),
        "error": error,
        "support": support_totals([proposal.id])[proposal.id],
        "may_support": proposal.state in SUPPORTED,
        "trap": TRAP,
    }
    response = render(request, "proposals/support.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return give_token(request, response)


def give_token(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Give a device that comes for the first time its token, with this response."""
    if not device_of(request):
        response.set_signed_cookie(
            DEVICE_COOKIE,
            new_device_token(),
            max_age=DEVICE_COOKIE_AGE,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return response


def day_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def count_of(text: str) -> int:
    plain = text.strip().replace(".", "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else 0


@page("proposals.count_support", of=by_number, methods=("POST",))
def count(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Record support counted at a meeting."""
    try:
        count_support(key=key_of(request.POST.get("kunci", "")), **entry(request, proposal))
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Dukungan musyawarah tercatat."))
    return redirect(address(proposal))


@page("proposals.list_support", of=by_number, methods=("POST",))
def signed_list(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Record a signed list with its photo."""
    upload = request.FILES.get("foto")
    try:
        list_support(
            key=key_of(request.POST.get("kunci", "")),
            photo=upload,
            photo_name=(upload.name if upload else "") or "daftar",
            **entry(request, proposal),
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Daftar dukungan tercatat. Fotonya hanya dilihat pemerintah desa."))
    return redirect(address(proposal))


def entry(request: HttpRequest, proposal: Proposal) -> dict[str, Any]:
    """Return what both kinds of entry have in common."""
    post = request.POST
    return {
        "proposal_id": proposal.id,
        "count": count_of(post.get("jumlah", "")),
        "on_date": day_or_none(post.get("tanggal", "")),
        "note": post.get("catatan", "")[:300],
        "actor": worn(request),
        "at": clock.now(),
    }
