"""What holds a meeting fast from outside this room: while its records are in a hall, no other door writes them.

A later room registers who asks; `services.base.locked` asks them all before any write. What comes home from the hall
passes by naming the hold that it comes from.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from rembuk.core.errors import RefusedError

Hold = Callable[[UUID, frozenset[UUID]], None]
"""Called with the meeting and the holds that may pass; raises RefusedError while another holds it."""

Home = Callable[[UUID, UUID, datetime], None]
"""Called with the meeting, the hold whose closing has come in, and the moment."""

_holds: dict[str, Hold] = {}
_homes: dict[str, Home] = {}
_passing: ContextVar[frozenset[UUID]] = ContextVar("rembuk_passing_holds", default=frozenset())


def register(room: str, hold: Hold, home: Home) -> None:
    """Let *room* hold meetings fast, and hear when what it holds has come home."""
    _holds[room], _homes[room] = hold, home


def come_home(meeting_id: UUID, key: UUID, at: datetime) -> None:
    """Tell the rooms that the holder *key* has closed the meeting: its hold ends."""
    for home in _homes.values():
        home(meeting_id, key, at)


def check(meeting_id: UUID) -> None:
    """Refuse a write while the meeting is held. Raises: RefusedError that says by whom and until when."""
    for hold in _holds.values():
        hold(meeting_id, _passing.get())


@contextmanager
def passing(key: UUID) -> Iterator[None]:
    """Let what the holder *key* sends through while the block runs."""
    token = _passing.set(_passing.get() | {key})
    try:
        yield
    finally:
        _passing.reset(token)


def held(meeting_id: UUID) -> bool:
    """Return whether a meeting is held now, so that its page offers no act that would be refused."""
    try:
        check(meeting_id)
    except RefusedError:
        return True
    return False
