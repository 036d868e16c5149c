"""What a hat has to do next: the cycle's own stages, and whatever later rooms register.

A provider answers for one hat in a constant number of queries; `queries.next_duties` merges, orders and cuts the list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from rembuk.core.hat import Hat


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
_providers: dict[str, Provider] = {}


def register(room: str, provider: Provider) -> None:
    """Let *room* name duties of a hat; the same room again replaces its provider."""
    _providers[room] = provider


def of(hat: Hat, today: date) -> list[Duty]:
    """Return every duty that any room names for *hat*: the late ones first, then by date, then by name."""
    found = [duty for provider in _providers.values() for duty in provider(hat, today)]
    return sorted(found, key=lambda duty: (-duty.weight, duty.due or date.max, duty.title, duty.place_name, duty.key))
