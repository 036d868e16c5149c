"""The office's announcements: the list, a new one, taking one back."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.announcements import queries, services
from rembuk.announcements.labels import STATE_CHIPS, STATES
from rembuk.announcements.models import Announcement
from rembuk.announcements.services import AnnouncementValues
from rembuk.core.errors import RembukError
from rembuk.cycles.calendar import local_day
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence

PER_PAGE = 20


@page("announcements.publish", methods=("GET", "POST"))
def index(request: HttpRequest) -> HttpResponse:
    """Show the village's announcements, and publish one; a refusal keeps what was typed."""
    village = Village.objects.select_related("regency").filter(pk=worn(request).place.village).first()
    if village is None:
        return redirect("portal:front")
    if request.method == "GET":
        return show(request, village, {})
    post = request.POST
    values = AnnouncementValues(
        post.get("judul", ""), post.get("isi", ""), post.get("dari", ""), post.get("sampai", "")
    )
    try:
        key = UUID(post.get("kunci", ""))
    except ValueError:
        key = uuid4()
    try:
        made = services.publish(key=key, village_id=village.pk, values=values, actor=worn(request), at=clock.now())
    except RembukError as error:
        return show(request, village, post.dict(), error=sentence(error), status=error.status)
    covered = "[" in made.title + made.text and "[" not in values.title + values.text
    words = _("Diumumkan. Nama orang dan nomor disamarkan; baca lagi di bawah.") if covered else _("Diumumkan.")
    messages.success(request, words)
    return redirect("announcements:list")


def show(
    request: HttpRequest, village: Village, typed: Mapping[str, str], *, error: str = "", status: int = 200
) -> HttpResponse:
    today = local_day(village.regency, clock.now())
    text = request.GET.get("cari", "").replace("\x00", "").strip()[:60]
    rows = queries.announcements_of(village.pk)
    if text:
        rows = rows.filter(title__icontains=text)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("hal"))
    context = {
        "village": village,
        "shown": shown,
        "count": shown.paginator.count,
        "lines": [(row, row.state(today), *words_of(row.state(today))) for row in shown.object_list],
        "text": text,
        "typed": typed,
        "begins": typed.get("dari") or today.isoformat(),
        "key": typed.get("kunci") or str(uuid4()),
        "today": today,
        "error": error,
    }
    return render(request, "announcements/list.html", context, status=status)


def words_of(state: str) -> tuple[str, str]:
    return STATE_CHIPS[state], str(STATES[state])


def announcement_of(announcement_id: UUID) -> Announcement:
    return queries.announcement_by_id(announcement_id)


@page("announcements.publish", of=announcement_of, methods=("POST",))
def end(request: HttpRequest, found: Announcement) -> HttpResponse:
    """Take one back, with the reason."""
    try:
        services.take_back(
            announcement_id=found.pk, reason=request.POST.get("alasan", ""), actor=worn(request), at=clock.now()
        )
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, _("Pengumuman dicabut. Alasannya terbaca di halaman desa."))
    return redirect("announcements:list")
