"""What a regency sets: its procedure and its own holidays."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.stages import PROFILES, STAGES, stage_dates
from rembuk.cycles.models import Holiday, StageRecord
from rembuk.cycles.procedure import SETTING, Procedure, procedure_of
from rembuk.regions.models import Regency
from rembuk.shared import trail


@transaction.atomic
def set_procedure(
    *,
    regency_code: str,
    profile: str,
    targets: Mapping[str, tuple[int, int] | None],
    off: Sequence[str],
    version: int,
    actor: Hat,
    at: datetime,
    running: bool = False,
    family: str | None = None,
) -> Procedure:
    """Choose the order of meetings, the regency's targets (month, day), which meetings are not held, and the forms.

    Cycles that are opened from now on follow it; with *running* the targets of open stages of this year's cycles and
    later ones move too. Done stages and legal days never move. family: A or B; None leaves it as it is.
    Raises: NotAllowedError, BadInputError, StaleError when somebody changed it since *version*.
    """
    regency = Regency.objects.select_for_update().get(pk=regency_code)
    require(actor, "cycles.set_procedure", regency)
    known = procedure_of(regency)
    if known.version != version:
        raise StaleError("stale")
    if profile not in PROFILES:
        raise BadInputError("procedure-bad", detail=profile)
    if any(code not in STAGES or not STAGES[code].meeting for code in off):
        raise BadInputError("procedure-bad", detail=", ".join(off))
    if family not in (None, "A", "B"):
        raise BadInputError("procedure-bad", detail=family)
    stored: dict[str, Any] = {
        "family": family or known.family,
        "targets": {code: list(checked_day(code, day)) for code, day in sorted(targets.items()) if day is not None},
        "off": sorted(set(off)),
        "version": version + 1,
    }
    with trail.acting(actor, "cycles.set_procedure"):
        regency.profile = profile
        regency.settings = {**regency.settings, SETTING: stored}
        regency.save(update_fields=["profile", "settings"])
        chosen = procedure_of(regency)
        if running:
            move_targets(chosen, at.year)
    return chosen


def checked_day(stage: str, day: tuple[int, int]) -> tuple[int, int]:
    try:
        date(2001, *day)
    except ValueError as error:
        raise BadInputError("procedure-bad", detail=f"{stage} {day[1]}/{day[0]}") from error
    if stage not in STAGES:
        raise BadInputError("procedure-bad", detail=stage)
    return day


def move_targets(procedure: Procedure, from_year: int) -> None:
    """Give open stages of the regency's cycles from *from_year* on their new target. One query per stage and year."""
    open_records = StageRecord.objects.filter(
        cycle__village__regency=procedure.regency, cycle__plan_year__gte=from_year, cycle__closed_at__isnull=True
    ).exclude(state=StageRecord.State.DONE)
    years = open_records.order_by().values_list("cycle__plan_year", flat=True).distinct()
    for year in list(years):
        for stage in procedure.profile.stages():
            target = stage_dates(stage.code, year, procedure.profile).target
            open_records.filter(cycle__plan_year=year, stage=stage.code).update(
                target_date=target, version=F("version") + 1
            )


@transaction.atomic
def set_holiday(*, regency_code: str, day: date, name: str, source: str, actor: Hat, at: datetime) -> Holiday:
    """Add a holiday of the regency, with the letter that sets it.

    Raises: NotAllowedError, RefusedError (there already), BadInputError.
    """
    regency = Regency.objects.get(pk=regency_code)
    require(actor, "cycles.set_holiday", regency)
    if not name.strip():
        raise BadInputError("reason-missing")
    if Holiday.objects.filter(regency=regency, day=day).exists():
        raise RefusedError("holiday-exists", day=day.isoformat())
    with trail.acting(actor, "cycles.set_holiday"):
        return Holiday.objects.create(
            regency=regency, day=day, name=name.strip()[:120], source=source.strip()[:200], set_by=actor.person_id
        )


@transaction.atomic
def remove_holiday(*, holiday: Holiday, actor: Hat, at: datetime) -> None:
    """Take a holiday of the regency away again; the trail keeps it. Raises: NotAllowedError."""
    require(actor, "cycles.set_holiday", holiday)
    with trail.acting(actor, "cycles.remove_holiday"):
        holiday.delete()
