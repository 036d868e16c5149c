"""A plan in force, the ceiling that falls afterwards, and the version that follows; fixtures and makers."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plans.given import NOW, TODAY, all_stages, ceiling, put_item, rab, ranked_proposal, register_rpjmdes
from plans.test_enactment import complete
from rembuk.core.money import Rupiah
from rembuk.cycles.models import StageRecord
from rembuk.deliberation.models import Meeting
from rembuk.plans import services
from rembuk.plans.models import ItemProposal, RkpdesItem
from rembuk.plans.queries import plan_by_id
from rembuk.plans.services import GroundValues
from rembuk.shared.trail.testing import setting_up

LATER = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
LETTER_DAY = date(2026, 11, 20)
GROUND = GroundValues("CEILING_CHANGE", "900/77/BPKAD", LETTER_DAY, "Pagu Dana Desa turun.")


@pytest.fixture
def force(plan, cycle, village, hat):
    """A plan in force: a bridge and a well, both from proposals, and the office's running costs."""
    with setting_up():
        ceiling(village, "DDS", 200_000_000)
        ceiling(village, "ADD", 50_000_000)
        register_rpjmdes(village, hat("SDK"))
        all_stages(cycle)
        StageRecord.objects.create(
            cycle=cycle, stage="K12", state="done", done_date=TODAY, completed_at=NOW, needs_recheck=False
        )
    office = put_item(
        plan, hat("TIM"), name="Operasional kantor", activity_code="1.1.02", funding=(("ADD", Rupiah(50_000_000)),)
    )
    bridge, well = put_item(plan, hat("TIM")), put_item(plan, hat("TIM"), name="Sumur bor", activity_code="2.4.10")
    for number, item in enumerate((bridge, well), 1):
        with setting_up():
            proposal = ranked_proposal(cycle, number, title=item.name)
            ItemProposal.objects.create(item=item, proposal=proposal)
        complete(item, village, hat)
    services.save_rab(item_id=office.id, lines=rab(50_000_000), version=office.version, actor=hat("TIM"), at=NOW)
    enact(plan, hat, NOW, TODAY, "5 Tahun 2026", musrenbang=TODAY)
    return plan_by_id(plan.id)


@pytest.fixture
def second(force, village, hat):
    """Version two in force: the well left the plan when its money did."""
    cut(village)
    made = amend(force, hat)
    drop(made, hat, item_of(made, "Sumur bor"))
    meeting(made)
    enact(made, hat, LATER, LETTER_DAY, "9 Tahun 2026", musrenbang=LETTER_DAY)
    return plan_by_id(made.id)


def enact(plan, hat, at, day, number, musrenbang):
    services.approve_plan(plan_id=plan.id, note="", actor=hat("KAD"), at=at)
    services.hold_musrenbang(plan_id=plan.id, on=musrenbang, actor=hat("TIM"), at=at)
    services.finalise_plan(plan_id=plan.id, actor=hat("TIM"), at=at)
    services.agree_plan(plan_id=plan.id, number="4/BPD/2026", on=day, actor=hat("BPD"), at=at)
    enactment = services.Enactment(number, day, day, "5")
    return services.enact_plan(plan_id=plan.id, enactment=enactment, actor=hat("KAD"), at=at)


def cut(village, source="DDS", amount=120_000_000):
    """The final letter of the regency, after the plan was set."""
    with setting_up():
        old = village.ceilings.get(source=source, in_force=True)
        type(old).objects.filter(pk=old.pk).update(in_force=False)
        ceiling(
            village,
            source,
            amount,
            stage="final",
            issued_at=LATER - timedelta(days=1),
            letter_number="900/77/BPKAD",
            letter_date=LETTER_DAY,
            supersedes=old,
        )


def amend(force, hat, ground=GROUND, role="SDK"):
    return services.open_amendment(plan_id=force.id, ground=ground, actor=hat(role), at=LATER)


def meeting(plan, state="closed"):
    with setting_up():
        return Meeting.objects.create(
            village=plan.village,
            cycle=plan.cycle,
            kind="MUSREN_X",
            title="Musrenbang khusus",
            state=state,
            scheduled_at=LATER,
            started_at=LATER,
            ended_at=LATER,
            location="Balai Desa",
        )


def item_of(plan, name):
    return RkpdesItem.objects.get(plan=plan, name=name)


def drop(plan, hat, item, text="Pagu Dana Desa turun."):
    return services.save_changes(
        plan_id=plan.id, reasons={str(item.previous_id): text}, drops={item.id}, actor=hat("TIM"), at=LATER
    )
