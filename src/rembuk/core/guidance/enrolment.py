"""A person in a batch: nomination, waiting list, attendance, result, remedial, certificate; and who gets a place.

Source: the programme's machine of enrolment and certificate; design. Three rows are ours: someone on the waiting list
moves up or is told no, and someone accepted who never comes is dropped, so that a place is free again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rembuk.core.errors import RefusedError
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.workflow.states import events_from, walk


class EnrolmentState(StrEnum):
    """Where a person stands in a batch."""

    NOMINATED = "NOMINATED"
    ACCEPTED = "ACCEPTED"
    WAITLISTED = "WAITLISTED"
    REJECTED = "REJECTED"
    ATTENDING = "ATTENDING"
    COMPLETED = "COMPLETED"
    DROPPED = "DROPPED"
    PASSED = "PASSED"
    NOT_PASSED = "NOT_PASSED"
    REMEDIAL = "REMEDIAL"
    CERTIFIED = "CERTIFIED"


class EnrolmentEvent(StrEnum):
    """What happens to a person in a batch."""

    ACCEPT = "accept"
    WAIT = "wait"
    REJECT = "reject"
    ATTEND = "attend"
    COMPLETE = "complete"
    DROP = "drop"
    PASS = "pass"  # noqa: S105 - what happens to a person, no password
    FAIL = "fail"
    REMEDY = "remedy"
    CERTIFY = "certify"


_S = EnrolmentState
_E = EnrolmentEvent
TRANSITIONS: Final[dict[tuple[EnrolmentState, EnrolmentEvent], EnrolmentState]] = {
    (_S.NOMINATED, _E.ACCEPT): _S.ACCEPTED,
    (_S.NOMINATED, _E.WAIT): _S.WAITLISTED,
    (_S.NOMINATED, _E.REJECT): _S.REJECTED,
    (_S.WAITLISTED, _E.ACCEPT): _S.ACCEPTED,
    (_S.WAITLISTED, _E.REJECT): _S.REJECTED,
    (_S.ACCEPTED, _E.ATTEND): _S.ATTENDING,
    (_S.ACCEPTED, _E.DROP): _S.DROPPED,
    (_S.ATTENDING, _E.COMPLETE): _S.COMPLETED,
    (_S.ATTENDING, _E.DROP): _S.DROPPED,
    (_S.COMPLETED, _E.PASS): _S.PASSED,
    (_S.COMPLETED, _E.FAIL): _S.NOT_PASSED,
    (_S.PASSED, _E.CERTIFY): _S.CERTIFIED,
    (_S.NOT_PASSED, _E.REMEDY): _S.REMEDIAL,
    (_S.REMEDIAL, _E.PASS): _S.PASSED,
    (_S.REMEDIAL, _E.FAIL): _S.NOT_PASSED,
}

SEATED: Final = frozenset(
    {_S.ACCEPTED, _S.ATTENDING, _S.COMPLETED, _S.PASSED, _S.NOT_PASSED, _S.REMEDIAL, _S.CERTIFIED}
)
"""States that take a place of the batch."""
PRESENT: Final = SEATED - {_S.ACCEPTED}
"""States of somebody who has come."""
RESULT: Final = frozenset({_S.PASSED, _S.NOT_PASSED, _S.REMEDIAL, _S.CERTIFIED})
SUCCEEDED: Final = frozenset({_S.PASSED, _S.CERTIFIED})


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides over a person. post: newest test after the class, 0 to 100. jp: attended; jp_total: of the batch."""

    post: int | None = None
    jp: int = 0
    jp_total: int = 0
    remedials: int = 0

    def attended_enough(self, rules: TrainingRules) -> bool:
        """Return whether enough of the JP were attended for a certificate."""
        return self.jp_total > 0 and self.jp * 100 >= self.jp_total * rules.attendance_percent

    def passed(self, rules: TrainingRules) -> bool:
        """Return whether the newest test after the class was passed."""
        return self.post is not None and self.post >= rules.pass_score


def next_state(
    state: EnrolmentState,
    event: EnrolmentEvent,
    standing: Standing,
    rules: TrainingRules,
    reason: str = "",
) -> EnrolmentState:
    """Return where *event* leads.

    Raises: IllegalTransitionError; RefusedError ``enrolment-reason``, ``enrolment-no-test``, ``enrolment-score``,
    ``enrolment-attendance`` or ``enrolment-remedial-most``.
    """
    after = walk(TRANSITIONS, state, event)
    if event in (_E.REJECT, _E.DROP) and not reason.strip():
        raise RefusedError("enrolment-reason")
    if event in (_E.PASS, _E.FAIL) and standing.post is None:
        raise RefusedError("enrolment-no-test")
    if event is _E.PASS and not standing.passed(rules):
        raise RefusedError("enrolment-score", score=standing.post, needed=rules.pass_score)
    if event is _E.REMEDY and standing.remedials >= rules.remedial_most:
        raise RefusedError("enrolment-remedial-most", most=rules.remedial_most)
    if event is _E.CERTIFY:
        check_certifiable(standing, rules)
    return after


def check_certifiable(standing: Standing, rules: TrainingRules) -> None:
    """Refuse a certificate without enough attendance or without the score. Raises: RefusedError."""
    if not standing.passed(rules):
        raise RefusedError("enrolment-score", score=standing.post, needed=rules.pass_score)
    if not standing.attended_enough(rules):
        raise RefusedError(
            "enrolment-attendance", jp=standing.jp, total=standing.jp_total, needed=rules.attendance_percent
        )


def possible_events(state: EnrolmentState) -> tuple[EnrolmentEvent, ...]:
    """Return what can happen to a person in *state*."""
    return events_from(TRANSITIONS, state)


def outcome_of(standing: Standing, rules: TrainingRules) -> EnrolmentEvent | None:
    """Return whether a test after the class means pass or fail; nothing while there is none."""
    if standing.post is None:
        return None
    return _E.PASS if standing.passed(rules) else _E.FAIL


def seat_for(states: Iterable[EnrolmentState], places: int) -> EnrolmentEvent:
    """Return whether the next person gets a place or waits. states: of everybody in the batch."""
    taken = sum(state in SEATED for state in states)
    return _E.ACCEPT if taken < places else _E.WAIT
