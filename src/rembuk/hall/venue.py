"""The hall as this laptop knows it: which package lies in its data folder, who may sign in, by which PIN."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from rembuk.core.hall.pin import fits
from rembuk.hall.venue_files import VENUE


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who may sign in here. pin: sealed (`core.hall.pin`). leads: whether it is the chair of the meeting."""

    assignment: UUID
    person: UUID
    name: str
    role: str
    pin: str
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Venue:
    """What a hall's data folder says of itself. room: the word in the addresses of phones, drawn at the opening."""

    id: UUID
    meeting: UUID
    village: str
    title: str
    issued_at: datetime
    expires_at: datetime
    officers: tuple[Officer, ...]
    room: str
    server: str
    server_key: str
    server_key_id: str
    package_key: str


def read_venue(folder: Path) -> Venue | None:
    """Return the venue of a data folder, None where there is none."""
    path = folder / VENUE
    if not path.exists():
        return None
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    officers = tuple(
        Officer(
            UUID(each["assignment"]),
            UUID(each["person"]),
            each["name"],
            each["role"],
            each["pin"],
            bool(each.get("leads")),
        )
        for each in held["officers"]
    )
    return Venue(
        id=UUID(held["id"]),
        meeting=UUID(held["meeting"]["id"]),
        village=held["village"]["key"],
        title=held["meeting"]["title"],
        issued_at=datetime.fromisoformat(held["issued_at"]),
        expires_at=datetime.fromisoformat(held["expires_at"]),
        officers=officers,
        room=held["room"],
        server=held.get("server", ""),
        server_key=held.get("server_key", ""),
        server_key_id=held.get("server_key_id", ""),
        package_key=held.get("package_key", ""),
    )


_read: dict[Path, Venue | None] = {}


def here() -> Venue | None:
    """Return the venue of this process; None on a server. Read once."""
    if not settings.HALL:
        return None
    if settings.DATA_DIR not in _read:
        _read[settings.DATA_DIR] = read_venue(settings.DATA_DIR)
    return _read[settings.DATA_DIR]


def officer_of(venue: Venue, pin: str, key: str) -> Officer | None:
    """Return the officer with this key whose PIN it is."""
    found = next((each for each in venue.officers if str(each.assignment) == key), None)
    return found if found is not None and fits(pin, found.pin) else None
