"""Finding -> recommendation -> action item: severities with their days, the life of an item, who may verify and waive.

    next_state(state, event)                       -> where an act leads; every other move is refused
    due_date(severity, opened, grace_days, ...)    -> last day of a promise; None for a suggestion
    may_verify(person, ...)                        -> two-person rule
    may_waive(role, severity, ...)                 -> rank
    kept_in_time(met, due)                         -> what the indicator counts

Source: the programme's description of follow-up (design; no law fixes these days, so they are settings).
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from uuid import UUID

from rembuk.core.hat import DPMD_ROLES, Role
from rembuk.core.workflow.states import events_from, walk


class Severity(StrEnum):
    """KRITIS breaks law or blocks the stage; MAYOR; MINOR; SARAN is advice and has no day."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    ADVICE = "advice"


DUE_DAYS: Final[Mapping[Severity, int | None]] = MappingProxyType(
    {Severity.CRITICAL: 7, Severity.MAJOR: 14, Severity.MINOR: 30, Severity.ADVICE: None}
)
GRACE_DAYS: Final = 5
GRACE_ACCESS: Final = frozenset({"river", "lake", "sea"})
"""Ways to a village that need a boat, so that its promises get some days more; so do villages without a signal."""
REMIND_BEFORE: Final = (7, 3, 1, 0)
"""Days before the last day on which the owner is reminded; after it, weekly."""


class ItemState(StrEnum):
    """Where an action item (tindak lanjut) stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    OVERDUE = "overdue"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    VERIFIED = "verified"
    CLOSED = "closed"
    WAIVED = "waived"
    SUPERSEDED = "superseded"


class ItemEvent(StrEnum):
    """What happens to it. lapse: the clock; resume: the owner goes on after a rejection; reopen: it was not so."""

    BEGIN = "begin"
    SUBMIT = "submit"
    REJECT = "reject"
    RESUME = "resume"
    VERIFY = "verify"
    CLOSE = "close"
    LAPSE = "lapse"
    WAIVE = "waive"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"


_S, _E = ItemState, ItemEvent
OWED: Final = (_S.OPEN, _S.IN_PROGRESS, _S.OVERDUE, _S.SUBMITTED, _S.REJECTED)
"""States in which something is still owed: what may be waived or superseded from anywhere."""
TO_DO: Final = (_S.OPEN, _S.IN_PROGRESS, _S.OVERDUE, _S.REJECTED)
"""States in which the owner is the one to act."""
KEPT: Final = (_S.VERIFIED, _S.CLOSED)

TRANSITIONS: Final[dict[tuple[ItemState, ItemEvent], ItemState]] = {
    (_S.OPEN, _E.BEGIN): _S.IN_PROGRESS,
    (_S.IN_PROGRESS, _E.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.VERIFY): _S.VERIFIED,
    (_S.VERIFIED, _E.CLOSE): _S.CLOSED,
    (_S.SUBMITTED, _E.REJECT): _S.REJECTED,
    (_S.REJECTED, _E.RESUME): _S.IN_PROGRESS,
    (_S.OPEN, _E.LAPSE): _S.OVERDUE,
    (_S.IN_PROGRESS, _E.LAPSE): _S.OVERDUE,
    # Being late ends no promise: it is handed in like any other.
    (_S.OVERDUE, _E.SUBMIT): _S.SUBMITTED,
    **{(state, _E.WAIVE): _S.WAIVED for state in OWED},
    **{(state, _E.SUPERSEDE): _S.SUPERSEDED for state in OWED},
    (_S.VERIFIED, _E.REOPEN): _S.IN_PROGRESS,
    (_S.CLOSED, _E.REOPEN): _S.IN_PROGRESS,
}


def next_state(state: ItemState, event: ItemEvent) -> ItemState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: ItemState) -> tuple[ItemEvent, ...]:
    """Return what can happen to an item in *state*."""
    return events_from(TRANSITIONS, state)


def way_to_submit(state: ItemState) -> tuple[ItemEvent, ...]:
    """Return the events that lead from *state* to handed in: an owner who hands in evidence has begun or gone on.

    Raises: IllegalTransitionError where nothing is to be handed in.
    """
    first = {_S.OPEN: (_E.BEGIN,), _S.REJECTED: (_E.RESUME,)}.get(state, ())
    next_state(next_state(state, first[0]) if first else state, _E.SUBMIT)
    return (*first, _E.SUBMIT)


def way_to_overdue(state: ItemState) -> tuple[ItemEvent, ...]:
    """Return the events the clock makes past the last day: a rejected item goes on being owed, and is late."""
    if state is _S.REJECTED:
        return (_E.RESUME, _E.LAPSE)
    return (_E.LAPSE,) if (state, _E.LAPSE) in TRANSITIONS else ()


@dataclass(frozen=True, slots=True)
class DueRules:
    """The days of a regency: severity -> days or None, and the days a remote village gets more."""

    days: Mapping[Severity, int | None] = field(default_factory=lambda: DUE_DAYS)
    grace_days: int = GRACE_DAYS


def grace_for(access_mode: str, signal: str, own: int | None, rules: DueRules = DueRules()) -> int:
    """Return the days more of a village: none where a road and a signal lead.

    own: what the village itself was given, None for the regency's usual number.
    """
    if access_mode not in GRACE_ACCESS and signal != "none":
        return 0
    return rules.grace_days if own is None else own


def due_date(severity: Severity, opened: date, grace_days: int = 0, rules: DueRules = DueRules()) -> date | None:
    """Return the last day of a promise made on *opened*; None for a suggestion."""
    days = rules.days[severity]
    return None if days is None else opened + timedelta(days=days + grace_days)


def is_over(due: date | None, today: date) -> bool:
    """Return whether the last day has passed."""
    return due is not None and today > due


def kept_in_time(met: date | None, due: date | None) -> bool:
    """Return whether evidence that was accepted had been handed in by the last day.

    met: the day it was handed in, not the day somebody found time to look at it: a village is not late because its
    verifier was.
    """
    return met is not None and due is not None and met <= due


def may_verify(person: UUID, *, owners: Container[UUID], recorder: UUID, submitter: UUID | None) -> bool:
    """Return whether *person* may judge the evidence: neither owner nor recorder of the finding, nor who handed it in.

    Source: two-person rule of the list of actors.
    """
    return person not in owners and person not in (recorder, submitter)


def may_waive(role: Role, severity: Severity, *, head_stand_in: Role | None = None) -> bool:
    """Return whether *role* may let a promise go: DPMD, and a critical one only its head.

    head_stand_in: who stands in for the head of DPMD while that seat is empty.
    """
    if severity is Severity.CRITICAL:
        return role in (Role.KDP, head_stand_in)
    return role in DPMD_ROLES
