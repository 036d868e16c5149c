"""What a hat has to do next: the cycle's own stages, and whatever later rooms register.

A provider answers for one hat in a constant number of queries; `queries.next_duties` merges, orders and cuts the list.
A room that names the rows its duties come from is asked only where there are any: one query looks at all such rooms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from rembuk.core.hat import Hat
from rembuk.shared.waiting import counted


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do. missing: at most three short lines; link: a full address; button: verb and object.

    state: ok | due | late | paused | next. days_left: negative when over; None when there is no date.
    """

    title: str
    link: str
    button: str
    due: date | None = None
    days_left: int | None = None
    state: str = "next"
    missing: tuple[str, ...] = ()
    place_name: str = ""
    icon: str = "doc"
    key: str = ""
    weight: int = 0


Provider = Callable[[Hat, date], list[Duty]]
Waiting = Callable[[Hat, date], "QuerySet[Any] | None"]
_providers: dict[str, tuple[Provider, Waiting | None]] = {}


def register(room: str, provider: Provider, waiting: Waiting | None = None) -> None:
    """Let *room* name duties of a hat; the same room again replaces its provider.

    waiting: the rows without which the provider names nothing for this hat; None for a hat it has nothing for.
    """
    _providers[room] = provider, waiting


def of(hat: Hat, today: date) -> list[Duty]:
    """Return every duty that any room names for *hat*: the late ones first, then by date, then by name."""
    rows = {room: waiting(hat, today) for room, (_provider, waiting) in _providers.items() if waiting is not None}
    there = counted({room: asked for room, asked in rows.items() if asked is not None})
    asked = [provider for room, (provider, waiting) in _providers.items() if waiting is None or there.get(room)]
    found = [duty for provider in asked for duty in provider(hat, today)]
    return sorted(found, key=lambda duty: (-duty.weight, duty.due or date.max, duty.title, duty.place_name, duty.key))
