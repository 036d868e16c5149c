"""F32: the needs that the village hands upward (DU-RKP Desa), in both families.

Source: Permendagri 114/2014 annex (A); Permendesa PDTT 21/2020 (B).
"""

from dataclasses import dataclass
from typing import Literal

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import UNCOUNTED, Beneficiaries, beneficiary_column, goals_text
from rembuk.core.money import Rupiah

Family = Literal["A", "B"]
_WIDTHS: dict[Family, int] = {"A": 9, "B": 14}
_MONEY: dict[Family, int] = {"A": 7, "B": 12}


@dataclass(frozen=True, slots=True)
class DuLine:
    """One need. field: 1 to 5, 0 while nobody has said. volume: as written, with its unit.

    cost: None where nobody knows it; printed blank. subfield, sdgs, baseline: only family B prints them; family A
    prints the beneficiaries in one cell.
    """

    field: int
    activity: str
    location: str = ""
    volume: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    schedule: str = ""
    cost: Rupiah | None = None
    source: str = ""
    subfield: str = ""
    sdgs: tuple[int, ...] = ()
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class DuValues:
    """The list of one budget year, lines in the order of the village."""

    frame: Frame
    budget_year: int
    lines: tuple[DuLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    family: Family = "A"


def build_du_rkpdes(values: DuValues) -> Document:
    """Return F32: five fields always, sums per field and overall. Raises: ValueError for an unknown field."""
    family = values.family
    rows = rows_by_field(
        values.lines,
        lambda line: line.field,
        lambda number, line: (_row(number, line, family),),
        width=_WIDTHS[family],
        sum_columns=(_MONEY[family],),
        unsorted=True,
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(_columns_b() if family == "B" else _columns_a(), rows),
        values.frame.head_and_team(values.head, values.team_chair),
    ]
    return values.frame.document(
        code="F32",
        title=f"DU-RKP Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Daftar Usulan Rencana Kerja Pemerintah Desa (DU-RKP Desa)", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="DU-RKP",
    )


def _columns_a() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center", "a"),
        Column(
            "Bidang/Jenis Kegiatan",
            children=(Column("Bidang", 28, letter="b"), Column("Jenis Kegiatan", 74, letter="c")),
        ),
        Column("Lokasi", 40, letter="d"),
        Column("Volume", 22, letter="e", align="right"),
        Column("Penerima Manfaat/Sasaran", 38, letter="f"),
        Column("Perkiraan Waktu Pelaksanaan", 28, letter="g"),
        Column(
            "Prakiraan Biaya dan Sumber Pembiayaan",
            children=(Column("Jumlah (Rp)", 32, "rupiah", "h"), Column("Sumber yang Diusulkan", 36, letter="i")),
        ),
    )


def _columns_b() -> tuple[Column, ...]:
    return (
        Column("No", 8, "center", "a"),
        Column("Bidang", 23, letter="b"),
        Column("Sub Bidang", 28, letter="c"),
        Column("Nama Program/Kegiatan", 52, letter="d"),
        Column("Mendukung SDGs Desa ke-", 17, "center", "e"),
        Column("Data Eksisting", 22, letter="f"),
        Column("Lokasi", 29, letter="g"),
        Column("Prakiraan Volume dan Satuan", 19, letter="h", align="right"),
        beneficiary_column(11, "i"),
        Column("Perkiraan Waktu Pelaksanaan", 20, letter="l"),
        Column("Prakiraan Biaya (Rp)", 27, "rupiah", "m"),
        Column("Sumber Pembiayaan yang Diusulkan", 24, letter="n"),
    )


def _row(number: int, line: DuLine, family: Family) -> Row:
    people, short = line.beneficiaries, SHORT_FIELDS.get(line.field, "-")
    if family == "A":
        place: tuple[Value, ...] = (number, short, line.activity, line.location, line.volume, people.text)
        return Row((*place, line.schedule, line.cost, line.source))
    what = (number, short, line.subfield, line.activity, goals_text(line.sdgs), line.baseline, line.location)
    who = (line.volume, people.men, people.women, people.poor)
    return Row((*what, *who, line.schedule, line.cost, line.source))
