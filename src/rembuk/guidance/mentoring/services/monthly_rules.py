"""How a regency asks for the monthly report, set by DPMD."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from rembuk.core.errors import BadInputError, StaleError
from rembuk.core.guidance.monthly import LONGEST_DUE_DAY, read_month
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.mentoring.monthly_rules import SETTING, ReportRules, report_rules_of
from rembuk.guidance.mentoring.permissions import REPORTERS
from rembuk.regions.models import Regency
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class RuleValues:
    """The rules of the report as typed: days of the following month, first month (``2026-08`` or empty), roles."""

    due_day: str
    fix_day: str
    since: str = ""
    roles: tuple[str, ...] = ()


@transaction.atomic
def set_report_rules(*, regency_code: str, values: RuleValues, version: int, actor: Hat, at: datetime) -> ReportRules:
    """Set how a regency asks for the monthly report; reports that were handed in keep their lateness.

    Raises: NotAllowedError, BadInputError, StaleError.
    """
    regency = Regency.objects.select_for_update(of=("self",)).get(pk=regency_code)
    require(actor, "mentoring.set_rules", regency)
    if report_rules_of(regency).version != version:
        raise StaleError("stale", changes=[], version=report_rules_of(regency).version)
    with trail.acting(actor, "mentoring.set_rules"):
        regency.settings = {**regency.settings, SETTING: {**read_rules(values), "version": version + 1}}
        regency.save(update_fields=["settings"])
    return report_rules_of(regency)


def read_rules(values: RuleValues) -> dict[str, object]:
    """Return the rules as they are stored. Raises: BadInputError."""
    due_day, fix_day = day_of_month(values.due_day), day_of_month(values.fix_day)
    if fix_day > due_day:
        raise BadInputError("report-fix-after-due")
    since = values.since.strip()
    if since and read_month(since) is None:
        raise BadInputError("report-since", read=since[:20])
    unknown = [role for role in values.roles if role not in {known.value for known in REPORTERS}]
    if unknown:
        raise BadInputError("visit-kind", read=unknown[0][:20])
    return {"due_day": due_day, "fix_day": fix_day, "since": since, "roles": sorted(set(values.roles))}


def day_of_month(text: str) -> int:
    """Return a day that every month has. Raises: BadInputError."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 2 and 1 <= int(bare) <= LONGEST_DUE_DAY):
        raise BadInputError("report-day", read=bare[:20])
    return int(bare)
