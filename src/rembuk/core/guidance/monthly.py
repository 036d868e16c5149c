"""The monthly report of a facilitator (rekap pendamping): its life as one table, its days, where it stands on a day.

    next_state(state, event)             -> where an act leads; every other move is refused
    due_of(month, due_day)               -> last day for the report, in the month that follows
    days_late(submitted, due)            -> 0 in time; late is marked, never refused
    standing_of(...)                     -> what a list says of a month: running, due, missing, submitted ...

Source: the programme's description of the report (design); the first week and the days for corrections are those of the
daily report of facilitators (practice), so both are settings.
"""

from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.workflow.states import events_from, walk

DUE_DAY: Final = 7
FIX_DAY: Final = 3
LONGEST_DUE_DAY: Final = 28
"""Every month has a day 28, so a last day up to there is the same in all of them."""


class ReportState(StrEnum):
    """Where a report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    RETURNED = "returned"


class ReportEvent(StrEnum):
    """What happens to it. return: with a note; revise: its writer takes it up again."""

    SUBMIT = "submit"
    CHECK = "check"
    RETURN = "return"
    REVISE = "revise"


_S, _E = ReportState, ReportEvent
TRANSITIONS: Final[dict[tuple[ReportState, ReportEvent], ReportState]] = {
    (_S.DRAFT, _E.SUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.CHECK): _S.CHECKED,
    (_S.SUBMITTED, _E.RETURN): _S.RETURNED,
    (_S.RETURNED, _E.REVISE): _S.DRAFT,
}
FROZEN: Final = frozenset({_S.SUBMITTED, _S.CHECKED})
"""States whose figures stay what they were when the report was handed in."""


def next_state(state: ReportState, event: ReportEvent) -> ReportState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: ReportState) -> tuple[ReportEvent, ...]:
    """Return what can happen to a report in *state*."""
    return events_from(TRANSITIONS, state)


def way_to_draft(state: ReportState) -> tuple[ReportEvent, ...]:
    """Return the events that open a report for writing. Raises: IllegalTransitionError where it is handed in."""
    if state is _S.DRAFT:
        return ()
    next_state(state, _E.REVISE)
    return (_E.REVISE,)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month of one year."""

    year: int
    month: int

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def days(self) -> tuple[date, date]:
        """First and last day, both counted."""
        return self.first, self.last

    @property
    def code(self) -> str:
        """``2026-09``, as addresses and files have it."""
        return f"{self.year}-{self.month:02d}"

    def plus(self, count: int) -> "Month":
        """Return the month *count* months later, or earlier when it is negative."""
        year, index = divmod(self.year * 12 + self.month - 1 + count, 12)
        return Month(year, index + 1)


def month_of(day: date) -> Month:
    """Return the month that *day* lies in."""
    return Month(day.year, day.month)


def read_month(text: str) -> Month | None:
    """Return the month written as ``2026-09``; None for anything else."""
    year, dash, month = text.partition("-")
    digits = (year + month).isascii() and (year + month).isdigit()
    if not (dash and digits and len(year) == 4 and len(month) == 2 and year >= "1000" and "01" <= month <= "12"):
        return None
    return Month(int(year), int(month))


def months_back(newest: Month, oldest: Month, most: int) -> tuple[Month, ...]:
    """Return the months from *newest* back to *oldest*, at most *most* of them."""
    found: list[Month] = []
    month = newest
    while month >= oldest and len(found) < most:
        found.append(month)
        month = month.plus(-1)
    return tuple(found)


def due_of(month: Month, due_day: int = DUE_DAY) -> date:
    """Return the last day on which the report of *month* is in time. Raises: ValueError beyond day 28."""
    if not 1 <= due_day <= LONGEST_DUE_DAY:
        raise ValueError(f"no day {due_day} in every month")
    following = month.plus(1)
    return date(following.year, following.month, due_day)


def days_late(submitted: date, due: date) -> int:
    """Return by how many days a report came after its last day, 0 in time."""
    return max(0, (submitted - due).days)


class Standing(StrEnum):
    """What a list says of somebody's month."""

    RUNNING = "running"
    DUE = "due"
    MISSING = "missing"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    RETURNED = "returned"
    NOT_ASKED = "not_asked"


OWED: Final[Container[Standing]] = frozenset({Standing.DUE, Standing.MISSING, Standing.RETURNED})
"""Standings in which its writer is the one to act."""


def standing_of(
    month: Month, state: ReportState | None, *, returned: bool, asked: bool, today: date, due_day: int = DUE_DAY
) -> Standing:
    """Return what a list says of a month on a day.

    state: None where nothing was written. returned: it came back at least once. asked: a report is owed for this month;
    one that was handed in although nobody asked for it shows its own state all the same.
    """
    handed = {
        _S.SUBMITTED: Standing.SUBMITTED,
        _S.CHECKED: Standing.CHECKED,
        _S.RETURNED: Standing.RETURNED,
    }
    if state in handed:
        return handed[state]
    if returned:
        return Standing.RETURNED
    if today <= month.last:
        return Standing.RUNNING
    if not asked:
        return Standing.NOT_ASKED
    return Standing.DUE if today <= due_of(month, due_day) else Standing.MISSING
