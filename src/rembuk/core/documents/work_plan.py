"""F02: the follow-up plan (RKTL) of a drafting team. Source: Permendesa PDTT 21/2020; columns as villages print it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rembuk.core.documents.decree import TeamMember
from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text, signed, weekday_text
from rembuk.core.documents.model import Column, Document, Heading, Note, Part, Row, Signatures, Table

PlanKind = Literal["rkp", "rpjm", "amendment"]


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One line. day: None while it is not set. hours: as people write them, ``09.00``."""

    activity: str
    day: date | None = None
    hours: str = ""
    place: str = ""
    responsible: str = ""
    remark: str = ""
    output: str = ""


DEFAULT_STEPS: Final[Mapping[PlanKind, tuple[WorkStep, ...]]] = {
    "rkp": (
        WorkStep("Rembuk stunting", responsible="KPM", output="Usulan konvergensi stunting"),
        WorkStep("Pembentukan tim penyusun", responsible="Kepala Desa", output="SK tim, RKTL"),
        WorkStep("Pencermatan pagu dan penyelarasan program masuk Desa", responsible="Ketua tim", output="F20, F21"),
        WorkStep("Pencermatan ulang RPJM Desa", responsible="Tim", output="Daftar prioritas usulan"),
        WorkStep("Penyusunan rancangan RKP Desa dan DU-RKP", responsible="Tim", output="Rancangan RKP, RAB, DU-RKP"),
        WorkStep("Musrenbang Desa", responsible="Kepala Desa", output="Berita acara Musrenbang"),
        WorkStep("Musyawarah Desa pengesahan", responsible="BPD", output="Berita acara, keputusan BPD"),
    ),
    "rpjm": (
        WorkStep("Pembentukan tim penyusun", responsible="Kepala Desa", output="SK tim, RKTL"),
        WorkStep("Penyelarasan arah kebijakan kabupaten", responsible="Ketua tim", output="F06, F16"),
        WorkStep("Penyelarasan data Desa", responsible="Tim", output="Data Desa (F07)"),
        WorkStep("Penggalian gagasan dusun dan kelompok", responsible="Tim, Kadus", output="Daftar gagasan (F13)"),
        WorkStep("Laporan hasil pengkajian keadaan Desa", responsible="Ketua tim", output="F14, F15"),
        WorkStep("Musyawarah Desa perencanaan", responsible="BPD", output="Berita acara"),
        WorkStep("Penyusunan rancangan RPJM Desa", responsible="Tim", output="Rancangan RPJM Desa (F17)"),
        WorkStep("Musrenbang Desa", responsible="Kepala Desa", output="Berita acara Musrenbang"),
        WorkStep("Penyempurnaan rancangan dan rancangan Perdes", responsible="Tim", output="F17, F18, F19"),
        WorkStep("Musyawarah Desa pengesahan", responsible="BPD", output="Berita acara, keputusan BPD"),
    ),
    "amendment": (
        WorkStep("Musyawarah Desa alasan perubahan", responsible="BPD", output="Berita acara"),
        WorkStep("Penugasan tim", responsible="Kepala Desa", output="Surat tugas"),
        WorkStep("Pencermatan perubahan pagu dan realisasi tengah tahun", responsible="Tim", output="Catatan pagu"),
        WorkStep("Penyusunan matriks Semula-Menjadi", responsible="Tim", output="Matriks perubahan"),
        WorkStep("Musrenbang Desa khusus", responsible="Kepala Desa", output="Berita acara"),
        WorkStep("Musyawarah Desa pengesahan perubahan", responsible="BPD", output="Berita acara, keputusan BPD"),
    ),
}
"""The steps that a new plan begins with."""


@dataclass(frozen=True, slots=True)
class WorkPlanValues:
    """The plan of one team. plan: what it drafts (``RKP Desa``), for *years*. members: all of them initial it."""

    frame: Frame
    plan: str
    years: str
    steps: tuple[WorkStep, ...]
    members: tuple[TeamMember, ...] = ()
    team_chair: Person = UNNAMED
    head: Person = UNNAMED
    facilitator: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_work_plan(values: WorkPlanValues) -> Document:
    """Return F02: the steps, three signatures, and the list that every member initials."""
    frame, village = values.frame, values.frame.village
    rows = tuple(_row(number, step) for number, step in enumerate(values.steps, 1))
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Table(_COLUMNS, rows or (Row(("Belum ada langkah", *([None] * 7)), "empty", spans=((0, 8),)),)),
        Signatures(
            lines=(
                (
                    frame.village_head(values.head, lead="Mengetahui:"),
                    signed("Pendamping Desa", values.facilitator, lead="Fasilitator:"),
                    signed(f"Ketua Tim Penyusun {values.plan}", values.team_chair, lead="Disusun oleh:"),
                ),
            ),
            place_and_date=frame.place_and_date,
        ),
        Heading("Paraf anggota tim"),
        _initials(values.members),
    ]
    return frame.document(
        code="F02",
        title=f"RKTL Tim Penyusun {values.plan} {village.village} Tahun {values.years}",
        heading=("Rencana Kerja Tindak Lanjut (RKTL)", f"Tim Penyusun {values.plan} Tahun {values.years}"),
        facts=village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="RKTL",
    )


_COLUMNS = (
    Column("No", 10, "center"),
    Column("Uraian Kegiatan", 76),
    Column("Hari/Tanggal", 42),
    Column("Pukul", 20, "center"),
    Column("Tempat", 42),
    Column("Penanggung Jawab", 40),
    Column("Keterangan", 40),
    Column("Keluaran", 50),
)


def _row(number: int, step: WorkStep) -> Row:
    day = f"{weekday_text(step.day)}, {date_text(step.day)}" if step.day else None
    return Row((number, step.activity, day, step.hours or None, step.place, step.responsible, step.remark, step.output))


def _initials(members: tuple[TeamMember, ...]) -> Table:
    columns = (Column("No", 10, "center"), Column("Nama", 70), Column("Jabatan", 60), Column("Tanda Tangan", 50))
    rows = tuple(Row((n, one.name, one.position, None)) for n, one in enumerate(members, 1))
    empty = Row(("Belum ada anggota", None, None, None), "empty", spans=((0, 4),))
    return Table(columns, rows or (empty,), tall=True)
