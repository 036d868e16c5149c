"""Samples of the cycle for the walk over all routes."""

from datetime import date

from cycles.given import NOW, evidence
from factories import people
from factories.samples import sample
from rembuk.core.hat import Role
from rembuk.cycles.models import Cycle, Excuse, Holiday
from rembuk.cycles.services import open_cycle, open_rpjm_cycle
from rembuk.regions.models import Village


def cycle_in(village: Village) -> Cycle:
    """Return the village's cycle of 2026, opened by DPMD."""
    found = Cycle.objects.filter(village=village, budget_year=2027).first()
    staff = people.holder(Role.STF, village, username=f"buka.{village.id}")
    return found or open_cycle(village=village, plan_year=2026, actor=staff.hat(), at=NOW)


def rpjm_cycle_in(village: Village) -> Cycle:
    """Return the village's cycle of the RPJM Desa after an inauguration in August 2026."""
    found = Cycle.medium_term.filter(village=village).first()
    staff = people.holder(Role.STF, village, username=f"rpjm.{village.id}")
    day = date(2026, 8, 3)
    return found or open_rpjm_cycle(village=village, inauguration_date=day, actor=staff.hat(), at=NOW)


@sample("cycle_id")
def cycle(village: Village) -> object:
    return cycle_in(village).pk


@sample("stage", "cycles:")
def stage(village: Village) -> object:
    """A stage that the village head decides."""
    return "K2"


@sample("evidence_id", "cycles:")
def evidence_id(village: Village) -> object:
    secretary = people.holder(Role.SDK, village, username=f"unggah.{village.id}")
    return evidence(cycle_in(village), "K2", "F01", secretary.hat()).pk


@sample("excuse_id", "cycles:")
def excuse_id(village: Village) -> object:
    made = Excuse.objects.create(
        cycle=cycle_in(village), stage="K3", reason="Pagu terlambat", from_date=date(2026, 8, 1)
    )
    return made.pk


@sample("regency", "cycles:")
def regency(village: Village) -> object:
    return village.regency_id


@sample("holiday_id", "cycles:")
def holiday_id(village: Village) -> object:
    made, _new = Holiday.objects.get_or_create(
        regency=village.regency, day=date(2026, 9, 29), defaults={"name": "Hari jadi kabupaten"}
    )
    return made.pk
