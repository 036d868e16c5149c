"""How a hall chooses, as a value: the address, the stored run, and the problem it leads to."""

from fractions import Fraction

import pytest

from budgeting.given import LATER, NOW, hall
from deliberation.given import HELD_DATE
from factories import places
from plans.given import ceiling
from rembuk.budgeting import services
from rembuk.budgeting.asking import Overrides, gathered
from rembuk.budgeting.choice import Choice, choice_from, choice_values, parse, query_text
from rembuk.budgeting.gathering import facts_of, remembered
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.trying import choice_of, tried
from rembuk.core.errors import RefusedError
from rembuk.deliberation.models import BallotBundle, ScoreSheet
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

MANY = Choice(
    rule="mes",
    utility="cost",
    completion="none",
    weights=(5, 0, 3, 1, 2),
    floor=80,
    voters="hamlet",
    basis="scores",
    ceilings=(("ADD", 50), ("DDS", 110)),
)


@pytest.mark.parametrize("choice", [Choice(), Choice(rule="phragmen"), Choice(floor=5), MANY])
def test_a_choice_comes_back_from_its_address_and_from_its_store(choice):
    query = query_text(choice)
    assert parse(dict(pair.split("=") for pair in query.split("&") if pair)) == choice
    assert choice_from(choice_values(choice)) == choice


def test_the_usual_choice_needs_no_words_in_the_address():
    assert query_text(Choice()) == ""


@pytest.mark.parametrize(
    "query",
    [
        {"aturan": "diktator"},
        {"guna": "emas"},
        {"pelengkap": "semua"},
        {"c1": "tiga"},
        {"lantai": "-1"},
        {"pemilih": "semua"},
        {"dasar": "mimpi"},
        {"pagu_DDS": "100"},
        {"pagu_DDS": "banyak"},
        {"pagu_../..": "50"},
    ],
)
def test_what_cannot_be_read_stays_as_it_is(query):
    assert parse(query) == Choice()


def test_sliders_stay_inside_their_bounds_and_equal_weights_are_one_choice():
    assert parse({"lantai": "900", "pagu_DDS": "900"}) == Choice(floor=100, ceilings=(("DDS", 200),))
    assert parse({f"c{number}": "5" for number in range(1, 6)}) == Choice()
    assert parse({f"c{number}": "0" for number in range(1, 6)}) == Choice()


@pytest.fixture
def problem(cycle, three):
    """The problem of a choice, for a meeting or the draft."""

    def make(choice=Choice(), meeting=None):  # frozen
        return gathered(facts_of(cycle, meeting), Overrides(), choice)

    return make


@pytest.fixture
def hamlets(village, three):
    """Three proposals in two hamlets, of which one has three times as many people as the other."""
    with setting_up():
        upper, lower = places.hamlet(village, "Hulu"), places.hamlet(village, "Hilir", 2)
        type(upper).objects.filter(pk=upper.pk).update(population=300)
        type(lower).objects.filter(pk=lower.pk).update(population=100)
        Proposal.objects.filter(pk__in=[three[0].pk, three[1].pk]).update(hamlet=upper)
        Proposal.objects.filter(pk=three[2].pk).update(hamlet=lower)
    return upper, lower


def scored(meeting, proposal, group, *points):
    with setting_up():
        c1, c2, c3, c4, c5 = points
        ScoreSheet.objects.create(
            meeting=meeting, proposal=proposal, scorer_group=group, c1=c1, c2=c2, c3=c3, c4=c4, c5=c5,
            score_date=HELD_DATE, entered_by=meeting.pk,
        )  # fmt: skip


def test_the_problem_names_village_numbers_hamlets_and_groups(problem, three, hamlets):
    with setting_up():
        fit = {"sdgs": 3, "regency": 4, "resources": 5}
        Proposal.objects.filter(pk=three[2].pk).update(groups=["PEREMPUAN"], feasibility_b=fit)
    asked = problem().problem
    (item,) = [item for item in asked.proposals if item.id == str(three[2].pk)]
    assert asked.village == "64.02.18.2003"
    assert (item.number, item.hamlet, item.groups, item.score) == ("MLT-27-0003", "Hilir", {"PEREMPUAN"}, 12)


def test_a_floor_is_an_elastic_row_by_people(problem, hamlets):
    rows = {share.name: share for share in problem(Choice(floor=80)).problem.shares}
    assert {name: row.min for name, row in rows.items()} == {
        "lantai:Hilir": Fraction(1, 5),
        "lantai:Hulu": Fraction(3, 5),
    }
    assert {(row.of, row.hard) for row in rows.values()} == {("*", False)}
    assert problem().problem.shares == ()


def test_other_weights_make_another_order_and_leave_the_adopted_ranking_aside(problem, cycle, three):
    ranking = [{"proposal": str(row.pk), "rank": place, "total": "9"} for place, row in enumerate(three, 1)]
    meeting = hall(cycle, ranking=ranking)
    scored(meeting, three[0], "Tim", 5, 1, 1, 1, 1)
    scored(meeting, three[2], "Tim", 1, 5, 1, 1, 1)
    assert problem(meeting=meeting).order == "ranking"
    weighed = problem(Choice(weights=(0, 5, 0, 0, 0)), meeting)
    assert weighed.order == "scores"
    assert weighed.problem.ranked()[0].id == str(three[2].pk)


def test_groups_of_scorers_speak_where_nobody_cast_a_ballot(problem, cycle, three):
    meeting = hall(cycle)
    scored(meeting, three[0], "Tim", 5, 5, 1, 1, 1)
    scored(meeting, three[1], "Tim", 1, 1, 1, 1, 1)
    by_points = problem(Choice(rule="mes"), meeting)
    assert (by_points.basis, by_points.settings.utility) == ("scores", "points")
    (ballot,) = by_points.problem.ballots
    assert ballot.points == ((str(three[0].pk), 24),), "the lowest grade supports nothing"
    (approval,) = problem(Choice(rule="phragmen"), meeting).problem.ballots
    assert approval.approvals == (), "two fives and three ones are under three on average"
    assert problem(Choice(rule="greedy"), meeting).problem.ballots == (), "going down a list follows its ranking"


def voted(meeting, hamlet, voters, *marks):
    with setting_up():
        BallotBundle.objects.create(
            meeting=meeting, hamlet=hamlet, method="papers", voters=voters, per_voter=3, digest="0" * 64,
            marks=[[count, [[str(row.pk), 1] for row in liked]] for count, liked in marks], entered_by=meeting.pk,
        )  # fmt: skip


def test_the_ballots_of_the_hall_count_once_their_count_is_closed(problem, cycle, three, hamlets):
    upper, lower = hamlets
    meeting = hall(cycle, lot_seed="perahu", lot_drawn_at=NOW)
    voted(meeting, upper, 8, (6, [three[0]]))
    voted(meeting, lower, 8, (8, [three[2]]))
    assert problem(Choice(rule="mes"), meeting).problem.ballots == (), "nobody looks while they are counted"
    meeting.count_closed_at = NOW
    with setting_up():
        meeting.save()
    asked = problem(Choice(rule="mes"), meeting)
    assert (asked.basis, asked.settings.ties.seed, asked.settings.utility) == ("ballots", "perahu", "cost")
    assert sum(ballot.weight for ballot in asked.problem.ballots) == 16
    by_people = problem(Choice(rule="mes", voters="hamlet"), meeting)
    weights = {ballot.hamlet: Fraction(0) for ballot in by_people.problem.ballots}
    for ballot in by_people.problem.ballots:
        weights[ballot.hamlet] += ballot.weight
    assert weights == {"Hulu": 12, "Hilir": 4}, "three times as many people, three times the weight"
    assert by_people.context["voters"] == {"Hilir": 8, "Hulu": 8}
    assert problem(Choice(rule="mes", basis="scores"), meeting).problem.ballots == ()


def test_a_later_hall_without_ballots_counts_those_of_the_one_before(problem, cycle, three, hamlets):
    meeting = hall(cycle, lot_seed="perahu", lot_drawn_at=NOW, count_closed_at=NOW)
    voted(meeting, hamlets[0], 8, (8, [three[0]]))
    closing = hall(cycle, "MUSDES_E", state="planned", started_at=None)
    with setting_up():
        closing.scheduled_at = LATER
        closing.save()
    asked = problem(Choice(rule="mes"), closing)
    assert (asked.basis, asked.settings.ties.seed) == ("ballots", "perahu")


def test_a_run_keeps_its_choice_and_so_does_a_decision_against_it(cycle, run, three, hat):
    choice = Choice(floor=80, weights=(5, 0, 3, 1, 2))
    made = run(choice=choice)
    assert choice_of(AllocationRun.objects.get(pk=made.pk)) == choice
    otherwise = services.override(
        run_id=made.pk, proposal_id=three[2].pk, direction="in", reason="Hampir putus", actor=hat("KAD"), at=LATER
    )
    assert choice_of(otherwise) == choice
    assert choice_of(run(at=LATER)) == choice, "counting again without a word keeps it"


def test_a_question_about_other_ceilings_is_never_stored(cycle, run, three):
    with pytest.raises(RefusedError) as refused:
        run(choice=Choice(ceilings=(("DDS", 110),)))
    assert (refused.value.code, refused.value.values["sources"]) == ("run-what-if", "DDS 110 %")
    assert not AllocationRun.objects.exists()


def test_a_question_is_answered_for_the_eye(cycle, three):
    facts = facts_of(cycle, None)
    asked = tried(facts, Choice(ceilings=(("DDS", 120),)))
    assert asked.stored is not None
    assert [state.ceiling for state in asked.stored.outcome.sources] == [300_000_000]
    assert len(asked.stored.outcome.selected) == 3
    assert tried(facts, Choice(ceilings=(("DDS", 120),))) is asked, "the same question is counted once"


def test_facts_are_remembered_until_something_they_rest_on_is_written(cycle, three, village):
    first = remembered(cycle)
    assert remembered(cycle) is first
    with setting_up():
        ceiling(village, "ADD", 10_000_000)
    second = remembered(cycle)
    assert second is not first
    assert second.ceilings.plannable == {"DDS": 250_000_000, "ADD": 10_000_000}


def test_a_stored_run_is_counted_again_to_the_same_bytes(run, three):
    made = AllocationRun.objects.get(pk=run(choice=Choice(floor=80)).pk)
    found = services.replay(made)
    assert (found.equal, found.again.digest) == (True, made.digest)
    changed = AllocationRun.objects.get(pk=made.pk)
    changed.problem["values"]["sources"][0]["ceiling"] = 300_000_000
    with pytest.raises(RefusedError) as refused:
        services.replay(changed)
    assert refused.value.code == "run-altered"
