"""What a choice may say about groups of voters. The rule itself stands in `core.workflow.privacy`, once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Ballot
from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES
from rembuk.core.workflow.privacy import (
    NOT_REPRESENTED,
    REPRESENTED,
    SMALLEST,
    Level,
    hidden_cells,
    stands_apart,
)

REST: Final = "*"
"""Key of the cell that small ones were merged into; no hamlet and no group is called so."""
Number = Fraction | int


@dataclass(frozen=True, slots=True)
class Cell:
    """Voters of one group and an amount they share (rupiah paid, supporters, points; the sum, never an average)."""

    voters: Number
    amount: Number = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.voters + other.voters, self.amount + other.amount)


def merge_small(cells: Mapping[str, Cell], floor: int = SMALLEST) -> tuple[dict[str, Cell], tuple[str, ...]]:
    """Merge the cells of one row (hamlets, sources: each voter in one cell) that are too small to be shown.

    Give cells of no voters too: one that is left out says that nobody is in it. Returns the shown cells in their
    order, then `REST` with the sums of the merged ones, and the names merged, sorted. Sums are preserved; only where
    even the whole is under *floor* nothing is shown at all.
    """
    hidden = hidden_cells({name: cell.voters for name, cell in cells.items()}, floor)
    shown = {name: cell for name, cell in cells.items() if name not in hidden}
    rest = sum((cells[name] for name in hidden), Cell(0))
    if hidden and rest.voters >= floor:
        shown[REST] = rest
    return shown, tuple(sorted(hidden))


def groups_shown(
    cells: Mapping[str, Cell], whole: Cell, level: Level = "meeting", floor: int = SMALLEST
) -> dict[str, Cell | str | None]:
    """Return group -> what may be shown of it beside *whole*; groups overlap, so none is merged with another.

    Nothing for a group that goes up into the whole because it, or everyone else, is under *floor*. MISKIN and DIFABEL
    show per meeting only whether they were represented. whole: all voters with the amount they share.
    """
    return {name: _group_shown(name, cell, whole, level, floor) for name, cell in cells.items()}


def _group_shown(name: str, cell: Cell, whole: Cell, level: Level, floor: int) -> Cell | str | None:
    if level == "meeting" and is_sheltered(name):
        return REPRESENTED if cell.voters else NOT_REPRESENTED
    return cell if stands_apart(cell.voters, whole.voters, floor) else None


def is_sheltered(group: str) -> bool:
    """Return whether a group is shown per meeting only as represented or not: the poor and the disabled."""
    return group.upper() in HIDDEN_BESIDE_NAMES


def heads_of(ballots: Iterable[Ballot], voters: Mapping[str, int] | None = None) -> tuple[Fraction, ...]:
    """Return how many people stand behind each ballot: its weight, unless weights are not people.

    voters: hamlet -> people who handed in a ballot, for hamlets whose ballots weigh by population; their weights are
    brought to that sum. Hidden counts are counts of people: a single ballot of weight 34 must not pass for 34.
    """
    given = list(ballots)
    if not voters:
        return tuple(ballot.weight for ballot in given)
    sums: dict[str, Fraction] = {}
    for ballot in given:
        sums[ballot.hamlet] = sums.get(ballot.hamlet, Fraction(0)) + ballot.weight
    scale = {name: people / sums[name] for name, people in voters.items() if sums.get(name)}
    return tuple(ballot.weight * scale.get(ballot.hamlet, 1) for ballot in given)
