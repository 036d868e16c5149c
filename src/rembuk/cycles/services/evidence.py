"""Evidence of a stage: attached, checked by a second person, withdrawn with a reason; nothing is deleted."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Evidence
from rembuk.cycles.services.stages import evidence_changed, locked_record
from rembuk.shared import trail
from rembuk.shared.models import Paper, StoredFile


@transaction.atomic
def add_evidence(
    *,
    cycle_id: UUID,
    stage: str,
    paper_code: str,
    title: str,
    document_date: date | None,
    actor: Hat,
    at: datetime,
    number: str = "",
    signed: bool = False,
    file: StoredFile | None = None,
    paper: Paper | None = None,
    evidence_id: UUID | None = None,
) -> Evidence:
    """Lay one document under a stage: a paper made by Rembuk, or an uploaded file with its number and date.

    signed: it is the signed copy. evidence_id: key made by the device; the same key again returns what is there and
    changes nothing.
    Raises: NotAllowedError, BadInputError (no content, no date, a date to come).
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.add_evidence", record)
    if evidence_id is not None and (known := Evidence.objects.filter(pk=evidence_id, cycle_id=cycle_id).first()):
        return known
    if file is None and paper is None:
        raise BadInputError("evidence-needs-content")
    if document_date is None:
        raise BadInputError("evidence-needs-date")
    if document_date > local_day(record.cycle.village.regency, at):
        raise BadInputError("evidence-date-in-future", date=document_date.isoformat())
    key = {} if evidence_id is None else {"id": evidence_id}
    with trail.acting(actor, "cycles.add_evidence"):
        evidence = Evidence.objects.create(
            **key,
            cycle_id=cycle_id,
            stage=stage,
            paper_code=paper_code,
            title=title.strip()[:200] or paper_code,
            number=number.strip()[:100],
            document_date=document_date,
            signed=signed,
            file=file,
            paper=paper,
            added_by=actor.person_id,
            added_at=at,
        )
        evidence_changed(cycle_id, stage)
    return evidence


def lay_for_many(
    *,
    cycle_ids: Sequence[UUID],
    stage: str,
    paper_code: str,
    title: str,
    number: str,
    document_date: date,
    file: StoredFile,
    actor: Hat,
    at: datetime,
) -> int:
    """Lay one signed letter of the regency under a stage of many cycles; a cycle that has it already is left alone.

    For rooms whose own act, with its own permission, makes such a letter binding (issuing ceilings); call it inside
    that act. Returns how many cycles got it. Three queries.
    """
    there = Evidence.objects.filter(
        cycle_id__in=cycle_ids, stage=stage, paper_code=paper_code, number=number, file=file, withdrawn_at__isnull=True
    )
    having = set(there.values_list("cycle_id", flat=True))
    rows = [
        Evidence(
            cycle_id=key,
            stage=stage,
            paper_code=paper_code,
            title=title[:200],
            number=number[:100],
            document_date=document_date,
            signed=True,
            file=file,
            added_by=actor.person_id,
            added_at=at,
        )
        for key in cycle_ids
        if key not in having
    ]
    Evidence.objects.bulk_create(rows, batch_size=50)
    evidence_changed([row.cycle_id for row in rows], stage)
    return len(rows)


@transaction.atomic
def verify_evidence(*, evidence_id: UUID, actor: Hat, at: datetime) -> Evidence:
    """Mark a document as checked by a second person. Raises: NotAllowedError, RefusedError (withdrawn or checked)."""
    evidence = locked_evidence(evidence_id)
    require(actor, "cycles.verify_evidence", evidence)
    if evidence.verified_at is not None:
        raise RefusedError("evidence-already-verified")
    with trail.acting(actor, "cycles.verify_evidence"):
        evidence.verified_by, evidence.verified_at = actor.person_id, at
        evidence.save(update_fields=["verified_by", "verified_at"])
    return evidence


@transaction.atomic
def withdraw_evidence(*, evidence_id: UUID, reason: str, actor: Hat, at: datetime) -> Evidence:
    """Take a wrong document out of the count, with a reason; a stage that rested on it is to be checked again.

    Raises: NotAllowedError, RefusedError (already withdrawn), BadInputError (no reason).
    """
    evidence = locked_evidence(evidence_id)
    require(actor, "cycles.withdraw_evidence", evidence)
    if not reason.strip():
        raise BadInputError("reason-missing")
    with trail.acting(actor, "cycles.withdraw_evidence"):
        evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_reason = at, actor.person_id, reason.strip()
        evidence.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        evidence_changed(evidence.cycle_id, evidence.stage)
    return evidence


def locked_evidence(evidence_id: UUID) -> Evidence:
    found = Evidence.objects.select_for_update(of=("self",)).select_related("cycle__village__regency")
    evidence = found.get(pk=evidence_id)
    if evidence.withdrawn_at is not None:
        raise RefusedError("evidence-withdrawn")
    return evidence
