"""How the pages of this room find their thing, run an act and answer a refusal."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dateparse import parse_datetime

from rembuk.core.errors import BadInputError, RembukError
from rembuk.cycles.models import Cycle
from rembuk.deliberation.addresses import meeting_address
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import meeting_by_key
from rembuk.regions.models import Village
from rembuk.shared.web import refusal

M = TypeVar("M", bound=models.Model)


def meeting_of(meeting_id: UUID) -> Meeting:
    return meeting_by_key(meeting_id)


def meeting_of_row(meeting_id: UUID, row_id: UUID) -> Meeting:
    """Return the meeting of an address that also names one of its rows; the view finds the row with `row_of`."""
    return meeting_by_key(meeting_id)


def cycle_of(cycle_id: UUID) -> Cycle:
    return Cycle.objects.select_related("village__district", "village__regency").get(pk=cycle_id)


def village_of(village: str) -> Village:
    return Village.objects.select_related("district", "regency").get(pk=village)


def row_of(request: HttpRequest, rows: "models.QuerySet[M]") -> M:
    """Return the row that the address names, out of the meeting's own. Raises: Http404."""
    match = request.resolver_match
    key = match.kwargs.get("row_id") if match is not None else None
    if key is None:
        raise Http404
    return get_object_or_404(rows, pk=key)


def row_key(request: HttpRequest) -> UUID:
    """Return the key of the row that the address names. Raises: Http404."""
    match = request.resolver_match
    if match is None:
        raise Http404
    key: UUID = match.kwargs["row_id"]
    return key


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
