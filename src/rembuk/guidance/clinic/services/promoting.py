"""An answer becomes one for everybody, after what points to a person was taken out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.clinic import CLINIC_TOPICS, State
from rembuk.core.guidance.nameless import Sign, signs_of_people
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.clinic.models import FaqEntry
from rembuk.guidance.clinic.queries import names_near
from rembuk.guidance.clinic.services.stepping import locked, read_words
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class FaqValues:
    """A question and answer for everybody, as typed. looked: what may be a name was looked at and is none."""

    topic: str
    question: str
    answer: str
    looked: bool = False


@transaction.atomic
def promote(*, ticket_id: UUID, values: FaqValues, actor: Hat, at: datetime) -> FaqEntry:
    """Publish a closed answer without names. Raises: NotAllowedError, BadInputError, RefusedError."""
    ticket = locked(ticket_id, actor, "clinic.promote")
    if ticket.state != State.CLOSED.value:
        raise RefusedError("clinic-not-closed")
    if FaqEntry.objects.filter(source=ticket).exists():
        raise RefusedError("clinic-faq-twice")
    question = read_words(_("pertanyaan"), values.question, 300)
    answer = read_words(_("jawaban"), values.answer, 4000)
    if not question or not answer:
        raise BadInputError("clinic-faq-empty")
    if values.topic not in CLINIC_TOPICS:
        raise BadInputError("clinic-topic")
    refuse_names(signs_of_people(f"{question}\n{answer}", names_near(ticket)), looked=values.looked)
    with trail.acting(actor, "clinic.promote"):
        return FaqEntry.objects.create(
            regency=ticket.village.regency,
            topic=values.topic,
            question=question,
            answer=answer,
            source=ticket,
            published_at=at,
        )


def refuse_names(signs: tuple[Sign, ...], *, looked: bool) -> None:
    """Raise RefusedError while a sure sign of a person is left, or a likely one that nobody looked at."""
    sure = [sign.text for sign in signs if sign.sure]
    if sure:
        raise RefusedError("clinic-names", signs=", ".join(sure))
    if signs and not looked:
        raise RefusedError("clinic-names-look", signs=", ".join(sign.text for sign in signs))


@transaction.atomic
def withdraw(*, entry_id: UUID, actor: Hat, at: datetime) -> FaqEntry:
    """Take an answer for everybody back, such as when the law changed; it stays in the trail."""
    entry = FaqEntry.objects.select_for_update(of=("self",)).select_related("regency").get(pk=entry_id)
    require(actor, "clinic.promote", entry)
    if entry.withdrawn_at is not None:
        raise RefusedError("clinic-faq-withdrawn")
    with trail.acting(actor, "clinic.withdraw"):
        entry.withdrawn_at, entry.version = at, entry.version + 1
        entry.save()
    return entry
