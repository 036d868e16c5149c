"""A sheet as values: rows of cells, each with an address that a sentence can name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error of the spreadsheet (``#REF!``) or a formula never worked out (``#RUMUS``)."""

    code: str

    def __str__(self) -> str:
        return self.code


Value = str | int | float | bool | date | time | timedelta | CellError | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, zero-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet. ``rows[0]`` is the sheet's row 1; rows may differ in length; empty cells are None."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[Area, ...] = ()
    file: str = ""

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> Value:
        """Return the value at a zero-based place; None outside the sheet."""
        if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]):
            return None
        return self.rows[row][column]

    def column(self, column: int, start: int = 0) -> Iterator[Value]:
        """Yield one column's values from row *start* down."""
        return (self.cell(row, column) for row in range(start, len(self.rows)))


def column_letter(column: int) -> str:
    """Name a zero-based column as spreadsheets do: 0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Name a zero-based place: ``address(13, 5)`` is ``F14``."""
    return f"{column_letter(column)}{row + 1}"


def as_text(value: Value) -> str:
    """Write a cell's value as a person would have typed it; empty cells give an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}".replace(".", ",")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split()) if not isinstance(value, str) else value.strip()
