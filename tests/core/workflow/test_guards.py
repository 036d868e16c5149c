"""Gates name every unmet reason at once, with source and button."""

from dataclasses import replace
from datetime import date

import pytest

from rembuk.core.errors import Finding
from rembuk.core.law.teams import TEAM_21, TEAM_114, TEAM_BOTH, TeamRules
from rembuk.core.workflow.guards import (
    CeilingFacts,
    PaperFacts,
    PlanProgress,
    StageFacts,
    TeamFacts,
    WorksFacts,
    check_stage,
    check_team,
    may_close,
)
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.meetings import MeetingFacts
from rembuk.core.workflow.stages import PROFILE_114, STAGES, without

DAY = date(2026, 8, 10)
REAL = CeilingFacts(sources=3, balanced=True)
PROVISIONAL = CeilingFacts(sources=3, provisional=True, basis="Perdes APB Desa 2026", balanced=True)
MEETING = MeetingFacts(
    kind="MUSDES_E",
    held_date=DAY,
    invited_date=date(2026, 8, 1),
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
PLAN = PlanProgress(
    items=10,
    proposals=20,
    scored=True,
    allocated=True,
    physical=4,
    head_approved=True,
    bpd_agreed=True,
    perdes_number="4/2026",
    perdes_signed=True,
    promulgated_date=DAY,
)


DONE_WORKS = WorksFacts(in_force=True, activities=4, closed=4, evaluated=True)


def facts_for(stage: str) -> StageFacts:
    """Facts with which *stage* may be closed."""
    papers = tuple(PaperFacts(paper.form, DAY, "140/7", signed=True) for paper in STAGES[stage].papers)
    kind = STAGES[stage].meeting
    return StageFacts(
        done=frozenset(STAGES) - {stage},
        occurred=DAY,
        papers=papers,
        rpjmdes=True,
        meeting=replace(MEETING, kind=kind) if kind else None,
        team=TeamFacts(members=9, women=3, chair=True, secretary=True),
        ceilings=REAL,
        plan=PLAN,
        exported=True,
        received=True,
        works=DONE_WORKS,
    )


@pytest.mark.parametrize("stage", STAGES)
def test_a_complete_stage_may_be_closed_without_a_word(stage: str) -> None:
    assert check_stage(stage, facts_for(stage)) == []


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_with_nothing_names_all_that_is_missing(stage: str) -> None:
    found = check_stage(stage, StageFacts())
    assert not may_close(found)
    for finding in found:
        assert finding.message.endswith(".") or finding.message.endswith(").")
        assert finding.source
        assert finding.link in LINKS.values()
    papers = [paper for paper in STAGES[stage].papers if not paper.optional]
    assert sum("belum ada; buat dari sistem" in finding.message for finding in found) == len(papers)


def test_prerequisites_are_named_with_the_stage_to_finish() -> None:
    found = check_stage("K11", replace(facts_for("K11"), done=frozenset({"K3", "K4"})))
    assert [finding.subject for finding in found if finding.code == "G03"] == ["K1", "K7", "K10"]


def test_a_paper_without_date_number_or_signature_is_named_three_times() -> None:
    facts = facts_for("K12")
    found = check_stage("K12", replace(facts, papers=(PaperFacts("F19"),)))
    assert [finding.message.split("; ")[0].removeprefix("Perdes RKP Desa (F19) ") for finding in found] == [
        "belum bertanggal",
        "belum bernomor",
        "belum ditandatangani",
    ]


def test_a_provisional_ceiling_carries_the_draft_and_musrenbang_but_not_the_final_draft() -> None:
    without_ceiling = frozenset(STAGES) - {"K3", "K4"}
    draft = replace(facts_for("K6"), done=without_ceiling - {"K6"}, ceilings=PROVISIONAL)
    assert may_close(check_stage("K6", draft))
    assert [finding.severity for finding in check_stage("K6", draft)] == ["warn"]
    hall = replace(facts_for("K9"), done=without_ceiling - {"K9"}, ceilings=PROVISIONAL)
    assert may_close(check_stage("K9", hall))
    final = replace(facts_for("K10"), done=without_ceiling - {"K10"}, ceilings=PROVISIONAL)
    assert not may_close(check_stage("K10", final))


def test_a_provisional_ceiling_without_a_basis_carries_nothing() -> None:
    facts = replace(
        facts_for("K6"), done=frozenset(STAGES) - {"K3", "K4", "K6"}, ceilings=replace(PROVISIONAL, basis="")
    )
    found = check_stage("K6", facts)
    assert {finding.code for finding in found if finding.severity == "block"} == {"G03", "G16"}


def test_a_late_notice_excuses_the_final_draft_and_not_the_closing_musdes() -> None:
    late = replace(PROVISIONAL, late_letter=True)
    done = frozenset(STAGES) - {"K3", "K4"}
    assert may_close(check_stage("K10", replace(facts_for("K10"), done=done - {"K10"}, ceilings=late)))
    closing = check_stage("K11", replace(facts_for("K11"), done=done - {"K11"}, ceilings=late))
    assert [finding.code for finding in closing if finding.severity == "block"] == ["G16"]


def test_the_ceiling_stage_takes_a_letter_or_the_notice_that_it_comes_late() -> None:
    facts = facts_for("K3")
    assert not may_close(check_stage("K3", replace(facts, ceilings=CeilingFacts())))
    assert not may_close(check_stage("K3", replace(facts, ceilings=PROVISIONAL)))
    assert may_close(check_stage("K3", replace(facts, ceilings=CeilingFacts(late_letter=True))))


def test_without_the_closing_musdes_enactment_still_needs_real_ceilings() -> None:
    profile = without(PROFILE_114, "K11")
    facts = replace(facts_for("K12"), done=frozenset(STAGES) - {"K3", "K4", "K12"}, ceilings=PROVISIONAL)
    assert [finding.code for finding in check_stage("K12", facts, profile)] == ["G16"]


def test_plan_findings_are_passed_on_as_they_are() -> None:
    finding = Finding("G08", "block", "Jembatan belum dinyatakan layak.", "Permendagri 114/2014 Pasal 42")
    facts = replace(facts_for("K11"), plan=replace(PLAN, findings=(finding,)))
    assert check_stage("K11", facts) == [finding]


@pytest.mark.parametrize(
    ("team", "rules", "blocks", "warns"),
    [
        (TeamFacts(7, 3, chair=True, secretary=True), TEAM_BOTH, 0, 0),
        (TeamFacts(6, 3, chair=True, secretary=True), TEAM_BOTH, 1, 1),
        (TeamFacts(8, 3, chair=True, secretary=True), TEAM_BOTH, 0, 1),
        (TeamFacts(8, 3, chair=True, secretary=True), TEAM_114, 0, 0),
        (TeamFacts(8, 3, chair=True, secretary=True), TEAM_21, 1, 0),
        (TeamFacts(12, 4, chair=True, secretary=True), TEAM_BOTH, 1, 1),
        (TeamFacts(13, 4, chair=True, secretary=True), TEAM_21, 0, 0),
        (TeamFacts(9, 0, chair=True, secretary=True), TEAM_114, 1, 0),
        (TeamFacts(9, 2, chair=True, secretary=True), TEAM_BOTH, 0, 1),
        (TeamFacts(9, 2, chair=True, secretary=True), TEAM_21, 1, 0),
        (TeamFacts(10, 3, chair=True, secretary=True), TEAM_114, 0, 0),
        (TeamFacts(9, 3), TEAM_BOTH, 2, 0),
    ],
)
def test_team_rules_by_family(team: TeamFacts, rules: TeamRules, blocks: int, warns: int) -> None:
    found = check_team(team, rules)
    assert [finding.severity for finding in found].count("block") == blocks
    assert [finding.severity for finding in found].count("warn") == warns


def test_facts_of_several_rooms_join() -> None:
    one = StageFacts(done=frozenset({"K1"}), papers=(PaperFacts("F01"),), ceilings=REAL)
    two = StageFacts(done=frozenset({"K2"}), papers=(PaperFacts("F04"),), plan=PLAN)
    both = one.merged(two)
    assert both.done == {"K1", "K2"}
    assert [paper.form for paper in both.papers] == ["F01", "F04"]
    assert (both.ceilings, both.plan) == (REAL, PLAN)


@pytest.mark.parametrize(
    ("works", "severities", "words"),
    [
        (None, ["block"], "APB Desa belum diundangkan"),
        (replace(DONE_WORKS, in_force=False), ["block"], "APB Desa belum diundangkan"),
        (replace(DONE_WORKS, open=2, closed=2), ["block"], "2 pekerjaan belum ditutup"),
        (replace(DONE_WORKS, unopened=4, closed=0), ["block"], "Belum ada pekerjaan yang dibuka"),
        (replace(DONE_WORKS, unopened=1, closed=3), ["warn"], "1 dari 4 kegiatan APB Desa tidak pernah dibuka"),
        (replace(DONE_WORKS, evaluated=False), ["block"], "Evaluasi RKP (F25)"),
        (replace(DONE_WORKS, evaluated=None), ["warn"], "Siklus tahun berikutnya belum dibuka"),
    ],
)
def test_the_carrying_out_is_judged_by_its_works_and_what_became_of_them(works, severities, words) -> None:
    found = check_stage("K17", replace(facts_for("K17"), works=works))
    assert [finding.severity for finding in found] == severities
    assert found[0].message.startswith(words)
    assert found[0].source == "Permendagri 114/2014 Pasal 52"


def test_everything_that_holds_the_carrying_out_is_said_at_once() -> None:
    works = WorksFacts(in_force=True, activities=5, unopened=2, open=1, closed=2, evaluated=False)
    found = check_stage("K17", replace(facts_for("K17"), works=works))
    assert [finding.severity for finding in found] == ["block", "warn", "block"]
