"""Who came: person by person, or as counts of men and women of each element."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.deliberation.models import Attendance, AttendanceTally, Meeting
from rembuk.deliberation.services.base import LIVE, demand, locked, touched
from rembuk.deliberation.values import ALL_ELEMENTS, MOST_PEOPLE, AttendanceValues, clean
from rembuk.shared import trail
from rembuk.shared.models import Origin

CORRECTABLE = LIVE | {"signed"}
"""A mistake found after signing is mended too; the stage is then to be checked again."""

FIELDS = ("name", "sex", "element", "address", "position", "phone", "invited", "has_voting_right", "signed")


@transaction.atomic
def record_attendance(
    *,
    meeting_id: UUID,
    values: AttendanceValues,
    actor: Hat,
    at: datetime,
    attendance_id: UUID | None = None,
    captured_at: datetime | None = None,
    origin: str = Origin.ONLINE,
) -> Attendance:
    """Write one person on the attendance list.

    attendance_id: key made by the device; the same key with the same person changes nothing, with another is refused.
    Raises: NotAllowedError, BadInputError (name, L/P, element), RefusedError.
    """
    meeting = opened(meeting_id, actor)
    row = Attendance(id=attendance_id or uuid4(), meeting=meeting, captured_at=captured_at or at, origin=origin)
    fill(row, values)
    if (known := Attendance.objects.filter(pk=row.pk).first()) is not None:
        if known.meeting_id != meeting.id or shape(known) != shape(row):
            raise RefusedError("attendance-key-taken")
        return known
    with trail.acting(actor, "deliberation.attendance"):
        row.save(force_insert=True)
        touched(meeting)
    return row


@transaction.atomic
def edit_attendance(
    *,
    attendance_id: UUID,
    values: AttendanceValues,
    actor: Hat,
    at: datetime,
    seen: tuple[object, ...] | None = None,
) -> Attendance:
    """Mend one line of the list. seen: its values as the page showed them (`shape`), so that nothing is overwritten.

    Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    row = Attendance.objects.get(pk=attendance_id)
    meeting = opened(row.meeting_id, actor)
    row = Attendance.objects.select_for_update().get(pk=attendance_id)
    if seen is not None and tuple(seen) != shape(row):
        raise StaleError("stale")
    fill(row, values)
    with trail.acting(actor, "deliberation.attendance"):
        row.save(update_fields=list(FIELDS))
        touched(meeting)
    return row


@transaction.atomic
def remove_attendance(*, attendance_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a wrong line off the list; the trail keeps it. Raises: NotAllowedError, RefusedError."""
    row = Attendance.objects.get(pk=attendance_id)
    meeting = opened(row.meeting_id, actor)
    with trail.acting(actor, "deliberation.attendance"):
        row.delete()
        touched(meeting)


@transaction.atomic
def set_tally(
    *, meeting_id: UUID, element: str, male: int, female: int, actor: Hat, at: datetime, invited: bool = True
) -> AttendanceTally | None:
    """Set how many men and women of an element came without their names being written; zero takes the line off.

    Raises: NotAllowedError, BadInputError (unknown element, a count below zero or beyond belief), RefusedError.
    """
    meeting = opened(meeting_id, actor)
    if element not in ALL_ELEMENTS:
        raise BadInputError("meeting-element", element=element)
    if not (0 <= male <= MOST_PEOPLE and 0 <= female <= MOST_PEOPLE):
        raise BadInputError("tally-count", male=male, female=female, limit=MOST_PEOPLE)
    rows = AttendanceTally.objects.filter(meeting=meeting, element=element, invited=invited)
    with trail.acting(actor, "deliberation.attendance"):
        if male + female == 0:
            rows.delete()
            row = None
        else:
            row, _new = AttendanceTally.objects.update_or_create(
                meeting=meeting, element=element, invited=invited, defaults={"male": male, "female": female}
            )
        touched(meeting)
    return row


def opened(meeting_id: UUID, actor: Hat) -> Meeting:
    meeting = locked(meeting_id)
    require(actor, "deliberation.attendance", meeting)
    demand(meeting, CORRECTABLE)
    return meeting


def shape(row: Attendance) -> tuple[object, ...]:
    """Return what a line says, for comparing."""
    return tuple(getattr(row, name) for name in FIELDS)


def fill(row: Attendance, values: AttendanceValues) -> None:
    """Put clean values into a line. Raises: BadInputError."""
    name = clean(values.name, 150)
    if not name:
        raise BadInputError("attendance-name")
    if values.sex not in ("L", "P"):
        raise BadInputError("attendance-sex", name=name)
    if values.element not in ALL_ELEMENTS:
        raise BadInputError("meeting-element", element=values.element)
    row.name, row.sex, row.element = name, values.sex, values.element
    row.address, row.position = clean(values.address, 150), clean(values.position, 120)
    row.phone = clean(values.phone, 30)
    row.invited, row.signed, row.has_voting_right = values.invited, values.signed, values.votes
