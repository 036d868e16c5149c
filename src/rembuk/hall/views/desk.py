"""The officer's desk in the hall: who says they have come, slips and boxes of the quiet vote, paper dots."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hall.slips import shown
from rembuk.deliberation.labels import ELEMENT_NAMES
from rembuk.deliberation.models import Attendance, Meeting
from rembuk.deliberation.queries import hamlets_at, table_of
from rembuk.deliberation.views.targets import count_of
from rembuk.hall import services
from rembuk.hall.models import Arrival, BallotBox, DotCount, SlipGiven
from rembuk.hall.services.voting import first_counts
from rembuk.hall.venue import here
from rembuk.hall.views.doors import base_address, meeting_of, only_here, phone_address, qr
from rembuk.hall.views.phones import key_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn


@page("hall.officer", of=meeting_of)
@only_here
def desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show what waits for the officer, and what the vote stands at: counts, never a result."""
    venue = here()
    assert venue is not None  # the door has made sure
    asked = " ".join(request.GET.get("cari", "").split())
    people = Attendance.objects.filter(meeting=meeting).order_by("name", "id")
    given = set(SlipGiven.objects.filter(attendance__meeting=meeting).values_list("attendance_id", flat=True))
    boxes = list(BallotBox.objects.filter(meeting=meeting).select_related("hamlet").order_by("pk"))
    waiting = Arrival.objects.filter(meeting=meeting, state=Arrival.State.WAITING).select_related("invitation")
    address = phone_address(request, venue)
    context = {
        "meeting": meeting,
        "venue": venue,
        "waiting": [(row, ELEMENT_NAMES.get(row.element, row.element)) for row in waiting.order_by("created_at", "id")],
        "present": people.count(),
        "people": [(row, row.pk in given) for row in (people.filter(name__icontains=asked) if asked else people)],
        "given": len(given),
        "asked": asked,
        "boxes": [(box, len(box.handed), len(box.used)) for box in boxes],
        "open_boxes": [box for box in boxes if box.open],
        "hamlets": hamlets_at(meeting),
        "tabled": meeting.tabled.count(),
        "first_counts": DotCount.objects.filter(meeting=meeting).select_related("hamlet").order_by("created_at", "id"),
        "address": address,
        "qr": qr(address),
    }
    return render(request, "hall/desk.html", context)


@page("hall.officer", of=meeting_of)
@only_here
def poster(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the code for phones so large that the last row reads it."""
    venue = here()
    assert venue is not None  # the door has made sure
    address = phone_address(request, venue)
    return render(request, "hall/poster.html", {"meeting": meeting, "address": address, "qr": qr(address)})


def acted(request: HttpRequest, meeting: Meeting, act: Callable[[], object], told: str, part: str = "") -> HttpResponse:
    try:
        act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, told)
    return redirect(f"{reverse('hall:desk', args=[meeting.pk])}{'#' + part if part else ''}")


@page("hall.officer", of=meeting_of, methods=("POST",))
@only_here
def arrivals(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Confirm or set aside those that were ticked, or all that wait."""
    rows = Arrival.objects.filter(meeting=meeting, state=Arrival.State.WAITING).order_by("created_at", "id")
    keys = [key for key in map(key_of, request.POST.getlist("siapa")) if key is not None]
    chosen = list(rows if request.POST.get("semua") else rows.filter(pk__in=keys))
    away = request.POST.get("tindakan") == "lewati"

    def act() -> None:
        if not chosen:
            raise BadInputError("hall-nobody-chosen")
        for row in chosen:
            if away:
                services.decline(arrival_id=row.pk, actor=worn(request), at=clock.now())
            else:
                services.confirm(arrival_id=row.pk, actor=worn(request), at=clock.now())

    count = len(chosen)
    told = ngettext("%(count)d orang ditangani.", "%(count)d orang ditangani.", count) % {"count": count}
    return acted(request, meeting, act, told, "datang")


@page("hall.officer", of=meeting_of, methods=("POST",))
@only_here
def boxes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open the boxes, close them, or enter what lies in them."""
    what, actor, at = request.POST.get("tindakan", ""), worn(request), clock.now()
    if what == "tutup":
        return acted(
            request,
            meeting,
            lambda: services.close_boxes(meeting_id=meeting.pk, actor=actor, at=at),
            _("Pemungutan suara ditutup."),
            "suara",
        )
    if what == "hitung":
        return acted(
            request,
            meeting,
            lambda: services.count_boxes(meeting_id=meeting.pk, actor=actor, at=at),
            _("Suara dari kotak masuk ke hitungan musyawarah."),
            "suara",
        )

    def act() -> None:
        wanted = request.POST.getlist("dusun")
        services.open_boxes(
            meeting_id=meeting.pk,
            hamlets=[key_of(text) for text in wanted] or [None],
            per_voter=count_of(request.POST.get("jatah", "3")) or 0,
            actor=actor,
            at=at,
        )

    return acted(request, meeting, act, _("Kotak suara dibuka. Berikan slip kepada yang hadir."), "suara")


@page("hall.officer", of=meeting_of, methods=("POST",))
@only_here
def slips(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Show the slip of one person, or a sheet of slips to print and cut. Neither is shown a second time."""
    hamlet, actor, at = key_of(request.POST.get("dusun", "")), worn(request), clock.now()
    person = key_of(request.POST.get("siapa", ""))
    try:
        if person is not None:
            row = Attendance.objects.get(pk=person, meeting=meeting)
            codes = [services.give_slip(attendance_id=row.pk, hamlet_id=hamlet, actor=actor, at=at)]
        else:
            wanted = count_of(request.POST.get("banyak", "")) or 0
            codes = services.make_slips(meeting_id=meeting.pk, hamlet_id=hamlet, count=wanted, actor=actor, at=at)
    except RembukError as error:
        return refusal(request, error)
    venue = here()
    assert venue is not None  # the door has made sure
    base = f"{base_address(request)}{reverse('hall:vote', args=[venue.room])}"
    made = [(shown(code), qr(f"{base}?slip={code}")) for code in codes]
    context = {"meeting": meeting, "slips": made, "sheet": person is None, "address": base}
    answer = render(request, "hall/slips.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@page("hall.officer", of=meeting_of, methods=("GET", "POST"))
@only_here
def dots(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Enter the totals of paper dots: first one person, then another who does not see the first count."""
    table = table_of(meeting)
    hamlet = key_of(request.POST.get("dusun", "") or request.GET.get("dusun", ""))
    if request.method == "POST":
        try:
            told = services.count_dots(
                meeting_id=meeting.pk,
                hamlet_id=hamlet,
                counter=request.POST.get("penghitung", ""),
                voters=count_of(request.POST.get("pemilih", "")) or 0,
                totals={row.proposal.pk: count_of(request.POST.get(f"u{row.number}", "")) or 0 for row in table},
                actor=worn(request),
                at=clock.now(),
            )
        except RembukError as error:
            return refusal(request, error)
        words = {
            "first": _("Hitungan pertama tersimpan tertutup. Sekarang orang kedua menghitung."),
            "entered": _("Dua hitungan sama; titik masuk ke hitungan musyawarah."),
        }
        if told in words:
            messages.success(request, words[told])
        else:
            messages.error(
                request,
                _("Dua hitungan berbeda, jadi keduanya dihapus. Hitung lagi dari awal; belum ada yang dimasukkan."),
            )
        return redirect(f"{reverse('hall:desk', args=[meeting.pk])}#titik")
    first = first_counts(meeting, hamlet).first()
    context = {"meeting": meeting, "rows": table, "first": first, "hamlets": hamlets_at(meeting), "hamlet": hamlet}
    return render(request, "hall/dots.html", context)
