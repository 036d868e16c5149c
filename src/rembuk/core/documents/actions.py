"""F12: study of actions, ranking of problems, ranking of actions. Source: practice of the RPJM appendices.

Scale and weights: scheme A of the scoring rules; averages of the groups, sums as they were counted.
"""

from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.assessed import assessment_paper, nothing, team_and_meeting
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Heading, Note, Part, Row, Table
from rembuk.core.scoring import CRITERIA


@dataclass(frozen=True, slots=True)
class StudyLine:
    """One problem on its way to an action."""

    problem: str
    cause: str
    potentials: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    feasible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankLine:
    """One place in a ranking. points: average by criterion, in the order of the form; nothing while nobody scored."""

    text: str
    points: tuple[Decimal, ...] = ()
    total: Decimal | None = None
    rank: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActionValues:
    """The three lists. scored: who gave points on which day, in words."""

    frame: Frame
    period: str
    studies: tuple[StudyLine, ...]
    problems: tuple[RankLine, ...]
    actions: tuple[RankLine, ...]
    scored: tuple[str, ...] = ()
    team_chair: Person = UNNAMED
    leader: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_actions(values: ActionValues) -> Document:
    """Return F12 a, b and c."""
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Heading("a. Pengkajian tindakan pemecahan masalah"), _studies(values.studies)]
    parts += [Heading("b. Penentuan peringkat masalah"), _ranking("Masalah/Paket Kegiatan", values.problems)]
    parts += [Heading("c. Peringkat tindakan"), _ranking("Tindakan", values.actions)]
    parts += [Note(f"Dinilai oleh {words}.") for words in values.scored]
    parts.append(team_and_meeting(values.frame, values.team_chair, values.leader))
    return assessment_paper(
        values.frame,
        values.period,
        code="F12",
        name="Pengkajian Tindakan dan Peringkat",
        parts=parts,
        paper="folio-landscape",
        sheet="Tindakan",
    )


def _studies(lines: tuple[StudyLine, ...]) -> Table:
    columns = (
        Column("No", 10, "center"),
        Column("Masalah", 55),
        Column("Penyebab", 55),
        Column("Potensi", 50),
        Column("Alternatif Tindakan Pemecahan", 60),
        Column("Tindakan Layak", 55),
    )
    rows = [
        Row(
            (
                *(number, line.problem, line.cause, "; ".join(line.potentials)),
                *("; ".join(line.alternatives), "; ".join(line.feasible)),
            )
        )
        for number, line in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows) or (nothing(6),))


def _ranking(what: str, lines: tuple[RankLine, ...]) -> Table:
    columns = (
        Column("No", 10, "center"),
        Column(what, 74),
        *(Column(words, 24, "number") for words in CRITERIA.values()),
        Column("Jumlah Nilai", 18, "number"),
        Column("Peringkat", 18, "center"),
        Column("Keterangan", 36),
    )
    empty = (None,) * len(CRITERIA)
    rows = [
        Row((number, line.text, *(line.points or empty), line.total, line.rank, line.note))
        for number, line in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows) or (nothing(5 + len(CRITERIA)),))
