"""The buttons of a meeting: each reads its form, calls one service, and returns to its part of the page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError, StaleError
from rembuk.core.law.meetings import SIGNATURES
from rembuk.deliberation import services
from rembuk.deliberation.forms import note_of
from rembuk.deliberation.labels import ELEMENT_NAMES, SECTION_NAMES
from rembuk.deliberation.models import Decision, Invitation, Meeting, MeetingPhoto, SpokenNote
from rembuk.deliberation.services.recording import note_shape
from rembuk.deliberation.views.targets import (
    RowOf,
    count_of,
    day_of,
    done,
    key_of,
    meeting_of,
    moment_of,
    needed_moment,
    row_finder,
    zone_of,
)
from rembuk.shared import clock, files
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


@page("deliberation.invite", of=row_finder(Invitation), methods=("POST",))
def uninvite(request: HttpRequest, target: RowOf[Invitation]) -> HttpResponse:
    """Take one line off the list of those invited."""
    meeting, row = target.meeting, target.row
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.remove_invitation(invitation_id=row.pk, actor=hat, at=at)

    return done(request, meeting, act, _("Baris undangan dilepas."), "undangan")


@page("deliberation.cancel", of=meeting_of, methods=("POST",))
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Call the meeting off."""
    hat, at, reason = worn(request), clock.now(), request.POST.get("alasan", "")

    def act() -> object:
        return services.cancel_meeting(meeting_id=meeting.id, reason=reason, actor=hat, at=at)

    return done(request, meeting, act, _("Musyawarah dibatalkan. Catatannya tetap bisa dibaca."))


@page("deliberation.start", of=meeting_of, methods=("POST",))
def start(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open the meeting, now or when the paper says."""
    hat, at, text = worn(request), clock.now(), request.POST.get("waktu", "")

    def act() -> object:
        moment = moment_of(text, zone_of(meeting))
        return services.start_meeting(meeting_id=meeting.id, started_at=moment, actor=hat, at=at)

    return done(request, meeting, act, _("Musyawarah dibuka. Catat yang hadir."), "hadir")


@page("deliberation.adjourn", of=meeting_of, methods=("POST",))
def adjourn(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Put the meeting off for want of quorum."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> None:
        zone = zone_of(meeting)
        services.adjourn_meeting(
            meeting_id=meeting.id,
            until=needed_moment(post.get("sampai", ""), zone),
            adjourned_at=moment_of(post.get("waktu", ""), zone),
            reason=post.get("alasan", ""),
            actor=hat,
            at=at,
        )

    return done(request, meeting, act, _("Musyawarah ditunda."), "jalannya")


@page("deliberation.adjourn", of=meeting_of, methods=("POST",))
def resume(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Go on with an adjourned meeting."""
    hat, at, text = worn(request), clock.now(), request.POST.get("waktu", "")

    def act() -> object:
        moment = moment_of(text, zone_of(meeting))
        return services.resume_meeting(meeting_id=meeting.id, resumed_at=moment, actor=hat, at=at)

    return done(request, meeting, act, _("Musyawarah dilanjutkan."), "hadir")


@page("deliberation.close", of=meeting_of, methods=("POST",))
def close(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Close the meeting."""
    hat, at, text = worn(request), clock.now(), request.POST.get("waktu", "")

    def act() -> object:
        moment = moment_of(text, zone_of(meeting))
        return services.close_meeting(meeting_id=meeting.id, ended_at=moment, actor=hat, at=at)

    return done(request, meeting, act, _("Musyawarah ditutup. Berikutnya: tanda tangan berita acara."), "berita-acara")


@page("deliberation.close", of=meeting_of, methods=("POST",))
def reopen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open a closed meeting again."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.reopen_meeting(meeting_id=meeting.id, actor=hat, at=at)

    return done(request, meeting, act, _("Musyawarah dibuka lagi untuk melengkapi catatan."), "jalannya")


@page("deliberation.notes", of=meeting_of, methods=("POST",))
def note(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add one contribution."""
    hat, at, values = worn(request), clock.now(), note_of(request.POST)
    key = key_of(request.POST.get("kunci", ""))

    def act() -> object:
        return services.add_note(meeting_id=meeting.id, values=values, note_id=key, actor=hat, at=at)

    return done(request, meeting, act, _("Catatan tersimpan."), "notulen")


@page("deliberation.notes", of=row_finder(SpokenNote), methods=("GET", "POST"))
def edit_note(request: HttpRequest, target: RowOf[SpokenNote]) -> HttpResponse:
    """Mend one line of the notes."""
    meeting, row = target.meeting, target.row
    if request.method == "GET":
        return render(
            request,
            "deliberation/note.html",
            {"meeting": meeting, "note": row, "element_names": ELEMENT_NAMES, "seen": "\x1f".join(note_shape(row))},  # type: ignore[arg-type]
        )
    hat, at, values = worn(request), clock.now(), note_of(request.POST)
    seen = tuple(request.POST.get("terlihat", "").replace("\r\n", "\n").split("\x1f"))

    def act() -> object:
        return services.edit_note(note_id=row.pk, values=values, actor=hat, at=at, seen=seen)

    return done(request, meeting, act, _("Catatan diperbaiki."), "notulen")


@page("deliberation.notes", of=row_finder(SpokenNote), methods=("POST",))
def remove_note(request: HttpRequest, target: RowOf[SpokenNote]) -> HttpResponse:
    """Take one line off the notes."""
    meeting, row = target.meeting, target.row
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.remove_note(note_id=row.pk, actor=hat, at=at)

    return done(request, meeting, act, _("Catatan dihapus; jejaknya tetap ada."), "notulen")


@page("deliberation.decide", of=meeting_of, methods=("POST",))
def decide(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Record a decision: by consensus, or with counts of votes."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> None:
        services.decide(
            meeting_id=meeting.id,
            text=post.get("keputusan", ""),
            votes=votes_of(request) if post.get("cara") == "vote" else None,
            decision_id=key_of(post.get("kunci", "")),
            actor=hat,
            at=at,
        )

    return done(request, meeting, act, _("Keputusan tercatat."), "keputusan")


def votes_of(request: HttpRequest) -> tuple[int, int, int]:
    """Read the three counts; an empty one is zero. Raises: BadInputError."""
    favour, against, abstain = (count_of(request.POST.get(name, "")) or 0 for name in ("setuju", "tolak", "abstain"))
    return favour, against, abstain


@page("deliberation.decide", of=row_finder(Decision), methods=("POST",))
def remove_decision(request: HttpRequest, target: RowOf[Decision]) -> HttpResponse:
    """Take a wrongly recorded decision off."""
    meeting, row = target.meeting, target.row
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.remove_decision(decision_id=row.pk, actor=hat, at=at)

    return done(request, meeting, act, _("Keputusan dihapus; jejaknya tetap ada."), "keputusan")


@page("deliberation.minutes", of=meeting_of, methods=("GET", "POST"))
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Write the text of the minutes: the page saves each section by itself; without scripts its button does."""
    if request.method == "GET":
        return minutes_page(request, meeting)
    post, hat, at = request.POST, worn(request), clock.now()
    section, text = post.get("bagian", ""), post.get("teks", "")
    wants_json = request.headers.get("accept", "").startswith("application/json")
    try:
        version, _text = services.save_section(
            meeting_id=meeting.id,
            section=section,
            text=text,
            based_on=count_of(post.get("versi", "")) or 0,
            actor=hat,
            at=at,
        )
    except StaleError as error:
        return stale_minutes(request, meeting, error, section, text, wants_json=wants_json)
    except RembukError as error:
        if wants_json:
            return JsonResponse({"sentence": sentence(error)}, status=error.status)
        return minutes_page(request, meeting, typed={section: text}, told=sentence(error), status=error.status)
    if wants_json:
        return JsonResponse({"version": version, "sentence": _("Tersimpan.")})
    return done(request, meeting, lambda: None, _("Bagian berita acara tersimpan."), "berita-acara")


def stale_minutes(
    request: HttpRequest, meeting: Meeting, error: StaleError, section: str, text: str, *, wants_json: bool
) -> HttpResponse:
    """Answer a write on an older version: what stands there now, and what was typed, side by side."""
    if wants_json:
        values = {"sentence": sentence(error), "text": error.values["text"], "version": error.values["version"]}
        return JsonResponse(values, status=409)
    return minutes_page(request, meeting, typed={section: text}, told=sentence(error), status=409)


def minutes_page(
    request: HttpRequest,
    meeting: Meeting,
    *,
    typed: dict[str, str] | None = None,
    told: str = "",
    status: int = 200,
) -> HttpResponse:
    meeting.refresh_from_db(fields=["minutes"])
    sections = [
        {
            "code": code,
            "name": words,
            "stored": meeting.minutes.get(code, {}).get("text", ""),
            "version": meeting.minutes.get(code, {}).get("version", 0),
            "typed": (typed or {}).get(code),
        }
        for code, words in SECTION_NAMES.items()
    ]
    context = {"meeting": meeting, "sections": sections, "sentence": told}
    return render(request, "deliberation/minutes.html", context, status=status)


@page("deliberation.sign", of=meeting_of, methods=("POST",))
def sign(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Say that the minutes are signed, with number and date, and the scan where there is one."""
    hat, at, post = worn(request), clock.now(), request.POST
    try:
        upload = request.FILES.get("berkas")
        stored = None
        if upload is not None:
            stored = files.store(
                upload, name=upload.name or "berita-acara", village_id=meeting.village_id, hat=hat, scan=True
            )
        services.sign_minutes(
            meeting_id=meeting.id,
            minutes_number=post.get("nomor", ""),
            minutes_date=day_of(post.get("tanggal", "")),
            signatures=[key for key in SIGNATURES if post.get(f"ttd_{key}") == "ya"],
            signed_file=stored,
            actor=hat,
            at=at,
        )
    except RembukError as error:
        return refusal(request, error)
    return done(request, meeting, lambda: None, _("Berita acara tercatat ditandatangani."), "berita-acara")


@page("deliberation.photo", of=meeting_of, methods=("POST",))
def photo(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add photos."""
    hat, at = worn(request), clock.now()
    uploads = request.FILES.getlist("foto")

    def act() -> None:
        if not uploads:
            raise BadInputError("file-empty")
        for upload in uploads:
            services.add_photo(
                meeting_id=meeting.id,
                source=upload,
                name=upload.name or "foto",
                caption=request.POST.get("keterangan", ""),
                actor=hat,
                at=at,
            )

    return done(request, meeting, act, _("Foto tersimpan."), "foto")


@page("deliberation.photo", of=row_finder(MeetingPhoto), methods=("POST",))
def remove_photo(request: HttpRequest, target: RowOf[MeetingPhoto]) -> HttpResponse:
    """Take one photo off."""
    meeting, row = target.meeting, target.row
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.remove_photo(photo_id=row.pk, actor=hat, at=at)

    return done(request, meeting, act, _("Foto dilepas."), "foto")
