"""The certificate of a training, and the letter that somebody only attended; both with a QR of the signed facts."""

from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.frame import Frame, date_text
from rembuk.core.documents.model import (
    DOTS,
    SHORT_DOTS,
    Document,
    Facts,
    NumberedList,
    Paragraph,
    Part,
    Picture,
    Signature,
    Signatures,
)
from rembuk.core.guidance.certificates import shown_code

QR_SIZE = 42.0
"""Millimetres: about four hundred signs stay readable for a cheap phone."""
SPOKEN = "Kode QR berisi fakta sertifikat ini dengan tanda tangan digital"
CAPTION = (
    "QR ini memuat nomor, nama, judul, JP, dan tanggal yang ditandatangani secara digital; "
    "dapat diperiksa tanpa jaringan."
)


@dataclass(frozen=True, slots=True)
class CertificateValues:
    """What is printed. passed: a certificate, else the letter. qr: PNG of the signed text as base64.

    frame: its day is the day of issue. jp_minutes: length of one JP. check_address: where the code is looked up.
    """

    frame: Frame
    passed: bool
    number: str
    name: str
    office: str
    title: str
    jp: int
    jp_minutes: int
    start: date
    end: date
    valid_until: date | None
    topics: tuple[str, ...]
    code: str
    qr: str
    letterhead: tuple[str, ...]
    signer_name: str
    signer_office: str
    check_address: str


def build_certificate(values: CertificateValues) -> Document:
    """Return the paper, one page of A4; without a name and a QR it is the empty form."""
    heading = "Sertifikat" if values.passed else "Surat Keterangan Mengikuti"
    said = "dinyatakan lulus pelatihan" if values.passed else "telah mengikuti pelatihan"
    parts: list[Part] = [
        Paragraph("diberikan kepada", "center"),
        Paragraph(values.name or DOTS, "title"),
        Paragraph(values.office or DOTS, "center"),
        Paragraph(f"yang {said}", "center"),
        Paragraph(values.title, "title"),
        Facts(facts_of(values)),
    ]
    if values.topics:
        parts.append(NumberedList(values.topics, "1", "Materi"))
    if values.qr:
        parts.append(Picture(values.qr, QR_SIZE, QR_SIZE, SPOKEN, CAPTION))
    parts.append(
        Signatures(
            lines=((Signature(values.signer_office, values.signer_name),),),
            place_and_date=values.frame.place_and_date,
        )
    )
    return values.frame.document(
        code="sertifikat",
        title=f"{heading} {values.number}".strip(),
        heading=(heading, f"Nomor {values.number or SHORT_DOTS}"),
        parts=parts,
        letterhead=values.letterhead,
        sheet="Sertifikat",
    )


def facts_of(values: CertificateValues) -> tuple[tuple[str, str], ...]:
    """Return days, length, how long it holds and where its code is looked up."""
    days = date_text(values.start)
    if values.end != values.start:
        days = f"{days} sampai {date_text(values.end)}"
    facts = [("Waktu", days), ("Lama", f"{values.jp} JP (1 JP = {values.jp_minutes} menit)")]
    if values.passed:
        facts.append(("Berlaku sampai", date_text(values.valid_until) if values.valid_until else SHORT_DOTS))
    code = shown_code(values.code) if values.code else SHORT_DOTS
    return (*facts, ("Kode periksa", f"{code} di {values.check_address}"))
