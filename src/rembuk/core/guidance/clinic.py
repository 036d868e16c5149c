"""The life of a question to the Klinik Desa: who waits for whom, and until which day.

Source: the programme's description of the consultation (design); the two service times are a service standard, no law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.calendar import add_working_days, working_days_between
from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.hat import Role
from rembuk.core.law.dated import Dated, in_force


class State(StrEnum):
    """Where a question stands."""

    NEW = "new"
    ASSIGNED = "assigned"
    REFERRED = "referred"
    ANSWERED = "answered"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to a question."""

    ASSIGN = "assign"
    REFER = "refer"
    ANSWER = "answer"
    CONFIRM = "confirm"
    REOPEN = "reopen"
    CLOSE = "close"


TRANSITIONS: Final[Mapping[tuple[State, Event], State]] = {
    (State.NEW, Event.ASSIGN): State.ASSIGNED,
    (State.ASSIGNED, Event.ANSWER): State.ANSWERED,
    (State.ASSIGNED, Event.REFER): State.REFERRED,
    (State.REFERRED, Event.ANSWER): State.ANSWERED,
    (State.ANSWERED, Event.CONFIRM): State.CONFIRMED,
    (State.ANSWERED, Event.REOPEN): State.REOPENED,
    # A question asked anew is answered or sent on like one that was just taken.
    (State.REOPENED, Event.ANSWER): State.ANSWERED,
    (State.REOPENED, Event.REFER): State.REFERRED,
    (State.CONFIRMED, Event.CLOSE): State.CLOSED,
}
OPEN_STATES: Final = frozenset({State.NEW, State.ASSIGNED, State.REFERRED, State.REOPENED})
"""States in which somebody owes the asker an answer."""


def next_state(state: State, event: Event) -> State:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    if (state, event) not in TRANSITIONS:
        raise IllegalTransitionError("clinic-step", state=state.value, event=event.value)
    return TRANSITIONS[state, event]


REFERRALS: Final[Mapping[str, frozenset[Role]]] = {
    "DPMD": frozenset({Role.KBD, Role.STF}),
    "INSPEKTORAT": frozenset({Role.INS}),
    "HUKUM": frozenset({Role.HKM}),
    "BAPPEDA": frozenset({Role.BAP}),
    "OPD": frozenset({Role.OPD}),
}
"""Where a question may be sent on, and the roles that answer there."""

OTHER_TOPIC: Final = "LAIN"
CLINIC_TOPICS: Final[Mapping[str, str]] = {**TOPICS, OTHER_TOPIC: "Lainnya"}

_STANDARD = "Standar layanan Klinik Desa (rancangan)"
FIRST_REPLY_DAYS: Final = (Dated(date(2025, 1, 1), 2, _STANDARD, "uncertain"),)
"""Working days until the first reply."""
REFERRED_DAYS: Final = (Dated(date(2025, 1, 1), 5, _STANDARD, "uncertain"),)
"""Working days for whoever a question was sent on to."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The promise to the asker: the day, what it is counted from, and whether it was kept.

    left: working days until *due*; below zero when it has passed. met: None while nothing was said.
    """

    due: date
    left: int
    met: bool | None
    source: str

    @property
    def late(self) -> bool:
        return self.met is False or (self.met is None and self.left < 0)


def clock_of(asked: date, referred: date | None, first_reply: date | None, answered: date | None, today: date) -> Clock:
    """Return the running promise: of the first reply, or of the answer when the question was sent on.

    asked, referred, first_reply, answered: days at the regency. Sending a question on is a first reply too.
    """
    rows, start, done = (FIRST_REPLY_DAYS, asked, first_reply or answered)
    if referred is not None:
        rows, start, done = (REFERRED_DAYS, referred, answered)
    row = in_force(rows, on=max(start, rows[0].from_date))
    due = add_working_days(start, row.value)
    left = working_days_between(today, due) if today <= due else -working_days_between(due, today)
    return Clock(due, left, None if done is None else done <= due, row.source)
