"""Repairing a plan in force: the past stands, notice is kept, and few dates move."""

from dataclasses import replace
from functools import cache

import pytest

from core.schedule import tiny
from rembuk.core.schedule import (
    Instance,
    Plan,
    Planner,
    Repair,
    changes_between,
    plan_from_slots,
    rounds,
    violations,
    with_closed_days,
    with_speaker_lost,
    with_speaker_off,
    with_team_off,
)
from rembuk.core.schedule.generate import SMALL, generate


@cache
def season() -> Instance:
    return generate(2, SMALL)


@cache
def plan() -> Plan:
    return Planner(season()).made(seed=1, progress=rounds(800)).plan


def busiest() -> str:
    return max({v.team for v in plan().visits}, key=lambda team: (sum(v.team == team for v in plan().visits), team))


def damaged() -> dict[str, tuple[Instance, int]]:
    far = [village.code for village in season().villages if village.mode != "road"]
    speaker = season().speakers[0].id
    return {
        "flood": (with_closed_days(season(), far, [13, 14], "banjir"), 7),
        "ill": (with_team_off(season(), busiest(), range(12, 18), "sakit"), 11),
        "lost": (with_team_off(season(), busiest(), range(10, season().days), "mundur"), 10),
        "speaker": (with_speaker_off(season(), speaker, range(12, 20), "dinas"), 8),
        "speaker lost": (with_speaker_lost(season(), speaker), 8),
    }


@pytest.mark.parametrize("case", ["flood", "ill", "lost", "speaker", "speaker lost"])
def test_both_answers_stand_and_the_search_leaves_out_no_more(case):
    instance, today = damaged()[case]
    repair = Repair(instance, plan(), today)
    quick, searched = repair.quick(), repair.searched(seed=1, progress=rounds(300))
    for answer in (quick, searched):
        assert violations(instance, answer.plan, before=plan(), today=today) == ()
        assert answer.changes == changes_between(plan(), answer.plan)
    assert len(searched.plan.unserved) <= len(quick.plan.unserved)
    if len(searched.plan.unserved) == len(quick.plan.unserved):
        assert searched.changes.count("date") <= quick.changes.count("date") + 1


def test_what_is_past_stands_way_by_way():
    instance, today = damaged()["lost"]
    answer = Repair(instance, plan(), today).searched(seed=1, progress=rounds(200))
    assert [v for v in answer.plan.visits if v.day < today] == [v for v in plan().visits if v.day < today]
    old = [leg for leg in plan().legs if leg.week * 5 + min(leg.weekday, 4) < today]
    assert [leg for leg in answer.plan.legs if leg.week * 5 + min(leg.weekday, 4) < today] == old


def test_nothing_wrong_changes_nothing():
    repair = Repair(season(), plan(), 5)
    assert repair.hit == ()
    assert repair.quick().plan == plan()
    assert repair.searched(seed=1, progress=rounds(200)).changes.rows == ()


def test_a_day_shut_in_one_village_moves_one_date_and_no_other():
    visit = plan().visits[-5]
    instance = with_closed_days(season(), [visit.village], [visit.day], "banjir")
    answer = Repair(instance, plan(), 0).searched(seed=1, progress=rounds(300))
    assert [(row.village, row.kind) for row in answer.changes.rows] == [(visit.village, "date")]


def test_a_repair_is_the_same_every_time():
    instance, today = damaged()["ill"]
    answers = [Repair(instance, plan(), today).searched(seed=4, progress=rounds(150)) for _ in range(2)]
    assert answers[0] == answers[1]


def test_the_insertion_touches_only_what_was_hit():
    instance, today = damaged()["flood"]
    repair = Repair(instance, plan(), today)
    assert repair.hit
    assert {row.village for row in repair.quick().changes.rows} <= set(repair.hit)


def test_a_team_that_is_out_when_the_plan_changes_still_comes_home():
    """A is in Jauh on Thursday morning; from today on it is ill, waits there and is home on Saturday."""
    season, before = tiny.season(), tiny.plan()
    ill = with_team_off(season, "A", [8, 9], "sakit")
    answer = Repair(ill, before, 8).quick()
    assert violations(ill, answer.plan, before=before, today=8) == ()
    assert [(leg.weekday, leg.end) for leg in answer.plan.legs if leg.team == "A" and leg.week == 1][-1] == (
        5,
        "base:Kota",
    )


def test_changes_are_named_by_their_kind():
    season, old = tiny.season(), tiny.plan()
    slots = {"darat": ("A", 0), "dekat": ("A", 2), "jauh": ("A", 7)}
    found = changes_between(old, plan_from_slots(season, slots))
    assert [(row.village, row.kind) for row in found.rows] == [
        ("darat", "team"),
        ("dekat", "date"),
        ("sungai", "dropped"),
    ]
    back = changes_between(plan_from_slots(season, slots), old)
    assert back.count("added") == 1


def test_dates_put_into_the_reserve_are_said():
    season = replace(tiny.season(), policy=replace(tiny.season().policy, reserve_days=5, notice_days=0))
    shut = with_closed_days(season, ["dekat"], [1, 2, 3], "banjir")
    answer = Repair(shut, tiny.plan(), 1).quick()
    assert answer.reserve == ("dekat",)
