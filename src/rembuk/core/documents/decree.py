"""F01 and F30: the village head's decree that forms a team. Source: Permendagri 114/2014; Permendesa PDTT 21/2020."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rembuk.core.documents.frame import UNNAMED, Frame, Person, date_text
from rembuk.core.documents.legal_basis import TEAM_DECREE_BASIS
from rembuk.core.documents.model import (
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
    Value,
)

TeamKind = Literal["rpjmdes", "rkpdes", "verification"]
TEAM_NAMES: dict[TeamKind, str] = {
    "rpjmdes": "Tim Penyusun Rencana Pembangunan Jangka Menengah Desa",
    "rkpdes": "Tim Penyusun Rencana Kerja Pemerintah Desa",
    "verification": "Tim Verifikasi Proposal Teknis dan Rencana Anggaran Biaya",
}
TEAM_TASKS: dict[TeamKind, tuple[str, ...]] = {
    "rpjmdes": (
        "menyelaraskan arah kebijakan perencanaan pembangunan kabupaten;",
        "mengkaji keadaan Desa;",
        "menyusun rancangan RPJM Desa; dan",
        "menyempurnakan rancangan RPJM Desa.",
    ),
    "rkpdes": (
        "mencermati pagu indikatif Desa dan menyelaraskan program/kegiatan masuk ke Desa;",
        "mencermati ulang dokumen RPJM Desa;",
        "menyusun rancangan RKP Desa; dan",
        "menyusun rancangan daftar usulan RKP Desa.",
    ),
    "verification": (
        "memeriksa kelengkapan dan isi proposal teknis;",
        "memeriksa perhitungan Rencana Anggaran Biaya; dan",
        "menyatakan hasil pemeriksaan layak atau tidak layak beserta alasannya.",
    ),
}


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One member. sex: ``L`` or ``P``. office: jabatan/unsur. position: Pembina, Ketua, Sekretaris, Anggota."""

    name: str
    sex: str
    office: str
    position: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class DecreeValues:
    """A team decree. members: in the order of the annex. Empty lists mean the usual wording, which may be edited.

    subject_year: what the team works on, as ``Tahun 2027`` or ``Periode 2027-2034``.
    """

    frame: Frame
    kind: TeamKind
    subject_year: str
    members: tuple[TeamMember, ...]
    head: Person = UNNAMED
    considerations: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def build_team_decree(values: DecreeValues) -> Document:
    """Return the decree with its annex: the team as formed. F30 for the verification team, else F01."""
    frame, village = values.frame, values.frame.village
    team = TEAM_NAMES[values.kind]
    subject = f"Pembentukan {team} {values.subject_year}"
    number = frame.number or f"......... Tahun {frame.dated.year}"
    copies = values.copies or (f"Camat {village.district};", f"Ketua BPD Desa {village.village}.")
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [
        Paragraph(f"Kepala Desa {village.village},".upper(), "center"),
        NumberedList(values.considerations or considerations(values.kind, values.subject_year), "a", "Menimbang"),
        NumberedList(values.legal_basis or TEAM_DECREE_BASIS, "1", "Mengingat"),
        Paragraph("MEMUTUSKAN:", "title"),
        NumberedList((f"KEPUTUSAN KEPALA DESA TENTANG {subject.upper()}.",), "none", "Menetapkan"),
        NumberedList(_dictums(values, team), "kesatu"),
        _signature(values),
        Paragraph("Tembusan:"),
        NumberedList(copies, "1"),
        PageBreak(),
        *_annex(values, subject, number),
    ]
    return frame.document(
        code="F30" if values.kind == "verification" else "F01",
        title=f"SK {team} {values.subject_year}",
        heading=(f"Keputusan Kepala Desa {village.village}", f"Nomor {number}", "tentang", subject),
        letterhead=village.letterhead(),
        parts=parts,
        paper="folio",
        sheet="SK Tim",
    )


def considerations(kind: TeamKind, subject_year: str) -> tuple[str, ...]:
    """Return what such a decree weighs (Menimbang)."""
    work = {
        "rpjmdes": "penyusunan RPJM Desa",
        "rkpdes": "penyusunan RKP Desa",
        "verification": "pemeriksaan proposal teknis dan Rencana Anggaran Biaya",
    }[kind]
    return (
        f"bahwa untuk {work} {subject_year} perlu dibentuk {TEAM_NAMES[kind]};",
        "bahwa nama-nama dalam lampiran keputusan ini dipandang cakap dan bersedia menjadi anggota tim;",
        "bahwa berdasarkan pertimbangan dalam huruf a dan huruf b perlu menetapkan Keputusan Kepala Desa.",
    )


def _dictums(values: DecreeValues, team: str) -> tuple[str, ...]:
    tasks = values.tasks or TEAM_TASKS[values.kind]
    listed = "\n".join(f"{chr(ord('a') + index)}. {task}" for index, task in enumerate(tasks))
    return (
        f"Membentuk {team} {values.subject_year} dengan susunan sebagaimana lampiran keputusan ini.",
        f"Tim sebagaimana dimaksud dalam diktum KESATU bertugas:\n{listed}",
        "Tim bertanggung jawab kepada Kepala Desa dan melaporkan hasil kerjanya kepada Kepala Desa.",
        "Biaya yang timbul akibat keputusan ini dibebankan pada Anggaran Pendapatan dan Belanja Desa.",
        "Keputusan ini berlaku sejak tanggal ditetapkan.",
    )


def _signature(values: DecreeValues) -> Signatures:
    place = values.frame.place or values.frame.village.village
    stamped = f"Ditetapkan di {place}\npada tanggal {date_text(values.frame.dated)}"
    return Signatures(((values.frame.village_head(values.head),),), stamped)


def _annex(values: DecreeValues, subject: str, number: str) -> Sequence[Part]:
    columns = (
        Column("No", 9, "center"),
        Column("Nama", 46),
        Column("L/P", 10, "center"),
        Column("Jabatan/Unsur", 42),
        Column("Kedudukan dalam Tim", 32),
        Column("Keterangan", 30),
    )
    rows = [
        Row((index, member.name, member.sex, member.office, member.position, member.remark))
        for index, member in enumerate(values.members, 1)
    ]
    women = sum(member.sex == "P" for member in values.members)
    label: tuple[Value, ...] = (f"Jumlah anggota tim: {len(rows)}, perempuan: {women}", *([None] * 5))
    rows.append(Row(label, "total", spans=((0, 6),)))
    return (
        Heading("Lampiran Keputusan Kepala Desa"),
        Facts((("Nomor", number), ("Tanggal", date_text(values.frame.dated)), ("Tentang", subject))),
        Table(columns, tuple(rows)),
        _signature(values),
    )
