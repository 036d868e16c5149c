"""F09: the season calendar. Twelve months in three seasons, and how strongly a thing is felt in each of them."""

from collections.abc import Sequence
from typing import Final

from rembuk.core.errors import BadInputError

MONTHS: Final[tuple[str, ...]] = (
    *("Jan", "Feb", "Mar", "Apr", "Mei", "Jun"),
    *("Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
)
SEASONS: Final[dict[str, str]] = {"change": "Pancaroba", "dry": "Kemarau", "wet": "Hujan"}
"""In the order in which the form groups the months."""

DEFAULT_SEASONS: Final[tuple[str, ...]] = (
    *("wet", "wet", "wet", "change", "change", "dry"),
    *("dry", "dry", "dry", "change", "wet", "wet"),
)
"""Where nobody has said otherwise; seasons differ from river to river, so a village sets its own."""

MARKS: Final[tuple[str, ...]] = ("-", "*", "**", "***")
MOST: Final = len(MARKS) - 1
NO_MARKS: Final[tuple[int, ...]] = (0,) * len(MONTHS)


def check_seasons(seasons: Sequence[str]) -> tuple[str, ...]:
    """Return twelve known seasons. Raises: BadInputError."""
    if len(seasons) != len(MONTHS) or any(season not in SEASONS for season in seasons):
        raise BadInputError("assessment-seasons")
    return tuple(seasons)


def check_marks(marks: Sequence[int]) -> tuple[int, ...]:
    """Return twelve marks of 0 (none) to 3 (very strong). Raises: BadInputError."""
    if len(marks) != len(MONTHS) or any(type(mark) is not int or not 0 <= mark <= MOST for mark in marks):
        raise BadInputError("assessment-marks")
    return tuple(marks)


def grouped(seasons: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Return (season, its months 0-11 in the order of the year); a season without months is left out."""
    found = [(season, [month for month, own in enumerate(seasons) if own == season]) for season in SEASONS]
    return [(season, months) for season, months in found if months]


def next_mark(mark: int) -> int:
    """Return the mark after *mark*: none, *, **, ***, none again."""
    return (mark + 1) % len(MARKS)


def peak_months(marks: Sequence[int]) -> str:
    """Name the months in which a thing is felt most, ``Mei, Jun``; empty when it is felt in none."""
    most = max(marks, default=0)
    return ", ".join(MONTHS[month] for month, mark in enumerate(marks) if mark == most) if most else ""
