"""R1-R12: the order, the clock from the inauguration, and gates that name every unmet reason at once."""

from dataclasses import replace
from datetime import date

import pytest

from rembuk.core.law.teams import TEAM_21, TEAM_BOTH
from rembuk.core.workflow.guards import (
    AssemblyFacts,
    AssessmentFacts,
    PaperFacts,
    PolicyFacts,
    RpjmProgress,
    StageFacts,
    TeamFacts,
    check_stage,
    may_close,
)
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.meetings import MeetingFacts
from rembuk.core.workflow.rpjm_stages import (
    ALL_STAGES,
    RPJM_DEFAULT,
    RPJM_PROFILES,
    RPJM_STAGES,
    clarification_due,
    lawful_years,
    rpjm_profile,
    rpjm_stage_dates,
)
from rembuk.core.workflow.stages import PROFILE_114, PROFILES, STAGES, open_stages, prerequisites, without

DAY = date(2027, 2, 10)
ALL = frozenset(RPJM_STAGES)
MEETING = MeetingFacts(
    kind="MUSDES_E",
    held_date=DAY,
    invited_date=date(2027, 2, 1),
    with_agenda=True,
    invited=30,
    invited_present=25,
    present_l=15,
    present_p=12,
    elements={"PEREMPUAN": 3, "MISKIN": 2},
    pemdes=4,
    bpd=5,
    decisions=2,
    decisions_with_method=2,
    signed=frozenset({"chair", "notes", "head", "community"}),
)


def facts_for(stage: str) -> StageFacts:
    """Facts with which *stage* may be closed."""
    kind = RPJM_STAGES[stage].meeting
    return StageFacts(
        done=ALL - {stage},
        occurred=DAY,
        papers=tuple(PaperFacts(paper.form, DAY, "140/7", signed=True) for paper in RPJM_STAGES[stage].papers),
        meeting=replace(MEETING, kind=kind) if kind else None,
        team=TeamFacts(members=9, women=3, chair=True, secretary=True),
        policy=PolicyFacts(lines=4),
        assembly=AssemblyFacts(hamlets=3, met=3, groups=("Perempuan",)),
        assessment=AssessmentFacts(4, 12, True, DAY, DAY),
        rpjm=RpjmProgress(
            items=40,
            head_approved=True,
            bpd_agreed=True,
            perdes_number="2/2027",
            perdes_signed=True,
            promulgated_date=DAY,
            clarified="clear",
            published_date=DAY,
            published_in="papan pengumuman",
        ),
    )


@pytest.mark.parametrize("stage", RPJM_STAGES)
def test_a_complete_stage_may_be_closed_without_a_word(stage):
    assert check_stage(stage, facts_for(stage), RPJM_DEFAULT) == []


@pytest.mark.parametrize("stage", RPJM_STAGES)
def test_a_stage_with_nothing_names_all_that_is_missing(stage):
    found = check_stage(stage, StageFacts(), RPJM_DEFAULT)
    assert not may_close(found)
    for finding in found:
        assert finding.message.endswith(".") or finding.message.endswith(").")
        assert finding.source
        assert finding.link in LINKS.values()
    papers = [paper for paper in RPJM_STAGES[stage].papers if not paper.optional]
    assert sum("belum ada; buat dari sistem" in finding.message for finding in found) == len(papers)


def test_the_two_cycles_share_no_code_and_every_code_fits_its_column():
    assert STAGES.keys() & RPJM_STAGES.keys() == set()
    assert list(ALL_STAGES) == [*STAGES, *RPJM_STAGES]
    assert max(map(len, ALL_STAGES)) == 3


@pytest.mark.parametrize("profile", RPJM_PROFILES.values(), ids=RPJM_PROFILES)
def test_an_order_closes_stage_by_stage_and_enactment_comes_before_what_follows_it(profile):
    done: frozenset[str] = frozenset()
    order = []
    while workable := open_stages(done, profile):
        order += workable
        done |= set(workable)
    assert done == ALL
    assert order.index("R7") < order.index("R9") < order.index("R10") < order.index("R11")


def test_policy_data_and_ideas_are_worked_on_side_by_side_once_the_team_stands():
    assert open_stages(frozenset({"R1"}), RPJM_DEFAULT) == ("R2", "R3A", "R3B")
    assert prerequisites("R3C", RPJM_DEFAULT) == ("R2", "R3A", "R3B")


def test_a_meeting_that_is_not_held_hands_its_needs_on():
    profile = rpjm_profile(without(PROFILE_114, "K1", "K11"))
    assert [stage.code for stage in profile.stages() if stage.meeting] == ["R7"]
    assert prerequisites("R5", profile) == ("R3C",)
    assert prerequisites("R10", profile) == ("R8",)


def test_team_rules_are_those_of_the_yearly_order():
    assert [rpjm_profile(PROFILES[code]).team for code in ("kukar-2025", "purbalingga-2026")] == [TEAM_BOTH, TEAM_21]


@pytest.mark.parametrize(
    ("inauguration", "due"),
    [
        (date(2027, 1, 11), date(2027, 4, 11)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2026, 11, 30), date(2027, 2, 28)),
    ],
)
def test_the_perdes_is_due_three_months_after_the_inauguration(inauguration, due):
    dates = rpjm_stage_dates("R10", inauguration)
    assert (dates.legal, dates.due) == (due, due)
    assert dates.legal_source == "PP 43/2014 Pasal 117"


def test_the_usual_days_run_in_the_order_of_the_stages_and_end_before_the_legal_day():
    days = [
        rpjm_stage_dates(code, date(2027, 1, 11)).due for code in ("R1", "R2", "R3B", "R3C", "R4", "R5", "R9", "R10")
    ]
    assert None not in days
    assert days == sorted(days)
    assert rpjm_stage_dates("R11", date(2027, 1, 11)).due is None
    assert clarification_due(date(2027, 4, 1)) == date(2027, 5, 8)


@pytest.mark.parametrize(("inauguration", "years"), [(date(2024, 4, 24), 6), (date(2024, 4, 25), 8)])
def test_the_period_follows_the_law_of_the_day(inauguration, years):
    assert lawful_years(inauguration) == years


def test_an_empty_list_of_programmes_needs_a_note():
    empty = replace(facts_for("R2"), policy=PolicyFacts())
    assert [finding.link for finding in check_stage("R2", empty, RPJM_DEFAULT)] == [LINKS["policy"]]
    assert check_stage("R2", replace(empty, policy=PolicyFacts(note="Belum ada program.")), RPJM_DEFAULT) == []


def test_a_hamlet_without_a_meeting_warns_and_no_group_meeting_blocks():
    found = check_stage("R3B", replace(facts_for("R3B"), assembly=AssemblyFacts(hamlets=4, met=3)), RPJM_DEFAULT)
    assert [(finding.code, finding.severity) for finding in found] == [("G15", "warn"), ("G15", "block")]
    assert found[0].message.startswith("1 dari 4 dusun")


def test_the_report_reaches_the_head_before_the_bpd():
    early = AssessmentFacts(4, 12, True, report_to_head=DAY, report_to_bpd=date(2027, 2, 9))
    assert not may_close(check_stage("R3C", replace(facts_for("R3C"), assessment=early), RPJM_DEFAULT))
    without_rooms = replace(facts_for("R3C"), assessment=None, assembly=None)
    assert check_stage("R3C", without_rooms, RPJM_DEFAULT) == []


def test_years_without_an_activity_are_named():
    rpjm = RpjmProgress(items=3, empty_years=(2029, 2031), incomplete=2)
    found = check_stage("R5", replace(facts_for("R5"), rpjm=rpjm), RPJM_DEFAULT)
    assert [finding.severity for finding in found] == ["block", "block"]
    assert "2029, 2031" in found[1].message


def test_an_unsigned_perdes_only_warns():
    facts = facts_for("R10")
    assert facts.rpjm is not None
    found = check_stage("R10", replace(facts, rpjm=replace(facts.rpjm, perdes_signed=False)), RPJM_DEFAULT)
    assert [finding.severity for finding in found] == ["warn"]
