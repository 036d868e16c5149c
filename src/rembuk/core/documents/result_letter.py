"""The letter by which Camat, DPMD or Bupati tell a village what became of the draft that it handed in.

Every note cites the item of the checklist and says what to change. The wording is that of the regency. Source:
Permendagri 20/2018 Pasal 35 and Pasal 37 ayat (6) for the APB Desa; practice of the regency for RPJM and RKP Desa.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.model import (
    DOTS,
    Column,
    Document,
    Facts,
    NumberedList,
    Paragraph,
    Part,
    Row,
    Signatures,
    Table,
)
from rembuk.core.documents.wording import Wording

CODE: Final = "hasil-evaluasi"
Issuer = Literal["district", "dpmd", "regent"]
RESULT_WORDS: Final = {
    "conform": "sesuai",
    "conform_with_notes": "sesuai dengan catatan",
    "not_conform": "belum sesuai dan dikembalikan untuk diperbaiki",
}
OWN: Final = {
    "dokumen": "Rancangan APB Desa Tahun 2027",
    "nomor_register": "900/12/2026",
    "tanggal_terima": "2 November 2026",
    "daftar": "EV-APB versi 1",
    "hasil": "sesuai dengan catatan",
}
"""Placeholders of its wording, each with what the preview shows."""
_TITLE: Final = "Surat hasil evaluasi"
RESULT_WORDINGS: Final = (
    Wording(
        f"{CODE}:isi",
        f"{_TITLE}: Isi",
        "Surat",
        (
            "Kami telah memeriksa {dokumen} Desa {desa} yang terdaftar dengan nomor {nomor_register} dan diterima "
            "lengkap pada {tanggal_terima}, dengan daftar periksa {daftar}.",
            "Hasilnya: {hasil}.",
        ),
        OWN,
    ),
    Wording(
        f"{CODE}:apb",
        f"{_TITLE} APB Desa: bila harus diperbaiki",
        "Surat",
        (
            "Kepala Desa bersama BPD memperbaiki rancangan paling lambat 20 (dua puluh) hari kerja sejak hasil ini "
            "diterima, lalu menyampaikannya kembali.",
        ),
        OWN,
    ),
    Wording(
        f"{CODE}:saran",
        f"{_TITLE} RPJM dan RKP Desa: sifatnya",
        "Surat",
        ("Hasil ini saran untuk Desa sebelum penetapan. Keputusan tetap pada Kepala Desa dan BPD.",),
        OWN,
    ),
)


@dataclass(frozen=True, slots=True)
class LetterNote:
    """One note. cited: list and number of the item; words: the item; fix: what to change; due: until when."""

    cited: str
    words: str
    fix: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ResultLetterValues:
    """One letter. body, closing: wording filled. delegation: number of the Perbup under which the Camat signs."""

    frame: Frame
    subject: str
    issuer: Issuer
    body: tuple[str, ...]
    notes: tuple[LetterNote, ...] = ()
    closing: tuple[str, ...] = ()
    delegation: str = ""
    signer: Person = UNNAMED
    copies: tuple[str, ...] = ()
    blank: bool = False


def build_result_letter(values: ResultLetterValues) -> Document:
    """Return the letter: number, matter, result, the notes as a table, signature, copies."""
    frame, village = values.frame, values.frame.village
    dated = date_text(frame.dated) if not values.blank else DOTS
    parts: list[Part] = [
        Paragraph(dated, "right"),
        Facts(
            (
                ("Nomor", frame.number or DOTS),
                ("Sifat", "Biasa"),
                ("Lampiran", "-"),
                ("Hal", f"Hasil pemeriksaan {values.subject}"),
            )
        ),
        Paragraph(f"Yth. Kepala Desa {village.village}\ndi tempat"),
        *(Paragraph(text) for text in values.body),
    ]
    if values.notes:
        parts.append(Table(_COLUMNS, tuple(_row(number, one) for number, one in enumerate(values.notes, 1))))
    parts += [Paragraph(text) for text in values.closing]
    if values.delegation:
        parts.append(Paragraph(f"Surat ini ditandatangani berdasarkan delegasi {values.delegation}."))
    parts += [
        Paragraph("Demikian kami sampaikan. Atas perhatian dan kerja samanya kami ucapkan terima kasih."),
        Signatures(((signed(_office(values), values.signer),),)),
    ]
    if values.copies:
        parts += [Paragraph("Tembusan:"), NumberedList(values.copies, "1")]
    return frame.document(
        code=CODE,
        title=f"Hasil pemeriksaan {values.subject}, Desa {village.village}",
        heading=(),
        letterhead=_letterhead(values),
        parts=parts,
        paper="folio",
        sheet="Hasil",
    )


_COLUMNS = (
    Column("No", 9, "center"),
    Column("Butir", 26),
    Column("Indikator", 60),
    Column("Yang Harus Diubah", 68),
    Column("Batas Waktu", 24, "center"),
)


def _row(number: int, one: LetterNote) -> Row:
    return Row((number, one.cited, one.words, one.fix, date_text(one.due) if one.due else None))


def _office(values: ResultLetterValues) -> str:
    village = values.frame.village
    return {
        "district": f"Camat {village.district}",
        "dpmd": f"Kepala Dinas Pemberdayaan Masyarakat dan Desa\nKabupaten {village.regency}",
        "regent": f"Bupati {village.regency}",
    }[values.issuer]


def _letterhead(values: ResultLetterValues) -> tuple[str, ...]:
    village = values.frame.village
    first = f"Pemerintah Kabupaten {village.regency}"
    if values.issuer == "district":
        return (first, f"Kecamatan {village.district}")
    return (
        (first, "Dinas Pemberdayaan Masyarakat dan Desa") if values.issuer == "dpmd" else (f"Bupati {village.regency}",)
    )
