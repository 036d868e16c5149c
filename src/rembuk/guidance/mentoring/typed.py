"""What people type about visits as values: days, numbers, texts, choices. A refusal names what was read."""

from collections.abc import Container
from datetime import date

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError

LONGEST_NOTE = 300
LONGEST_TEXT = 2_000
MOST_MINUTES = 60 * 24 * 14


def optional_day(text: str) -> date | None:
    """Return an ISO day, None when empty. Raises: BadInputError."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("visit-day", read=text[:40]) from error


def read_day(text: str) -> date:
    """Return an ISO day. Raises: BadInputError."""
    day = optional_day(text)
    if day is None:
        raise BadInputError("visit-day-missing")
    return day


def past_day(text: str, today: date) -> date:
    """Return a day that has come. Raises: BadInputError."""
    day = read_day(text)
    if day > today:
        raise BadInputError("visit-day-future", date=date_text(day))
    return day


def coming_day(text: str, today: date) -> date:
    """Return today or a later day. Raises: BadInputError."""
    day = read_day(text)
    if day < today:
        raise BadInputError("visit-day-past", date=date_text(day))
    return day


def one_of(text: str, known: Container[str], *, default: str | None = None) -> str:
    """Return a known code; *default* when empty. Raises: BadInputError."""
    if not text and default is not None:
        return default
    if text not in known:
        raise BadInputError("visit-kind", read=text[:40])
    return text


def optional_minutes(text: str) -> int | None:
    """Return whole minutes, None when empty. Raises: BadInputError."""
    bare = text.strip()
    if not bare:
        return None
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 6 and int(bare) <= MOST_MINUTES):
        raise BadInputError("visit-number", read=text[:20])
    return int(bare)


def words(name: str, text: str, limit: int = LONGEST_NOTE) -> str:
    """Return one line without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    return _within(name, " ".join(text.replace("\x00", " ").split()), limit)


def lines(name: str, text: str, limit: int = LONGEST_TEXT) -> str:
    """Return a text of several lines without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    rows = (" ".join(row.split()) for row in text.replace("\x00", " ").strip().splitlines())
    return _within(name, "\n".join(rows), limit)


def needed(name: str, text: str, code: str, limit: int = LONGEST_NOTE) -> str:
    """Return one line that says something. Raises: BadInputError *code* when it is empty."""
    found = words(name, text, limit)
    if not found:
        raise BadInputError(code)
    return found


def _within(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadInputError("visit-text-long", field=name, count=len(text), limit=limit)
    return text
