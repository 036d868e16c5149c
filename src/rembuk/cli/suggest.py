"""`./rembuk suggest`: suggest an activity code for each row of a CSV file, one line of output per row."""

import csv
import io
import json
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from rembuk.core.text import Suggestion, suggest_many

HELP = "Menyarankan kode kegiatan untuk tiap baris berkas CSV; orang yang memilih."
LARGEST_BYTES = 50 * 1024 * 1024
_LONGEST_FIELD = 1024 * 1024


class UnreadableError(Exception):
    """The file cannot be used; the message is the sentence for the person."""


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of the command."""
    parser.add_argument("berkas", metavar="BERKAS.csv", type=Path, help="CSV UTF-8 dengan baris judul kolom")
    parser.add_argument("--kolom", required=True, metavar="KOLOM", help="nama kolom yang memuat teks usulan")
    parser.add_argument("--json", action="store_true", help="satu objek JSON per baris")


def run(options: Namespace) -> int:
    """Print one suggestion per row of the file; exit 1 with one sentence when nothing can be read."""
    try:
        texts = read_column(options.berkas, options.kolom)
    except UnreadableError as error:
        print(error, file=sys.stderr)
        return 1
    for line, suggestion in enumerate(suggest_many(texts), start=1):
        print(_as_json(line, suggestion) if options.json else _as_text(line, suggestion))
    return 0


def read_column(path: Path, column: str) -> list[str]:
    """Return the texts of *column*, one per data row, empty cells as empty texts. Raises: UnreadableError."""
    rows = _rows(path)
    if not rows:
        raise UnreadableError(f"Berkas {path.name} kosong; yang dapat dibaca: CSV dengan baris judul kolom.")
    header = [cell.strip() for cell in rows[0]]
    place = _column(header, column)
    if place is None:
        there = ", ".join(name for name in header if name) or "tidak ada"
        raise UnreadableError(f'Kolom "{column}" tidak ada di {path.name}; kolom yang ada: {there}.')
    data = [row for row in rows[1:] if row]
    if not data:
        raise UnreadableError(f"Berkas {path.name} hanya berisi judul kolom; tidak ada baris yang dapat dibaca.")
    return [row[place] if place < len(row) else "" for row in data]


def _column(header: Sequence[str], wanted: str) -> int | None:
    """Place of the column: by its very name, else the first one equal but for capitals and blanks at the ends."""
    if wanted in header:
        return header.index(wanted)
    lowered = [name.lower() for name in header]
    return lowered.index(wanted.strip().lower()) if wanted.strip().lower() in lowered else None


def _rows(path: Path) -> list[list[str]]:
    if not path.is_file():
        raise UnreadableError(f"Berkas {path} tidak ditemukan.")
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise UnreadableError(f"Berkas {path.name} lebih dari 50 MB; pecah menjadi beberapa berkas.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(f"Berkas {path.name} bukan teks UTF-8; simpan ulang sebagai CSV UTF-8.") from None
    except OSError as error:
        raise UnreadableError(f"Berkas {path.name} tidak dapat dibuka: {error.strerror}.") from None
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        return _parse(text)
    except csv.Error:
        raise UnreadableError(f"Berkas {path.name} bukan CSV yang utuh: ada tanda kutip yang tidak ditutup.") from None


def _parse(text: str) -> list[list[str]]:
    """Read strictly; a stray quote inside a cell is forgiven, one that is never closed is not (it would eat rows)."""
    delimiter = _delimiter(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        if "unexpected end" in str(error) or "field larger" in str(error):
            raise
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _delimiter(text: str) -> str:
    """Excel in Indonesian writes semicolons; the header line shows which it is."""
    first = text.partition("\n")[0]
    return max(",;\t", key=first.count)


def _as_json(line: int, suggestion: Suggestion) -> str:
    row = {
        "baris": line,
        "kode": list(suggestion.codes),
        "keadaan": suggestion.state,
        "sebab": suggestion.reason,
    }
    return json.dumps(row, ensure_ascii=False)


def _as_text(line: int, suggestion: Suggestion) -> str:
    return f"{line}\t{' '.join(suggestion.codes) or '-'}\t{suggestion.state}\t{suggestion.reason}"
