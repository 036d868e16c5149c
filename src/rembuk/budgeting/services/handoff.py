"""Handing the enacted plan over to the budget (K14)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.budgeting.handing import rows_digest, workbook
from rembuk.budgeting.models import Handoff
from rembuk.budgeting.queries import cycle_by_id
from rembuk.core.errors import RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import StageRecord
from rembuk.cycles.services import add_evidence, evidence_changed
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.queries import cost_of, items_of, version_in_force
from rembuk.shared import files, trail

STAGE = "K14"
TITLE = "Berkas serah terima RKP Desa ke APB Desa"


def hand_over(*, cycle_id: UUID, actor: Hat, at: datetime) -> Handoff:
    """Write the hand-over file of the plan in force and lay it under K14 as evidence.

    Repeating it with the same plan gives the file that is there. Source: Permendagri 20/2018 Pasal 31.
    Raises: NotAllowedError, RefusedError when no plan is enacted or it has no items.
    """
    cycle = cycle_by_id(cycle_id)
    require(actor, "budgeting.hand_over", cycle)
    plan = version_in_force(cycle_id)
    if plan is None:
        raise RefusedError("handoff-no-plan", year=cycle.budget_year)
    items = items_of(plan.id)
    if not items:
        raise RefusedError("handoff-empty")
    digest = rows_digest(items)
    there = Handoff.objects.filter(plan=plan, digest=digest).select_related("file", "plan").first()
    if there is not None:
        return there
    return store(plan, items, digest, actor, at)


def store(plan: RkpdesVersion, items: Sequence[RkpdesItem], digest: str, actor: Hat, at: datetime) -> Handoff:
    """Keep the file and its row, and lay it under the stage, in one transaction."""
    cycle = plan.cycle
    name = f"serah-terima-rkp-{cycle.budget_year}-v{plan.version_no}.xlsx"
    content = workbook(items)
    with transaction.atomic():
        file = files.store(content, name=name, village_id=cycle.village_id, hat=actor)
        with trail.acting(actor, "budgeting.hand_over"):
            made, fresh = Handoff.objects.get_or_create(
                plan=plan,
                digest=digest,
                defaults={
                    "cycle": cycle,
                    "file": file,
                    "item_count": len(items),
                    "total": sum(cost_of(item) for item in items),
                    "made_by": actor.person_id,
                    "made_at": at,
                },
            )
            evidence_changed(cycle.pk, STAGE)
        if fresh and StageRecord.objects.filter(cycle=cycle, stage=STAGE).exists():
            lay_evidence(made, local_day(plan.village.regency, at), actor, at)
    return made


def lay_evidence(made: Handoff, day: date, actor: Hat, at: datetime) -> None:
    add_evidence(
        cycle_id=made.cycle_id,
        stage=STAGE,
        paper_code="SERAH",
        title=TITLE,
        document_date=day,
        actor=actor,
        at=at,
        file=made.file,
        evidence_id=made.pk,
    )
