"""What a person decides about an envelope that could not come in by itself. Every decision has a reason and a name."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.offline.states import DECIDED, Event, next_state
from rembuk.core.offline.states import State as CoreState
from rembuk.core.permissions import require
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers import Job
from rembuk.offline.services.appliers.meetings import same_day
from rembuk.offline.services.applying import carried_out, courier, settle_behind, wait_for, whole
from rembuk.offline.services.base import HeldError, Opened, author_hat, opened, tell
from rembuk.offline.services.comparing import laid_out
from rembuk.shared import trail

State = Envelope.State
WANT_REASON = frozenset({"apply", "aside", "release"})
COLUMNS = (
    "state", "code", "message", "applied_at", "object_key", "decision", "decided_by", "decided_at", "decided_reason",
)  # fmt: skip


def decide_review(
    *, row_id: UUID, choice: str, actor: Hat, at: datetime, reason: str = "", target: UUID | None = None
) -> Envelope:
    """Decide one envelope, and let go on what waited for it. The same decision again changes nothing.

    choice: ``join`` (with the meeting *target* of that day), ``mine`` (the field's version), ``theirs`` (what stands
    here), ``apply`` (under the decider's own hat, with a reason), ``aside`` (with a reason), ``release`` (a revoked
    device: look at it). Raises: NotAllowedError, BadInputError without a reason, RefusedError, and whatever the service
    of its kind refuses; then nothing has changed.
    """
    row = decided(row_id, choice, " ".join(reason.replace("\x00", " ").split())[:300], target, actor, at)
    settle_behind(row, at=at)
    return row


@transaction.atomic
def decided(row_id: UUID, choice: str, reason: str, target: UUID | None, actor: Hat, at: datetime) -> Envelope:
    row = whole(Envelope.objects.select_for_update(of=("self",)).filter(pk=row_id)).get()
    require(actor, "offline.decide", row)
    if row.state in DECIDED:
        if row.decision == choice:
            return row
        raise RefusedError("offline-decided")
    if choice not in laid_out(row, at).choices:
        raise RefusedError("offline-choice")
    if choice in WANT_REASON and not reason:
        raise BadInputError("offline-reason")
    reason = reason or str(_("Dibandingkan di layar keputusan."))
    with trail.acting(actor, "offline.decide"):
        carry_out(row, choice, target, actor, at)
        row.decision, row.decided_by, row.decided_at, row.decided_reason = choice, actor.person_id, at, reason
        row.save(update_fields=COLUMNS)
    return row


def carry_out(row: Envelope, choice: str, target: UUID | None, actor: Hat, at: datetime) -> None:
    """Move the row in memory by the choice; the records behind it are written. Raises: RembukError."""
    match choice:
        case "aside" | "theirs":
            row.state = moved(row, Event.PUT_ASIDE)
        case "release":
            row.state = moved(row, Event.RELEASE)

            tell(row, State.REVIEW, "released")
        case "join":
            join(row, target, at)
        case _:
            job = opened(row)
            applied(Job(Opened(row, job.kind, job.body, job.made), hat_for(row, choice, actor, at), at, force=True))


def moved(row: Envelope, event: Event) -> Any:
    return State(next_state(CoreState(row.state), event).value)


def hat_for(row: Envelope, choice: str, actor: Hat, at: datetime) -> Hat:
    """Return the hat under which a chosen record is written: its author's while that is valid, else the decider's."""
    if choice == "apply":
        return actor
    try:
        return author_hat(row, at)
    except RembukError:
        return actor


def applied(job: Job) -> None:
    try:
        wait_for(job.opened)
        carried_out(job)
    except HeldError as error:
        raise RefusedError(f"offline-{error.code}", (), **error.values) from error


def join(row: Envelope, target: UUID | None, at: datetime) -> None:
    """Let the office's meeting stand for the one made in the field; later envelopes find it. Raises: RefusedError."""
    job = opened(row)
    there = {meeting.pk for meeting in same_day(Job(job, courier(row), at))}
    if target not in there:
        raise RefusedError("offline-join")
    row.state, row.code, row.message = moved(row, Event.APPLY), "", ""
    row.object_key, row.applied_at = target, at
