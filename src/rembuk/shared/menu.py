"""The short menu by task. Rooms register their entry; a hat sees the entries whose act its role carries."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. *count* is asked for the hat and shown as a badge when above zero."""

    key: str
    title: str | Promise
    icon: str
    url_name: str
    act: str
    order: int
    short: str | Promise = ""
    main: bool = True
    count: Callable[[Hat], int] | None = None
    url: str = ""
    current: bool = False
    badge: int = 0


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add one entry; the same key again replaces it."""
    _entries[entry.key] = entry


def entries_for(hat: Hat | None, path: str) -> list[Entry]:
    """Return the menu of *hat*, in the order of the work, with the entry of *path* marked."""
    if hat is None:
        return []
    shown = []
    for entry in sorted(_entries.values(), key=lambda e: (e.order, e.key)):
        row = TABLE.rows[entry.act]
        if not (row.public or row.signed_in or hat.role in row.roles):
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        badge = entry.count(hat) if entry.count else 0
        shown.append(replace(entry, url=url, badge=badge))
    best = max((e for e in shown if path.startswith(e.url)), key=lambda e: len(e.url), default=None)
    return [replace(e, current=e is best) for e in shown]
