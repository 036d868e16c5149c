"""The life of a forum, row by row as the programme's workflow writes it."""

import itertools

import pytest

from rembuk.core.errors import IllegalTransitionError
from rembuk.core.guidance.forum_states import COUNTED, TRANSITIONS, ForumEvent, ForumState, next_state

WORKFLOW = """
requested schedule scheduled
scheduled prepare prep
prep make_ready ready
ready open in_session
in_session hold held
held draft_minutes minutes_draft
minutes_draft sign minutes_signed
minutes_signed verify verified
verified close closed
scheduled postpone postponed
ready postpone postponed
postponed schedule scheduled
in_session adjourn adjourned
adjourned resume in_session
"""
ROWS = [tuple(line.split()) for line in WORKFLOW.split("\n") if line]


@pytest.mark.parametrize(("state", "event", "after"), ROWS)
def test_each_move_of_the_workflow_leads_where_it_says(state, event, after):
    assert next_state(ForumState(state), ForumEvent(event)) == after


def test_every_other_move_is_refused():
    allowed = {(state, event) for state, event, _after in ROWS}
    refused = 0
    for state, event in itertools.product(ForumState, ForumEvent):
        if (state.value, event.value) not in allowed:
            with pytest.raises(IllegalTransitionError):
                next_state(state, event)
            refused += 1
    assert (len(TRANSITIONS), refused) == (14, len(ForumState) * len(ForumEvent) - 14)


def test_only_verified_evidence_counts_as_held():
    assert set(COUNTED) == {ForumState.EVIDENCE_VERIFIED, ForumState.CLOSED}
    into_counted = {(state, event) for (state, event), after in TRANSITIONS.items() if after in COUNTED}
    assert into_counted == {
        (ForumState.MINUTES_SIGNED, ForumEvent.VERIFY),
        (ForumState.EVIDENCE_VERIFIED, ForumEvent.CLOSE),
    }
