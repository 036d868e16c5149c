"""The life of one version of an RKP Desa. An enacted version never changes; only an amendment makes a new one."""

from enum import StrEnum
from typing import Final

from rembuk.core.workflow.states import events_from, walk


class PlanState(StrEnum):
    """The state of a version; "returned" carries a reason and an author and leads back to the draft."""

    DRAFT = "draft"
    RETURNED = "returned"
    VERIFIED = "verified"
    HEAD_APPROVED = "head_approved"
    MUSRENBANG = "musrenbang"
    FINAL = "final"
    AGREED = "agreed"
    ENACTED = "enacted"


class PlanEvent(StrEnum):
    """What happens to a version."""

    VERIFY = "verify"
    APPROVE = "approve"
    RETURN = "return"
    REVISE = "revise"
    HOLD_MUSRENBANG = "hold_musrenbang"
    FINALISE = "finalise"
    AGREE = "agree"
    ENACT = "enact"


_S = PlanState
_E = PlanEvent
TRANSITIONS: Final[dict[tuple[PlanState, PlanEvent], PlanState]] = {
    (_S.DRAFT, _E.VERIFY): _S.VERIFIED,
    (_S.DRAFT, _E.APPROVE): _S.HEAD_APPROVED,
    (_S.DRAFT, _E.RETURN): _S.RETURNED,
    (_S.VERIFIED, _E.APPROVE): _S.HEAD_APPROVED,
    (_S.VERIFIED, _E.RETURN): _S.RETURNED,
    (_S.RETURNED, _E.REVISE): _S.DRAFT,
    (_S.HEAD_APPROVED, _E.HOLD_MUSRENBANG): _S.MUSRENBANG,
    (_S.MUSRENBANG, _E.FINALISE): _S.FINAL,
    (_S.FINAL, _E.RETURN): _S.RETURNED,
    (_S.FINAL, _E.AGREE): _S.AGREED,
    (_S.AGREED, _E.ENACT): _S.ENACTED,
}
"""Approval does not wait for the technical check: that is due before the closing Musdes (gate K11)."""

EDITABLE: Final = frozenset({_S.DRAFT, _S.VERIFIED, _S.MUSRENBANG})
"""States in which items may change: the draft, and what Musrenbang agreed while it is worked in."""


def next_state(state: PlanState, event: PlanEvent) -> PlanState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: PlanState) -> tuple[PlanEvent, ...]:
    """Return what can happen to a version in *state*."""
    return events_from(TRANSITIONS, state)
