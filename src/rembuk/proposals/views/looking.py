"""The secretary's look at what residents hand in: the list, one proposal with names marked, and the two answers."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.law.reasons import ABUSE
from rembuk.core.text.masking import seems_aid_to_one
from rembuk.proposals.labels import HOUSEHOLDS, PHOTO_VERDICTS, STATES
from rembuk.proposals.looking import marked_intake
from rembuk.proposals.models import Intake, Proposal
from rembuk.proposals.news import text_of_news, whatsapp_number
from rembuk.proposals.queries import sees_proposer
from rembuk.proposals.resident_filters import LOOKS, LookFilter, apply_look_filter, read_look_filter
from rembuk.proposals.resident_queries import intakes_seen_by, known_in
from rembuk.proposals.resident_values import ONE_HOUSE
from rembuk.proposals.services import PublicWords, look_at_photo, look_at_proposal, reject_as_abuse, set_showing
from rembuk.proposals.views.finding import PhotoOf, by_number, own_village, photo_of, words_of
from rembuk.proposals.views.lists import XLSX
from rembuk.regions.models import Hamlet
from rembuk.shared import clock
from rembuk.shared.notices.digest import whatsapp_link
from rembuk.shared.sheets import csv_bytes, xlsx_bytes
from rembuk.shared.web import page, refusal, worn

PER_PAGE = 20


def look_words(look: str) -> str:
    """Return the word of one choice of the filter."""
    words = {
        "menunggu": _("menunggu dilihat"),
        "terlambat": _("lewat waktunya"),
        "sudah": _("sudah dilihat"),
        "ditolak": _("ditolak, penyalahgunaan"),
        "semua": _("semua"),
    }
    return words[look]


def filtered(request: HttpRequest) -> tuple[LookFilter, Any]:
    asked = read_look_filter(request.GET)
    return asked, apply_look_filter(intakes_seen_by(worn(request)), asked, clock.today())


@page("proposals.look")
def queue(request: HttpRequest) -> HttpResponse:
    """Show what residents handed in, those that wait longest first. Nine queries at most."""
    village = own_village(worn(request))
    if village is None:
        return redirect("proposals:list")
    asked, rows = filtered(request)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    known = known_in(village)
    context = {
        "village": village,
        "asked": asked,
        "shown": shown,
        "lines": [marked_intake(intake, known) for intake in shown.object_list],
        "count": shown.paginator.count,
        "hamlets": Hamlet.objects.filter(village=village).order_by("order", "name", "id"),
        "looks": [(look, look_words(look)) for look in LOOKS],
        "today": clock.today(),
        "export": request.GET.urlencode(),
    }
    return render(request, "proposals/queue.html", context)


@page("proposals.look")
def queue_export(request: HttpRequest, kind: str) -> HttpResponse:
    """Write exactly the filtered rows: the covered words, never a name."""
    _asked, rows = filtered(request)
    header = [
        _("nomor"),
        _("usulan"),
        _("masalah"),
        _("dusun"),
        _("jumlah rumah"),
        _("paling lambat dilihat"),
        _("keadaan"),
        _("kode alasan"),
    ]
    lines = lines_of(rows)
    if kind == "csv":
        response = HttpResponse(csv_bytes(header, lines), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(xlsx_bytes([(_("Usulan warga"), header, lines)]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="usulan-warga-{clock.today():%Y%m%d}.{kind}"'
    return response


def lines_of(rows: Iterable[Intake]) -> Iterable[list[str | int | None]]:
    for intake in rows:
        proposal = intake.proposal
        yield [
            proposal.number,
            proposal.title,
            proposal.problem,
            proposal.hamlet.name if proposal.hamlet else "",
            str(HOUSEHOLDS.get(intake.households, "")),
            intake.look_due.isoformat(),
            str(STATES[proposal.state]),
            proposal.reason_code,
        ]


def intake_or_404(proposal: Proposal) -> Intake:
    found = Intake.objects.filter(proposal=proposal).first()
    if found is None:
        raise Http404
    found.proposal = proposal
    return found


@page("proposals.look", of=by_number, methods=("GET", "POST"))
def look(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Look at one: words as typed with everything personal marked, the words for everyone, each photo."""
    intake = intake_or_404(proposal)
    if request.method == "GET":
        return show(request, intake)
    post = request.POST
    words = PublicWords(post.get("judul", ""), post.get("masalah", ""), post.get("lokasi", ""))
    try:
        look_at_proposal(
            proposal_id=proposal.id,
            words=words,
            photos=verdicts_of(post),
            closed=bool(post.get("tutup")),
            note=post.get("catatan", "")[:1_000],
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return show(request, intake, words=words, error=words_of(error), status=error.status)
    messages.success(request, told(bool(post.get("tutup"))))
    return redirect(f"{reverse('proposals:queue')}")


def told(closed: bool) -> str:
    if closed:
        return _("Usulan diterima. Halaman umumnya tidak dibuka karena untuk satu orang atau satu rumah.")
    return _("Usulan diterima dan tampil untuk umum dengan kata-kata yang Anda lihat tadi.")


def verdicts_of(post: QueryDict) -> dict[UUID, str]:
    """Return photo -> what was said of it; photos of which nothing was said are left out."""
    found: dict[UUID, str] = {}
    for name, verdict in post.items():
        kind, _sign, key = name.partition("foto-")
        if kind == "" and key and verdict:
            try:
                found[UUID(key)] = str(verdict)
            except ValueError:
                continue
    return found


@page("proposals.look", of=photo_of, methods=("POST",))
def photo(request: HttpRequest, target: PhotoOf) -> HttpResponse:
    """Say of one photo whether everybody may see it, and why."""
    try:
        look_at_photo(
            photo_id=target.photo.id, verdict=request.POST.get("hasil", ""), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tersimpan. Foto hanya tampil bila Anda menyatakan boleh."))
    return redirect(f"{reverse('proposals:detail', args=[target.proposal.number])}#foto")


@page("proposals.look", of=by_number, methods=("POST",))
def showing(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Close a proposal of the office to the public, or open it."""
    closed = request.POST.get("tampil") == "tutup"
    try:
        set_showing(proposal_id=proposal.id, closed=closed, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    messages.success(
        request, _("Usulan ini tidak tampil untuk umum.") if closed else _("Usulan ini tampil untuk umum.")
    )
    return redirect("proposals:detail", proposal.number)


@page("proposals.reject_abuse", of=by_number, methods=("POST",))
def reject(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Answer that this is no proposal; it is kept, and whoever holds the code reads why."""
    intake = intake_or_404(proposal)
    try:
        reject_as_abuse(
            proposal_id=proposal.id, text=request.POST.get("alasan", ""), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return show(request, intake, error=words_of(error), status=error.status)
    messages.success(request, _("Ditolak dengan alasan. Isinya tersimpan tetapi tidak tampil di mana pun."))
    return redirect("proposals:queue")


def show(
    request: HttpRequest, intake: Intake, *, words: PublicWords | None = None, error: str = "", status: int = 200
) -> HttpResponse:
    proposal = intake.proposal
    known = known_in(proposal.village)
    lines = marked_intake(intake, known)
    text = f"{intake.original_problem} {intake.original_location}"
    aid = seems_aid_to_one(text, known.parts(text, (proposal.proposer_name,))) or intake.households == ONE_HOUSE
    context = {
        "proposal": proposal,
        "intake": intake,
        "lines": lines,
        "words": words or PublicWords(proposal.title, proposal.problem, proposal.location_text),
        "photos": [(row, row.verdict) for row in proposal.photos.select_related("file")],
        "photo_verdicts": PHOTO_VERDICTS.items(),
        "households": HOUSEHOLDS.get(intake.households, ""),
        "aid": aid,
        "closed": proposal.showing == Proposal.Showing.CLOSED,
        "waiting": proposal.state == "sent",
        "rejected": proposal.reason_code == ABUSE,
        "today": clock.today(),
        "error": error,
    }
    return render(request, "proposals/look.html", context, status=status)


@page("proposals.see_proposer", of=by_number)
def news(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The text that tells the proposer where it stands, to be copied into WhatsApp."""
    text = text_of_news(proposal, request.build_absolute_uri(reverse("proposals:track")))
    number = whatsapp_number(proposal.proposer_contact) if sees_proposer(worn(request), proposal) else ""
    link = whatsapp_link(text)
    context = {
        "proposal": proposal,
        "text": text,
        "number": number,
        "whatsapp": link.replace("wa.me/?", f"wa.me/{number}?") if number else link,
        "email": Intake.objects.filter(proposal=proposal).exclude(email="").exists(),
    }
    return render(request, "proposals/news.html", context)
