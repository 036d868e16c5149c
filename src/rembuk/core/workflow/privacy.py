"""What may be shown about groups of people: no count under five, and none that can be worked out from the rest.

Small cells are merged into the next larger whole (group, hamlet, village, year) and never printed as "<5". This is the
one rule of the whole program.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Final, Literal

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES

SMALLEST: Final = 5
Level = Literal["meeting", "village_year", "district", "regency"]
REPRESENTED: Final = "terwakili"
NOT_REPRESENTED: Final = "belum"


def hidden_cells(cells: Mapping[str, Fraction | int], floor: int = SMALLEST) -> frozenset[str]:
    """Return the cells of one row of counts that must be merged; an empty set if all may stand.

    A cell under *floor* is merged. The rest must be *floor* or more and hide at least two cells, and where one cell
    would stand alone beside it, that one is merged too; so nothing merged can be worked out.
    """
    hidden = {key for key, count in cells.items() if count < floor}
    if hidden:
        by_size = sorted(cells.keys() - hidden, key=lambda key: (cells[key], key))
        while by_size and (len(hidden) < 2 or sum(cells[key] for key in hidden) < floor or len(by_size) == 1):
            hidden.add(by_size.pop(0))
    return frozenset(hidden)


def stands_apart(count: Fraction | int, whole: Fraction | int, floor: int = SMALLEST) -> bool:
    """Return whether a group may be shown beside its whole: it and everyone else are *floor* or more, or all are in it.

    The whole less the group gives the others, so a group of all but two would show those two.
    """
    return count >= floor and (whole == count or whole - count >= floor)


def shown_cells(cells: Mapping[str, int]) -> tuple[dict[str, int], int | None]:
    """Split one row of counts into those shown and the sum of the merged rest (see `hidden_cells`).

    Returns the shown cells in their order, and the merged sum: nothing if nothing was merged or if even the whole is
    under five.
    """
    hidden = hidden_cells(cells)
    shown = {key: count for key, count in cells.items() if key not in hidden}
    merged = sum(cells[key] for key in hidden)
    return shown, merged if hidden and merged >= SMALLEST else None


def level_shown(levels: Sequence[tuple[str, int]]) -> str | None:
    """Return the first of ever larger wholes (group, hamlet, village, year) that counts five or more; or nothing."""
    return next((name for name, count in levels if count >= SMALLEST), None)


def shown_elements(counts: Mapping[str, int], level: Level) -> dict[str, int | str | None]:
    """Return UNSUR code -> what may be shown at that level.

    MISKIN and DIFABEL show per meeting only whether they were represented; over a village's whole year and above they
    show a number of five or more. Other elements show the number, or nothing where it was merged.
    """
    plain = {code: count for code, count in counts.items() if code not in HIDDEN_BESIDE_NAMES}
    shown, _ = shown_cells(plain)
    result: dict[str, int | str | None] = {code: shown.get(code) for code in plain}
    for code in sorted(HIDDEN_BESIDE_NAMES & counts.keys()):
        if level == "meeting":
            result[code] = REPRESENTED if counts[code] else NOT_REPRESENTED
        else:
            result[code] = counts[code] if counts[code] >= SMALLEST else None
    return result


def shown_beside(cells: Mapping[str, int], never: AbstractSet[str] = HIDDEN_BESIDE_NAMES) -> tuple[dict[str, int], int]:
    """Split counts of one row for everybody: those shown, and the sum of all others together.

    never: cells that are not told at all. They lie in the sum of the others with five or more people of other cells, so
    that their number cannot be worked out from the whole; where that cannot be had, nothing is shown beside the whole.
    """
    plain = {key: count for key, count in cells.items() if key not in never}
    secret = sum(cells.values()) - sum(plain.values())
    # A cell of nobody stands for what is never told: it hides at least one other cell, and five people of them.
    hidden = hidden_cells({**plain, "": 0} if secret else plain) - {""}
    shown = {key: count for key, count in plain.items() if key not in hidden}
    return shown, secret + sum(plain[key] for key in hidden)
