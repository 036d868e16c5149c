"""The public door: a resident proposes by phone without an account. Works without script; a script only helps."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.addresses import client_address
from rembuk.core.errors import BadInputError, RefusedError, RembukError
from rembuk.core.permissions import Placed
from rembuk.core.text.fields import Fields
from rembuk.proposals.forms import RESIDENT_NAMES, TRAP, by_name, typed_by_names
from rembuk.proposals.labels import HOUSEHOLDS
from rembuk.proposals.models import Proposal
from rembuk.proposals.public_words import cover_of, covered_rows
from rembuk.proposals.queries import SimilarRow, similar_proposals
from rembuk.proposals.receipts import qr_of
from rembuk.proposals.resident_queries import SupportTotals, support_totals
from rembuk.proposals.resident_values import WHOLE_VILLAGE, ResidentWords, read_resident
from rembuk.proposals.residents import look_days, resident_of
from rembuk.proposals.services import keep_photo, propose_as_resident
from rembuk.proposals.services.limits import PROPOSALS, pass_door
from rembuk.proposals.services.submission import open_cycle_of
from rembuk.proposals.values import Problem, VillagePlaces, places_of
from rembuk.proposals.views.finding import public_by_number, public_photo_of, village_by_code, words_of
from rembuk.proposals.views.form import key_of
from rembuk.proposals.views.slips import slip
from rembuk.proposals.views.supporting import support_page
from rembuk.regions.models import Village
from rembuk.shared import clock, files
from rembuk.shared.web import page

SHORTEST_QUESTION = 8
MOST_SIMILAR = 3
PHOTO_SALT = "rembuk.proposals.resident.photo"
PHOTO_SECONDS = 24 * 3600


def village_of_url(code: str) -> Placed:
    return village_by_code(code)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the form. photo: the signed name of a photo that was chosen and kept already."""

    village: Village
    places: VillagePlaces
    typed: Mapping[str, object]
    key: UUID
    photo: str = ""


@page("proposals.public_new", of=village_of_url, methods=("GET", "POST"))
def new(request: HttpRequest, village: Village) -> HttpResponse:
    """Propose without an account: four questions, similar ones shown first, then a receipt code."""
    places = places_of(village)
    if request.method == "GET":
        return show(request, Sheet(village, places, {}, uuid.uuid4()))
    typed = typed_by_names(request.POST, RESIDENT_NAMES)
    sheet = Sheet(village, places, typed, key_of(request.POST.get("kunci", "")), request.POST.get("foto_simpan", ""))
    if request.POST.get(TRAP):
        return show(
            request, sheet, error=_("Belum terkirim. Isian Anda masih ada; tekan Kirim sekali lagi."), status=400
        )
    chosen = request.POST.get("dukung", "")
    if chosen:
        return support_instead(request, chosen, typed)
    try:
        return take(request, sheet)
    except RembukError as error:
        return show(request, sheet, error=words_of(error), status=error.status)


def support_instead(request: HttpRequest, number: str, typed: Mapping[str, object]) -> HttpResponse:
    """Go on to support a similar proposal, with name and hamlet filled in already."""
    try:
        proposal = public_by_number(number[:20].replace("\x00", ""))
    except Proposal.DoesNotExist as error:
        raise Http404 from error
    return support_page(request, proposal, {"name": typed["proposer_name"], "hamlet": typed["hamlet"]})


def take(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Read what was typed; ask about similar ones once; send. The photo is kept through every turn."""
    words, problems = read_resident(sheet.typed, sheet.places)
    sheet, photo_id, problem = with_photo(request, sheet)
    problems = [*problems, *problem]
    if problems:
        return show(request, sheet, problems=problems, status=400)
    found = alike(sheet)
    seen = set(request.POST.getlist("dilihat"))
    if any(row.proposal.number not in seen for row in found):
        return show(request, sheet, ask=True, found=found)
    return send(request, sheet, words, photo_id)


def send(request: HttpRequest, sheet: Sheet, words: ResidentWords, photo_id: UUID | None) -> HttpResponse:
    """Hand it in; the answer to this very request is the page with the receipt code."""
    at = clock.now()
    pass_door(limit=PROPOSALS, address=client_address(request), at=at)
    try:
        result = propose_as_resident(
            key=sheet.key,
            village_id=sheet.village.id,
            words=words,
            actor=resident_of(sheet.village),
            at=at,
            photo_id=photo_id,
        )
    except RefusedError as error:
        return show(request, sheet, error=words_of(error), status=error.status)
    return slip(request, result.proposal, result.receipt_code, "proposals/resident_slip.html")


def with_photo(request: HttpRequest, sheet: Sheet) -> tuple[Sheet, UUID | None, list[Problem]]:
    """Keep a newly chosen photo, or find the one kept before. Returns the sheet with its signed name."""
    signer = TimestampSigner(salt=PHOTO_SALT)
    upload = request.FILES.get("foto")
    if upload is None:
        return sheet, kept_photo(signer, sheet), []
    pass_door(limit=PROPOSALS, address=client_address(request), at=clock.now())
    name = upload.name or "foto"
    try:
        stored = keep_photo(village_id=sheet.village.id, source=upload, name=name, actor=resident_of(sheet.village))
    except BadInputError as error:
        return sheet, None, [Problem("foto", error.code, name[:60], words_of(error))]
    signed = signer.sign(f"{sheet.village.id}:{stored.id}")
    return Sheet(sheet.village, sheet.places, sheet.typed, sheet.key, signed), stored.id, []


def kept_photo(signer: TimestampSigner, sheet: Sheet) -> UUID | None:
    try:
        village_id, _colon, key = signer.unsign(sheet.photo, max_age=PHOTO_SECONDS).partition(":")
        return UUID(key) if village_id == sheet.village.id else None
    except (BadSignature, ValueError):
        return None


def alike(sheet: Sheet) -> list[SimilarRow]:
    """Return public proposals of the village that resemble what was typed, best first."""
    problem, place = str(sheet.typed.get("problem", "")), str(sheet.typed.get("location_text", ""))
    if len(problem.strip()) < SHORTEST_QUESTION:
        return []
    rt = sheet.places.rt(str(sheet.typed.get("rt", "")))
    hamlet = sheet.places.hamlet(str(sheet.typed.get("hamlet", "")))
    own = Fields(
        rt=(int(rt.number),) if rt is not None and rt.number.isdigit() else (),
        hamlets=(hamlet.name.lower(),) if hamlet is not None else (),
    )
    found = similar_proposals(
        village_id=sheet.village.id, text=f"{problem} {place}", hat=None, own=own, limit=MOST_SIMILAR
    )
    if found:
        covered_rows((row.proposal for row in found), cover_of(sheet.village))
    return found


def with_support(rows: Sequence[SimilarRow]) -> list[tuple[SimilarRow, SupportTotals]]:
    totals = support_totals([row.proposal.id for row in rows]) if rows else {}
    return [(row, totals[row.proposal.id]) for row in rows]


def show(
    request: HttpRequest,
    sheet: Sheet,
    *,
    problems: Sequence[Problem] = (),
    error: str = "",
    ask: bool = False,
    found: Sequence[SimilarRow] = (),
    status: int = 200,
) -> HttpResponse:
    """Show the form with everything that was typed."""
    names = {name: sheet.typed.get(field, "") for field, name in RESIDENT_NAMES.items()}
    rows = list(found) or (alike(sheet) if request.method == "POST" else [])
    context: dict[str, Any] = {
        "village": sheet.village,
        "places": sheet.places,
        "typed": names,
        "key": sheet.key,
        "photo": sheet.photo if kept_photo(TimestampSigner(salt=PHOTO_SALT), sheet) else "",
        "problems": by_name(problems, RESIDENT_NAMES),
        "error": error,
        "ask": ask,
        "similar": with_support(rows),
        "households": HOUSEHOLDS.items(),
        "whole_village": WHOLE_VILLAGE,
        "trap": TRAP,
        "look_days": look_days(sheet.village.regency),
        "is_open": takes_proposals(sheet.village),
    }
    response = render(request, "proposals/resident_form.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def takes_proposals(village: Village) -> bool:
    try:
        open_cycle_of(village.id)
    except RefusedError:
        return False
    return True


@page("proposals.public_new", of=village_of_url)
def similar(request: HttpRequest, village: Village) -> HttpResponse:
    """Similar proposals alone, for htmx while the resident types."""
    names = ("masalah", "dusun", "rt", "lokasi")
    typed = {field: request.GET.get(name, "")[:3_000] for field, name in RESIDENT_NAMES.items() if name in names}
    found = alike(Sheet(village, places_of(village), typed, uuid.uuid4()))
    return render(request, "proposals/_resident_similar.html", {"similar": with_support(found)})


@page("proposals.public_paper", of=village_of_url)
def paper(request: HttpRequest, village: Village) -> HttpResponse:
    """The paper form: to be printed, filled in with a pen, keyed in twenty at a time. Its QR opens the form."""
    address = request.build_absolute_uri(reverse("proposals:public-new", args=[village.code]))
    try:
        year = open_cycle_of(village.id).budget_year
    except RefusedError:
        year = None
    context = {
        "village": village,
        "year": year,
        "places": places_of(village),
        "households": HOUSEHOLDS.items(),
        "address": address,
        "qr": qr_of(address),
    }
    return render(request, "proposals/resident_paper.html", context)


@page("proposals.public_photo", of=public_photo_of)
def photo(request: HttpRequest, target: Any) -> HttpResponse:
    """One photo that the secretary has opened; it never runs in the site's name."""
    row = target.photo.file
    etag = f'"{row.sha256}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers={"ETag": etag})
    headers = {
        "Cache-Control": "public, max-age=3600",
        "ETag": etag,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(files.read(row), content_type=row.content_type, headers=headers)
