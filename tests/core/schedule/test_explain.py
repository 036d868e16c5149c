"""Why a village is left out: every (team, day) counted once, proven shortage, and offers that really help."""

from dataclasses import replace
from functools import cache
from itertools import permutations

import pytest

from core.schedule import tiny
from rembuk.core.schedule import (
    Block,
    Explainer,
    Instance,
    Plan,
    Planner,
    Words,
    capacity,
    plan_from_slots,
    rounds,
    with_team_off,
)
from rembuk.core.schedule.bound import matched
from rembuk.core.schedule.checker import RULES
from rembuk.core.schedule.explain import _GIVES_WAY
from rembuk.core.schedule.generate import SCARCE, generate
from rembuk.core.schedule.obstacles import NEVER, ORDER
from rembuk.core.schedule.tables import Tables
from rembuk.core.schedule.wording import CONFLICTS, COUNTED, OFFERS


@cache
def scarce() -> tuple[Instance, Planner, Plan]:
    season = generate(1, replace(SCARCE, villages=96, teams=4))
    planner = Planner(season)
    return season, planner, planner.improved(planner.first(), seed=1, progress=rounds(400))[0]


def test_every_pair_of_team_and_day_is_counted_once():
    _, planner, plan = scarce()
    explainer = Explainer(planner.tables, plan)
    assert plan.unserved
    for code in plan.unserved:
        found = explainer.unmet(code)
        assert sum(count.pairs for count in found.counts) + found.possible == found.pairs
        assert [c.code for c in found.counts] == [code for code in ORDER if code in {c.code for c in found.counts}]


def test_never_reasons_come_before_those_of_the_plan():
    assert ORDER[: len(NEVER)] == NEVER


def test_a_village_no_plan_can_hold_is_said_to_be_one():
    season = tiny.season()
    villages = tuple(replace(v, skill="mandarin") if v.code == "dekat" else v for v in season.villages)
    lost = replace(season, villages=villages)
    plan = plan_from_slots(lost, {"darat": ("B", 0)})
    found = Explainer(Tables(lost), plan).unmet("dekat")
    assert found.never
    assert [(count.code, count.pairs, count.teams) for count in found.counts] == [("skill", 20, 2)]
    assert found.nearest is not None
    assert found.nearest.obstacle.code == "skill"


def test_a_place_that_was_free_after_all_is_admitted():
    found = Explainer(Tables(tiny.season()), plan_from_slots(tiny.season(), {})).unmet("dekat")
    assert found.possible > 0
    assert not found.never


def test_the_shortage_is_proven_by_matching():
    season, planner, plan = scarce()
    proof = capacity(planner.tables)
    assert 0 < proof.unserved <= len(plan.unserved)
    assert len(proof.villages) - proof.slots + len(proof.impossible) == proof.unserved
    assert proof.team_days == sum(planner.tables.available)
    assert season.villages


def test_the_matching_is_as_large_as_any():
    wanted = [[0, 1], [0], [0, 1], [2, 3], [3], []]
    owner, lonely = matched(wanted)
    best = max(
        sum(1 for village, slot in enumerate(order) if slot in wanted[village]) for order in permutations(range(6), 6)
    )
    assert len(owner) == best == 4
    assert len(lonely) == 2


def test_a_season_with_room_needs_no_proof():
    assert capacity(Tables(tiny.season())).unserved == 0
    assert Words(tiny.season()).capacity(capacity(Tables(tiny.season()))) == ""


def test_an_offer_of_one_more_day_of_duty_gives_the_village_its_forum():
    season, planner, plan = scarce()
    explainer = Explainer(planner.tables, plan)
    tried = 0
    for code in plan.unserved:
        for offer in explainer.unmet(code).offers:
            if offer.code != "team-off":
                continue
            teams = tuple(
                replace(team, off=tuple(b for b in team.off if b.day != offer.day)) if team.id == offer.team else team
                for team in season.teams
            )
            helped = replace(season, teams=teams)
            plan_from_slots(helped, {**plan.slots(), code: (offer.team, offer.day)})
            tried += 1
    assert tried


def test_an_offered_swap_serves_both():
    season = tiny.season()
    only = with_team_off(season, "A", [day for day in range(10) if day not in (1, 2)], "tugas lain")
    only = replace(
        only, teams=only.teams[:1], villages=tuple(v for v in only.villages if v.code in ("dekat", "sungai"))
    )
    villages = tuple(replace(v, blocked=(Block(2, "pasar besar"),)) if v.code == "dekat" else v for v in only.villages)
    only = replace(only, villages=villages)
    plan = plan_from_slots(only, {"sungai": ("A", 1)})
    offers = Explainer(Tables(only), plan).unmet("dekat").offers
    swap = next(offer for offer in offers if offer.code == "swap")
    both = {"dekat": (swap.team, swap.day), swap.village: (swap.to_team, swap.to_day)}
    assert plan_from_slots(only, both).unserved == ()


def test_what_blocks_the_only_team_is_offered_to_give_way():
    season = tiny.season()
    only = replace(season, teams=season.teams[:1])
    villages = tuple(replace(v, allowed=frozenset({6})) if v.code == "sungai" else v for v in only.villages)
    shut = replace(only, villages=villages)
    plan = plan_from_slots(shut, {"dekat": ("A", 6)})
    found = Explainer(Tables(shut), plan).unmet("sungai")
    assert "closed" in {offer.code for offer in found.offers}
    assert "swap" in {offer.code for offer in found.offers}


def test_there_are_words_for_every_obstacle_conflict_and_offer():
    assert set(COUNTED) == set(ORDER)
    assert set(CONFLICTS) == {*ORDER, "unknown", "leaves-behind", "reserve", "preference"}
    assert set(OFFERS) == {*_GIVES_WAY, "swap"}
    assert len(set(RULES)) == len(RULES)


def test_the_explanation_reads_as_people_speak():
    season, planner, plan = scarce()
    lines = Words(season).unmet(Explainer(planner.tables, plan).unmet(plan.unserved[0]))
    assert lines[0].startswith("Desa ")
    assert any(line.startswith("- ") and "pasangan tim dan hari" in line for line in lines)
    assert any(line.startswith("Paling dekat: ") for line in lines)
    assert any(line.startswith("Daya tampung: ") for line in lines)
    assert not any("{" in line or "None" in line for line in lines)


@pytest.mark.parametrize("code", sorted(CONFLICTS))
def test_no_sentence_shows_a_hole_or_a_brace(code):
    params = {"team": "A", "day": 3, "from": 4, "village": "dekat", "villages": ["dekat", "sungai"], "speaker": "S"}
    params |= {"skill": "dayak", "reason": "banjir", "weekday": 2, "minutes": 95, "district": "kecamatan", "days": 2}
    text = Words(tiny.season()).conflict(code, "darat", {**params, "boats": 2})
    assert "{" not in text
    assert "  " not in text
    assert text.endswith(".")
