"""One step of a thing that walks through a table of states: locked, allowed, moved, and written into its story.

The story is a table of the room itself, reached as ``thing.steps``, with event, words, by, by_label and at. A room
names its own states and says where an event leads (`core`); this does what is the same for all.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from rembuk.core.hat import Hat
from rembuk.core.permissions import require

M = TypeVar("M", bound=Model)


def locked(rows: "QuerySet[M]", key: UUID, actor: Hat, act: str) -> M:
    """Return one of *rows* held until the end of the transaction, if *actor* may do *act* to it.

    rows: with everything that the permission and the act look at. Raises: NotAllowedError, DoesNotExist.
    """
    thing: Any = rows.select_for_update(of=("self",)).get(pk=key)
    require(actor, act, thing)
    found: M = thing
    return found


def take(thing: Any, event: StrEnum, after: StrEnum, *, words: str = "", actor: Hat, at: datetime) -> None:
    """Let *thing* stand in *after* because of *event* and note it; the caller saves the thing."""
    thing.state = after.value
    thing.version += 1
    note(thing, event.value, words, actor, at)


def note(thing: Any, event: str, words: str, actor: Hat, at: datetime) -> None:
    """Add one line to the story of *thing*: what happened, the words said, who and when."""
    thing.steps.create(event=event, words=words, by=actor.person_id, by_label=actor.label, at=at)
