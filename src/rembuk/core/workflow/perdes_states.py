"""The way of a Perdes from draft to clarification. RPJM and RKP are clarified after promulgation, not evaluated before.

Source: UU 6/2014 Pasal 69; PP 43/2014 Pasal 84 and 87; Permendagri 111/2014.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.law.deadlines import due_after
from rembuk.core.workflow.states import events_from, walk


class PerdesState(StrEnum):
    """Where the regulation stands."""

    DRAFT = "draft"
    CONSULTED = "consulted"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    DELIVERED_TO_HEAD = "delivered_to_head"
    SIGNED = "signed"
    PROMULGATED = "promulgated"
    SENT_TO_REGENT = "sent_to_regent"
    CLEAR = "clear"
    REVISE = "revise"
    ANNULLED = "annulled"


class PerdesEvent(StrEnum):
    """What happens to it."""

    CONSULT = "consult"
    DISCUSS = "discuss"
    AGREE = "agree"
    DELIVER = "deliver"
    SIGN = "sign"
    PROMULGATE = "promulgate"
    SEND = "send"
    CLEAR = "clear"
    ASK_REVISION = "ask_revision"
    ANNUL = "annul"
    RESEND = "resend"


_S = PerdesState
_E = PerdesEvent
TRANSITIONS: Final[dict[tuple[PerdesState, PerdesEvent], PerdesState]] = {
    (_S.DRAFT, _E.CONSULT): _S.CONSULTED,
    (_S.CONSULTED, _E.DISCUSS): _S.DISCUSSED,
    (_S.DISCUSSED, _E.AGREE): _S.AGREED,
    (_S.AGREED, _E.DELIVER): _S.DELIVERED_TO_HEAD,
    (_S.DELIVERED_TO_HEAD, _E.SIGN): _S.SIGNED,
    (_S.DELIVERED_TO_HEAD, _E.PROMULGATE): _S.PROMULGATED,
    (_S.SIGNED, _E.PROMULGATE): _S.PROMULGATED,
    (_S.PROMULGATED, _E.SEND): _S.SENT_TO_REGENT,
    (_S.SENT_TO_REGENT, _E.CLEAR): _S.CLEAR,
    (_S.SENT_TO_REGENT, _E.ASK_REVISION): _S.REVISE,
    (_S.REVISE, _E.RESEND): _S.SENT_TO_REGENT,
    (_S.SENT_TO_REGENT, _E.ANNUL): _S.ANNULLED,
}
"""A draft left unsigned after its days is promulgated all the same (PP 43/2014 Pasal 84; Permendagri 111/2014)."""

TIMERS: Final[dict[PerdesState, str]] = {
    _S.AGREED: "D13",
    _S.DELIVERED_TO_HEAD: "D14",
    _S.PROMULGATED: "D15",
    _S.SENT_TO_REGENT: "D16",
}
"""State -> milestone that counts from the day it was entered."""


def next_state(state: PerdesState, event: PerdesEvent) -> PerdesState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def next_due(state: PerdesState, entered: date) -> date | None:
    """Return the last day for the next step after *state* was entered; nothing if no clock runs."""
    return due_after(TIMERS[state], entered) if state in TIMERS else None


def may_promulgate_unsigned(delivered: date, today: date) -> bool:
    """Return whether the head's days to sign are over, so that the secretary may promulgate without the signature."""
    return today > due_after("D14", delivered)


def possible_events(state: PerdesState) -> tuple[PerdesEvent, ...]:
    """Return what can happen to a regulation in *state*."""
    return events_from(TRANSITIONS, state)
