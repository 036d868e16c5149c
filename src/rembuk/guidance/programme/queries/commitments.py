"""Commitments as a hat may read them, the late ones, and those that wait to be judged."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.commitments import OWED
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE
from rembuk.guidance.programme.models import Commitment, CommitmentEvidence
from rembuk.guidance.programme.permissions import OVERSEERS

OWED_STATES = sorted(state.value for state in OWED)


def commitments_seen_by(hat: Hat) -> "QuerySet[Commitment]":
    """Return the commitments *hat* may read with how much evidence each has, the first due first."""
    rows = Commitment.objects.select_related("regency", "owner_person").annotate(proofs=Count("evidence"))
    if hat.place.regency:
        rows = rows.filter(regency_id=hat.place.regency)
    if hat.role not in OVERSEERS:
        own = Q(promiser_person_id=hat.person_id) | Q(owner_person_id=hat.person_id)
        if hat.role is Role.OPD and hat.agency:
            own |= Q(agency=hat.agency)
        rows = rows.filter(own)
    return rows.order_by("due_date", "created_at", "id")


def commitment_by_id(commitment_id: UUID | str) -> Commitment:
    """Return one commitment. Raises: Commitment.DoesNotExist."""
    return Commitment.objects.select_related("regency", "owner_person", "promiser_person").get(pk=commitment_id)


def evidence_of(commitment: Commitment) -> list[CommitmentEvidence]:
    """Return the evidence in the order it came. One query."""
    return list(CommitmentEvidence.objects.filter(commitment=commitment).select_related("file"))


def late_commitments(today: date) -> "QuerySet[Commitment]":
    """Return the commitments past their day of which something is owed, of every regency."""
    rows = Commitment.objects.filter(state__in=OWED_STATES, due_date__lt=today)
    return rows.select_related("regency", "owner_person").order_by("due_date", "id")


def to_judge(hat: Hat) -> "QuerySet[Commitment]":
    """Return the commitments with evidence that nobody has judged since."""
    newer = CommitmentEvidence.objects.filter(commitment=OuterRef("pk"))
    return commitments_seen_by(hat).filter(Exists(newer), state="promised")


def judges_of(commitment: Commitment, on: date) -> list[Assignment]:
    """Return who may judge a commitment today. One query."""
    roles = [role.value for role in TABLE.rows["programme.judge"].roles]
    rows = Assignment.objects.valid_on(on).filter(
        regency_id=commitment.regency_id, district__isnull=True, village__isnull=True, role__in=roles
    )
    return list(rows.with_place().order_by("person__name", "id"))


def published(regency_id: str = "") -> "QuerySet[Commitment]":
    """Return the commitments that everybody may read, of one regency or of all."""
    rows = Commitment.objects.filter(published_at__isnull=False).select_related("regency")
    return (rows.filter(regency_id=regency_id) if regency_id else rows).order_by("due_date", "created_at", "id")


def rows_of_commitment(commitment: Commitment) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a commitment."""
    keys = CommitmentEvidence.objects.filter(commitment=commitment).values_list("pk", flat=True)
    return [(CommitmentEvidence, list(keys))]
