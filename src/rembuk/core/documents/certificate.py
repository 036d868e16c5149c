"""The certificate of a training, and the letter that somebody only attended; both with a QR of the signed facts."""

from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.frame import date_text
from rembuk.core.documents.model import Document, Facts, NumberedList, Paragraph, Picture, Signature, Signatures
from rembuk.core.guidance.certificates import shown_code

QR_SIZE = 42.0
"""Millimetres: about four hundred signs stay readable for a cheap phone."""


@dataclass(frozen=True, slots=True)
class CertificateValues:
    """What is printed. passed: a certificate, else the letter. qr: PNG of the signed text as base64.

    jp_minutes: length of one JP. check_address: where the printed code is looked up.
    """

    passed: bool
    number: str
    name: str
    office: str
    title: str
    jp: int
    jp_minutes: int
    start: date
    end: date
    issued: date
    valid_until: date | None
    topics: tuple[str, ...]
    code: str
    qr: str
    place: str
    letterhead: tuple[str, ...]
    signer_name: str
    signer_office: str
    check_address: str
    sample: bool = False


def build_certificate(values: CertificateValues) -> Document:
    """Return the paper, one page of A4 across."""
    heading = "Sertifikat" if values.passed else "Surat Keterangan Mengikuti"
    said = "dinyatakan lulus pelatihan" if values.passed else "telah mengikuti pelatihan"
    days = date_text(values.start)
    if values.end != values.start:
        days = f"{days} sampai {date_text(values.end)}"
    facts = [
        ("Waktu", days),
        ("Lama", f"{values.jp} JP (1 JP = {values.jp_minutes} menit)"),
        ("Berlaku sampai", date_text(values.valid_until) if values.valid_until else "tanpa batas"),
        ("Kode periksa", f"{shown_code(values.code)} di {values.check_address}"),
    ]
    if not values.passed:
        del facts[2]
    return Document(
        code="SERTIFIKAT" if values.passed else "SKM",
        title=f"{heading} {values.number}",
        heading=(heading, f"Nomor {values.number}"),
        parts=(
            Paragraph("diberikan kepada", "center"),
            Paragraph(values.name, "title"),
            Paragraph(values.office, "center"),
            Paragraph(f"yang {said}", "center"),
            Paragraph(values.title, "title"),
            Facts(tuple(facts)),
            *((NumberedList(values.topics, "1", "Materi"),) if values.topics else ()),
            Picture(
                values.qr,
                QR_SIZE,
                QR_SIZE,
                "Kode QR berisi fakta sertifikat ini dengan tanda tangan digital",
                "QR ini memuat nomor, nama, judul, JP, dan tanggal yang ditandatangani secara digital; "
                "dapat diperiksa tanpa jaringan.",
            ),
            Signatures(
                lines=((Signature(values.signer_office, values.signer_name),),),
                place_and_date=f"{values.place}, {date_text(values.issued)}",
            ),
        ),
        dated=values.issued,
        letterhead=values.letterhead,
        paper="a4",
        number=values.number,
        sheet="Sertifikat",
        sample=values.sample,
    )
