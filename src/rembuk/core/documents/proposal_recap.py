"""F14: all proposals of the village in one list, by field. Source: Permendagri 114/2014 annex."""

from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.frame import FIELDS, SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import UNSORTED, empty_row, group_row, sum_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table
from rembuk.core.documents.rkpdes import UNCOUNTED, Beneficiaries, beneficiary_column

_WIDTH = 10


@dataclass(frozen=True, slots=True)
class RecapLine:
    """One proposal. field: 1 to 5, or None while nobody has said. origin: hamlets or groups it came from."""

    field: int | None
    proposal: str
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    origin: str = ""


@dataclass(frozen=True, slots=True)
class RecapValues:
    """The proposals of one planning round; year_label is printed as it is (``Tahun 2027``, ``Periode 2027-2034``)."""

    frame: Frame
    year_label: str
    lines: tuple[RecapLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    team: str = "Ketua Tim Penyusun RPJM Desa"
    notes: tuple[str, ...] = ()


def build_proposal_recap(values: RecapValues) -> Document:
    """Return F14: five fields always, the number of proposals per field and overall.

    Proposals without a field stand in a group of their own at the end, so that none is lost.
    Raises: ValueError for an unknown field.
    """
    columns = (
        Column("No", 9, "center", "a"),
        Column("Bidang", 26, letter="b"),
        Column("Usulan Rencana Kegiatan", 78, letter="c"),
        Column("Lokasi", 38, letter="d"),
        Column("Prakiraan Volume", 20, "number", "e"),
        Column("Satuan", 17, "center", "f"),
        beneficiary_column(14, "g"),
        Column("Asal Usulan (dusun/kelompok)", 42, letter="j"),
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(columns, _rows(values.lines)),
        values.frame.head_and_team(values.head, values.team_chair, values.team),
    ]
    return values.frame.document(
        code="F14",
        title=f"Rekapitulasi Usulan Desa {values.frame.village.village} {values.year_label}",
        heading=("Rekapitulasi Usulan Rencana Kegiatan Desa", values.year_label),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Rekap usulan",
    )


def _rows(lines: tuple[RecapLine, ...]) -> tuple[Row, ...]:
    unknown = {line.field for line in lines if line.field is not None} - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    rows: list[Row] = []
    number = 0
    groups: list[tuple[int | None, str]] = [(field, f"Bidang {name}") for field, name in FIELDS.items()]
    if any(line.field is None for line in lines):
        groups.append((None, UNSORTED))
    for field, name in groups:
        inside = [line for line in lines if line.field == field]
        rows.append(group_row(str(field or "-"), name, _WIDTH))
        for line in inside:
            number += 1
            rows.append(_row(number, line))
        if not inside:
            rows.append(empty_row("Tidak ada usulan", _WIDTH))
        label = f"Jumlah usulan bidang {field}" if field else "Jumlah usulan tanpa bidang"
        rows.append(sum_row(rows, f"{label}: {len(inside)}", (), (), _WIDTH, kind="subtotal"))
    rows.append(sum_row(rows, f"Jumlah seluruh usulan: {number}", (), (), _WIDTH, kind="total"))
    return tuple(rows)


def _row(number: int, line: RecapLine) -> Row:
    people = line.beneficiaries
    short = SHORT_FIELDS[line.field] if line.field else "-"
    place = (number, short, line.proposal, line.location, line.quantity, line.unit)
    return Row((*place, people.men, people.women, people.poor, line.origin))
