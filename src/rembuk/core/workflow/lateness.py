"""On time, late or excused. A deadline is judged by the day the thing happened, never by the day the word came back.

Days covered by an excuse do not count: the clock stands still.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rembuk.core.calendar import reminder_dates


class Punctuality(StrEnum):
    """excused: the calendar day has passed, but every late day is covered by an excuse."""

    ON_TIME = "on_time"
    LATE = "late"
    EXCUSED = "excused"
    NO_DEADLINE = "no_deadline"


@dataclass(frozen=True, slots=True)
class Excuse:
    """A recorded reason that stops the clock of a stage from *start* to *end*, both included; no end = running."""

    stage: str
    start: date
    reason: str
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Lateness:
    """How a stage stands against its day. days: late days that no excuse covers. due: the day moved by excuses.

    done: whether it happened; reasons: excuses that count.
    """

    stage: str
    state: Punctuality
    days: int = 0
    due: date | None = None
    done: bool = False
    reasons: tuple[str, ...] = ()


def lateness(stage: str, due: date | None, done_date: date | None, excuses: Iterable[Excuse], today: date) -> Lateness:
    """Return how *stage* stands. due: its legal day or target (see `stages.stage_dates`), nothing when it has none.

    done_date: the day on the signed paper, nothing while it is open; then it is judged as of *today*.
    """
    until = done_date or today
    own = [excuse for excuse in excuses if excuse.stage == stage and excuse.start <= until]
    if due is None:
        return Lateness(stage, Punctuality.NO_DEADLINE, done=done_date is not None)
    covered = {
        excuse.start + timedelta(days=step)
        for excuse in own
        for step in range((min(excuse.end or until, until) - excuse.start).days + 1)
    }
    days = max(0, (until - due).days - len(covered))
    reasons = tuple(dict.fromkeys(excuse.reason for excuse in sorted(own, key=lambda item: (item.start, item.reason))))
    moved = due + timedelta(days=len(covered))
    if days:
        return Lateness(stage, Punctuality.LATE, days, moved, done_date is not None, reasons)
    state = Punctuality.EXCUSED if until > due else Punctuality.ON_TIME
    return Lateness(stage, state, 0, moved, done_date is not None, reasons)


def notice_due(due: date, today: date, done_date: date | None = None) -> int | None:
    """Return which notice about a deadline goes out today (G13): 30, 14 or 7 days before, 0 once it has passed.

    Nothing on all other days, and nothing once it is done. "Passed" means from the day after, every day.
    """
    if done_date is not None:
        return None
    if today > due:
        return 0
    return next((before for before, day in reminder_dates(due).items() if day == today), None)
