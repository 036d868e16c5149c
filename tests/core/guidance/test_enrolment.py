"""The machine of a person in a batch, row by row, and what a certificate asks."""

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.guidance.enrolment import (
    TRANSITIONS,
    EnrolmentEvent,
    EnrolmentState,
    Standing,
    next_state,
    outcome_of,
    seat_for,
)
from rembuk.core.guidance.training_rules import DEFAULT_RULES

TOLD = """
NOMINATED accept ACCEPTED
NOMINATED wait WAITLISTED
NOMINATED reject REJECTED
WAITLISTED accept ACCEPTED
WAITLISTED reject REJECTED
ACCEPTED attend ATTENDING
ACCEPTED drop DROPPED
ATTENDING complete COMPLETED
ATTENDING drop DROPPED
COMPLETED pass PASSED
COMPLETED fail NOT_PASSED
PASSED certify CERTIFIED
NOT_PASSED remedy REMEDIAL
REMEDIAL pass PASSED
REMEDIAL fail NOT_PASSED
"""
ROWS = {(row.split()[0], row.split()[1]): row.split()[2] for row in TOLD.strip().splitlines()}
GOOD = Standing(post=70, jp=18, jp_total=20)


@pytest.mark.parametrize("state", list(EnrolmentState))
@pytest.mark.parametrize("event", list(EnrolmentEvent))
def test_every_pair_of_state_and_event_leads_where_the_programme_says(state, event):
    if (state, event) in ROWS:
        assert next_state(state, event, GOOD, DEFAULT_RULES, "sebab") == ROWS[state, event]
    else:
        with pytest.raises(IllegalTransitionError):
            next_state(state, event, GOOD, DEFAULT_RULES, "sebab")


def test_the_table_has_no_row_that_the_programme_does_not_tell():
    assert {(str(a), str(b)): str(c) for (a, b), c in TRANSITIONS.items()} == ROWS


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        (Standing(post=69, jp=20, jp_total=20), "enrolment-score"),
        (Standing(post=None, jp=20, jp_total=20), "enrolment-score"),
        (Standing(post=70, jp=17, jp_total=20), "enrolment-attendance"),
        (Standing(post=100, jp=0, jp_total=0), "enrolment-attendance"),
    ],
)
def test_a_certificate_needs_the_score_and_nine_tenths_of_the_hours(standing, code):
    with pytest.raises(RefusedError, match=code):
        next_state(EnrolmentState.PASSED, EnrolmentEvent.CERTIFY, standing, DEFAULT_RULES)


def test_exactly_seventy_and_exactly_nine_tenths_are_enough():
    assert next_state(EnrolmentState.PASSED, EnrolmentEvent.CERTIFY, GOOD, DEFAULT_RULES) == "CERTIFIED"


@pytest.mark.parametrize(("done", "allowed"), [(0, True), (1, True), (2, False)])
def test_a_remedial_is_given_twice_and_no_more(done, allowed):
    standing = Standing(post=50, remedials=done)
    if allowed:
        assert next_state(EnrolmentState.NOT_PASSED, EnrolmentEvent.REMEDY, standing, DEFAULT_RULES) == "REMEDIAL"
    else:
        with pytest.raises(RefusedError, match="enrolment-remedial-most"):
            next_state(EnrolmentState.NOT_PASSED, EnrolmentEvent.REMEDY, standing, DEFAULT_RULES)


def test_nobody_passes_or_fails_without_a_test():
    for event in (EnrolmentEvent.PASS, EnrolmentEvent.FAIL):
        with pytest.raises(RefusedError, match="enrolment-no-test"):
            next_state(EnrolmentState.COMPLETED, event, Standing(), DEFAULT_RULES)


@pytest.mark.parametrize(("post", "event"), [(None, None), (69, EnrolmentEvent.FAIL), (70, EnrolmentEvent.PASS)])
def test_the_test_decides(post, event):
    assert outcome_of(Standing(post=post), DEFAULT_RULES) == event


def test_the_last_place_is_given_and_the_next_person_waits():
    seated = [EnrolmentState.ACCEPTED, EnrolmentState.DROPPED, EnrolmentState.ATTENDING, EnrolmentState.REJECTED]
    assert seat_for(seated, 3) is EnrolmentEvent.ACCEPT
    assert seat_for(seated, 2) is EnrolmentEvent.WAIT


def test_somebody_turned_away_or_dropped_reads_why():
    for state, event in (("NOMINATED", "reject"), ("ATTENDING", "drop")):
        with pytest.raises(RefusedError, match="enrolment-reason"):
            next_state(EnrolmentState(state), EnrolmentEvent(event), Standing(), DEFAULT_RULES)
