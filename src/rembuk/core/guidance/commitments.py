"""A commitment (komitmen) of the Bupati or an agency behind the guidance: promised, judged, late, counted (PP15).

Source: the programme's commitment sheet and its notices (design): late from the day after it was due, told weekly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.core.workflow.states import walk


class CommitmentState(StrEnum):
    """Where a promise stands."""

    PROMISED = "promised"
    KEPT = "kept"
    PARTLY_KEPT = "partly_kept"
    NOT_KEPT = "not_kept"
    WITHDRAWN = "withdrawn"


class CommitmentEvent(StrEnum):
    """What is judged of a promise."""

    KEEP = "keep"
    PARTLY = "partly"
    BREAK = "break"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


S, E = CommitmentState, CommitmentEvent
TRANSITIONS: Final[Mapping[tuple[CommitmentState, CommitmentEvent], CommitmentState]] = {
    (S.PROMISED, E.KEEP): S.KEPT,
    (S.PROMISED, E.PARTLY): S.PARTLY_KEPT,
    (S.PROMISED, E.BREAK): S.NOT_KEPT,
    (S.PROMISED, E.WITHDRAW): S.WITHDRAWN,
    # What was kept in part may be kept in full later, or be given up.
    (S.PARTLY_KEPT, E.KEEP): S.KEPT,
    (S.PARTLY_KEPT, E.BREAK): S.NOT_KEPT,
    (S.PARTLY_KEPT, E.WITHDRAW): S.WITHDRAWN,
    # A promise kept late is still kept; a judgement made by mistake is taken back with a reason.
    (S.NOT_KEPT, E.KEEP): S.KEPT,
    (S.NOT_KEPT, E.PARTLY): S.PARTLY_KEPT,
    (S.KEPT, E.REOPEN): S.PROMISED,
    (S.PARTLY_KEPT, E.REOPEN): S.PROMISED,
    (S.NOT_KEPT, E.REOPEN): S.PROMISED,
    (S.WITHDRAWN, E.REOPEN): S.PROMISED,
}
OWED: Final = frozenset({S.PROMISED, S.PARTLY_KEPT})
"""States in which something is still owed."""
NEEDS_EVIDENCE: Final = frozenset({E.KEEP, E.PARTLY})
NEEDS_WORDS: Final = frozenset({E.PARTLY, E.BREAK, E.WITHDRAW, E.REOPEN})
NOTICE_DAYS: Final = 7
"""Days between two notices of a late commitment, the first one on the day after it was due."""


def next_commitment_state(
    state: CommitmentState, event: CommitmentEvent, *, evidence: int, words: str, due: date, today: date
) -> CommitmentState:
    """Return where *event* leads a promise. evidence: how many pieces there are.

    Raises: IllegalTransitionError; RefusedError without evidence, without words, or when it is called broken too early.
    """
    after = walk(TRANSITIONS, state, event)
    if event in NEEDS_EVIDENCE and not evidence:
        raise RefusedError("commitment-evidence-missing")
    if event in NEEDS_WORDS and not words.strip():
        raise RefusedError("commitment-words-missing")
    if event is E.BREAK and today <= due:
        raise RefusedError("commitment-not-due-yet", due=due.isoformat())
    return after


def days_late(state: CommitmentState, due: date, today: date) -> int:
    """Return by how many days a promise is late; 0 when it is not, or when nothing is owed any more."""
    return max(0, (today - due).days) if state in OWED else 0


def notice_step(late: int) -> int | None:
    """Return the number of the notice for *late* days: 0 from the first day, 1 from the eighth; None when not late."""
    return (late - 1) // NOTICE_DAYS if late > 0 else None


@dataclass(frozen=True, slots=True)
class Promise:
    """What is counted of a commitment."""

    state: CommitmentState
    due: date


@dataclass(frozen=True, slots=True)
class Kept:
    """PP15. due: those whose day has come or that were judged before it; withdrawn ones are counted apart."""

    due: int
    kept: int
    partly: int
    not_kept: int
    late: int
    withdrawn: int

    @property
    def share(self) -> Fraction | None:
        """Kept of due; None while none is due. What was kept in part is not kept."""
        return Fraction(self.kept, self.due) if self.due else None


def kept_of(promises: Iterable[Promise], today: date) -> Kept:
    """Return PP15 on a day: commitments kept / commitments due."""
    rows = list(promises)
    standing = [row for row in rows if row.state is not S.WITHDRAWN]
    return Kept(
        due=sum(row.due <= today or row.state in (S.KEPT, S.NOT_KEPT) for row in standing),
        kept=sum(row.state is S.KEPT for row in standing),
        partly=sum(row.state is S.PARTLY_KEPT for row in standing),
        not_kept=sum(row.state is S.NOT_KEPT for row in standing),
        late=sum(days_late(row.state, row.due, today) > 0 for row in standing),
        withdrawn=len(rows) - len(standing),
    )
