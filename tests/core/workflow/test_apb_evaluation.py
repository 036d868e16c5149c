"""The evaluation of an APB Desa, row by row, and its clocks in working days."""

from datetime import date

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.workflow import apb_evaluation
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState

ROWS = [
    ("draft", "agree", "agreed"),
    ("draft", "refuse", "refused"),
    ("refused", "redraft", "draft"),
    ("agreed", "send", "sent_for_evaluation"),
    ("sent_for_evaluation", "receive", "sent_for_evaluation"),
    ("sent_for_evaluation", "find_conform", "conform"),
    ("sent_for_evaluation", "find_conform_with_notes", "conform_with_notes"),
    ("sent_for_evaluation", "find_not_conform", "not_conform"),
    ("sent_for_evaluation", "lapse", "lapsed_in_force"),
    ("conform", "sign", "signed"),
    ("conform_with_notes", "sign", "signed"),
    ("conform_with_notes", "correct", "correction"),
    ("lapsed_in_force", "sign", "signed"),
    ("not_conform", "correct", "correction"),
    ("not_conform", "promulgate", "promulgated_against"),
    ("correction", "send", "sent_for_evaluation"),
    ("signed", "promulgate", "promulgated"),
    ("promulgated", "send_to_regent", "sent_to_regent"),
    ("promulgated_against", "propose_annulment", "annulment_proposed"),
    ("annulment_proposed", "annul", "annulled"),
    ("annulled", "stop", "stopped"),
    ("stopped", "revoke", "revoked"),
]


@pytest.mark.parametrize(("state", "event", "after"), ROWS)
def test_each_row_of_the_table(state: str, event: str, after: str) -> None:
    assert apb_evaluation.next_state(ApbState(state), ApbEvent(event)) is ApbState(after)


def test_there_is_no_other_way() -> None:
    allowed = {(state, event) for state, event, _after in ROWS}
    for state in ApbState:
        for event in ApbEvent:
            if (state.value, event.value) not in allowed:
                with pytest.raises(IllegalTransitionError):
                    apb_evaluation.next_state(state, event)


# Monday 2 November 2026; the holidays are given, so that no decree of the year plays in.
MONDAY = date(2026, 11, 2)
CLOSED = frozenset({date(2026, 11, 10)})


@pytest.mark.parametrize(
    ("state", "code", "due"),
    [
        ("agreed", "D08", date(2026, 11, 5)),
        ("sent_for_evaluation", "D09", date(2026, 12, 1)),
        ("not_conform", "D17", date(2026, 12, 1)),
        ("promulgated", "D19", date(2026, 11, 12)),
        ("annulled", "D18", date(2026, 11, 12)),
    ],
)
def test_clocks_count_calendar_or_working_days_as_the_article_says(state: str, code: str, due: date) -> None:
    clock = apb_evaluation.running_clock(ApbState(state), {state: MONDAY}, MONDAY, CLOSED)
    assert clock is not None
    assert (clock.code, clock.due, clock.days_left) == (code, due, (due - MONDAY).days)


def test_states_without_a_clock_have_none() -> None:
    for state in set(ApbState) - {ApbState(name) for name in apb_evaluation.TIMERS}:
        assert apb_evaluation.running_clock(state, {state: MONDAY}, MONDAY, CLOSED) is None


def test_a_correction_goes_on_with_the_clock_of_its_result() -> None:
    dates = {"not_conform": MONDAY, "correction": date(2026, 11, 9)}
    clock = apb_evaluation.running_clock(ApbState.CORRECTION, dates, MONDAY, CLOSED)
    assert clock is not None and clock.due == date(2026, 12, 1)


def test_silence_counts_from_receipt_only() -> None:
    sent = {"sent_for_evaluation": MONDAY}
    day = date(2027, 1, 15)
    assert not apb_evaluation.may_lapse(sent, day, CLOSED)
    received = {**sent, "received": MONDAY}
    assert not apb_evaluation.may_lapse(received, date(2026, 12, 1), CLOSED)
    assert apb_evaluation.may_lapse(received, date(2026, 12, 2), CLOSED)


def test_a_receipt_of_the_first_round_does_not_start_the_second() -> None:
    dates = {"sent_for_evaluation": date(2026, 12, 1), "received": MONDAY}
    clock = apb_evaluation.running_clock(ApbState.SENT_FOR_EVALUATION, dates, date(2026, 12, 1), CLOSED)
    assert clock is not None and clock.from_sending


@pytest.mark.parametrize(
    ("today", "alert"),
    [
        (date(2026, 11, 16), None),
        (date(2026, 11, 17), 10),
        (date(2026, 11, 18), None),
        (date(2026, 11, 24), 15),
        (date(2026, 11, 27), 18),
        (date(2026, 11, 28), None),
    ],
)
def test_alerts_go_out_once_on_the_tenth_fifteenth_and_eighteenth_working_day(today: date, alert: int | None) -> None:
    dates = {"sent_for_evaluation": MONDAY, "received": MONDAY}
    assert apb_evaluation.alert_days(dates, today, CLOSED) == alert


def test_what_has_to_be_written_down_follows_the_event() -> None:
    assert apb_evaluation.needs(ApbEvent.LAPSE) == ("date",)
    assert apb_evaluation.needs(ApbEvent.ANNUL) == ("number", "date")
    assert apb_evaluation.needs(ApbEvent.FIND_NOT_CONFORM) == ("number", "date", "note")
