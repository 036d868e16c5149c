"""State tables and lateness."""

from datetime import date

import pytest

from rembuk.core.errors import IllegalTransitionError, RefusedError
from rembuk.core.law.reasons import TERMINAL_REASONS
from rembuk.core.workflow import meeting_states, perdes_states, plan_states, proposal_states
from rembuk.core.workflow.lateness import Excuse, Punctuality, lateness, notice_due
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.core.workflow.plan_states import PlanEvent, PlanState
from rembuk.core.workflow.proposal_states import TERMINAL, ProposalEvent, ProposalState


def test_a_proposal_walks_from_draft_to_the_plan() -> None:
    state = ProposalState.DRAFT
    for event in (ProposalEvent.SEND, ProposalEvent.CHECK, ProposalEvent.DISCUSS, ProposalEvent.RANK):
        state = proposal_states.next_state(state, event)
    assert state is ProposalState.RANKED
    planned = proposal_states.next_state(state, ProposalEvent.PLAN, reason_code="ALOK-01", reason="Terpilih.")
    assert planned is ProposalState.PLANNED


def test_no_answer_without_a_fitting_code_and_a_sentence() -> None:
    args = (ProposalState.CHECKED, ProposalEvent.FORWARD)
    for code, reason in (("", "x"), ("WENANG-01", "  ")):
        with pytest.raises(RefusedError) as refusal:
            proposal_states.next_state(*args, reason_code=code, reason=reason)
        assert refusal.value.code == "reason-missing"
    with pytest.raises(RefusedError) as refusal:
        proposal_states.next_state(*args, reason_code="ALOK-02", reason="Pagu habis.")
    assert refusal.value.code == "reason-does-not-fit"


def test_every_terminal_state_has_its_codes_and_a_way_in() -> None:
    assert {state.value for state in TERMINAL} == set(TERMINAL_REASONS)
    assert set(proposal_states.TRANSITIONS.values()) >= TERMINAL


def test_a_draft_cannot_jump_into_the_plan() -> None:
    with pytest.raises(IllegalTransitionError) as refusal:
        proposal_states.next_state(ProposalState.DRAFT, ProposalEvent.PLAN)
    assert refusal.value.values["possible"] == [ProposalEvent.SEND, ProposalEvent.WITHDRAW]


def test_an_enacted_plan_never_changes() -> None:
    assert plan_states.possible_events(PlanState.ENACTED) == ()
    for event in PlanEvent:
        with pytest.raises(IllegalTransitionError):
            plan_states.next_state(PlanState.ENACTED, event)


def test_a_returned_plan_goes_back_to_the_draft_only() -> None:
    assert plan_states.possible_events(PlanState.RETURNED) == (PlanEvent.REVISE,)


def test_a_meeting_without_quorum_is_adjourned_and_resumed() -> None:
    state = meeting_states.MeetingState.PLANNED
    for event in ("invite", "open", "adjourn", "resume", "close", "sign"):
        state = meeting_states.next_state(state, meeting_states.MeetingEvent(event))
    assert state is meeting_states.MeetingState.SIGNED
    assert meeting_states.possible_events(state) == ()


def test_an_unsigned_perdes_is_promulgated_after_fifteen_days() -> None:
    state = perdes_states.next_state(PerdesState.DELIVERED_TO_HEAD, perdes_states.PerdesEvent.PROMULGATE)
    assert state is PerdesState.PROMULGATED
    assert not perdes_states.may_promulgate_unsigned(date(2026, 9, 1), date(2026, 9, 16))
    assert perdes_states.may_promulgate_unsigned(date(2026, 9, 1), date(2026, 9, 17))


DUE = date(2026, 9, 30)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("done", "state", "days"),
    [
        (date(2026, 9, 30), Punctuality.ON_TIME, 0),
        (date(2026, 10, 1), Punctuality.LATE, 1),
        (None, Punctuality.LATE, 55),
    ],
)
def test_lateness_is_counted_from_the_day_it_happened(done: date | None, state: Punctuality, days: int) -> None:
    found = lateness("K12", DUE, done, (), TODAY)
    assert (found.state, found.days, found.done) == (state, days, done is not None)


def test_an_excuse_stops_the_clock_for_its_days_only() -> None:
    flood = Excuse("K12", date(2026, 9, 21), "Banjir", date(2026, 9, 30))
    assert lateness("K12", DUE, date(2026, 10, 10), (flood,), TODAY).state is Punctuality.EXCUSED
    late = lateness("K12", DUE, date(2026, 10, 11), (flood,), TODAY)
    assert (late.state, late.days, late.due, late.reasons) == (Punctuality.LATE, 1, date(2026, 10, 10), ("Banjir",))


def test_overlapping_excuses_count_each_day_once_and_others_do_not_count() -> None:
    excuses = (
        Excuse("K12", date(2026, 9, 21), "Banjir", date(2026, 9, 25)),
        Excuse("K12", date(2026, 9, 23), "Pagu terlambat", date(2026, 9, 30)),
        Excuse("K11", date(2026, 1, 1), "Lain"),
    )
    assert lateness("K12", DUE, date(2026, 10, 11), excuses, TODAY).days == 1


def test_a_running_excuse_covers_up_to_today() -> None:
    running = Excuse("K12", date(2026, 9, 30), "Pilkades")
    assert lateness("K12", DUE, None, (running,), TODAY).state is Punctuality.EXCUSED


def test_an_open_stage_before_its_day_is_on_time_and_one_without_a_day_is_never_late() -> None:
    assert lateness("K12", DUE, None, (), DUE).state is Punctuality.ON_TIME
    assert lateness("K17", None, None, (), TODAY).state is Punctuality.NO_DEADLINE


@pytest.mark.parametrize(
    ("today", "notice"),
    [
        (date(2026, 8, 31), 30),
        (date(2026, 9, 1), None),
        (date(2026, 9, 16), 14),
        (date(2026, 9, 23), 7),
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), 0),
    ],
)
def test_notices_go_out_on_three_days_and_after_the_deadline(today: date, notice: int | None) -> None:
    assert notice_due(DUE, today) == notice
    assert notice_due(DUE, today, date(2026, 8, 1)) is None
