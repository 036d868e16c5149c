"""F06: programmes and activities of higher plans that enter the village, in both annex families.

Source: Permendagri 114/2014 Pasal 10-11 and annex (A); Permendesa PDTT 21/2020 Pasal 38 and annex (B).
"""

from dataclasses import dataclass

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import empty_row, rows_by_field, sum_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table
from rembuk.core.documents.rkpdes import goals_text

ORIGINS = {
    "pusat": "Pemerintah pusat",
    "provinsi": "Pemerintah provinsi",
    "kabupaten": "Pemerintah kabupaten (RKPD/Renja)",
    "dprd": "Aspirasi DPRD",
}


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One programme. origin: a code of `ORIGINS`. field: bidang 1 to 5. amount: whole rupiah, None where not known."""

    origin: str
    field: int
    name: str
    agency: str = ""
    year: int | None = None
    location: str = ""
    volume: str = ""
    amount: int | None = None
    sdgs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammesValues:
    """The list of one period. reason: why it is empty, if it is."""

    frame: Frame
    period: str
    lines: tuple[ProgrammeLine, ...]
    reason: str = ""
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    variant_b: bool = False


def build_programmes(values: ProgrammesValues) -> Document:
    """Return F06: family A by where the programme comes from, family B by bidang with its sums."""
    columns, rows = (_columns_b(), _rows_b(values)) if values.variant_b else (_columns_a(), _rows_a(values))
    parts: list[Part] = [Note(note) for note in values.notes]
    if not values.lines and values.reason:
        parts.append(Note(f"Tidak ada program yang masuk Desa: {values.reason}"))
    parts += [
        Table(columns, rows),
        values.frame.head_and_team(values.head, values.team_chair, "Ketua Tim Penyusun RPJM Desa"),
    ]
    return values.frame.document(
        code="F06",
        title=f"Daftar Program Masuk Desa {values.frame.village.village} Tahun {values.period}",
        heading=("Daftar Rencana Program dan Kegiatan Pembangunan yang Masuk ke Desa", f"Tahun {values.period}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape" if values.variant_b else "a4-landscape",
        sheet="Program masuk",
    )


def _columns_a() -> tuple[Column, ...]:
    return (
        Column("No", 10, "center"),
        Column("Asal Program/Kegiatan", 55),
        Column("Nama Program/Kegiatan", 90),
        Column("Prakiraan Pagu Dana (Rp)", 40, "rupiah"),
        Column("Prakiraan Pelaksana", 50),
    )


def _rows_a(values: ProgrammesValues) -> tuple[Row, ...]:
    rows: list[Row] = []
    for origin, words in ORIGINS.items():
        for line in values.lines:
            if line.origin == origin:
                rows.append(Row((len(rows) + 1, words, line.name, line.amount, line.agency)))
    if not rows:
        return (empty_row("Tidak ada program yang masuk Desa", 5),)
    return (*rows, sum_row(rows, "Jumlah", (3,), ((0, len(rows) - 1),), 5, kind="total"))


def _columns_b() -> tuple[Column, ...]:
    return (
        Column("No", 8, "center"),
        Column("Nama Program/Kegiatan", 70),
        Column("Pemerintah/Kementerian/OPD", 45),
        Column("Mendukung SDGs Desa ke-", 20, "center"),
        Column("Tahun Pelaksanaan", 20, "center"),
        Column("Lokasi", 40),
        Column("Volume dan Satuan", 28),
        Column("Total Pagu Dana (Rp)", 35, "rupiah"),
    )


def _rows_b(values: ProgrammesValues) -> tuple[Row, ...]:
    def row(number: int, line: ProgrammeLine) -> tuple[Row, ...]:
        agency = line.agency or ORIGINS[line.origin]
        year = str(line.year) if line.year is not None else ""
        goals = goals_text(line.sdgs)
        return (Row((number, line.name, agency, goals, year, line.location, line.volume, line.amount)),)

    return rows_by_field(
        values.lines, lambda line: line.field, row, width=8, sum_columns=(7,), nothing="Tidak ada program"
    )
