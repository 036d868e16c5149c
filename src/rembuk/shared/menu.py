"""The short menu by task. Rooms register their entry; a hat sees the entries whose act its role carries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.shared.waiting import counted


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. *waiting*: what waits for the hat; its number is the badge, None asks nothing."""

    key: str
    title: str | Promise
    icon: str
    url_name: str
    act: str
    order: int
    short: str | Promise = ""
    main: bool = True
    waiting: Callable[[Hat], "QuerySet[Any] | None"] | None = None
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
        shown.append(replace(entry, url=url))
    best = max((e for e in shown if path.startswith(e.url)), key=lambda e: len(e.url), default=None)
    badges = badges_of(shown, hat)
    return [replace(e, current=e is best, badge=badges.get(e.key, 0)) for e in shown]


def badges_of(entries: Sequence[Entry], hat: Hat) -> dict[str, int]:
    """Return entry key -> how much waits for *hat*. One query, however many entries count something."""
    asked = {entry.key: rows for entry in entries if entry.waiting and (rows := entry.waiting(hat)) is not None}
    return counted(asked)
