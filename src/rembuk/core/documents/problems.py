"""F11: problem trees, the inventory of problems and that of potentials. Source: practice of the RPJM appendices."""

from dataclasses import dataclass

from rembuk.core.documents.assessed import assessment_paper, nothing, team_signs
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Heading, Note, Paragraph, Part, Picture, Row, Table


@dataclass(frozen=True, slots=True)
class TreeSheet:
    """One tree: its picture, and its lines in words for those who cannot see it. lines: (depth, text)."""

    core: str
    effects: tuple[tuple[int, str], ...] = ()
    causes: tuple[tuple[int, str], ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem of the inventory. field: bidang in words; tool: what found it."""

    field: str
    tool: str
    institution: str
    problem: str
    cause: str = ""
    potential: str = ""
    proposal: str = ""
    activity: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PotentialLine:
    """One potential. category: the tool that found it."""

    category: str
    text: str


@dataclass(frozen=True, slots=True)
class ProblemValues:
    """Everything that the tools found."""

    frame: Frame
    period: str
    trees: tuple[TreeSheet, ...]
    problems: tuple[ProblemLine, ...]
    potentials: tuple[PotentialLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_problems(values: ProblemValues) -> Document:
    """Return F11: trees, inventory of problems, inventory of potentials."""
    parts: list[Part] = [Note(note) for note in values.notes]
    if values.trees:
        parts.append(Heading("Pohon masalah"))
    for tree in values.trees:
        parts += _tree(tree)
    parts += [Heading("Inventaris masalah"), _problems(values.problems)]
    parts += [Heading("Inventaris potensi"), _potentials(values.potentials)]
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(
        values.frame,
        values.period,
        code="F11",
        name="Pohon dan Inventaris Masalah",
        parts=parts,
        paper="folio-landscape",
        sheet="Inventaris",
    )


def _tree(tree: TreeSheet) -> list[Part]:
    words = [f"Masalah inti: {tree.core}"]
    words += ["Akibat: " + "; ".join(text for _depth, text in tree.effects)] if tree.effects else []
    words += ["Penyebab: " + "; ".join(text for _depth, text in tree.causes)] if tree.causes else []
    drawn: list[Part] = [tree.picture] if tree.picture is not None else []
    return [*drawn, Paragraph("\n".join(words))]


def _problems(lines: tuple[ProblemLine, ...]) -> Table:
    columns = (
        Column("No", 9, "center"),
        Column("Bidang/Urusan", 24),
        Column("Kategori Alat", 24),
        Column("Lembaga", 24),
        Column("Masalah", 46),
        Column("Penyebab", 44),
        Column("Potensi", 38),
        Column("Usulan", 34),
        Column("Kegiatan", 32),
        Column("Keterangan", 20),
    )
    rows = [
        Row(
            (
                *(number, line.field, line.tool, line.institution, line.problem, line.cause),
                *(line.potential, line.proposal, line.activity, line.note),
            )
        )
        for number, line in enumerate(lines, start=1)
    ]
    return Table(columns, tuple(rows) or (nothing(10),))


def _potentials(lines: tuple[PotentialLine, ...]) -> Table:
    columns = (Column("No", 10, "center"), Column("Kategori Potensi", 60), Column("Penjelasan/Contoh", 160))
    rows = [Row((number, line.category, line.text)) for number, line in enumerate(lines, start=1)]
    return Table(columns, tuple(rows) or (nothing(3),))
