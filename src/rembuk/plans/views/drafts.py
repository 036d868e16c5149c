"""The draft for everybody: what it holds, what residents said of it, and the form to comment without an account."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.addresses import client_address
from rembuk.core.errors import RembukError
from rembuk.plans.comment_board import coming_musrenbang, is_open, public_draft, window_of
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.queries import plan_by_id, version_in_force
from rembuk.plans.services import Received, Words, comment_draft
from rembuk.proposals.forms import TRAP, by_name, typed_by_names
from rembuk.proposals.receipts import qr_of, shown_code
from rembuk.proposals.resident_values import read_contact, read_supporter
from rembuk.proposals.residents import look_days, resident_of
from rembuk.proposals.services.limits import COMMENTS, pass_door
from rembuk.proposals.values import Problem, Reader, places_of
from rembuk.proposals.views.form import key_of
from rembuk.proposals.views.slips import unkept
from rembuk.proposals.views.supporting import device_of, give_token
from rembuk.shared import clock
from rembuk.shared.web import page
from rembuk.shared.wording import sentence

NAMES: Mapping[str, str] = {
    "text": "isi",
    "item": "kegiatan",
    "name": "nama",
    "hamlet": "dusun",
    "birth_year": "lahir",
    "proposer_contact": "hp",
    "email": "surel",
}
"""Field of the form -> its name on the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form. key: made with the form, so that sending it twice makes one comment."""

    typed: Mapping[str, object]
    key: UUID


def draft_of(plan_id: UUID) -> RkpdesVersion:
    """Return a plan whose draft was opened for comment. Raises: RkpdesVersion.DoesNotExist for any other."""
    plan = plan_by_id(plan_id)
    if window_of(plan.id) is None:
        raise RkpdesVersion.DoesNotExist
    return plan


@page("plans.public_draft", of=draft_of)
def draft(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """The draft for everybody, with comments and answers; the form while it is open. Some twenty queries."""
    chosen = request.GET.get("kegiatan", "")[:36]
    return show(request, plan, Sheet({"item": chosen}, uuid.uuid4()))


@page("plans.public_comment", of=draft_of, methods=("POST",))
def comment(request: HttpRequest, plan: RkpdesVersion) -> HttpResponse:
    """Take a comment; the answer to this very request is the page with the receipt code.

    A refusal shows the page again with everything that was typed.
    """
    sheet = Sheet(typed_by_names(request.POST, NAMES), key_of(request.POST.get("kunci", "")))
    if request.POST.get(TRAP):
        words = _("Belum terkirim. Isian Anda masih ada; tekan Kirim sekali lagi.")
        return show(request, plan, sheet, error=words, status=400)
    try:
        return take(request, plan, sheet)
    except RembukError as error:
        return show(request, plan, sheet, error=sentence(error), status=error.status)


def take(request: HttpRequest, plan: RkpdesVersion, sheet: Sheet) -> HttpResponse:
    places, at = places_of(plan.village), clock.now()
    writer, problems = read_supporter(sheet.typed, places, clock.today())
    reader = Reader(sheet.typed, places)
    email = read_contact(reader)
    if writer is None or reader.problems:
        return show(request, plan, sheet, problems=[*problems, *reader.problems], status=400)
    pass_door(limit=COMMENTS, address=client_address(request), at=at)
    words = Words(
        text=str(sheet.typed["text"]),
        item=str(sheet.typed["item"]),
        contact=reader.text("proposer_contact"),
        email=email,
    )
    received = comment_draft(
        key=sheet.key, plan_id=plan.id, words=words, writer=writer, device=device_of(request),
        actor=resident_of(plan.village), at=at,
    )  # fmt: skip
    return receipt(request, plan, received)


def receipt(request: HttpRequest, plan: RkpdesVersion, received: Received) -> HttpResponse:
    """Show the one page that ever shows the code; the QR carries it behind the #, which no browser sends."""
    shown = shown_code(received.code)
    address = request.build_absolute_uri(reverse("proposals:track"))
    context = {
        "plan": plan,
        "comment": received.comment,
        "code": shown,
        "qr": qr_of(f"{address}#{shown}"),
        "look_days": look_days(plan.village.regency),
    }
    return unkept(render(request, "plans/comment_slip.html", context))


def show(
    request: HttpRequest,
    plan: RkpdesVersion,
    sheet: Sheet,
    *,
    problems: Sequence[Problem] = (),
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show the draft, and the form with what was typed; after the window the typed words stand there to be copied."""
    window = window_of(plan.id)
    assert window is not None
    opened = is_open(window, clock.now())
    context: dict[str, Any] = {
        "plan": plan,
        "window": window,
        "open": opened,
        "draft": public_draft(window),
        "meeting": coming_musrenbang(plan),
        "force": version_in_force(plan.cycle_id) if plan.enacted else None,
        "worked_on": plan.state in ("draft", "verified", "returned"),
        "places": places_of(plan.village) if opened else None,
        "typed": {name: sheet.typed.get(field, "") for field, name in NAMES.items()},
        "key": sheet.key,
        "problems": by_name(problems, NAMES),
        "error": error,
        "refused": bool(error or problems),
        "look_days": look_days(plan.village.regency),
        "trap": TRAP,
    }
    response = unkept(render(request, "plans/draft_public.html", context, status=status))
    return give_token(request, response)
