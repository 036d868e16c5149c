"""The invitation (undangan) to a meeting, and the list of those invited."""

from dataclasses import dataclass
from datetime import date, time

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed, weekday_text
from rembuk.core.documents.model import (
    DOTS,
    SHORT_DOTS,
    Column,
    Document,
    Facts,
    Heading,
    NumberedList,
    PageBreak,
    Paragraph,
    Part,
    Row,
    Signatures,
    Table,
)


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody invited, or an office."""

    name: str
    office: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class InvitationValues:
    """One invitation. addressee: the person of this copy, or the group; invitees: the list behind the letter, or none.

    convener_role: who invites, ``Ketua BPD Desa Melintang`` for a Musdes. office: letterhead of another office.
    blank: dots for addressee, day, hour and place.
    """

    frame: Frame
    meeting: str
    held_date: date
    starts: time
    place: str
    agenda: tuple[str, ...]
    convener_role: str
    convener: Person = UNNAMED
    addressee: str = "Bapak/Ibu/Saudara (daftar terlampir)"
    invitees: tuple[Invitee, ...] = ()
    copies: tuple[str, ...] = ()
    office: str = ""
    time_zone: str = "WITA"
    blank: bool = False


def build_invitation(values: InvitationValues) -> Document:
    """Return the letter: number, matter, day, time, place, agenda, signature, copies and the list of those invited."""
    frame, village = values.frame, values.frame.village
    day, hour = f"{weekday_text(values.held_date)}, {date_text(values.held_date)}", f"{values.starts:%H.%M}"
    addressee, place = values.addressee, values.place
    if values.blank:
        day, hour, addressee, place = DOTS, SHORT_DOTS, DOTS, DOTS
    attached = "1 (satu) berkas" if values.invitees else "-"
    parts: list[Part] = [
        Paragraph(frame.place_and_date, "right"),
        Facts(
            (
                ("Nomor", frame.number or (DOTS if values.blank else "-")),
                ("Sifat", "Penting"),
                ("Lampiran", attached),
                ("Hal", "Undangan"),
            )
        ),
        Paragraph(f"Yth. {addressee}\ndi tempat"),
        Paragraph(f"Dengan hormat, kami mengundang Bapak/Ibu/Saudara untuk hadir dalam {values.meeting} pada:"),
        Facts(
            (
                ("Hari, tanggal", day),
                ("Pukul", f"{hour} {values.time_zone} sampai selesai"),
                ("Tempat", place),
            )
        ),
        Paragraph("Agenda:"),
        NumberedList(values.agenda, "1"),
        Paragraph("Kehadiran tepat waktu sangat kami harapkan. Atas perhatiannya kami ucapkan terima kasih."),
        Signatures(((signed(values.convener_role, values.convener),),)),
    ]
    if values.copies:
        parts += [Paragraph("Tembusan:"), NumberedList(values.copies, "1")]
    if values.invitees:
        columns = (Column("No", 10, "center"), Column("Nama", 60), Column("Jabatan/Unsur", 55), Column("Alamat", 45))
        rows = tuple(Row((n, one.name, one.office, one.address)) for n, one in enumerate(values.invitees, 1))
        parts += [PageBreak(), Heading(f"Lampiran: daftar undangan {values.meeting}"), Table(columns, rows)]
    return frame.document(
        code="Surat",
        title=f"Undangan {values.meeting}, Desa {village.village}",
        heading=(),
        letterhead=village.letterhead(values.office),
        parts=parts,
        paper="folio",
        sheet="Undangan",
    )
