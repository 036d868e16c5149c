"""Write sheets that no spreadsheet program can mistake for commands."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import xlsxwriter

Cell = str | int | None
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

# A text cell that begins so is run as a formula by spreadsheet programs when they open a CSV.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """Return *text* so that a spreadsheet keeps it as text: a quote goes before ``=``, ``+``, ``-`` and ``@``."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a CSV: UTF-8, comma, ``\\n`` line ends, text cells guarded."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return stream.getvalue().encode("utf-8")


def xlsx_bytes(sheets: Sequence[tuple[str, Sequence[str], Iterable[Sequence[Cell]]]]) -> bytes:
    """Write a workbook of (name, header, rows); texts are stored as texts, whatever they begin with."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    # The same rows are the same bytes, whenever they are written: an import knows a file again by its digest.
    book.set_properties({"created": UNDATED})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for name, header, rows in sheets:
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(header):
            sheet.write_string(0, column, label, bold)
        for index, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(index, column, cell)
                elif cell is not None:
                    sheet.write_number(index, column, cell)
    book.close()
    return stream.getvalue()
