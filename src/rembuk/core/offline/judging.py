"""When a record was really made, and what is odd about it: the clock, the age of the rights, the schema."""

from datetime import datetime, timedelta
from typing import Final

CLOCK_TOLERANCE: Final = timedelta(minutes=10)
MOST_SKEW: Final = timedelta(days=60 * 365)
"""A clock that began again in 1970 is put right; one that says the year 2500 is not believed about anything."""

RIGHTS_DAYS: Final = 14
PACKAGE_DAYS: Final = 30
KEY_DAYS: Final = 400
WAITING_DAYS: Final = 3
"""After so many days a record whose parent has not come is a person's business."""

SCHEMA: Final = 1
CLOCK, STALE, NO_PACKAGE, EXTRA = "clock", "rights-stale", "package-unknown", "extra"


def skew_of(sent_at: datetime | None, now: datetime) -> timedelta:
    """Return how far the device's clock was behind at sync; nothing when unknown, forgiven or beyond belief."""
    if sent_at is None or not CLOCK_TOLERANCE < abs(now - sent_at) <= MOST_SKEW:
        return timedelta(0)
    return now - sent_at


def happened(captured: datetime, skew: timedelta, received: datetime) -> datetime:
    """Return when it was made by the server's clock, never after it came in."""
    return min(captured + skew, received)


def flags_of(
    *, captured: datetime, received: datetime, skew: timedelta, issued: datetime | None, rights_until: datetime | None
) -> list[str]:
    """Return the flags of a record. issued, rights_until: of its package, None when the server has none."""
    flags = []
    made = happened(captured, skew, received)
    early = issued is not None and made < issued - CLOCK_TOLERANCE
    if skew or early or captured - received > CLOCK_TOLERANCE:
        flags.append(CLOCK)
    if rights_until is not None and made > rights_until:
        flags.append(STALE)
    if issued is None:
        flags.append(NO_PACKAGE)
    return flags
