"""Stages: completed only with their evidence, confirmed by a second person, sent back with a reason, checked again."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, Finding, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.law.deadlines import due_after
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import clarification_due
from rembuk.cycles.calendar import local_day
from rembuk.cycles.checking import Checked, check_stages
from rembuk.cycles.models import StageRecord, StageReturn
from rembuk.shared import trail


def locked_record(cycle_id: UUID, stage: str) -> StageRecord:
    """Return the record of one stage, locked until the transaction ends. Raises: RefusedError for an unknown stage."""
    found = StageRecord.objects.select_for_update(of=("self",)).select_related("cycle__village__regency")
    record = found.filter(cycle_id=cycle_id, stage=stage).first()
    if record is None:
        raise RefusedError("stage-unknown", stage=stage)
    return record


@transaction.atomic
def complete_stage(
    *, cycle_id: UUID, stage: str, done_date: date | None, actor: Hat, at: datetime, version: int | None = None
) -> StageRecord:
    """Declare a stage done on the day its signed paper says.

    Evidence comes first (`add_evidence`); the guards of the stage name every reason at once. The result and what it
    rested on are stored; whether it was late is judged by *done_date*, never by *at*.
    Raises: NotAllowedError, BadInputError (no date, or one to come), RefusedError with findings, StaleError.
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.complete_stage", record)
    if version is not None and version != record.version:
        raise StaleError("stale")
    if record.state == StageRecord.State.DONE and not record.needs_recheck and record.done_date is not None:
        raise RefusedError("stage-already-done", done_date=record.done_date.isoformat())
    if done_date is None:
        raise BadInputError("done-date-missing")
    today = local_day(record.cycle.village.regency, at)
    if done_date > today:
        raise BadInputError("done-date-in-future", date=done_date.isoformat())
    checked = check_stages([cycle_id], stage, on=today, done_dates={cycle_id: done_date})[cycle_id]
    if checked.blocks:
        raise RefusedError("stage-blocked", checked.findings)
    with trail.acting(actor, "cycles.complete_stage"):
        record.state, record.done_date = StageRecord.State.DONE, done_date
        record.completed_at, record.completed_by = at, actor.person_id
        record.confirmed_at = record.confirmed_by = None
        keep_result(record, checked)
        record.version += 1
        record.save()
        start_sending_clock(record)
    return record


@transaction.atomic
def confirm_stage(*, cycle_id: UUID, stage: str, actor: Hat, at: datetime) -> StageRecord:
    """Confirm, as a second person, the date of a done stage against its signed paper. Repeating changes nothing.

    Raises: NotAllowedError (also for the one who completed it), RefusedError.
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.confirm_stage", record)
    if record.state != StageRecord.State.DONE:
        raise RefusedError("stage-not-done")
    if record.confirmed_at is not None:
        return record
    with trail.acting(actor, "cycles.confirm_stage"):
        record.confirmed_at, record.confirmed_by = at, actor.person_id
        record.version += 1
        record.save(update_fields=["confirmed_at", "confirmed_by", "version", "changed_at"])
    return record


@transaction.atomic
def return_stage(*, cycle_id: UUID, stage: str, reason: str, actor: Hat, at: datetime) -> StageReturn:
    """Send a done stage back with a reason; its history and its evidence stay.

    Raises: NotAllowedError, RefusedError (not done), BadInputError (no reason).
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.return_stage", record)
    if record.state != StageRecord.State.DONE:
        raise RefusedError("stage-not-done")
    if not reason.strip():
        raise BadInputError("reason-missing")
    with trail.acting(actor, "cycles.return_stage"):
        record.state = StageRecord.State.RETURNED
        record.done_date = record.completed_at = record.completed_by = None
        record.confirmed_at = record.confirmed_by = None
        record.needs_recheck = False
        record.version += 1
        record.save()
        start_sending_clock(record)
        return StageReturn.objects.create(
            cycle_id=cycle_id, stage=stage, reason=reason.strip(), returned_by=actor.person_id, returned_at=at
        )


def evidence_changed(cycle_id: UUID | Sequence[UUID], stage: str | Sequence[str]) -> int:
    """Say that what a stage rests on has changed: a done stage is marked "periksa ulang", never un-greened.

    Called by the room whose data changed, inside its own act, for one cycle or many and one stage or many.
    Returns how many stages were marked. One query.
    """
    cycles = [cycle_id] if isinstance(cycle_id, UUID) else list(cycle_id)
    stages = [stage] if isinstance(stage, str) else list(stage)
    done = StageRecord.objects.filter(
        cycle_id__in=cycles, stage__in=stages, state=StageRecord.State.DONE, needs_recheck=False
    )
    return done.update(needs_recheck=True)


@transaction.atomic
def recheck_stage(*, cycle_id: UUID, stage: str, actor: Hat, at: datetime) -> tuple[Finding, ...]:
    """Check a stage again and store the result; a done stage whose reasons all hold is no longer to be checked.

    A done stage that no longer holds keeps its mark: a person returns it or mends what is missing.
    Raises: NotAllowedError, RefusedError for an unknown stage.
    """
    record = locked_record(cycle_id, stage)
    require(actor, "cycles.recheck_stage", record)
    dates = {} if record.done_date is None else {cycle_id: record.done_date}
    today = local_day(record.cycle.village.regency, at)
    checked = check_stages([cycle_id], stage, on=today, done_dates=dates)[cycle_id]
    with trail.acting(actor, "cycles.recheck_stage"):
        keep_result(record, checked)
        record.needs_recheck = checked.blocks and record.state == StageRecord.State.DONE
        record.version += 1
        record.save(update_fields=["result", "rests_on", "needs_recheck", "version", "changed_at"])
    return checked.findings


def start_sending_clock(enacted: StageRecord) -> None:
    """Count the days in which an enacted Perdes must be sent, and an RPJM's clarified, from its promulgation.

    Source: PP 43/2014 Pasal 84 ayat (4); Permendagri 111/2014.
    """
    if enacted.stage == "R10":
        due = clarification_due(enacted.done_date) if enacted.done_date else None
        StageRecord.objects.filter(cycle_id=enacted.cycle_id, stage="R11").update(legal_deadline=due)
    if enacted.stage == "K12":
        due = due_after("D15", enacted.done_date) if enacted.done_date else None
        StageRecord.objects.filter(cycle_id=enacted.cycle_id, stage="K13").update(legal_deadline=due)


def keep_result(record: StageRecord, checked: Checked) -> None:
    record.result = checked.as_json()
    record.rests_on = dict(checked.rests_on)
    record.needs_recheck = False
