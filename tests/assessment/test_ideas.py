"""Ideas of hamlets and groups are proposals of the assessment's period; a feasible action becomes one by a press."""

import uuid

import pytest

from cycles.given import NOW
from factories import people
from factories.samples_assessment import action_in
from rembuk.assessment import services
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.cycles import gates
from rembuk.cycles.models import Cycle
from rembuk.proposals.idea_queries import ideas_of, lists_of
from rembuk.proposals.models import IdeaSource, Proposal
from rembuk.proposals.services import propose_action, record_ideas
from rembuk.proposals.services.lists import Line
from rembuk.proposals.values import ProposalValues


def record(assessment, hat, *titles, group="", key=None, **values):
    lines = [
        Line(uuid.uuid5(key or uuid.uuid4(), title), ProposalValues(title=title, proposer_name="Bu Siti", **values))
        for title in titles
    ]
    return record_ideas(assessment_id=assessment.id, lines=lines, group=group, actor=hat, at=NOW)


@pytest.fixture
def rpjm(village):
    return Cycle.medium_term.create(
        village=village,
        kind="rpjm",
        plan_year=2026,
        budget_year=2027,
        start_year=2027,
        end_year=2034,
        inauguration_date=NOW.date(),
        profile="kukar-2025",
    )


def test_an_idea_is_a_sent_proposal_numbered_by_the_first_year_of_the_period(assessment, hat, village):
    hamlet = village.hamlets.first()
    [made] = record(assessment, hat, "Titian baru", hamlet_id=hamlet.id)
    assert (made.number, made.state, made.proposer_name, made.proposer_kind) == ("MLT-27-0001", "sent", "", "hamlet")
    counted = {one.title: one.count for one in lists_of(assessment)}
    assert (counted["Dusun Hulu"], counted["Dusun Hilir"]) == (1, 0)


def test_every_village_asks_its_hamlets_and_the_five_special_groups(assessment):
    assert [one.group for one in lists_of(assessment) if one.group] == [
        "PEREMPUAN",
        "MISKIN",
        "DIFABEL",
        "PEMUDA",
        "ADAT",
    ]


@pytest.mark.parametrize(
    ("group", "printed", "groups"),
    [
        ("PEREMPUAN", "kelompok perempuan", ["PEREMPUAN"]),
        ("MISKIN", "wakil kelompok", []),
        ("DIFABEL", "wakil kelompok", []),
    ],
)
def test_the_poor_and_the_disabled_stand_in_their_ideas_as_representatives(assessment, hat, group, printed, groups):
    [made] = record(assessment, hat, "Jamban sehat", group=group)
    assert (made.proposer_group, made.groups, made.hide_proposer) == (printed, groups, True)
    assert IdeaSource.objects.get().group == group
    assert [one.printed for one in lists_of(assessment) if one.group == group] == [printed]


def test_a_list_sent_twice_is_stored_once(assessment, hat):
    key = uuid.uuid4()
    record(assessment, hat, "A", "B", key=key)
    assert record(assessment, hat, "A", "B", key=key) == []
    assert list(ideas_of(assessment).values_list("number", flat=True)) == ["MLT-27-0001", "MLT-27-0002"]


def test_a_group_that_never_meets_is_refused(assessment, hat):
    with pytest.raises(RefusedError):
        record(assessment, hat, "A", group="AGAMA")
    assert Proposal.objects.count() == 0


def test_a_head_of_rt_writes_only_for_the_own_hamlet(assessment, village):
    rt = people.rt_head(village)
    with pytest.raises(NotAllowedError):
        record(assessment, rt.hat(), "A", hamlet_id=village.hamlets.last().id)
    assert Proposal.objects.count() == 0
    own = rt.hamlet or rt.rt.hamlet
    record(assessment, rt.hat(), "B", hamlet_id=own.id)
    assert ideas_of(assessment).get().hamlet_id == own.id


def test_a_feasible_action_becomes_one_idea_with_its_problem_already_written(assessment, hat, village):
    action = action_in(village)
    first = propose_action(action_id=action.id, actor=hat, at=NOW)
    again = propose_action(action_id=action.id, actor=hat, at=NOW)
    assert (first.id, Proposal.objects.count()) == (again.id, 1)
    assert (first.title, first.problem, first.idea_source.action_id) == (action.text, action.problem.text, action.id)
    with pytest.raises(RefusedError) as refused:
        services.remove_action(action_id=action.id, actor=hat, at=NOW)
    assert refused.value.code == "assessment-proposed"


def test_an_action_that_nobody_called_feasible_becomes_nothing(assessment, hat, village):
    with pytest.raises(RefusedError):
        propose_action(action_id=action_in(village, feasible=None).id, actor=hat, at=NOW)
    assert Proposal.objects.count() == 0


def test_the_gates_know_the_lists_the_ideas_and_the_two_dates(assessment, hat, rpjm):
    record(assessment, hat, "A")
    [made] = record(assessment, hat, "B")
    assert made.cycle_id == rpjm.id
    facts = gates.facts_for("R3B", [rpjm.id])[rpjm.id]["assessment"]
    assert (facts.lists, facts.ideas, facts.ranked, facts.report_to_head) == (0, 2, False, None)


def test_a_cycle_whose_village_studied_itself_on_paper_leaves_the_gate_to_the_papers(village, rpjm):
    assert gates.facts_for("R3A", [rpjm.id])[rpjm.id] == {"assessment": None}


def test_the_next_assessment_is_tied_to_the_open_cycle_of_its_period(village, hat, rpjm):
    made = services.open_assessment(
        assessment_id=uuid.uuid4(), village_id=village.id, start_year=2027, end_year=2034, actor=hat, at=NOW
    )
    assert made.cycle_id == rpjm.id
