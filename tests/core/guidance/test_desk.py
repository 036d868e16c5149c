"""The desk of evaluations: its table row by row, rounds, marks, clocks, signatures, changes, lists held fast."""

from datetime import date

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.guidance import desk_states
from rembuk.core.guidance.desk_changes import changed_rows
from rembuk.core.guidance.desk_checklists import CHECK_LISTS, LIST_VERSIONS, digest_of, list_on, list_version
from rembuk.core.guidance.desk_clock import alert_reached, desk_clock, service_figures
from rembuk.core.guidance.desk_signing import Delegated, delegation_on, may_forward, signers_of
from rembuk.core.guidance.desk_states import DeskEvent, DeskResult, DeskState, result_of, round_after, unmarked
from rembuk.core.hat import Role

ROWS = [
    ("submitted", "return_incomplete", "incomplete"),
    ("submitted", "resubmit", "submitted"),
    ("submitted", "register", "under_review"),
    ("incomplete", "resubmit", "submitted"),
    ("under_review", "draft_result", "result_draft"),
    ("result_draft", "reopen", "under_review"),
    ("result_draft", "sign", "result_signed"),
]
MONDAY = date(2026, 11, 2)
NO_HOLIDAYS: frozenset[date] = frozenset()


@pytest.mark.parametrize(("state", "event", "after"), ROWS)
def test_each_row_of_the_table(state: str, event: str, after: str) -> None:
    assert desk_states.next_state(DeskState(state), DeskEvent(event)) is DeskState(after)


def test_there_is_no_other_way() -> None:
    allowed = {(state, event) for state, event, _after in ROWS}
    for state in DeskState:
        for event in DeskEvent:
            if (state.value, event.value) not in allowed:
                with pytest.raises(IllegalTransitionError):
                    desk_states.next_state(state, event)


def test_a_signed_result_is_the_end_of_its_round() -> None:
    assert desk_states.possible_events(DeskState.RESULT_SIGNED) == ()


def test_no_clock_runs_before_the_draft_is_registered() -> None:
    assert frozenset({DeskState.UNDER_REVIEW, DeskState.RESULT_DRAFT}) == desk_states.CLOCK_RUNS


@pytest.mark.parametrize(
    ("marks", "result"),
    [
        ({}, "conform"),
        ({1: "CONFORM", 2: "NA"}, "conform"),
        ({1: "CONFORM", 2: "NOTE"}, "conform_with_notes"),
        ({1: "NOTE", 2: "NOT_CONFORM"}, "not_conform"),
    ],
)
def test_the_marks_decide_the_result(marks: dict[int, str], result: str) -> None:
    assert result_of(marks) is DeskResult(result)


def test_items_that_nobody_looked_at_are_named_in_their_order() -> None:
    assert unmarked([1, 2, 3], {2: "CONFORM", 3: ""}) == (1, 3)


@pytest.mark.parametrize("result", ["conform_with_notes", "not_conform"])
def test_a_corrected_draft_begins_the_next_round(result: str) -> None:
    assert round_after(1, DeskResult(result)) == 2


def test_a_draft_that_conforms_is_not_handed_in_again() -> None:
    with pytest.raises(RefusedError, match="desk-conform-already"):
        round_after(1, DeskResult.CONFORM)


def test_the_apb_has_the_twenty_days_of_the_law() -> None:
    clock = desk_clock("EV-APB", MONDAY, MONDAY, standard_days=3, holidays=NO_HOLIDAYS)
    assert (clock.due, clock.days, clock.by_law, clock.source) == (
        date(2026, 11, 30),
        20,
        True,
        "Permendagri 20/2018 Pasal 35",
    )


@pytest.mark.parametrize("checks", ["EV-RPJM", "EV-RKP"])
def test_the_pre_check_has_only_a_service_standard(checks: str) -> None:
    clock = desk_clock(checks, MONDAY, MONDAY, holidays=NO_HOLIDAYS)
    assert (clock.due, clock.days, clock.by_law, clock.source) == (date(2026, 11, 16), 10, False, "")


@pytest.mark.parametrize(
    ("today", "used", "left", "over"),
    [
        (MONDAY, 0, 10, False),
        (date(2026, 11, 13), 9, 1, False),
        (date(2026, 11, 16), 10, 0, False),
        (date(2026, 11, 17), 11, -1, True),
    ],
)
def test_working_days_used_and_left(today: date, used: int, left: int, over: bool) -> None:
    clock = desk_clock("EV-RKP", MONDAY, today, holidays=NO_HOLIDAYS)
    assert (clock.used, clock.days_left, clock.over) == (used, left, over)


def test_a_clock_is_over_on_the_free_day_after_its_last() -> None:
    clock = desk_clock("EV-RKP", MONDAY, date(2026, 11, 21), standard_days=14, holidays=NO_HOLIDAYS)
    assert (clock.due, clock.days_left, clock.over) == (date(2026, 11, 20), -1, True)


def test_an_ended_clock_stands_still() -> None:
    clock = desk_clock("EV-RKP", MONDAY, date(2027, 1, 5), holidays=NO_HOLIDAYS, ended=date(2026, 11, 6))
    assert (clock.used, clock.over) == (4, False)


@pytest.mark.parametrize(
    ("today", "alert"),
    [
        (date(2026, 11, 13), None),
        (date(2026, 11, 16), 10),
        (date(2026, 11, 20), 10),
        (date(2026, 11, 23), 15),
        (date(2026, 11, 26), 18),
        (date(2026, 12, 1), 18),
    ],
)
def test_alerts_come_on_the_tenth_fifteenth_and_eighteenth_working_day(today: date, alert: int | None) -> None:
    assert alert_reached(MONDAY, today, NO_HOLIDAYS) == alert


def test_service_within_time_counts_what_was_signed_and_what_is_late() -> None:
    def clock(today: date):
        return desk_clock("EV-RKP", MONDAY, today, holidays=NO_HOLIDAYS)

    quick, late = clock(date(2026, 11, 6)), clock(date(2026, 11, 20))
    figures = service_figures([(quick, True), (late, True), (late, False), (quick, False)])
    assert (figures.within, figures.received, figures.running, figures.median_days) == (1, 3, 1, 9.0)
    assert figures.permille == 333


def test_without_evaluations_there_is_no_share() -> None:
    assert (service_figures([]).permille, service_figures([]).median_days) == (None, None)


PERBUP = Delegated("Perbup 10 Tahun 2026", date(2026, 1, 10), date(2026, 12, 31), ("64.02.18",))


@pytest.mark.parametrize(
    ("district", "on", "holds"),
    [
        ("64.02.18", date(2026, 1, 9), False),
        ("64.02.18", date(2026, 1, 10), True),
        ("64.02.18", date(2026, 12, 31), True),
        ("64.02.18", date(2027, 1, 1), False),
        ("64.02.01", date(2026, 6, 1), False),
    ],
)
def test_a_delegation_holds_for_its_districts_and_days(district: str, on: date, holds: bool) -> None:
    assert (delegation_on([PERBUP], district, on) is PERBUP) is holds


def test_the_newer_of_two_delegations_is_the_one_named() -> None:
    newer = Delegated("Perbup 4 Tahun 2027", date(2026, 6, 1))
    assert delegation_on([PERBUP, newer], "64.02.18", date(2026, 7, 1)) is newer


def test_the_camat_signs_the_apb_only_where_it_is_delegated() -> None:
    assert signers_of("EV-APB", delegated=True) == {Role.CAM}
    assert Role.CAM not in signers_of("EV-APB", delegated=False)
    assert Role.BUP in signers_of("EV-APB", delegated=False)


def test_without_delegation_the_camat_hands_the_apb_on() -> None:
    assert (may_forward("EV-APB", delegated=False), may_forward("EV-APB", delegated=True)) == (True, False)


def test_the_pre_check_is_signed_by_camat_or_dpmd_whatever_is_delegated() -> None:
    assert signers_of("EV-RKP", delegated=False) == signers_of("EV-RPJM", delegated=True) == {Role.CAM, Role.KDP}


def test_only_what_changed_between_two_rounds_is_shown() -> None:
    before = [
        {"key": "a", "name": "Titian", "cells": {"biaya": "10", "lokasi": "RT 01"}},
        {"key": "b", "name": "Posyandu", "cells": {"biaya": "5"}},
        {"key": "c", "name": "Pos kamling", "cells": {"biaya": "2"}},
    ]
    after = [
        {"key": "a", "name": "Titian ulin", "cells": {"biaya": "12", "lokasi": "RT 01"}},
        {"key": "b", "name": "Posyandu", "cells": {"biaya": "5"}},
        {"key": "d", "name": "Sumur bor", "cells": {"biaya": "3"}},
    ]
    rows = [(row.kind, row.name, row.cells) for row in changed_rows(before, after)]
    assert rows == [
        ("changed", "Titian ulin", (("nama", "Titian", "Titian ulin"), ("biaya", "10", "12"))),
        ("added", "Sumur bor", ()),
        ("dropped", "Pos kamling", ()),
    ]


# A used version is never reworded: whoever changes the words adds a version and its digest here.
USED = {
    ("EV-RPJM", "1"): "2bb25064cd8d9bd8ca32d3232d76804d0b648f736b25323537979f240ce98231",
    ("EV-RKP", "1"): "c1d1653c8a75f55104b7cb3fc9ce08bfde746ebf3e3df8ea8650061c69fac47d",
    ("EV-APB", "1"): "30d3ddd70108838ad8b496b8c19114d158b3f60b8d2a459b4b9091e5e6ccec4a",
}


def test_no_used_version_of_a_list_has_been_reworded() -> None:
    assert {(row.code, row.version): digest_of(row) for row in LIST_VERSIONS} == USED


def test_a_draft_is_checked_by_the_version_of_its_day() -> None:
    assert list_on("EV-RKP", date(2026, 9, 21)).version == "1"
    assert list_on("EV-RKP", date(2020, 1, 1)).version == "1"


def test_a_version_that_never_was_is_refused() -> None:
    with pytest.raises(KeyError):
        list_version("EV-RKP", "99")


def test_every_question_of_the_village_has_plain_words_and_a_hint() -> None:
    assert [item.number for item in CHECK_LISTS["EV-RKP"] if item.plain.endswith("?") and item.hint] == list(
        range(1, 21)
    )
