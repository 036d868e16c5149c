"""Lists of meetings, one meeting, and the text of its invitation for sending on."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Model, QuerySet

from rembuk.core.documents.frame import date_text, weekday_text
from rembuk.core.hat import Hat
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    Decision,
    Invitation,
    Meeting,
    SpokenNote,
)
from rembuk.deliberation.permissions import READERS
from rembuk.regions.queries import hamlet_q, place_q


def with_places(rows: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Return the rows with everything that a list or a page names, in one query."""
    return rows.select_related("village__district", "village__regency", "hamlet", "cycle", "signed_file")


def meetings_seen_by(hat: Hat | None) -> "QuerySet[Meeting]":
    """Return the meetings at or below the hat's place; below a village those of its hamlet and of the whole village."""
    if hat is None or hat.role not in READERS:
        return Meeting.objects.none()
    return Meeting.objects.filter(place_q(hat.place), hamlet_q(hat))


def meeting_by_key(key: UUID | str) -> Meeting:
    """Return one meeting with its places. Raises: Meeting.DoesNotExist, ValueError."""
    return with_places(Meeting.objects.all()).get(pk=key if isinstance(key, UUID) else UUID(key))


def meetings_of_cycle(cycle_id: UUID) -> "QuerySet[Meeting]":
    """Return the meetings of a cycle that were not called off, in the order of time."""
    rows = with_places(Meeting.objects.filter(cycle_id=cycle_id)).exclude(state="cancelled")
    return rows.order_by("scheduled_at", "id")


def rows_of_meeting(meeting: Meeting) -> list[tuple[type[Model], Sequence[UUID]]]:
    """Return the rows whose trail belongs to a meeting; not the ballots, whose counts would tell small groups."""
    models: tuple[type[Model], ...] = (
        Invitation,
        Attendance,
        AttendanceTally,
        SpokenNote,
        Decision,
    )
    return [
        (model, list(model._default_manager.filter(meeting=meeting).values_list("pk", flat=True))) for model in models
    ]


def waiting(hat: Hat) -> "QuerySet[Meeting] | None":
    """Return the closed meetings at the hat's place whose minutes wait for signatures; None for other roles."""
    if hat.role.value not in {kind.chair for kind in MEETING_KINDS.values()} | {"SDK", "TIM"} or not hat.place.village:
        return None
    return meetings_seen_by(hat).filter(state="closed")


def invitation_text(meeting: Meeting) -> str:
    """Return the invitation as plain text for sending on by phone; nobody's name stands in it."""
    local = meeting.scheduled_at.astimezone(ZoneInfo(meeting.village.regency.time_zone))
    agenda = "\n".join(f"{number}. {point}" for number, point in enumerate(meeting.agenda, start=1))
    return (
        f"UNDANGAN {meeting.title}, {meeting.village.full_name}\n\n"
        f"Hari, tanggal: {weekday_text(local.date())}, {date_text(local.date())}\n"
        f"Pukul: {local:%H.%M} {local.tzname()} sampai selesai\n"
        f"Tempat: {meeting.location}\n\n"
        f"Agenda:\n{agenda}\n\n"
        "Mohon hadir tepat waktu. Suara perempuan, lansia, dan semua kelompok warga ditunggu."
    )
