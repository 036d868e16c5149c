"""Samples of the annual plan for the walk over all routes: a running plan with a version, and a commitment."""

from datetime import UTC, date, datetime
from uuid import UUID

from factories.samples import sample
from rembuk.core.guidance.programme_content import packed
from rembuk.guidance.programme.models import (
    ActivityTarget,
    BudgetLine,
    Commitment,
    GuidancePlan,
    PlanActivity,
    PlanVersion,
    Realisation,
)
from rembuk.guidance.programme.queries import content_of
from rembuk.regions.models import Village
from rembuk.shared import papers
from rembuk.shared.models import Paper
from rembuk.shared.trail.testing import setting_up

SOMEBODY, OTHER = UUID(int=1), UUID(int=2)
AT = datetime(2026, 2, 2, 1, 0, tzinfo=UTC)


def plan_in(village: Village) -> GuidancePlan:
    """Return the running plan of the village's regency with one activity for the village."""
    with setting_up():
        plan, made = GuidancePlan.objects.get_or_create(
            regency_id=village.regency_id,
            year=2026,
            defaults={
                "state": "running",
                "objectives": "Desa paham RKP",
                "version_no": 1,
                "start_date": date(2026, 1, 2),
                "made_by": SOMEBODY,
            },
        )
        if made:
            activity = PlanActivity.objects.create(
                plan=plan,
                kind="training",
                title="Bimtek contoh",
                owner_role="KBD",
                start_date=date(2026, 3, 1),
                end_date=date(2026, 3, 2),
                targets_text=village.name,
                target_count=1,
                # Every reader of a list finds something in it: the agency's own, and the village's.
                commitment=commitment_in(village),
            )
            ActivityTarget.objects.create(activity=activity, village=village)
            BudgetLine.objects.create(activity=activity, source="apbd", amount=1_000_000)
            keep(plan)
    return plan


def keep(plan: GuidancePlan) -> PlanVersion:
    data = packed(content_of(plan))
    paper = Paper.objects.create(
        code="rencana-pembinaan",
        title="Rencana",
        subject=f"guidance_plan:{plan.pk}",
        village_key=plan.regency_id,
        data={},
        sha256=papers.digest_of({}),
        verify_code=papers.new_code(),
    )
    return PlanVersion.objects.create(
        plan=plan,
        number=1,
        content=data,
        digest=papers.digest_of(data),
        submitted_by=SOMEBODY,
        approved_by=OTHER,
        approved_label="Contoh",
        approved_at=AT,
        paper=paper,
    )


def commitment_in(village: Village) -> Commitment:
    with setting_up():
        return Commitment.objects.get_or_create(
            regency_id=village.regency_id,
            text="Perahu dinas untuk pendampingan",
            defaults={
                "promiser": "bupati",
                "promiser_name": "Bupati",
                "made_date": date(2026, 1, 5),
                "due_date": date(2026, 6, 30),
                "owner_role": "BUP",
                "entered_by": SOMEBODY,
            },
        )[0]


@sample("plan_id", "programme:")
def plan(village: Village) -> object:
    return plan_in(village).pk


@sample("number", "programme:")
def number(village: Village) -> object:
    return plan_in(village).version_no


@sample("activity_id", "programme:")
def activity(village: Village) -> object:
    return plan_in(village).activities.get().pk


@sample("payment_id", "programme:")
def payment(village: Village) -> object:
    with setting_up():
        return Realisation.objects.create(
            activity=plan_in(village).activities.get(),
            paid_date=date(2026, 3, 3),
            amount=500_000,
            source="apbd",
            document_number="SP2D/1",
            entered_by=SOMEBODY,
            entered_label="Contoh",
            entered_at=AT,
        ).pk


@sample("commitment_id", "programme:")
def commitment(village: Village) -> object:
    return commitment_in(village).pk
