"""Read a village's list of proposals: each row is understood, or refused by name; sums and headings are set apart."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from rembuk.core.intake.columns import ColumnMapping
from rembuk.core.intake.header import is_letter_row
from rembuk.core.intake.messages import sentence
from rembuk.core.intake.table import CellError, Row, Table, Value, as_text, column_letter
from rembuk.core.intake.words import Role, field_of, is_heading, is_total, may_be_total, plain
from rembuk.core.lists import funding_sources, normal_kegiatan_code, source_code
from rembuk.core.money import MoneyError, Rupiah, format_rupiah, parse_rupiah

LONGEST_TEXT = 10_000
_LONG_TEXT = 2_000

# What no document format can hold: control characters other than line breaks and tabs, and half surrogates.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# One cell over several rows counts for all of them; money does not.
_MERGED_ROLES: tuple[Role, ...] = ("hamlet", "region", "source", "proposer", "field")
# What a row of sums never carries.
_OF_PROPOSALS: tuple[Role, ...] = ("volume", "unit", "location", "source", "proposer", "men", "women")
_HAMLET_HEADING = re.compile(r"(?:dusun|padukuhan|pedukuhan|lingkungan|rt|rw)\b.*")


@dataclass(frozen=True, slots=True)
class RowNote:
    """Something to say about one row. row: the sheet's own row number. column: its letter, may be empty."""

    row: int
    column: str
    code: str
    values: dict[str, object] = field(default_factory=dict, compare=False, hash=False)

    @property
    def message(self) -> str:
        """Return the sentence, with its place in front."""
        place = f"Baris {self.row} kolom {self.column}" if self.column else f"Baris {self.row}"
        return f"{place}: {sentence(self.code, self.values)}"


class RefusedRow(RowNote):
    """A row that was not taken; nothing of it was kept."""

    @property
    def message(self) -> str:
        """Return the sentence, with its place in front."""
        place = f"Baris {self.row} kolom {self.column}" if self.column else f"Baris {self.row}"
        return f"{place} ditolak: {sentence(self.code, self.values)}"


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One proposal as read. row: the sheet's own row number, the header counted.

    cost: None when empty, a range or zero; then it is accepted but never chosen (``BIAYA-KOSONG``); cost_text keeps
    what stood there. sources: the codes the list names, empty when it names none. kegiatan: a code of the list or "".
    lines: how many lines of the sheet it takes up, one per source of its money.
    """

    row: int
    text: str
    location: str = ""
    hamlet: str = ""
    volume: str = ""
    unit: str = ""
    cost: Rupiah | None = None
    cost_text: str = ""
    men: int | None = None
    women: int | None = None
    poor: int | None = None
    beneficiaries: str = ""
    sources: tuple[str, ...] = ()
    kegiatan: str = ""
    proposer: str = ""
    year: str = ""
    status: str = ""
    field: int | None = None
    lines: int = 1

    @property
    def people(self) -> int:
        """Return how many people the list says will benefit; 0 when it says nothing."""
        told = (self.men or 0) + (self.women or 0)
        return told or _leading_number(self.beneficiaries) or self.poor or 0


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """A row of sums at the end of a block: recognised and not counted. written: its amount as it stands there."""

    row: int
    label: str
    amount: Rupiah | None
    written: str = ""


@dataclass(frozen=True, slots=True)
class ProposalReading:
    """What one sheet gave. headings: row numbers of headings between the rows."""

    table: Table
    mapping: ColumnMapping
    accepted: tuple[ReadRow, ...]
    refused: tuple[RefusedRow, ...]
    totals: tuple[TotalsRow, ...]
    headings: tuple[int, ...]
    notes: tuple[RowNote, ...]

    @property
    def rows(self) -> tuple[ReadRow | RefusedRow, ...]:
        """Return accepted and refused rows in the order of the sheet."""
        return tuple(sorted((*self.accepted, *self.refused), key=lambda row: row.row))


def read_proposals(table: Table, mapping: ColumnMapping) -> ProposalReading:
    """Read every row below the heading of *table* by *mapping*.

    Blank rows are skipped. A row whose cost is not an amount, or whose text is missing, no sentence, an error or longer
    than 10,000 characters, is refused; every other oddity is a note on an accepted row.
    """
    reader = _Reader(table, mapping)
    for index in range(mapping.first_row, len(table.rows)):
        if any(cell is not None for cell in table.rows[index]):
            reader.take(index)
    return ProposalReading(
        table=table,
        mapping=mapping,
        accepted=tuple(reader.accepted),
        refused=tuple(reader.refused),
        totals=tuple(reader.totals),
        headings=tuple(reader.headings),
        notes=tuple(reader.notes),
    )


def clean_text(text: str) -> str:
    """Return *text* on one line, without characters that no document can hold; markup stays as the text it is."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


class _RowRefusedError(Exception):
    def __init__(self, role: Role, code: str, **values: object) -> None:
        super().__init__(code)
        self.role, self.code, self.values = role, code, values


class _Reader:
    def __init__(self, table: Table, mapping: ColumnMapping) -> None:
        self.table, self.mapping = table, mapping
        self.accepted: list[ReadRow] = []
        self.refused: list[RefusedRow] = []
        self.totals: list[TotalsRow] = []
        self.headings: list[int] = []
        self.notes: list[RowNote] = []
        self.hamlet = ""
        self.field: int | None = None
        self.merged = {
            role: sorted(
                (area for area in table.merged if area.left <= mapping.columns[role] <= area.right),
                key=lambda area: area.top,
            )
            for role in _MERGED_ROLES
            if role in mapping.columns
        }

    def take(self, index: int) -> None:
        row = self.table.rows[index]
        if self._is_repeated_heading(row) or is_letter_row(row):
            self.headings.append(index + 1)
        elif (total := self._total(index, row)) is not None:
            self.totals.append(total)
        elif not self._continues(index, row) and not self._is_block_heading(index, row):
            self._read(index, row)

    def _continues(self, index: int, row: Row) -> bool:
        """Add a line that only holds more money of another source to the proposal right above it."""
        money = {self.mapping.columns.get(role) for role in ("cost", "source")}
        filled = {column for column, cell in enumerate(row) if cell is not None}
        above = self.accepted[-1] if self.accepted else None
        if filled != money or above is None or above.cost is None or above.row + above.lines != index + 1:
            return False
        cost, sources = self._amount(row)[0], self._sources(index, row)
        if cost is None or cost <= 0 or not sources or not above.sources:
            return False
        together = tuple(dict.fromkeys((*above.sources, *sources)))
        self.accepted[-1] = replace(above, cost=Rupiah(above.cost + cost), sources=together, lines=above.lines + 1)
        self._note(index, "cost", "biaya-sambungan", read=format_rupiah(cost), other=above.row)
        return True

    def _read(self, index: int, row: Row) -> None:
        before = len(self.notes)
        try:
            self.accepted.append(self._proposal(index, row))
        except _RowRefusedError as refusal:
            del self.notes[before:]
            self.refused.append(RefusedRow(index + 1, self.mapping.letter(refusal.role), refusal.code, refusal.values))

    def _proposal(self, index: int, row: Row) -> ReadRow:
        text = self._text(row)
        if len(text) > _LONG_TEXT:
            self._note(index, "text", "usulan-sangat-panjang", read=len(text))
        cost, cost_text = self._cost(index, row)
        written_code = self._plain_text(index, row, "code")
        kegiatan = normal_kegiatan_code(written_code) if written_code else None
        if written_code and kegiatan is None and not re.fullmatch(r"[0-9. ]{1,5}", written_code):
            self._note(index, "code", "kode-tak-dikenal", read=written_code)
        location, region = (self._plain_text(index, row, role) for role in ("location", "region"))
        named = self._plain_text(index, row, "field")
        return ReadRow(
            row=index + 1,
            text=text,
            location=", ".join(part for part in (location, region) if part),
            hamlet=self._plain_text(index, row, "hamlet") or self.hamlet,
            volume=self._plain_text(index, row, "volume"),
            unit=self._plain_text(index, row, "unit"),
            cost=cost,
            cost_text=cost_text,
            men=self._people(index, row, "men"),
            women=self._people(index, row, "women"),
            poor=self._people(index, row, "poor"),
            beneficiaries=self._plain_text(index, row, "beneficiaries"),
            sources=self._sources(index, row),
            kegiatan=kegiatan or "",
            proposer=self._plain_text(index, row, "proposer"),
            year=self._plain_text(index, row, "year"),
            status=self._plain_text(index, row, "status"),
            field=field_of(named) or self.field,
        )

    def _text(self, row: Row) -> str:
        value = self.mapping.value(row, "text")
        if isinstance(value, CellError):
            raise _RowRefusedError("text", "usulan-galat", read=value.code)
        if value is None:
            other = next(as_text(cell) for cell in row if cell is not None)
            raise _RowRefusedError("text", "usulan-kosong", read=f"“{other}”")
        if isinstance(value, str) and len(value.strip()) > LONGEST_TEXT:
            raise _RowRefusedError("text", "usulan-panjang", read=len(value.strip()), accepted=LONGEST_TEXT)
        text = clean_text(as_text(value))
        if not isinstance(value, str) or not any(letter.isalpha() for letter in text):
            raise _RowRefusedError("text", "usulan-bukan-teks", read=text)
        return text

    def _cost(self, index: int, row: Row) -> tuple[Rupiah | None, str]:
        value = self.mapping.value(row, "cost")
        if isinstance(value, CellError):
            raise _RowRefusedError("cost", "uang-galat", read=value.code)
        try:
            cost = parse_rupiah(value)
        except MoneyError as error:
            if error.code == "uang-kosong":
                self._note(index, "cost", "biaya-kosong")
                return None, ""
            if error.code == "uang-rentang":
                self._note(index, "cost", "biaya-kisaran", read=error.values["read"])
                return None, clean_text(str(error.values["read"]))
            raise _RowRefusedError("cost", error.code, **error.values) from error
        if cost < 0:
            raise _RowRefusedError("cost", "uang-negatif", read=as_text(value))
        if cost == 0:
            self._note(index, "cost", "biaya-nol")
            return None, "0"
        return cost, as_text(value)

    def _sources(self, index: int, row: Row) -> tuple[str, ...]:
        written = self._plain_text(index, row, "source")
        if not written:
            return ()
        whole = source_code(written)
        parts = [written] if whole else [part for part in re.split(r"[,;/+&]|\bdan\b", written) if part.strip()]
        found: list[str] = []
        for part in parts:
            code = source_code(part)
            if code is None:
                accepted = ", ".join(funding_sources())
                self._note(index, "source", "sumber-tak-dikenal", read=part.strip(), accepted=accepted)
            elif code not in found:
                found.append(code)
        return tuple(found)

    def _people(self, index: int, row: Row, role: Role) -> int | None:
        written = self._plain_text(index, row, role)
        if written in ("", "-"):
            return None
        number = _leading_number(written)
        if number is None:
            self._note(index, role, "jumlah-orang-tak-terbaca", read=written)
        return number

    def _plain_text(self, index: int, row: Row, role: Role) -> str:
        value = self.mapping.value(row, role)
        if value is None and role in _MERGED_ROLES:
            value = self._merged_value(index, role)
        if isinstance(value, CellError):
            self._note(index, role, "sel-galat", read=value.code)
            return ""
        return clean_text(as_text(value))[:1_000]

    def _merged_value(self, index: int, role: Role) -> Value:
        """Return what stands in the first of the merged cells that cover this one."""
        areas = self.merged.get(role, [])
        place = bisect_left(areas, index, key=lambda area: area.top) - 1
        if place < 0 or areas[place].bottom < index or areas[place].top < self.mapping.first_row:
            return None
        return self.table.cell(areas[place].top, areas[place].left)

    def _note(self, index: int, role: Role, code: str, **values: object) -> None:
        self.notes.append(RowNote(index + 1, self.mapping.letter(role), code, values))

    def _is_repeated_heading(self, row: Row) -> bool:
        labels = {plain(label) for label in self.mapping.labels if label}
        filled = [plain(as_text(cell)) for cell in row if cell is not None]
        return len(filled) > 1 and len(labels) > 1 and all(text in labels for text in filled)

    def _total(self, index: int, row: Row) -> TotalsRow | None:
        text = self.mapping.value(row, "text")
        labels = [as_text(cell) for cell in row if isinstance(cell, str)]
        if labels and is_total(labels[0]) and (text is None or is_total(as_text(text))):
            return TotalsRow(index + 1, labels[0], *self._amount(row))
        if labels and may_be_total(labels[0]) and not any(self.mapping.value(row, role) for role in _OF_PROPOSALS):
            return TotalsRow(index + 1, labels[0], *self._amount(row))
        nothing_but_numbers = not labels and text is None
        if nothing_but_numbers and self.mapping.value(row, "cost") is not None and self._is_last(index):
            return TotalsRow(index + 1, "", *self._amount(row))
        return None

    def _is_last(self, index: int) -> bool:
        return all(self.mapping.value(row, "text") is None for row in self.table.rows[index:])

    def _amount(self, row: Row) -> tuple[Rupiah | None, str]:
        written = self.mapping.value(row, "cost")
        try:
            return parse_rupiah(written), as_text(written)
        except MoneyError:
            return None, as_text(written)

    def _is_block_heading(self, index: int, row: Row) -> bool:
        """Recognise a heading between the rows; it gives bidang and hamlet to the rows below it."""
        texts = list(_heading_texts(row))
        text = self.mapping.value(row, "text")
        costless = self.mapping.value(row, "cost") is None
        named = bool(texts) and all(is_heading(one) for one in texts) and self.mapping.value(row, "volume") is None
        # Place, date and signatures stand below the sums.
        signature = bool(self.totals) and text is None and costless
        if not (named and (text is None or (costless and len(texts) <= 2))) and not signature:
            return False
        self.headings.append(index + 1)
        for one in texts if named else ():
            self.field = field_of(one) or self.field
            if _HAMLET_HEADING.fullmatch(plain(one)):
                self.hamlet = clean_text(one)
        return True


def _heading_texts(row: Row) -> Iterator[str]:
    return (as_text(cell) for cell in row if isinstance(cell, str) and as_text(cell))


def _leading_number(text: str) -> int | None:
    found = re.match(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+", text)
    return int(found[0].replace(".", "")) if found and len(found[0]) <= 9 else None


__all__ = [
    "LONGEST_TEXT",
    "ProposalReading",
    "ReadRow",
    "RefusedRow",
    "RowNote",
    "TotalsRow",
    "clean_text",
    "column_letter",
    "read_proposals",
]
