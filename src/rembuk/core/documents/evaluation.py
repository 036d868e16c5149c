"""F25: how last year's RKP Desa went. Source: Permendagri 114/2014 annex; Permendesa PDTT 21/2020."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import empty_row, rows_by_field
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One activity of last year. done: None while nobody has said whether it was carried out.

    spent, target_volume, done_volume, percent, obstacle, follow_up: printed only in the detailed form.
    """

    field: int
    activity: str
    planned: Rupiah
    done: bool | None = None
    subfield: str = ""
    location: str = ""
    remark: str = ""
    spent: Rupiah | None = None
    target_volume: str = ""
    done_volume: str = ""
    percent: int | None = None
    obstacle: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True)
class EvaluationValues:
    """The evaluation of the plan of *evaluated_year*, lines in the order of that plan."""

    frame: Frame
    evaluated_year: int
    lines: tuple[EvaluationLine, ...]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()
    detailed: bool = False


def evaluation_columns(detailed: bool) -> tuple[Column, ...]:
    """Return the columns of F25; detailed adds volumes, money spent, achievement, obstacle and follow-up."""
    first = (Column("No", 9, "center", "a"), Column("Jenis Kegiatan", 70, letter="b"), Column("Lokasi", 38, letter="c"))
    done = Column("Realisasi", children=(Column("Ya", 14, "mark", "e"), Column("Tidak", 14, "mark", "f")))
    if not detailed:
        return (*first, Column("Nominal (Rp)", 32, "rupiah", "d"), done, Column("Keterangan", 60, letter="g"))
    return (
        *first,
        Column("Volume", children=(Column("Target", 18), Column("Realisasi", 18))),
        Column("Anggaran", children=(Column("Target (Rp)", 27, "rupiah", "d"), Column("Realisasi (Rp)", 27, "rupiah"))),
        done,
        Column("Capaian (%)", 16, "number"),
        Column("Kendala", 28),
        Column("Tindak Lanjut", 28),
        Column("Keterangan", 26, letter="g"),
    )


def build_evaluation(values: EvaluationValues) -> Document:
    """Return F25 with totals per field and overall; a line that nobody judged carries no mark."""
    columns = evaluation_columns(values.detailed)
    rows = rows_by_field(
        values.lines,
        lambda line: line.field,
        _maker(values.detailed),
        width=13 if values.detailed else 7,
        sum_columns=(5, 6) if values.detailed else (3,),
    )
    year = values.evaluated_year
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Table(columns, rows), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F25",
        title=f"Evaluasi Pelaksanaan RKP Desa {values.frame.village.village} Tahun {year}",
        heading=("Evaluasi Pelaksanaan RKP Desa Tahun Sebelumnya", f"Tahun {year}"),
        facts=values.frame.village.facts(("Tahun yang dievaluasi", str(year))),
        parts=parts,
        paper="folio-landscape",
        sheet="Evaluasi",
    )


def _maker(detailed: bool) -> Callable[[int, EvaluationLine], Sequence[Row]]:
    width = 13 if detailed else 7
    last = [(0, "")]

    def make(number: int, line: EvaluationLine) -> Sequence[Row]:
        marks: tuple[Value, ...] = (line.done is True, line.done is False)
        head: tuple[Value, ...] = (number, line.activity, line.location)
        if detailed:
            spent = line.spent if line.spent is not None else Rupiah(0)
            cells: tuple[Value, ...] = (line.target_volume, line.done_volume, line.planned, spent, *marks)
            row = Row((*head, *cells, line.percent, line.obstacle, line.follow_up, line.remark))
        else:
            row = Row((*head, line.planned, *marks, line.remark))
        opens = bool(line.subfield) and (line.field, line.subfield) != last[0]
        last[0] = (line.field, line.subfield)
        return (empty_row(line.subfield, width), row) if opens else (row,)

    return make
