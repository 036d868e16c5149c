"""How the pages of this room find their thing, run an act and answer a refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import meeting_by_key
from rembuk.regions.models import Village
from rembuk.shared.web import refusal

M = TypeVar("M", bound=models.Model)


def meeting_of(meeting_id: UUID) -> Meeting:
    return meeting_by_key(meeting_id)


@dataclass(frozen=True, slots=True)
class RowOf(Generic[M]):
    """One row of a meeting, judged by the rights over its meeting."""

    meeting: Meeting
    row: M

    @property
    def place(self) -> Place:
        return self.meeting.place

    @property
    def kind(self) -> str:
        return self.meeting.kind


def row_finder(model: type[M], key: str = "pk") -> Callable[[UUID, UUID], RowOf[M]]:
    """Return what finds a row of *model* in an address that names its meeting and the row."""

    def find(meeting_id: UUID, row_id: UUID) -> RowOf[M]:
        meeting = meeting_by_key(meeting_id)
        return RowOf(meeting, model._default_manager.get(meeting=meeting, **{key: row_id}))

    return find


def cycle_of(cycle_id: UUID) -> Cycle:
    return Cycle.every.select_related("village__district", "village__regency").get(pk=cycle_id)


def village_of(village: str) -> Village:
    return Village.objects.select_related("district", "regency").get(pk=village)


def done(
    request: HttpRequest, meeting: Meeting, act: Callable[[], object], sentence: str, part: str = ""
) -> HttpResponse:
    """Run one act; a refusal is worded as a page, success returns to its part of the meeting's page."""
    try:
        act()
    except RembukError as error:
        return refusal(request, error)
    messages.success(request, sentence)
    return redirect(meeting_address(meeting.id, part))


def zone_of(meeting: Meeting) -> ZoneInfo:
    return ZoneInfo(meeting.village.regency.time_zone)


def moment_of(text: str, zone: ZoneInfo, *, needed: bool = False) -> datetime | None:
    """Read a moment as the browser's field gives it, in the regency's time. Raises: BadInputError."""
    if not text.strip():
        if needed:
            raise BadInputError("meeting-time-missing")
        return None
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        found = None
    if found is None:
        raise BadInputError("meeting-time-missing")
    return found if found.tzinfo is not None else found.replace(tzinfo=zone)


def needed_moment(text: str, zone: ZoneInfo) -> datetime:
    """Read a moment that must be there. Raises: BadInputError."""
    found = moment_of(text, zone, needed=True)
    if found is None:
        raise BadInputError("meeting-time-missing")
    return found


def day_of(text: str) -> date | None:
    """Read a day; None when it is empty or no day."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def key_of(text: str) -> UUID | None:
    """Read a key that the page made; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def count_of(text: str) -> int | None:
    """Read a whole number of people, dots as thousands; None when it is empty. Raises: BadInputError."""
    plain = text.strip().replace(".", "")
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 6:
        raise BadInputError("number-unread", read=text[:20])
    return int(plain)
