"""How a regency asks for the monthly report: its last day, who owes one, since when. No law fixes any of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from rembuk.core.guidance.monthly import DUE_DAY, FIX_DAY, Month, due_of, read_month
from rembuk.core.hat import FACILITATOR_ROLES, Place, Role
from rembuk.guidance.mentoring.permissions import REPORTERS
from rembuk.regions.models import Regency

SETTING: Final = "monthly_reports"
USUAL_ROLES: Final = FACILITATOR_ROLES | {Role.PTP}


@dataclass(frozen=True, slots=True)
class ReportRules:
    """What a regency has set. fix_day: until when records of the last month are corrected. roles: who owes a report.

    since: first month that is asked for; None: the month of the regency's first visit.
    """

    regency: Regency
    due_day: int = DUE_DAY
    fix_day: int = FIX_DAY
    since: Month | None = None
    roles: frozenset[Role] = USUAL_ROLES
    version: int = 0

    @property
    def place(self) -> Place:
        return self.regency.place

    def due(self, month: Month) -> date:
        """Return the last day for the report of *month*."""
        return due_of(month, self.due_day)

    def fix_until(self, month: Month) -> date:
        """Return the last day for corrections of what was recorded in *month*."""
        return due_of(month, self.fix_day)


def report_rules_of(regency: Regency) -> ReportRules:
    """Return what the regency has set; defaults where nobody has. No query."""
    stored: Mapping[str, Any] = regency.settings.get(SETTING, {})
    roles = stored.get("roles")
    return ReportRules(
        regency=regency,
        due_day=int(stored.get("due_day", DUE_DAY)),
        fix_day=int(stored.get("fix_day", FIX_DAY)),
        since=read_month(str(stored.get("since", ""))),
        roles=USUAL_ROLES if roles is None else frozenset(role for role in REPORTERS if role.value in roles),
        version=int(stored.get("version", 0)),
    )
