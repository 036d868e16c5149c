"""F35 and F36: decisions and views of the BPD, rules of order, and the letters that go with a plan.

F35 source: Permendesa PDTT 21/2020 and the completeness list of a regency (titles); the wording is Rembuk's own. F36:
Permendagri 114/2014 Pasal 35, 37 and 51, Permendagri 111/2014; the layout is that of an ordinary official letter.
"""

from dataclasses import dataclass
from typing import Literal

from rembuk.core.documents.decree import TeamMember
from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.letter_kinds import LETTERS
from rembuk.core.documents.letter_model import LetterKind
from rembuk.core.documents.model import (
    DOTS,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Part,
    Row,
    Signatures,
    Sum,
    Table,
)


@dataclass(frozen=True, slots=True)
class LetterText:
    """The words of a letter, placeholders filled. body: paragraphs, points or dictums, as its kind has them.

    points: what a letter lists below its paragraphs, as the agenda of a meeting.
    """

    body: tuple[str, ...] = ()
    considerations: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterValues:
    """One letter or decision. years: of its plan, ``2027`` or ``2027-2034``. rows: behind it (ceilings, answers).

    blank: dots in place of what is written.
    """

    frame: Frame
    kind: str
    years: str
    text: LetterText
    addressee: str = ""
    signer: Person = UNNAMED
    members: tuple[TeamMember, ...] = ()
    rows: tuple[tuple[str, int | str | None], ...] = ()
    notes: tuple[str, ...] = ()
    blank: bool = False


def build_letter(values: LetterValues) -> Document:
    """Return the paper of a kind: a decision with dictums, a paper with points, or a letter. Raises: KeyError."""
    kind = LETTERS[values.kind]
    if kind.shape == "decision":
        return _decision(values, kind)
    return _points(values, kind) if kind.shape == "points" else _letter(values, kind)


def signer_role(values: LetterValues, kind: LetterKind) -> str:
    """Return the office over the signature."""
    village, regency = values.frame.village.village, values.frame.village.regency
    return {
        "bpd": f"Ketua BPD Desa {village}",
        "village": f"Kepala Desa {village}",
        "regency": f"Kepala Dinas Pemberdayaan Masyarakat dan Desa\nKabupaten {regency}",
    }[kind.issuer]


def letterhead(values: LetterValues, kind: LetterKind) -> tuple[str, ...]:
    village = values.frame.village
    if kind.issuer == "regency":
        return (f"Pemerintah Kabupaten {village.regency}", "Dinas Pemberdayaan Masyarakat dan Desa")
    return village.letterhead(f"Badan Permusyawaratan Desa {village.village}" if kind.issuer == "bpd" else "")


def subject_of(kind: LetterKind, values: LetterValues) -> str:
    """Return what the letter is about, with the years of its plan and the village."""
    return kind.subject.replace("{tahun}", values.years).replace("{desa}", values.frame.village.village)


def _number(values: LetterValues) -> str:
    return values.frame.number or f"......... Tahun {values.frame.dated.year}"


def _decision(values: LetterValues, kind: LetterKind) -> Document:
    frame, village = values.frame, values.frame.village
    office = (
        f"Badan Permusyawaratan Desa {village.village}" if kind.issuer == "bpd" else f"Kepala Desa {village.village}"
    )
    subject = subject_of(kind, values)
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Paragraph(f"{office},".upper(), "center"),
        NumberedList(values.text.considerations, "a", "Menimbang"),
        NumberedList(values.text.legal_basis, "1", "Mengingat"),
        Paragraph("MEMUTUSKAN:", "title"),
        NumberedList((f"KEPUTUSAN {office.upper()} TENTANG {subject.upper()}.",), "none", "Menetapkan"),
        NumberedList(values.text.body, "kesatu"),
        _set_at(values, kind),
    ]
    if kind.members:
        parts += [
            PageBreak(),
            Heading("Lampiran Keputusan"),
            Facts((("Nomor", _number(values)), ("Tanggal", date_text(frame.dated)), ("Tentang", subject))),
            _members(values),
            _set_at(values, kind),
        ]
    return frame.document(
        code=kind.form,
        title=f"{kind.title}, Desa {village.village}",
        heading=(f"Keputusan {office}", f"Nomor {_number(values)}", "tentang", subject),
        letterhead=letterhead(values, kind),
        parts=parts,
        paper="folio",
        sheet="Keputusan",
    )


def _set_at(values: LetterValues, kind: LetterKind) -> Signatures:
    place = values.frame.place or values.frame.village.village
    stamped = f"Ditetapkan di {place}\npada tanggal {date_text(values.frame.dated)}"
    return Signatures(((signed(signer_role(values, kind), values.signer),),), stamped)


def _members(values: LetterValues) -> Table:
    columns = (
        Column("No", 9, "center"),
        Column("Nama", 52),
        Column("L/P", 10, "center"),
        Column("Jabatan/Unsur", 50),
        Column("Kedudukan dalam Panitia", 40),
    )
    rows = tuple(Row((n, one.name, one.sex, one.office, one.position)) for n, one in enumerate(values.members, 1))
    empty = Row(("Belum ada nama yang dicatat", *([None] * 4)), "empty", spans=((0, 5),))
    return Table(columns, rows or (empty,))


def _points(values: LetterValues, kind: LetterKind) -> Document:
    frame, village = values.frame, values.frame.village
    parts: list[Part] = [Note(note) for note in values.notes]
    opening, *points = values.text.body or (DOTS,)
    parts += [Paragraph(opening), NumberedList(tuple(points) or (DOTS,), "1")]
    place = Signatures(((signed(signer_role(values, kind), values.signer),),), frame.place_and_date)
    return frame.document(
        code=kind.form,
        title=f"{kind.title}, Desa {village.village}",
        heading=(subject_of(kind, values), f"Desa {village.village}"),
        letterhead=letterhead(values, kind),
        parts=[*parts, place],
        paper="folio",
        sheet="Pandangan" if kind.issuer == "bpd" else "Tata tertib",
    )


def _letter(values: LetterValues, kind: LetterKind) -> Document:
    frame, village = values.frame, values.frame.village
    number = frame.number or (DOTS if values.blank else "-")
    attached = "1 (satu) berkas" if kind.attached or values.rows else "-"
    subject = subject_of(kind, values)
    # The seat of a regency is not known to Rembuk: its letters carry the day alone.
    place = frame.place or ("" if kind.issuer == "regency" else village.village)
    dated = ", ".join(filter(None, (place, date_text(frame.dated))))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Paragraph(dated, "right"),
        Facts((("Nomor", number), ("Sifat", "Biasa"), ("Lampiran", attached), ("Hal", subject))),
        Paragraph(f"Yth. {values.addressee or DOTS}\ndi tempat"),
        *(Paragraph(text) for text in values.text.body),
    ]
    if values.text.points:
        label = next(one.label for one in kind.fields if one.name == kind.points)
        parts += [Paragraph(f"{label.partition(',')[0]}:"), NumberedList(values.text.points, "1")]
    if kind.table != "none":
        parts.append(_rows(values, kind.table))
    parts += [
        Paragraph("Demikian kami sampaikan. Atas perhatian dan kerja samanya kami ucapkan terima kasih."),
        Signatures(((signed(signer_role(values, kind), values.signer),),)),
    ]
    if kind.copies:
        parts += [Paragraph("Tembusan:"), NumberedList(kind.copies, "1")]
    return frame.document(
        code=kind.form,
        title=f"{kind.title}, Desa {village.village}",
        heading=(),
        letterhead=letterhead(values, kind),
        parts=parts,
        paper="folio",
        sheet="Surat",
    )


def _rows(values: LetterValues, shape: Literal["none", "ceilings", "answers"]) -> Table:
    last = Column("Jumlah (Rp)", 40, "rupiah") if shape == "ceilings" else Column("Jawaban", 70)
    columns = (Column("No", 10, "center"), Column("Sumber dana" if shape == "ceilings" else "Kegiatan", 90), last)
    rows = [Row((n, label, value)) for n, (label, value) in enumerate(values.rows, 1)]
    if not rows:
        return Table(columns, (Row(("Belum ada isinya", None, None), "empty", spans=((0, 3),)),))
    if shape == "ceilings":
        total = sum(value for _label, value in values.rows if isinstance(value, int))
        rows.append(_total(total, len(rows)))
    return Table(columns, tuple(rows))


def _total(total: int, count: int) -> Row:
    return Row(("Jumlah", None, total), "total", spans=((0, 2),), sums=(Sum(2, ((0, count - 1),)),))
