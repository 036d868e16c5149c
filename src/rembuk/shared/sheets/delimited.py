"""CSV as offices export it: any of four separators, with or without BOM, UTF-8, UTF-16 or Windows-1252."""

import codecs
import csv
import io
import re
from pathlib import PurePath

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import Row, Table

SEPARATORS = (",", ";", "\t", "|")
_LONGEST_FIELD = 1_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def read(content: bytes, name: str, rows: int, columns: int) -> Table:
    """Read CSV *content*. Every value stays the text it was.

    Raises: BadInputError ``berkas-bukan-teks``, ``csv-rusak``, ``lembar-besar``, ``lembar-kosong``.
    """
    text = decode(content, name)
    separator, body = _separator(text)
    csv.field_size_limit(_LONGEST_FIELD)
    found: list[Row] = []
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    try:
        for record in reader:
            found.append(_cells(record))
            if len(found) > rows or len(record) > columns:
                raise BadInputError(
                    "lembar-besar",
                    file=name,
                    sheet=name,
                    read=f"lebih dari {min(len(found), rows)} baris atau {len(record)} kolom",
                    accepted=f"{rows} baris x {columns} kolom",
                )
    except csv.Error as error:
        raise BadInputError("csv-rusak", file=name, row=reader.line_num) from error
    if not any(found):
        raise BadInputError("lembar-kosong", file=name, sheet=name)
    return Table(name=PurePath(name).stem or name, rows=tuple(found), file=name)


def decode(content: bytes, name: str) -> str:
    """Return the text of *content*. Raises: BadInputError ``berkas-bukan-teks``."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            break
    else:
        encodings = ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
        break
    raise BadInputError("berkas-bukan-teks", file=name)


def _separator(text: str) -> tuple[str, str]:
    """Return the separator and the text without Excel's ``sep=;`` line."""
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)
    if told:
        return told[1], rest
    sample = text[:65_536]
    return max(SEPARATORS, key=lambda separator: _fit(sample, separator)), text


def _fit(sample: str, separator: str) -> tuple[int, int]:
    """Rate a separator: how many of the first records have the same number of cells as the most usual, above one."""
    widths: list[int] = []
    try:
        for record in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == 60:
                break
    except csv.Error:
        return (0, 0)
    usual = max((width for width in set(widths) if width > 1), key=widths.count, default=1)
    return (widths.count(usual) if usual > 1 else 0, usual)


def _cells(record: list[str]) -> Row:
    cells: list[str | None] = [cell if cell.strip() else None for cell in record]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)
