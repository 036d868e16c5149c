"""Rows grouped by field (bidang) with their subtotals and the total, as every matrix of a village plan has them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from rembuk.core.documents.frame import FIELDS
from rembuk.core.documents.model import Row, RowKind, Sum, Value, sum_of

Item = TypeVar("Item")
MakeRows = Callable[[int, Item], Sequence[Row]]
UNSORTED = "Bidang belum ditentukan"


def sum_row(
    rows: Sequence[Row],
    label: str,
    columns: Sequence[int],
    ranges: tuple[tuple[int, int], ...],
    width: int,
    *,
    kind: RowKind,
) -> Row:
    """Return a subtotal or total row over *ranges* of the rows so far; its label lies before the first sum."""
    cells: list[Value] = [None] * width
    cells[0] = label
    sums = tuple(Sum(column, ranges) for column in columns)
    for total in sums:
        cells[total.column] = sum_of(rows, total)
    span = (0, columns[0]) if columns else (0, width)
    return Row(tuple(cells), kind, spans=(span,), sums=sums)


def item_runs(rows: Sequence[Row], first: int) -> tuple[tuple[int, int], ...]:
    """Return the runs of item rows from *first* on, so that a sum never counts a subtotal again."""
    runs: list[tuple[int, int]] = []
    for index in range(first, len(rows)):
        if rows[index].kind != "item":
            continue
        if runs and runs[-1][1] == index - 1:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return tuple(runs)


def group_row(number: str, label: str, width: int) -> Row:
    """Return the row that opens a group: its number, then its name over the rest of the line."""
    return Row((number, label, *([None] * (width - 2))), "group", spans=((1, width - 1),))


def empty_row(words: str, width: int) -> Row:
    """Return the row that says that a group holds nothing."""
    return Row((None, words, *([None] * (width - 2))), "empty", spans=((1, width - 1),))


def rows_by_field(
    items: Iterable[Item],
    field_of: Callable[[Item], int],
    make: MakeRows[Item],
    *,
    width: int,
    sum_columns: Sequence[int],
    total_label: str = "Jumlah total",
    names: Mapping[int, str] = FIELDS,
    nothing: str = "Tidak ada kegiatan",
    unsorted: bool = False,
) -> tuple[Row, ...]:
    """Return the rows of a matrix: per field its name, its items, "Jumlah bidang n"; at the end the total.

    items: in the order in which they are printed within their field. make: (running number from 1, item) -> its lines.
    width: number of leaf columns. sum_columns: leaf columns that are summed. nothing: what an empty field says.
    unsorted: items of field 0 have no field yet and stand in a group of their own at the end, if there are any.
    Raises: ValueError for an unknown field.
    """
    by_field: dict[int, list[Item]] = {field: [] for field in (*names, *((0,) if unsorted else ()))}
    for item in items:
        field = field_of(item)
        if field not in by_field:
            raise ValueError(f"unknown field {field}")
        by_field[field].append(item)
    rows: list[Row] = []
    subtotals: list[tuple[int, int]] = []
    number = 0
    for field, inside in by_field.items():
        if not field and not inside:
            continue
        name = f"Bidang {names[field]}" if field else UNSORTED
        rows.append(group_row(str(field or "-"), name, width))
        first = len(rows)
        for item in inside:
            number += 1
            rows.extend(make(number, item))
        ranges = item_runs(rows, first)
        if not ranges:
            rows.append(empty_row(nothing, width))
        subtotals.append((len(rows), len(rows)))
        label = f"Jumlah per bidang {field}" if field else "Jumlah tanpa bidang"
        rows.append(sum_row(rows, label, sum_columns, ranges, width, kind="subtotal"))
    rows.append(sum_row(rows, total_label, sum_columns, tuple(subtotals), width, kind="total"))
    return tuple(rows)
