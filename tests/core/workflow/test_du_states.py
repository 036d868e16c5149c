"""A need handed upward: its way to the Camat, what holds it back, and answers that say why."""

from dataclasses import replace

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.workflow import du_states
from rembuk.core.workflow.du_states import MARKS, NEGATIVE, DuEvent, DuFacts, DuState, completeness_of

ROWS = [
    ("DRAFT", "agree", "AGREED_VILLAGE"),
    ("AGREED_VILLAGE", "reopen", "DRAFT"),
    ("AGREED_VILLAGE", "submit", "SUBMITTED_CAMAT"),
    ("SUBMITTED_CAMAT", "return", "RETURNED"),
    ("RETURNED", "submit", "SUBMITTED_CAMAT"),
    ("SUBMITTED_CAMAT", "take_up", "IN_RKPD"),
    ("SUBMITTED_CAMAT", "defer", "DEFERRED"),
    ("SUBMITTED_CAMAT", "reject", "REJECTED"),
]
WHY = {"code": "budget", "text": "Anggaran 2028 sudah penuh.", "year": 2029}


@pytest.mark.parametrize(("state", "event", "after"), ROWS)
def test_each_row_of_the_table(state: str, event: str, after: str) -> None:
    assert du_states.next_state(DuState(state), DuEvent(event), **WHY) is DuState(after)


def test_there_is_no_other_way() -> None:
    allowed = {(state, event) for state, event, _after in ROWS}
    for state in DuState:
        for event in DuEvent:
            if (state.value, event.value) not in allowed:
                with pytest.raises(IllegalTransitionError):
                    du_states.next_state(state, event, **WHY)


@pytest.mark.parametrize("event", sorted(NEGATIVE))
@pytest.mark.parametrize(("code", "text"), [("", "x"), ("because", "x"), ("budget", "  ")])
def test_no_negative_answer_without_a_known_code_and_a_sentence(event: DuEvent, code: str, text: str) -> None:
    with pytest.raises(RefusedError, match="du-answer-reason"):
        du_states.next_state(DuState.SUBMITTED_CAMAT, event, code=code, text=text, year=2029)


def test_a_deferred_need_names_its_year() -> None:
    with pytest.raises(RefusedError, match="du-answer-year"):
        du_states.next_state(DuState.SUBMITTED_CAMAT, DuEvent.DEFER, code="budget", text="Penuh.")


FULL = DuFacts(*([True] * len(MARKS)))


def test_four_marks_hold_the_list_back_and_the_others_say_how_ready_it_is() -> None:
    assert (completeness_of(FULL).met, completeness_of(FULL).lacking) == (10, ())
    found = completeness_of(replace(FULL, location=False, land=False))
    assert (found.met, found.total, found.lacking, found.blocking) == (8, 10, ("lokasi", "kesiapan lahan"), ("lokasi",))
