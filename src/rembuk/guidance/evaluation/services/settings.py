"""The desk's settings: the service standard, and the Perbup that delegates the evaluation of the APB Desa."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.desk_clock import LEAST_DAYS, MOST_DAYS
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.evaluation.models import Delegation
from rembuk.guidance.evaluation.standards import SETTING
from rembuk.guidance.evaluation.typed import optional_day, read_words
from rembuk.regions.models import District, Regency
from rembuk.shared import trail


@transaction.atomic
def set_standard(*, regency_code: str, days: str, actor: Hat, at: datetime) -> Regency:
    """Set the working days of the service standard of RPJM and RKP Desa. Raises: NotAllowedError, BadInputError."""
    regency = Regency.objects.select_for_update().get(pk=regency_code)
    require(actor, "evaluation.set", regency)
    text = days.strip()
    if not (text.isascii() and text.isdigit() and LEAST_DAYS <= int(text) <= MOST_DAYS):
        raise BadInputError("desk-standard", read=text[:20], least=LEAST_DAYS, most=MOST_DAYS)
    with trail.acting(actor, "evaluation.set"):
        own = {**regency.settings.get(SETTING, {}), "standard_days": int(text)}
        regency.settings = {**regency.settings, SETTING: own}
        regency.save(update_fields=["settings"])
    return regency


@dataclass(frozen=True, slots=True)
class DelegationValues:
    """A delegation as typed. Days as ISO text; districts: codes, none for the whole regency."""

    decree_number: str = ""
    decree_date: str = ""
    start_date: str = ""
    end_date: str = ""
    districts: Sequence[str] = ()
    note: str = ""


@transaction.atomic
def delegate(*, regency_code: str, values: DelegationValues, actor: Hat, at: datetime) -> Delegation:
    """Record a Perbup by which the Camat evaluates the APB Desa. Source: Permendagri 20/2018 Pasal 37 ayat (6).

    Raises: NotAllowedError, BadInputError, RefusedError when the Perbup is recorded already.
    """
    regency = Regency.objects.select_for_update().get(pk=regency_code)
    require(actor, "evaluation.set", regency)
    number = read_words("nomor Perbup", values.decree_number, 100)
    decreed = optional_day(values.decree_date)
    if not number or decreed is None:
        raise BadInputError("desk-decree-missing")
    start, end = optional_day(values.start_date) or decreed, optional_day(values.end_date)
    if end is not None and end < start:
        raise BadInputError("desk-days-turned", end=end.isoformat(), start=start.isoformat())
    known = set(District.objects.filter(regency=regency).values_list("code", flat=True))
    if strange := sorted(set(values.districts) - known):
        raise BadInputError("desk-districts", read=strange[0][:20])
    if Delegation.objects.filter(regency=regency, decree_number__iexact=number).exists():
        raise RefusedError("desk-decree-taken", number=number)
    with trail.acting(actor, "evaluation.set"):
        return Delegation.objects.create(
            regency=regency,
            decree_number=number,
            decree_date=decreed,
            start_date=start,
            end_date=end,
            districts=sorted(set(values.districts)),
            note=read_words("catatan", values.note, 300),
            recorded_by=actor.person_id,
            recorded_at=at,
        )


@transaction.atomic
def end_delegation(*, delegation_id: UUID, end: str, actor: Hat, at: datetime) -> Delegation:
    """Set the last day on which a delegation holds. Raises: NotAllowedError, BadInputError."""
    row = Delegation.objects.select_for_update().get(pk=delegation_id)
    require(actor, "evaluation.set", row)
    day = optional_day(end)
    if day is None:
        raise BadInputError("desk-day-missing")
    if day < row.start_date:
        raise BadInputError("desk-days-turned", end=day.isoformat(), start=row.start_date.isoformat())
    with trail.acting(actor, "evaluation.set"):
        row.end_date = day
        row.save(update_fields=["end_date"])
    return row
