"""F08, F09 and F10: sketch, season calendar and institutions, each with its problems and potentials.

Source: Permendagri 114/2014 Pasal 14 and annex.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.assessment.seasons import DEFAULT_SEASONS, MARKS, MONTHS, SEASONS, grouped
from rembuk.core.documents.assessed import assessment_paper, nothing, team_signs
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Heading, Note, Paragraph, Part, Picture, Row, Table


@dataclass(frozen=True, slots=True)
class Said:
    """One problem or potential. kind: problem | potential. number: of its point on the sketch."""

    kind: str
    text: str
    location: str = ""

    @property
    def pair(self) -> tuple[str, str]:
        """The text in the column of its kind: problem, potential."""
        return (self.text, "") if self.kind == "problem" else ("", self.text)


@dataclass(frozen=True, slots=True)
class SketchSheet:
    """One sketch with its list; picture: nothing in the blank form."""

    title: str
    picture: Picture | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class SketchValues:
    """All sketches of an assessment, in order."""

    frame: Frame
    period: str
    sheets: tuple[SketchSheet, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_sketch(values: SketchValues) -> Document:
    """Return F08: each sketch with numbered points, and the list of what stands where."""
    parts: list[Part] = [Note(note) for note in values.notes]
    for sheet in values.sheets or (SketchSheet("Sketsa Desa"),):
        parts.append(Heading(sheet.title))
        if sheet.picture is not None:
            parts.append(sheet.picture)
        columns = (
            Column("No", 10, "center"),
            Column("Masalah", 62),
            Column("Potensi", 58),
            Column("Lokasi", 40),
        )
        rows = [Row((number, *one.pair, one.location)) for number, one in enumerate(sheet.said, start=1)]
        parts.append(Table(columns, tuple(rows) or (nothing(4),), caption="Daftar masalah dan potensi"))
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(values.frame, values.period, code="F08", name="Sketsa Desa", parts=parts, sheet="Sketsa")


@dataclass(frozen=True, slots=True)
class SeasonLine:
    """One row of the calendar. kind: problem | activity | condition. marks: twelve numbers, 0 to 3."""

    kind: str
    text: str
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeasonValues:
    """The calendar. seasons: of each of twelve months. said: problems and potentials named beside it."""

    frame: Frame
    period: str
    lines: tuple[SeasonLine, ...]
    seasons: tuple[str, ...] = DEFAULT_SEASONS
    said: tuple[Said, ...] = ()
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


_KINDS = {"problem": "Masalah", "activity": "Kegiatan", "condition": "Keadaan"}


def build_seasons(values: SeasonValues) -> Document:
    """Return F09: months grouped by season, a mark for how strongly a thing is felt, and the list below."""
    groups = grouped(values.seasons)
    order = [month for _season, months in groups for month in months]
    heads = tuple(
        Column(SEASONS[season], children=tuple(Column(MONTHS[month], 13, "center") for month in months))
        for season, months in groups
    )
    columns = (Column("No", 10, "center"), Column("Masalah/Kegiatan/Keadaan", 80), Column("Jenis", 22), *heads)
    rows = [
        Row((number, line.text, _KINDS[line.kind], *(MARKS[line.marks[month]] for month in order)))
        for number, line in enumerate(values.lines, start=1)
    ]
    parts: list[Part] = [Note(note) for note in values.notes]
    parts.append(Table(columns, tuple(rows) or (nothing(3 + len(order)),)))
    parts.append(Paragraph("Tanda: - tidak ada, * sedikit, ** sedang, *** kuat."))
    parts.append(pairs_table(values.said))
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(
        values.frame, values.period, code="F09", name="Kalender Musim", parts=parts, paper="folio-landscape"
    )


def pairs_table(said: Sequence[Said]) -> Table:
    """Return the list of problems and potentials under a tool."""
    columns = (Column("No", 10, "center"), Column("Masalah", 110), Column("Potensi", 110))
    rows = [Row((number, *one.pair)) for number, one in enumerate(said, start=1)]
    return Table(columns, tuple(rows) or (nothing(3),), caption="Daftar masalah dan potensi")


@dataclass(frozen=True, slots=True)
class InstitutionLine:
    """One institution with what the hall says of it. closeness: 5 near, 1 far."""

    name: str
    role: str
    closeness: int
    problems: tuple[str, ...] = ()
    potentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstitutionValues:
    """The diagram and its list; picture: nothing in the blank form."""

    frame: Frame
    period: str
    lines: tuple[InstitutionLine, ...]
    picture: Picture | None = None
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_institutions(values: InstitutionValues) -> Document:
    """Return F10: the circles, and each institution with its role, closeness, problems and potentials."""
    columns = (
        Column("No", 9, "center"),
        Column("Lembaga", 34),
        Column("Peran/Manfaat", 38),
        Column("Kedekatan (5 dekat, 1 jauh)", 19, "center"),
        Column("Masalah", 36),
        Column("Potensi", 36),
    )
    rows = [
        Row((number, line.name, line.role, line.closeness, "; ".join(line.problems), "; ".join(line.potentials)))
        for number, line in enumerate(values.lines, start=1)
    ]
    parts: list[Part] = [Note(note) for note in values.notes]
    if values.picture is not None:
        parts.append(values.picture)
    parts.append(Table(columns, tuple(rows) or (nothing(6),)))
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(values.frame, values.period, code="F10", name="Bagan Kelembagaan", parts=parts)
