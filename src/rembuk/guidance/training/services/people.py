"""People of a batch: nomination, places and the waiting list, attendance, results."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.enrolment import EnrolmentEvent, EnrolmentState, Standing, next_state, outcome_of, seat_for
from rembuk.core.guidance.training_states import BatchState
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import typed
from rembuk.guidance.training.models import Attendance, Enrolment, TrainingBatch, TrainingSession
from rembuk.guidance.training.queries import (
    enrolment_of,
    nominable,
    nominable_roles,
    rules_of,
    session_by_id,
    standing_of,
)
from rembuk.guidance.training.services.batches import locked
from rembuk.guidance.training.services.telling import tell_decision
from rembuk.regions.queries import villages_in
from rembuk.shared import trail
from rembuk.shared.models import Origin
from rembuk.shared.roles import role_name

DOOR_MINUTES = 10
"""How long a code at the door is shown; the one before it is still taken, for those in the queue."""
DOOR_OPENS = timedelta(hours=1)


@transaction.atomic
def nominate(*, batch_id: UUID, assignment_ids: Sequence[UUID], actor: Hat, at: datetime) -> list[Enrolment]:
    """Put people of the hat's place forward; those already in the batch are left as they are.

    Raises: NotAllowedError, RefusedError (enrolment not open), BadInputError (nobody chosen, somebody elsewhere).
    """
    batch = locked(batch_id, actor, "training.nominate")
    if batch.at is not BatchState.OPEN:
        raise RefusedError("batch-not-open")
    if not assignment_ids:
        raise BadInputError("enrolment-nobody")
    allowed = {row.pk: row for row in nominable(actor, local_day(batch.regency, at)).filter(pk__in=assignment_ids)}
    for key in assignment_ids:
        if key not in allowed:
            other = Assignment.objects.filter(pk=key).select_related("person").first()
            raise BadInputError("enrolment-elsewhere", name=other.person.name if other else "?")
    there = set(batch.enrolments.values_list("person_id", flat=True))
    made: dict[UUID, Enrolment] = {}
    for row in allowed.values():
        if row.person_id not in there and row.person_id not in made:
            made[row.person_id] = nominee(batch, row, actor)
    with trail.acting(actor, "training.nominate"):
        Enrolment.objects.bulk_create(made.values())
    return list(made.values())


def nominee(batch: TrainingBatch, row: Assignment, actor: Hat) -> Enrolment:
    """Return a nomination that is not written yet; its key is the same wherever it is made."""
    return Enrolment(
        id=uuid5(batch.pk, f"peserta:{row.person_id}"),
        batch=batch,
        person_id=row.person_id,
        name=row.person.name,
        role=row.role,
        regency_id=row.regency_id or batch.regency_id,
        district_id=row.district_id,
        village_id=row.village_id,
        nominated_by=actor.person_id,
        nominated_label=label_of(actor),
    )


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody without an account, as typed. village: key of the village they work in."""

    name: str
    role: str
    village: str


@transaction.atomic
def nominate_by_name(*, batch_id: UUID, values: NamedPerson, actor: Hat, at: datetime) -> Enrolment:
    """Put somebody without an account forward; the same name of the same village again changes nothing.

    Raises: NotAllowedError, RefusedError (enrolment not open), BadInputError (no name, role or village of the hat's;
    somebody who has an account).
    """
    batch = locked(batch_id, actor, "training.nominate")
    if batch.at is not BatchState.OPEN:
        raise RefusedError("batch-not-open")
    name = typed.words("nama", values.name, 150)
    if not name:
        raise BadInputError("enrolment-name")
    if values.role not in nominable_roles(actor):
        raise BadInputError("enrolment-role")
    village = villages_in(actor.place).filter(pk=values.village).first()
    if village is None:
        raise BadInputError("enrolment-village")
    known = nominable(actor, local_day(batch.regency, at)).filter(village=village, person__name__iexact=name)
    if known.exists():
        raise BadInputError("enrolment-has-account", name=name)
    with trail.acting(actor, "training.nominate"):
        return Enrolment.objects.get_or_create(
            id=uuid5(batch.pk, f"nama:{village.pk}:{name.casefold()}"),
            defaults={
                "batch": batch,
                "name": name,
                "role": values.role,
                "regency_id": village.regency_id,
                "district_id": village.district_id,
                "village": village,
                "nominated_by": actor.person_id,
                "nominated_label": label_of(actor),
            },
        )[0]


def label_of(actor: Hat) -> str:
    return f"{role_name(actor.role)} {actor.place_name}".strip()


@transaction.atomic
def decide(
    *, batch_id: UUID, enrolment_ids: Sequence[UUID], event: EnrolmentEvent, reason: str, actor: Hat, at: datetime
) -> list[Enrolment]:
    """Accept, put on the waiting list, turn away, drop, or give a remedial. Whoever finds no place left waits.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError, BadInputError without anybody chosen.
    """
    batch = locked(batch_id, actor, "training.decide")
    rows = list(
        Enrolment.objects.select_for_update(of=("self",))
        .filter(batch=batch, pk__in=enrolment_ids)
        .order_by("wait_no", "created_at", "id")
    )
    if not rows:
        raise BadInputError("enrolment-nobody")
    words = typed.words("alasan", reason, 300)
    with trail.acting(actor, "training.decide"):
        for row in rows:
            row.batch = batch
            move(row, seated_event(batch, row, event), words)
    for row in rows:
        tell_decision(row)
    return rows


def seated_event(batch: TrainingBatch, row: Enrolment, event: EnrolmentEvent) -> EnrolmentEvent:
    """Return the event itself; an acceptance without a free place becomes a place on the waiting list.

    Raises: RefusedError ``batch-full`` for somebody who is waiting already.
    """
    if event is not EnrolmentEvent.ACCEPT:
        return event
    states = [EnrolmentState(state) for state in batch.enrolments.values_list("state", flat=True)]
    seat = seat_for(states, batch.quota)
    if seat is EnrolmentEvent.WAIT and row.at is EnrolmentState.WAITLISTED:
        raise RefusedError("batch-full", quota=batch.quota)
    return seat


def move(row: Enrolment, event: EnrolmentEvent, reason: str = "", standing: Standing | None = None) -> None:
    """Move one person on and write it. Raises: IllegalTransitionError, RefusedError."""
    known = standing if standing is not None else standing_of(row)
    after = next_state(row.at, event, known, rules_of(row.batch.regency), reason)
    row.state = after.value
    row.version += 1
    if reason:
        row.reason = reason
    if event is EnrolmentEvent.WAIT:
        last = row.batch.enrolments.aggregate(n=Max("wait_no"))["n"] or 0
        row.wait_no = last + 1
    if event is EnrolmentEvent.REMEDY:
        row.remedials += 1
    row.save()


def settle(row: Enrolment) -> None:
    """Let a test after the class decide over somebody whose class is over; without a test nothing happens."""
    if row.at not in (EnrolmentState.COMPLETED, EnrolmentState.REMEDIAL):
        return
    standing = standing_of(row)
    event = outcome_of(standing, rules_of(row.batch.regency))
    if event is not None:
        move(row, event, standing=standing)


def door_code(session: TrainingSession, at: datetime) -> str:
    """Return the code that the trainer's phone shows now; it changes every ten minutes."""
    turn = int(at.timestamp()) // (DOOR_MINUTES * 60)
    digest = hmac.new(session.secret.encode(), f"{session.pk}:{turn}".encode(), hashlib.sha256)
    return digest.hexdigest()[:12]


def door_codes(session: TrainingSession, at: datetime) -> tuple[str, str]:
    """Return the codes that are taken now: the one shown and the one before it."""
    return door_code(session, at), door_code(session, at - timedelta(minutes=DOOR_MINUTES))


@transaction.atomic
def check_in(*, session_id: UUID, code: str, actor: Hat, at: datetime) -> Attendance:
    """Record that the person of the hat is at the door now. Repeating changes nothing.

    Raises: RefusedError (code, not taught yet, not one of the batch).
    """
    session = session_by_id(session_id)
    if not any(hmac.compare_digest(code, valid) for valid in door_codes(session, at)):
        raise RefusedError("attendance-code")
    check_taught(session.batch)
    if at < session.starts_at - DOOR_OPENS:
        raise RefusedError("attendance-early", start=session.starts_at.isoformat(timespec="minutes"))
    enrolment = enrolment_of(actor.person_id, session.batch_id)
    if enrolment is None:
        raise RefusedError("attendance-not-yours")
    with trail.acting(actor, "training.check_in"):
        return present(session, enrolment, Captured(Attendance.Way.DOOR, at, at), actor)


@dataclass(frozen=True, slots=True)
class Captured:
    """How and when attendance was captured. device: key of the device, without one at the office."""

    way: str
    captured_at: datetime
    received_at: datetime
    origin: str = Origin.ONLINE
    device: UUID | None = None


def present(session: TrainingSession, enrolment: Enrolment, how: Captured, actor: Hat) -> Attendance:
    """Write one presence, once, and move somebody accepted to attending. The caller holds the transaction."""
    row, _made = Attendance.objects.get_or_create(
        session=session,
        enrolment=enrolment,
        defaults={
            "way": how.way,
            "origin": how.origin,
            "device": how.device,
            "captured_at": how.captured_at,
            "received_at": how.received_at,
            "recorded_by": actor.person_id,
        },
    )
    if enrolment.at is EnrolmentState.ACCEPTED:
        enrolment.batch = session.batch
        move(enrolment, EnrolmentEvent.ATTEND, standing=Standing())
    return row


@transaction.atomic
def record_present(
    *,
    attendance_id: UUID,
    session_id: UUID,
    enrolment_id: UUID,
    how: Captured,
    actor: Hat,
) -> Attendance:
    """Take one presence from a device in the field; the same key again changes nothing.

    Raises: NotAllowedError, RefusedError (key taken with another body, not taught yet, not seated).
    """
    session = session_by_id(session_id)
    require(actor, "training.attend", session)
    check_taught(session.batch)
    there = Attendance.objects.filter(pk=attendance_id).first()
    if there is not None:
        if (there.session_id, there.enrolment_id) != (session_id, enrolment_id):
            raise RefusedError("attendance-key")
        return there
    enrolment = Enrolment.objects.filter(pk=enrolment_id, batch_id=session.batch_id).first()
    if enrolment is None:
        raise RefusedError("attendance-stranger")
    with trail.acting(actor, "training.attend"):
        return present(session, enrolment, how, actor)


@dataclass(frozen=True, slots=True)
class PaperList:
    """A paper list keyed in: who of the batch signed, names of guests, and the number of signatures if counted."""

    enrolment_ids: frozenset[UUID]
    guests: tuple[str, ...] = ()
    counted: int | None = None


def key_in_attendance(*, session_id: UUID, sheet: PaperList, actor: Hat, at: datetime) -> list[Attendance]:
    """Key a paper list in: those ticked are present, those whose tick was taken away (and came by paper) no more.

    Whatever can be kept is kept: guests outside an open register are refused in words after the rest is stored.
    Raises: NotAllowedError, RefusedError.
    """
    with transaction.atomic():
        session = session_by_id(session_id)
        batch = locked(session.batch_id, actor, "training.attend")
        check_taught(batch)
        session.batch = batch
        rows = {row.pk: row for row in batch.enrolments.select_related("village", "district", "regency")}
        if not sheet.enrolment_ids <= rows.keys():
            raise BadInputError("attendance-stranger")
        how = Captured(Attendance.Way.PAPER, session.starts_at, at, Origin.PAPER)
        with trail.acting(actor, "training.attend"):
            paper = Attendance.objects.filter(session=session, enrolment__isnull=False, way=Attendance.Way.PAPER)
            paper.exclude(enrolment_id__in=sheet.enrolment_ids).delete()
            for key in sorted(sheet.enrolment_ids):
                present(session, rows[key], how, actor)
            if batch.guests_allowed:
                keep_guests(session, sheet.guests, how, actor)
    check_guests(batch, sheet)
    return list(Attendance.objects.filter(session=session))


def keep_guests(session: TrainingSession, names: Sequence[str], how: Captured, actor: Hat) -> None:
    """Write the register of guests as it is typed; a name that left it is taken out."""
    wanted = [typed.words("tamu", name, 150) for name in names if name.strip()]
    Attendance.objects.filter(session=session, enrolment__isnull=True).exclude(guest_name__in=wanted).delete()
    for name in dict.fromkeys(wanted):
        Attendance.objects.get_or_create(
            session=session,
            enrolment=None,
            guest_name=name,
            defaults={
                "way": how.way,
                "origin": how.origin,
                "captured_at": how.captured_at,
                "received_at": how.received_at,
                "recorded_by": actor.person_id,
            },
        )


def check_guests(batch: TrainingBatch, sheet: PaperList) -> None:
    """Refuse names, or more signatures, than were invited while no register of guests is open. Raises: RefusedError."""
    if batch.guests_allowed:
        return
    names = [name for name in sheet.guests if name.strip()]
    if names:
        raise RefusedError("attendance-guest", names=", ".join(names[:5]))
    invited = batch.enrolments.exclude(state__in=("NOMINATED", "WAITLISTED", "REJECTED")).count()
    if sheet.counted is not None and sheet.counted > invited:
        raise RefusedError("attendance-more", present=sheet.counted, invited=invited)


def check_taught(batch: TrainingBatch) -> None:
    """Refuse to record what belongs to a class that has not begun. Raises: RefusedError."""
    if not batch.taught:
        raise RefusedError("batch-not-taught")
