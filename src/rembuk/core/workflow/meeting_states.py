"""The life of a meeting, with adjournment when the quorum is missing."""

from enum import StrEnum
from typing import Final

from rembuk.core.workflow.states import events_from, walk


class MeetingState(StrEnum):
    """signed: minutes signed, the meeting counts as evidence from here on."""

    PLANNED = "planned"
    INVITED = "invited"
    RUNNING = "running"
    ADJOURNED = "adjourned"
    CLOSED = "closed"
    SIGNED = "signed"
    CANCELLED = "cancelled"


class MeetingEvent(StrEnum):
    """What happens to a meeting."""

    INVITE = "invite"
    OPEN = "open"
    ADJOURN = "adjourn"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"
    SIGN = "sign"
    CANCEL = "cancel"


_S = MeetingState
_E = MeetingEvent
TRANSITIONS: Final[dict[tuple[MeetingState, MeetingEvent], MeetingState]] = {
    (_S.PLANNED, _E.INVITE): _S.INVITED,
    (_S.PLANNED, _E.CANCEL): _S.CANCELLED,
    (_S.INVITED, _E.OPEN): _S.RUNNING,
    (_S.INVITED, _E.CANCEL): _S.CANCELLED,
    (_S.RUNNING, _E.ADJOURN): _S.ADJOURNED,
    (_S.ADJOURNED, _E.RESUME): _S.RUNNING,
    (_S.ADJOURNED, _E.CANCEL): _S.CANCELLED,
    (_S.RUNNING, _E.CLOSE): _S.CLOSED,
    (_S.CLOSED, _E.REOPEN): _S.RUNNING,
    (_S.CLOSED, _E.SIGN): _S.SIGNED,
}


def next_state(state: MeetingState, event: MeetingEvent) -> MeetingState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: MeetingState) -> tuple[MeetingEvent, ...]:
    """Return what can happen to a meeting in *state*."""
    return events_from(TRANSITIONS, state)
