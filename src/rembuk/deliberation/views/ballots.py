"""The count of the ballots: how far it is, the seed, one hamlet at a time, the printed sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.deliberation import services
from rembuk.deliberation.ballot_entry import Entry, entry_address, entry_of, place_of, read_entry
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.labels import BALLOT_GROUPS, METHOD_NAMES, NO_HAMLET
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.deliberation.permissions import allows
from rembuk.deliberation.queries import ballot_counts, bundles_of, hamlets_at, table_of
from rembuk.deliberation.services.balloting import DRAWABLE
from rembuk.deliberation.services.scoring import SCORABLE
from rembuk.deliberation.shown_ballots import results_of
from rembuk.deliberation.views.targets import meeting_of
from rembuk.shared import clock
from rembuk.shared.web import page, refusal, worn
from rembuk.shared.wording import sentence


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle in the list of those who enter ballots."""

    url: str
    group: str
    voters: int


@dataclass(frozen=True, slots=True)
class Line:
    """A hamlet in the overview. voters: what anybody may see; bundles: what those who enter may change."""

    name: str
    counted: bool
    voters: int | None
    url: str
    bundles: tuple[Bundle, ...]


def may_ballot(hat: Hat, meeting: Meeting) -> dict[str, bool]:
    """Return what the hat may do with the count in the present state of the meeting."""
    open_now = meeting.state in SCORABLE
    ballot = allows(hat, "ballot", meeting) and open_now
    draw = allows(hat, "draw_lot", meeting) and meeting.state in DRAWABLE
    return {
        "draw": draw and not meeting.lot_seed,
        "mend": draw and bool(meeting.lot_seed) and not meeting.minutes.get("lot", {}).get("fixed"),
        "enter": ballot and bool(meeting.lot_seed) and meeting.count_closed_at is None,
        "close": ballot,
    }


@page("deliberation.read", of=meeting_of)
def overview(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """How far the count is: the seed, the hamlets, the totals once it is closed. At most nine queries of its own."""
    hat = worn(request)
    may = may_ballot(hat, meeting)
    counts = ballot_counts(meeting)
    bundles = bundles_of(meeting) if may["enter"] else {}
    table = table_of(meeting)
    lines = [
        Line(row.name, row.counted, row.voters, entry_address(meeting, row.id), listed(meeting, row.id, bundles))
        for row in counts.hamlets
    ]
    closed = meeting.count_closed_at is not None
    context = {
        "meeting": meeting,
        "may": may,
        "counts": counts,
        "present": counts_of([meeting])[meeting.id].voters,
        "lines": lines,
        "table": table,
        "no_hamlet": entry_address(meeting, None) if None not in {row.id for row in counts.hamlets} else "",
        "results": results_of(meeting, table, counts) if closed else None,
        "next": next((line.url for line in lines if not line.counted), ""),
    }
    return render(request, "deliberation/ballots.html", context)


def listed(meeting: Meeting, hamlet_id: UUID | None, bundles: Any) -> tuple[Bundle, ...]:
    return tuple(
        Bundle(entry_address(meeting, hamlet_id, group), str(words), bundles[hamlet_id, group].voters)
        for group, words in BALLOT_GROUPS.items()
        if (hamlet_id, group) in bundles
    )


@page("deliberation.draw_lot", of=meeting_of, methods=("POST",))
def draw(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Write the drawn seed down, or mend it."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> object:
        return services.draw_lot(
            meeting_id=meeting.id, seed=post.get("benih", ""), corrects=post.get("lama", ""), actor=hat, at=at
        )

    return back(request, meeting, act, _("Benih undian tercatat di berita acara. Suara sudah bisa dihitung."))


def back(request: HttpRequest, meeting: Meeting, act: Callable[[], object], told: str) -> HttpResponse:
    """Run one act and return to the overview; a refusal is worded as a page."""
    try:
        act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, told)
    return redirect("deliberation:ballots", meeting.id)


@page("deliberation.ballot", of=meeting_of, methods=("GET", "POST"))
def enter(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Enter the ballots of one hamlet and group: dots, papers or papers with points."""
    place = place_of(meeting, request.POST or request.GET)
    if place is None:
        raise Http404
    entry = entry_of(meeting, place, request.POST or request.GET)
    told, status = "", 200
    if request.method == "POST":
        read_entry(entry, request.POST)
        try:
            store(entry, meeting, worn(request))
        except RembukError as error:
            told, status = sentence(error), error.status
            entry.stale = error.code == "ballot-stale"
        else:
            return stored(request, entry)
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"sentence": told}, status=status)
    context = {
        "meeting": meeting,
        "entry": entry,
        "sentence": told,
        "open": may_ballot(worn(request), meeting)["enter"],
        "methods": [(code, words, f"{entry.address}&cara={code}") for code, words in METHOD_NAMES.items()],
        "groups": BALLOT_GROUPS.items(),
    }
    return render(request, "deliberation/ballots_entry.html", context, status=status)


def wants_json(request: HttpRequest) -> bool:
    return request.headers.get("accept", "") == "application/json"


def store(entry: Entry, meeting: Meeting, hat: Hat) -> BallotBundle:
    """Hand what was read to the service. Raises: RembukError."""
    entry.check()
    return services.enter_ballots(
        meeting_id=meeting.id,
        hamlet_id=entry.place.hamlet_id,
        group=entry.place.group,
        method=entry.method,
        voters=entry.voter_count,
        per_voter=entry.limit,
        marks=entry.marks,
        seen_version=entry.seen,
        actor=hat,
        at=clock.now(),
    )


def stored(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Say that it is stored and go on: to the next hamlet, or back to the overview."""
    messages.success(request, _("Suara %(name)s tersimpan.") % {"name": entry.title})
    go_on = request.POST.get("lanjut") == "ya" and entry.next
    url = entry.next.url if go_on and entry.next else reverse("deliberation:ballots", args=[entry.meeting.id])
    return JsonResponse({"url": url}) if wants_json(request) else redirect(url)


@page("deliberation.ballot", of=meeting_of, methods=("POST",))
def clear(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Take the ballots of one hamlet and group back."""
    place = place_of(meeting, request.POST)
    if place is None:
        raise Http404
    hat, at, seen = worn(request), clock.now(), request.POST.get("versi", "")

    def act() -> None:
        services.clear_ballots(
            meeting_id=meeting.id,
            hamlet_id=place.hamlet_id,
            group=place.group,
            seen_version=int(seen) if seen.isascii() and seen.isdigit() else None,
            actor=hat,
            at=at,
        )

    return back(request, meeting, act, _("Suara dikosongkan. Hitung lagi dari kertasnya."))


@page("deliberation.ballot", of=meeting_of, methods=("POST",))
def close(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Close the count and show its totals."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.close_count(meeting_id=meeting.id, actor=hat, at=at)

    return back(request, meeting, act, _("Penghitungan ditutup. Jumlahnya tampil di layar."))


@page("deliberation.ballot", of=meeting_of, methods=("POST",))
def reopen(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Open the count again."""
    hat, at = worn(request), clock.now()

    def act() -> object:
        return services.open_count(meeting_id=meeting.id, actor=hat, at=at)

    return back(request, meeting, act, _("Penghitungan dibuka lagi. Jumlah tidak tampil sampai ditutup."))


@page("deliberation.read", of=meeting_of)
def sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The sheet on which dots are counted, one for each hamlet, on paper."""
    wanted = request.GET.get("dusun", "")
    hamlets = [row for row in hamlets_at(meeting) if wanted in ("", str(row.pk))]
    names = [row.name for row in hamlets] or [str(NO_HAMLET)]
    context = {"meeting": meeting, "names": names, "table": table_of(meeting)}
    return render(request, "deliberation/ballots_sheet.html", context)
