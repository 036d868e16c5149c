"""What every act on envelopes shares: the state with its reason, the hats of the author, the body opened again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from rembuk.core.errors import RembukError
from rembuk.core.hat import Hat
from rembuk.core.offline.envelope import read_envelope
from rembuk.core.offline.judging import happened
from rembuk.core.offline.kinds import KINDS, Body, Kind, read_body
from rembuk.core.offline.sealing import SealError, open_body
from rembuk.core.offline.states import Event, next_state
from rembuk.core.offline.states import State as CoreState
from rembuk.offline.models import Envelope, ServerKey
from rembuk.offline.services.keys import private_of
from rembuk.shared.wording import sentence

State = Envelope.State
EVENTS = {
    State.APPLIED: Event.APPLY,
    State.WAITING: Event.HOLD,
    State.REVIEW: Event.ASK,
    State.QUARANTINE: Event.LOCK_UP,
    State.RECEIVED: Event.REJUDGE,
    State.SET_ASIDE: Event.PUT_ASIDE,
}


class LockedUpError(RembukError):
    """The envelope cannot be opened or trusted: quarantine."""


class HeldError(RembukError):
    """What the envelope depends on has not come: it waits."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An envelope opened: its kind, its body as values, and the server's moment at which it was made."""

    row: Envelope
    kind: Kind
    body: Body
    made: datetime

    @property
    def parts(self) -> Sequence[str]:
        return [part.sha256 for part in self.row.parts.order_by("order")]

    @property
    def village_id(self) -> str:
        return str(self.row.village_id or "")


def tell(row: Envelope, state: str, code: str, **values: object) -> None:
    """Put a state with its reason into the row in memory, in the words of the installation's language."""
    if row.state != state or row.state == State.WAITING:
        row.state = State(next_state(CoreState(row.state), EVENTS[State(state)]).value)
    row.code = code[:60]
    with translation.override(settings.LANGUAGE_CODE):
        row.message = sentence(RembukError(f"offline-{code}", **values))


def tell_refusal(row: Envelope, error: RembukError) -> None:
    """Put a service's refusal into the row in memory: review, with the sentence that the office would have read."""
    row.state = State(next_state(CoreState(row.state), Event.ASK).value) if row.state != State.REVIEW else row.state
    row.code = error.code.removeprefix("offline-")[:60]
    with translation.override(settings.LANGUAGE_CODE):
        found = [sentence(error), *(finding.message for finding in getattr(error, "findings", ()))]
    row.message = "\n".join(found)


def opened(row: Envelope) -> Opened:
    """Open an envelope. Raises: LockedUpError (kind, key or body unreadable). One query."""
    kind = KINDS.get(row.kind)
    if kind is None:
        raise LockedUpError("kind-unknown", kind=row.kind)
    key = ServerKey.objects.filter(code=row.key_code).first()
    if key is None:
        raise LockedUpError("key-unknown", key=row.key_code)
    envelope = read_envelope(json.loads(row.raw))
    try:
        sent = json.loads(open_body(envelope, private_of(key)))
    except (SealError, ValueError, RecursionError) as error:
        raise LockedUpError("body-unreadable") from error
    if not isinstance(sent, dict):
        raise LockedUpError("body-unreadable")
    return Opened(row, kind, read_body(kind, sent), made_at(row))


def made_at(row: Envelope) -> datetime:
    """Return when the record was made by the server's clock."""
    return happened(row.captured_at or row.received_at, timedelta(seconds=row.skew), row.received_at)


def shifted(moment: datetime, row: Envelope) -> datetime:
    """Return a moment that stands in a body, put right like the moment of the envelope itself."""
    return happened(moment, timedelta(seconds=row.skew), row.received_at)


def author_hat(row: Envelope, at: datetime) -> Hat:
    """Return the hat of the author: valid when the record was made and valid now.

    Raises: RembukError ``right-unknown``, ``right-not-then``, ``right-ended``.
    """
    assignment, person = row.assignment, row.person
    if assignment is None or person is None:
        raise RembukError("offline-right-unknown")
    zone = ZoneInfo(assignment.regency.time_zone if assignment.regency else settings.TIME_ZONE)
    then, now = made_at(row).astimezone(zone).date(), at.astimezone(zone).date()
    if not assignment.valid_on(then):
        raise RembukError("offline-right-not-then")
    if not assignment.valid_on(now) or not person.is_active:
        raise RembukError("offline-right-ended")
    return assignment.hat()


def about_of(body: Body) -> UUID | None:
    """Return the meeting, visit, forum or proposal that a body names."""
    for name in ("meeting", "visit", "forum", "of", "replaces", "proposal"):
        value = body.values.get(name)
        if isinstance(value, UUID):
            return value
    return None
