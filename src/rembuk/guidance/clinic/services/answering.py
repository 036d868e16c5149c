"""What the clinic does with a question, and what the asker says to the answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.clinic import CLINIC_TOPICS, REFERRALS, Event
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.queries import answering_people
from rembuk.guidance.clinic.services.stepping import locked, read_words, step
from rembuk.shared import steps, trail
from rembuk.shared.notices.services import notify


@transaction.atomic
def assign(*, ticket_id: UUID, actor: Hat, at: datetime) -> Ticket:
    """Take a question. Raises: NotAllowedError, IllegalTransitionError."""
    ticket = locked(ticket_id, actor, "clinic.assign")
    with trail.acting(actor, "clinic.assign"):
        ticket.handler_id = actor.person_id
        step(ticket, Event.ASSIGN, actor=actor, at=at)
        ticket.save()
    return ticket


@transaction.atomic
def retopic(*, ticket_id: UUID, topic: str, actor: Hat, at: datetime) -> Ticket:
    """Put a question under another topic; under its own nothing happens. Raises: NotAllowedError, BadInputError."""
    ticket = locked(ticket_id, actor, "clinic.retopic")
    if topic not in CLINIC_TOPICS:
        raise BadInputError("clinic-topic")
    if topic == ticket.topic:
        return ticket
    with trail.acting(actor, "clinic.retopic"):
        ticket.topic, ticket.version = topic, ticket.version + 1
        steps.note(ticket, "topic", CLINIC_TOPICS[topic], actor, at)
        ticket.save()
    return ticket


@transaction.atomic
def refer(*, ticket_id: UUID, to: str, words: str, actor: Hat, at: datetime) -> Ticket:
    """Send a question on and tell the people there; that is a first reply. Raises: BadInputError and as `assign`."""
    ticket = locked(ticket_id, actor, "clinic.refer")
    if to not in REFERRALS:
        raise BadInputError("clinic-referral")
    said = read_words(_("catatan"), words, 4000)
    with trail.acting(actor, "clinic.refer"):
        ticket.referred_to, ticket.referred_at = to, at
        ticket.first_reply_at = ticket.first_reply_at or at
        step(ticket, Event.REFER, words=said, actor=actor, at=at)
        ticket.save()
        notify(
            person_ids=answering_people(ticket, local_day(ticket.village.regency, at)),
            key=f"clinic-refer:{ticket.pk}:{ticket.version}",
            title=_("Pertanyaan diteruskan kepada Anda: %(village)s") % {"village": ticket.village.name},
            body=ticket.question[:300],
            link=reverse("clinic:ticket", args=[ticket.pk]),
        )
    return ticket


@transaction.atomic
def answer(*, ticket_id: UUID, words: str, actor: Hat, at: datetime) -> Ticket:
    """Answer a question and tell the asker. Raises: NotAllowedError, BadInputError, IllegalTransitionError."""
    ticket = locked(ticket_id, actor, "clinic.answer")
    said = read_words(_("jawaban"), words, 4000)
    if not said:
        raise BadInputError("clinic-answer-missing")
    with trail.acting(actor, "clinic.answer"):
        step(ticket, Event.ANSWER, words=said, actor=actor, at=at)
        ticket.answer, ticket.answered_at = said, at
        ticket.first_reply_at = ticket.first_reply_at or at
        ticket.save()
        notify(
            person_ids=[ticket.asked_by],
            key=f"clinic-answer:{ticket.pk}:{ticket.version}",
            title=_("Klinik Desa menjawab pertanyaan Anda"),
            body=said[:300],
            link=reverse("clinic:ticket", args=[ticket.pk]),
            kind="answer",
        )
    return ticket


@transaction.atomic
def confirm(*, ticket_id: UUID, actor: Hat, at: datetime) -> Ticket:
    """Say that the answer helps. Nothing more is asked of anyone then, so the question is closed with it."""
    ticket = locked(ticket_id, actor, "clinic.confirm")
    with trail.acting(actor, "clinic.confirm"):
        step(ticket, Event.CONFIRM, actor=actor, at=at)
        step(ticket, Event.CLOSE, actor=actor, at=at)
        ticket.closed_at = at
        ticket.save()
    return ticket


@transaction.atomic
def reopen(*, ticket_id: UUID, words: str, actor: Hat, at: datetime) -> Ticket:
    """Ask again because the answer does not help; who answered is told. Raises: BadInputError without a reason."""
    ticket = locked(ticket_id, actor, "clinic.confirm")
    said = read_words(_("alasan"), words, 2000)
    if not said:
        raise BadInputError("clinic-reason-missing")
    with trail.acting(actor, "clinic.reopen"):
        step(ticket, Event.REOPEN, words=said, actor=actor, at=at)
        ticket.save()
        notify(
            person_ids=[ticket.handler_id] if ticket.handler_id else [],
            key=f"clinic-reopen:{ticket.pk}:{ticket.version}",
            title=_("Ditanyakan lagi: %(village)s") % {"village": ticket.village.name},
            body=said[:300],
            link=reverse("clinic:ticket", args=[ticket.pk]),
        )
    return ticket
