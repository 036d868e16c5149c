"""Read a regency's sheet of ceilings: one row per village and source, every refused row named with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from rembuk.core.errors import BadInputError
from rembuk.core.intake.header import find_header
from rembuk.core.intake.messages import sentence
from rembuk.core.intake.table import CellError, Table, Value, as_text
from rembuk.core.intake.words import plain
from rembuk.core.lists import funding_sources, source_code
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah
from rembuk.funding.services import Line

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "desa": ("kode desa", "kode", "kode wilayah", "desa"),
    "sumber": ("sumber", "sumber dana", "kode sumber"),
    "jumlah": ("jumlah", "pagu", "nilai", "jumlah pagu", "pagu rp"),
    "untuk": ("untuk", "peruntukan"),
    "program": ("program", "tag"),
}
NEEDED = ("desa", "sumber", "jumlah")


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row is refused. row: as the spreadsheet counts it; read: what stands there."""

    row: int
    column: str
    read: str
    message: str


@dataclass(frozen=True, slots=True)
class SheetCeilings:
    """What a sheet says. figures: village key -> lines, of villages without a refused row; held: those with one."""

    figures: Mapping[str, tuple[Line, ...]]
    errors: tuple[RowError, ...]
    held: frozenset[str]

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(line.amount for lines in self.figures.values() for line in lines))

    @property
    def row_count(self) -> int:
        return sum(len(lines) for lines in self.figures.values())


def read_ceilings(table: Table, villages: Mapping[str, str]) -> SheetCeilings:
    """Read *table*; *villages* maps a bare official code (digits only) to the village's key.

    A village with a refused row is held back as a whole, so that nobody gets half a letter.
    Raises: BadInputError when a needed column is missing or nothing is there.
    """
    header = find_header(table)
    places = columns_of(header.labels)
    missing = [name for name in NEEDED if name not in places]
    if missing:
        read = ", ".join(label for label in header.labels if label) or "-"
        raise BadInputError("sheet-no-columns", missing=", ".join(missing), read=read)
    figures: dict[str, list[Line]] = {}
    errors: list[RowError] = []
    held: set[str] = set()
    for index in range(header.first_row, len(table.rows)):
        cells = {name: table.cell(index, column) for name, column in places.items()}
        if all(as_text(value) == "" for value in cells.values()):
            continue
        village = villages.get(digits(cells["desa"]), "")
        found = line_of(cells, index + 1, village, figures.get(village, []))
        if isinstance(found, RowError):
            errors.append(found)
            held.add(village)
        else:
            figures.setdefault(village, []).append(found)
    if not figures and not errors:
        raise BadInputError("nothing-entered")
    ready = {key: tuple(lines) for key, lines in figures.items() if key not in held}
    return SheetCeilings(ready, tuple(errors), frozenset(held - {""}))


def columns_of(labels: tuple[str, ...]) -> dict[str, int]:
    """Return which column holds what, by its heading: the plainest name of a column wins, then the first column."""
    words = [plain(label) for label in labels]
    found: dict[str, int] = {}
    for name, names in COLUMNS.items():
        column = next((words.index(wanted) for wanted in names if wanted in words), None)
        if column is not None:
            found[name] = column
    return found


def line_of(cells: Mapping[str, Value], row: int, village: str, before: list[Line]) -> "Line | RowError":
    """Read one row into a line, or say why not."""
    if not village:
        read = as_text(cells["desa"])
        return RowError(row, "desa", read, sentence("desa-tak-dikenal", {"read": read}))
    code = source_code(as_text(cells["sumber"]))
    if code is None:
        read, accepted = as_text(cells["sumber"]), ", ".join(funding_sources())
        return RowError(row, "sumber", read, sentence("pagu-sumber", {"read": read, "accepted": accepted}))
    amount = amount_of(cells["jumlah"], row, code)
    if isinstance(amount, RowError):
        return amount
    line = Line(code, amount, as_text(cells.get("untuk")), as_text(cells.get("program")), row)
    for other in before:
        if (other.source, other.earmark, other.programme) == (line.source, line.earmark, line.programme):
            return RowError(row, "sumber", code, sentence("pagu-dobel", {"source": code, "other": other.row}))
    return line


def amount_of(value: Value, row: int, source: str) -> "Rupiah | RowError":
    """Read a ceiling's amount; zero is a value, empty and minus are not."""
    read = as_text(value)
    if isinstance(value, CellError):
        return RowError(row, "jumlah", read, sentence("uang-galat", {"read": read}))
    try:
        amount = parse_rupiah(value)
    except MoneyError as error:
        code = "pagu-kosong" if error.code == "uang-kosong" else "pagu-bukan-angka"
        return RowError(row, "jumlah", read, sentence(code, {"source": source, "read": read}))
    if amount < 0:
        return RowError(row, "jumlah", read, sentence("pagu-negatif", {"source": source, "read": read}))
    return amount


def digits(value: Value) -> str:
    """Return only the digits of an official code: ``64.02.02.2006`` and ``6402022006`` are one village."""
    return "".join(sign for sign in as_text(value) if sign.isdigit())
