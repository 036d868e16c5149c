"""What the addresses of the clinic are about."""

from uuid import UUID

from rembuk.guidance.clinic import queries
from rembuk.guidance.clinic.models import FaqEntry, Ticket


def ticket_of(ticket_id: UUID) -> Ticket:
    return queries.ticket_by_id(ticket_id)


def faq_of(entry_id: UUID) -> FaqEntry:
    return queries.faq_by_id(entry_id)
