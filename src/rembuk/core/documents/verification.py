"""F34: the sheet by which camat or DPMD checks a draft, with its minutes; to be filled by hand or by their desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed, weekday_text
from rembuk.core.documents.model import (
    DOTS,
    SHORT_DOTS,
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
    Table,
)
from rembuk.core.guidance.desk_checklists import CHECK_LISTS, LIST_TITLES, UNREAD, CheckItem, ListCode

Result = Literal["CONFORM", "CONFORM_WITH_NOTES", "NOT_CONFORM"]
Mark = Literal["CONFORM", "NOTE", "NOT_CONFORM", "NA"]
STATUSES: Mapping[Result, str] = {
    "CONFORM": "Sesuai",
    "CONFORM_WITH_NOTES": "Sesuai dengan catatan",
    "NOT_CONFORM": "Dikembalikan",
}


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """What was found for one item. note: what is to be changed; due: until when it is to be mended."""

    result: Mark
    note: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class VerificationValues:
    """One sheet. verdicts: number of an item -> what was found; empty for a sheet to fill by hand.

    items: of the version by which it is checked, of the newest one when left empty. status: of the whole, None while it
    is not decided. held: the day of the check.
    """

    frame: Frame
    checks: ListCode
    subject_year: str
    verdicts: Mapping[int, ItemVerdict]
    status: Result | None = None
    held: date | None = None
    verifier: Person = UNNAMED
    head: Person = UNNAMED
    office: str = "Verifikator"
    notes: tuple[str, ...] = ()
    items: tuple[CheckItem, ...] = ()


def build_verification(values: VerificationValues) -> Document:
    """Return F34: the minutes of the check and the list of items with what each of them was found to be."""
    frame, village = values.frame, values.frame.village
    title = f"{LIST_TITLES[values.checks]} {values.subject_year}"
    day = f"{weekday_text(values.held)}, {date_text(values.held)}" if values.held else DOTS
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Paragraph(f"Pada hari {day} telah diverifikasi {title} Desa {village.village} dan disepakati hal berikut."),
        NumberedList(
            (
                "Rancangan disusun dengan isi menurut Permendagri 114/2014 sebagaimana diperiksa dalam lampiran.",
                "Catatan dalam lampiran diperbaiki Desa, lalu berkas yang sudah benar diunggah kembali.",
            ),
            "1",
        ),
        Facts((("Hasil", _status(values.status)),)),
        _signatures(values),
        PageBreak(),
        Heading(f"Lampiran: daftar periksa {values.checks}"),
        Table(_COLUMNS, tuple(_row(item, values.verdicts.get(item.number)) for item in _items(values))),
        _signatures(values),
    ]
    return frame.document(
        code="F34",
        title=f"Lembar Verifikasi {title}, Desa {village.village}",
        heading=("Berita Acara Verifikasi", title, f"Nomor {frame.number or SHORT_DOTS}"),
        facts=village.facts(),
        parts=parts,
        paper="folio",
        sheet=values.checks,
    )


def _items(values: VerificationValues) -> tuple[CheckItem, ...]:
    return values.items or CHECK_LISTS[values.checks]


def _status(status: Result | None) -> str:
    """Return the result of the whole; undecided, the three to choose from."""
    if status is not None and status in STATUSES:
        return STATUSES[status]
    return f"{SHORT_DOTS} (pilih: {', '.join(STATUSES.values()).lower()})"


_COLUMNS = (
    Column("No", 9, "center"),
    Column("Indikator", 78),
    Column("Kesesuaian", children=(Column("Ya", 12, "mark"), Column("Tidak", 14, "mark"))),
    Column("Tindak Lanjut", 46),
    Column("Batas Waktu", 26, "center"),
)


def _row(item: CheckItem, verdict: ItemVerdict | None) -> Row:
    words = f"{item.words}\n({UNREAD})" if item.certainty == "?" else item.words
    if verdict is None:
        return Row((item.number, words, None, None, None, None))
    yes = verdict.result in ("CONFORM", "NOTE")
    note = "Tidak berlaku" if verdict.result == "NA" and not verdict.note else verdict.note
    due = date_text(verdict.due) if verdict.due else None
    return Row((item.number, words, yes, verdict.result == "NOT_CONFORM", note, due))


def _signatures(values: VerificationValues) -> Signatures:
    frame = values.frame
    return Signatures(
        (
            (
                frame.village_head(values.head, lead="Menerima:"),
                signed(values.office, values.verifier, lead="Verifikator:"),
            ),
        ),
        place_and_date=frame.place_and_date,
    )
