"""What the gates and the checks learn from plans, for one village or many, in the same number of queries."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from factories import places
from plans.given import (
    NOW,
    SHEET,
    TODAY,
    ceiling,
    chosen,
    draft_of,
    hat_at,
    member,
    put_item,
    rab,
    ranked_proposal,
    register_rpjmdes,
)
from plans.given import apply as choose
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.core.money import Rupiah
from rembuk.cycles import gates
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.plans import services
from rembuk.plans.findings import findings_for
from rembuk.plans.models import Rpjmdes
from rembuk.plans.panels import panels_of_proposals
from rembuk.plans.services import RabValues, RpjmLine
from rembuk.shared.trail.testing import setting_up


def facts(stage, cycle, name):
    return gates.facts_for(stage, [cycle.id])[cycle.id][name]


def team(cycle, hat, *members):
    return services.save_team(cycle_id=cycle.id, kind="drafting", members=members, version=0, actor=hat("KAD"), at=NOW)


def test_the_patron_stands_above_the_team_and_is_not_counted(cycle, hat):
    people = [member(1, position="patron"), member(2, position="chair"), member(3, position="secretary")]
    team(cycle, hat, *people)
    found = facts("K2", cycle, "team")
    assert (found.members, found.women, found.chair, found.secretary) == (2, 1, True, True)


@pytest.mark.parametrize(
    ("size", "women", "codes"),
    [
        (7, 3, []),
        (7, 2, ["warn"]),
        (8, 4, ["warn"]),
        (6, 3, ["block", "warn"]),
        (12, 6, ["block", "warn"]),
        (7, 0, ["block"]),
    ],
)
def test_the_rules_of_a_team_are_findings(cycle, hat, size, women, codes):
    positions = ["chair", "secretary", *["member"] * (size - 2)]
    people = [
        member(number, sex="P" if number < women else "L", position=position)
        for number, position in enumerate(positions)
    ]
    assert [finding.severity for finding in services.team_findings(team(cycle, hat, *people))] == codes


def test_an_active_rpjm_opens_k1_and_k5(cycle, village, hat):
    assert (facts("K1", cycle, "rpjmdes"), facts("K5", cycle, "rpjmdes")) == (False, False)
    register_rpjmdes(village, hat("SDK"))
    assert (facts("K1", cycle, "rpjmdes"), facts("K5", cycle, "rpjmdes")) == (True, True)


def test_progress_counts_items_money_and_verdicts(plan, cycle, hat):
    with setting_up():
        proposal = ranked_proposal(cycle, 1)
    choose(plan, hat("TIM"), chosen(proposal))
    put_item(plan, hat("SDK"), name="Tanpa biaya", funding=())
    found = facts("K6", cycle, "plan")
    assert (found.items, found.items_without_cost, found.physical, found.without_verdict, found.allocated) == (
        2,
        1,
        1,
        1,
        True,
    )


@pytest.mark.parametrize("stage", ["K2", "K5", "K7", "K12"])
def test_facts_of_three_villages_cost_as_much_as_of_one(stage, plan, cycle, hat):
    put_item(plan, hat("SDK"))
    cycles = [cycle]
    with CaptureQueriesContext(
        connection,
    ) as one:
        gates.facts_for(stage, [cycle.id])
    with setting_up():
        for place in (places.enggelam(), places.perian()):
            more = Cycle.objects.create(village=place, plan_year=2026, budget_year=2027, profile="kukar-2025")
            cycles.append(more)
            there = hat_at(place.place, "SDK")
            put_item(draft_of(more, there), there)
    with CaptureQueriesContext(connection) as three:
        gates.facts_for(stage, [row.id for row in cycles])
    assert len(three) == len(one)


def test_a_done_stage_is_marked_when_the_plan_changes(plan, cycle, hat):
    with setting_up():
        StageRecord.objects.create(cycle=cycle, stage="K6", state="done", done_date=TODAY, completed_at=NOW)
    put_item(plan, hat("SDK"))
    assert StageRecord.objects.get(stage="K6").needs_recheck


def test_the_ceiling_and_the_estimate_are_findings_with_the_row(plan, village, hat):
    with setting_up():
        ceiling(village, "DDS", 99_999_999)
    item = put_item(plan, hat("SDK"))
    services.save_rab(item_id=item.id, lines=rab(100_000_001), version=1, actor=hat("SDK"), at=NOW)
    found = {finding.code: finding for finding in findings_for(plan.id, "K11")}
    assert (found["G06"].severity, found["G07"].severity, found["G07"].subject) == ("warn", "block", str(item.id))
    assert "lebih Rp1" in found["G06"].message and "selisih Rp1" in found["G07"].message


def test_nobody_checks_an_item_or_estimate_that_they_drafted(plan, hat):
    item = put_item(plan, hat("TIM", "Ani"))
    services.save_rab(item_id=item.id, lines=rab(), version=1, actor=hat("KAU", "Budi"), at=NOW)
    for drafter in (hat("TIM", "Ani"), hat("KAU", "Budi")):
        checker = replace(hat("VRF"), person_id=drafter.person_id)
        with pytest.raises(NotAllowedError, match="check-own-draft"):
            services.check_item(
                item_id=item.id, rows=SHEET, is_feasible=True, note="", check_date=None, actor=checker, at=NOW
            )
    services.check_item(
        item_id=item.id, rows=SHEET, is_feasible=True, note="", check_date=None, actor=hat("VRF"), at=NOW
    )
    assert item.technical_checks.count() == 1


@pytest.mark.parametrize(
    ("rows", "feasible", "code"),
    [
        (SHEET[:13], True, "check-rows-missing"),
        ([("maybe", "")] * 14, True, "check-rows-missing"),
        (SHEET, False, "check-note-missing"),
    ],
)
def test_a_sheet_has_fourteen_answers_and_a_refusal_its_reason(plan, hat, rows, feasible, code):
    item = put_item(plan, hat("TIM"))
    with pytest.raises(BadInputError, match=code):
        services.check_item(
            item_id=item.id, rows=rows, is_feasible=feasible, note="", check_date=None, actor=hat("VRF"), at=NOW
        )


def test_an_estimate_never_rounds(plan, hat):
    item = put_item(plan, hat("SDK"))
    line = RabValues(1, "Pasir", Decimal("0.333"), "m3", Rupiah(100))
    with pytest.raises(BadInputError, match="rab-unreadable"):
        services.save_rab(item_id=item.id, lines=[line], version=1, actor=hat("SDK"), at=NOW)
    with pytest.raises(StaleError):
        services.save_rab(item_id=item.id, lines=rab(), version=9, actor=hat("SDK"), at=NOW)
    assert not item.rab_lines.exists()


def test_one_rpjm_is_active_and_a_line_in_use_stays(plan, village, hat):
    rpjmdes = register_rpjmdes(village, hat("SDK"))
    with pytest.raises(RefusedError, match="rpjmdes-overlap"):
        register_rpjmdes(village, hat("SDK"))
    with setting_up(), pytest.raises(IntegrityError), transaction.atomic():
        Rpjmdes.objects.create(village=village, perdes_number="9", perdes_date=TODAY, start_year=2027, end_year=2034)
    put_item(plan, hat("SDK"), rpjmdes_item_id=rpjmdes.items.get().id)
    with pytest.raises(RefusedError, match="rpjmdes-item-in-use"):
        services.save_rpjmdes_items(
            rpjmdes_id=rpjmdes.id, lines=[RpjmLine("Lain", (2027,))], version=1, actor=hat("SDK"), at=NOW
        )
    assert rpjmdes.items.get().name == "Titian ulin"


def test_a_forwarded_proposal_enters_the_du_rkp_once(cycle, hat):
    with setting_up():
        more = {"reason_code": "WENANG-01", "reason_text": "Jalan kabupaten."}
        ranked_proposal(cycle, 1, state="forwarded", **more)
    first = services.take_forwarded(cycle_id=cycle.id, actor=hat("SDK"), at=NOW)
    again = services.take_forwarded(cycle_id=cycle.id, actor=hat("SDK"), at=NOW)
    assert ([row.reason for row in first], again) == (["Jalan kabupaten."], [])


def test_a_proposal_shows_its_plan_item_inside_the_village_and_to_nobody_else(plan, cycle, hat):
    with setting_up():
        proposal = ranked_proposal(cycle, 1)
    choose(plan, hat("TIM"), chosen(proposal))
    inside = panels_of_proposals([proposal.id], hat("SDK"))
    assert ("DDS", "Rp100.000.000") in inside[proposal.id].rows
    assert panels_of_proposals([proposal.id], None) == {}
