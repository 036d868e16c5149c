"""What the pages of a hall share: they exist only on a hall's laptop, and phones only under its room word."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString, mark_safe

from rembuk.core.errors import RefusedError
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import meeting_by_key
from rembuk.hall.network import own_address
from rembuk.hall.venue import Venue, here
from rembuk.shared.web import refusal


def meeting_of(meeting_id: UUID) -> Meeting:
    return meeting_by_key(meeting_id)


def only_here(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Say on a server that this page exists only in a hall."""

    @wraps(view)
    def door(request: HttpRequest, *targets: Any, **named: Any) -> HttpResponse:
        if here() is None:
            return refusal(request, RefusedError("hall-not-in-hall"))
        return view(request, *targets, **named)

    return door


def venue_of(room: str) -> Venue:
    """Return the venue whose word stands in the address. Raises: Http404."""
    venue = here()
    if venue is None or not constant_time_compare(venue.room, room):
        raise Http404
    return venue


def phone_address(request: HttpRequest, venue: Venue) -> str:
    """Return the address that phones open: on the host that this page was asked from, or that of the network.

    The officer sits at the laptop itself, whose own name for itself (localhost) no phone can reach.
    """
    return f"{base_address(request)}{reverse('hall:phone', args=[venue.room])}"


def base_address(request: HttpRequest) -> str:
    host, _colon, port = request.get_host().partition(":")
    if host not in ("127.0.0.1", "localhost"):
        return f"http://{request.get_host()}"
    return f"http://{own_address()}{':' + port if port else ''}"


def qr(text: str) -> SafeString:
    return mark_safe(segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True))  # noqa: S308
