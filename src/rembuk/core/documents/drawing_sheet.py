"""F27: the sheet of a drawing of village infrastructure, with its title block and room to draw.

Source: Permendagri 114/2014 annex XXII. A drawing that was made elsewhere follows in the bundle as an attached file.
"""

from dataclasses import dataclass

from rembuk.core.documents.frame import UNNAMED, Frame, Person, signed
from rembuk.core.documents.model import Column, Document, Facts, Note, Part, Row, Signatures, Table

ROOM_LINES = 17
"""Empty lines that make the room to draw in; a table of them is the same frame in all three formats."""


@dataclass(frozen=True, slots=True)
class DrawingValues:
    """One sheet. kind: jenis prasarana. name: judul gambar. number, count: lembar x dari y."""

    frame: Frame
    kind: str
    location: str
    name: str
    number: int = 1
    count: int = 1
    drawn_by: Person = UNNAMED
    checked_by: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_drawing_sheet(values: DrawingValues) -> Document:
    """Return F27: title block, frame to draw in, who drew and who checked it."""
    frame, village = values.frame, values.frame.village
    sheet = f"{values.number} dari {values.count}"
    room = "\n" * ROOM_LINES
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Facts(
            (
                ("Jenis prasarana", values.kind),
                ("Lokasi", values.location),
                ("Judul gambar", values.name),
                ("Lembar", sheet),
            )
        ),
        Table((Column("Gambar (denah, tampak, potongan, ukuran, dan skala)", 100),), (Row((room,)),)),
        Signatures(
            (
                (
                    signed("Dinas terkait/tenaga profesional", values.checked_by, lead="Diperiksa dan disetujui oleh:"),
                    signed("Pelaksana kegiatan/kader teknik", values.drawn_by, lead="Digambar oleh:"),
                ),
            ),
            place_and_date=frame.place_and_date,
        ),
    ]
    return frame.document(
        code="F27",
        title=f"Gambar Rencana {values.name}, Desa {village.village}",
        heading=("Gambar Rencana Prasarana",),
        facts=village.facts(),
        parts=parts,
        paper="a4-landscape",
        sheet="Gambar",
    )
