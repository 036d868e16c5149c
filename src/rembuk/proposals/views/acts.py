"""The buttons of a proposal: each reads its form, calls one service, and returns to the proposal."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.text.compare import compare, side_of
from rembuk.core.text.similar import likenesses
from rembuk.proposals import services
from rembuk.proposals.forms import fit_scores
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import candidate_of, proposals_visible_to, similar_proposals, text_of, with_places
from rembuk.proposals.services import Answer
from rembuk.proposals.views.finding import PhotoOf, address, by_number, photo_of
from rembuk.proposals.views.slips import slip
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn


def done(request: HttpRequest, proposal: Proposal, act: Callable[[], object], sentence: str) -> HttpResponse:
    """Run one act; a refusal is worded as a page, success returns to the proposal."""
    try:
        act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, sentence)
    return redirect(address(proposal))


@page("proposals.check", of=by_number, methods=("POST",))
def check(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """The secretary has looked; the public page opens."""
    hat, at, note = worn(request), clock.now(), request.POST.get("catatan", "")
    sentence = _("Usulan diperiksa. Halaman umumnya sekarang terbuka.")
    return done(
        request,
        proposal,
        lambda: services.check_proposal(proposal_id=proposal.id, actor=hat, at=at, note=note),
        sentence,
    )


@page("proposals.give_back", of=by_number, methods=("POST",))
def give_back(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Back to its author with what to mend."""
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.give_back_proposal(proposal_id=proposal.id, text=text, actor=hat, at=at)

    try:
        act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Usulan dikembalikan ke penulisnya. Nomornya tetap."))
    return redirect("proposals:list")


@page("proposals.field_check", of=by_number, methods=("POST",))
def field_check(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """What the verification team saw."""
    hat, at, post = worn(request), clock.now(), request.POST
    upload = request.FILES.get("foto")

    def act() -> None:
        services.field_check_proposal(
            proposal_id=proposal.id,
            verdict_code=post.get("hasil", ""),
            note=post.get("catatan", "")[:2_000],
            check_date=day_of(post.get("tanggal", "")),
            actor=hat,
            at=at,
            photo=upload,
            photo_name=(upload.name if upload else "") or "foto",
        )

    return done(request, proposal, act, _("Hasil pemeriksaan tersimpan."))


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadInputError("proposal-date-unread", read=text[:40]) from error


@page("proposals.confirm_code", of=by_number, methods=("POST",))
def confirm_code(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A person chooses the activity code."""
    hat, at, code = worn(request), clock.now(), request.POST.get("kode", "")

    def act() -> object:
        return services.confirm_code(proposal_id=proposal.id, code=code, actor=hat, at=at)

    return done(request, proposal, act, _("Kode kegiatan dipastikan."))


@page("proposals.set_authority", of=by_number, methods=("POST",))
def set_authority(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A person's word about who owns the thing."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> None:
        services.set_authority(
            proposal_id=proposal.id,
            authority=post.get("wewenang", ""),
            note=post.get("kata_wewenang", ""),
            actor=hat,
            at=at,
        )

    return done(request, proposal, act, _("Keterangan wewenang tersimpan."))


@page("proposals.set_prefilter", of=by_number, methods=("POST",))
def set_prefilter(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Pre-filter B: three scores of a proposal within village authority."""
    hat, at, scores = worn(request), clock.now(), fit_scores(request.POST)

    def act() -> object:
        return services.set_prefilter(proposal_id=proposal.id, scores=scores, actor=hat, at=at)

    return done(request, proposal, act, _("Saringan B tersimpan."))


@page("proposals.discuss", of=by_number, methods=("POST",))
def discuss(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A meeting discussed it (by hand; the meeting room does it for a whole agenda)."""
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.discuss_proposals(proposal_ids=[proposal.id], actor=hat, at=at, text=text)

    return done(request, proposal, act, _("Tercatat sebagai dibahas."))


@page("proposals.forward", of=by_number, methods=("POST",))
def forward(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Up to the DU-RKP."""
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.forward_proposal(proposal_id=proposal.id, text=text, actor=hat, at=at)

    return done(request, proposal, act, _("Usulan diteruskan ke atas. Pengusul bisa membaca alasannya."))


@page("proposals.decline", of=by_number, methods=("POST",))
def decline(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Not accepted, with code and sentence."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> None:
        code, text = post.get("kode_alasan", ""), post.get("alasan", "")
        services.decline_proposal(proposal_id=proposal.id, code=code, text=text, actor=hat, at=at)

    return done(request, proposal, act, _("Jawaban tersimpan. Pengusul bisa membaca alasannya."))


@page("proposals.shelve", of=by_number, methods=("POST",))
def shelve(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """On the shelf of the next years."""
    hat, at = worn(request), clock.now()
    answer = Answer(proposal.id, request.POST.get("kode_alasan", ""), request.POST.get("alasan", ""))

    def act() -> object:
        return services.shelve_proposals(answers=[answer], actor=hat, at=at)

    return done(request, proposal, act, _("Usulan disimpan dan ditawarkan lagi tahun berikutnya."))


@page("proposals.drop", of=by_number, methods=("POST",))
def drop(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Out of the plan and onto the shelf."""
    hat, at = worn(request), clock.now()
    answer = Answer(proposal.id, request.POST.get("kode_alasan", ""), request.POST.get("alasan", ""))

    def act() -> object:
        return services.drop_proposals(answers=[answer], actor=hat, at=at)

    return done(request, proposal, act, _("Usulan keluar dari rencana dan disimpan."))


@page("proposals.withdraw", of=by_number, methods=("POST",))
def withdraw(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Taken back by its proposer."""
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.withdraw_proposal(proposal_id=proposal.id, text=text, actor=hat, at=at)

    return done(request, proposal, act, _("Usulan ditarik. Nomornya tetap tercatat."))


@page("proposals.receipt", of=by_number, methods=("POST",))
def receipt(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """A new slip for a lost one; only this answer shows the code."""
    try:
        result = services.issue_receipt(proposal_id=proposal.id, actor=worn(request), at=clock.now())
    except RembukError as error:
        return refusal(request, error)
    return slip(request, proposal, result.receipt_code)


@page("proposals.edit", of=by_number, methods=("POST",))
def photo(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Add photos."""
    hat, at = worn(request), clock.now()

    def act() -> None:
        for upload in request.FILES.getlist("foto"):
            services.add_photo(
                proposal_id=proposal.id,
                source=upload,
                name=upload.name or "foto",
                actor=hat,
                at=at,
                caption=request.POST.get("keterangan", ""),
            )

    return done(request, proposal, act, _("Foto tersimpan."))


@page("proposals.edit", of=photo_of, methods=("POST",))
def remove_photo(request: HttpRequest, found: PhotoOf) -> HttpResponse:
    """Take one photo off."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.remove_photo(photo_id=found.photo.id, actor=hat, at=at)

    return done(request, found.proposal, act, _("Foto dilepas dari usulan."))


@page("proposals.merge", of=by_number, methods=("GET", "POST"))
def merge(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Two proposals side by side; a person decides which one takes the other in."""
    hat = worn(request)
    number = request.POST.get("tujuan") or request.GET.get("dengan", "")
    visible = with_places(proposals_visible_to(hat)).filter(village_id=proposal.village_id)
    other = visible.filter(number=number.upper()).exclude(pk=proposal.pk).first() if number else None
    if request.method == "POST":
        if other is None:
            raise Http404
        return merged(request, proposal, other)
    found = similar_proposals(
        village_id=proposal.village_id, text=text_of(proposal), hat=hat, exclude=proposal.id, limit=8
    )
    context: dict[str, object] = {"proposal": proposal, "other": other, "similar": found}
    if other is not None:
        context["comparison"] = comparison_of(proposal, other)
    return render(request, "proposals/merge.html", context)


def comparison_of(one: Proposal, two: Proposal) -> object:
    """Return verdict, agreeing and clashing fields of two proposals."""
    first, second = candidate_of(one), candidate_of(two)
    likeness = likenesses(first.text, [second.text])[0]
    sides = [side_of(each.text, each.fields, each.year) for each in (first, second)]
    return compare(sides[0], sides[1], likeness)


def merged(request: HttpRequest, proposal: Proposal, other: Proposal) -> HttpResponse:
    keep_this = request.POST.get("arah") == "ke-sini"
    source, target = (other, proposal) if keep_this else (proposal, other)
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.merge_proposal(proposal_id=source.id, into_id=target.id, text=text, actor=hat, at=at)

    return done(
        request, target, act, _("Usulan digabung. Kedua pengusul bisa membaca alasannya; gabungan bisa dibatalkan.")
    )


@page("proposals.merge", of=by_number, methods=("POST",))
def unmerge(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Undo a merge."""
    hat, at, text = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.unmerge_proposal(proposal_id=proposal.id, text=text, actor=hat, at=at)

    return done(request, proposal, act, _("Gabungan dibatalkan. Usulan kembali seperti sebelumnya."))
