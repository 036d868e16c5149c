"""The items follow the adopted list, and nothing that people made is lost by it."""

from dataclasses import replace

import pytest

from factories import places
from plans.given import NOW, apply, chosen, put_item, rab, ranked_proposal
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.cycles.models import Cycle
from rembuk.plans import services
from rembuk.plans.models import ItemFunding, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import values_of
from rembuk.shared.trail.testing import every_write_has_an_actor, last_entry, setting_up


@pytest.fixture
def proposals(cycle):
    with setting_up():
        return [ranked_proposal(cycle, number) for number in (1, 2, 3)]


def names(plan):
    return sorted(RkpdesItem.objects.filter(plan=plan).values_list("name", flat=True))


def change(item, hat, **changed):
    values = replace(values_of(item), **changed)
    return services.save_item(
        plan_id=item.plan_id, item_id=item.id, values=values, version=item.version, actor=hat, at=NOW
    )


def test_chosen_proposals_become_items_with_their_money(plan, proposals, hat):
    with every_write_has_an_actor():
        result = apply(plan, hat("TIM"), chosen(proposals[0], DDS=60_000_000, ADD=40_000_000), chosen(proposals[1]))
    item = RkpdesItem.objects.get(name="Titian ulin RT 01")
    assert len(result.created) == 2
    assert dict(item.fundings.values_list("source", "amount")) == {"ADD": 40_000_000, "DDS": 60_000_000}
    assert (item.is_physical, item.need_category, item.proposal_links.get().proposal_id) == (
        True,
        "infrastruktur",
        proposals[0].id,
    )


def test_the_same_list_again_writes_nothing(plan, proposals, hat):
    apply(plan, hat("TIM"), chosen(proposals[0]), chosen(proposals[1]))
    since = last_entry()
    again = apply(plan, hat("TIM"), chosen(proposals[0]), chosen(proposals[1]))
    assert (again, last_entry()) == (services.SelectionResult(), since)


def test_what_falls_out_untouched_leaves_and_what_was_worked_on_is_flagged(plan, proposals, hat):
    apply(plan, hat("TIM"), *(chosen(proposal) for proposal in proposals))
    worked = RkpdesItem.objects.get(name="Titian ulin RT 02")
    services.save_rab(item_id=worked.id, lines=rab(), version=worked.version, actor=hat("TIM"), at=NOW)
    result = apply(plan, hat("TIM"), chosen(proposals[0]))
    assert result.removed == ("Titian ulin RT 03",)
    assert [item.id for item in result.flagged] == [worked.id]
    assert names(plan) == ["Titian ulin RT 01", "Titian ulin RT 02"]
    back = apply(plan, hat("TIM"), chosen(proposals[0]), chosen(proposals[1]))
    assert [item.fallen_out for item in back.updated] == [False]


def test_what_people_changed_keeps_their_words_and_their_money(plan, proposals, hat):
    apply(plan, hat("TIM"), chosen(proposals[0]))
    item = RkpdesItem.objects.get(plan=plan)
    change(item, hat("KAU"), location="Dermaga")
    result = apply(plan, hat("TIM"), chosen(proposals[0], ADD=100_000_000))
    assert [kept.id for kept in result.kept] == [item.id]
    assert ItemFunding.objects.get().source == "DDS"
    assert RkpdesItem.objects.get().location == "Dermaga"


def test_an_untouched_item_follows_new_money(plan, proposals, hat):
    apply(plan, hat("TIM"), chosen(proposals[0]))
    apply(plan, hat("TIM"), chosen(proposals[0], ADD=100_000_000))
    assert list(ItemFunding.objects.values_list("source", "amount")) == [("ADD", 100_000_000)]


def test_items_typed_by_hand_are_left_alone(plan, proposals, hat):
    put_item(plan, hat("SDK"), name="Insentif RT")
    apply(plan, hat("TIM"), chosen(proposals[0]))
    apply(plan, hat("TIM"))
    assert names(plan) == ["Insentif RT"]


def test_an_adopted_list_after_the_heads_approval_opens_the_draft_for_musrenbang(plan, proposals, hat):
    with setting_up():
        RkpdesVersion.objects.filter(pk=plan.id).update(state="head_approved")
    apply(plan, hat("FAS"), chosen(proposals[0]))
    assert RkpdesVersion.objects.get(pk=plan.id).state == "musrenbang"


def test_a_proposal_of_another_cycle_a_double_and_empty_money_are_refused_whole(plan, proposals, hat):
    with setting_up():
        away = Cycle.objects.create(village=places.enggelam(), plan_year=2026, budget_year=2027, profile="kukar-2025")
        other = ranked_proposal(away, 9)
    for wrong in ([chosen(other)], [chosen(proposals[0]), chosen(proposals[0])]):
        with pytest.raises(RefusedError, match="plan-proposal-elsewhere"):
            apply(plan, hat("TIM"), *wrong)
    for money in ({}, {"DDS": -1}, {"XYZ": 5}):
        with pytest.raises(BadInputError):
            apply(plan, hat("TIM"), services.SelectedProposal(proposals[0].id, money))
    assert names(plan) == []


@pytest.mark.parametrize("role", ["VRF", "PTP", "STF", "RTK", "CAM"])
def test_roles_outside_the_meeting_apply_no_list(plan, hat, role):
    with pytest.raises(NotAllowedError):
        apply(plan, hat(role))
