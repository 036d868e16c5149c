"""The life of a facilitated forum (Musrenbangdes), from the request to its verified evidence.

Source: the programme's workflow of a facilitated forum (design; no law fixes it).
"""

from enum import StrEnum
from typing import Final

from rembuk.core.workflow.states import events_from, walk


class ForumState(StrEnum):
    """verified: the only state that counts as held in any statistic, together with closed, which follows it."""

    REQUESTED = "requested"
    SCHEDULED = "scheduled"
    PREP = "prep"
    READY = "ready"
    IN_SESSION = "in_session"
    HELD = "held"
    MINUTES_DRAFT = "minutes_draft"
    MINUTES_SIGNED = "minutes_signed"
    EVIDENCE_VERIFIED = "verified"
    CLOSED = "closed"
    POSTPONED = "postponed"
    ADJOURNED = "adjourned"


class ForumEvent(StrEnum):
    """open .. sign follow the meeting's own record; the others are acts of people."""

    SCHEDULE = "schedule"
    PREPARE = "prepare"
    MAKE_READY = "make_ready"
    POSTPONE = "postpone"
    OPEN = "open"
    ADJOURN = "adjourn"
    RESUME = "resume"
    HOLD = "hold"
    DRAFT_MINUTES = "draft_minutes"
    SIGN = "sign"
    VERIFY = "verify"
    CLOSE = "close"


_S = ForumState
_E = ForumEvent
TRANSITIONS: Final[dict[tuple[ForumState, ForumEvent], ForumState]] = {
    (_S.REQUESTED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.SCHEDULED, _E.PREPARE): _S.PREP,
    (_S.PREP, _E.MAKE_READY): _S.READY,
    (_S.READY, _E.OPEN): _S.IN_SESSION,
    (_S.IN_SESSION, _E.HOLD): _S.HELD,
    (_S.HELD, _E.DRAFT_MINUTES): _S.MINUTES_DRAFT,
    (_S.MINUTES_DRAFT, _E.SIGN): _S.MINUTES_SIGNED,
    (_S.MINUTES_SIGNED, _E.VERIFY): _S.EVIDENCE_VERIFIED,
    (_S.EVIDENCE_VERIFIED, _E.CLOSE): _S.CLOSED,
    (_S.SCHEDULED, _E.POSTPONE): _S.POSTPONED,
    (_S.READY, _E.POSTPONE): _S.POSTPONED,
    (_S.POSTPONED, _E.SCHEDULE): _S.SCHEDULED,
    (_S.IN_SESSION, _E.ADJOURN): _S.ADJOURNED,
    (_S.ADJOURNED, _E.RESUME): _S.IN_SESSION,
}

AHEAD: Final = (_S.REQUESTED, _S.SCHEDULED, _S.PREP, _S.READY, _S.POSTPONED)
"""The forum has not begun."""
DATED: Final = (_S.SCHEDULED, _S.PREP, _S.READY)
"""A day is fixed and its people are bound to it."""
SITTING: Final = (_S.IN_SESSION, _S.ADJOURNED)
AFTER: Final = (_S.HELD, _S.MINUTES_DRAFT, _S.MINUTES_SIGNED)
"""It took place; what proves it is still being gathered."""
COUNTED: Final = (_S.EVIDENCE_VERIFIED, _S.CLOSED)
"""What statistics call "sudah Musrenbangdes"; nothing else does."""


def next_state(state: ForumState, event: ForumEvent) -> ForumState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: ForumState) -> tuple[ForumEvent, ...]:
    """Return what can happen to a forum in *state*."""
    return events_from(TRANSITIONS, state)
