"""F29: the check of a technical proposal and its RAB. Source: Permendagri 114/2014 annex XXIV."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.model import Column, Document, Note, Paragraph, Part, Row, Signatures, Table

Presence = Literal["fit", "unfit", "absent"]
CHECKED_PAPERS = (
    "Sketsa lokasi",
    "Survei teknis",
    "Gambar desain",
    "Perhitungan volume",
    "Survei harga",
    "Kesepakatan upah",
    "Perhitungan RAB",
    "Kajian sederhana dampak lingkungan",
    "Pernyataan hibah lahan",
    "Pernyataan tidak meminta ganti rugi",
    "Kesanggupan swadaya/gotong royong",
    "Rencana penggunaan alat berat",
    "Kesiapan warga mengerjakan",
    "Data pemanfaat",
)
"""The fourteen papers of F29, in its order."""

_COLUMNS = (
    Column("No", 10, "center"),
    Column("Jenis Dokumen", 62),
    Column(
        "Hasil Pemeriksaan",
        children=(
            Column("Ada dan memenuhi syarat", 22, "mark"),
            Column("Ada, tidak memenuhi syarat", 22, "mark"),
            Column("Tidak ada", 18, "mark"),
        ),
    ),
    Column("Catatan", 40),
)


@dataclass(frozen=True, slots=True)
class PaperCheck:
    """What was found of one paper, and the remark beside it."""

    presence: Presence
    remark: str = ""


@dataclass(frozen=True, slots=True)
class TechnicalCheckValues:
    """The check of one activity. checks: number of the paper (1 to 14) -> what was found; missing ones stay blank.

    feasible: None until the team has decided.
    """

    frame: Frame
    location: str
    field_name: str
    activity: str
    checks: Mapping[int, PaperCheck]
    feasible: bool | None = None
    checked_date: date | None = None
    reason: str = ""
    agency_officer: Person = UNNAMED
    expert: Person = UNNAMED
    community: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_technical_check(values: TechnicalCheckValues) -> Document:
    """Return F29: always fourteen rows, then the verdict, its date and three signatures.

    Raises: ValueError for a paper number that the form has not.
    """
    if set(values.checks) - set(range(1, len(CHECKED_PAPERS) + 1)):
        raise ValueError(f"F29 has papers 1 to {len(CHECKED_PAPERS)}, not {sorted(values.checks)}")
    verdict = {True: "LAYAK", False: "TIDAK LAYAK", None: "LAYAK / TIDAK LAYAK *)"}[values.feasible]
    day = date_text(values.checked_date) if values.checked_date else "." * 30
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(_COLUMNS, tuple(_row(number, paper, values) for number, paper in enumerate(CHECKED_PAPERS, 1))),
        Paragraph(f"Hasil pemeriksaan: {verdict}", "strong"),
        Paragraph(f"Tanggal pemeriksaan: {day}"),
    ]
    if values.reason:
        parts.append(Paragraph(f"Alasan: {values.reason}"))
    if values.feasible is None:
        parts.append(Paragraph("*) coret yang tidak perlu"))
    team = (
        signed("Dinas Teknis", values.agency_officer),
        signed("Tenaga Ahli/Pendamping Profesional", values.expert),
        signed("Wakil Masyarakat", values.community),
    )
    parts.append(Paragraph("Tim Verifikasi:"))
    parts.append(Signatures((team,), values.frame.place_and_date))
    facts = (("Lokasi", values.location), ("Bidang", values.field_name), ("Kegiatan", values.activity))
    return values.frame.document(
        code="F29",
        title=f"Pemeriksaan Proposal Teknis dan RAB: {values.activity}",
        heading=("Pemeriksaan Dokumen Proposal Teknis dan RAB",),
        facts=values.frame.village.facts(*facts),
        parts=parts,
        paper="folio",
        sheet="Pemeriksaan",
    )


def _row(number: int, paper: str, values: TechnicalCheckValues) -> Row:
    check = values.checks.get(number)
    found = check.presence if check else None
    return Row((number, paper, found == "fit", found == "unfit", found == "absent", check.remark if check else ""))
