"""The life of a proposal, from draft to an answer. No terminal state without a reason code and a sentence."""

from enum import StrEnum
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.core.law.reasons import TERMINAL_REASONS
from rembuk.core.workflow.states import events_from, walk


class ProposalState(StrEnum):
    """draft .. ranked are on the way; the other six are answers."""

    DRAFT = "draft"
    SENT = "sent"
    CHECKED = "checked"
    DISCUSSED = "discussed"
    RANKED = "ranked"
    PLANNED = "planned"
    FORWARDED = "forwarded"
    SHELVED = "shelved"
    DECLINED = "declined"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class ProposalEvent(StrEnum):
    """send .. rank move on; give_back returns to the author; plan .. withdraw answer; drop takes an item out again."""

    SEND = "send"
    GIVE_BACK = "give_back"
    CHECK = "check"
    DISCUSS = "discuss"
    RANK = "rank"
    PLAN = "plan"
    FORWARD = "forward"
    SHELVE = "shelve"
    DECLINE = "decline"
    MERGE = "merge"
    WITHDRAW = "withdraw"
    DROP = "drop"


_S = ProposalState
_E = ProposalEvent
_ANSWERS: Final = {
    _E.FORWARD: _S.FORWARDED,
    _E.SHELVE: _S.SHELVED,
    _E.DECLINE: _S.DECLINED,
    _E.MERGE: _S.MERGED,
    _E.WITHDRAW: _S.WITHDRAWN,
}

TRANSITIONS: Final[dict[tuple[ProposalState, ProposalEvent], ProposalState]] = {
    (_S.DRAFT, _E.SEND): _S.SENT,
    (_S.DRAFT, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.SENT, _E.CHECK): _S.CHECKED,
    (_S.SENT, _E.GIVE_BACK): _S.DRAFT,
    (_S.CHECKED, _E.DISCUSS): _S.DISCUSSED,
    (_S.DISCUSSED, _E.RANK): _S.RANKED,
    (_S.RANKED, _E.RANK): _S.RANKED,
    (_S.RANKED, _E.PLAN): _S.PLANNED,
    (_S.PLANNED, _E.DROP): _S.SHELVED,
    (_S.SHELVED, _E.PLAN): _S.PLANNED,
    **{
        (state, event): after
        for state in (_S.SENT, _S.CHECKED, _S.DISCUSSED, _S.RANKED)
        for event, after in _ANSWERS.items()
    },
}
"""PLANNED -> SHELVED: an item that fails its field check or loses its money before enactment; the next one comes up."""

TERMINAL: Final = frozenset({_S.PLANNED, _S.FORWARDED, _S.SHELVED, _S.DECLINED, _S.MERGED, _S.WITHDRAWN})


def next_state(state: ProposalState, event: ProposalEvent, *, reason_code: str = "", reason: str = "") -> ProposalState:
    """Return where *event* leads.

    reason_code, reason: needed when the result is an answer; the code must be one that explains that answer.
    Raises: IllegalTransitionError; RefusedError("reason-missing" or "reason-does-not-fit").
    """
    after = walk(TRANSITIONS, state, event)
    if after in TERMINAL:
        if not reason_code or not reason.strip():
            raise RefusedError("reason-missing", state=after)
        if reason_code not in TERMINAL_REASONS[after]:
            raise RefusedError("reason-does-not-fit", state=after, reason_code=reason_code)
    return after


def possible_events(state: ProposalState) -> tuple[ProposalEvent, ...]:
    """Return what can happen to a proposal in *state*."""
    return events_from(TRANSITIONS, state)
