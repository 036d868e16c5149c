"""Residents' comments on the draft RKP Desa with the team's answers, as material for Musrenbang. Layout of our own.

Source: Permendagri 114/2014 Pasal 46-48 (Musrenbang discusses the draft); no form is prescribed for comments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text
from rembuk.core.documents.grouping import empty_row, group_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table

CODE: Final = "tanggapan-rkp"
WHOLE: Final = "Seluruh rancangan"
UNANSWERED: Final = "Belum dijawab; dibahas dalam Musrenbang."
NAMELESS: Final = "Nama warga tidak dicatat. Nama orang dan nomor dalam tulisan disamarkan."
_WIDTH = 4


@dataclass(frozen=True, slots=True)
class CommentLine:
    """One comment. field: title of the bidang, empty for the whole draft. answer: empty while there is none."""

    field: str
    activity: str
    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class CommentValues:
    """All comments that may be read, in order. unlooked: how many more the secretary has not looked at yet."""

    frame: Frame
    budget_year: int
    lines: tuple[CommentLine, ...]
    last_day: date | None = None
    unlooked: int = 0
    head: Person = UNNAMED
    team_chair: Person = UNNAMED


def build_draft_comments(values: CommentValues) -> Document:
    """Return the paper: comments by bidang and activity, each with its answer or as one still without."""
    village, year = values.frame.village, values.budget_year
    facts = [("Tanggapan", str(len(values.lines))), ("Belum dijawab", str(sum(not one.answer for one in values.lines)))]
    if values.last_day is not None:
        facts.insert(0, ("Ditunggu sampai", date_text(values.last_day)))
    parts: list[Part] = [Note(NAMELESS)]
    if values.unlooked:
        parts.append(Note(f"{values.unlooked} tanggapan belum dilihat Sekretaris Desa dan belum dicetak di sini."))
    parts += [Table(_columns(), _rows(values.lines)), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code=CODE,
        title=f"Tanggapan Warga atas Rancangan RKP Desa {village.village} Tahun {year}",
        heading=("Tanggapan Warga atas Rancangan RKP Desa dan Jawabannya", f"Tahun {year}"),
        facts=village.facts(*facts),
        parts=parts,
        sheet="Tanggapan",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center"),
        Column("Kegiatan", 43),
        Column("Tanggapan warga", 62),
        Column("Jawaban tim penyusun", 62),
    )


def _rows(lines: Sequence[CommentLine]) -> tuple[Row, ...]:
    rows: list[Row] = []
    fields = list(dict.fromkeys(line.field for line in lines))
    numbers = iter(range(1, len(lines) + 1))
    for mark, field in zip("ABCDEFG", fields, strict=False):
        rows.append(group_row(mark, field or WHOLE, _WIDTH))
        own = [line for line in lines if line.field == field]
        rows += [Row((next(numbers), line.activity, line.text, line.answer or UNANSWERED)) for line in own]
    return tuple(rows) or (empty_row("Belum ada tanggapan", _WIDTH),)
