"""F21: what each activity is to be paid from. Family B. Source: Permendesa PDTT 21/2020 annex."""

from collections.abc import Mapping
from dataclasses import dataclass

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.money import Rupiah

FINANCING_SOURCES: dict[str, str] = {
    "PAD": "PADesa",
    "DDS": "Dana Desa",
    "ADD": "Alokasi Dana Desa",
    "PBH": "Bagi Hasil Pajak dan Retribusi",
    "PBP": "Bantuan APBD Provinsi",
    "PBK": "Bantuan APBD Kabupaten/Kota",
}
"""The sources that F21 has a column for, in its order; swadaya and all others stand in its last column."""
_WIDTH = 10
_SUMS = tuple(range(3, _WIDTH))


@dataclass(frozen=True, slots=True)
class FinancingLine:
    """One activity. field: 1 to 5, 0 while nobody has said. amounts: source code -> whole rupiah, any source."""

    field: int
    activity: str
    amounts: Mapping[str, Rupiah]


@dataclass(frozen=True, slots=True)
class FinancingValues:
    """The financing of one budget year, lines in the order of the plan."""

    frame: Frame
    budget_year: int
    lines: tuple[FinancingLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_financing(values: FinancingValues) -> Document:
    """Return F21: ten columns, five fields always, sums per field and overall for every source.

    Raises: ValueError for an unknown field.
    """
    money = (Column(name, 28, "rupiah", "defghi"[place]) for place, name in enumerate(FINANCING_SOURCES.values()))
    columns = (
        Column("No", 9, "center", "a"),
        Column("Bidang", 26, letter="b"),
        Column("Nama Program/Kegiatan", 66, letter="c"),
        Column("Jumlah Dana Indikatif (Rp)", children=(*money, Column("Sumber Keuangan Lainnya", 28, "rupiah", "j"))),
    )
    rows = rows_by_field(values.lines, lambda line: line.field, _rows, width=_WIDTH, sum_columns=_SUMS, unsorted=True)
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Table(columns, rows), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F21",
        title=f"Data Rencana Pembiayaan Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Data dan Informasi Rencana Pembiayaan Pembangunan Desa", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Pembiayaan",
    )


def _rows(number: int, line: FinancingLine) -> tuple[Row, ...]:
    known: tuple[Value, ...] = tuple(line.amounts.get(source) for source in FINANCING_SOURCES)
    others = [amount for source, amount in line.amounts.items() if source not in FINANCING_SOURCES]
    return (Row((number, SHORT_FIELDS.get(line.field, "-"), line.activity, *known, sum(others) if others else None)),)
