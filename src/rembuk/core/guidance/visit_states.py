"""The life of a mentoring visit (kunjungan pendampingan) as one table, and its two clocks: missed, and report due.

    next_state(state, event)                                     -> where an act leads; every other move is refused
    state_as_of(state, planned_date, on)                         -> what the clock could know on the day of a record
    report_due(returned_date, holidays)                          -> last day for the report
    days_report_late(returned_date, reported_date, ...)          -> 0 when it came in time; late is marked, not refused

Source: the programme's description of a visit (design; no law fixes these days, so they are settings).
"""

from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.calendar import add_working_days, days_between
from rembuk.core.workflow.states import events_from, walk


class VisitState(StrEnum):
    """Where a visit stands."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    ON_SITE = "on_site"
    REPORTED = "reported"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    MISSED = "missed"


class VisitEvent(StrEnum):
    """What happens to it. acknowledge: kades or sekdes signs, or refuses with a note; miss: the clock."""

    CONFIRM = "confirm"
    START = "start"
    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    CLOSE = "close"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    MISS = "miss"


_S, _E = VisitState, VisitEvent
TRANSITIONS: Final[dict[tuple[VisitState, VisitEvent], VisitState]] = {
    (_S.PLANNED, _E.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _E.START): _S.ON_SITE,
    (_S.ON_SITE, _E.REPORT): _S.REPORTED,
    (_S.REPORTED, _E.ACKNOWLEDGE): _S.ACKNOWLEDGED,
    (_S.ACKNOWLEDGED, _E.CLOSE): _S.CLOSED,
    (_S.PLANNED, _E.RESCHEDULE): _S.RESCHEDULED,
    (_S.CONFIRMED, _E.RESCHEDULE): _S.RESCHEDULED,
    (_S.PLANNED, _E.CANCEL): _S.CANCELLED,
    (_S.CONFIRMED, _E.CANCEL): _S.CANCELLED,
    (_S.PLANNED, _E.MISS): _S.MISSED,
}

WAITING: Final = frozenset({_S.PLANNED, _S.CONFIRMED})
"""States of a visit that has still to take place."""
WRITTEN: Final = frozenset({_S.REPORTED, _S.ACKNOWLEDGED, _S.CLOSED})
"""States of a visit whose sheet is in."""
ENDED: Final = frozenset({_S.CLOSED, _S.RESCHEDULED, _S.CANCELLED, _S.MISSED})

RESCHEDULE_REASONS: Final = ("weather", "water_level", "funeral", "clash", "signal", "budget")
"""Why a visit is moved; the list is closed, the sentence beside it is free."""

MISSED_AFTER_DAYS: Final = 3
REPORT_WORKING_DAYS: Final = 3


def next_state(state: VisitState, event: VisitEvent) -> VisitState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: VisitState) -> tuple[VisitEvent, ...]:
    """Return what can happen to a visit in *state*."""
    return events_from(TRANSITIONS, state)


def is_missed(state: VisitState, planned_date: date, today: date, after_days: int = MISSED_AFTER_DAYS) -> bool:
    """Return whether the clock calls it missed: still only planned, and its days have gone by without a record."""
    return state is _S.PLANNED and days_between(planned_date, today) >= after_days


def state_as_of(state: VisitState, planned_date: date, on: date, after_days: int = MISSED_AFTER_DAYS) -> VisitState:
    """Return the state a record of the day *on* meets.

    A record written in time in a boat without signal arrives after the clock has struck: on its day the visit was
    still planned, and that day decides.
    """
    if state is _S.MISSED and days_between(planned_date, on) < after_days:
        return _S.PLANNED
    return state


def report_due(
    returned_date: date, holidays: AbstractSet[date] | None = None, working_days: int = REPORT_WORKING_DAYS
) -> date:
    """Return the last day on which the report is in time: so many working days after the return."""
    return add_working_days(returned_date, working_days, holidays)


def days_report_late(
    returned_date: date,
    reported_date: date,
    holidays: AbstractSet[date] | None = None,
    *,
    first_sync: date | None = None,
    working_days: int = REPORT_WORKING_DAYS,
) -> int:
    """Return by how many calendar days the report came after its last day, 0 in time.

    reported_date: when it was written (on the device, if it came from there). first_sync: the first day the device
    was heard of again; a report that comes with it is in time, however long the signal was away.
    """
    last = report_due(returned_date, holidays, working_days)
    if first_sync is not None:
        last = max(last, first_sync)
    return max(0, days_between(last, reported_date))
