"""The way of a Perdes, row by row, its clocks, and what can be recorded when."""

from datetime import date, timedelta

import pytest

from rembuk.core.errors import BadInputError, IllegalTransitionError
from rembuk.core.law.deadlines import DEADLINES
from rembuk.core.workflow import perdes_states
from rembuk.core.workflow.perdes_states import TIMERS, PerdesEvent, PerdesState, acts_of, running_clock, stepped, way_of

ROWS = [
    ("draft", "consult", "consulted"),
    ("consulted", "discuss", "discussed"),
    ("discussed", "agree", "agreed"),
    ("agreed", "deliver", "delivered_to_head"),
    ("delivered_to_head", "sign", "signed"),
    ("delivered_to_head", "promulgate", "promulgated"),
    ("signed", "promulgate", "promulgated"),
    ("promulgated", "send", "sent_to_regent"),
    ("sent_to_regent", "receive", "sent_to_regent"),
    ("sent_to_regent", "clear", "clear"),
    ("sent_to_regent", "lapse", "clear"),
    ("sent_to_regent", "ask_revision", "revise"),
    ("revise", "resend", "sent_to_regent"),
    ("sent_to_regent", "annul", "annulled"),
]
DAY = date(2026, 9, 1)


@pytest.mark.parametrize(("state", "event", "after"), ROWS)
def test_each_row_of_the_table(state: str, event: str, after: str) -> None:
    assert perdes_states.next_state(PerdesState(state), PerdesEvent(event)) is PerdesState(after)


def test_there_is_no_other_way() -> None:
    allowed = {(state, event) for state, event, _after in ROWS}
    for state in PerdesState:
        for event in PerdesEvent:
            if (state.value, event.value) not in allowed:
                with pytest.raises(IllegalTransitionError):
                    perdes_states.next_state(state, event)


@pytest.mark.parametrize(
    ("state", "code", "days"),
    [("agreed", "D13", 7), ("delivered_to_head", "D14", 15), ("promulgated", "D15", 7), ("sent_to_regent", "D16", 30)],
)
def test_the_four_clocks(state: str, code: str, days: int) -> None:
    clock = running_clock(PerdesState(state), {state: DAY}, DAY + timedelta(2))
    assert clock is not None
    assert (clock.code, clock.due, clock.days_left) == (code, DAY + timedelta(days), days - 2)
    assert (clock.source, clock.certainty) == (DEADLINES[code].source, DEADLINES[code].certainty)


def test_no_clock_runs_elsewhere() -> None:
    for state in set(PerdesState) - {PerdesState(name) for name in TIMERS}:
        assert running_clock(state, {state: DAY}, DAY) is None


def test_a_day_before_one_that_is_recorded_is_refused() -> None:
    with pytest.raises(BadInputError) as refused:
        stepped(PerdesState.AGREED, {"agreed": DAY}, PerdesEvent.DELIVER, DAY - timedelta(1))
    assert refused.value.code == "perdes-dates-order"
    assert refused.value.values == {"first": "1 September 2026", "second": "31 Agustus 2026"}


def test_receipt_is_a_day_beside_the_states() -> None:
    state, dates = stepped(PerdesState.SENT_TO_REGENT, {"sent_to_regent": DAY}, PerdesEvent.RECEIVE, DAY + timedelta(3))
    assert (state, dates) == (PerdesState.SENT_TO_REGENT, {"sent_to_regent": DAY, "received": DAY + timedelta(3)})
    clock = running_clock(state, dates, DAY)
    assert clock is not None
    assert (clock.due, clock.from_sending) == (DAY + timedelta(33), False)


def test_the_way_names_what_is_done_skipped_late_and_next() -> None:
    dates = {
        "consulted": DAY,
        "discussed": DAY,
        "agreed": DAY,
        "delivered_to_head": DAY + timedelta(9),
        "promulgated": DAY + timedelta(30),
    }
    way = way_of(PerdesState.PROMULGATED, dates, DAY + timedelta(31))
    assert [(step.state.value, step.stance, step.late) for step in way] == [
        ("draft", "done", 0),
        ("consulted", "done", 0),
        ("discussed", "done", 0),
        ("agreed", "done", 0),
        ("delivered_to_head", "done", 2),
        ("signed", "skipped", 0),
        ("promulgated", "done", 0),
        ("sent_to_regent", "now", 0),
        ("clear", "later", 0),
    ]
    clock = way[7].clock
    assert clock is not None and clock.days_left == 6


@pytest.mark.parametrize("state", ["revise", "annulled"])
def test_another_result_stands_at_the_end_of_the_way(state: str) -> None:
    way = way_of(PerdesState(state), {state: DAY}, DAY)
    assert (way[-1].state.value, way[-1].stance, len(way)) == (state, "done", 9)


def test_promulgation_without_signature_opens_on_the_sixteenth_day() -> None:
    dates = {"delivered_to_head": DAY}
    early = {act.event: act.opens for act in acts_of(PerdesState.DELIVERED_TO_HEAD, dates, DAY + timedelta(15))}
    assert early == {PerdesEvent.SIGN: None, PerdesEvent.PROMULGATE: DAY + timedelta(16)}
    late = {act.event: act.opens for act in acts_of(PerdesState.DELIVERED_TO_HEAD, dates, DAY + timedelta(16))}
    assert late[PerdesEvent.PROMULGATE] is None


def events(dates: dict[str, date], today: date, **more: bool) -> list[str]:
    acts = acts_of(PerdesState.SENT_TO_REGENT, dates, today, **more)
    return [act.event.value for act in acts if act.opens is None]


def test_silence_counts_after_receipt_and_thirty_days_where_the_regency_lets_it() -> None:
    sent = {"sent_to_regent": DAY}
    results = ["clear", "ask_revision", "annul"]
    assert events(sent, DAY + timedelta(90)) == ["receive", *results]
    received = {**sent, "received": DAY}
    assert events(received, DAY + timedelta(30)) == results
    assert events(received, DAY + timedelta(31)) == ["clear", "lapse", "ask_revision", "annul"]
    assert events(received, DAY + timedelta(31), silence_clears=False) == results


def test_a_perdes_sent_again_asks_for_its_receipt_again() -> None:
    again = {"sent_to_regent": DAY, "received": DAY - timedelta(20)}
    assert events(again, DAY)[0] == "receive"


def test_results_are_written_down_with_their_letter() -> None:
    for event in (PerdesEvent.CLEAR, PerdesEvent.ASK_REVISION, PerdesEvent.ANNUL):
        assert perdes_states.needs(event)[:2] == ("number", "date")
    assert perdes_states.needs(PerdesEvent.LAPSE) == ("date",)


@pytest.mark.parametrize(
    ("dates", "silence", "code"),
    [
        ({"sent_to_regent": DAY}, True, "perdes-silence"),
        ({"sent_to_regent": DAY, "received": DAY}, False, "perdes-silence"),
        ({"sent_to_regent": DAY, "received": DAY}, True, "perdes-too-early"),
    ],
)
def test_silence_that_says_nothing_yet_is_refused(dates: dict[str, date], silence: bool, code: str) -> None:
    with pytest.raises(BadInputError) as refused:
        perdes_states.refuse_early(
            PerdesState.SENT_TO_REGENT, dates, PerdesEvent.LAPSE, DAY + timedelta(30), silence_clears=silence
        )
    assert refused.value.code == code


def test_a_step_whose_day_nobody_wrote_down_counts_as_done() -> None:
    way = way_of(PerdesState.AGREED, {"agreed": DAY}, DAY)
    assert [(step.state.value, step.stance, step.day) for step in way[:4]] == [
        ("draft", "done", None),
        ("consulted", "done", None),
        ("discussed", "done", None),
        ("agreed", "done", DAY),
    ]
