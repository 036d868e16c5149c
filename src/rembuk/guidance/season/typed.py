"""What people type about a season as values. A refusal names what was read."""

from datetime import date

from rembuk.core.errors import BadInputError

LONGEST_WEEKS = 26


def read_words(field: str, text: str, limit: int, *, needed: bool = False) -> str:
    """Return *text* without spaces around it. Raises: BadInputError when too long, or missing though needed."""
    words = " ".join(text.split())
    if needed and not words:
        raise BadInputError("season-missing", field=field)
    if len(words) > limit:
        raise BadInputError("season-text-long", field=field, count=len(words), limit=limit)
    return words


def read_day(text: str) -> date:
    """Return an ISO day. Raises: BadInputError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("season-day", read=text[:40]) from error


def optional_day(text: str) -> date | None:
    """Return an ISO day, None when empty. Raises: BadInputError."""
    return read_day(text) if text.strip() else None


def read_number(field: str, text: str, least: int, most: int) -> int:
    """Return a whole number. Raises: BadInputError."""
    words = text.strip()
    if not (words.isascii() and words.isdigit() and least <= int(words) <= most):
        raise BadInputError("season-number", field=field, read=text[:20], least=least, most=most)
    return int(words)


def optional_number(field: str, text: str, least: int, most: int) -> int | None:
    """Return a whole number, None when empty. Raises: BadInputError."""
    return read_number(field, text, least, most) if text.strip() else None


def read_days(text: str) -> list[str]:
    """Return ISO days written one a line or with commas, in order. Raises: BadInputError naming the first wrong one."""
    return sorted({read_day(part).isoformat() for part in text.replace(",", "\n").splitlines() if part.strip()})


def read_closed(text: str) -> list[tuple[date, str]]:
    """Return (day, reason) from lines such as ``2027-02-03 banjir``; each needs its reason. Raises: BadInputError."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        day, _space, reason = line.strip().partition(" ")
        if not reason.strip():
            raise BadInputError("season-closed-reason", read=line.strip()[:40])
        found.append((read_day(day), reason.strip()[:200]))
    return sorted(set(found))


def read_words_list(text: str) -> list[str]:
    """Return words written with commas, lower-case, each once."""
    return sorted({part.strip().casefold()[:40] for part in text.split(",") if part.strip()})
