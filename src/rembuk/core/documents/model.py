"""What a paper is before it becomes DOCX, PDF or XLSX: frozen, complete, in reading order, with its sums checked."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from rembuk.core.money import format_amount

Kind = Literal["text", "center", "number", "rupiah", "mark"]
Align = Literal["left", "center", "right"]
RowKind = Literal["item", "group", "subtotal", "total", "empty"]
Paper = Literal["folio-landscape", "folio", "a4", "a4-landscape"]
Numbering = Literal["1", "(1)", "a", "kesatu", "none"]
ParagraphStyle = Literal["body", "center", "strong", "title", "right"]
Value = str | int | Decimal | bool | None

PAPER_MM: dict[Paper, tuple[float, float]] = {
    "folio-landscape": (330.0, 215.9),
    "folio": (215.9, 330.0),
    "a4": (210.0, 297.0),
    "a4-landscape": (297.0, 210.0),
}
TICK = "✓"
DOTS = "." * 42
SHORT_DOTS = "." * 14


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a form, or a heading over several.

    width: millimetres at which the form looks right; shared out over the paper. letter: the letter of the form, if it
    has one. children: the columns under a shared heading; then width, kind and letter of this one are not used.
    """

    label: str
    width: float = 20.0
    kind: Kind = "text"
    letter: str = ""
    align: Align | None = None
    children: tuple["Column", ...] = ()

    @property
    def side(self) -> Align:
        """Where the cells stand: numbers right, marks in the middle, words left, unless the form says otherwise."""
        if self.align:
            return self.align
        if self.kind in ("number", "rupiah"):
            return "right"
        return "center" if self.kind in ("center", "mark") else "left"


@dataclass(frozen=True, slots=True)
class Sum:
    """The cell of this row in *column* is the sum of that column over *rows* (first and last index, both included)."""

    column: int
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The cell of this row in *column* is the product of two others, rounded half up to whole rupiah."""

    column: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a value per leaf column.

    spans: (first column, number of columns) of cells that lie over several columns. continues: the empty cells of this
    line belong to the line above (an item paid from two sources).
    """

    cells: tuple[Value, ...]
    kind: RowKind = "item"
    spans: tuple[tuple[int, int], ...] = ()
    continues: bool = False
    sums: tuple[Sum, ...] = ()
    products: tuple[Product, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the heading: where it stands and how far it reaches."""

    label: str
    row: int
    column: int
    rowspan: int
    colspan: int


def leaves(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that hold values, from left to right."""
    found: list[Column] = []
    for column in columns:
        found.extend(leaves(column.children) if column.children else (column,))
    return tuple(found)


def depth(columns: Sequence[Column]) -> int:
    """Return how many lines the heading needs."""
    return max((1 + depth(column.children) if column.children else 1) for column in columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A form's table. Every sum and product is checked when the table is made.

    tall: rows high enough to sign in.
    Raises: ValueError if a row has another number of cells than the form has columns, or a total is wrong.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    tall: bool = False

    def __post_init__(self) -> None:
        count = len(leaves(self.columns))
        for index, row in enumerate(self.rows):
            if len(row.cells) != count:
                raise ValueError(f"row {index} has {len(row.cells)} cells, the form has {count} columns")
            for total in row.sums:
                if row.cells[total.column] != sum_of(self.rows, total):
                    raise ValueError(f"row {index}, column {total.column}: {row.cells[total.column]} is not the sum")
            for product in row.products:
                if row.cells[product.column] != product_of(row, product):
                    raise ValueError(f"row {index}, column {product.column}: not the product of its factors")

    @property
    def leaves(self) -> tuple[Column, ...]:
        """The columns that hold values."""
        return leaves(self.columns)

    @property
    def has_letters(self) -> bool:
        """Whether the form carries a row of column letters."""
        return any(column.letter for column in self.leaves)

    def head(self) -> tuple[HeadCell, ...]:
        """Return the heading as placed cells, line by line."""
        return tuple(sorted(_head(self.columns, 0, 0, depth(self.columns)), key=lambda cell: (cell.row, cell.column)))


def _head(columns: Sequence[Column], row: int, start: int, lines: int) -> Iterator[HeadCell]:
    for column in columns:
        width = len(leaves((column,)))
        yield HeadCell(column.label, row, start, 1 if column.children else lines - row, width)
        if column.children:
            yield from _head(column.children, row + 1, start, lines)
        start += width


def sum_of(rows: Sequence[Row], total: Sum) -> int | Decimal:
    """Return what the sum adds up to; words and empty cells count nothing."""
    found: int | Decimal = 0
    for first, last in total.rows:
        for row in rows[first : last + 1]:
            value = row.cells[total.column]
            if isinstance(value, int | Decimal) and not isinstance(value, bool):
                found += value
    return found


def product_of(row: Row, product: Product) -> int:
    """Return the product in whole rupiah, half up; an empty factor makes it zero."""
    left, right = row.cells[product.left], row.cells[product.right]
    if not isinstance(left, int | Decimal) or not isinstance(right, int | Decimal):
        return 0
    return whole(Decimal(left) * Decimal(right))


def whole(amount: Decimal) -> int:
    """Round half up (away from zero) to whole rupiah, as a spreadsheet's ROUND does."""
    return int(amount.to_integral_value(rounding="ROUND_HALF_UP"))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a line break in it is kept."""

    text: str
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part of the paper."""

    text: str


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Numbered sentences, under a label at the left as decrees have it (Menimbang, Mengingat) or without one."""

    items: tuple[str, ...]
    numbering: Numbering = "1"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Label and value, one pair on a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that a reader must see beside the numbers."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing or photo with its words under it.

    data: the JPEG or PNG as base64, so that a stored paper stays whole by itself. width, height: millimetres. spoken: a
    sentence that says what is to be seen.
    """

    data: str
    width: float
    height: float
    spoken: str
    caption: str = ""

    @property
    def kind(self) -> str:
        """``jpeg`` or ``png``, by the first bytes."""
        return "jpeg" if self.data.startswith("/9j/") else "png"


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page (an annex)."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: what it means (Mengetahui), the office, the name or dots, a number under it if there is one."""

    role: str
    name: str = ""
    lead: str = ""
    number: str = ""

    @property
    def name_line(self) -> str:
        """The name as printed under the space for signing."""
        return self.name or f"({DOTS})"


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signatures of a paper, kept whole on one page; each inner tuple is a line of one to three.

    place_and_date: over the right-hand one of the first line. left: a single signature stands at the left instead.
    """

    lines: tuple[tuple[Signature, ...], ...]
    place_and_date: str = ""
    left: bool = False


Part = Table | Paragraph | Heading | NumberedList | Facts | Note | Picture | PageBreak | Signatures


@dataclass(frozen=True, slots=True)
class Document:
    """A paper, ready to print.

    code: form number (F26). title: the name of the paper, also of the file. heading: the centred lines on top.
    letterhead: lines of the office's letterhead, or none. dated: the paper's own date, also of the file, so that the
    same paper gives the same bytes. sheet: name of its sheet in a workbook. sample: mark every page "Data contoh".
    verify_url: address behind the QR code, if the paper is in the archive.
    """

    code: str
    title: str
    heading: tuple[str, ...]
    parts: tuple[Part, ...]
    dated: date
    facts: tuple[tuple[str, str], ...] = ()
    letterhead: tuple[str, ...] = ()
    paper: Paper = "a4"
    number: str = ""
    version: str = ""
    provenance: str = ""
    sheet: str = ""
    sample: bool = False
    verify_url: str = ""
    language: str = "id"

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables of the paper, in order."""
        return tuple(part for part in self.parts if isinstance(part, Table))

    @property
    def footer(self) -> str:
        """The line at the foot of every page."""
        words = (
            self.code,
            self.title,
            self.number and f"Nomor {self.number}",
            self.version and f"Versi {self.version}",
        )
        return " · ".join(word for word in (*words, self.provenance) if word)


SAMPLE_MARK = "DATA CONTOH: isi rekaan untuk peragaan, bukan dokumen resmi"
_KEPT_CONTROLS = "\n\t"


def clean(text: str) -> str:
    """Return *text* without what no paper can carry: control characters, lone surrogates, odd line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\x0b", "\n")
    if text.isprintable():
        return text
    return "".join(char for char in text if char in _KEPT_CONTROLS or _is_character(char))


def _is_character(char: str) -> bool:
    code = ord(char)
    if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
        return False
    return unicodedata.category(char) not in ("Cc", "Cs", "Co")


def number_text(value: int | Decimal) -> str:
    """Write a number the Indonesian way: dots between thousands, a comma before decimals, no trailing zeros."""
    if isinstance(value, int):
        return format_amount(value)
    plain = f"{value:,f}"
    whole_part, _, fraction = plain.partition(".")
    fraction = fraction.rstrip("0")
    return whole_part.replace(",", ".") + ("," + fraction if fraction else "")


def cell_text(value: Value, kind: Kind = "text") -> str:
    """Return what stands in a cell in print; all three formats and their tests agree on it."""
    if value is None or value is False:
        return ""
    if value is True:
        return TICK
    if isinstance(value, str):
        return clean(value)
    return number_text(value) if kind in ("number", "rupiah") else str(value)


def list_mark(index: int, numbering: Numbering) -> str:
    """Return the mark before item *index* (from 0): ``1.``, ``(1)``, ``a.``, ``KESATU``."""
    if numbering == "none":
        return ""
    if numbering == "kesatu":
        return _ORDINALS[index] if index < len(_ORDINALS) else f"KE-{index + 1}"
    if numbering == "(1)":
        return f"({index + 1})"
    if numbering == "1":
        return f"{index + 1}."
    mark = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        mark = chr(ord("a") + rest) + mark
    return mark + "."


_ORDINALS = (
    *("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM", "KETUJUH", "KEDELAPAN", "KESEMBILAN", "KESEPULUH"),
    *("KESEBELAS", "KEDUA BELAS", "KETIGA BELAS", "KEEMPAT BELAS", "KELIMA BELAS"),
)
