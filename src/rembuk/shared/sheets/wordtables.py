"""Tables of a text document (DOCX) as sheets of values, with merged cells and the lines that stand above each table."""

import io
import zipfile
from collections.abc import Iterator

import docx
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import Area, Row, Table
from rembuk.shared.sheets import package
from rembuk.shared.sheets.reading import LIMITS, MEGABYTE, Limits, Workbook

LINES_ABOVE = 8
"""How many lines before a table are kept with it: its title, village and period."""


def open_tables(content: bytes, name: str, limits: Limits = LIMITS) -> Workbook:
    """Open a DOCX; each table is a sheet, tables of one shape that follow one another are one sheet.

    Raises: BadInputError when it is too large, no DOCX, broken, locked, or holds no table.
    """
    if len(content) > limits.file_bytes:
        megabytes = limits.file_bytes // MEGABYTE
        raise BadInputError("berkas-besar", file=name, read=-(-len(content) // MEGABYTE), accepted=megabytes)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            package.check_members(members, name, limits.entries, limits.unpacked_bytes, limits.ratio)
            if "word/document.xml" not in archive.namelist():
                raise BadInputError("berkas-bukan-docx", file=name)
        document = docx.Document(io.BytesIO(content))
    except BadInputError:
        raise
    except Exception as error:  # whatever a broken archive or its XML raises, the file cannot be read
        raise BadInputError("berkas-rusak", file=name) from error
    tables = joined(list(tables_of(document.iter_inner_content(), name, limits)))
    if not tables:
        raise BadInputError("berkas-tanpa-tabel", file=name)
    by_name = {table.name: table for table in tables}
    return Workbook(file=name, names=tuple(by_name), _load=by_name.__getitem__)


def tables_of(blocks: Iterator[Paragraph | WordTable], name: str, limits: Limits) -> Iterator[Table]:
    """Yield every table with the lines above it as rows of one cell. Raises: BadInputError ``lembar-besar``."""
    above: list[str] = []
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            above = [*above, block.text.strip()][-LINES_ABOVE:] if block.text.strip() else above
            continue
        number += 1
        if len(block._tbl.tr_lst) > limits.rows:
            raise BadInputError("lembar-besar", sheet=number, read=len(block._tbl.tr_lst), accepted=limits.rows)
        yield grid(block, f"Tabel {number}", name, above)
        above = []


def grid(block: WordTable, title: str, file: str, above: list[str]) -> Table:
    """Return one table; a cell merged over others stands in the first of them, the others are empty."""
    rows: list[Row] = [(line,) for line in above]
    areas: list[Area] = []
    open_down: dict[int, Area] = {}
    for tr in block._tbl.tr_lst:
        line: list[str | None] = []
        for tc in tr.tc_lst:
            left, right, row = len(line), len(line) + tc.grid_span - 1, len(rows)
            goes_on = tc.vMerge == "continue"
            if goes_on and left in open_down:
                open_down[left] = Area(open_down[left].top, left, row, right)
            else:
                closed(areas, open_down.pop(left, None))
                if tc.vMerge == "restart" or right > left:
                    open_down[left] = Area(row, left, row, right)
            line += [None if goes_on else text_of(tc) or None, *[None] * (right - left)]
        rows.append(tuple(line))
    for area in open_down.values():
        closed(areas, area)
    return Table(title, tuple(rows), tuple(sorted(areas, key=lambda area: (area.top, area.left))), file)


def closed(areas: list[Area], area: Area | None) -> None:
    """Keep an area that spans more than one cell."""
    if area is not None and (area.bottom > area.top or area.right > area.left):
        areas.append(area)


def text_of(cell: object) -> str:
    """Return the text of a cell, its paragraphs joined by a space."""
    lines = ("".join(run.text or "" for run in p.iter(qn("w:t"))) for p in cell.iter(qn("w:p")))  # type: ignore[attr-defined]
    return " ".join(line.strip() for line in lines if line.strip())


def joined(tables: list[Table]) -> list[Table]:
    """Join tables of the same width that follow one another without a line between: a matrix broken over pages."""
    found: list[Table] = []
    for table in tables:
        last = found[-1] if found else None
        if last is None or last.width != table.width or (table.rows and len(table.rows[0]) == 1):
            found.append(table)
            continue
        down = len(last.rows)
        moved = tuple(Area(area.top + down, area.left, area.bottom + down, area.right) for area in table.merged)
        found[-1] = Table(last.name, (*last.rows, *table.rows), (*last.merged, *moved), last.file)
    return found
