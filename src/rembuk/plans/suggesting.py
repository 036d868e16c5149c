"""Which line of the RPJM Desa an item may come from: offered with the reason, never chosen silently."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from rembuk.plans.models import RpjmdesItem

ALIKE = 60
MOST = 3


@dataclass(frozen=True, slots=True)
class LineSuggestion:
    """A line that fits, and why: the same code, a similar name, planned for the year."""

    line: RpjmdesItem
    same_code: bool
    likeness: int
    in_year: bool


def suggested_lines(name: str, code: str, lines: Sequence[RpjmdesItem], year: int) -> list[LineSuggestion]:
    """Return at most three lines, best first: by the same code, then the year, then the likeness of the names."""
    if not name.strip() and not code:
        return []
    found = []
    for line in lines:
        likeness = round(fuzz.token_set_ratio(name.lower(), line.name.lower())) if name.strip() else 0
        same = bool(code) and line.activity_code == code
        if same or likeness >= ALIKE:
            found.append(LineSuggestion(line, same, likeness, year in line.years))
    found.sort(key=lambda one: (not one.same_code, not one.in_year, -one.likeness, one.line.order, str(one.line.id)))
    return found[:MOST]
