"""Opening a cycle: its stages with their legal day and the regency's target."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.stages import Profile, stage_dates
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.procedure import procedure_of
from rembuk.regions.models import Regency, Village
from rembuk.shared import trail


@transaction.atomic
def open_cycle(*, village: Village, plan_year: int, actor: Hat, at: datetime) -> Cycle:
    """Open the cycle of *plan_year* (spent the year after) for one village, with the stages of its regency's procedure.

    Raises: NotAllowedError, RefusedError when it is open already, BadInputError for an odd year.
    """
    require(actor, "cycles.open_cycle", village)
    if Cycle.objects.filter(village=village, budget_year=plan_year + 1).exists():
        raise RefusedError("cycle-exists", budget_year=plan_year + 1)
    return open_cycles(villages=[village], plan_year=plan_year, actor=actor, at=at)[0]


@transaction.atomic
def open_cycles(*, villages: Sequence[Village], plan_year: int, actor: Hat, at: datetime) -> list[Cycle]:
    """Open the cycle of *plan_year* for every village that has none yet; the others are left as they are.

    Four queries and the batches of the new stages, however many villages. Returns the new cycles in order.
    Raises: NotAllowedError, BadInputError for an odd year.
    """
    if not 2000 <= plan_year <= 2099:
        raise BadInputError("cycle-year-odd", year=plan_year)
    for village in villages:
        require(actor, "cycles.open_cycle", village)
    wanted = [village.id for village in villages]
    known = set(
        Cycle.objects.filter(village_id__in=wanted, budget_year=plan_year + 1).values_list("village_id", flat=True)
    )
    fresh = [village for village in villages if village.id not in known]
    regencies = Regency.objects.in_bulk({village.regency_id for village in fresh})
    profiles = {code: procedure_of(regency).profile for code, regency in regencies.items()}
    cycles = [
        Cycle(
            village=village,
            plan_year=plan_year,
            budget_year=plan_year + 1,
            profile=profiles[village.regency_id].code,
        )
        for village in fresh
    ]
    records = [record for cycle in cycles for record in records_of(cycle, profiles[cycle.village.regency_id])]
    with trail.acting(actor, "cycles.open_cycle"):
        Cycle.objects.bulk_create(cycles)
        StageRecord.objects.bulk_create(records, batch_size=500)
    return cycles


def records_of(cycle: Cycle, profile: Profile) -> list[StageRecord]:
    """Return the unsaved records of a cycle's stages with their two dates."""
    found = []
    for stage in profile.stages():
        dates = stage_dates(stage.code, cycle.plan_year, profile)
        found.append(StageRecord(cycle=cycle, stage=stage.code, legal_deadline=dates.legal, target_date=dates.target))
    return found
