"""Writing down who is there: one row at a time, straight from the list of those invited, or as counts."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rembuk.deliberation import services
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.forms import attendance_of
from rembuk.deliberation.labels import ELEMENT_NAMES
from rembuk.deliberation.models import Attendance, Invitation, Meeting
from rembuk.deliberation.services.attendance import FIELDS, shape
from rembuk.deliberation.values import AttendanceValues
from rembuk.deliberation.views.targets import RowOf, count_of, done, key_of, meeting_of, row_finder
from rembuk.shared import clock
from rembuk.shared.web import page, worn


@page("deliberation.attendance", of=meeting_of, methods=("GET", "POST"))
def attendance(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Add one person; an invited one by a single press of L or P."""
    if request.method == "GET":
        return redirect(meeting_address(meeting.id, "hadir"))
    hat, at, post = worn(request), clock.now(), request.POST
    row = invited_row(meeting, post.get("undangan", ""))
    values = of_invitation(row, post.get("lp", "")) if row is not None else with_invitation(meeting, request)
    key = key_of(post.get("kunci", "")) if row is None else None

    def act() -> object:
        return services.record_attendance(meeting_id=meeting.id, values=values, attendance_id=key, actor=hat, at=at)

    words = _("%(name)s tercatat hadir.") % {"name": values.name}
    return done(request, meeting, act, words, "undangan" if row is not None else "hadir")


def invited_row(meeting: Meeting, text: str) -> Invitation | None:
    key = key_of(text)
    return meeting.invitations.filter(pk=key).first() if key is not None else None


def of_invitation(row: Invitation, sex: str) -> AttendanceValues:
    return AttendanceValues(name=row.name, sex=sex, element=row.kind, position=row.position, invited=True)


def with_invitation(meeting: Meeting, request: HttpRequest) -> AttendanceValues:
    """Return the typed row; the element of somebody on the list of those invited is taken from there if left open."""
    typed = attendance_of(request.POST)
    if typed.element:
        return typed
    row = meeting.invitations.filter(name__iexact=" ".join(typed.name.split())).first()
    if row is None:
        return typed
    return AttendanceValues(
        name=row.name,
        sex=typed.sex,
        element=row.kind,
        address=typed.address,
        position=typed.position or row.position,
        phone=typed.phone,
        invited=True,
        has_voting_right=typed.has_voting_right,
        signed=typed.signed,
    )


@page("deliberation.attendance", of=meeting_of, methods=("POST",))
def tally(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Set the counts of men and women of one element, without names."""
    hat, at, post = worn(request), clock.now(), request.POST

    def act() -> object:
        return services.set_tally(
            meeting_id=meeting.id,
            element=post.get("unsur", ""),
            male=count_of(post.get("l", "")) or 0,
            female=count_of(post.get("p", "")) or 0,
            invited=post.get("diundang") == "ya",
            actor=hat,
            at=at,
        )

    return done(request, meeting, act, _("Hitungan tersimpan."), "hadir")


@page("deliberation.attendance", of=row_finder(Attendance), methods=("GET", "POST"))
def edit(request: HttpRequest, target: RowOf[Attendance]) -> HttpResponse:
    """Mend one line of the attendance list."""
    meeting, row = target.meeting, target.row
    if request.method == "GET":
        context = {"meeting": meeting, "row": row, "element_names": ELEMENT_NAMES, "seen": packed(row)}
        return render(request, "deliberation/attendee.html", context)
    hat, at, values = worn(request), clock.now(), attendance_of(request.POST)
    seen = unpacked(request.POST.get("terlihat", ""))

    def act() -> object:
        return services.edit_attendance(attendance_id=row.pk, values=values, actor=hat, at=at, seen=seen)

    return done(request, meeting, act, _("Baris hadir diperbaiki."), "hadir")


def packed(row: Attendance) -> str:
    return json.dumps(shape(row))


def unpacked(text: str) -> tuple[object, ...] | None:
    """Read what the page had shown; nothing where it is not readable."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return tuple(found) if isinstance(found, list) and len(found) == len(FIELDS) else None


@page("deliberation.attendance", of=row_finder(Attendance), methods=("POST",))
def remove(request: HttpRequest, target: RowOf[Attendance]) -> HttpResponse:
    """Take one line off the attendance list."""
    meeting, row = target.meeting, target.row
    hat, at = worn(request), clock.now()

    def act() -> None:
        services.remove_attendance(attendance_id=row.pk, actor=hat, at=at)

    return done(request, meeting, act, _("Baris hadir dihapus; jejaknya tetap ada."), "hadir")
