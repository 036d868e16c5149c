"""Find the heading of a sheet: the row that names the columns, with a second row below merged cells if there is one."""

from dataclasses import dataclass

from rembuk.core.intake.table import CellError, Row, Table, as_text
from rembuk.core.intake.words import plain, roles_of

_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class Header:
    """Where the heading stands. rows: its zero-based rows (none: the sheet has no heading).

    labels: one per column, over two rows both joined. own: what stands in the lower row alone.
    """

    rows: tuple[int, ...]
    first_row: int
    labels: tuple[str, ...]
    own: tuple[str, ...]


def find_header(table: Table) -> Header:
    """Return the heading of *table*; without one, ``rows`` is empty and the data begins in the first row."""
    best, best_score = -1, 1
    for index in range(min(_SEARCHED_ROWS, len(table.rows))):
        score = _score(table.rows[index])
        if score > best_score:
            best, best_score = index, score
    if best < 0:
        # A list of one column may have a heading of one word.
        only = next((index for index, row in enumerate(table.rows[:_SEARCHED_ROWS]) if _named_text(row)), -1)
        if only < 0:
            return Header(rows=(), first_row=0, labels=("",) * table.width, own=("",) * table.width)
        best = only
    rows = (best, best + 1) if _is_second(table, best) else (best,)
    first = rows[-1] + 1
    if first < len(table.rows) and is_letter_row(table.rows[first]):
        first += 1
    own = tuple(as_text(table.cell(rows[-1], column)) for column in range(table.width))
    labels = tuple(_label(table, rows, column) for column in range(table.width))
    return Header(rows=rows, first_row=first, labels=labels, own=own)


def is_letter_row(row: Row) -> bool:
    """Say whether *row* only holds column letters or numbers (a, b, c ...), as forms have under their heading."""
    filled = [plain(as_text(cell)) for cell in row if cell is not None]
    if len(filled) < 3:
        return False
    letters = sum(len(text) == 1 and text.isalpha() for text in filled) >= max(3, 0.7 * len(filled))
    numbers = filled == [str(number) for number in range(1, len(filled) + 1)]
    return letters or numbers


def _score(row: Row) -> int:
    """Count the different roles that the cells of *row* name; a row with long texts or numbers is data."""
    roles = set()
    for cell in row:
        if cell is None or isinstance(cell, CellError):
            continue
        text = as_text(cell)
        if not isinstance(cell, str) or len(text) > 90:
            return 0
        if found := roles_of(text):
            roles.add(found[0][0])
    return len(roles - {"other"}) + (1 if {"text"} <= roles and len(roles) > 1 else 0)


def _named_text(row: Row) -> bool:
    filled = [cell for cell in row if cell is not None]
    return (
        len(filled) == 1
        and isinstance(filled[0], str)
        and len(filled[0]) < 40
        and any(role == "text" for role, _ in roles_of(filled[0]))
    )


def _is_second(table: Table, first: int) -> bool:
    """Say whether the row below the heading belongs to it: labels under merged or empty cells, no numbers."""
    below = table.rows[first + 1] if first + 1 < len(table.rows) else ()
    if not below or is_letter_row(below) or any(not isinstance(cell, str) for cell in below if cell is not None):
        return False
    labels = [as_text(cell) for cell in below if cell is not None]
    if any(len(label) > 50 for label in labels) or sum(bool(roles_of(label)) for label in labels) < 0.6 * len(labels):
        return False
    named = 0
    for column, cell in enumerate(below):
        if cell is None or not roles_of(as_text(cell)):
            continue
        above = table.cell(first, column)
        if above is None or any(
            area.top == first == area.bottom and area.left <= column <= area.right and area.left < area.right
            for area in table.merged
        ):
            named += 1
    return named > 0


def _label(table: Table, rows: tuple[int, ...], column: int) -> str:
    below = as_text(table.cell(rows[1], column)) if len(rows) == 2 else ""
    own = table.cell(rows[0], column)
    if own is None:
        # A label over merged cells stands in their first cell; older exports lose the merge but keep the gap.
        area = next(
            (
                area
                for area in table.merged
                if area.top <= rows[-1] and area.bottom >= rows[0] and area.left <= column <= area.right
            ),
            None,
        )
        if area is not None:
            own = table.cell(area.top, area.left)
        elif below:
            own = next(
                (cell for left in range(column, -1, -1) if (cell := table.cell(rows[0], left)) is not None), None
            )
    label = as_text(own)
    return f"{label} {below}".strip() if below and below != label else label
