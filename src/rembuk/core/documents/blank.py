"""A form to fill by hand, for the boat: the heading as it is, empty lines where the data would stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import (
    DOTS,
    Document,
    Facts,
    Note,
    Paragraph,
    Part,
    Row,
    Signatures,
    Table,
    Value,
)

Values = TypeVar("Values")
PROVENANCE = "Formulir kosong"
LINES_OF_A_GROUP = 3
LINES_OF_A_LIST = 12
LINES_OF_ONE_OF_SEVERAL = 5


def emptied(values: Values, without: Mapping[str, object]) -> Values:
    """Return a form's values without number, notes, check address and what *without* overwrites.

    without: name of a field of *values* -> what stands there in the blank form.
    """
    frame = replace(values.frame, number="", version="", provenance=PROVENANCE, verify_url="")  # type: ignore[attr-defined]
    names = {field.name for field in fields(values)}  # type: ignore[arg-type]
    plain: dict[str, Any] = {"frame": frame, **({"notes": ()} if "notes" in names else {}), **without}
    return replace(values, **plain)  # type: ignore[type-var]


def blank(document: Document) -> Document:
    """Return the form with empty lines in every list that holds nothing, without its day and without sums.

    document: built from values that `emptied` made, so that what is still in it belongs to the form itself.
    """
    day = date_text(document.dated)
    lines = LINES_OF_A_LIST if len(document.tables) == 1 else LINES_OF_ONE_OF_SEVERAL
    parts = [_part(part, day, lines) for part in document.parts if not isinstance(part, Note)]
    return replace(document, parts=tuple(parts))


def _part(part: Part, day: str, lines: int) -> Part:
    match part:
        case Table():
            rows = _lines(part, lines)
            return replace(part, rows=rows, tall=part.tall or len(rows) > len(part.rows))
        case Signatures():
            return replace(part, place_and_date=part.place_and_date.replace(day, DOTS))
        case Paragraph(text, style):
            return Paragraph(text.replace(day, DOTS), style)
        case Facts(pairs):
            return Facts(tuple((label, value.replace(day, DOTS)) for label, value in pairs))
        case _:
            return part


def _lines(table: Table, lines: int) -> tuple[Row, ...]:
    """Return the rows with empty lines where the form says that there is nothing, or a group holds nothing."""
    width = len(table.leaves)
    empty = Row((None,) * width)
    grouped = any(row.kind == "group" for row in table.rows)
    count = LINES_OF_A_GROUP if grouped else lines
    rows: list[Row] = []
    for index, row in enumerate(table.rows):
        if row.kind == "empty":
            rows += [empty] * count
        elif row.kind in ("subtotal", "total"):
            if _opens_nothing(table.rows, index):
                rows += [empty] * count
            rows.append(_unsummed(row))
        else:
            rows.append(row)
    return tuple(rows) or (empty,) * count


def _opens_nothing(rows: Sequence[Row], index: int) -> bool:
    """Return whether the sum in row *index* follows its group, or the heading, at once."""
    return index == 0 or rows[index - 1].kind == "group"


def _unsummed(row: Row) -> Row:
    """Return a sum row with its label alone; a number in the label becomes dots."""
    label = row.cells[0]
    words = re.sub(r": \d+", ": .....", label) if isinstance(label, str) else label
    cells: tuple[Value, ...] = (words, *((None,) * (len(row.cells) - 1)))
    return Row(cells, row.kind, spans=row.spans)
