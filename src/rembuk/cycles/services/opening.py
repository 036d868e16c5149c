"""Opening a cycle: its stages with their legal day and the regency's target."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.terms import RPJMDES_MONTHS_AFTER_INAUGURATION
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import lawful_years, rpjm_profile, rpjm_stage_dates
from rembuk.core.workflow.stages import Profile, stage_dates
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.cycles.procedure import procedure_of
from rembuk.regions.models import Regency, Village
from rembuk.shared import trail

PERIODS = range(6, 10)
"""Lengths of an RPJM Desa in years that can be drawn up: by the older law, by the newer, and one year more."""


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


@transaction.atomic
def open_rpjm_cycle(
    *,
    village: Village,
    inauguration_date: date | None,
    actor: Hat,
    at: datetime,
    start_year: int | None = None,
    end_year: int | None = None,
    cycle_id: UUID | None = None,
) -> Cycle:
    """Open the cycle of a new RPJM Desa after a village head was inaugurated; its clock counts from that day.

    Without years the plan runs from the year of the inauguration for as long as the law of that day says. The same
    *cycle_id* again changes nothing. Source: PP 43/2014 Pasal 117; UU 3/2024 Pasal 79 ayat (2).
    Raises: NotAllowedError, BadInputError (no day, one to come, an odd period), RefusedError when it is open already.
    """
    require(actor, "cycles.open_rpjm", village)
    if cycle_id is not None and (known := Cycle.medium_term.filter(pk=cycle_id, village=village).first()):
        return known
    if inauguration_date is None:
        raise BadInputError("inauguration-missing")
    if inauguration_date > local_day(village.regency, at):
        raise BadInputError("inauguration-in-future", date=date_text(inauguration_date))
    if inauguration_date < RPJMDES_MONTHS_AFTER_INAUGURATION[0].from_date:
        raise BadInputError("inauguration-odd", date=date_text(inauguration_date))
    start, end = period(inauguration_date, start_year, end_year)
    if Cycle.medium_term.filter(village=village, inauguration_date=inauguration_date).exists():
        raise RefusedError("rpjm-cycle-exists", inauguration=date_text(inauguration_date))
    profile = rpjm_profile(procedure_of(village.regency).profile)
    cycle = Cycle(
        id=cycle_id or uuid4(),
        village=village,
        kind=Cycle.Kind.RPJM,
        plan_year=inauguration_date.year,
        budget_year=inauguration_date.year + 1,
        start_year=start,
        end_year=end,
        inauguration_date=inauguration_date,
        profile=profile.code,
    )
    records = []
    for stage in profile.stages():
        dates = rpjm_stage_dates(stage.code, inauguration_date)
        records.append(StageRecord(cycle=cycle, stage=stage.code, legal_deadline=dates.legal, target_date=dates.target))
    with trail.acting(actor, "cycles.open_rpjm"):
        cycle.save(force_insert=True)
        StageRecord.objects.bulk_create(records)
    return cycle


def period(inauguration: date, start_year: int | None, end_year: int | None) -> tuple[int, int]:
    """Return first and last year of the plan. Raises: BadInputError for one that cannot follow that inauguration."""
    lawful = lawful_years(inauguration)
    start = start_year or inauguration.year
    end = end_year or start + lawful - 1
    if start not in (inauguration.year, inauguration.year + 1) or end - start + 1 not in PERIODS:
        raise BadInputError("rpjm-period-odd", start=start, end=end, lawful=lawful)
    return start, end
