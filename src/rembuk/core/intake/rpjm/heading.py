"""The heading of an RPJM matrix: which column is what, over one to four rows of labels, the years among them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from rembuk.core.intake.header import find_header, is_letter_row
from rembuk.core.intake.table import Area, Row, Table, as_text
from rembuk.core.intake.words import plain

YearKind = Literal["mark", "money", "target"]
"""What stands under a year: a mark that the activity runs, its money, or what shall be reached."""

MOST_LABEL_ROWS: Final = 4
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
_YEAR = re.compile(r"(?:tahun|thn|th)? ?(?:ke )?([0-9]{1,4}|[ivx]+)(?: [0-9]{4})?")
_NAMED_YEAR = re.compile(r"\D*\b(?:(?:tahun|thn|th) ?(?:ke )?([0-9]{1,2})|(20[0-9]{2}))")
_OF_YEARS = re.compile(r"\b(?:tahun|thn|th[0-9]*|waktu|pelaksanaan|anggaran|target|capaian|biaya|pagu)\b")
_TARGET = re.compile(r"\b(?:target|capaian)\b")
_MONEY = re.compile(r"\b(?:anggaran|biaya|rp|rupiah|pagu|dana)\b")

# Role and the words that name it, the narrower first; the first that matches the labels of a column takes it.
ROLES: Final[tuple[tuple[str, str], ...]] = (
    ("number", r"(?:no|nomor|no urut)"),
    ("baseline", r".*\beksisting\b.*"),
    ("indicator", r".*\bindikator\b.*"),
    ("yearly_target", r".*\b(?:target|capaian)\b.*"),
    ("sdgs", r".*\bsdgs?\b.*"),
    ("mode", r".*\bpola\b.*"),
    ("between", r".*\b(?:antar ?desa|ksad)\b.*"),
    ("third_party", r".*\bpihak (?:ketiga|iii|3)\b.*"),
    ("self_managed", r".*\bswakelola\b.*"),
    ("origin", r".*\b(?:asal usulan|pengusul)\b.*"),
    ("subfield", r".*\bsub ?bidang\b.*"),
    ("men", r".*\b(?:lk|laki laki|laki)$"),
    ("women", r".*\b(?:pr|perempuan)$"),
    ("poor", r".*\b(?:a ?)?rtm$"),
    ("code", r"kode\b.*"),
    ("location", r".*\b(?:lokasi|tempat|alamat)\b.*"),
    ("unit", r"(?:.* )?satuan(?<!volume dan satuan)(?<!volume satuan)"),
    ("volume", r".*\bvol(?:ume)?\b.*"),
    ("source", r".*\bsumber\b.*"),
    ("benefit", r".*\b(?:sasaran|manfaat|penerima)\b.*"),
    ("years", r".*\b(?:waktu|tahun|pelaksanaan)\b.*"),
    ("name", r".*\b(?:kegiatan|program|uraian|paket)\b.*"),
    ("cost", r".*\b(?:jumlah|biaya|anggaran|total|pagu|nilai)\b.*"),
    ("field", r".*\bbidang\b.*"),
)
_COMPILED = tuple((role, re.compile(words)) for role, words in ROLES)


@dataclass(frozen=True, slots=True)
class YearColumn:
    """A column for one year. year: a calendar year, or 1, 2, 3 ... for the first, second, third of the period."""

    column: int
    year: int
    kind: YearKind


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the matrix begins and what its columns hold. first_row: zero-based row of the first activity or heading."""

    first_row: int
    columns: Mapping[str, int]
    years: tuple[YearColumn, ...] = ()
    texts: frozenset[tuple[str, ...]] = field(default=frozenset(), compare=False)

    def repeats(self, row: Row) -> bool:
        """Return whether a row is one of the heading's again, as at the top of every page."""
        return told(row) in self.texts

    @property
    def family(self) -> str:
        """``B`` where the columns of Permendesa PDTT 21/2020 stand (SDGs, existing data), else ``A``."""
        return "B" if {"sdgs", "baseline"} & self.columns.keys() else "A"


def find_heading(table: Table) -> Heading:
    """Return the heading of *table*. Without a column for the activity, ``columns`` has no ``name``."""
    found = find_header(table)
    if not found.rows:
        return Heading(0, {})
    rows = label_rows(table, found.rows[0])
    first = rows[-1] + 1
    if first < len(table.rows) and is_letter_row(table.rows[first]):
        first += 1
    stacks = tuple(stack(table, rows, column) for column in range(table.width))
    years = tuple(year for column, labels in enumerate(stacks) if (year := year_column(column, labels)) is not None)
    texts = frozenset(told(table.rows[row]) for row in rows)
    return Heading(first, roles(table, first, stacks, {year.column for year in years}), years, texts)


def told(row: Row) -> tuple[str, ...]:
    """Return the words of a row in a form that can be compared."""
    return tuple(plain(as_text(cell)) for cell in row if cell is not None)


def label_rows(table: Table, first: int) -> tuple[int, ...]:
    """Return the rows of the heading: below its first row, those that only fill what stands open or merged above."""
    rows = [first]
    for index in range(first + 1, min(first + MOST_LABEL_ROWS, len(table.rows))):
        filled = [column for column, cell in enumerate(table.rows[index]) if cell is not None]
        texts = [as_text(table.cell(index, column)) for column in filled]
        if not filled or any(len(text) > 50 for text in texts):
            break
        if not all(is_open(table, rows, column) for column in filled):
            break
        rows.append(index)
    return tuple(rows)


def is_open(table: Table, rows: Sequence[int], column: int) -> bool:
    """Return whether a label may stand below *rows* in *column*: nothing above it, or a label over several columns."""
    area = next((area for area in over(table, rows[-1]) if area.left <= column <= area.right), None)
    if area is not None:
        return area.right > area.left and area.bottom == rows[-1]
    if table.cell(rows[-1], column) is None:
        return True
    return column + 1 < table.width and table.cell(rows[-1], column + 1) is None


def over(table: Table, row: int) -> list[Area]:
    return [area for area in table.merged if area.top <= row <= area.bottom]


def stack(table: Table, rows: Sequence[int], column: int) -> tuple[str, ...]:
    """Return the labels above one another in a column, the uppermost first; what a merged cell says counts for all."""
    found: list[str] = []
    for place, row in enumerate(rows):
        label = as_text(table.cell(row, column)) or spread(table, rows, place, column)
        if label and (not found or found[-1] != label):
            found.append(label)
    return tuple(found)


def spread(table: Table, rows: Sequence[int], place: int, column: int) -> str:
    """Return the label that reaches over an empty cell: merged, or lost its merge but has labels of its own below."""
    row = rows[place]
    area = next((area for area in over(table, row) if area.left <= column <= area.right), None)
    if area is not None:
        return as_text(table.cell(area.top, area.left))
    if not any(table.cell(below, column) is not None for below in rows[place + 1 :]):
        return ""
    return next((text for left in range(column, -1, -1) if (text := as_text(table.cell(row, left)))), "")


def year_column(column: int, labels: Sequence[str]) -> YearColumn | None:
    """Return which year a column is for, or nothing: its lowest label is a number of a year and those above say so."""
    if not labels:
        return None
    last, whole = plain(labels[-1]), plain(" ".join(labels))
    match = _YEAR.fullmatch(last) or _NAMED_YEAR.fullmatch(last)
    if match is None or len(last) > 40:
        return None
    written = next(group for group in match.groups() if group)
    number = ROMAN.get(written, 0) if written.isalpha() else int(written)
    calendar = 2000 <= number <= 2100
    if not calendar and not (1 <= number <= 12 and _OF_YEARS.search(whole)):
        return None
    kind: YearKind = "target" if _TARGET.search(whole) else "money" if _MONEY.search(whole) else "mark"
    return YearColumn(column, number, kind)


def roles(table: Table, first: int, stacks: Sequence[Sequence[str]], taken: set[int]) -> dict[str, int]:
    """Return role -> column; the lowest label speaks first, then all of them.

    Where a label reaches over several columns, as over a number and its text, the one with the most words has the role.
    """
    found: dict[str, int] = {}
    for column, labels in enumerate(stacks):
        if column in taken or not labels:
            continue
        role = role_of(plain(labels[-1])) or role_of(plain(" ".join(labels)))
        if not role:
            continue
        rival = found.get(role)
        if rival is None or (stacks[rival] == labels and worded(table, first, column) > worded(table, first, rival)):
            found[role] = column
    return found


def worded(table: Table, first: int, column: int) -> int:
    """Return how many cells of a column hold words."""
    return sum(any(letter.isalpha() for letter in as_text(cell)) for cell in table.column(column, first))


def role_of(label: str) -> str:
    return next((role for role, words in _COMPILED if words.fullmatch(label)), "")
