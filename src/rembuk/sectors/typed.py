"""What people type about technical support as values. A refusal names what was read."""

from datetime import date

from rembuk.core.errors import BadInputError
from rembuk.core.support_requests import MARKS, RAB_ITEMS

MOST_PLACES = 300


def read_words(field: str, text: str, limit: int, *, needed: bool = False) -> str:
    """Return *text* without spaces around it. Raises: BadInputError when too long, or missing though needed."""
    words = text.strip()
    if needed and not words:
        raise BadInputError("support-missing", field=field)
    if len(words) > limit:
        raise BadInputError("support-text-long", field=field, count=len(words), limit=limit)
    return words


def read_day(text: str) -> date:
    """Return an ISO day. Raises: BadInputError."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInputError("support-day", read=text[:40]) from error


def read_coming_day(text: str, today: date) -> date:
    """Return a day from *today* on. Raises: BadInputError."""
    day = read_day(text)
    if day < today:
        raise BadInputError("support-day-past", date=day.isoformat())
    return day


def read_quota(text: str) -> int:
    """Return a number of places. Raises: BadInputError."""
    words = text.strip()
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= MOST_PLACES):
        raise BadInputError("support-quota", read=text[:20])
    return int(words)


def read_marks(marks: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
    """Return item -> [mark, note] of a RAB check with every item marked. Raises: BadInputError naming the items."""
    unmarked = [words for item, words in RAB_ITEMS.items() if marks.get(item, ("", ""))[0] not in MARKS]
    if unmarked:
        raise BadInputError("support-marks", items="; ".join(unmarked))
    silent = [words for item, words in RAB_ITEMS.items() if marks[item][0] == "fix" and not marks[item][1].strip()]
    if silent:
        raise BadInputError("support-fix-note", items="; ".join(silent))
    return {item: [marks[item][0], marks[item][1].strip()[:300]] for item in RAB_ITEMS}
