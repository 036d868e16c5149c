"""The rows of an RPJM matrix: each activity is understood, or refused by name with what would be accepted."""

import re
from collections.abc import Mapping
from typing import Final

from rembuk.core.intake.header import is_letter_row
from rembuk.core.intake.proposals import RefusedRow, RowNote, TotalsRow, clean_text
from rembuk.core.intake.rpjm.heading import Heading, YearColumn, find_heading
from rembuk.core.intake.rpjm.rows import RpjmReading, RpjmRow
from rembuk.core.intake.table import CellError, Table, Value, as_text, column_letter
from rembuk.core.intake.words import field_of, is_heading, is_total, may_be_total, plain
from rembuk.core.lists import kegiatan_codes, normal_kegiatan_code, source_code
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah

LONGEST_PERIOD: Final = 9
MODES: Final[tuple[tuple[str, str], ...]] = (
    ("between", "inter_village"),
    ("third_party", "third_party"),
    ("self_managed", "self_managed"),
)
_PERIOD = re.compile(r"\b(20[0-9]{2})\s*(?:-|–|—|s\s*/\s*d|s\.d\.?|sampai(?: dengan)?|hingga)\s*(20[0-9]{2})\b", re.I)
_SPAN = re.compile(r"\b([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?\b(?!\s*(?:bulan|bln|hari|minggu|kali|ob|hok))", re.I)
_ONE_YEAR = re.compile(r"\btahun(?: anggaran| pelaksanaan)?\s*:?\s*(20[0-9]{2})\b", re.I)
_NOTHING: Final = {"", "-", "–", "0", "tidak"}
"""What a cell says where it says no."""


def period_in(table: Table, heading: Heading, given: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Return the period: as given, as a title above the heading says, or as its calendar years run."""
    if given is not None:
        return given
    for row in table.rows[: heading.first_row]:
        for cell in row:
            found = _PERIOD.search(cell) if isinstance(cell, str) else None
            if found and 0 <= int(found[2]) - int(found[1]) < LONGEST_PERIOD:
                return int(found[1]), int(found[2])
    years = sorted({year.year for year in heading.years if year.year >= 2000})
    return (years[0], years[-1]) if len(years) > 1 and years[-1] - years[0] < LONGEST_PERIOD else None


def only_year(table: Table, heading: Heading) -> int | None:
    """Return the year that a sheet without columns of years is about, as its title says (``TAHUN ANGGARAN 2026``)."""
    if any(column.kind != "target" for column in heading.years):
        return None
    cells = (cell for row in table.rows[: heading.first_row] for cell in row if isinstance(cell, str))
    return next((int(found[1]) for cell in cells if (found := _ONE_YEAR.search(cell))), None)


def read_rpjm(table: Table, given: tuple[int, int] | None = None) -> RpjmReading:
    """Read the matrix on *table*. given: the period where the village has said it.

    A sheet without a column for the activity gives no rows. Rows of headings and sums are passed over; a sum that
    differs from its rows is a note.
    """
    heading = find_heading(table)
    period = period_in(table, heading, given)
    reader = _Reader(table, heading, period)
    if "name" in heading.columns:
        for index in range(heading.first_row, len(table.rows)):
            if any(cell is not None for cell in table.rows[index]):
                reader.take(index)
    reader.compare_totals()
    return RpjmReading(
        table.name,
        heading.family,
        period,
        tuple(reader.rows),
        tuple(reader.refused),
        tuple(reader.notes),
        tuple(total for total, _field in reader.totals),
    )


class _RefusedError(Exception):
    def __init__(self, role: str, code: str, **values: object) -> None:
        super().__init__(code)
        self.role, self.code, self.values = role, code, values


class _Reader:
    """Goes down the rows and remembers the bidang and sub bidang that stand above them."""

    def __init__(self, table: Table, heading: Heading, period: tuple[int, int] | None) -> None:
        self.table, self.heading, self.period = table, heading, period
        self.columns = heading.columns
        self.only_year = only_year(table, heading)
        self.rows: list[RpjmRow] = []
        self.refused: list[RefusedRow] = []
        self.notes: list[RowNote] = []
        self.totals: list[tuple[TotalsRow, int | None]] = []
        self.field: int | None = None
        self.subfield = ""

    def take(self, index: int) -> None:
        row = self.table.rows[index]
        if is_letter_row(row) or self.heading.repeats(row) or self._is_total(index):
            return
        self._remember(index)
        if self._is_heading(index):
            return
        before = len(self.notes)
        try:
            self.rows.append(self._activity(index))
        except _RefusedError as refusal:
            del self.notes[before:]
            letter = column_letter(self.columns[refusal.role]) if refusal.role in self.columns else ""
            self.refused.append(RefusedRow(index + 1, letter, refusal.code, refusal.values))

    def compare_totals(self) -> None:
        """Note each printed sum that differs from the sum of the rows it stands for."""
        for total, bidang in self.totals:
            rows = [row for row in self.rows if bidang is None or row.field == bidang]
            counted = sum(row.cost or 0 for row in rows)
            if total.amount is not None and total.amount != counted:
                values: dict[str, object] = {
                    "read": f"{total.amount:,}".replace(",", "."),
                    "counted": f"{counted:,}".replace(",", "."),
                }
                self.notes.append(RowNote(total.row, "", "rpjm-jumlah-lembar", values))

    def _is_total(self, index: int) -> bool:
        texts = [as_text(cell) for cell in self.table.rows[index] if isinstance(cell, str) and cell.strip()]
        name = self._text(index, "name")
        if not texts or not (is_total(texts[0]) or may_be_total(texts[0])) or (name and name != clean_text(texts[0])):
            return False
        written = self._value(index, "cost")
        try:
            amount: Rupiah | None = parse_rupiah(written)
        except MoneyError:
            amount = None
        self.totals.append((TotalsRow(index + 1, texts[0], amount, as_text(written)), field_of(texts[0])))
        return True

    def _remember(self, index: int) -> None:
        """Keep the bidang and sub bidang named in this row for it and those below."""
        named = self._text(index, "field")
        if found := field_of(named):
            if found != self.field:
                self.subfield = ""
            self.field = found
        if below := self._text(index, "subfield"):
            self.subfield = below[:200]

    def _is_heading(self, index: int) -> bool:
        """Return whether the row only names a bidang, a sub bidang or a place; its bidang is remembered."""
        name = self._text(index, "name")
        marked = any(self._value_at(index, year.column) is not None for year in self.heading.years)
        if name and not is_heading(name):
            return False
        if not name and self.totals and not _is_said(self._value(index, "cost")):
            return True  # place, date and signatures stand below the sums
        told = any(self._text(index, role) for role in ("location", "volume", "years", "source"))
        if marked or told:
            return False
        named = name or next((as_text(cell) for cell in self.table.rows[index] if isinstance(cell, str)), "")
        self.field = field_of(named) or self.field
        return True

    def _activity(self, index: int) -> RpjmRow:
        name = self._name(index)
        yearly = self._yearly(index)
        years = self._years(index, yearly)
        cost = self._cost(index, yearly)
        code = normal_kegiatan_code(self._text(index, "code")) or ""
        known = kegiatan_codes().get(code)
        if len(years) > 1 and cost and not yearly:
            self._note(index, "cost", "rpjm-satu-anggaran", years=len(years))
        return RpjmRow(
            row=index + 1,
            name=name,
            years=years,
            field=known.field if known is not None else self.field,
            subfield=self.subfield,
            activity_code=code,
            location=self._text(index, "location")[:200],
            volume_text=" ".join(part for part in (self._text(index, "volume"), self._text(index, "unit")) if part)[
                :80
            ],
            target=self._text(index, "benefit")[:200],
            cost=cost,
            yearly=yearly,
            source=self._source(index),
            mode=self._mode(index),
            sdgs=self._goals(index),
            baseline=self._text(index, "baseline")[:120],
            targets=self._targets(index),
            men=self._people(index, "men"),
            women=self._people(index, "women"),
            poor=self._people(index, "poor"),
        )

    def _name(self, index: int) -> str:
        value = self._value(index, "name")
        if isinstance(value, CellError):
            raise _RefusedError("name", "rpjm-galat", read=value.code)
        name = clean_text(as_text(value))
        if not any(letter.isalpha() for letter in name):
            read = name or next(as_text(cell) for cell in self.table.rows[index] if cell is not None)
            raise _RefusedError("name", "rpjm-kegiatan-kosong", read=read)
        return name[:300]

    def _yearly(self, index: int) -> dict[int, Rupiah]:
        """Return the money that stands under single years; a column of marks that holds large numbers is money too."""
        found: dict[int, Rupiah] = {}
        for column in self.heading.years:
            value = self._value_at(index, column.column)
            if column.kind == "target" or not _is_said(value):
                continue
            if column.kind == "mark" and not _is_amount(value):
                continue
            amount = self._money(value, column_letter(column.column))
            if amount:
                found[self._calendar(column)] = Rupiah(found.get(self._calendar(column), 0) + amount)
        return found

    def _years(self, index: int, yearly: Mapping[int, Rupiah]) -> tuple[int, ...]:
        marked = {
            self._calendar(column)
            for column in self.heading.years
            if column.kind == "mark" and _is_said(self._value_at(index, column.column))
        }
        found = marked | set(yearly) | self._written_years(index)
        if not found and self.only_year is not None:
            found = {self._year(self.only_year)}
        if not found:
            raise _RefusedError("years", "rpjm-tahun-kosong")
        return tuple(sorted(found))

    def _written_years(self, index: int) -> set[int]:
        found: set[int] = set()
        for part in re.split(r"[;,/]|\bdan\b", self._text(index, "years")):
            span = _SPAN.search(part)
            if span is None:
                continue
            first, last = int(span[1]), int(span[2] or span[1])
            found |= {self._year(number) for number in range(first, min(last, first + LONGEST_PERIOD) + 1)}
        return found

    def _is_inside(self, column: YearColumn) -> bool:
        """Return whether a column's year is of the period; headings copied from another year are not refused."""
        return self.period is not None and (column.year < 100 or self.period[0] <= column.year <= self.period[1])

    def _calendar(self, column: YearColumn) -> int:
        return self._year(column.year)

    def _year(self, number: int) -> int:
        """Return a calendar year inside the period. Raises: _RefusedError."""
        if self.period is None:
            if number >= 2000:
                return number
            raise _RefusedError("years", "rpjm-periode-tak-ada")
        first, last = self.period
        year = number if number >= 100 else first + number - 1
        if not first <= year <= last:
            raise _RefusedError("years", "rpjm-tahun-luar", read=number, first=first, last=last)
        return year

    def _cost(self, index: int, yearly: Mapping[int, Rupiah]) -> Rupiah | None:
        value = self._value(index, "cost")
        split = Rupiah(sum(yearly.values()))
        if not _is_said(value):
            if not yearly:
                self._note(index, "cost", "rpjm-biaya-kosong")
            return split or None
        amount = self._money(value, "cost")
        if yearly and amount != split:
            written, summed = (f"{money:,}".replace(",", ".") for money in (amount, split))
            raise _RefusedError("cost", "rpjm-jumlah-beda", read=written, summed=summed)
        return amount

    def _money(self, value: Value, role: str) -> Rupiah:
        if isinstance(value, CellError):
            raise _RefusedError(role, "uang-galat", read=value.code)
        try:
            amount = parse_rupiah(value)
        except MoneyError as error:
            raise _RefusedError(role, error.code, **error.values) from error
        if amount < 0:
            raise _RefusedError(role, "uang-negatif", read=as_text(value))
        return amount

    def _source(self, index: int) -> str:
        """Return the sources as codes where all of them are known, else as they are written."""
        written = self._text(index, "source")
        parts = [part.strip() for part in re.split(r"[,;/+&]|\bdan\b", written) if part.strip()]
        codes = [source_code(part) for part in ([written] if source_code(written) else parts)]
        known = [code for code in codes if code is not None]
        return ", ".join(dict.fromkeys(known)) if known and len(known) == len(codes) else written[:60]

    def _mode(self, index: int) -> str:
        for role, mode in MODES:
            if role in self.columns and _is_said(self._value(index, role)):
                return mode
        word = plain(self._text(index, "mode"))
        if not word:
            return ""
        return "inter_village" if "antar" in word else "third_party" if "ketiga" in word else "self_managed"

    def _goals(self, index: int) -> tuple[int, ...]:
        numbers = {int(number) for number in re.findall(r"[0-9]{1,2}", self._text(index, "sdgs"))}
        return tuple(sorted(number for number in numbers if 1 <= number <= 18))

    def _targets(self, index: int) -> dict[int, str]:
        found = {
            self._calendar(column): text[:120]
            for column in self.heading.years
            if column.kind == "target"
            and self._is_inside(column)
            and (text := clean_text(as_text(self._value_at(index, column.column))))
        }
        return dict(sorted(found.items()))

    def _people(self, index: int, role: str) -> int | None:
        found = re.match(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+", self._text(index, role))
        return int(found[0].replace(".", "")) if found and len(found[0]) <= 9 else None

    def _value(self, index: int, role: str) -> Value:
        return self._value_at(index, self.columns[role]) if role in self.columns else None

    def _value_at(self, index: int, column: int) -> Value:
        return self.table.cell(index, column)

    def _text(self, index: int, role: str) -> str:
        value = self._value(index, role)
        return "" if isinstance(value, CellError) else clean_text(as_text(value))

    def _note(self, index: int, role: str, code: str, **values: object) -> None:
        letter = column_letter(self.columns[role]) if role in self.columns else ""
        self.notes.append(RowNote(index + 1, letter, code, values))


def _is_said(value: Value) -> bool:
    """Return whether a cell says yes: a tick, a cross, a one, an amount; not a dash and not a zero."""
    return as_text(value).strip().lower() not in _NOTHING


def _is_amount(value: Value) -> bool:
    """Return whether a cell under a year is money rather than a mark: a number too large to count a mark by."""
    try:
        return parse_rupiah(value) >= 10_000
    except MoneyError:
        return False
