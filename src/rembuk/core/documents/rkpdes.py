"""F26: the matrix of the draft RKP Desa, with variant B.

Source: Permendagri 114/2014 annex; Permendesa PDTT 21/2020.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value, number_text
from rembuk.core.money import Rupiah

DeliveryMode = Literal["self_managed", "inter_village", "third_party"]
MODES: tuple[DeliveryMode, ...] = ("self_managed", "inter_village", "third_party")


@dataclass(frozen=True, slots=True)
class FundedPart:
    """Money of one source for an item: the source's code and whole rupiah."""

    source: str
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """Who benefits: men, women, members of poor households; None where nobody counted."""

    men: int | None = None
    women: int | None = None
    poor: int | None = None

    @property
    def text(self) -> str:
        """The counts in one line, empty when nothing was counted."""
        pairs = (("L", self.men), ("P", self.women), ("A-RTM", self.poor))
        return ", ".join(f"{name} {number_text(count)}" for name, count in pairs if count is not None)


UNCOUNTED = Beneficiaries()


def beneficiary_column(width: int, letter: str = "") -> Column:
    """Return the columns LK, PR and A-RTM under their heading. letter: of the first, the next two follow it."""
    letters = [chr(ord(letter) + step) if letter else "" for step in range(3)]
    wide = (("LK", width), ("PR", width), ("A-RTM", width + 1))
    columns = (Column(name, size, "number", mark) for (name, size), mark in zip(wide, letters, strict=True))
    return Column("Penerima Manfaat", children=tuple(columns))


@dataclass(frozen=True, slots=True)
class RkpdesLine:
    """One item of the plan. field: 1 to 5. funding: one entry per source, printed as one line each.

    sdgs, baseline, yearly_target, beneficiaries: only variant B prints them in columns of their own.
    """

    field: int
    activity: str
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    target: str = ""
    schedule: str = ""
    funding: tuple[FundedPart, ...] = ()
    mode: DeliveryMode | None = "self_managed"
    implementer: str = ""
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    yearly_target: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED

    @property
    def volume(self) -> str:
        """Quantity and unit as printed."""
        return volume_text(self.quantity, self.unit)


@dataclass(frozen=True, slots=True)
class RkpdesValues:
    """The plan of one budget year. items: in the order of their rank. notes: remarks a reader must see."""

    frame: Frame
    budget_year: int
    items: tuple[RkpdesLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    variant_b: bool = False
    stage: str = "Rancangan"
    """``Rancangan`` before the Perdes, empty for the annex of the Perdes."""


def volume_text(quantity: Decimal | int | None, unit: str) -> str:
    """Write a quantity with its unit: ``1.250 m``; the unit alone when there is no number."""
    return " ".join(word for word in ("" if quantity is None else number_text(quantity), unit) if word)


def goals_text(goals: Sequence[int]) -> str:
    """Write the numbers of SDGs goals as a cell does: ``9, 11``."""
    return ", ".join(str(goal) for goal in goals)


def rkpdes_columns(budget_year: int) -> tuple[Column, ...]:
    """Return the thirteen columns a to m of F26."""
    return (
        Column("No", 8, "center", "a"),
        Column(
            "Bidang/Jenis Kegiatan",
            children=(Column("Bidang", 25, letter="b"), Column("Jenis Kegiatan", 51, letter="c")),
        ),
        Column("Lokasi", 29, letter="d"),
        Column("Volume", 18, letter="e", align="right"),
        Column("Sasaran/Manfaat", 33, letter="f"),
        Column("Waktu Pelaksanaan", 22, letter="g"),
        Column(
            "Biaya dan Sumber Pembiayaan",
            children=(Column("Jumlah (Rp)", 26, "rupiah", "h"), Column("Sumber", 15, "center", "i")),
        ),
        Column(
            "Pola Pelaksanaan",
            children=(
                Column("Swakelola", 18, "mark", "j"),
                Column("Kerja Sama Antar Desa", 15, "mark", "k"),
                Column("Kerja Sama Pihak Ketiga", 15, "mark", "l"),
            ),
        ),
        Column("Rencana Pelaksana Kegiatan", 25, letter="m"),
    )


def rkpdes_columns_b(budget_year: int) -> tuple[Column, ...]:
    """Return the columns of variant B: F26 with SDGs, baseline, yearly target and beneficiaries."""
    base = rkpdes_columns(budget_year)
    no, group, location, volume, target, schedule, money, pattern, implementer = base
    more = (
        Column("SDGs Desa ke-", 12, "center"),
        Column("Data Eksisting", 20),
        Column(f"Target Capaian Tahun {budget_year}", 20),
    )
    people = beneficiary_column(11)
    return (no, group, *more, location, volume, target, people, schedule, money, pattern, implementer)


def build_rkpdes(values: RkpdesValues) -> Document:
    """Return F26, five fields always, "Jumlah per bidang" and "Jumlah total" in whole rupiah.

    An item paid from two sources prints as two lines under one number. Items keep their order within a field.
    """
    columns = rkpdes_columns_b(values.budget_year) if values.variant_b else rkpdes_columns(values.budget_year)
    table = Table(columns, _rows(values))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [table, values.frame.head_and_team(values.head, values.team_chair, "Tim Penyusun RKP Desa")]
    stage = f"{values.stage} " if values.stage else ""
    return values.frame.document(
        code="F26",
        title=f"{stage}RKP Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=(f"{stage}Rencana Kerja Pemerintah Desa (RKP Desa)", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="RKP",
    )


def _rows(values: RkpdesValues) -> tuple[Row, ...]:
    money = 13 if values.variant_b else 7
    return rows_by_field(
        values.items,
        lambda item: item.field,
        lambda number, item: _item_rows(number, item, values.variant_b),
        width=19 if values.variant_b else 13,
        sum_columns=(money,),
    )


def _item_rows(number: int, item: RkpdesLine, variant_b: bool) -> Sequence[Row]:
    people = item.beneficiaries
    marks: tuple[Value, ...] = tuple(item.mode == mode for mode in MODES)
    head: tuple[Value, ...] = (number, SHORT_FIELDS[item.field], item.activity)
    if variant_b:
        head += (goals_text(item.sdgs), item.baseline, item.yearly_target, item.location, item.volume, item.target)
        head += (people.men, people.women, people.poor, item.schedule)
    else:
        target = "; ".join(word for word in (item.target, people.text) if word)
        head += (item.location, item.volume, target, item.schedule)
    funding = item.funding or (FundedPart("", Rupiah(0)),)
    rows = [Row((*head, funding[0].amount, funding[0].source, *marks, item.implementer))]
    blank: tuple[Value, ...] = (None,) * len(head)
    for part in funding[1:]:
        rows.append(Row((*blank, part.amount, part.source, None, None, None, None), continues=True))
    return rows
