"""Which day it is at a regency, and its holidays: bridges between stored rows and core.calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from rembuk.regions.models import Regency


def local_day(regency: Regency, at: datetime) -> date:
    """Return the day it is at *regency* at the moment *at*."""
    return at.astimezone(ZoneInfo(regency.time_zone)).date()
