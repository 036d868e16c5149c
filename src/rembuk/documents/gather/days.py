"""The day of a paper: its own where it has one, else that of the last change, so that equal data makes equal papers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rembuk.plans.models import RkpdesVersion
from rembuk.regions.models import Village


def local_day(village: Village, moment: datetime) -> date:
    """Return the day that *moment* was in the village. village: with its regency."""
    return moment.astimezone(ZoneInfo(village.regency.time_zone)).date()


def day_of_plan(plan: RkpdesVersion) -> date:
    """Return the day of the plan's Perdes, until then that of its last change."""
    return plan.perdes_date or local_day(plan.village, plan.changed_at)
