"""What people type at the desk as values; a refusal names what was read."""

from datetime import date

from rembuk.core.errors import BadInputError


def read_day(text: str, today: date) -> date:
    """Return a day that has come. Raises: BadInputError."""
    day = optional_day(text)
    if day is None:
        raise BadInputError("desk-day-missing")
    if day > today:
        raise BadInputError("desk-day-future", date=day.isoformat())
    return day


def optional_day(text: str) -> date | None:
    """Return an ISO day, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("desk-day", read=text[:40]) from error


def read_words(name: str, text: str, limit: int) -> str:
    """Return a text without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    words = " ".join(text.split())
    if len(words) > limit:
        raise BadInputError("desk-text-long", field=name, count=len(words), limit=limit)
    return words
