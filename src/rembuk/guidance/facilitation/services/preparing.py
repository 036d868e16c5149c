"""Checklists answered by people, and the gate of preparation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.facilitation import clock_odd, phase_missing
from rembuk.core.guidance.forum_checklists import VALUES, Checklist, Item, checklist
from rembuk.core.guidance.forum_states import AHEAD, ForumEvent, ForumState
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.facilitation.facts import facts_of
from rembuk.guidance.facilitation.models import Answer, Facilitation
from rembuk.guidance.facilitation.queries import answers_of, newest_answers
from rembuk.guidance.facilitation.services.base import follow, locked, move, save
from rembuk.shared import trail
from rembuk.shared.models import Origin


@dataclass(frozen=True, slots=True)
class AnswerValues:
    """One answer. value: yes | no | na, empty for "not answered" (left out). captured_at: by the device, if offline."""

    code: str
    value: str
    note: str = ""
    captured_at: datetime | None = None


@transaction.atomic
def answer_items(
    *,
    forum_id: UUID,
    key: UUID,
    answers: Sequence[AnswerValues],
    actor: Hat,
    at: datetime,
    origin: str = Origin.ONLINE,
) -> list[Answer]:
    """Keep the answers of one sending; what is answered so already is left out.

    key: made by the device for this sending; the same key again changes nothing. The newest answer by the device's
    clock holds, so an old one that arrives late does not undo a newer one; both stay. The first answer before the
    forum begins its preparation.
    Raises: NotAllowedError, BadInputError (unknown item or value), RefusedError (answered by facts only, too early,
    key taken).
    """
    forum = locked(forum_id, "fill", actor)
    version = checklist(forum.checklist)
    known = newest_answers(forum.pk)
    made, sent = [], {row.pk: row for row in Answer.objects.filter(facilitation=forum, pk__in=keys_of(key, answers))}
    for values in answers:
        if not values.value:
            continue
        row = answer_of(forum, version, key, values, actor, at, origin)
        if row.pk in sent:
            refuse_other(sent[row.pk], row)
        elif (holds := known.get(row.code)) is None or (holds.value, holds.note) != (row.value, row.note):
            made.append(row)
    with trail.acting(actor, "facilitation.fill"):
        Answer.objects.bulk_create(made)
        begun = any(row.code.startswith("B") for row in made) and forum.state == ForumState.SCHEDULED
        if begun:
            move(forum, ForumEvent.PREPARE)
            save(forum, "state")
    return made


def keys_of(key: UUID, answers: Sequence[AnswerValues]) -> list[UUID]:
    return [uuid5(key, values.code) for values in answers]


def answer_of(
    forum: Facilitation,
    version: Checklist,
    key: UUID,
    values: AnswerValues,
    actor: Hat,
    at: datetime,
    origin: str,
) -> Answer:
    """Return an answer in memory. Raises: BadInputError, RefusedError."""
    item = version.item(values.code)
    if item is None:
        raise BadInputError("forum-item-unknown", item=values.code[:10])
    refuse_item(forum, item, values.value)
    captured = values.captured_at or at
    return Answer(
        id=uuid5(key, item.code),
        facilitation=forum,
        code=item.code,
        checklist=version.version,
        value=values.value,
        note=" ".join(values.note.replace("\x00", " ").split())[:300],
        captured_at=captured,
        received_at=at,
        clock_odd=clock_odd(captured, at, forum.requested_at),
        origin=origin,
        recorded_by=actor.person_id,
    )


def refuse_item(forum: Facilitation, item: Item, value: str) -> None:
    if value not in VALUES or (value == "na" and not item.na):
        raise BadInputError("forum-answer", item=item.code)
    if not item.by_hand:
        raise RefusedError("forum-item-by-fact", text=item.text)
    if item.phase in ("during", "after") and forum.state in AHEAD and forum.state != ForumState.READY:
        raise RefusedError("forum-too-early", text=item.text)


def refuse_other(known: Answer, row: Answer) -> None:
    if (known.value, known.note) != (row.value, row.note):
        raise RefusedError("forum-key-taken")


@transaction.atomic
def make_ready(*, forum_id: UUID, actor: Hat, at: datetime, reason: str = "") -> Facilitation:
    """Say that a forum is ready: every must-have item of the before-list is done.

    With a *reason* those who may override let it be ready although some are open; which ones is kept with the reason.
    A meeting that is on record already is followed at once. Repeating it changes nothing.
    Raises: NotAllowedError, IllegalTransitionError, RefusedError with every open item.
    """
    forum = locked(forum_id, "make_ready", actor)
    if forum.state == ForumState.READY or forum.state not in AHEAD:
        return forum
    if forum.state == ForumState.SCHEDULED:
        move(forum, ForumEvent.PREPARE)
    move(forum, ForumEvent.MAKE_READY)
    seen, _columns = follow(forum)
    version = checklist(forum.checklist)
    missing = phase_missing(version, "before", facts_of(seen), answers_of(forum.pk))
    words = " ".join(reason.replace("\x00", " ").split())[:300]
    if missing and not words:
        raise RefusedError("forum-not-ready", missing, count=len(missing))
    if missing:
        require(actor, "facilitation.override", forum)
    with trail.acting(actor, "facilitation.make_ready"):
        if missing:
            forum.override_reason, forum.override_items = words, [finding.code for finding in missing]
            forum.override_by, forum.override_at = actor.person_id, at
        save(forum, "state", "meeting", "override_reason", "override_items", "override_by", "override_at")
    return forum
