"""F05: the running notes (notulen) of a meeting."""

from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.elements import name_beside_person
from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed, weekday_text
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Signatures, Table, Value


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One contribution. element: a code; the sheltered ones are printed as "wakil kelompok" beside the name."""

    agenda: str
    speaker: str = ""
    element: str = ""
    point: str = ""
    answer: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class NotesValues:
    """The notes of one meeting, lines in the order they were spoken."""

    frame: Frame
    meeting: str
    held_date: date
    place: str
    lines: tuple[NoteLine, ...]
    chair: Person = UNNAMED
    note_taker: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_meeting_notes(values: NotesValues) -> Document:
    """Return F05; without a line it says so."""
    columns = (
        Column("No", 9, "center"),
        Column("Agenda", 44),
        Column("Pembicara", 38),
        Column("Unsur", 34),
        Column("Pokok Pembicaraan", 72),
        Column("Tanggapan", 56),
        Column("Kesimpulan", 47),
    )
    rows = [
        Row((index, line.agenda, line.speaker, _element(line), line.point, line.answer, line.conclusion))
        for index, line in enumerate(values.lines, 1)
    ]
    if not rows:
        blank: tuple[Value, ...] = (None, "Belum ada catatan", *([None] * 5))
        rows.append(Row(blank, "empty", spans=((1, 6),)))
    day = f"{weekday_text(values.held_date)}, {date_text(values.held_date)}"
    signs = (signed("Notulis", values.note_taker), signed("Pimpinan Musyawarah", values.chair))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Table(columns, tuple(rows)), Signatures((signs,), values.frame.place_and_date)]
    return values.frame.document(
        code="F05",
        title=f"Notulen {values.meeting}, Desa {values.frame.village.village}",
        heading=("Notulen", values.meeting),
        facts=values.frame.village.facts(("Hari, tanggal", day), ("Tempat", values.place)),
        parts=parts,
        paper="folio-landscape",
        sheet="Notulen",
    )


def _element(line: NoteLine) -> str:
    return name_beside_person(line.element) if line.element else ""
