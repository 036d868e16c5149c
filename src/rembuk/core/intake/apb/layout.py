"""Which columns of a budget sheet hold what. A heading over merged cells covers all columns below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.intake.apb.sources import sources_in
from rembuk.core.intake.header import is_letter_row
from rembuk.core.intake.table import CellError, Row, Table, Value, address, as_text, column_letter
from rembuk.core.intake.words import plain

Name = Literal["item", "code", "number", "text", "field", "amount", "source", "volume", "unit", "price", "location"]
SheetKind = Literal["budget", "income", "estimate", ""]
_ROLES: tuple[tuple[Name, str], ...] = (
    ("item", r"(?:id )?(?:kegiatan |item )?rkp(?: item)?(?: id)?|rkp item id"),
    ("code", r"kode(?: (?:rekening|kegiatan|bidang|paket|akun|anggaran)\b.*)?|activity code|account code"),
    ("number", r"no|nomor|no urut"),
    ("price", r".*\bharga\b.*|unit price"),
    ("volume", r"(?:rincian )?(?:perhitungan )?(?:volume|vol)\b.*|volume dan satuan"),
    ("unit", r"(?:rincian )?satuan|unit"),
    ("source", r"(?:.* )?sumber ?(?:dana|biaya|pembiayaan|anggaran)?(?: .*)?|sd|source code"),
    ("amount", r"(?:.* )?(?:anggaran|jumlah|biaya|nilai|pagu|rencana|rupiah|menjadi)\b.*|amount"),
    ("location", r"(?:nama )?(?:lokasi|tempat)\b.*|location"),
    (
        "text",
        r"u ?r ?a ?i ?a ?n.*|(?:jenis|nama|uraian) (?:kegiatan|paket|belanja).*|kegiatan|paket.*|package name"
        r"|description",
    ),
    ("field", r"bidang"),
)
_COMPILED = tuple((name, re.compile(pattern)) for name, pattern in _ROLES)
_NOT_AMOUNT = re.compile(r"\bswadaya\b|\bsumber\b|\bsatuan\b|\bsisa\b|\bterpakai\b|\bselisih\b|\bberkurang\b")
_LETTERS = re.compile(r"[A-Za-z]")
_SEARCHED_ROWS = 30


@dataclass(frozen=True, slots=True)
class Span:
    """The columns that one heading covers, zero-based, last one excluded."""

    start: int
    end: int
    label: str

    def values(self, row: Row) -> Iterator[tuple[int, Value]]:
        """Yield (column, value) of the filled cells of *row* in the span."""
        for column in range(self.start, min(self.end, len(row))):
            if row[column] is not None and row[column] != "":
                yield column, row[column]


@dataclass(frozen=True, slots=True)
class Layout:
    """Spans by role. first_row: zero-based."""

    first_row: int
    spans: dict[Name, tuple[Span, ...]]
    width: int

    def text(self, row: Row, name: Name) -> str:
        """Return the words of the span *name*, numbering such as ``1`` or ``01`` left out."""
        parts = [as_text(value) for span in self.spans.get(name, ()) for _column, value in span.values(row)]
        if name in ("text", "field"):
            parts = [part for part in parts if _LETTERS.search(part) and not _names_source(part)]
        return " ".join(parts).strip()

    def source(self, row: Row) -> str:
        """Return the source of a row: its own column, or a code that stands beside the name (``ADD``)."""
        if "source" in self.spans:
            return self.text(row, "source")
        cells = [as_text(value) for span in self.spans.get("text", ()) for _column, value in span.values(row)]
        return next((cell for cell in cells if _names_source(cell)), "")

    def codes(self, row: Row) -> list[str]:
        """Return what stands in the code columns, cell by cell."""
        found = [
            as_text(value).replace(",", ".")
            for span in self.spans.get("code", ())
            for _column, value in span.values(row)
        ]
        return [text for text in found if re.match(r"[0-9]", text)]

    def amount(self, row: Row, index: int) -> tuple[str, Value]:
        """Return the cell and the value of the amount; an empty cell gives None."""
        for span in self.spans.get("amount", ())[:1]:
            filled = list(span.values(row))
            numbers = [pair for pair in filled if not isinstance(pair[1], str) or re.search(r"[0-9]", pair[1])]
            for column, value in numbers or filled:
                return address(index, column), value
            return address(index, span.start), None
        return "", None

    def letters(self) -> dict[str, str]:
        """Return role -> the letters of its columns, for the page that shows what was taken for what."""
        return {name: ", ".join(column_letter(span.start) for span in spans) for name, spans in self.spans.items()}


def layout_of(table: Table) -> Layout:
    """Find the heading of *table* and what its columns hold; roles that nobody plays are missing."""
    first, last = _heading(table)
    columns = [_labels(table, first, last, column) for column in range(table.width)] if first >= 0 else []
    found: dict[Name, list[Span]] = {}
    for span in _spans(columns, _end_of(table, last, columns)):
        own, _space, whole = span.label.partition("\n")
        name = role_of(own) or role_of(whole)
        if name:
            found.setdefault(name, []).append(span)
    start = last + 1
    while start < len(table.rows) and is_letter_row(table.rows[start]):
        start += 1
    amounts = found.get("amount", [])
    if len(amounts) > 1:
        found["amount"] = [_best_amount(table, start, amounts)]
    for name in ("text", "source", "unit", "volume", "price", "location", "field", "item"):
        if name in found:
            found[name] = found[name][:1]
    return Layout(start, {name: tuple(each) for name, each in found.items()}, table.width)


def _heading(table: Table) -> tuple[int, int]:
    """Return the first and last row of the heading, (-1, -1) without one; rows below merged cells belong to it."""
    best, best_score = -1, 1
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        cells = [cell for cell in row if cell is not None]
        if any(isinstance(cell, int | float) for cell in cells):
            continue
        roles = {role_of(as_text(cell)) for cell in cells} - {None}
        if "text" in roles and len(roles) > best_score:
            best, best_score = index, len(roles)
    if best < 0:
        return -1, -1
    texts = [column for column, cell in enumerate(table.rows[best]) if role_of(as_text(cell)) == "text"]
    last = best
    for index in range(best + 1, min(best + 5, len(table.rows))):
        row = table.rows[index]
        filled = [column for column, cell in enumerate(row) if cell is not None and cell != ""]
        if not filled or filled[0] <= texts[0] or is_letter_row(row):
            break
        if any(not isinstance(row[column], str) for column in filled):
            break
        last = index
    return best, last


def _labels(table: Table, first: int, last: int, column: int) -> str:
    """Return the lowest label over *column* and, after a line break, all of them joined."""
    found: list[str] = []
    for index in range(first, last + 1):
        value = table.cell(index, column)
        if value is None:
            area = next((a for a in table.merged if a.top <= index <= a.bottom and a.left <= column <= a.right), None)
            value = table.cell(area.top, area.left) if area is not None else None
        text = as_text(value)
        if text and text not in found:
            found.append(text)
    return f"{found[-1]}\n{' '.join(found)}" if found else ""


def role_of(label: str) -> Name | None:
    """Return the role that a heading names."""
    name = plain(label)
    if not name or len(name) > 90:
        return None
    for role, pattern in _COMPILED:
        if role == "amount" and _NOT_AMOUNT.search(name):
            continue
        if pattern.fullmatch(name):
            return role
    return None


def kind_of(table: Table) -> SheetKind:
    """Say what a sheet is: a budget or plan by activity, incomes, an estimate (RAB), or none of them."""
    layout = layout_of(table)
    if not {"text", "amount"} <= layout.spans.keys():
        return ""
    words = {plain(layout.text(row, "text")) for row in table.rows[layout.first_row : layout.first_row + 60]}
    spends = any(re.match(r"bidang |belanja$", text) for text in words) or any(
        layout.text(row, "field") for row in table.rows[layout.first_row : layout.first_row + 60]
    )
    finances = any(re.fullmatch(r"pendapatan|pembia?ya?an|pembiyaan", text) for text in words)
    if finances and not any(re.match(r"bidang ", text) for text in words):
        return "income"
    if "price" in layout.spans:
        return "estimate"
    return "budget" if spends or "code" in layout.spans or "item" in layout.spans or "source" in layout.spans else ""


def _spans(labels: Sequence[str], width: int) -> list[Span]:
    """Join neighbouring columns of one heading; a column without heading belongs to the one on its left.

    width: where the table ends; what stands beside it is no part of it.
    """
    spans: list[Span] = []
    for column, label in enumerate(labels[:width]):
        if spans and (not label or label == spans[-1].label):
            spans[-1] = Span(spans[-1].start, column + 1, spans[-1].label)
        else:
            spans.append(Span(column, column + 1, label))
    return spans


def _best_amount(table: Table, first_row: int, spans: list[Span]) -> Span:
    """Return the new amounts of an amended budget, else the column with the most amounts above zero, left first."""
    changed = [span for span in spans if re.search(r"menjadi|setelah", plain(span.label))]
    if changed:
        return changed[0]

    def filled(span: Span) -> int:
        rows = table.rows[first_row : first_row + 400]
        return sum(any(_positive(value) for _column, value in span.values(row)) for row in rows)

    return max(spans, key=lambda span: (filled(span), -span.start))


def _end_of(table: Table, last: int, labels: Sequence[str]) -> int:
    """Return the first column right of the table: behind its last label and behind the numbers of its columns."""
    named = max((column + 1 for column, label in enumerate(labels) if label), default=0)
    below = table.rows[last + 1] if 0 <= last + 1 < len(table.rows) else ()
    if not is_letter_row(below):
        return named
    numbered = [column + 1 for column, cell in enumerate(below) if cell is not None and len(as_text(cell)) < 3]
    return max([named, *numbered])


def _names_source(text: str) -> bool:
    return len(text) <= 6 and bool(sources_in(text)[0])


def _positive(value: Value) -> bool:
    if isinstance(value, bool | CellError):
        return False
    if isinstance(value, int | float):
        return value > 0
    return isinstance(value, str) and bool(re.search(r"[1-9]", value))
