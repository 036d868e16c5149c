"""The way of an APB Desa from agreement over the regent's evaluation to its Perdes, with its clocks, as one table.

Unlike RPJM and RKP, the APB Desa is evaluated before it is signed. States and days in, next state and clock out:

    next_state(ApbState.AGREED, ApbEvent.SEND)                    -> ApbState.SENT_FOR_EVALUATION
    running_clock(state, {"agreed": day, ...}, today, holidays)   -> Clock | None      (code D08, D09, D17, D18, D19)
    possible_events(state)                                        -> what can happen now, in the order of the table
    may_lapse(dates, today, holidays)                             -> twenty working days passed without a result
    needs(event)                                                  -> particulars a person has to write down
    alert_days(dates, today, holidays)                            -> 10, 15 or 18 on the days that warn the Camat

dates: state -> day it was entered, and ``clocks.RECEIVED`` for the day on which the regent's office took it in.

Source: UU 6/2014 Pasal 69 ayat (4); Permendagri 20/2018 Pasal 32-38.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from enum import StrEnum
from typing import Final

from rembuk.core.calendar import working_days_between
from rembuk.core.workflow.clocks import RECEIVED, Clock, clock_in
from rembuk.core.workflow.states import events_from, walk


class ApbState(StrEnum):
    """Where the village budget stands.

    refused: BPD refused it; only running costs at last year's level may be spent. lapsed_in_force: no answer came in
    time, the draft takes effect by itself. promulgated_against: set although the result said that it does not conform.
    stopped: the head has stopped carrying out an annulled budget; revoked: head and BPD have taken it back.
    """

    DRAFT = "draft"
    REFUSED = "refused"
    AGREED = "agreed"
    SENT_FOR_EVALUATION = "sent_for_evaluation"
    CONFORM = "conform"
    CONFORM_WITH_NOTES = "conform_with_notes"
    NOT_CONFORM = "not_conform"
    LAPSED_IN_FORCE = "lapsed_in_force"
    CORRECTION = "correction"
    SIGNED = "signed"
    PROMULGATED = "promulgated"
    PROMULGATED_AGAINST = "promulgated_against"
    SENT_TO_REGENT = "sent_to_regent"
    ANNULMENT_PROPOSED = "annulment_proposed"
    ANNULLED = "annulled"
    STOPPED = "stopped"
    REVOKED = "revoked"


class ApbEvent(StrEnum):
    """What happens to it. receive: the regent's office took it in; its day goes under ``clocks.RECEIVED``."""

    AGREE = "agree"
    REFUSE = "refuse"
    REDRAFT = "redraft"
    SEND = "send"
    RECEIVE = "receive"
    FIND_CONFORM = "find_conform"
    FIND_CONFORM_WITH_NOTES = "find_conform_with_notes"
    FIND_NOT_CONFORM = "find_not_conform"
    LAPSE = "lapse"
    CORRECT = "correct"
    SIGN = "sign"
    PROMULGATE = "promulgate"
    SEND_TO_REGENT = "send_to_regent"
    PROPOSE_ANNULMENT = "propose_annulment"
    ANNUL = "annul"
    STOP = "stop"
    REVOKE = "revoke"


_S = ApbState
_E = ApbEvent
TRANSITIONS: Final[dict[tuple[ApbState, ApbEvent], ApbState]] = {
    (_S.DRAFT, _E.AGREE): _S.AGREED,
    (_S.DRAFT, _E.REFUSE): _S.REFUSED,
    (_S.REFUSED, _E.REDRAFT): _S.DRAFT,
    (_S.AGREED, _E.SEND): _S.SENT_FOR_EVALUATION,
    (_S.SENT_FOR_EVALUATION, _E.RECEIVE): _S.SENT_FOR_EVALUATION,
    (_S.SENT_FOR_EVALUATION, _E.FIND_CONFORM): _S.CONFORM,
    (_S.SENT_FOR_EVALUATION, _E.FIND_CONFORM_WITH_NOTES): _S.CONFORM_WITH_NOTES,
    (_S.SENT_FOR_EVALUATION, _E.FIND_NOT_CONFORM): _S.NOT_CONFORM,
    (_S.SENT_FOR_EVALUATION, _E.LAPSE): _S.LAPSED_IN_FORCE,
    (_S.CONFORM, _E.SIGN): _S.SIGNED,
    (_S.CONFORM_WITH_NOTES, _E.SIGN): _S.SIGNED,
    (_S.CONFORM_WITH_NOTES, _E.CORRECT): _S.CORRECTION,
    (_S.LAPSED_IN_FORCE, _E.SIGN): _S.SIGNED,
    (_S.NOT_CONFORM, _E.CORRECT): _S.CORRECTION,
    (_S.NOT_CONFORM, _E.PROMULGATE): _S.PROMULGATED_AGAINST,
    (_S.CORRECTION, _E.SEND): _S.SENT_FOR_EVALUATION,
    (_S.SIGNED, _E.PROMULGATE): _S.PROMULGATED,
    (_S.PROMULGATED, _E.SEND_TO_REGENT): _S.SENT_TO_REGENT,
    (_S.PROMULGATED_AGAINST, _E.PROPOSE_ANNULMENT): _S.ANNULMENT_PROPOSED,
    (_S.ANNULMENT_PROPOSED, _E.ANNUL): _S.ANNULLED,
    (_S.ANNULLED, _E.STOP): _S.STOPPED,
    (_S.STOPPED, _E.REVOKE): _S.REVOKED,
}

TIMERS: Final[dict[str, str]] = {
    _S.AGREED: "D08",
    _S.SENT_FOR_EVALUATION: "D09",
    _S.NOT_CONFORM: "D17",
    _S.ANNULLED: "D18",
    _S.PROMULGATED: "D19",
}
"""State -> milestone that counts from the day it was entered. A correction in work keeps the day of its result."""

AFTER_RECEIPT: Final = frozenset({_S.SENT_FOR_EVALUATION.value})
RESULTS: Final = frozenset({_S.CONFORM, _S.CONFORM_WITH_NOTES, _S.NOT_CONFORM, _S.LAPSED_IN_FORCE})
IN_FORCE: Final = frozenset({_S.PROMULGATED, _S.SENT_TO_REGENT, _S.PROMULGATED_AGAINST, _S.ANNULMENT_PROPOSED})
"""States in which the budget binds; one that took effect by silence is signed and promulgated like the others."""

ALERTS: Final = (10, 15, 18)
"""Working days after receipt on which Camat and DPMD are warned that no result has come."""

LETTER: Final = ("number", "date")
_NEEDS: Final[dict[ApbEvent, tuple[str, ...]]] = {
    _E.AGREE: LETTER,
    _E.REFUSE: LETTER,
    _E.SEND: LETTER,
    _E.FIND_CONFORM: LETTER,
    _E.FIND_CONFORM_WITH_NOTES: (*LETTER, "note"),
    _E.FIND_NOT_CONFORM: (*LETTER, "note"),
    _E.SIGN: LETTER,
    _E.PROMULGATE: LETTER,
    _E.SEND_TO_REGENT: LETTER,
    _E.ANNUL: LETTER,
    _E.REVOKE: LETTER,
}


def next_state(state: ApbState, event: ApbEvent) -> ApbState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: ApbState) -> tuple[ApbEvent, ...]:
    """Return what can happen to a budget in *state*."""
    return events_from(TRANSITIONS, state)


def needs(event: ApbEvent) -> tuple[str, ...]:
    """Return what has to be written down with *event*: ``number`` and ``date`` of its letter, ``note``; else a day."""
    return _NEEDS.get(event, ("date",))


def running_clock(
    state: ApbState, dates: Mapping[str, date], today: date, holidays: AbstractSet[date] | None = None
) -> Clock | None:
    """Return the clock that runs in *state*; a correction goes on with that of the result that asked for it."""
    if state is _S.CORRECTION:
        asked_by = _S.NOT_CONFORM
        return clock_in(TIMERS, AFTER_RECEIPT, asked_by, dates, today, holidays)
    return clock_in(TIMERS, AFTER_RECEIPT, state, dates, today, holidays)


def may_lapse(dates: Mapping[str, date], today: date, holidays: AbstractSet[date] | None = None) -> bool:
    """Return whether the evaluation's days have passed without a result: the draft takes effect by itself.

    Only a known day of receipt counts: silence about something that nobody received gives no right.
    """
    clock = running_clock(_S.SENT_FOR_EVALUATION, dates, today, holidays)
    return clock is not None and not clock.from_sending and clock.over


def alert_days(dates: Mapping[str, date], today: date, holidays: AbstractSet[date] | None = None) -> int | None:
    """Return 10, 15 or 18 on the working day that warns of an evaluation without a result; nothing on other days."""
    received = dates.get(RECEIVED)
    if received is None:
        return None
    passed = working_days_between(received, today, holidays)
    return passed if passed in ALERTS and passed != working_days_between(received, _before(today), holidays) else None


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
