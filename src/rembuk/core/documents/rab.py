"""F28: the itemised cost estimate (RAB). Source: Permendagri 114/2014 annex XXIII."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import group_row, sum_row
from rembuk.core.documents.model import DOTS, Column, Document, Note, Paragraph, Part, Product, Row, Table, whole
from rembuk.core.money import Rupiah, terbilang

SECTIONS: dict[int, str] = {1: "Bahan", 2: "Alat", 3: "Upah", 4: "Operasional"}
CATEGORIES: dict[str, str] = {
    "I-a": "Bahan hasil pengumpulan tenaga manusia",
    "I-b": "Bahan buatan pabrik/industri",
    "II-a": "Alat tangan",
    "II-b": "Beli/sewa mesin dan alat",
    "III-a": "Upah konstruksi",
    "III-b": "Upah pengumpulan bahan",
}
_WIDTH = 6
_MONEY = 4


@dataclass(frozen=True, slots=True)
class RabLine:
    """One line. section: 1 material, 2 tools, 3 wages, 4 operations. community: given by residents (swadaya)."""

    section: int
    description: str
    quantity: Decimal | int
    unit: str
    unit_price: Rupiah
    category: str = ""
    community: bool = False

    @property
    def amount(self) -> Rupiah:
        """Quantity times unit price, half up to whole rupiah."""
        return Rupiah(whole(Decimal(self.quantity) * self.unit_price))


@dataclass(frozen=True, slots=True)
class RabValues:
    """The estimate of one activity, lines in the order of the list."""

    frame: Frame
    rab_number: str
    field_name: str
    activity: str
    lines: tuple[RabLine, ...]
    location: str = ""
    budget_year: int | None = None
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def rab_total(lines: Sequence[RabLine]) -> Rupiah:
    """Return the sum of the lines, residents' part included."""
    return Rupiah(sum(line.amount for line in lines))


def build_rab(values: RabValues) -> Document:
    """Return F28: sections with sub totals, the total, the residents' part apart from the rest, the total in words.

    Sections 1 to 3 are always printed, 4 only where it has lines. Raises: ValueError for an unknown section.
    """
    columns = (
        Column("Uraian", 62, letter="a"),
        Column("Volume", 18, "number", "b"),
        Column("Satuan", 18, "center", "c"),
        Column("Harga Satuan (Rp)", 26, "rupiah", "d"),
        Column("Jumlah Total (Rp)\n(e = b x d)", 30, "rupiah", "e"),
        Column("Kategori Biaya", 18, "center"),
    )
    total = rab_total(values.lines)
    used = sorted({line.category for line in values.lines if line.category in CATEGORIES})
    parts: list[Part] = [Note(note) for note in values.notes]
    words = f"{terbilang(total)} rupiah." if values.lines else DOTS
    parts += [Table(columns, _rows(values.lines)), Paragraph(f"Terbilang: {words}")]
    if used:
        parts.append(Paragraph("Kategori biaya: " + "; ".join(f"{code} {CATEGORIES[code]}" for code in used) + "."))
    parts.append(values.frame.head_and_team(values.head, values.team_chair, "Tim Penyusun RKP Desa"))
    more = [("No. RAB", values.rab_number), ("Bidang", values.field_name), ("Kegiatan", values.activity)]
    more += [("Lokasi", values.location)] if values.location else []
    more += [("Tahun anggaran", str(values.budget_year))] if values.budget_year else []
    return values.frame.document(
        code="F28",
        title=f"Rencana Anggaran Biaya: {values.activity}",
        heading=("Rencana Anggaran Biaya (RAB)",),
        facts=values.frame.village.facts(*more),
        parts=parts,
        paper="folio",
        sheet="RAB",
    )


def _rows(lines: Sequence[RabLine]) -> tuple[Row, ...]:
    unknown = {line.section for line in lines} - set(SECTIONS)
    if unknown:
        raise ValueError(f"unknown sections {sorted(unknown)}")
    rows: list[Row] = []
    subtotals: list[tuple[int, int]] = []
    shares: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for section, name in SECTIONS.items():
        inside = [line for line in lines if line.section == section]
        if not inside and section == 4:
            continue
        rows.append(_section_row(f"{section}. {name}"))
        first = len(rows)
        for line in inside:
            shares[line.community].append((len(rows), len(rows)))
            rows.append(_line_row(line))
        ranges = ((first, len(rows) - 1),) if inside else ()
        subtotals.append((len(rows), len(rows)))
        rows.append(sum_row(rows, f"Sub total {section}", (_MONEY,), ranges, _WIDTH, kind="subtotal"))
    rows.append(sum_row(rows, "Total biaya", (_MONEY,), tuple(subtotals), _WIDTH, kind="total"))
    if shares[True]:
        for label, community in (("Dari swadaya masyarakat", True), ("Dari APB Desa", False)):
            rows.append(sum_row(rows, label, (_MONEY,), tuple(shares[community]), _WIDTH, kind="total"))
    return tuple(rows)


def _section_row(label: str) -> Row:
    row = group_row(label, "", _WIDTH)
    return Row((label, *([None] * (_WIDTH - 1))), row.kind, spans=((0, _WIDTH),))


def _line_row(line: RabLine) -> Row:
    words = f"{line.description} (swadaya)" if line.community else line.description
    cells = (words, line.quantity, line.unit, line.unit_price, line.amount, line.category)
    return Row(cells, products=(Product(_MONEY, 1, 3),))
