"""What a batch brought: reactions, behaviour in the village, micro-teaching; and how people rate what they can do."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.competences import HIGHEST, TOPICS
from rembuk.core.guidance.kirkpatrick import (
    BEHAVIOUR,
    REACTION,
    TEACHING,
    behaviour_score,
    check_marks,
    check_observed,
    is_trainer,
)
from rembuk.core.guidance.training_states import AFTER_CLASS
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import typed
from rembuk.guidance.training.models import BehaviourObservation, Enrolment, LevelRating, MicroTeaching, Reaction
from rembuk.guidance.training.queries import enrolment_of, rules_of
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.guidance.training.services.batches import locked
from rembuk.shared import trail
from rembuk.shared.models import Origin


@transaction.atomic
def react(*, batch_id: UUID, marks: Mapping[str, int], words: str, actor: Hat, at: datetime) -> Reaction:
    """Keep the sheet of the person of the hat, once. Raises: RefusedError, BadInputError."""
    enrolment = enrolment_of(actor.person_id, batch_id)
    with trail.acting(actor, "training.take"):
        return keep_own_reaction(enrolment, marks, words, actor=actor, at=at)


def keep_own_reaction(
    enrolment: Enrolment | None, marks: Mapping[str, int], words: str, *, actor: Hat, at: datetime
) -> Reaction:
    """Write down what somebody says of their class, once. Wants a transaction. Raises: RefusedError, BadInputError."""
    if enrolment is None or enrolment.state not in PRESENT_STATES or not enrolment.batch.taught:
        raise RefusedError("reaction-not-yours")
    if Reaction.objects.filter(enrolment=enrolment).exists():
        raise RefusedError("reaction-twice")
    return keep_reaction(enrolment, marks, words, Origin.ONLINE, actor, at)


@transaction.atomic
def key_in_reaction(*, enrolment_id: UUID, marks: Mapping[str, int], words: str, actor: Hat, at: datetime) -> Reaction:
    """Key a sheet in from paper; one keyed in before is replaced.

    Raises: NotAllowedError, RefusedError, BadInputError.
    """
    enrolment = Enrolment.objects.select_related("batch").get(pk=enrolment_id)
    batch = locked(enrolment.batch_id, actor, "training.tests")
    if enrolment.state not in PRESENT_STATES or not batch.taught:
        raise RefusedError("reaction-not-yours")
    if Reaction.objects.filter(enrolment=enrolment).exclude(origin=Origin.PAPER).exists():
        raise RefusedError("reaction-twice")
    with trail.acting(actor, "training.tests"):
        Reaction.objects.filter(enrolment=enrolment).delete()
        return keep_reaction(enrolment, marks, words, Origin.PAPER, actor, at)


def keep_reaction(
    enrolment: Enrolment, marks: Mapping[str, int], words: str, origin: Origin, actor: Hat, at: datetime
) -> Reaction:
    check_marks(marks, REACTION, 1, 5)
    return Reaction.objects.create(
        enrolment=enrolment,
        marks={name: marks[name] for name in REACTION},
        words=typed.words("kesan", words, 500),
        origin=origin,
        captured_at=at,
        received_at=at,
        recorded_by=actor.person_id,
    )


@transaction.atomic
def observe(
    *, enrolment_id: UUID, day: str, seen: Mapping[str, bool], note: str, actor: Hat, at: datetime
) -> BehaviourObservation:
    """Keep what was seen in the village of somebody who was trained; a second time replaces the first.

    Raises: NotAllowedError, RefusedError, BadInputError (outside the window, something not answered).
    """
    row = Enrolment.objects.select_for_update(of=("self",)).select_related("batch__regency").get(pk=enrolment_id)
    require(actor, "training.observe", row)
    if row.state not in PRESENT_STATES or row.batch.at not in AFTER_CLASS or row.batch.end_date is None:
        raise RefusedError("observed-not-present")
    try:
        observed = typed.optional_day(day)
    except BadInputError:
        observed = None
    if observed is None:
        raise BadInputError("observed-day", read=day[:20])
    if observed > local_day(row.batch.regency, at):
        raise BadInputError("observed-future", date=observed.isoformat())
    check_observed(observed, row.batch.end_date, rules_of(row.batch.regency))
    share = behaviour_score(seen)
    with trail.acting(actor, "training.observe"):
        return BehaviourObservation.objects.update_or_create(
            enrolment=row,
            defaults={
                "observed_date": observed,
                "seen": {name: bool(seen[name]) for name in BEHAVIOUR},
                "yes_count": int(share * len(BEHAVIOUR)),
                "note": typed.words("catatan", note, 500),
                "captured_at": at,
                "received_at": at,
                "recorded_by": actor.person_id,
            },
        )[0]


@transaction.atomic
def mark_teaching(*, enrolment_id: UUID, day: str, marks: Mapping[str, int], actor: Hat, at: datetime) -> MicroTeaching:
    """Keep how a candidate taught, and whether they may train others from now on.

    Raises: NotAllowedError, RefusedError (no batch for trainers), BadInputError.
    """
    row = Enrolment.objects.select_related("batch__regency", "batch__district").get(pk=enrolment_id)
    require(actor, "training.teaching", row.batch)
    if not row.batch.for_trainers or row.state not in PRESENT_STATES:
        raise RefusedError("teaching-not-for-trainers")
    check_marks(marks, TEACHING, 0, 3)
    taught = typed.optional_day(day) or local_day(row.batch.regency, at)
    rules = rules_of(row.batch.regency)
    with trail.acting(actor, "training.teaching"):
        return MicroTeaching.objects.update_or_create(
            enrolment=row,
            defaults={
                "marks": {name: marks[name] for name in TEACHING},
                "taught_date": taught,
                "is_trainer": is_trainer(row.post, marks, rules),
                "recorded_by": actor.person_id,
                "recorded_at": at,
            },
        )[0]


@transaction.atomic
def rate_self(*, levels: Mapping[str, str], actor: Hat, at: datetime) -> int:
    """Keep how the person of the hat rates themselves; an empty level takes the rating away. Returns how many stand.

    Raises: BadInputError.
    """
    with trail.acting(actor, "training.rate_self"):
        return keep_ratings(actor.person_id, LevelRating.By.OWN, levels, actor, at)


@transaction.atomic
def rate(*, assignment_id: UUID, levels: Mapping[str, str], actor: Hat, at: datetime) -> int:
    """Keep how the PTPD rates somebody of its place, not itself.

    Raises: NotAllowedError, RefusedError, BadInputError.
    """
    assignment = Assignment.objects.with_place().get(pk=assignment_id)
    require(actor, "training.rate", assignment)
    if assignment.person_id == actor.person_id:
        raise RefusedError("rating-self-as-observer")
    with trail.acting(actor, "training.rate"):
        return keep_ratings(assignment.person_id, LevelRating.By.OBSERVER, levels, actor, at)


def keep_ratings(person_id: UUID, by: str, levels: Mapping[str, str], actor: Hat, at: datetime) -> int:
    read: dict[str, int | None] = {}
    for topic, text in levels.items():
        if topic not in TOPICS:
            raise BadInputError("rating-unreadable")
        read[topic] = typed.whole(text, 0, HIGHEST)
        if text.strip() and read[topic] is None:
            raise BadInputError("rating-unreadable")
    rows = LevelRating.objects.filter(person_id=person_id, by=by)
    rows.filter(topic__in=[topic for topic, level in read.items() if level is None]).delete()
    there = {row.topic: row for row in rows}
    for topic, level in read.items():
        if level is None or (topic in there and there[topic].level == level):
            continue
        LevelRating.objects.update_or_create(
            person_id=person_id,
            topic=topic,
            by=by,
            defaults={"level": level, "rated_by": actor.person_id, "rated_at": at},
        )
    return rows.count()
