"""The life of a request for technical support, whose turn it is, and until when."""

from datetime import date

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.lists import regional_agencies
from rembuk.core.support_requests import (
    KINDS,
    RAB_ITEMS,
    TRANSITIONS,
    Event,
    Moments,
    Owed,
    State,
    agency_for,
    next_state,
    owed,
)

# The programme's text: DRAFT -> SENT -> CAMAT_CHECKED -> ACCEPTED_OPD | DECLINED -> SCHEDULED -> DONE ->
# ACCEPTED_BY_VILLAGE -> CLOSED. Two rows are ours: the Camat gives back what is incomplete; a day that was set moves.
TEXT = {
    ("draft", "send", "sent"),
    ("sent", "check", "camat_checked"),
    ("camat_checked", "accept", "accepted_opd"),
    ("camat_checked", "decline", "declined"),
    ("accepted_opd", "schedule", "scheduled"),
    ("scheduled", "finish", "done"),
    ("done", "take", "accepted_by_village"),
    ("accepted_by_village", "close", "closed"),
}
OURS = {("sent", "return", "draft"), ("scheduled", "move", "scheduled")}


def test_the_table_is_the_text_and_two_rows_of_ours():
    rows = {(state.value, event.value, after.value) for (state, event), after in TRANSITIONS.items()}
    assert rows == TEXT | OURS


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", Event)
def test_every_other_step_is_refused(state, event):
    if (state, event) in TRANSITIONS:
        return
    with pytest.raises(IllegalTransitionError):
        next_state(state, event)


def test_there_are_twelve_kinds_and_eleven_things_to_look_at_in_a_rab():
    assert (len(KINDS), len(RAB_ITEMS)) == (12, 11)


@pytest.mark.parametrize(("code", "agency"), [("2.3.10", "dpu"), ("2.2.02", "dinkes"), ("4.1.01", "dkp"), ("", "dpu")])
def test_the_agency_that_usually_helps_is_offered(code, agency):
    assert agency_for(code) == agency
    assert agency in regional_agencies()


MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("state", "kind", "moments", "today", "expected"),
    [
        (State.DRAFT, "rab", Moments(), MONDAY, None),
        (State.SENT, "rab", Moments(sent=MONDAY), MONDAY, Owed("camat", date(2026, 11, 5), 3)),
        (State.SENT, "rab", Moments(sent=MONDAY), date(2026, 11, 6), Owed("camat", date(2026, 11, 5), -1)),
        (State.CAMAT_CHECKED, "data", Moments(checked=MONDAY), MONDAY, Owed("agency", date(2026, 11, 16), 10)),
        (State.ACCEPTED_OPD, "rab", Moments(accepted=MONDAY), MONDAY, Owed("agency", date(2026, 11, 23), 15)),
        (State.ACCEPTED_OPD, "survey", Moments(accepted=MONDAY), MONDAY, None),
        (
            State.SCHEDULED,
            "survey",
            Moments(accepted=MONDAY, scheduled=date(2026, 11, 9)),
            date(2026, 11, 10),
            Owed("agency", date(2026, 11, 9), -1),
        ),
        (State.DONE, "rab", Moments(accepted=MONDAY), MONDAY, None),
    ],
)
def test_whose_turn_it_is_and_until_when(state, kind, moments, today, expected):
    assert owed(state, kind, moments, today) == expected
