"""What the plan pays whatever the hall chooses (salaries, routine) is off the ceilings before anything is chosen."""

from dataclasses import replace
from fractions import Fraction

import pytest

from budgeting.given import NOW
from plans.given import apply, chosen, draft_of, put_item
from rembuk.budgeting.asking import Overrides, gathered, less_standing
from rembuk.budgeting.gathering import Standing, facts_of
from rembuk.budgeting.showing import bars_of
from rembuk.budgeting.stored import unpacked
from rembuk.core.allocation import Share, shares_of
from rembuk.core.law.dana_desa import rule_pack


@pytest.fixture
def plan(cycle, hat, three):
    return draft_of(cycle, hat("TIM"))


def sources(cycle) -> dict[str, int]:
    problem = gathered(facts_of(cycle, None), Overrides()).problem
    return {source.id: source.ceiling for source in problem.sources}


def test_a_hand_written_item_is_off_the_ceiling_and_one_of_a_proposal_is_not(cycle, hat, plan, three):
    assert sources(cycle) == {"DDS": 250_000_000}
    put_item(plan, hat("TIM"), name="Operasional kader", activity_code="2.2.02", funding=(("DDS", 60_000_000),))
    apply(plan, hat("TIM"), chosen(three[0]))
    assert sources(cycle) == {"DDS": 190_000_000}


def test_the_hall_gets_what_is_left_and_is_told_what_is_not(cycle, hat, plan, run):
    put_item(plan, hat("TIM"), name="Operasional kader", activity_code="2.2.02", funding=(("DDS", 60_000_000),))
    made = run(at=NOW)
    stored = unpacked(made.problem, made.outcome, made.digest)
    bar = bars_of(stored)[0]
    assert (bar.standing, bar.ceiling, len(stored.outcome.selected)) == (60_000_000, 190_000_000, 1)


def test_items_beyond_the_ceiling_leave_nothing_rather_than_less(cycle, hat, plan):
    put_item(plan, hat("TIM"), name="Operasional kader", activity_code="2.2.02", funding=(("DDS", 300_000_000),))
    assert sources(cycle) == {"DDS": 0}


def test_a_row_of_law_counts_what_the_plan_already_holds():
    aid = next(row for row in shares_of(rule_pack(2025), regular=100_000_000) if row.name == "DD25-BLT")
    paid = Standing("DDS", 9_000_000, frozenset(aid.tags))
    other = Standing("DDS", 50_000_000, frozenset({"lain"}))
    assert less_standing(aid, [other]) == aid
    assert less_standing(aid, [paid, other]) == replace(aid, max=None, base=None, max_amount=6_000_000)
    assert less_standing(aid, [replace(paid, amount=20_000_000)]).max_amount == 0


def test_a_floor_of_law_that_the_plan_already_keeps_asks_nothing_more():
    food = Share("PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(20, 100), base=100_000_000)
    kept = Standing("DDS", 40_000_000, frozenset({"pangan"}))
    assert less_standing(food, [kept]).min_amount == 0
