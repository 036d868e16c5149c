"""F22: the proposals of one year in the order of their priority. Family B. Source: Permendesa PDTT 21/2020 annex."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import (
    UNCOUNTED,
    Beneficiaries,
    FundedPart,
    beneficiary_column,
    goals_text,
    volume_text,
)
from rembuk.core.money import Rupiah

_WIDTH = 14
_MONEY = 12


@dataclass(frozen=True, slots=True)
class PriorityLine:
    """One proposal. field: 1 to 5, 0 while nobody has said. rank: its place in the whole village, from 1.

    funding: what a source was found for, one line each; without any, *cost* stands alone and its source is blank.
    cost: None where nobody could read it; it is printed blank and counts nothing.
    """

    field: int
    rank: int
    proposal: str
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    schedule: str = ""
    cost: Rupiah | None = None
    funding: tuple[FundedPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PriorityValues:
    """The priorities of one budget year; they are printed by field, within a field by rank."""

    frame: Frame
    budget_year: int
    lines: tuple[PriorityLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_priorities(values: PriorityValues) -> Document:
    """Return F22: fourteen columns, five fields always, sums per field and overall. Raises: ValueError for a field."""
    lines = sorted(values.lines, key=lambda line: line.rank)
    rows = rows_by_field(
        lines,
        lambda line: line.field,
        _rows,
        width=_WIDTH,
        sum_columns=(_MONEY,),
        nothing="Tidak ada usulan",
        unsorted=True,
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Table(_columns(), rows), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F22",
        title=f"Daftar Prioritas Usulan Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=(
            "Daftar Prioritas Usulan Rencana Program dan Kegiatan Pembangunan Desa",
            f"untuk 1 (satu) Tahun Anggaran {values.budget_year}",
        ),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Prioritas",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("No", 8, "center", "a"),
        Column("Bidang", 24, letter="b"),
        Column("Urutan Prioritas", 14, "center", "c"),
        Column("Nama Program/Kegiatan", 56, letter="d"),
        Column("Mendukung SDGs Desa ke-", 17, "center", "e"),
        Column("Data Eksisting", 22, letter="f"),
        Column("Lokasi", 28, letter="g"),
        Column("Prakiraan Volume dan Satuan", 19, letter="h", align="right"),
        beneficiary_column(11, "i"),
        Column("Waktu Pelaksanaan", 20, letter="l"),
        Column("Prakiraan Biaya (Rp)", 27, "rupiah", "m"),
        Column("Sumber", 14, "center", "n"),
    )


def _rows(number: int, line: PriorityLine) -> Sequence[Row]:
    people = line.beneficiaries
    head: tuple[Value, ...] = (number, SHORT_FIELDS.get(line.field, "-"), line.rank, line.proposal)
    head += (goals_text(line.sdgs), line.baseline, line.location, volume_text(line.quantity, line.unit))
    head += (people.men, people.women, people.poor, line.schedule)
    if not line.funding:
        return (Row((*head, line.cost, "")),)
    blank: tuple[Value, ...] = (None,) * len(head)
    first, *others = line.funding
    rows = [Row((*head, first.amount, first.source))]
    return [*rows, *(Row((*blank, part.amount, part.source), continues=True) for part in others)]
