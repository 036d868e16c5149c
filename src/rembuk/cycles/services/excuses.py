"""Excuses: a reason that stops the clock of a stage, proposed by one person and decided by another."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Excuse
from rembuk.cycles.services.stages import locked_record
from rembuk.shared import trail
from rembuk.shared.models import StoredFile


@transaction.atomic
def propose_excuse(
    *,
    cycle_id: UUID,
    stage: str,
    reason: str,
    from_date: date | None,
    to_date: date | None,
    actor: Hat,
    at: datetime,
    letter_number: str = "",
    letter_date: date | None = None,
    file: StoredFile | None = None,
) -> Excuse:
    """Ask that the clock of a stage stand still from one day to another (both included; no end = still going on).

    Raises: NotAllowedError, BadInputError (no reason, odd dates).
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.propose_excuse", record)
    if not reason.strip():
        raise BadInputError("reason-missing")
    if from_date is None or (to_date is not None and to_date < from_date):
        raise BadInputError("excuse-dates")
    with trail.acting(actor, "cycles.propose_excuse"):
        return Excuse.objects.create(
            cycle_id=cycle_id,
            stage=stage,
            reason=reason.strip(),
            letter_number=letter_number.strip()[:100],
            letter_date=letter_date,
            file=file,
            from_date=from_date,
            to_date=to_date,
            proposed_by=actor.person_id,
        )


@transaction.atomic
def decide_excuse(
    *, excuse_id: UUID, granted: bool, note: str, actor: Hat, at: datetime, version: int | None = None
) -> Excuse:
    """Grant or refuse an excuse; a refusal needs a sentence, which the village reads.

    Raises: NotAllowedError, RefusedError (decided before), StaleError, BadInputError (refused without a reason).
    """
    excuse = Excuse.objects.select_for_update(of=("self",)).select_related("cycle__village__regency").get(pk=excuse_id)
    require(actor, "cycles.decide_excuse", excuse)
    if excuse.state != Excuse.State.PROPOSED:
        raise RefusedError("excuse-decided")
    if version is not None and version != excuse.version:
        raise StaleError("stale")
    if not granted and not note.strip():
        raise BadInputError("reason-missing")
    with trail.acting(actor, "cycles.decide_excuse"):
        excuse.state = Excuse.State.GRANTED if granted else Excuse.State.REFUSED
        excuse.decided_by, excuse.decided_at, excuse.decision_note = actor.person_id, at, note.strip()
        excuse.version += 1
        excuse.save()
    return excuse
