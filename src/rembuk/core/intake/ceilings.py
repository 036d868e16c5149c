"""Read the ceilings (pagu) of a village: one line per funding source; one wrong line refuses them all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rembuk.core.errors import BadInputError
from rembuk.core.intake.proposals import RefusedRow, clean_text
from rembuk.core.intake.table import CellError, Row, Table, Value, as_text, column_letter
from rembuk.core.intake.words import is_total, plain
from rembuk.core.lists import funding_sources, source_code
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah

_SOURCE_NAME = re.compile(r".*\b(?:sumber|source)\b.*")
_CODE_NAME = re.compile(r"kode")
_AMOUNT_NAME = re.compile(r".*\b(?:jumlah|pagu|nilai|rupiah|rp|anggaran|amount|nominal)\b.*")
_PURPOSE_NAME = re.compile(r".*\b(?:untuk|peruntukan|earmark|ditentukan|penggunaan)\b.*")


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """One ceiling. purpose: what the money is set aside for; such money is shown, not allocated."""

    row: int
    source: str
    amount: Rupiah
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Ceilings:
    """The ceilings of one village in the order of the file."""

    lines: tuple[CeilingLine, ...]

    @property
    def free(self) -> Mapping[str, Rupiah]:
        """Return what may be allocated: source -> rupiah. A ceiling of zero is a value."""
        return MappingProxyType({line.source: line.amount for line in self.lines if not line.purpose})

    @property
    def earmarked(self) -> tuple[CeilingLine, ...]:
        """Return the lines whose money is set aside for something."""
        return tuple(line for line in self.lines if line.purpose)


class CeilingsRefusedError(BadInputError):
    """The ceilings cannot be used; *reasons* names every wrong line."""

    def __init__(self, code: str, reasons: tuple[RefusedRow, ...] = (), **values: object) -> None:
        super().__init__(code, **values)
        self.reasons = reasons


def read_ceilings(table: Table) -> Ceilings:
    """Read *table* with columns ``sumber,jumlah[,untuk]``; names of columns and sources may be the usual others.

    Raises: CeilingsRefusedError ``pagu-ditolak`` with every reason (unknown source, empty or negative amount, an amount
    that is none, a source twice), ``pagu-kolom`` or ``pagu-tak-ada``.
    """
    columns, first = _columns(table)
    lines: list[CeilingLine] = []
    reasons: list[RefusedRow] = []
    for index in range(first, len(table.rows)):
        row = table.rows[index]
        name = as_text(_cell(row, columns["source"]))
        if (
            not row
            or is_total(name)
            or (
                not name
                and all(is_total(as_text(cell)) for cell in row if isinstance(cell, str))
                and any(isinstance(cell, str) for cell in row)
            )
        ):
            continue
        line = _line(index, row, columns, reasons)
        if line is None:
            continue
        twice = next((one for one in lines if (one.source, one.purpose) == (line.source, line.purpose)), None)
        if twice is not None:
            letter = column_letter(columns["source"])
            reasons.append(RefusedRow(line.row, letter, "pagu-dobel", {"source": line.source, "other": twice.row}))
        lines.append(line)
    if reasons:
        raise CeilingsRefusedError("pagu-ditolak", tuple(reasons), file=table.file)
    if not lines:
        raise CeilingsRefusedError("pagu-tak-ada", file=table.file)
    return Ceilings(tuple(lines))


def _line(index: int, row: Row, columns: Mapping[str, int], reasons: list[RefusedRow]) -> CeilingLine | None:
    name = as_text(_cell(row, columns["source"]))
    source = source_code(name)
    if source is None:
        accepted = ", ".join(funding_sources())
        reasons.append(
            RefusedRow(index + 1, column_letter(columns["source"]), "pagu-sumber", {"read": name, "accepted": accepted})
        )
    letter = column_letter(columns["amount"])
    try:
        amount = _amount(_cell(row, columns["amount"]))
    except MoneyError as error:
        values = {**error.values, "source": source or name}
        reasons.append(RefusedRow(index + 1, letter, error.code, values))
        return None
    if source is None:
        return None
    return CeilingLine(index + 1, source, amount, clean_text(as_text(_cell(row, columns["purpose"]))))


def _amount(value: Value) -> Rupiah:
    if isinstance(value, CellError):
        raise MoneyError("pagu-bukan-angka", read=value.code)
    try:
        amount = parse_rupiah(value)
    except MoneyError as error:
        code = "pagu-kosong" if error.code == "uang-kosong" else "pagu-bukan-angka"
        raise MoneyError(code, **error.values) from error
    if amount < 0:
        raise MoneyError("pagu-negatif", read=as_text(value))
    return amount


def _columns(table: Table) -> tuple[Mapping[str, int], int]:
    """Find the three columns by name in the first rows, or take A, B, C when the list begins without a heading."""
    missing, headed = "sumber", False
    for index, row in enumerate(table.rows[:15]):
        source, amount, purpose = (_named(row, name) for name in (_SOURCE_NAME, _AMOUNT_NAME, _PURPOSE_NAME))
        source = source if source >= 0 else _named(row, _CODE_NAME)
        if source >= 0 and amount >= 0 and source != amount:
            return {"source": source, "amount": amount, "purpose": purpose}, index + 1
        if source >= 0:
            missing = "jumlah"
        # A title may hold the word alone; a row of labels means that a column is missing.
        headed = headed or ((source >= 0 or amount >= 0) and len([cell for cell in row if cell is not None]) > 1)
        if source_code(as_text(_cell(row, 0))) is not None and _cell(row, 1) is not None:
            if headed:
                break
            return {"source": 0, "amount": 1, "purpose": 2}, index
    raise CeilingsRefusedError("pagu-kolom", file=table.file, read=missing)


def _named(row: Row, name: re.Pattern[str]) -> int:
    """Return the first column whose short label fits *name*, -1 when none does."""
    labels = [plain(as_text(cell)) for cell in row]
    return next((place for place, label in enumerate(labels) if len(label) <= 40 and name.fullmatch(label)), -1)


def _cell(row: Row, column: int) -> Value:
    return row[column] if 0 <= column < len(row) else None
