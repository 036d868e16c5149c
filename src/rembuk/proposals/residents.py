"""Residents without an account: the hat their acts stand under, and how one person or device is known again.

Nothing here stores who somebody is. A digest is keyed with the secret of the installation and differs for each thing,
so that it tells only whether the same person or device came twice to the same thing. Other rooms that open a door to
residents use the same functions.
"""

import secrets
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from rembuk.core.calendar import add_working_days
from rembuk.core.hat import Hat, visitor_hat
from rembuk.core.text.masking import normal_name
from rembuk.cycles.queries import holidays
from rembuk.regions.models import Regency, Village

LOOK_DAYS = 3
LOOK_DAYS_SETTING = "public_look_days"
DEVICE_COOKIE = "rembuk_warga"
DEVICE_COOKIE_AGE = 400 * 24 * 3600
YOUNGEST, OLDEST = 17, 110


def resident_of(village: Village) -> Hat:
    """Return the hat of a resident of *village*; the trail says "Warga" and names nobody."""
    return visitor_hat(village.place, village.full_name)


def person_digest(*, thing: str, village_id: str, name: str, hamlet_id: UUID, birth_year: int) -> str:
    """Return what one resident (name, hamlet, year of birth) of a village is known by at one *thing*."""
    text = f"{village_id}|{normal_name(name)}|{hamlet_id}|{birth_year}"
    return salted_hmac(f"rembuk.resident.{thing}", text, algorithm="sha256").hexdigest()


def device_digest(*, thing: str, token: str) -> str | None:
    """Return what one device is known by at one *thing*; None for a device that keeps no cookie."""
    return salted_hmac(f"rembuk.device.{thing}", token, algorithm="sha256").hexdigest() if token else None


def new_device_token() -> str:
    """Return a token for a device that comes for the first time."""
    return secrets.token_urlsafe(18)


def look_days(regency: Regency) -> int:
    """Return within how many working days the secretary looks: three unless the regency's settings say otherwise."""
    days = regency.settings.get(LOOK_DAYS_SETTING, LOOK_DAYS)
    return days if isinstance(days, int) and 0 < days <= 30 else LOOK_DAYS


def look_due(village: Village, at: datetime) -> date:
    """Return the last day for the secretary's look at what came in at *at*. One query."""
    start = timezone.localtime(at).date()
    return add_working_days(start, look_days(village.regency), holidays(village.regency_id))


def old_enough(birth_year: int, on: date) -> bool:
    """Return whether somebody of that year is 17 in the year of *on*; children's ideas come through a facilitator."""
    return YOUNGEST <= on.year - birth_year <= OLDEST
