"""A form's table as lines of placed cells, for the formats that merge downwards by marking every line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.documents import model

Look = Literal["head", "letter", "plain", "strong", "empty"]
Merge = Literal["", "start", "below"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of one line. merge: the first or a lower line of a cell that lies over several; group: opens a group."""

    column: int
    text: str
    colspan: int = 1
    merge: Merge = ""
    side: model.Align = "left"
    look: Look = "plain"
    group: bool = False


def continued(rows: Sequence[model.Row]) -> dict[tuple[int, int], int]:
    """Return how many lines a cell covers where the next lines continue it: (row, column) -> lines, two or more."""
    found: dict[tuple[int, int], int] = {}
    owner = 0
    for index, row in enumerate(rows):
        if not row.continues:
            owner = index
            continue
        for column, value in enumerate(row.cells):
            if value is None:
                found[owner, column] = found.get((owner, column), 1) + 1
    return found


def grid_rows(table: model.Table) -> Iterator[tuple[bool, list[GridCell]]]:
    """Yield the table's lines from the top: (whether it belongs to the heading, its cells from the left)."""
    for line in _head_lines(table):
        yield True, line
    if table.has_letters:
        yield True, [GridCell(x, leaf.letter, side="center", look="letter") for x, leaf in enumerate(table.leaves)]
    tall = continued(table.rows)
    sides = [column.side for column in table.leaves]
    kinds = [column.kind for column in table.leaves]
    for index, row in enumerate(table.rows):
        yield False, _row(row, index, sides, kinds, tall)


def _head_lines(table: model.Table) -> list[list[GridCell]]:
    lines: list[list[GridCell]] = [[] for _ in range(model.depth(table.columns))]
    for cell in table.head():
        start: Merge = "start" if cell.rowspan > 1 else ""
        lines[cell.row].append(GridCell(cell.column, cell.label, cell.colspan, start, "center", "head"))
        for lower in range(cell.row + 1, cell.row + cell.rowspan):
            lines[lower].append(GridCell(cell.column, "", cell.colspan, "below", "center", "head"))
    return [sorted(line, key=lambda cell: cell.column) for line in lines]


def _row(
    row: model.Row,
    index: int,
    sides: Sequence[model.Align],
    kinds: Sequence[model.Kind],
    tall: dict[tuple[int, int], int],
) -> list[GridCell]:
    look: Look = "empty" if row.kind == "empty" else "plain" if row.kind == "item" else "strong"
    spans = dict(row.spans)
    cells = []
    column = 0
    while column < len(row.cells):
        width = spans.get(column, 1)
        value = row.cells[column]
        merge: Merge = ""
        if row.continues and value is None:
            merge = "below"
        elif (index, column) in tall:
            merge = "start"
        side = sides[column]
        if width > 1:
            side = "right" if row.kind in ("subtotal", "total") else "left"
        text = model.cell_text(value, kinds[column])
        cells.append(GridCell(column, text, width, merge, side, look, row.kind == "group"))
        column += width
    return cells
