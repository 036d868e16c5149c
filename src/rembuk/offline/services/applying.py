"""What was stored becomes a record, through the service of its room and under the hat of its author.

Each application is its own transaction, together with the word in the envelope that it was applied: after a crash an
envelope is either applied and says so, or is stored and tried again.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat, command_hat
from rembuk.core.offline.judging import EXTRA, SCHEMA, STALE
from rembuk.core.offline.kinds import KINDS
from rembuk.core.offline.states import OPEN
from rembuk.deliberation import holds
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers import APPLIERS, Job
from rembuk.offline.services.base import (
    HeldError,
    LockedUpError,
    Opened,
    about_of,
    author_hat,
    opened,
    tell,
    tell_refusal,
)
from rembuk.shared import blobs, trail

log = logging.getLogger(__name__)
State = Envelope.State
MOST_ATTEMPTS = 3
AT_ONCE = 500
RANK = {code: number for number, code in enumerate(KINDS)}
OPEN_STATES = [state.value for state in OPEN]
COLUMNS = ("state", "code", "message", "flags", "about_key", "applied_at", "object_key", "attempts")


def apply_waiting(*, at: datetime) -> int:
    """Try everything that was stored and not yet applied: after a restart, and once a day. Returns how many moved."""
    keys = list(
        Envelope.objects.filter(state__in=OPEN_STATES).order_by("received_at", "id").values_list("pk", flat=True)
    )
    moved = 0
    for start in range(0, len(keys), AT_ONCE):
        moved += settle(keys=keys[start : start + AT_ONCE], at=at)
    return moved


def settle(*, keys: Collection[UUID], at: datetime) -> int:
    """Apply these envelopes, parents first, and then those that waited for them. Returns how many moved."""
    moved, left = 0, in_order(open_rows().filter(pk__in=keys))
    tried: set[UUID] = set()
    while left:
        done = []
        for row in left:
            tried.add(row.pk)
            if apply_one(row.pk, at=at) not in OPEN_STATES:
                moved += 1
                done.append(row)
        left = in_order(followers(done)) if done else []
    return moved


def settle_behind(row: Envelope, *, at: datetime) -> int:
    """Apply what waited for an envelope that a person has decided. Returns how many moved."""
    return settle(keys=[each.pk for each in followers([row])], at=at)


def open_rows() -> "QuerySet[Envelope]":
    return Envelope.objects.filter(state__in=OPEN_STATES).order_by("received_at", "captured_at", "id")


def followers(done: Sequence[Envelope]) -> list[Envelope]:
    """Return the envelopes that wait where these were: those that name one of them, or the same meeting. One query."""
    villages = {row.village_id for row in done}
    ids = {str(row.envelope_id) for row in done}
    abouts = {row.envelope_id for row in done} | {row.about_key for row in done if row.about_key}
    rows = open_rows().filter(village_id__in=[key for key in villages if key]) | open_rows().filter(
        device_id__in={row.device_id for row in done}
    )
    waiting = rows.filter(state=State.WAITING)
    return [row for row in waiting if ids & set(row.after) or row.about_key in abouts]


def in_order(rows: Iterable[Envelope]) -> list[Envelope]:
    """Return the rows with every parent among them before its children, else as they were captured.

    Of the same moment the meeting comes before its opening, and that before what was said there.
    """
    given = sorted(rows, key=lambda row: (row.captured_at or row.received_at, RANK.get(row.kind, 0), str(row.pk)))
    by_id = {str(row.envelope_id): row for row in given}
    placed: dict[UUID, Envelope] = {}

    def place(row: Envelope, way: frozenset[str]) -> None:
        for parent in row.after:
            other = by_id.get(parent)
            if other is not None and parent not in way and other.pk not in placed:
                place(other, way | {parent})
        placed.setdefault(row.pk, row)

    for row in given:
        place(row, frozenset({str(row.envelope_id)}))
    return list(placed.values())


def apply_one(key: UUID, *, at: datetime) -> str:
    """Apply one stored envelope if it can be; returns its state afterwards. A breakdown leaves it stored."""
    row = whole(Envelope.objects.filter(pk=key)).get()
    if row.state not in OPEN_STATES:
        return row.state
    job: Opened | None = None
    fault: LockedUpError | RembukError | None = None
    try:
        # Opening costs milliseconds of arithmetic; it is done before anything is locked.
        job = opened(row)
    except (LockedUpError, RembukError) as error:
        fault = error
    try:
        return judged(key, job, fault, at)
    except Exception as error:  # whatever breaks, the envelope stays and the others go on
        log.exception("offline: envelope %s could not be applied", key)
        return broken(key, error, at)


@transaction.atomic
def judged(key: UUID, job: Opened | None, fault: RembukError | None, at: datetime) -> str:
    """Judge and apply one envelope in its own transaction; returns its state."""
    row = whole(Envelope.objects.select_for_update(of=("self",)).filter(pk=key)).get()
    if row.state not in OPEN_STATES:
        return row.state
    actor = courier(row)
    if job is None:
        with trail.acting(actor, "offline.apply"):
            hold_fault(row, fault)
            row.save(update_fields=COLUMNS)
        return row.state
    job = Opened(row, job.kind, job.body, job.made)
    row.about_key = about_of(job.body)
    if job.body.extra and EXTRA not in row.flags:
        row.flags = [*row.flags, EXTRA]
    try:
        precheck(job)
        hat = author_hat(row, at)
        if STALE in row.flags:
            raise RembukError("offline-rights-stale")
        wait_for(job)
        carried_out(Job(job, hat, at))
    except LockedUpError as error:
        tell(row, State.QUARANTINE, error.code, **error.values)
    except HeldError as error:
        tell(row, State.WAITING, error.code, **error.values)
    except RembukError as error:
        tell_refusal(row, error)
    with trail.acting(actor, "offline.apply"):
        row.save(update_fields=COLUMNS)
    return row.state


def hold_fault(row: Envelope, fault: RembukError | None) -> None:
    if isinstance(fault, LockedUpError):
        tell(row, State.QUARANTINE, fault.code, **fault.values)
    elif fault is not None:
        # The key is here but not its seal: the secret of the installation is another one. It waits for that secret.
        tell(row, State.WAITING, "key-shut")


def courier(row: Envelope) -> Hat:
    regency = row.village.regency_id if row.village is not None else ""
    return command_hat("kiriman lapangan", regency)


def whole(rows: "QuerySet[Envelope]") -> "QuerySet[Envelope]":
    """Return the rows with everything that judging asks, in one query."""
    return rows.select_related(
        "device",
        "person",
        "package",
        "village__district",
        "village__regency",
        "assignment__person",
        "assignment__regency",
        "assignment__district",
        "assignment__village",
        "assignment__hamlet",
        "assignment__rt",
    )


def precheck(job: Opened) -> None:
    """Refuse what no service should see. Raises: LockedUpError, RembukError."""
    row = job.row
    twin = Envelope.objects.filter(envelope_id=row.envelope_id, verified=True).exclude(pk=row.pk)
    if any(first_of(other, row) for other in twin.order_by("received_at", "id")):
        raise LockedUpError("same-id")
    if row.schema > SCHEMA:
        raise RembukError("offline-schema-newer", schema=row.schema)
    if len(row.raw) > job.kind.largest * 2:
        raise RembukError("offline-body-too-large", limit=job.kind.largest)
    if job.body.wrong:
        raise RembukError("offline-body-fields", fields=", ".join(job.body.wrong))


def first_of(other: Envelope, row: Envelope) -> bool:
    """Return whether *other*, which has the same id, was here first or is what stands."""
    if other.state == State.QUARANTINE and other.code == "same-id":
        return False
    decided = other.state in (State.APPLIED, State.SET_ASIDE)
    return decided or (other.received_at, str(other.pk)) < (row.received_at, str(row.pk))


def wait_for(job: Opened) -> None:
    """Hold until every parent is applied and every part is here. Raises: HeldError, RembukError (parent set aside)."""
    row = job.row
    states: dict[str, set[str]] = {}
    for key, state in Envelope.objects.filter(envelope_id__in=row.after).values_list("envelope_id", "state"):
        states.setdefault(str(key), set()).add(state)
    for parent in row.after:
        found = states.get(parent, set())
        if State.APPLIED in found:
            continue
        if found == {State.SET_ASIDE}:
            raise RembukError("offline-parent-aside")
        raise HeldError("parent-missing", parent=parent)
    digests = job.parts
    here = set(row.parts.filter(stored_at__isnull=False).values_list("sha256", flat=True))
    gone = [key for key in digests if key not in here or not blobs.path_of(key).exists()]
    if gone:
        raise HeldError("parts-missing", missing=len(gone), count=len(digests))


def carried_out(job: Job) -> None:
    """Call the service of the kind and say in the row that it is applied. Raises: RembukError, HeldError.

    A savepoint around it: what a service wrote before it refused is undone, the envelope's own word is not.
    """
    row = job.row
    applier = APPLIERS[job.kind.code]
    try:
        # What comes from a hall passes the lock that its own package holds.
        with transaction.atomic(), holds.passing(row.device_key or row.pk):
            key = applier.apply(job)
    except ObjectDoesNotExist as error:
        raise RembukError("offline-thing-gone") from error
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        log.warning("offline: %s of envelope %s: %r", row.kind, row.pk, error)
        raise RembukError("offline-values") from error
    row.state, row.code, row.message = State.APPLIED, "", ""
    row.object_key, row.applied_at = key, job.at


def broken(key: UUID, error: Exception, at: datetime) -> str:
    """Count a breakdown; after some of them a person is asked, so that nothing circles for ever."""
    try:
        with transaction.atomic():
            row = Envelope.objects.select_for_update(of=("self",)).select_related("village").get(pk=key)
            row.attempts += 1
            with trail.acting(courier(row), "offline.apply"):
                if row.attempts >= MOST_ATTEMPTS and row.state in OPEN_STATES:
                    tell(row, State.REVIEW, "broken", reason=type(error).__name__)
                row.save(update_fields=COLUMNS)
    except DatabaseError:
        log.exception("offline: envelope %s stays as it was", key)
        return State.RECEIVED
    return row.state
