"""What people type about trainings as values. A refusal names what was read."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from rembuk.core.errors import BadInputError
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah


def words(name: str, text: str, limit: int) -> str:
    """Return a text without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    found = " ".join(text.split())
    if len(found) > limit:
        raise BadInputError("training-text-long", field=name, count=len(found), limit=limit)
    return found


def optional_day(text: str) -> date | None:
    """Return an ISO day, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("training-day", read=text[:40]) from error


def whole(text: str, least: int, most: int) -> int | None:
    """Return a whole number within bounds, None when it is none."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) < 7):
        return None
    return int(bare) if least <= int(bare) <= most else None


def optional_money(text: str) -> Rupiah | None:
    """Return rupiah of zero or more, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        amount = parse_rupiah(text)
    except MoneyError as error:
        raise BadInputError("training-money", read=text[:40]) from error
    if amount < 0:
        raise BadInputError("training-money", read=text[:40])
    return amount


def link(text: str) -> str:
    """Return an address of the web, or an empty text. Raises: BadInputError."""
    found = words("tautan", text, 300)
    if found and not found.startswith(("https://", "http://")):
        raise BadInputError("training-link")
    return found


def moment(day: str, clock: str, zone: str) -> datetime | None:
    """Return the moment of a day and a time of day (``09:00``) there; None when either is none."""
    try:
        return datetime.combine(
            date.fromisoformat(day.strip()), time.fromisoformat(clock.strip().replace(".", ":")), ZoneInfo(zone)
        )
    except ValueError:
        return None
