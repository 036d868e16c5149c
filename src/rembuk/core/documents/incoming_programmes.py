"""F06: programmes of higher plans that enter the village, in both families.

Source: Permendagri 114/2014 annex (A); Permendesa PDTT 21/2020 Pasal 38 and annex (B).
"""

from dataclasses import dataclass
from typing import Literal

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table
from rembuk.core.documents.rkpdes import goals_text
from rembuk.core.money import Rupiah

Family = Literal["A", "B"]
ORIGINS = {"pusat": "Pusat", "provinsi": "Provinsi", "kabupaten": "Kabupaten", "dprd": "Aspirasi DPRD"}
_WIDTHS: dict[Family, int] = {"A": 5, "B": 9}
_MONEY: dict[Family, int] = {"A": 3, "B": 8}


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme. field: 1 to 5; origin: pusat | provinsi | kabupaten | dprd; volume: with its unit, as written.

    amount: nothing where nobody knows it; printed blank. implementer: only family A prints it.
    """

    field: int
    name: str
    origin: str
    agency: str = ""
    sdgs: tuple[int, ...] = ()
    year: str = ""
    location: str = ""
    volume: str = ""
    amount: Rupiah | None = None
    implementer: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeValues:
    """The list for one plan; year_label is printed as it is; team: which team made it."""

    frame: Frame
    year_label: str
    lines: tuple[ProgrammeLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    team: str = "Ketua Tim Penyusun RPJM Desa"
    notes: tuple[str, ...] = ()
    family: Family = "A"


def build_incoming_programmes(values: ProgrammeValues) -> Document:
    """Return F06: five fields always, sums per field and overall. Raises: ValueError for an unknown field."""
    family = values.family
    rows = rows_by_field(
        values.lines,
        lambda line: line.field,
        lambda number, line: (_row(number, line, family),),
        width=_WIDTHS[family],
        sum_columns=(_MONEY[family],),
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(_columns_b() if family == "B" else _columns_a(), rows),
        values.frame.head_and_team(values.head, values.team_chair, values.team),
    ]
    return values.frame.document(
        code="F06",
        title=f"Program dan Kegiatan Masuk Desa {values.frame.village.village} {values.year_label}",
        heading=("Daftar Rencana Program dan Kegiatan yang Masuk ke Desa", values.year_label),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Program masuk",
    )


def _columns_a() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center"),
        Column("Asal Program/Kegiatan", 60),
        Column("Nama Program/Kegiatan", 110),
        Column("Prakiraan Pagu Dana (Rp)", 45, "rupiah"),
        Column("Prakiraan Pelaksana", 60),
    )


def _columns_b() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center"),
        Column("Bidang", 28),
        Column("Nama Program/Kegiatan", 70),
        Column("Pemerintah/Pemda Provinsi/Pemda Kabupaten", 46),
        Column("Mendukung SDGs Desa ke-", 22, "center"),
        Column("Tahun Pelaksanaan", 24, "center"),
        Column("Lokasi (Dusun/RW/RT)", 40),
        Column("Volume dan Satuan", 26, align="right"),
        Column("Total Pagu Dana (Rp)", 34, "rupiah"),
    )


def _row(number: int, line: ProgrammeLine, family: Family) -> Row:
    origin = ORIGINS[line.origin]
    if family == "A":
        from_where = f"{origin}: {line.agency}" if line.agency else origin
        return Row((number, from_where, line.name, line.amount, line.implementer or line.agency))
    who = line.agency or origin
    what = (number, SHORT_FIELDS[line.field], line.name, who, goals_text(line.sdgs), line.year)
    return Row((*what, line.location, line.volume, line.amount))
