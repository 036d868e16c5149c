"""The lock on a meeting whose records are in a hall, as the room of meetings asks for it."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from rembuk.core.errors import RefusedError
from rembuk.core.hat import command_hat
from rembuk.hall.models import Taking
from rembuk.shared import clock, trail
from rembuk.shared.templatetags.rembuk import tanggal


def hold(meeting_id: UUID, passing: frozenset[UUID]) -> None:
    """Refuse while a package of the meeting is out, unless what comes is from that package. One query.

    Asks the clock itself: the lock stands in the way of every act, none of which knows of it. A hall has none.
    """
    if settings.HALL:
        return
    if passing:
        come_late(meeting_id, passing)
    taking = out_now(meeting_id)
    if taking is not None and taking.pk not in passing:
        local = taking.until.astimezone(ZoneInfo(taking.village.regency.time_zone))
        raise RefusedError("meeting-at-hall", who=taking.taken_by, until=f"{tanggal(local)} {local:%H.%M}")


def come_late(meeting_id: UUID, passing: frozenset[UUID]) -> None:
    """Refuse what comes from a package whose lock is gone: a person looks at it beside what was done meanwhile."""
    mine = Taking.objects.filter(meeting_id=meeting_id, pk__in=passing).first()
    if mine is not None and (mine.released_at is not None or mine.until <= clock.now()):
        raise RefusedError("hall-late", reason=mine.released_reason or tanggal(mine.until))


def out_now(meeting_id: UUID) -> Taking | None:
    """Return the package of a meeting that is out by now: not come home, not let go, not past its day."""
    rows = Taking.objects.filter(meeting_id=meeting_id, released_at__isnull=True, returned_at__isnull=True)
    return rows.filter(until__gt=clock.now()).select_related("village__regency").first()


def come_home(meeting_id: UUID, key: UUID, at: datetime) -> None:
    """End the lock of the package *key*: the closing of its meeting has come in. Again, or a phone's: nothing."""
    taking = Taking.objects.filter(pk=key, meeting_id=meeting_id, returned_at__isnull=True).first()
    if taking is None:
        return
    with trail.acting(command_hat("kiriman lapangan", taking.village.regency_id), "hall.home"):
        taking.returned_at, taking.late = at, taking.released_at is not None or taking.until <= at
        taking.save(update_fields=["returned_at", "late"])
