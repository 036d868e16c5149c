"""One step of a question: locked, allowed, walked through the table, written into its history."""

from datetime import datetime
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.clinic import Event, State, next_state
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.clinic.models import Step, Ticket


def locked(ticket_id: UUID, actor: Hat, act: str) -> Ticket:
    """Return the question locked, if *actor* may do *act* to it. Raises: NotAllowedError, Ticket.DoesNotExist."""
    rows = Ticket.objects.select_for_update(of=("self",)).select_related("village__regency", "village__district")
    ticket = rows.get(pk=ticket_id)
    require(actor, act, ticket)
    return ticket


def step(ticket: Ticket, event: Event, *, words: str = "", actor: Hat, at: datetime) -> None:
    """Move *ticket* by *event* and note it; the caller saves the ticket. Raises: IllegalTransitionError."""
    ticket.state = next_state(State(ticket.state), event).value
    ticket.version += 1
    note(ticket, event.value, words, actor, at)


def note(ticket: Ticket, event: str, words: str, actor: Hat, at: datetime) -> None:
    Step.objects.create(ticket=ticket, event=event, words=words, by=actor.person_id, by_label=actor.label, at=at)


def read_words(field: str, text: str, limit: int) -> str:
    """Return *text* without spaces around it. Raises: BadInputError when too long."""
    words = text.strip()
    if len(words) > limit:
        raise BadInputError("clinic-text-long", field=field, count=len(words), limit=limit)
    return words
