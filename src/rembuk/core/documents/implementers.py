"""F31: who is proposed to carry out each activity. Source: Permendagri 114/2014 annex."""

from dataclasses import dataclass

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value


@dataclass(frozen=True, slots=True)
class Implementer:
    """One person of a team: name, sex (``L`` or ``P``), element."""

    name: str
    sex: str = ""
    element: str = ""


@dataclass(frozen=True, slots=True)
class ImplementerTeam:
    """The team proposed for one activity; a place nobody holds yet is None."""

    activity: str
    chair: Implementer | None = None
    secretary: Implementer | None = None
    treasurer: Implementer | None = None
    members: tuple[Implementer, ...] = ()

    @property
    def people(self) -> tuple[Implementer, ...]:
        """Everybody in the team, in the order of the form's columns."""
        officers = (self.chair, self.secretary, self.treasurer)
        return (*(person for person in officers if person), *self.members)


@dataclass(frozen=True, slots=True)
class ImplementersValues:
    """The teams proposed for one budget year."""

    frame: Frame
    budget_year: int
    teams: tuple[ImplementerTeam, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_implementers(values: ImplementersValues) -> Document:
    """Return F31; sex and element stand in the order chair, secretary, treasurer, members, one line each."""
    columns = (
        Column("No", 9, "center"),
        Column("Kegiatan", 66),
        Column("Ketua", 36),
        Column("Sekretaris", 36),
        Column("Bendahara", 36),
        Column("Anggota", 44),
        Column("L/P", 12, "center"),
        Column("Unsur", 44),
    )
    rows = [_row(number, team) for number, team in enumerate(values.teams, 1)]
    if not rows:
        blank: tuple[Value, ...] = (None, "Belum ada usulan pelaksana", *([None] * 6))
        rows.append(Row(blank, "empty", spans=((1, 7),)))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Table(columns, tuple(rows)), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F31",
        title=f"Usulan Pelaksana Kegiatan Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Usulan Pelaksana Kegiatan", f"Tahun {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Pelaksana",
    )


def _row(number: int, team: ImplementerTeam) -> Row:
    officers: tuple[Value, ...] = tuple(
        person.name if person else None for person in (team.chair, team.secretary, team.treasurer)
    )
    names = "\n".join(person.name for person in team.members)
    sexes = "\n".join(person.sex or "-" for person in team.people)
    elements = "\n".join(person.element or "-" for person in team.people)
    return Row((number, team.activity, *officers, names, sexes, elements))
