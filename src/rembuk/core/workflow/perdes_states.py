"""The way of a Perdes from draft to clarification, as one table with its clocks; RPJM and RKP Desa walk it alike.

RPJM and RKP are clarified after promulgation, not evaluated before. States and days in, next acts and clocks out:

    stepped(state, dates, event, day)            -> (next state, dates with the new day), days in order or refused
    running_clock(state, dates, today)           -> Clock | None             (D13, D14, D15, D16)
    way_of(state, dates, today)                  -> every step with its day, lateness, or the day it is due
    acts_of(state, dates, today, ...)            -> what can be recorded now, from when, and what has to be written

dates: state -> day it was entered, and ``clocks.RECEIVED`` for the day on which the regent's office took it in.

Source: UU 6/2014 Pasal 69; PP 43/2014 Pasal 84 and 87; Permendagri 111/2014.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError
from rembuk.core.law.deadlines import due_after
from rembuk.core.workflow.clocks import RECEIVED, Clock, clock_in
from rembuk.core.workflow.states import events_from, walk


class PerdesState(StrEnum):
    """Where the regulation stands."""

    DRAFT = "draft"
    CONSULTED = "consulted"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    DELIVERED_TO_HEAD = "delivered_to_head"
    SIGNED = "signed"
    PROMULGATED = "promulgated"
    SENT_TO_REGENT = "sent_to_regent"
    CLEAR = "clear"
    REVISE = "revise"
    ANNULLED = "annulled"


class PerdesEvent(StrEnum):
    """What happens to it. receive: the regent's office took it in; lapse: its days passed without an objection."""

    CONSULT = "consult"
    DISCUSS = "discuss"
    AGREE = "agree"
    DELIVER = "deliver"
    SIGN = "sign"
    PROMULGATE = "promulgate"
    SEND = "send"
    CLEAR = "clear"
    ASK_REVISION = "ask_revision"
    ANNUL = "annul"
    RESEND = "resend"
    RECEIVE = "receive"
    LAPSE = "lapse"


_S = PerdesState
_E = PerdesEvent
TRANSITIONS: Final[dict[tuple[PerdesState, PerdesEvent], PerdesState]] = {
    (_S.DRAFT, _E.CONSULT): _S.CONSULTED,
    (_S.CONSULTED, _E.DISCUSS): _S.DISCUSSED,
    (_S.DISCUSSED, _E.AGREE): _S.AGREED,
    (_S.AGREED, _E.DELIVER): _S.DELIVERED_TO_HEAD,
    (_S.DELIVERED_TO_HEAD, _E.SIGN): _S.SIGNED,
    (_S.DELIVERED_TO_HEAD, _E.PROMULGATE): _S.PROMULGATED,
    (_S.SIGNED, _E.PROMULGATE): _S.PROMULGATED,
    (_S.PROMULGATED, _E.SEND): _S.SENT_TO_REGENT,
    (_S.SENT_TO_REGENT, _E.RECEIVE): _S.SENT_TO_REGENT,
    (_S.SENT_TO_REGENT, _E.CLEAR): _S.CLEAR,
    (_S.SENT_TO_REGENT, _E.LAPSE): _S.CLEAR,
    (_S.SENT_TO_REGENT, _E.ASK_REVISION): _S.REVISE,
    (_S.REVISE, _E.RESEND): _S.SENT_TO_REGENT,
    (_S.SENT_TO_REGENT, _E.ANNUL): _S.ANNULLED,
}
"""A draft left unsigned after its days is promulgated all the same (PP 43/2014 Pasal 84; Permendagri 111/2014)."""

TIMERS: Final[dict[str, str]] = {
    _S.AGREED: "D13",
    _S.DELIVERED_TO_HEAD: "D14",
    _S.PROMULGATED: "D15",
    _S.SENT_TO_REGENT: "D16",
}
"""State -> milestone that counts from the day it was entered."""

AFTER_RECEIPT: Final = frozenset({_S.SENT_TO_REGENT.value})
"""The clarification counts from the day the regent's office received the Perdes."""

WAY: Final = (
    _S.DRAFT,
    _S.CONSULTED,
    _S.DISCUSSED,
    _S.AGREED,
    _S.DELIVERED_TO_HEAD,
    _S.SIGNED,
    _S.PROMULGATED,
    _S.SENT_TO_REGENT,
    _S.CLEAR,
)
IN_FORCE: Final = frozenset({_S.PROMULGATED, _S.SENT_TO_REGENT, _S.CLEAR, _S.REVISE})
"""States in which the Perdes binds: from promulgation (PP 43/2014 Pasal 84 ayat (3)) until it is annulled."""

SILENCE_CLEARS: Final = True
"""Whether silence after thirty days is recorded as no objection. The text is not settled: a regency may set it off."""

LETTER: Final = ("number", "date")
_NEEDS: Final[dict[PerdesEvent, tuple[str, ...]]] = {
    _E.AGREE: LETTER,
    _E.SIGN: LETTER,
    _E.PROMULGATE: (*LETTER, "gazette"),
    _E.SEND: LETTER,
    _E.RESEND: LETTER,
    _E.CLEAR: LETTER,
    _E.ASK_REVISION: (*LETTER, "note"),
    _E.ANNUL: LETTER,
}


def next_state(state: PerdesState, event: PerdesEvent) -> PerdesState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def needs(event: PerdesEvent) -> tuple[str, ...]:
    """Return what has to be written down with *event*: number and date of its letter, ``gazette``, ``note``."""
    return _NEEDS.get(event, ("date",))


def stepped(
    state: PerdesState, dates: Mapping[str, date], event: PerdesEvent, day: date
) -> tuple[PerdesState, dict[str, date]]:
    """Return the state after *event* on *day*, and the days with the new one.

    Raises: IllegalTransitionError; BadInputError ``perdes-dates-order`` for a day before one that is recorded.
    """
    after = next_state(state, event)
    last = max(dates.values(), default=day)
    if day < last:
        raise BadInputError("perdes-dates-order", first=date_text(last), second=date_text(day))
    return after, {**dates, (RECEIVED if event is _E.RECEIVE else after.value): day}


def running_clock(state: PerdesState, dates: Mapping[str, date], today: date) -> Clock | None:
    """Return the clock that runs in *state*; nothing where none does or the day it was entered is not known."""
    return clock_in(TIMERS, AFTER_RECEIPT, state, dates, today)


def may_promulgate_unsigned(delivered: date, today: date) -> bool:
    """Return whether the head's days to sign are over, so that the secretary may promulgate without the signature."""
    return today > due_after("D14", delivered)


def possible_events(state: PerdesState) -> tuple[PerdesEvent, ...]:
    """Return what can happen to a regulation in *state*."""
    return events_from(TRANSITIONS, state)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way. stance: done | skipped (head did not sign) | now (comes next) | later.

    day: when it was done, nothing where nobody wrote it down. clock: what counts towards it while it is next.
    late: days it was done after its last day.
    """

    state: PerdesState
    stance: Literal["done", "skipped", "now", "later"]
    day: date | None = None
    clock: Clock | None = None
    late: int = 0


def way_of(state: PerdesState, dates: Mapping[str, date], today: date) -> tuple[Step, ...]:
    """Return the whole way as it stands; a result that is not "clear" takes the last place."""
    way = (*WAY[:-1], state) if state in (_S.REVISE, _S.ANNULLED) else WAY
    here = way.index(state)
    steps = []
    for number, at in enumerate(way):
        if number > here:
            now = number == here + 1
            steps.append(Step(at, "now" if now else "later", clock=running_clock(state, dates, today) if now else None))
        elif at is _S.SIGNED and at not in dates and number != here:
            steps.append(Step(at, "skipped"))
        else:
            steps.append(Step(at, "done", dates.get(at), late=_late(way, number, dates)))
    return tuple(steps)


def _late(way: tuple[PerdesState, ...], number: int, dates: Mapping[str, date]) -> int:
    """Return by how many days a done step missed the clock of the step before it."""
    day = dates.get(way[number])
    clock = running_clock(way[number - 1], dates, day) if number and day is not None else None
    return max(0, -clock.days_left) if clock is not None else 0


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be recorded. needs: particulars asked for. opens: first day it may be done, if not yet."""

    event: PerdesEvent
    needs: tuple[str, ...]
    opens: date | None = None


def acts_of(
    state: PerdesState, dates: Mapping[str, date], today: date, *, silence_clears: bool = SILENCE_CLEARS
) -> tuple[Act, ...]:
    """Return what can be recorded in *state*, in the order of the table.

    Promulgation without the head's signature opens after his fifteen days; silence counts only after receipt is known
    and its thirty days are over, and not at all where the regency has set it off.
    """
    found = []
    for event in possible_events(state):
        opens: date | None = None
        if event is _E.RECEIVE and RECEIVED in dates and dates[RECEIVED] >= dates.get(state, dates[RECEIVED]):
            continue
        if state is _S.DELIVERED_TO_HEAD and event is _E.PROMULGATE:
            opens = _day_after(running_clock(state, dates, today))
        if event is _E.LAPSE:
            clock = running_clock(state, dates, today)
            if not silence_clears or clock is None or clock.from_sending:
                continue
            opens = _day_after(clock)
        found.append(Act(event, needs(event), opens if opens is not None and opens > today else None))
    return tuple(found)


def _day_after(clock: Clock | None) -> date | None:
    return date.fromordinal(clock.due.toordinal() + 1) if clock is not None else None


def refuse_early(
    state: PerdesState,
    dates: Mapping[str, date],
    event: PerdesEvent,
    day: date,
    *,
    silence_clears: bool = SILENCE_CLEARS,
) -> None:
    """Refuse what is in the table but not open on *day* yet.

    Raises: BadInputError ``perdes-too-early``, ``perdes-received-already``, ``perdes-silence`` where silence says
    nothing (receipt not known, or set off by the regency).
    """
    act = next((one for one in acts_of(state, dates, day, silence_clears=silence_clears) if one.event is event), None)
    if act is None and event is _E.LAPSE:
        raise BadInputError("perdes-silence")
    if act is None and event is _E.RECEIVE:
        raise BadInputError("perdes-received-already")
    if act is not None and act.opens is not None:
        raise BadInputError("perdes-too-early", opens=date_text(act.opens))
