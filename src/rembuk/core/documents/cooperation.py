"""F24: what is done together with other villages and with third parties. Family B.

Source: Permendesa PDTT 21/2020 annex; the number of the agreement is this program's own column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import empty_row, item_runs, sum_row
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

_OWN, _PARTNER = 8, 10


@dataclass(frozen=True, slots=True)
class CooperationLine:
    """One activity. funding: what the village pays, per source. partner: the other village or the third party.

    partner_amount: None where nobody has written down what the partner pays; printed blank.
    """

    activity: str
    sdgs: tuple[int, ...] = ()
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    funding: tuple[FundedPart, ...] = ()
    partner: str = ""
    partner_amount: Rupiah | None = None
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class CooperationValues:
    """The cooperation of one budget year, each list in the order of the plan."""

    frame: Frame
    budget_year: int
    villages: tuple[CooperationLine, ...]
    third_parties: tuple[CooperationLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_cooperation(values: CooperationValues) -> Document:
    """Return F24: both lists always, each with its sums; what the partner pays is summed once all of it is known."""
    villages = Table(
        _columns("Desa Lain", "Nama Desa Lain"),
        _rows(values.villages, agreement=False),
        caption="A. Kerja sama antar Desa",
    )
    third = Table(
        (*_columns("Pihak Ketiga", "Nama Pihak Ketiga"), Column("Nomor Perjanjian", 26, letter="m")),
        _rows(values.third_parties, agreement=True),
        caption="B. Kerja sama dengan pihak ketiga",
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [villages, third, values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F24",
        title=f"Rencana Kerja Sama Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=(
            "Rencana Kerja Sama Antar Desa dan Kerja Sama Desa dengan Pihak Ketiga",
            f"Tahun {values.budget_year}",
        ),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Kerja sama",
    )


def _columns(who: str, name: str) -> tuple[Column, ...]:
    return (
        Column("No", 9, "center", "a"),
        Column("Nama Program/Kegiatan", 60, letter="b"),
        Column("Mendukung SDGs Desa ke-", 18, "center", "c"),
        Column("Lokasi", 32, letter="d"),
        Column("Prakiraan Volume dan Satuan", 20, letter="e", align="right"),
        beneficiary_column(12, "f"),
        Column(
            "Biaya Ditanggung Desa",
            children=(Column("Jumlah (Rp)", 28, "rupiah", "i"), Column("Sumber", 15, "center", "j")),
        ),
        Column(
            f"Biaya Ditanggung {who}",
            children=(Column("Jumlah (Rp)", 28, "rupiah", "k"), Column(name, 34, letter="l")),
        ),
    )


def _rows(lines: Sequence[CooperationLine], *, agreement: bool) -> tuple[Row, ...]:
    width = 13 if agreement else 12
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        rows += _item_rows(number, line, agreement)
    known = bool(lines) and all(line.partner_amount is not None for line in lines)
    ranges = item_runs(rows, 0)
    if not rows:
        rows.append(empty_row("Tidak ada kegiatan", width))
    sums = (_OWN, _PARTNER) if known else (_OWN,)
    rows.append(sum_row(rows, "Jumlah", sums, ranges, width, kind="total"))
    return tuple(rows)


def _item_rows(number: int, line: CooperationLine, agreement: bool) -> list[Row]:
    people = line.beneficiaries
    last: tuple[Value, ...] = (line.agreement,) if agreement else ()
    head: tuple[Value, ...] = (number, line.activity, goals_text(line.sdgs), line.location)
    head += (volume_text(line.quantity, line.unit), people.men, people.women, people.poor)
    first, *others = line.funding or (FundedPart("", Rupiah(0)),)
    rows = [Row((*head, first.amount, first.source, line.partner_amount, line.partner, *last))]
    before: tuple[Value, ...] = (None,) * len(head)
    after: tuple[Value, ...] = (None,) * (2 + len(last))
    return [*rows, *(Row((*before, part.amount, part.source, *after), continues=True) for part in others)]
