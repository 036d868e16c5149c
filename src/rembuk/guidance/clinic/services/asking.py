"""A question comes in: asked on a screen by the village, or written down by whoever stood at the counter or phone."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.clinic import CLINIC_TOPICS, Event
from rembuk.core.guidance.clinic_topics import topic_of
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.services.stepping import read_words, step
from rembuk.regions.models import Village
from rembuk.shared import files, steps, trail
from rembuk.shared.models import Origin
from rembuk.shared.notices.services import notify

CLOCK_SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class AskValues:
    """A question as typed. topic: empty when its words shall tell. file: what it is about, if shown.

    captured_at: of the device, else the moment it arrives.
    """

    topic: str
    question: str
    asker_name: str = ""
    file: files.Upload | bytes | None = None
    file_name: str = ""
    captured_at: datetime | None = None
    origin: str = Origin.ONLINE.value


@dataclass(frozen=True, slots=True)
class LogValues:
    """A question written down for somebody. answer: when it was answered at once; satisfied: and that was enough."""

    asked: AskValues
    channel: str
    answer: str = ""
    satisfied: bool = False


def ask(*, ticket_id: UUID, village: Village, values: AskValues, actor: Hat, at: datetime) -> Ticket:
    """Ask the clinic. The same key again changes nothing; with another body it is refused.

    Tells the district's team, or who stands in for it. Raises: NotAllowedError, BadInputError, RefusedError.
    """
    require(actor, "clinic.ask", village)
    named = replace(values, asker_name=values.asker_name.strip() or actor.name)
    there = known(ticket_id, village, named, Ticket.Channel.ONLINE, actor)
    if there is not None:
        return there
    made = fresh(ticket_id, village, named, Ticket.Channel.ONLINE, actor, at)
    with transaction.atomic(), trail.acting(actor, "clinic.ask"):
        made.save(force_insert=True)
        steps.note(made, "ask", made.question, actor, at)
        tell_the_team(made, at)
    return made


def log(*, ticket_id: UUID, village: Village, values: LogValues, actor: Hat, at: datetime) -> Ticket:
    """Write down a question of somebody who came or called, with its answer if it was given at once.

    The same key again changes nothing. Raises: NotAllowedError, BadInputError, RefusedError.
    """
    require(actor, "clinic.log", village)
    if values.channel not in (Ticket.Channel.WALK_IN, Ticket.Channel.PHONE):
        raise BadInputError("clinic-channel")
    answer = read_words(_("jawaban"), values.answer, 4000)
    if values.satisfied and not answer:
        raise BadInputError("clinic-answer-missing")
    there = known(ticket_id, village, values.asked, values.channel, actor)
    if there is not None:
        return there
    made = fresh(ticket_id, village, values.asked, values.channel, actor, at)
    with transaction.atomic(), trail.acting(actor, "clinic.log"):
        made.handler_id = actor.person_id
        made.save(force_insert=True)
        steps.note(made, "ask", made.question, actor, at)
        step(made, Event.ASSIGN, actor=actor, at=at)
        if answer:
            made.answer, made.answered_at, made.first_reply_at = answer, at, at
            step(made, Event.ANSWER, words=answer, actor=actor, at=at)
        if values.satisfied:
            step(made, Event.CONFIRM, actor=actor, at=at)
            step(made, Event.CLOSE, actor=actor, at=at)
            made.closed_at = at
        made.save()
    return made


def fresh(ticket_id: UUID, village: Village, values: AskValues, channel: str, actor: Hat, at: datetime) -> Ticket:
    """Return the question as a row not yet stored. Raises: BadInputError."""
    question = read_words(_("pertanyaan"), values.question, 2000)
    if not question:
        raise BadInputError("clinic-question-missing")
    topic = topic_of(values.topic, question)
    if topic not in CLINIC_TOPICS:
        raise BadInputError("clinic-topic")
    captured = values.captured_at or at
    if captured > at + CLOCK_SLACK:
        raise BadInputError("clinic-future")
    attachment = None
    if values.file is not None:
        attachment = files.store(values.file, name=values.file_name, village_id=village.pk, hat=actor)
    return Ticket(
        pk=ticket_id,
        village=village,
        channel=channel,
        topic=topic,
        question=question,
        asker_name=read_words(_("nama penanya"), values.asker_name, 150),
        asked_by=actor.person_id,
        attachment=attachment,
        captured_at=captured,
        received_at=at,
        origin=values.origin,
    )


def known(ticket_id: UUID, village: Village, values: AskValues, channel: str, actor: Hat) -> Ticket | None:
    """Return the question already stored under this key. Raises: RefusedError when it says something else."""
    there = Ticket.objects.filter(pk=ticket_id).select_related("village__regency").first()
    if there is None:
        return None
    same = (there.village_id, there.channel, there.topic, there.question, there.asker_name, there.asked_by)
    question = values.question.strip()
    topic = topic_of(values.topic, question)
    wanted = (village.pk, channel, topic, question, values.asker_name.strip(), actor.person_id)
    if same != wanted:
        raise RefusedError("clinic-key-taken")
    return there


def tell_the_team(ticket: Ticket, at: datetime) -> None:
    """Tell the district's team of the question, or who stands in for it."""
    team = standing_in(Role.PTP, ticket.place, local_day(ticket.village.regency, at))
    notify(
        person_ids=[assignment.person_id for assignment in team.assignments] if team else [],
        key=f"clinic-ask:{ticket.pk}",
        title=_("Pertanyaan baru dari %(village)s") % {"village": ticket.village.name},
        body=ticket.question[:300],
        link=reverse("clinic:ticket", args=[ticket.pk]),
    )
