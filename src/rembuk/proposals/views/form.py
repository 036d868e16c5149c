"""The form of one proposal: new, draft, correction; autosave; what a step of it shows before the next."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.lists import funding_sources, sdgs
from rembuk.core.permissions import TABLE
from rembuk.core.text.authority import authority_question
from rembuk.proposals.forms import PERSONAL, by_name, shown_of, typed_from, typed_of
from rembuk.proposals.labels import AUTHORITIES, GROUPS, PROPOSER_KINDS
from rembuk.proposals.models import Proposal
from rembuk.proposals.permissions import SMALL_PLACE
from rembuk.proposals.queries import SimilarRow, sees_proposer, similar_proposals
from rembuk.proposals.services import (
    add_photo,
    autosave_draft,
    create_proposal,
    edit_proposal,
    submit_proposal,
    withdraw_proposal,
)
from rembuk.proposals.values import Problem, ProposalValues, VillagePlaces, places_of, read_values
from rembuk.proposals.views.finding import address, by_key, by_number, own_village, words_of
from rembuk.proposals.views.helping import picker_context, understood_of
from rembuk.proposals.views.slips import slip
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn

UNITS = ("meter", "unit", "paket", "orang", "kali", "buah")
"""Units that villages write most; anything else may be typed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form: for which village, under which key, at which version, typed how."""

    village: Village
    typed: Mapping[str, object]
    key: UUID
    version: int = 1
    proposal: Proposal | None = None
    places: VillagePlaces | None = None


@page("proposals.create", methods=("GET", "POST"))
def new(request: HttpRequest) -> HttpResponse:
    """Make a proposal. The key in the form makes a double send harmless."""
    hat = worn(request)
    village = own_village(hat)
    if village is None:
        return redirect("proposals:list")
    if request.method == "POST":
        return take(request, village, None)
    typed: dict[str, object] = {"hide_proposer": "1", "proposer_kind": kind_for(hat)}
    if hat.role in SMALL_PLACE:
        typed |= {"hamlet": hat.place.hamlet, "rt": hat.place.rt}
    return form(request, Sheet(village, typed, uuid.uuid4()))


@page("proposals.edit", of=by_key, methods=("GET", "POST"))
def draft(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Go on with a draft; what was typed and not understood yet is still there."""
    if proposal.state != "draft":
        return redirect(address(proposal))
    return change(request, proposal)


@page("proposals.edit", of=by_number, methods=("GET", "POST"))
def edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Correct a proposal that has no answer yet."""
    return change(request, proposal)


def change(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    if request.method == "POST":
        return take(request, proposal.village, proposal)
    typed = typed_from(proposal)
    return form(request, Sheet(proposal.village, typed, proposal.id, proposal.version, proposal))


def kind_for(hat: Hat) -> str:
    return {"RTK": "rt", "LKD": "group", "BPD": "bpd", "KAD": "office", "KAU": "office"}.get(hat.role.value, "hamlet")


def take(request: HttpRequest, village: Village, proposal: Proposal | None) -> HttpResponse:
    """Read what was typed, then save or send; every refusal shows the form again with everything in it."""
    post, places = request.POST, places_of(village)
    typed = typed_of(post)
    key = proposal.id if proposal is not None else key_of(post.get("kunci", ""))
    sheet = Sheet(village, typed, key, version_of(post.get("versi", "")), proposal, places)
    values, problems = read_values(typed, places)
    act = post.get("langkah", "simpan")
    if act == "cari":
        return form(request, sheet)
    if problems:
        return form(request, sheet, problems=problems, status=400)
    if act == "kirim" and not_seen(request, village, key, values):
        return form(request, sheet, ask_similar=True)
    try:
        saved = store(request, sheet, values)
        if act == "kirim":
            return send(request, saved)
    except StaleError as error:
        newer = replace(sheet, version=int(str(error.values["version"])))
        return form(request, newer, error=words_of(error), changes=error.values["changes"], status=409)
    except RembukError as error:
        return form(request, sheet, error=words_of(error), status=error.status)
    told = _("Tersimpan. Usulan belum terkirim.") if saved.state == "draft" else _("Perubahan tersimpan.")
    messages.success(request, told)
    return redirect(address(saved))


def version_of(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def key_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return uuid.uuid4()


def store(request: HttpRequest, sheet: Sheet, values: ProposalValues) -> Proposal:
    hat, at = worn(request), clock.now()
    if sheet.proposal is None:
        saved = create_proposal(proposal_id=sheet.key, village_id=sheet.village.id, values=values, actor=hat, at=at)
    else:
        keep = frozenset[str]() if sees_proposer(hat, sheet.proposal) else PERSONAL
        saved = edit_proposal(proposal_id=sheet.key, version=sheet.version, values=values, actor=hat, at=at, keep=keep)
    for upload in request.FILES.getlist("foto"):
        add_photo(proposal_id=saved.id, source=upload, name=upload.name or "foto", actor=hat, at=at)
    return saved


def send(request: HttpRequest, saved: Proposal) -> HttpResponse:
    """Hand it in; the answer to this very request is the only page that shows the receipt code."""
    result = submit_proposal(proposal_id=saved.id, actor=worn(request), at=clock.now())
    if not result.receipt_code:
        return redirect(address(result.proposal))
    return slip(request, by_key(result.proposal.id), result.receipt_code)


def not_seen(request: HttpRequest, village: Village, key: UUID, values: ProposalValues) -> bool:
    """Return whether there are similar proposals that the person has not been shown."""
    seen = set(request.POST.getlist("dilihat"))
    text = f"{values.title} {values.location_text}"
    found = similar_proposals(village_id=village.id, text=text, hat=worn(request), exclude=key)
    return any(str(row.proposal.id) not in seen for row in found)


def form(
    request: HttpRequest,
    sheet: Sheet,
    *,
    problems: Sequence[Problem] = (),
    error: str = "",
    changes: object = (),
    ask_similar: bool = False,
    status: int = 200,
) -> HttpResponse:
    hat, proposal, typed = worn(request), sheet.proposal, sheet.typed
    title, problem = str(typed.get("title", "")), str(typed.get("problem", ""))
    found: list[SimilarRow] = []
    if title and request.method == "POST":
        text = f"{title} {typed.get('location_text', '')}"
        found = similar_proposals(village_id=sheet.village.id, text=text, hat=hat, exclude=sheet.key)
    shown = shown_of(typed)
    sees = proposal is None or sees_proposer(hat, proposal)
    if not sees:
        shown |= {"pengusul": "", "hp": ""}
    context: dict[str, Any] = {
        "village": sheet.village,
        "proposal": proposal,
        "key": sheet.key,
        "version": sheet.version,
        "typed": shown,
        "places": sheet.places or places_of(sheet.village),
        "problems": by_name(problems),
        "error": error,
        "changes": changes,
        "similar": found,
        "ask_similar": ask_similar and bool(found),
        "question": authority_question(f"{title} {problem}") if title else None,
        "sees_proposer": sees,
        "may_submit": proposal is None or proposal.state == "draft",
        "may_confirm": hat.role in TABLE.rows["proposals.confirm_code"].roles,
        "understood": understood_of(str(typed.get("cost", ""))),
        **offered(),
        **picker_context(title, problem, request.POST.get("cari_kode", ""), str(shown.get("kode", ""))),
    }
    return render(request, "proposals/form.html", context, status=status)


def offered() -> dict[str, Any]:
    """Return the lists that the form offers."""
    return {
        "groups": GROUPS.items(),
        "kinds": PROPOSER_KINDS.items(),
        "authorities": AUTHORITIES.items(),
        "sources": funding_sources().values(),
        "goals": sdgs().values(),
        "units": UNITS,
    }


@page("proposals.create", methods=("POST",))
def autosave(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Keep what stands in the form. Answers in JSON: what the module of the form shows."""
    village = own_village(worn(request))
    if village is None:
        return JsonResponse({"saved": False, "sentence": ""}, status=403)
    try:
        autosave_draft(
            proposal_id=proposal_id,
            village_id=village.id,
            typed=typed_of(request.POST),
            version=version_of(request.POST.get("versi", "")),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return JsonResponse({"saved": False, "sentence": words_of(error)}, status=error.status)
    return JsonResponse({"saved": True, "sentence": _("Ketikan tersimpan sebagai draf.")})


@page("proposals.withdraw", of=by_key, methods=("POST",))
def discard(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Remove a draft that was never sent."""
    if proposal.state != "draft" or proposal.number:
        return redirect(address(proposal))
    try:
        withdraw_proposal(proposal_id=proposal.id, text="", actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Draf dihapus."))
    return redirect("proposals:list")
