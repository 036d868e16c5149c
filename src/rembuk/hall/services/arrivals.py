"""People say on their own phones that they have come; an officer confirms it, and the list of attendance grows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat, visitor_hat
from rembuk.core.permissions import require
from rembuk.deliberation.models import Attendance, Invitation, Meeting
from rembuk.deliberation.services import record_attendance
from rembuk.deliberation.values import ALL_ELEMENTS, AttendanceValues, clean
from rembuk.hall.models import Arrival
from rembuk.shared import trail

State = Arrival.State
MOST_WAITING = 300


@transaction.atomic
def announce(
    *,
    arrival_id: UUID,
    meeting_id: UUID,
    name: str,
    sex: str,
    element: str,
    address: str = "",
    invitation_id: UUID | None = None,
    at: datetime,
) -> Arrival:
    """Keep somebody's word that they have come. arrival_id: made by the phone; again changes nothing.

    invitation_id: the line of the list they tapped, whose name and element count. Nobody is signed in.
    Raises: BadInputError (name, L/P, element), RefusedError (far too many wait).
    """
    meeting = Meeting.objects.select_related("village__district", "village__regency").get(pk=meeting_id)
    known = Arrival.objects.filter(pk=arrival_id).first()
    if known is not None:
        return known
    line = Invitation.objects.filter(pk=invitation_id, meeting=meeting).first() if invitation_id else None
    row = Arrival(id=arrival_id, meeting=meeting, invitation=line, sex=sex, address=clean(address, 150))
    row.name = line.name if line is not None else clean(name, 150)
    row.element = line.kind if line is not None and line.kind in ALL_ELEMENTS else element
    if not row.name:
        raise BadInputError("hall-arrival-name")
    if sex not in ("L", "P"):
        raise BadInputError("hall-arrival-sex")
    if row.element not in ALL_ELEMENTS:
        raise BadInputError("hall-arrival-element")
    if line is not None and (there := Arrival.objects.filter(invitation=line).exclude(state=State.DECLINED).first()):
        return there
    if Arrival.objects.filter(meeting=meeting, state=State.WAITING).count() >= MOST_WAITING:
        raise RefusedError("hall-too-many")
    with trail.acting(visitor_hat(meeting.place, meeting.village.full_name), "hall.phone"):
        row.save(force_insert=True)
    return row


@transaction.atomic
def confirm(*, arrival_id: UUID, actor: Hat, at: datetime) -> Attendance:
    """Put an arrival on the list of attendance by the ordinary service. Again changes nothing.

    Raises: NotAllowedError, RefusedError (set aside already, meeting not open).
    """
    row = Arrival.objects.select_for_update(of=("self",)).select_related("meeting__village").get(pk=arrival_id)
    require(actor, "hall.officer", row.meeting)
    if row.state == State.DECLINED:
        raise RefusedError("hall-arrival-gone")
    line = row.invitation
    values = AttendanceValues(
        name=row.name,
        sex=row.sex,
        element=row.element,
        address=row.address,
        position=line.position if line is not None else "",
        invited=line is not None,
    )
    attendance = record_attendance(
        meeting_id=row.meeting_id, values=values, actor=actor, at=at, attendance_id=row.pk, captured_at=row.created_at
    )
    with trail.acting(actor, "hall.officer"):
        row.state, row.attendance = State.CONFIRMED, attendance
        row.save(update_fields=["state", "attendance"])
    return attendance


@transaction.atomic
def decline(*, arrival_id: UUID, actor: Hat, at: datetime) -> Arrival:
    """Set an arrival aside: nobody of that name is here, or the name stands on the list already.

    Raises: NotAllowedError, RefusedError (confirmed already).
    """
    row = Arrival.objects.select_for_update(of=("self",)).select_related("meeting__village").get(pk=arrival_id)
    require(actor, "hall.officer", row.meeting)
    if row.state == State.CONFIRMED:
        raise RefusedError("hall-arrival-gone")
    with trail.acting(actor, "hall.officer"):
        row.state = State.DECLINED
        row.save(update_fields=["state"])
    return row
