"""F04: the attendance list, to be signed before or printed after a meeting."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.elements import SHELTERED, SHELTERED_NAME, element_name, name_beside_person
from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed, weekday_text
from rembuk.core.documents.model import SHORT_DOTS, Column, Document, Facts, Note, Part, Row, Signatures, Table, Value


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who came. sex: ``L`` or ``P``. element: a code; signed: whether the signature was seen on paper."""

    name: str
    sex: str
    address: str = ""
    element: str = ""
    office: str = ""
    phone: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True)
class AttendanceValues:
    """The list of one meeting. blank_rows: empty lines for people still to come. public: phones are left out.

    uncounted: nobody has been counted yet; the totals are left to be written.
    """

    frame: Frame
    meeting: str
    held_date: date
    place: str
    attendees: tuple[Attendee, ...]
    invited: int | None = None
    blank_rows: int = 0
    with_phone: bool = False
    public: bool = True
    chair: Person = UNNAMED
    note_taker: Person = UNNAMED
    notes: tuple[str, ...] = ()
    uncounted: bool = False


def build_attendance(values: AttendanceValues) -> Document:
    """Return F04 with its totals: men, women, all, per element, share of the invited.

    The elements of poor and disabled people are printed only as "wakil kelompok", without a count.
    """
    phones = values.with_phone and not values.public
    columns = [
        Column("No", 9, "center"),
        Column("Nama", 46),
        Column("L/P", 10, "center"),
        Column("Alamat (dusun/RT)", 36),
        Column("Jabatan/Unsur", 40),
        Column("Tanda Tangan", 36),
    ]
    if phones:
        columns.insert(5, Column("No. HP", 26))
    rows = [_row(number, one, phones) for number, one in enumerate(values.attendees, 1)]
    for number in range(len(rows) + 1, len(rows) + values.blank_rows + 1):
        blank: tuple[Value, ...] = (number, *([None] * (len(columns) - 1)))
        rows.append(Row(blank))
    day = f"{weekday_text(values.held_date)}, {date_text(values.held_date)}"
    signs = (signed("Notulis", values.note_taker), signed("Pimpinan Musyawarah", values.chair))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(tuple(columns), tuple(rows), tall=True),
        Facts(_totals(values)),
        Signatures((signs,), values.frame.place_and_date),
    ]
    return values.frame.document(
        code="F04",
        title=f"Daftar Hadir {values.meeting}, Desa {values.frame.village.village}",
        heading=("Daftar Hadir", values.meeting),
        facts=values.frame.village.facts(("Hari, tanggal", day), ("Tempat", values.place)),
        parts=parts,
        paper="folio",
        sheet="Daftar hadir",
    )


def _row(number: int, one: Attendee, phones: bool) -> Row:
    element = name_beside_person(one.element) if one.element else ""
    office = " / ".join(word for word in (one.office, element) if word)
    mark = "ttd. di lembar asli" if one.signed else ""
    middle: tuple[Value, ...] = (one.phone,) if phones else ()
    return Row((number, one.name, one.sex, one.address, office, *middle, mark))


def _totals(values: AttendanceValues) -> tuple[tuple[str, str], ...]:
    if values.uncounted:
        return tuple((f"Jumlah {who}", SHORT_DOTS) for who in ("laki-laki", "perempuan", "hadir", "undangan"))
    men = sum(one.sex == "L" for one in values.attendees)
    women = sum(one.sex == "P" for one in values.attendees)
    total = len(values.attendees)
    found = [("Jumlah laki-laki", str(men)), ("Jumlah perempuan", str(women)), ("Jumlah hadir", str(total))]
    if values.invited:
        share = f"{total * 1000 // values.invited / 10:.1f}".replace(".", ",")
        found.append(("Dari undangan", f"{total} dari {values.invited} ({share}%)"))
    counts = Counter(one.element for one in values.attendees if one.element)
    shown = [f"{element_name(code)} {counts[code]}" for code in sorted(counts) if code not in SHELTERED]
    if any(code in SHELTERED for code in counts):
        shown.append(f"{SHELTERED_NAME}: terwakili")
    if shown:
        found.append(("Per unsur", "; ".join(shown)))
    return tuple(found)
