"""From draft to Perdes: what holds it back comes at once, and afterwards the database itself refuses every change."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from plans.given import (
    ENACTMENT,
    NOW,
    SHEET,
    TODAY,
    all_stages,
    apply,
    ceiling,
    chosen,
    put_item,
    rab,
    ranked_proposal,
    register_rpjmdes,
)
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.plans import services
from rembuk.plans.content import content_hash
from rembuk.plans.findings import findings_for
from rembuk.plans.models import AgreedChange, ItemFunding, RabLine, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import plan_by_id, values_of
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up


@pytest.fixture
def ready(plan, cycle, village, hat):
    """A plan with one item from a proposal, agreed by BPD: only the Perdes is missing."""
    with setting_up():
        ceiling(village, "DDS", 100_000_000)
        all_stages(cycle)
        proposal = ranked_proposal(cycle, 1)
        register_rpjmdes(village, hat("SDK"))
    apply(plan, hat("TIM"), chosen(proposal))
    item = RkpdesItem.objects.get(plan=plan)
    complete(item, village, hat)
    services.approve_plan(plan_id=plan.id, note="", actor=hat("KAD"), at=NOW)
    services.hold_musrenbang(plan_id=plan.id, on=TODAY - timedelta(2), actor=hat("TIM"), at=NOW)
    services.finalise_plan(plan_id=plan.id, actor=hat("TIM"), at=NOW)
    services.agree_plan(plan_id=plan.id, number="4/BPD/2026", on=TODAY, actor=hat("BPD"), at=NOW)
    return plan_by_id(plan.id)


def complete(item, village, hat):
    """Give an item its RPJM line, design, estimate, check and implementers."""
    line = village.rpjmdes.get().items.get()
    values = {**{name: getattr(values_of(item), name) for name in values_of(item).__dataclass_fields__}}
    values |= {"rpjmdes_item_id": line.id, "has_design": True}
    item = services.save_item(
        plan_id=item.plan_id,
        item_id=item.id,
        values=type(values_of(item))(**values),
        version=item.version,
        actor=hat("TIM"),
        at=NOW,
    )
    services.save_rab(item_id=item.id, lines=rab(), version=item.version, actor=hat("TIM"), at=NOW)
    services.check_item(
        item_id=item.id, rows=SHEET, is_feasible=True, note="", check_date=TODAY, actor=hat("VRF"), at=NOW
    )
    people = [
        {"position": position, "name": f"Orang {number}", "sex": "P" if number == 1 else "L", "element": "TOMAS"}
        for number, position in enumerate(("chair", "secretary", "treasurer", "member"), 1)
    ]
    services.save_implementer(item_id=item.id, members=people, version=0, actor=hat("TIM"), at=NOW)


def enact(plan, hat, **changed):
    values = {name: getattr(ENACTMENT, name) for name in ENACTMENT.__dataclass_fields__} | changed
    return services.enact_plan(plan_id=plan.id, enactment=services.Enactment(**values), actor=hat("KAD"), at=NOW)


def test_the_perdes_closes_the_plan_and_answers_its_proposal(ready, hat):
    with every_write_has_an_actor():
        plan = enact(ready, hat)
    proposal = Proposal.objects.get()
    assert (plan.state, plan.perdes_state, plan.content_hash) == ("enacted", "promulgated", content_hash(plan))
    assert (proposal.state, proposal.reason_code) == ("planned", "ALOK-01")
    assert "Perdes Nomor 5 Tahun 2026" in proposal.reason_text


def test_the_content_reads_the_same_from_the_database_as_when_it_was_enacted(ready, hat):
    enact(ready, hat)
    plan = plan_by_id(ready.id)
    assert content_hash(plan) == plan.content_hash
    assert [f.code for f in findings_for(plan.id, "K12") if f.code == "G12"] == []


def test_all_that_holds_a_perdes_back_is_said_at_once(plan, cycle, village, hat):
    with setting_up():
        all_stages(cycle, done=False)
        put_item(plan, hat("SDK"), is_physical=True)
        RkpdesVersion.objects.filter(pk=plan.id).update(state="agreed")
    with pytest.raises(RefusedError) as refused:
        enact(plan, hat)
    codes = {finding.code for finding in refused.value.findings}
    assert refused.value.code == "plan-blocked"
    assert {"G01", "G03", "G06", "G07", "G08"} <= codes
    assert all(finding.severity == "block" and finding.source for finding in refused.value.findings)
    assert plan_by_id(plan.id).state == "agreed"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"perdes_number": " "}, "perdes-number-missing"),
        ({"perdes_date": None}, "perdes-dates-missing"),
        ({"promulgated_date": None}, "perdes-dates-missing"),
        ({"promulgated_date": TODAY + timedelta(1)}, "perdes-dates-order"),
        ({"perdes_date": TODAY - timedelta(1), "promulgated_date": TODAY}, "perdes-dates-order"),
        ({"signed": False}, "perdes-not-signed-yet"),
    ],
)
def test_a_perdes_needs_its_number_and_days_in_order(ready, hat, changed, code):
    with pytest.raises((BadInputError, RefusedError)) as refused:
        enact(ready, hat, **changed)
    assert refused.value.code == code


def test_an_unsigned_perdes_is_promulgated_once_fifteen_days_are_over(ready, hat):
    with setting_up():
        RkpdesVersion.objects.filter(pk=ready.id).update(
            bpd_agreement_date=date(2026, 8, 25), perdes_dates={"agreed": "2026-08-25"}
        )
    with pytest.raises(RefusedError):
        enact(ready, hat, signed=False, delivered_date=date(2026, 8, 26))
    plan = enact(ready, hat, signed=False, delivered_date=date(2026, 8, 25))
    assert "signed" not in plan.perdes_dates


def test_what_was_recorded_step_by_step_stays_when_it_is_promulgated(ready, hat):
    services.move_perdes(plan_id=ready.id, event="deliver", on=TODAY, actor=hat("BPD"), at=NOW)
    services.move_perdes(
        plan_id=ready.id,
        event="sign",
        on=TODAY,
        actor=hat("KAD"),
        at=NOW,
        letter=services.Letter("5 Tahun 2026"),
    )
    plan = enact(ready, hat)
    assert (plan.state, plan.perdes_state) == ("enacted", "promulgated")
    steps = plan.perdes_steps.values_list("event", flat=True)
    assert list(steps) == ["consult", "agree", "deliver", "sign", "promulgate"]


@pytest.mark.parametrize("role", ["TIM", "BPD", "VRF", "PTP", "STF"])
def test_only_head_and_secretary_enact(ready, hat, role):
    with pytest.raises(NotAllowedError):
        services.enact_plan(plan_id=ready.id, enactment=ENACTMENT, actor=hat(role), at=NOW)


def test_enacting_twice_is_refused_by_name(ready, hat):
    enact(ready, hat)
    with pytest.raises(RefusedError) as refused:
        enact(ready, hat)
    assert (refused.value.code, refused.value.values["number"]) == ("plan-enacted", "5 Tahun 2026")


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def key(value):
    return value.hex if connection.vendor == "sqlite" else str(value)


TRIES = {
    "change the version": lambda p: run("UPDATE plans_rkpdesversion SET perdes_number = 'x' WHERE id = %s", key(p.id)),
    "un-enact the version": lambda p: RkpdesVersion.objects.filter(pk=p.id).update(enacted_at=None),
    "delete the version": lambda p: run("DELETE FROM plans_rkpdesversion WHERE id = %s", key(p.id)),
    "change an item": lambda p: RkpdesItem.objects.filter(plan=p).update(name="Lain"),
    "delete an item": lambda p: RkpdesItem.objects.filter(plan=p)._raw_delete("default"),
    "add an item": lambda p: RkpdesItem.objects.create(plan=p, name="Baru"),
    "change money": lambda p: run("UPDATE plans_itemfunding SET amount = amount + 1"),
    "add money": lambda p: ItemFunding.objects.create(item=p.items.get(), source="ADD", amount=1),
    "delete money": lambda p: run("DELETE FROM plans_itemfunding"),
    "change the estimate": lambda p: RabLine.objects.update(amount=1),
    "delete the estimate": lambda p: run("DELETE FROM plans_rabline"),
    "cut a proposal off": lambda p: run("DELETE FROM plans_itemproposal"),
    "change a check": lambda p: run("UPDATE plans_technicalcheck SET is_feasible = %s", False),
    "add a check": lambda p: p.items.get().technical_checks.create(
        is_feasible=False, check_date=TODAY, checked_by=uuid.uuid4()
    ),
    "change who carries it out": lambda p: run("UPDATE plans_implementer SET version = version + 1"),
    "add an agreed change": lambda p: AgreedChange.objects.create(plan=p, text="x"),
}


@pytest.mark.parametrize("name", TRIES)
def test_the_database_refuses_to(name, ready, hat):
    enact(ready, hat)
    with setting_up(), pytest.raises(IntegrityError, match="sudah ditetapkan"), transaction.atomic():
        TRIES[name](ready)
    plan = plan_by_id(ready.id)
    assert content_hash(plan) == plan.content_hash


def test_services_refuse_an_enacted_plan_in_words(ready, hat):
    enact(ready, hat)
    item = RkpdesItem.objects.get(plan=ready)
    with pytest.raises(RefusedError, match="plan-enacted"):
        services.remove_item(item_id=item.id, version=item.version, actor=hat("SDK"), at=NOW)
    with pytest.raises(RefusedError, match="plan-enacted"):
        services.ensure_draft(cycle_id=ready.cycle_id, actor=hat("SDK"), at=NOW)


def test_a_return_needs_its_reason_and_leads_back_to_the_draft(plan, hat):
    with pytest.raises(BadInputError, match="plan-return-reason"):
        services.return_plan(plan_id=plan.id, reason=" ", actor=hat("KAD"), at=NOW)
    services.return_plan(plan_id=plan.id, reason="Kurangi perjalanan dinas.", actor=hat("KAD"), at=NOW)
    with pytest.raises(RefusedError, match="plan-not-editable"):
        put_item(plan, hat("SDK"))
    again = services.revise_plan(plan_id=plan.id, actor=hat("SDK"), at=NOW)
    assert (again.state, again.return_reason) == ("draft", "Kurangi perjalanan dinas.")


def test_an_agreed_change_is_applied_or_explained_before_the_final_draft(ready, hat, plan):
    with setting_up():
        RkpdesVersion.objects.filter(pk=plan.id).update(state="musrenbang")
    change = services.add_change(plan_id=plan.id, text="Pindahkan titian ke RT 05", actor=hat("FAS"), at=NOW)
    with pytest.raises(RefusedError) as refused:
        services.finalise_plan(plan_id=plan.id, actor=hat("TIM"), at=NOW)
    assert ["Pindahkan titian ke RT 05" in finding.message for finding in refused.value.findings] == [True]
    with pytest.raises(BadInputError, match="change-explanation-missing"):
        services.answer_change(change_id=change.id, answer="explained", explanation="", actor=hat("TIM"), at=NOW)
    services.answer_change(change_id=change.id, answer="applied", explanation="", actor=hat("TIM"), at=NOW)
    assert services.finalise_plan(plan_id=plan.id, actor=hat("TIM"), at=NOW).state == "final"
