"""Making a plan: the same on every machine, complete where it can be, cheaper than greedy, and counted rightly."""

from dataclasses import replace
from functools import cache

import pytest

from rembuk.core.schedule import Instance, Made, Planner, capacity, plan_from_slots, rounds, score, until, violations
from rembuk.core.schedule.generate import MIDDLE, SCARCE, SMALL, generate
from rembuk.core.schedule.insertion import built
from rembuk.core.schedule.itinerary import fill_from
from rembuk.core.schedule.search import Search
from rembuk.core.schedule.tables import Tables


@cache
def season(seed: int) -> Instance:
    return generate(seed, SMALL)


@cache
def made(seed: int) -> Made:
    return Planner(season(seed)).made(seed=1, progress=rounds(1500))


@pytest.mark.parametrize("seed", [1, 2, 4, 5, 6])
def test_a_searched_plan_keeps_every_rule_and_costs_less_than_greedy(seed):
    found = made(seed)
    assert violations(season(seed), found.plan) == ()
    assert violations(season(seed), found.greedy) == ()
    assert found.score.total < 0.8 * found.greedy_score.total
    assert found.score.spread <= found.greedy_score.spread
    assert len(found.plan.unserved) <= len(found.greedy.unserved)


def test_the_same_seed_and_rounds_give_the_same_plan():
    again = Planner(season(1)).made(seed=1, progress=rounds(1500))
    assert again == made(1)
    assert Planner(season(1)).made(seed=2, progress=rounds(1500)).plan != made(1).plan


def test_no_rounds_at_all_give_the_first_plan():
    planner = Planner(season(2))
    first = planner.first()
    plan, done = planner.improved(first, seed=1, progress=rounds(0))
    assert plan == first
    assert done == 0


def test_a_clock_ends_the_search_when_its_time_is_over():
    ticks = iter(range(1000))
    _, done = Planner(season(2)).improved(
        Planner(season(2)).first(), seed=1, progress=until(lambda: float(next(ticks)), 5.0)
    )
    assert 0 < done < 200


def test_the_first_plan_of_a_whole_regency_is_complete():
    whole = generate(2, MIDDLE)
    plan = Planner(whole).first()
    assert plan.unserved == ()
    assert violations(whole, plan) == ()


def test_what_the_search_counts_is_what_the_plan_costs():
    planner = Planner(season(3))
    filling = built(planner.tables)
    found = Search(filling, 5).run(rounds(400))
    assert filling.cost == pytest.approx(filling.whole_cost())
    slots = {planner.tables.codes[v]: (planner.tables.team_ids[t], day) for v, (t, day) in found.slots.items()}
    plan = plan_from_slots(season(3), slots)
    left_out = sum(9 * planner.tables.priority[planner.tables.number[code]] for code in plan.unserved)
    assert score(season(3), plan).total + left_out == pytest.approx(found.cost, abs=0.1)


def test_taking_a_change_back_leaves_everything_as_it_was():
    tables = Tables(season(3))
    filling = built(tables)
    before = (filling.cost, list(filling.at), list(filling.assigned), [week.slots for week in filling.current])
    counters = ([list(row) for row in filling.held], list(filling.speaking), list(filling.boats_out))
    taken = [village for village in range(0, len(tables.codes), 3) if filling.take(village)]
    for village in taken:
        place = filling.best_place(village, float("inf"))
        if place is not None:
            filling.put(village, place)
    assert taken
    filling.undo()
    after = (filling.cost, list(filling.at), list(filling.assigned), [week.slots for week in filling.current])
    assert after[0] == pytest.approx(before[0])
    assert after[1:] == before[1:]
    assert ([list(row) for row in filling.held], list(filling.speaking), list(filling.boats_out)) == counters


def test_a_plan_built_again_from_its_slots_is_the_same_plan():
    plan = made(1).plan
    assert plan_from_slots(season(1), plan.slots()) == plan


def test_slots_that_break_a_rule_are_not_held():
    plan = made(1).plan
    first, second = plan.visits[:2]
    slots = {**plan.slots(), second.village: (first.team, first.day)}
    filling, left = fill_from(Tables(season(1)), slots)
    assert len(left) == 1
    assert filling.at.count(None) == len(plan.unserved) + 1


def test_a_fixed_forum_stays_where_it_was_agreed():
    visit = made(1).plan.visits[10]
    villages = tuple(
        replace(village, fixed=(visit.team, visit.day)) if village.code == visit.village else village
        for village in season(1).villages
    )
    fixed = replace(season(1), villages=villages)
    plan = Planner(fixed).made(seed=3, progress=rounds(300)).plan
    assert plan.slots()[visit.village] == (visit.team, visit.day)
    assert violations(fixed, plan) == ()


def test_a_cap_on_a_teams_days_is_kept():
    teams = tuple(replace(team, max_days=11) for team in season(1).teams)
    capped = replace(season(1), teams=teams)
    found = Planner(capped).made(seed=1, progress=rounds(300))
    assert max(found.score.assigned.values()) <= 11
    assert violations(capped, found.plan) == ()


def test_scarcity_leaves_out_as_few_as_the_proof_allows_and_not_the_far_ones():
    scarce = generate(1, replace(SCARCE, villages=96, teams=4))
    planner = Planner(scarce)
    bound = capacity(planner.tables)
    plan, _ = planner.improved(planner.first(), seed=1, progress=rounds(1500))
    assert bound.unserved > 5
    assert bound.unserved <= len(plan.unserved) <= bound.unserved + 1
    priority = planner.tables.priority
    left = [priority[planner.tables.number[code]] for code in plan.unserved]
    assert sum(left) / len(left) < sum(priority) / len(priority)
    assert violations(scarce, plan) == ()


def test_without_remoteness_as_a_priority_the_far_ones_go_first():
    wish = replace(SCARCE, villages=96, teams=4)
    weights = replace(wish.policy.weights, priority=0.0)
    blind = generate(1, replace(wish, policy=replace(wish.policy, weights=weights)))
    seeing = generate(1, wish)
    means = []
    for scarce in (blind, seeing):
        planner = Planner(scarce)
        plan, _ = planner.improved(planner.first(), seed=1, progress=rounds(800))
        left = [planner.tables.priority[planner.tables.number[code]] for code in plan.unserved]
        means.append(sum(left) / len(left))
    assert means[0] > means[1]
