"""What people type about plans and commitments as values: days, money, words. A refusal names what was read."""

import re
from datetime import date

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.programme import SOURCES
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
NO_COST = "none"


def words(name: str, text: str, limit: int) -> str:
    """Return one line without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    return _within(name, " ".join(text.replace("\x00", " ").split()), limit)


def lines(name: str, text: str, limit: int) -> str:
    """Return a text of several lines without stray spaces. Raises: BadInputError when it is longer than *limit*."""
    rows = (" ".join(row.split()) for row in text.replace("\x00", " ").strip().splitlines())
    return _within(name, "\n".join(row for row in rows if row), limit)


def needed(name: str, text: str, code: str, limit: int) -> str:
    """Return one line that says something. Raises: BadInputError *code* when it is empty."""
    found = words(name, text, limit)
    if not found:
        raise BadInputError(code)
    return found


def _within(name: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise BadInputError("programme-text-long", field=name, count=len(text), limit=limit)
    return text


def optional_day(text: str) -> date | None:
    """Return a day written ``2026-03-14`` or ``14/3/2026``, None when empty. Raises: BadInputError."""
    bare = text.strip()
    if not bare:
        return None
    match = _DAY_FIRST.fullmatch(bare)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(bare[:10])
    except ValueError as error:
        raise BadInputError("programme-day", read=bare[:40]) from error


def day(text: str, code: str = "programme-day-missing") -> date:
    """Return a day. Raises: BadInputError *code* when it is empty."""
    found = optional_day(text)
    if found is None:
        raise BadInputError(code)
    return found


def amount(text: str) -> Rupiah:
    """Return rupiah of zero or more. Raises: BadInputError."""
    try:
        found = parse_rupiah(text)
    except MoneyError as error:
        raise BadInputError("programme-amount", read=text[:40]) from error
    if found < 0:
        raise BadInputError("programme-amount-negative", read=text[:40])
    return found


def optional_amount(text: str) -> Rupiah | None:
    """Return rupiah of zero or more, None when empty. Raises: BadInputError."""
    return amount(text) if text.strip() else None


def source(text: str) -> str:
    """Return the code of a source, written as code or name. Raises: BadInputError."""
    bare = " ".join(text.lower().split())
    for code, name in SOURCES.items():
        if bare in (code, name.lower()):
            return code
    raise BadInputError("programme-source", read=text[:40])


def year(text: str) -> int:
    """Return a year of four digits. Raises: BadInputError."""
    bare = text.strip()
    if not (bare.isascii() and bare.isdigit() and len(bare) == 4 and 2015 <= int(bare) <= 2100):
        raise BadInputError("programme-year", read=bare[:20])
    return int(bare)
