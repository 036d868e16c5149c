"""Plans and commitments for the tests of this room, made by the services as people would."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from rembuk.core.hat import Hat
from rembuk.guidance.programme import services
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity
from rembuk.guidance.programme.services import ActivityValues, MoneyValues, PaymentValues, PlanValues, PromiseValues
from rembuk.shared import clock


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, 0, tzinfo=UTC)


def now() -> datetime:
    return clock.now()


def year() -> int:
    return clock.today().year


def begun(hat: Hat, **fields: str) -> GuidancePlan:
    values = replace(PlanValues(str(year()), objectives="Desa paham RKP\nDesa menghitung RAB"), **fields)
    return services.create_plan(plan_id=uuid4(), values=values, actor=hat, at=now())


def values(kind: str = "training", **fields: object) -> ActivityValues:
    usual = ActivityValues(
        kind=kind,
        title="Bimtek RKP Desa",
        owner="role:KBD",
        start=f"{year()}-01-10",
        end=f"{year()}-01-12",
        money=(MoneyValues("apbd", "10.000.000"),),
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


def activity(plan: GuidancePlan, hat: Hat, villages: tuple[str, ...] = ("semua",), **fields: object) -> PlanActivity:
    key = uuid4()
    made = services.new_activity(activity_id=key, plan_id=plan.pk, values=values(**fields), actor=hat, at=now())  # type: ignore[arg-type]
    return services.set_targets(
        activity_id=made.pk, version=made.version, villages=villages, text="", actor=hat, at=now()
    )


def approved(hats: dict[str, Hat], plan: GuidancePlan) -> GuidancePlan:
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=now())
    return services.approve(plan_id=plan.pk, actor=hats["KDP"], at=now())


def running(hats: dict[str, Hat]) -> tuple[GuidancePlan, PlanActivity]:
    """Return a running plan with one training for every village."""
    plan = begun(hats["STF"])
    made = activity(plan, hats["STF"])
    approved(hats, plan)
    plan = services.start(plan_id=plan.pk, day=f"{year()}-01-02", actor=hats["KBD"], at=now())
    return plan, made


def payment(**fields: object) -> PaymentValues:
    usual = PaymentValues(day=f"{year()}-01-12", amount="4.000.000", source="apbd", number="SP2D/17")
    return replace(usual, **fields)  # type: ignore[arg-type]


def paid(made: PlanActivity, hat: Hat, key: UUID | None = None, **fields: object):  # type: ignore[no-untyped-def]
    return services.pay(payment_id=key or uuid4(), activity_id=made.pk, values=payment(**fields), actor=hat, at=now())


def promise(hat: Hat, moment: datetime | None = None, **fields: str) -> Commitment:
    usual = PromiseValues("bupati", "Satu perahu untuk pendampingan", made="2026-01-05", due="2026-06-30")
    return services.promise(commitment_id=uuid4(), values=replace(usual, **fields), actor=hat, at=moment or now())
