"""F33 of an RPJM Desa: every activity as it was and as it becomes, with difference, percent and reason.

Source: PP 43/2014 Pasal 120; Permendagri 114/2014 Pasal 28; the form itself is practice.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from rembuk.core.documents.amendment import (
    PATTERN_NOTE,
    PATTERNS,
    activity_name,
    ground_facts,
    percent_text,
    sums_with_percent,
)
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Heading, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import volume_text
from rembuk.core.documents.rpjmdes import RpjmdesLine

SIDE = 6
"""Columns of one side: lokasi, volume, tahun, jumlah, sumber, pola."""
BEFORE, AFTER = 2, 2 + SIDE
MONEY = 3
"""Column of the amount within a side."""
DIFFERENCE = 2 + 2 * SIDE
PERCENT = DIFFERENCE + 1
WIDTH = DIFFERENCE + 3


@dataclass(frozen=True, slots=True)
class RpjmAmendmentLine:
    """One activity in both plans; nothing on the side where it is not planned. reason: why it changed."""

    before: RpjmdesLine | None
    after: RpjmdesLine | None
    reason: str = ""

    @property
    def field(self) -> int:
        """The bidang under which it prints: that of the changed plan where it has one."""
        line = self.after or self.before
        return line.field if line is not None else 0


@dataclass(frozen=True, slots=True)
class RpjmAmendmentValues:
    """The changes of an RPJM Desa. before, after: the last years of both. lines: all activities, unchanged ones too.

    superseded: number of the Perdes that it changes. ground, letter_number, letter_date: why it is changed.
    """

    frame: Frame
    start_year: int
    before: int
    after: int
    superseded: str
    ground: str
    letter_number: str
    letter_date: date | None
    lines: tuple[RpjmAmendmentLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    stage: str = "Rancangan"


def rpjm_amendment_columns() -> tuple[Column, ...]:
    """Return the columns: what both plans say of place, size, years, money, source and pattern, and what moved."""
    return (
        Column("No", 7, "center"),
        Column("Bidang/Kegiatan", 36),
        Column("Semula", children=_side()),
        Column("Menjadi", children=_side()),
        Column("Bertambah/ Berkurang (Rp)", 20, "rupiah"),
        Column("%", 10, "number"),
        Column("Alasan", 30),
    )


def _side() -> tuple[Column, ...]:
    return (
        Column("Lokasi", 18),
        Column("Volume", 14, align="right"),
        Column("Tahun", 18, "center"),
        Column("Jumlah (Rp)", 21, "rupiah"),
        Column("Sumber", 11, "center"),
        Column("Pola", 8, "center"),
    )


def build_rpjm_amendment(values: RpjmAmendmentValues) -> Document:
    """Return F33 of an RPJM Desa with the sums per bidang and in all, then the money of each year before and after."""
    village = values.frame.village
    stage = f"{values.stage} " if values.stage else ""
    old, new = f"{values.start_year}-{values.before}", f"{values.start_year}-{values.after}"
    parts: list[Part] = [
        Table(rpjm_amendment_columns(), _rows(values.lines)),
        Note(PATTERN_NOTE),
        Heading("Prakiraan biaya per tahun"),
        Table(_year_columns(), _year_rows(values)),
        values.frame.head_and_team(values.head, values.team_chair, "Ketua Tim Penyusun RPJM Desa"),
    ]
    return values.frame.document(
        code="F33",
        title=f"{stage}Perubahan RPJM Desa {village.village} Tahun {new}, Semula dan Menjadi",
        heading=(
            f"{stage}Perubahan Rencana Pembangunan Jangka Menengah Desa (RPJM Desa)",
            f"Semula {old}, Menjadi {new}",
        ),
        facts=village.facts(*ground_facts(values.superseded, values.ground, values.letter_number, values.letter_date)),
        parts=parts,
        paper="folio-landscape",
        sheet="Semula-Menjadi",
    )


def _rows(lines: Iterable[RpjmAmendmentLine]) -> tuple[Row, ...]:
    rows = rows_by_field(
        lines,
        lambda line: line.field,
        lambda number, line: (_row(number, line),),
        width=WIDTH,
        sum_columns=(BEFORE + MONEY, AFTER + MONEY, DIFFERENCE),
        unsorted=True,
    )
    return sums_with_percent(rows, BEFORE + MONEY, DIFFERENCE)


def _row(number: int, line: RpjmAmendmentLine) -> Row:
    old = line.before.total or 0 if line.before is not None else 0
    new = line.after.total or 0 if line.after is not None else 0
    percent: Value = "tetap" if line.before == line.after else percent_text(old, new - old)
    name = activity_name(line.before, line.after)
    cells = (number, name, *_side_cells(line.before), *_side_cells(line.after), new - old, percent, line.reason)
    return Row(cells)


def _side_cells(line: RpjmdesLine | None) -> tuple[Value, ...]:
    if line is None:
        return ("tidak direncanakan", *([None] * (SIDE - 1)))
    volume = volume_text(line.quantity, line.unit)
    return (line.location, volume, years_text(line.years), line.total, line.source, PATTERNS[line.mode])


def years_text(years: Iterable[int]) -> str:
    """Return years with runs joined: ``2024-2026, 2028``."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _year_columns() -> tuple[Column, ...]:
    return (
        Column("Tahun", 30, "center"),
        Column("Semula (Rp)", 45, "rupiah"),
        Column("Menjadi (Rp)", 45, "rupiah"),
        Column("Bertambah/Berkurang (Rp)", 45, "rupiah"),
    )


def _year_rows(values: RpjmAmendmentValues) -> tuple[Row, ...]:
    """Return the money that the years hold; what nobody has split by year stands in a row of its own."""
    rows = [
        _year_row(str(year), _in_year(values, year, after=False), _in_year(values, year, after=True))
        for year in range(values.start_year, max(values.before, values.after) + 1)
    ]
    left = tuple(
        _total(values, after=side) - sum(_number(row.cells[1 + side]) for row in rows) for side in (False, True)
    )
    if any(left):
        rows.append(_year_row("belum dibagi", *left))
    return (*rows, replace(_year_row("Jumlah", _total(values, after=False), _total(values, after=True)), kind="total"))


def _year_row(label: str, before: int, after: int) -> Row:
    return Row((label, before, after, after - before))


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _sides(values: RpjmAmendmentValues, *, after: bool) -> Iterable[RpjmdesLine]:
    for line in values.lines:
        side = line.after if after else line.before
        if side is not None:
            yield side


def _in_year(values: RpjmAmendmentValues, year: int, *, after: bool) -> int:
    return sum(line.year_costs.get(year, 0) for line in _sides(values, after=after))


def _total(values: RpjmAmendmentValues, *, after: bool) -> int:
    return sum(line.total or 0 for line in _sides(values, after=after))
