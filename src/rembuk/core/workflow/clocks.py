"""A running clock of the law: from which day it counts, its last day, what is left, and on which article it stands."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.law.dated import Certainty
from rembuk.core.law.deadlines import DEADLINES, due_after

RECEIVED: Final = "received"
"""Key of the day on which the regent's office received a paper, beside the days on which states were entered."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock that runs.

    code: milestone (``D13``). title, source, certainty: of its law. start: day it counts from, itself not counted.
    due: last day. days_left: calendar days to it, negative when over. from_sending: the day of receipt is not known,
    so it counts from the day of sending and may end later.
    """

    code: str
    title: str
    source: str
    certainty: Certainty
    start: date
    due: date
    days_left: int
    from_sending: bool = False

    @property
    def over(self) -> bool:
        """Whether the last day has passed."""
        return self.days_left < 0


def clock_from(
    code: str, start: date, today: date, holidays: AbstractSet[date] | None = None, *, from_sending: bool = False
) -> Clock:
    """Return the clock of milestone *code* that started on *start*, as of *today*.

    holidays: days that are not worked, for clocks in working days; national ones when not given.
    Raises: ValueError for a milestone with a fixed day.
    """
    row = DEADLINES[code]
    due = due_after(code, start, holidays)
    return Clock(code, row.title, row.source, row.certainty, start, due, (due - today).days, from_sending)


def clock_in(
    timers: Mapping[str, str],
    after_receipt: AbstractSet[str],
    state: str,
    dates: Mapping[str, date],
    today: date,
    holidays: AbstractSet[date] | None = None,
) -> Clock | None:
    """Return the clock that runs in *state*; nothing where none does or the day it was entered is not known.

    timers: state -> milestone. after_receipt: states whose clock counts from the day of receipt.
    dates: state -> day it was entered, and RECEIVED where it is known.
    """
    entered = dates.get(state)
    if state not in timers or entered is None:
        return None
    if state in after_receipt:
        received = dates.get(RECEIVED)
        known = received is not None and received >= entered
        start = received if received is not None and known else entered
        return clock_from(timers[state], start, today, holidays, from_sending=not known)
    return clock_from(timers[state], entered, today, holidays)
