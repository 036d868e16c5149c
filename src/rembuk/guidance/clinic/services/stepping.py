"""One step of a question: locked, allowed, walked through the table, written into its history."""

from datetime import datetime
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.clinic import Event, State, next_state
from rembuk.core.hat import Hat
from rembuk.guidance.clinic.models import Ticket
from rembuk.shared import steps


def locked(ticket_id: UUID, actor: Hat, act: str) -> Ticket:
    """Return the question locked, if *actor* may do *act* to it. Raises: NotAllowedError, Ticket.DoesNotExist."""
    return steps.locked(Ticket.objects.select_related("village__regency", "village__district"), ticket_id, actor, act)


def step(ticket: Ticket, event: Event, *, words: str = "", actor: Hat, at: datetime) -> None:
    """Move *ticket* by *event* and note it; the caller saves the ticket. Raises: IllegalTransitionError."""
    steps.take(ticket, event, next_state(State(ticket.state), event), words=words, actor=actor, at=at)


def read_words(field: str, text: str, limit: int) -> str:
    """Return *text* without spaces around it. Raises: BadInputError when too long."""
    words = text.strip()
    if len(words) > limit:
        raise BadInputError("clinic-text-long", field=field, count=len(words), limit=limit)
    return words
