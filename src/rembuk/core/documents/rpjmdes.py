"""F17: the matrix of the RPJM Desa in both annex families, for a period of any length, summed by year and source.

Source: Permendagri 114/2014 annex (A); Permendesa PDTT 21/2020 annex (B).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from decimal import Decimal

from rembuk.core.documents.frame import FIELDS, SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field, sum_row
from rembuk.core.documents.model import Column, Document, Heading, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import (
    MODES,
    UNCOUNTED,
    Beneficiaries,
    DeliveryMode,
    beneficiary_column,
    goals_text,
    volume_text,
)
from rembuk.core.documents.rpjm_income import Income, income_beside_cost

NO_SOURCE = "belum ada sumber"
INCOME_HEADING = "Proyeksi pendapatan Desa dan prakiraan biaya per tahun"
NOT_SPLIT = "Sebagian biaya belum dibagi per tahun; jumlah per tahun tidak memuatnya."


@dataclass(frozen=True, slots=True)
class RpjmdesLine:
    """One activity. field: 1 to 5, 0 without one. years: those it is planned for.

    year_costs: year -> whole rupiah. total: the cost that counts, their sum where the years are priced. source: the
    codes as one text, as the column prints it. targets: year -> what is to be reached; only family B prints it.
    indicator: what the goal is measured by; F16 prints it.
    """

    field: int
    activity: str
    sub_field: str = ""
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    target: str = ""
    years: tuple[int, ...] = ()
    year_costs: Mapping[int, int] = made(default_factory=dict)
    total: int | None = None
    source: str = ""
    mode: DeliveryMode | None = None
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    targets: Mapping[int, str] = made(default_factory=dict)
    beneficiaries: Beneficiaries = UNCOUNTED
    indicator: str = ""


@dataclass(frozen=True, slots=True)
class RpjmdesValues:
    """The plan of a period. items: in the order in which they are printed within their bidang.

    stage: ``Rancangan`` or ``Rancangan Akhir`` before the Perdes, empty for its annex. income: what is expected.
    """

    frame: Frame
    start_year: int
    end_year: int
    items: tuple[RpjmdesLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    variant_b: bool = False
    stage: str = "Rancangan"
    income: Income = made(default_factory=dict)

    @property
    def period(self) -> range:
        return range(self.start_year, self.end_year + 1)

    @property
    def cost_by_year(self) -> dict[int, int]:
        """Return year -> what the activities cost that are split by year."""
        return {year: sum(line.year_costs.get(year, 0) for line in self.items) for year in self.period}


def rpjmdes_columns(period: range) -> tuple[Column, ...]:
    """Return the columns of family A: one column for each year of the period."""
    return (*_head_columns("Jenis Kegiatan"), *_place_columns(), Column("Sasaran/Manfaat", 30), *_tail_columns(period))


def rpjmdes_columns_b(period: range) -> tuple[Column, ...]:
    """Return the columns of family B: with SDGs, what there is, a target for each year, and who benefits."""
    aims = (
        Column("SDGs Desa ke-", 14, "center"),
        Column(f"Data Eksisting (Tahun {period[0] - 1})", 18),
        Column("Target Capaian", children=tuple(Column(str(year), 14, "center") for year in period)),
    )
    people = beneficiary_column(11)
    return (*_head_columns("Nama Program/Kegiatan"), *aims, *_place_columns(), people, *_tail_columns(period, 13))


def _head_columns(activity: str) -> tuple[Column, ...]:
    return (
        Column("No", 8, "center"),
        Column("Bidang", 20),
        Column("Sub Bidang", 24),
        Column(activity, 42),
    )


def _place_columns() -> tuple[Column, ...]:
    return (Column("Lokasi", 24), Column("Prakiraan Volume", 16, align="right"))


def _tail_columns(period: range, year: float = 9) -> tuple[Column, ...]:
    return (
        Column("Waktu Pelaksanaan", children=tuple(Column(str(number), year, "mark") for number in period)),
        Column(
            "Prakiraan Biaya dan Sumber Pembiayaan",
            children=(Column("Jumlah (Rp)", 32, "rupiah"), Column("Sumber", 16, "center")),
        ),
        Column(
            "Prakiraan Pola Pelaksanaan",
            children=(
                Column("Swakelola", 14, "mark"),
                Column("Kerja Sama Antar Desa", 14, "mark"),
                Column("Kerja Sama Pihak Ketiga", 14, "mark"),
            ),
        ),
    )


def build_rpjmdes(values: RpjmdesValues) -> Document:
    """Return F17: five fields always, "Jumlah per bidang" and "Jumlah total", cost by year and source, the income."""
    period = values.period
    columns = rpjmdes_columns_b(period) if values.variant_b else rpjmdes_columns(period)
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Table(columns, _rows(values)))
    if values.items:
        parts += [Heading("Prakiraan biaya per tahun"), Table(_year_columns(period), _year_rows(values))]
        parts += unsplit_note(values)
        parts += [Heading("Prakiraan biaya per sumber"), cost_by_source(values)]
    if values.income:
        parts += [Heading(INCOME_HEADING), income_beside_cost(period, values.income, values.cost_by_year)]
    parts.append(values.frame.head_and_team(values.head, values.team_chair, "Ketua Tim Penyusun RPJM Desa"))
    stage = f"{values.stage} " if values.stage else ""
    years = f"{values.start_year}-{values.end_year}"
    return values.frame.document(
        code="F17",
        title=f"{stage}RPJM Desa {values.frame.village.village} Tahun {years}",
        heading=(f"{stage}Rencana Pembangunan Jangka Menengah Desa (RPJM Desa)", f"Tahun {years}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="RPJM",
    )


def unsplit_note(values: RpjmdesValues) -> tuple[Note, ...]:
    """Return what must be said beside sums by year: that some money is not split by year."""
    unsplit = any(line.total and not line.year_costs for line in values.items)
    return (Note(NOT_SPLIT),) if unsplit else ()


def cost_by_source(values: RpjmdesValues) -> Table:
    """Return the money by source, one row for activities that several pay together."""
    return Table(_source_columns(), _source_rows(values))


def _rows(values: RpjmdesValues) -> tuple[Row, ...]:
    count = len(values.period)
    money = (4 + 2 + count + 2 + 3 + count) if values.variant_b else (4 + 2 + 1 + count)
    return rows_by_field(
        values.items,
        lambda line: line.field,
        lambda number, line: (_item_row(number, line, values),),
        width=money + 5,
        sum_columns=(money,),
        unsorted=True,
    )


def _item_row(number: int, line: RpjmdesLine, values: RpjmdesValues) -> Row:
    period, people = values.period, line.beneficiaries
    cells: list[Value] = [number, SHORT_FIELDS.get(line.field, ""), line.sub_field, line.activity]
    volume = volume_text(line.quantity, line.unit)
    if values.variant_b:
        cells += [goals_text(line.sdgs), line.baseline, *(line.targets.get(year, "") for year in period)]
        cells += [line.location, volume, people.men, people.women, people.poor]
    else:
        cells += [line.location, volume, "; ".join(text for text in (line.target, people.text) if text)]
    cells += [year in line.years for year in period]
    cells += [line.total, line.source, *(line.mode == mode for mode in MODES)]
    return Row(tuple(cells))


def _year_columns(period: range) -> tuple[Column, ...]:
    return (
        Column("No", 8, "center"),
        Column("Bidang", 60),
        *(Column(str(year), 26, "rupiah") for year in period),
        Column("Jumlah (Rp)", 30, "rupiah"),
    )


def _year_rows(values: RpjmdesValues) -> tuple[Row, ...]:
    rows = []
    for number, name in (*FIELDS.items(), (0, "Bidang belum ditentukan")):
        own = [line for line in values.items if line.field == number]
        if number or own:
            by_year = [sum(line.year_costs.get(year, 0) for line in own) for year in values.period]
            rows.append(Row((number or "-", name, *by_year, sum(by_year))))
    columns = range(2, len(values.period) + 3)
    return (*rows, sum_row(rows, "Jumlah", tuple(columns), ((0, len(rows) - 1),), len(values.period) + 3, kind="total"))


def _source_columns() -> tuple[Column, ...]:
    return (Column("Sumber", 60), Column("Kegiatan", 25, "number"), Column("Jumlah (Rp)", 40, "rupiah"))


def _source_rows(values: RpjmdesValues) -> tuple[Row, ...]:
    """Return one row a source; an activity paid from several stands under them together: F17 does not split it."""
    found: dict[str, list[RpjmdesLine]] = {}
    for line in values.items:
        found.setdefault(line.source or NO_SOURCE, []).append(line)
    rows: list[Row] = [
        Row((source, len(lines), sum(line.total or 0 for line in lines))) for source, lines in sorted(found.items())
    ]
    return (*rows, sum_row(rows, "Jumlah", (1, 2), ((0, len(rows) - 1),), 3, kind="total"))
