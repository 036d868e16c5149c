"""Plain pages for phones in the hall: say that one has come, and vote quietly by a slip. No account, no script."""

from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from rembuk.core.errors import RembukError
from rembuk.core.hall.slips import read_slip, shown
from rembuk.deliberation.labels import ELEMENT_NAMES
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import meeting_by_key, table_of
from rembuk.hall.models import Arrival, BallotBox
from rembuk.hall.services import announce, cast
from rembuk.hall.views.doors import only_here, venue_of
from rembuk.shared import clock
from rembuk.shared.web import page
from rembuk.shared.wording import sentence


def meeting_in(room: str) -> Meeting:
    return meeting_by_key(venue_of(room).meeting)


@page("hall.phone")
@only_here
def phone(request: HttpRequest, room: str) -> HttpResponse:
    """Offer the two things a phone can do here."""
    meeting = meeting_in(room)
    voting = BallotBox.objects.filter(meeting=meeting, open=True).exists()
    return render(request, "hall/phone.html", {"meeting": meeting, "room": room, "voting": voting})


@page("hall.phone", methods=("GET", "POST"))
@only_here
def arrive(request: HttpRequest, room: str) -> HttpResponse:
    """Tap one's name on the list of invitations, or write it; an officer confirms."""
    meeting = meeting_in(room)
    words, status = "", 200
    if request.method == "POST":
        try:
            row = announce(
                arrival_id=key_of(request.POST.get("kunci", "")) or uuid4(),
                meeting_id=meeting.pk,
                name=request.POST.get("nama", ""),
                sex=request.POST.get("jk", ""),
                element=request.POST.get("unsur", ""),
                address=request.POST.get("alamat", ""),
                invitation_id=key_of(request.POST.get("undangan", "")),
                at=clock.now(),
            )
        except RembukError as error:
            words, status = sentence(error), error.status
        else:
            return redirect("hall:arrived", room=room, arrival_id=row.pk)
    asked = " ".join(request.GET.get("cari", "").split())
    gone = Arrival.objects.filter(meeting=meeting).exclude(state="declined").values("invitation_id")
    lines = meeting.invitations.exclude(pk__in=gone.filter(invitation__isnull=False)).order_by("name", "id")
    tapped = key_of(request.POST.get("undangan", "") or request.GET.get("undangan", ""))
    picked = lines.filter(pk=tapped).first() if tapped is not None else None
    if asked:
        lines = lines.filter(name__icontains=asked)
    context = {
        "meeting": meeting,
        "room": room,
        "lines": lines,
        "asked": asked,
        "picked": picked,
        "typed": request.POST,
        "key": request.POST.get("kunci") or uuid4(),
        "elements": ELEMENT_NAMES,
        "sentence": words,
    }
    return render(request, "hall/arrive.html", context, status=status)


@page("hall.phone")
@only_here
def arrived(request: HttpRequest, room: str, arrival_id: UUID) -> HttpResponse:
    """Say whether the officer has seen it."""
    meeting = meeting_in(room)
    row = Arrival.objects.filter(pk=arrival_id, meeting=meeting).first()
    if row is None:
        raise Http404
    return render(request, "hall/arrived.html", {"row": row, "room": room, "meeting": meeting})


@page("hall.phone", methods=("GET", "POST"))
@only_here
def vote(request: HttpRequest, room: str) -> HttpResponse:
    """Type the slip, tick the proposals, send. What was ticked stays on the page until it is stored."""
    meeting = meeting_in(room)
    code = request.POST.get("slip", "") or request.GET.get("slip", "")
    chosen = [key for key in map(key_of, request.POST.getlist("usulan")) if key is not None]
    words, status = "", 200
    if request.method == "POST":
        try:
            cast(meeting_id=meeting.pk, code=code, chosen=chosen)
        except RembukError as error:
            words, status = sentence(error), error.status
        else:
            return render(request, "hall/voted.html", {"meeting": meeting, "room": room})
    boxes = list(BallotBox.objects.filter(meeting=meeting, open=True))
    context = {
        "meeting": meeting,
        "room": room,
        "rows": table_of(meeting),
        "chosen": chosen,
        "slip": shown(read_slip(code)) if read_slip(code) else code[:20],
        "most": max((box.per_voter for box in boxes), default=0),
        "sentence": words,
    }
    return render(request, "hall/vote.html", context, status=status)


def key_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None
