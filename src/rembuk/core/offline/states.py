"""The life of an envelope on the server. Nothing that was received leaves this table: there is no way to delete."""

from enum import StrEnum
from typing import Final

from rembuk.core.workflow.states import walk


class State(StrEnum):
    """received: on disk, not yet looked at. aside: a person decided, with a reason, that it is not applied."""

    RECEIVED = "received"
    APPLIED = "applied"
    WAITING = "waiting"
    REVIEW = "review"
    QUARANTINE = "quarantine"
    SET_ASIDE = "set_aside"


class Event(StrEnum):
    """What happens to an envelope. HOLD: parent or parts are missing. REJUDGE: what it lacked is here now.

    RELEASE: a person wants what a revoked device sent to be looked at.
    """

    APPLY = "apply"
    HOLD = "hold"
    ASK = "ask"
    LOCK_UP = "lock_up"
    REJUDGE = "rejudge"
    RELEASE = "release"
    PUT_ASIDE = "put_aside"


_S, _E = State, Event
TRANSITIONS: Final[dict[tuple[State, Event], State]] = {
    (_S.RECEIVED, _E.APPLY): _S.APPLIED,
    (_S.RECEIVED, _E.HOLD): _S.WAITING,
    (_S.RECEIVED, _E.ASK): _S.REVIEW,
    (_S.RECEIVED, _E.LOCK_UP): _S.QUARANTINE,
    (_S.WAITING, _E.APPLY): _S.APPLIED,
    (_S.WAITING, _E.HOLD): _S.WAITING,
    (_S.WAITING, _E.ASK): _S.REVIEW,
    (_S.WAITING, _E.LOCK_UP): _S.QUARANTINE,
    (_S.WAITING, _E.PUT_ASIDE): _S.SET_ASIDE,
    (_S.REVIEW, _E.APPLY): _S.APPLIED,
    (_S.REVIEW, _E.PUT_ASIDE): _S.SET_ASIDE,
    (_S.QUARANTINE, _E.REJUDGE): _S.RECEIVED,
    (_S.QUARANTINE, _E.RELEASE): _S.REVIEW,
    (_S.QUARANTINE, _E.PUT_ASIDE): _S.SET_ASIDE,
}
OPEN: Final = frozenset({State.RECEIVED, State.WAITING})
"""States from which it is applied without a person."""

DECIDED: Final = frozenset({State.APPLIED, State.SET_ASIDE})


def next_state(state: State, event: Event) -> State:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)
