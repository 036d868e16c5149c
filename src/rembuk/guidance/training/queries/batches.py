"""Reads over batches: whose they are, what is there before the next step, the numbers of their regency."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from rembuk.core.guidance.enrolment import PRESENT, RESULT, SEATED, EnrolmentState
from rembuk.core.guidance.training_rules import TrainingRules, rules_from
from rembuk.core.guidance.training_states import BatchFacts
from rembuk.core.hat import Hat
from rembuk.guidance.training.models import (
    AnswerSheet,
    BatchTest,
    CurriculumUnit,
    Enrolment,
    TrainingBatch,
    TrainingSession,
)
from rembuk.regions.models import Regency

SETTING = "training"
PRESENT_STATES = tuple(state.value for state in PRESENT)
SEATED_STATES = tuple(state.value for state in SEATED)


def rules_of(regency: Regency) -> TrainingRules:
    """Return the numbers of a regency: what it has set, else the defaults."""
    return rules_from(regency.settings.get(SETTING, {}))


def batches_seen_by(hat: Hat) -> "QuerySet[TrainingBatch]":
    """Return the batches of the hat's regency; those of another district are left out below the regency."""
    rows = TrainingBatch.objects.select_related("regency", "district")
    if hat.place.regency:
        rows = rows.filter(regency_id=hat.place.regency)
    if hat.place.district:
        rows = rows.filter(Q(district__isnull=True) | Q(district_id=hat.place.district))
    return rows.order_by("-start_date", "title", "id")


def batch_by_id(batch_id: UUID | str) -> TrainingBatch:
    """Return one batch with its place. Raises: TrainingBatch.DoesNotExist."""
    return TrainingBatch.objects.select_related("regency", "district").get(pk=batch_id)


def session_by_id(session_id: UUID | str) -> TrainingSession:
    """Return one session with its batch. Raises: TrainingSession.DoesNotExist."""
    return TrainingSession.objects.select_related("batch__regency", "batch__district").get(pk=session_id)


def sessions_of(batch_id: UUID) -> list[TrainingSession]:
    """Return the sessions of a batch with how many were present, people and guests. One query."""
    rows = TrainingSession.objects.filter(batch_id=batch_id).select_related("batch")
    return list(rows.annotate(present=Count("attendance")).order_by("starts_at", "title", "id"))


def units_of(regency_id: str, *, active: bool = True) -> list[CurriculumUnit]:
    """Return the units of a regency by code."""
    rows = CurriculumUnit.objects.filter(regency_id=regency_id)
    return list((rows.filter(active=True) if active else rows).order_by("code", "id"))


def seats_of(batch_ids: Sequence[UUID]) -> dict[UUID, Counter[str]]:
    """Return batch -> state -> how many people. One query."""
    found: dict[UUID, Counter[str]] = {key: Counter() for key in batch_ids}
    rows = Enrolment.objects.filter(batch_id__in=batch_ids).order_by().values_list("batch_id", "state")
    for batch, state, number in rows.annotate(number=Count("id")):
        found[batch][state] = number
    return found


def seated(counts: Mapping[str, int]) -> int:
    """Return how many places are taken."""
    return sum(counts.get(state, 0) for state in SEATED_STATES)


def facts_of(batch: TrainingBatch, today: date) -> BatchFacts:
    """Return what is known of a batch before its next step. Nine queries."""
    counts = seats_of([batch.pk])[batch.pk]
    units = list(batch.units.values_list("jp", flat=True))
    sessions = sessions_of(batch.pk)
    came = Enrolment.objects.filter(batch=batch, state__in=PRESENT_STATES)
    after = AnswerSheet.objects.filter(
        test__batch=batch, test__phase=BatchTest.Phase.POST, handed_in_at__isnull=False
    ).values("enrolment_id")
    decided = {state.value for state in RESULT - {EnrolmentState.REMEDIAL}}
    return BatchFacts(
        units=len(units),
        jp=sum(units),
        start_date=batch.start_date,
        end_date=batch.end_date,
        place=bool(batch.venue or batch.link),
        trainers=batch.trainers.count(),
        accepted=seated(counts),
        pre_ready=pre_test_ready(batch),
        sessions=len(sessions),
        sessions_without=sum(not session.present for session in sessions),  # type: ignore[attr-defined]
        attended=came.count(),
        evaluated=came.filter(pk__in=after, reaction__isnull=False).count(),
        undecided=sum(counts.get(state, 0) for state in PRESENT_STATES if state not in decided),
        observed=came.filter(observation__isnull=False).count(),
        today=today,
    )


def pre_test_ready(batch: TrainingBatch) -> bool:
    """Return whether the test before the class has questions that all have a key, or is declared to be on paper."""
    if batch.paper_pre_test:
        return True
    test = BatchTest.objects.filter(batch=batch, phase=BatchTest.Phase.PRE).first()
    if test is None:
        return False
    keys = [item.key for part in test.parts.all() for item in part.set.items.all()]
    return bool(keys) and all(keys)


def jp_of(batch_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return batch -> JP of all its sessions. One query."""
    found: dict[UUID, int] = defaultdict(int)
    rows = TrainingSession.objects.filter(batch_id__in=list(batch_ids))
    for batch, jp in rows.order_by().values_list("batch_id", "jp"):
        found[batch] += jp
    return dict(found)
