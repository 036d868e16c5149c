"""Photos of works before everybody sees them: the list of those that wait, and the verdict on one."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.hat import Place
from rembuk.proposals.labels import PHOTO_VERDICTS
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.works import queries, services
from rembuk.works.models import Progress

PER_PAGE = 24
LOOKS = ("menunggu", "tampil", "tidak", "semua")


@page("works.look_photo")
def index(request: HttpRequest) -> HttpResponse:
    """Show the photos of the place's works, those that wait for a look first. Four queries."""
    text = request.GET.get("cari", "").replace("\x00", "").strip()[:60]
    look = request.GET.get("lihat", "")
    look = look if look in LOOKS else LOOKS[0]
    shown = Paginator(queries.photos_to_look_at(worn(request), text, look), PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "shown": shown,
        "count": shown.paginator.count,
        "text": text,
        "look": look,
        "looks": [(name, words_of(name)) for name in LOOKS],
        "photo_verdicts": PHOTO_VERDICTS.items(),
        "here": request.get_full_path(),
    }
    return render(request, "works/photos.html", context)


def words_of(look: str) -> str:
    words = {
        "menunggu": _("menunggu dilihat"),
        "tampil": _("tampil untuk umum"),
        "tidak": _("tidak tampil"),
        "semua": _("semua"),
    }
    return words[look]


class PhotoTarget:
    """A report asked about: its place is that of its work."""

    def __init__(self, row: Progress) -> None:
        self.row = row

    @property
    def place(self) -> Place:
        return self.row.work.place


def photo_of(progress_id: UUID) -> PhotoTarget:
    return PhotoTarget(Progress.objects.select_related("work__village").get(pk=progress_id, photo__isnull=False))


@page("works.look_photo", of=photo_of, methods=("POST",))
def look(request: HttpRequest, target: PhotoTarget) -> HttpResponse:
    """Say whether everybody may see one photo, and why; back to where it was said."""
    try:
        services.look_at_photo(
            progress_id=target.row.pk, verdict=request.POST.get("hasil", ""), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Tersimpan. Foto hanya tampil bila Anda menyatakan boleh."))
    back = request.POST.get("kembali", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = reverse("works:photos")
    return redirect(back)
