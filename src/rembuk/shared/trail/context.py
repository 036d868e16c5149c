"""Who acts now: a context variable that the triggers of both databases read."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from rembuk.core.hat import Hat


@dataclass(frozen=True, slots=True)
class Acting:
    """The act under way: person, hat as text, name of the act, id of the request, regency of the seal."""

    person_id: UUID
    hat: str
    act: str
    request_id: str = ""
    regency: str = ""


_acting: ContextVar[Acting | None] = ContextVar("rembuk_acting", default=None)
_request: ContextVar[str] = ContextVar("rembuk_request", default="")


def current() -> Acting | None:
    """Return who acts, or None outside any act (which the trail records as "tanpa pelaku")."""
    return _acting.get()


def set_request_id(request_id: str) -> None:
    """Remember the request that the following acts belong to."""
    _request.set(request_id)


@contextmanager
def acting(hat: Hat, act: str) -> Iterator[None]:
    """Say who acts while the block writes. Nested acts keep the outer person and name the inner act."""
    token = _acting.set(Acting(hat.person_id, hat.label, act, _request.get(), hat.place.regency))
    try:
        yield
    finally:
        _acting.reset(token)
