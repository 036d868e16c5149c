"""F38: the year's income and spending in short, for chapter II of the plan's text.

Practice; the accounts are those of Permendagri 20/2018 Pasal 11-28.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Facts, Note, Part, Row, Table, Value, number_text
from rembuk.core.documents.rkpdes import FundedPart
from rembuk.core.money import Rupiah

INCOME_SOURCES: dict[str, str] = {
    "PAD": "PAD",
    "DDS": "Dana Desa",
    "ADD": "ADD",
    "PBH": "Bagi Hasil Pajak dan Retribusi",
    "PBP": "Bantuan Keuangan Provinsi",
    "PBK": "Bantuan Keuangan Kabupaten",
}
"""The sources with a column of their own, in the order of the form; all others stand under "Lain-lain"."""
OWN_INCOME = {"SWD": "PAD"}
"""Swadaya is own income by its account (4.1.3). Source: Permendagri 20/2018 Pasal 12."""
KINDS: dict[str, str] = {
    "5.1": "Pegawai",
    "5.2": "Barang dan Jasa",
    "5.3": "Modal",
    "5.4": "Tak Terduga",
}
"""Kinds of spending by account. Source: Permendagri 20/2018 Pasal 19."""
FINANCING_LINES = (
    ("Penerimaan", "Sisa lebih perhitungan anggaran (SiLPA) tahun sebelumnya"),
    ("Penerimaan", "Pencairan dana cadangan"),
    ("Penerimaan", "Hasil penjualan kekayaan Desa yang dipisahkan"),
    ("Pengeluaran", "Pembentukan dana cadangan"),
    ("Pengeluaran", "Penyertaan modal Desa"),
)
"""The lines of financing. Source: Permendagri 20/2018 Pasal 26-28."""
FINANCING_NOTE = "Pembiayaan (SiLPA, dana cadangan, penyertaan modal) belum dicatat di Rembuk; isi dengan tangan."
_WIDTH = 10
_AMOUNT = 8


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """The income of one year: source code -> whole rupiah; sources that nobody has written down are left out."""

    year: int
    amounts: Mapping[str, Rupiah]

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(self.amounts.values()))


@dataclass(frozen=True, slots=True)
class SpendingLine:
    """One activity. funding: per source. kinds: account (``5.2``) -> rupiah, or None where its estimate has none."""

    field: int
    activity: str
    subfield: str = ""
    funding: tuple[FundedPart, ...] = ()
    kinds: Mapping[str, Rupiah] | None = None

    @property
    def amount(self) -> Rupiah:
        return Rupiah(sum(part.amount for part in self.funding))


@dataclass(frozen=True, slots=True)
class FinanceValues:
    """Income of the years, the newest last; spending in the order of the plan."""

    frame: Frame
    budget_year: int
    income: tuple[IncomeLine, ...]
    spending: tuple[SpendingLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_finance_summary(values: FinanceValues) -> Document:
    """Return F38: income per year and source, spending per field and kind, financing to be filled by hand.

    Kinds of spending are summed once every activity has them. Raises: ValueError for an unknown field or kind.
    """
    earned = next((line.total for line in values.income if line.year == values.budget_year), None)
    spent = Rupiah(sum(line.amount for line in values.spending))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(_income_columns(), _income_rows(values.income), caption="A. Pendapatan"),
        Table(_spending_columns(), _spending_rows(values.spending), caption="B. Belanja"),
        *((Facts(_balance(earned, spent, values.budget_year)),) if values.spending else ()),
        Table(_financing_columns(), _financing_rows(), caption="C. Pembiayaan"),
        Note(FINANCING_NOTE),
        values.frame.head_and_team(values.head, values.team_chair),
    ]
    return values.frame.document(
        code="F38",
        title=f"Ringkasan Keuangan RKP Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Rencana Pendapatan, Belanja, dan Pembiayaan Desa", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Keuangan",
    )


def _balance(earned: Rupiah | None, spent: Rupiah, year: int) -> tuple[tuple[str, str], ...]:
    spending = (f"Belanja {year}", f"Rp{number_text(spent)}")
    if earned is None:
        return ((f"Pendapatan {year}", "belum ada pagu"), spending)
    word = "Surplus" if earned >= spent else "Defisit"
    return (
        (f"Pendapatan {year}", f"Rp{number_text(earned)}"),
        spending,
        (word, f"Rp{number_text(abs(earned - spent))}"),
    )


def _income_columns() -> tuple[Column, ...]:
    money = (Column(name, 30, "rupiah") for name in INCOME_SOURCES.values())
    return (Column("Tahun", 14, "center"), *money, Column("Lain-lain", 30, "rupiah"), Column("Jumlah", 32, "rupiah"))


def _income_rows(lines: Sequence[IncomeLine]) -> tuple[Row, ...]:
    if not lines:
        blank: tuple[Value, ...] = ("Belum ada pagu atau perkiraan pendapatan", *([None] * 8))
        return (Row(blank, "empty", spans=((0, 9),)),)
    return tuple(_income_row(line) for line in lines)


def _income_row(line: IncomeLine) -> Row:
    cells: dict[str, int] = {}
    for source, amount in line.amounts.items():
        column = OWN_INCOME.get(source, source)
        column = column if column in INCOME_SOURCES else "DLL"
        cells[column] = cells.get(column, 0) + amount
    return Row((str(line.year), *(cells.get(column) for column in (*INCOME_SOURCES, "DLL")), line.total))


def _spending_columns() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center"),
        Column("Bidang", 28),
        Column("Sub Bidang", 36),
        Column("Kegiatan", 60),
        Column("Jenis Belanja (Rp)", children=tuple(Column(name, 27, "rupiah") for name in KINDS.values())),
        Column("Jumlah (Rp)", 30, "rupiah"),
        Column("Sumber", 14, "center"),
    )


def _spending_rows(lines: Sequence[SpendingLine]) -> tuple[Row, ...]:
    strange = {kind for line in lines for kind in line.kinds or {}} - set(KINDS)
    if strange:
        raise ValueError(f"unknown kinds of spending {sorted(strange)}")
    split = bool(lines) and all(line.kinds is not None for line in lines)
    return rows_by_field(
        lines,
        lambda line: line.field,
        _spending_row,
        width=_WIDTH,
        sum_columns=(4, 5, 6, 7, _AMOUNT) if split else (_AMOUNT,),
        unsorted=True,
    )


def _spending_row(number: int, line: SpendingLine) -> Sequence[Row]:
    head: tuple[Value, ...] = (number, SHORT_FIELDS.get(line.field, "-"), line.subfield, line.activity)
    head += tuple((line.kinds or {}).get(kind) for kind in KINDS)
    first, *others = line.funding or (FundedPart("", Rupiah(0)),)
    blank: tuple[Value, ...] = (None,) * len(head)
    rows = [Row((*head, first.amount, first.source))]
    return [*rows, *(Row((*blank, part.amount, part.source), continues=True) for part in others)]


def _financing_columns() -> tuple[Column, ...]:
    return (
        Column("Jenis", 30),
        Column("Uraian", 90),
        Column("Penerimaan (Rp)", 34, "rupiah"),
        Column("Pengeluaran (Rp)", 34, "rupiah"),
        Column("Netto (Rp)", 34, "rupiah"),
    )


def _financing_rows() -> tuple[Row, ...]:
    rows = [Row((kind, name, None, None, None)) for kind, name in FINANCING_LINES]
    total: tuple[Value, ...] = ("Pembiayaan netto", None, None, None, None)
    return (*rows, Row(total, "total", spans=((0, 2),)))
