"""The days that DPMD sets: by severity, grace, missed, report; and the grace of one village."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.guidance.findings import Severity
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.mentoring.standards import LONGEST_DAYS, SETTING, Standards, standards_of
from rembuk.regions.models import Regency, Village
from rembuk.shared import trail

NUMBERS = ("grace_days", "missed_after", "report_days")


@transaction.atomic
def set_rules(*, regency_code: str, typed: Mapping[str, str], version: int, actor: Hat, at: datetime) -> Standards:
    """Set the days of a regency; visits and promises that exist keep theirs.

    typed: severity code -> days (empty: none), and ``grace_days``, ``missed_after``, ``report_days``.
    Raises: NotAllowedError, BadInputError, StaleError.
    """
    regency = Regency.objects.select_for_update(of=("self",)).get(pk=regency_code)
    require(actor, "mentoring.set_rules", regency)
    if standards_of(regency).version != version:
        raise StaleError("stale", changes=[], version=standards_of(regency).version)
    days = {severity.value: number(typed.get(severity.value, ""), needed=False) for severity in Severity}
    stored = {"days": days, "version": version + 1, **{name: number(typed.get(name, "")) for name in NUMBERS}}
    with trail.acting(actor, "mentoring.set_rules"):
        regency.settings = {**regency.settings, SETTING: stored}
        regency.save(update_fields=["settings"])
    return standards_of(regency)


@transaction.atomic
def set_grace(*, village_id: str, days: str, actor: Hat, at: datetime) -> Village:
    """Set the days more of one village; empty: the regency's number. Raises: NotAllowedError, BadInputError."""
    village = Village.objects.select_for_update(of=("self",)).select_related("regency", "district").get(pk=village_id)
    require(actor, "mentoring.set_rules", village)
    own = dict(village.settings.get(SETTING, {}))
    own["grace_days"] = number(days, needed=False)
    with trail.acting(actor, "mentoring.set_rules"):
        village.settings = {**village.settings, SETTING: own}
        village.save(update_fields=["settings"])
    return village


def number(text: str, *, needed: bool = True) -> int | None:
    """Return days from 0 to 365, None when empty and not needed. Raises: BadInputError."""
    bare = text.strip()
    if not bare and not needed:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 3 and int(bare) <= LONGEST_DAYS):
        raise BadInputError("rules-number", read=text[:20])
    return int(bare)
