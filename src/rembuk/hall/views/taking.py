"""On the server: take a meeting to a hall, or let its lock go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.models import Meeting
from rembuk.hall import keys
from rembuk.hall.locking import out_now
from rembuk.hall.services import release_lock, take_to_hall
from rembuk.hall.services.taking import chair_of
from rembuk.hall.views.doors import meeting_of
from rembuk.shared import clock
from rembuk.shared.web import page, worn
from rembuk.shared.wording import sentence


@page("hall.take", of=meeting_of, methods=("GET", "POST"))
def take(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Ask for the PIN, say what taking does, then hand the signed package over."""
    if request.method == "GET":
        return take_page(request, meeting)
    if request.POST.get("pin", "") != request.POST.get("pin_lagi", ""):
        return take_page(request, meeting, _("Dua kali PIN itu tidak sama. Tidak ada yang berubah."))
    try:
        taking, data = take_to_hall(
            meeting_id=meeting.pk,
            pin=request.POST.get("pin", ""),
            chair_pin=request.POST.get("pin_ketua", ""),
            server=request.build_absolute_uri("/").rstrip("/"),
            actor=worn(request),
            at=clock.now(),
        )
    except RembukError as error:
        return take_page(request, meeting, sentence(error), error.status)
    name = f"balai-{meeting.village.code}-{taking.taken_at:%Y%m%d}.zip"
    return HttpResponse(
        data,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def take_page(request: HttpRequest, meeting: Meeting, words: str = "", status: int = 400) -> HttpResponse:
    context = {
        "meeting": meeting,
        "out": out_now(meeting.pk),
        "chair": chair_of(meeting),
        "fingerprint": keys.fingerprint(),
        "sentence": words,
    }
    return render(request, "hall/take.html", context, status=status if words else 200)


@page("hall.release", of=meeting_of, methods=("GET", "POST"))
def release(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Name what letting the lock go does, then do it with a reason."""
    words, status = "", 200
    if request.method == "POST":
        try:
            release_lock(
                meeting_id=meeting.pk, reason=request.POST.get("alasan", ""), actor=worn(request), at=clock.now()
            )
        except RembukError as error:
            words, status = sentence(error), error.status
        else:
            messages.success(
                request, _("Kunci dilepas. Hasil dari balai yang datang kemudian masuk ke daftar yang diperiksa.")
            )
            return redirect(meeting_address(meeting.pk))
    context = {"meeting": meeting, "out": out_now(meeting.pk), "sentence": words}
    return render(request, "hall/release.html", context, status=status)
