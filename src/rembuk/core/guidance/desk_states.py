"""The desk by which Camat and DPMD evaluate a draft, as one table: states and events in, next state out.

    next_state(DeskState.SUBMITTED, DeskEvent.REGISTER)   -> DeskState.UNDER_REVIEW      (the clock starts)
    round_after(1, DeskResult.NOT_CONFORM)                -> 2
    result_of({1: "CONFORM", 2: "NOTE"})                  -> DeskResult.CONFORM_WITH_NOTES

An incomplete draft goes back at once and no clock has started. What follows the signed result, and every clock of the
law, belongs to the Perdes (`core.workflow.apb_evaluation`, `perdes_states`). The pre-check of an RPJM is this desk.

Source: Permendagri 20/2018 Pasal 35-37 for the APB Desa; for RPJM and RKP Desa the practice of the regency.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.core.workflow.states import events_from, walk


class DeskState(StrEnum):
    """Where a round of an evaluation stands."""

    SUBMITTED = "submitted"
    INCOMPLETE = "incomplete"
    UNDER_REVIEW = "under_review"
    RESULT_DRAFT = "result_draft"
    RESULT_SIGNED = "result_signed"


class DeskEvent(StrEnum):
    """What happens at the desk. resubmit: the village completes what was lacking, in the same round."""

    RETURN_INCOMPLETE = "return_incomplete"
    RESUBMIT = "resubmit"
    REGISTER = "register"
    DRAFT_RESULT = "draft_result"
    REOPEN = "reopen"
    SIGN = "sign"


class DeskResult(StrEnum):
    """What a signed letter says of the whole draft."""

    CONFORM = "conform"
    CONFORM_WITH_NOTES = "conform_with_notes"
    NOT_CONFORM = "not_conform"


class ItemMark(StrEnum):
    """What a reviewer found of one item."""

    CONFORM = "CONFORM"
    NOTE = "NOTE"
    NOT_CONFORM = "NOT_CONFORM"
    NA = "NA"


_S = DeskState
_E = DeskEvent
TRANSITIONS: Final[dict[tuple[DeskState, DeskEvent], DeskState]] = {
    (_S.SUBMITTED, _E.RETURN_INCOMPLETE): _S.INCOMPLETE,
    (_S.SUBMITTED, _E.RESUBMIT): _S.SUBMITTED,
    (_S.SUBMITTED, _E.REGISTER): _S.UNDER_REVIEW,
    (_S.INCOMPLETE, _E.RESUBMIT): _S.SUBMITTED,
    (_S.UNDER_REVIEW, _E.DRAFT_RESULT): _S.RESULT_DRAFT,
    (_S.RESULT_DRAFT, _E.REOPEN): _S.UNDER_REVIEW,
    (_S.RESULT_DRAFT, _E.SIGN): _S.RESULT_SIGNED,
}

WITH_THE_VILLAGE: Final = frozenset({_S.INCOMPLETE, _S.RESULT_SIGNED})
OPEN: Final = frozenset({_S.SUBMITTED, _S.INCOMPLETE, _S.UNDER_REVIEW, _S.RESULT_DRAFT})
CLOCK_RUNS: Final = frozenset({_S.UNDER_REVIEW, _S.RESULT_DRAFT})

NEEDS_FIX: Final = frozenset({ItemMark.NOTE, ItemMark.NOT_CONFORM})
"""Marks that must say what is to be changed. Source: the programme's rules of behaviour, 5."""


def next_state(state: DeskState, event: DeskEvent) -> DeskState:
    """Return where *event* leads. Raises: IllegalTransitionError."""
    return walk(TRANSITIONS, state, event)


def possible_events(state: DeskState) -> tuple[DeskEvent, ...]:
    """Return what can happen to a round in *state*."""
    return events_from(TRANSITIONS, state)


def round_after(number: int, result: DeskResult) -> int:
    """Return the round in which a corrected draft comes in. Raises: RefusedError when nothing was to be corrected."""
    if result is DeskResult.CONFORM:
        raise RefusedError("desk-conform-already")
    return number + 1


def result_of(marks: Mapping[int, str]) -> DeskResult:
    """Return what the marks amount to: one item that does not conform decides, else one note."""
    found = set(marks.values())
    if ItemMark.NOT_CONFORM in found:
        return DeskResult.NOT_CONFORM
    return DeskResult.CONFORM_WITH_NOTES if ItemMark.NOTE in found else DeskResult.CONFORM


def unmarked(numbers: Iterable[int], marks: Mapping[int, str]) -> tuple[int, ...]:
    """Return the items that nobody has looked at yet, in their order."""
    return tuple(number for number in numbers if not marks.get(number))
