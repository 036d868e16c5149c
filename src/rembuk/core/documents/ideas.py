"""F13: the ideas of one hamlet or group, with SDGs and proposer as practice has them.

Source: Permendagri 114/2014 Pasal 15-16 and annex.
"""

from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.assessed import assessment_paper, nothing, team_signs
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table
from rembuk.core.documents.rkpdes import UNCOUNTED, Beneficiaries, beneficiary_column, goals_text

_WIDTH = 10


@dataclass(frozen=True, slots=True)
class IdeaLine:
    """One idea; never a person's name."""

    idea: str
    location: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    sdgs: tuple[int, ...] = ()
    proposer: str = ""


@dataclass(frozen=True, slots=True)
class IdeaValues:
    """The list of one hamlet or group; spoken: what papers call it, the sheltered ones "wakil kelompok"."""

    frame: Frame
    period: str
    spoken: str
    lines: tuple[IdeaLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_ideas(values: IdeaValues) -> Document:
    """Return F13 of one hamlet or group."""
    columns = (
        Column("No", 9, "center", "a"),
        Column("Gagasan Kegiatan", 82, letter="b"),
        Column("Lokasi Kegiatan", 48, letter="c"),
        Column("Prakiraan Volume", 22, "number", "d"),
        Column("Satuan", 20, "center", "e"),
        beneficiary_column(15, "f"),
        Column("Mendukung SDGs Desa ke-", 24, "center", "i"),
        Column("Pengusul", 40, letter="j"),
    )
    rows = [_row(number, line) for number, line in enumerate(values.lines, start=1)]
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Table(columns, tuple(rows) or (nothing(_WIDTH),)))
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(
        values.frame,
        values.period,
        code="F13",
        name=f"Daftar Gagasan {values.spoken}",
        heading=("Daftar Gagasan Dusun/Kelompok", values.spoken),
        parts=parts,
        paper="folio-landscape",
        sheet=f"Gagasan {values.spoken}"[:31],
    )


def _row(number: int, line: IdeaLine) -> Row:
    people = line.beneficiaries
    what = (number, line.idea, line.location, line.quantity, line.unit)
    return Row((*what, people.men, people.women, people.poor, goals_text(line.sdgs), line.proposer))
