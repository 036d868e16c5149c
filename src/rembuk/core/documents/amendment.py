"""F33: the matrix of changes of an RKP Desa, Semula and Menjadi side by side, with difference, percent and reason.

Source: Permendagri 114/2014 Pasal 49-50; the form itself is practice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import RkpdesLine
from rembuk.core.workflow.versions import percent_of

PATTERNS = {"self_managed": "S", "inter_village": "K", "third_party": "P", None: ""}
PATTERN_NOTE = "Pola: S swakelola, K kerja sama antar Desa, P kerja sama pihak ketiga."
SIDE = 8
"""Columns of one side: lokasi, volume, sasaran, waktu, jumlah, sumber, pola, pelaksana."""
BEFORE, AFTER = 2, 2 + SIDE
MONEY = 4
"""Column of the amount within a side."""
DIFFERENCE = 2 + 2 * SIDE
PERCENT = DIFFERENCE + 1
WIDTH = DIFFERENCE + 3


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """One activity in both versions; nothing on the side where it is not planned. reason: why it changed."""

    before: RkpdesLine | None
    after: RkpdesLine | None
    reason: str = ""

    @property
    def field(self) -> int:
        """The bidang under which it prints: that of the new version where it has one."""
        line = self.after or self.before
        return line.field if line is not None else 0

    @property
    def unchanged(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class AmendmentValues:
    """The changes of one year's plan. lines: all activities, unchanged ones too, so that the sums are the plan's.

    version_no: of the new version. superseded: number of the Perdes that it changes. ground, letter_number,
    letter_date: why it is changed. stage: ``Rancangan`` before the Perdes, empty for its annex.
    """

    frame: Frame
    budget_year: int
    version_no: int
    superseded: str
    ground: str
    letter_number: str
    letter_date: date | None
    lines: tuple[AmendmentLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    stage: str = "Rancangan"


def amendment_columns() -> tuple[Column, ...]:
    """Return the columns of F33: those of F26 twice, the three marks of its pattern as one letter."""
    return (
        Column("No", 6, "center"),
        Column("Bidang/Jenis Kegiatan", 30),
        Column("Semula", children=_side()),
        Column("Menjadi", children=_side()),
        Column("Bertambah/ Berkurang (Rp)", 19, "rupiah"),
        Column("%", 9, "number"),
        Column("Alasan", 27),
    )


def _side() -> tuple[Column, ...]:
    return (
        Column("Lokasi", 17),
        Column("Volume", 12, align="right"),
        Column("Sasaran/ Manfaat", 17),
        Column("Waktu", 12),
        Column("Jumlah (Rp)", 19, "rupiah"),
        Column("Sumber", 10, "center"),
        Column("Pola", 8, "center"),
        Column("Pelaksana", 15),
    )


def build_amendment(values: AmendmentValues) -> Document:
    """Return F33 with the sums per bidang and in all of both sides and of the difference, in whole rupiah.

    An activity with several sources prints one line a source, so that each source shows what it gained or lost.
    """
    village, year = values.frame.village, values.budget_year
    stage = f"{values.stage} " if values.stage else ""
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(amendment_columns(), _rows(values.lines)),
        Note(PATTERN_NOTE),
        values.frame.head_and_team(values.head, values.team_chair, "Tim Penyusun RKP Desa"),
    ]
    return values.frame.document(
        code="F33",
        title=f"{stage}Perubahan RKP Desa {village.village} Tahun {year}, Semula dan Menjadi",
        heading=(f"{stage}Perubahan Rencana Kerja Pemerintah Desa (RKP Desa)", f"Tahun {year}", "Semula - Menjadi"),
        facts=village.facts(*ground_facts(values.superseded, values.ground, values.letter_number, values.letter_date)),
        parts=parts,
        paper="folio-landscape",
        sheet="Semula-Menjadi",
    )


def ground_facts(
    superseded: str, ground: str, letter_number: str, letter_date: date | None
) -> tuple[tuple[str, str], ...]:
    """Return what stands above both matrices of changes: the Perdes that is changed, and why."""
    day = f"tanggal {date_text(letter_date)}" if letter_date is not None else ""
    letter = " ".join(word for word in (letter_number, day) if word)
    return (
        ("Mengubah", f"Perdes Nomor {superseded}"),
        ("Dasar perubahan", "; ".join(word for word in (ground, letter) if word)),
    )


def _rows(lines: Iterable[AmendmentLine]) -> tuple[Row, ...]:
    rows = rows_by_field(
        lines,
        lambda line: line.field,
        _line_rows,
        width=WIDTH,
        sum_columns=(BEFORE + MONEY, AFTER + MONEY, DIFFERENCE),
    )
    return sums_with_percent(rows, BEFORE + MONEY, DIFFERENCE)


def sums_with_percent(rows: Iterable[Row], before: int, difference: int) -> tuple[Row, ...]:
    """Say by how many percent each sum moved. before, difference: columns; the percent stands right of the latter."""
    return tuple(_with_percent(row, before, difference) if row.kind in ("subtotal", "total") else row for row in rows)


def _with_percent(row: Row, before: int, difference: int) -> Row:
    old, moved = row.cells[before], row.cells[difference]
    assert isinstance(old, int) and isinstance(moved, int)
    cells = list(row.cells)
    cells[difference + 1] = percent_text(old, moved)
    return replace(row, cells=tuple(cells))


def _line_rows(number: int, line: AmendmentLine) -> Sequence[Row]:
    before, after = _amounts(line.before), _amounts(line.after)
    sources = list(dict.fromkeys([*before, *after])) or [""]
    rows = []
    for index, source in enumerate(sources):
        old, new = before.get(source), after.get(source)
        difference = (new or 0) - (old or 0)
        percent: Value = "tetap" if line.unchanged else percent_text(old or 0, difference)
        head: tuple[Value, ...] = (number, activity_name(line.before, line.after)) if not index else (None, None)
        cells = (
            *head,
            *_side_cells(line.before, old, source if source in before else "", first=not index),
            *_side_cells(line.after, new, source if source in after else "", first=not index),
            difference,
            percent,
            line.reason if not index else None,
        )
        rows.append(Row(cells, continues=bool(index)))
    return rows


def _amounts(line: RkpdesLine | None) -> dict[str, int]:
    return {part.source: part.amount for part in line.funding} if line is not None else {}


class Named(Protocol):
    """A line of a plan, of whichever kind."""

    @property
    def activity(self) -> str: ...


def activity_name(before: Named | None, after: Named | None) -> str:
    """Return the activity's name, with its former one where it was renamed."""
    if after is None or before is None or before.activity == after.activity:
        kept = after or before
        return kept.activity if kept is not None else ""
    return f"{after.activity} (semula: {before.activity})"


def _side_cells(line: RkpdesLine | None, amount: int | None, source: str, *, first: bool) -> tuple[Value, ...]:
    if line is None:
        return (*(("tidak direncanakan",) if first else (None,)), *([None] * (SIDE - 1)))
    if not first:
        return (None, None, None, None, amount, source, None, None)
    target = "; ".join(word for word in (line.target, line.beneficiaries.text) if word)
    pattern = PATTERNS[line.mode]
    return (line.location, line.volume, target, line.schedule, amount, source, pattern, line.implementer)


def percent_text(before: int, difference: int) -> Value:
    """Return the percent with one decimal, half up; ``baru`` where there was nothing, nothing where nothing moved."""
    percent = percent_of(before, difference)
    if percent is None:
        return "baru" if difference else None
    exact = Decimal(percent.numerator) / Decimal(percent.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
