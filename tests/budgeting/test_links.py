"""Stages are proposals of their own: tied by what they require and by what they replace."""

import uuid

import pytest

from budgeting.given import LATER, NOW, proposal
from rembuk.budgeting import services
from rembuk.budgeting.models import ProposalLink
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.cycles.models import Cycle
from rembuk.proposals.models import Proposal
from rembuk.shared.models import TrailEntry
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def tie(cycle, hat, three):
    """Tie two of the three proposals by their place in the list."""

    def make(kind, one, other, role="TIM", reason="Tahap pertama dulu"):
        return services.link_proposals(
            cycle_id=cycle.pk,
            kind=kind,
            one_id=three[one].pk,
            other_id=three[other].pk,
            reason=reason,
            actor=hat(role),
            at=NOW,
        )

    return make


def codes(made):
    return {row["id"]: row["code"] for row in made.outcome["values"]["decisions"]}


def test_what_replaces_another_never_comes_in_beside_it(run, three, tie):
    tie("excludes", 0, 1)
    found = codes(run())
    assert [found[str(row.pk)] for row in three] == ["ALOK-01", "ALOK-05", "ALOK-01"]


def test_a_second_stage_waits_for_the_first(cycle, run, three, tie):
    with setting_up():
        Proposal.objects.filter(pk=three[2].pk).update(cost=400_000_000)
    tie("requires", 0, 2)
    found = codes(run())
    assert [found[str(row.pk)] for row in three] == ["ALOK-06", "ALOK-01", "ALOK-03"]


def test_what_requires_something_that_takes_no_part_takes_no_part_either(cycle, run, three, tie):
    tie("requires", 0, 1)
    tie("requires", 1, 2)
    with setting_up():
        Proposal.objects.filter(pk=three[2].pk).update(authority="higher")
    with pytest.raises(RefusedError) as refused:
        run()
    assert (refused.value.code, refused.value.values["count"]) == ("run-without-proposals", 3)


def test_a_circle_is_refused_with_the_way_round(tie):
    tie("requires", 0, 1)
    tie("requires", 1, 2)
    with pytest.raises(RefusedError) as refused:
        tie("requires", 2, 0)
    assert refused.value.code == "link-circle"
    assert refused.value.values["path"] == "MLT-27-0003 → MLT-27-0001 → MLT-27-0002 → MLT-27-0003"
    assert ProposalLink.objects.count() == 2


def test_two_proposals_cannot_both_need_and_replace_each_other(tie):
    tie("requires", 0, 1)
    with pytest.raises(RefusedError) as refused:
        tie("excludes", 1, 0)
    assert refused.value.code == "link-contradicts"


def test_the_same_tie_again_is_one_whichever_comes_first(tie):
    first = tie("excludes", 0, 1)
    assert tie("excludes", 1, 0).pk == first.pk
    assert ProposalLink.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "one", "other", "reason", "code"),
    [
        ("supports", 0, 1, "x", "link-kind"),
        ("requires", 0, 0, "x", "link-itself"),
        ("requires", 0, 1, "  ", "link-reason-missing"),
        ("requires", 0, 1, "x" * 301, "link-reason-long"),
    ],
)
def test_a_tie_that_cannot_be_read_is_refused(tie, kind, one, other, reason, code):
    with pytest.raises(BadInputError) as refused:
        tie(kind, one, other, reason=reason)
    assert refused.value.code == code
    assert not ProposalLink.objects.exists()


def test_a_proposal_of_another_cycle_is_not_tied(cycle, village, hat, three):
    with setting_up():
        before = Cycle.objects.create(village=village, plan_year=2025, budget_year=2026, profile="kukar-2025")
        old = proposal(before, 90)
    for other in (old.pk, uuid.uuid4()):
        with pytest.raises(RefusedError) as refused:
            services.link_proposals(
                cycle_id=cycle.pk,
                kind="requires",
                one_id=three[0].pk,
                other_id=other,
                reason="Dulu",
                actor=hat("SDK"),
                at=NOW,
            )
        assert refused.value.code == "link-elsewhere"


@pytest.mark.parametrize("role", ["KAD", "BPD", "RTK", "KBD", "PLD"])
def test_only_team_facilitator_of_the_meeting_and_secretary_tie(tie, role):
    with pytest.raises(NotAllowedError):
        tie("requires", 0, 1, role)


@pytest.mark.parametrize("role", ["TIM", "FAS", "SDK"])
def test_those_who_may_count_tie_and_untie_and_the_trail_keeps_it(tie, hat, role):
    made = tie("requires", 0, 1, role)
    services.unlink_proposals(link_id=made.pk, actor=hat(role), at=LATER)
    assert not ProposalLink.objects.exists()
    entries = TrailEntry.objects.filter(table_name="budgeting_proposallink").order_by("id")
    assert [(entry.operation.lower(), entry.act) for entry in entries] == [
        ("insert", "budgeting.link"),
        ("delete", "budgeting.link"),
    ]
