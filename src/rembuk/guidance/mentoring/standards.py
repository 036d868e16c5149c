"""The days of mentoring as a regency and its villages have set them; defaults where nobody has. None is a law's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from rembuk.core.guidance.findings import DUE_DAYS, GRACE_DAYS, DueRules, Severity, grace_for
from rembuk.core.guidance.visit_states import MISSED_AFTER_DAYS, REPORT_WORKING_DAYS
from rembuk.core.hat import Place
from rembuk.regions.models import Regency, Village

SETTING: Final = "mentoring"
LONGEST_DAYS: Final = 365


@dataclass(frozen=True, slots=True)
class Standards:
    """What a regency has set. due: days by severity and grace; version: raised by every change."""

    regency: Regency
    due: DueRules
    missed_after: int = MISSED_AFTER_DAYS
    report_days: int = REPORT_WORKING_DAYS
    version: int = 0

    @property
    def place(self) -> Place:
        return self.regency.place


def standards_of(regency: Regency) -> Standards:
    """Return the regency's days. No query."""
    stored: Mapping[str, Any] = regency.settings.get(SETTING, {})
    given = stored.get("days", {})
    days = {severity: given.get(severity.value, DUE_DAYS[severity]) for severity in Severity}
    return Standards(
        regency=regency,
        due=DueRules(days=days, grace_days=int(stored.get("grace_days", GRACE_DAYS))),
        missed_after=int(stored.get("missed_after", MISSED_AFTER_DAYS)),
        report_days=int(stored.get("report_days", REPORT_WORKING_DAYS)),
        version=int(stored.get("version", 0)),
    )


def own_grace(village: Village) -> int | None:
    """Return the days more that were set for this village alone, None where nobody has."""
    value = village.settings.get(SETTING, {}).get("grace_days")
    return None if value is None else int(value)


def grace_of(village: Village, standards: Standards) -> int:
    """Return the days more that promises of this village get."""
    return grace_for(village.access_mode, village.signal, own_grace(village), standards.due)
