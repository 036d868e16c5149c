"""Handing the enacted plan over to the budget (K14)."""

from datetime import datetime
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
    name = f"serah-terima-rkp-{cycle.budget_year}-v{plan.version_no}.xlsx"
    content = workbook(items)
    day = local_day(cycle.village.regency, at)
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
            add_evidence(
                cycle_id=cycle.pk,
                stage=STAGE,
                paper_code="SERAH",
                title=TITLE,
                document_date=day,
                actor=actor,
                at=at,
                file=file,
                evidence_id=made.pk,
            )
    return made
