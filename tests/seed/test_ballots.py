"""The vote in the worked example: what the hall adopted is what the plan holds, and the studio counts it again."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from rembuk.budgeting.asking import Overrides, gathered
from rembuk.budgeting.choice import DEFAULT, Choice
from rembuk.budgeting.gathering import facts_of
from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.queries import cycle_by_id
from rembuk.budgeting.services import replay
from rembuk.budgeting.stored import unpacked
from rembuk.budgeting.trying import choice_of
from rembuk.core.allocation import allocate, verify
from rembuk.core.allocation.digest import problem_values
from rembuk.deliberation.facts import counts_of
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.deliberation.services.balloting import check_marks, digest_of
from rembuk.plans.models import ItemFunding, ItemProposal
from rembuk.proposals.models import Proposal
from rembuk.seed import plant
from rembuk.seed.places import MELINTANG, PONORAGAN

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Plant the districts of the two villages that voted; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda words: None, only=("64.02.02", "64.02.18"))
        yield
        transaction.set_rollback(True)


def run_of_ponoragan() -> AllocationRun:
    return AllocationRun.objects.select_related("meeting", "cycle").get(village_id=PONORAGAN)


def test_the_adopted_choice_is_what_the_studio_would_count_now(told: None) -> None:
    run = run_of_ponoragan()
    found = unpacked(run.problem, run.outcome, run.digest)
    assert run.adopted and found.intact
    assert verify(found.problem, found.outcome) == []
    assert replay(run).equal
    asked = gathered(facts_of(cycle_by_id(run.cycle_id), run.meeting), Overrides(), choice_of(run))
    assert asked.settings == found.outcome.settings
    assert problem_values(asked.problem) == problem_values(found.problem)
    assert asked.context == run.problem["context"]


def test_the_plan_holds_exactly_what_the_hall_chose_with_the_same_money(told: None) -> None:
    run = run_of_ponoragan()
    found = unpacked(run.problem, run.outcome, run.digest)
    chosen = {decision.id: dict(decision.amounts) for decision in found.outcome.decisions if decision.chosen}
    planned = {
        str(row.proposal_id): {fund.source: fund.amount for fund in ItemFunding.objects.filter(item_id=row.item_id)}
        for row in ItemProposal.objects.filter(item__plan__cycle=run.cycle)
    }
    assert planned == chosen
    assert len(found.outcome.decisions) > len(chosen) >= 8


def test_the_minutes_say_lot_rule_list_and_digest_and_every_loser_has_an_answer(told: None) -> None:
    run = run_of_ponoragan()
    meeting = run.meeting
    assert meeting is not None
    text = meeting.minutes["allocation"]["text"]
    words = ("Cara memilih: Bagian setara", f"Benih undian: {meeting.lot_seed}", f"(SHA-256): {run.digest}.")
    assert [word for word in words if word not in text] == []
    assert meeting.lot_seed in meeting.minutes["lot"]["text"]
    decision = meeting.decisions.get(pk=meeting.minutes["allocation"]["decision"])
    assert run.digest[:12] in decision.text
    found = unpacked(run.problem, run.outcome, run.digest)
    lost = {decision.id: decision.code for decision in found.outcome.decisions if not decision.chosen}
    rows = Proposal.objects.filter(cycle=run.cycle, state="shelved")
    assert {str(row.pk): row.reason_code for row in rows} == lost
    assert [row.number for row in rows if not row.reason_text.startswith("Belum masuk: ")] == []


def test_the_ballots_are_such_as_a_hall_can_hand_in(told: None) -> None:
    halls = list(Meeting.objects.filter(ballots__isnull=False).distinct().order_by("village_id"))
    assert [hall.village_id for hall in halls] == [PONORAGAN, MELINTANG]
    for hall in halls:
        bundles = list(BallotBundle.objects.filter(meeting=hall))
        assert {bundle.method for bundle in bundles} == {"papers", "dots"}
        assert sum(bundle.voters for bundle in bundles) <= counts_of([hall])[hall.id].voters
        assert min(bundle.voters for bundle in bundles) >= 5
        for bundle in bundles:
            check_marks(hall, bundle.method, bundle.voters, bundle.per_voter, bundle.marks)
            assert bundle.digest == digest_of(bundle.marks)


@pytest.mark.parametrize("kind", ["draft", "MUSDES_E"])
def test_in_melintang_adding_up_and_equal_shares_choose_differently(told: None, kind: str) -> None:
    meeting = None if kind == "draft" else Meeting.objects.get(village_id=MELINTANG, kind=kind)
    cycle = cycle_by_id(Meeting.objects.filter(village_id=MELINTANG).values_list("cycle_id", flat=True)[0])
    facts = facts_of(cycle, meeting)
    chosen = []
    for choice in (DEFAULT, Choice(rule="mes")):
        asked = gathered(facts, Overrides(), choice)
        outcome = allocate(asked.problem, asked.settings)
        assert verify(asked.problem, outcome) == []
        chosen.append(set(outcome.selected))
    assert len(chosen[0] ^ chosen[1]) >= 2
    assert len(chosen[0] & chosen[1]) >= 2


def test_in_melintang_a_second_stage_waits_for_the_first_and_two_replace_each_other(told: None) -> None:
    links = ProposalLink.objects.filter(cycle__village_id=MELINTANG).select_related("one", "other")
    requires, excludes = links.get(kind="requires"), links.get(kind="excludes")
    assert requires.one.title.endswith(", tahap 2") and requires.other.title.endswith(", tahap 1")
    assert str(excludes.one_id) < str(excludes.other_id)
    states = {excludes.one.state, excludes.other.state}
    assert states != {"planned"}
    assert (requires.one.state, requires.other.state) != ("planned", "shelved")
