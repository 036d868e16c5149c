"""F15: the PKD report. Source: Permendagri 114/2014 Pasal 17-19; the lists themselves are its annexes, F06 to F14."""

from dataclasses import dataclass
from datetime import date

from rembuk.core.assessment.village_data import SECTIONS
from rembuk.core.documents.assessed import TEAM, assessment_paper, nothing
from rembuk.core.documents.frame import FIELDS, UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.model import (
    SHORT_DOTS,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    NumberedList,
    Paragraph,
    Part,
    Row,
    Signatures,
    Table,
)

ANNEXES = (
    "F06 Daftar rencana program dan kegiatan masuk Desa",
    "F07 Data Desa",
    "F08 Sketsa Desa",
    "F09 Kalender musim",
    "F10 Bagan kelembagaan",
    "F11 Pohon masalah, inventaris masalah, inventaris potensi",
    "F12 Pengkajian tindakan dan peringkat",
    "F13 Daftar gagasan dusun dan kelompok",
    "F14 Rekapitulasi usulan rencana kegiatan",
    "Berita acara musyawarah dusun dan kelompok",
)


@dataclass(frozen=True, slots=True)
class ReportValues:
    """The report in numbers and words.

    data: section -> (lines with a number, all lines, day of filing in words). programmes: (bidang, how many) of those
    that enter the village, nothing while no list is kept. tools: (what, problems, potentials). worst: the problems in
    the order of their rank. actions: the feasible actions in the order of their rank. ideas: (hamlet or group, how
    many).
    """

    frame: Frame
    period: str
    introduction: str
    data: tuple[tuple[str, int, int, str], ...]
    programmes: tuple[tuple[int, int], ...]
    tools: tuple[tuple[str, int, int], ...]
    worst: tuple[str, ...]
    actions: tuple[str, ...]
    ideas: tuple[tuple[str, int], ...]
    conclusion: str = ""
    team_chair: Person = UNNAMED
    head_date: date | None = None
    bpd_date: date | None = None
    notes: tuple[str, ...] = ()


def build_assessment_report(values: ReportValues) -> Document:
    """Return F15: introduction, data, programmes, problems and potentials, proposals, conclusion, annexes, receipts."""
    parts: list[Part] = [Note(note) for note in values.notes]
    parts += [Heading("I. Pendahuluan"), *_text(values.introduction)]
    parts += [Heading("II. Data Desa"), _data(values.data)]
    parts += [Heading("III. Program dan kegiatan yang masuk Desa"), _programmes(values.programmes)]
    parts += [Heading("IV. Masalah dan potensi"), _tools(values.tools)]
    parts += _ranked("Masalah menurut peringkat musyawarah:", values.worst)
    parts += _ranked("Tindakan layak menurut peringkat musyawarah:", values.actions)
    parts += [Heading("V. Usulan rencana kegiatan"), _ideas(values.ideas)]
    parts += [Heading("VI. Kesimpulan"), *_text(values.conclusion)]
    parts += [Heading("Lampiran"), NumberedList(ANNEXES)]
    parts.append(
        Signatures(
            lines=((signed(TEAM, values.team_chair, lead="Disusun oleh:"),),),
            place_and_date=values.frame.place_and_date,
        )
    )
    parts += [
        Heading("Tanda terima"),
        Facts(
            (
                ("Diterima Kepala Desa", _day(values.head_date)),
                ("Diterima Ketua BPD", _day(values.bpd_date)),
            )
        ),
    ]
    return assessment_paper(
        values.frame,
        values.period,
        code="F15",
        name="Laporan Pengkajian Keadaan Desa",
        parts=parts,
        sheet="Laporan PKD",
    )


def _day(day: date | None) -> str:
    return date_text(day) if day is not None else f"tanggal {SHORT_DOTS}"


def _text(words: str) -> list[Part]:
    return [Paragraph(words)] if words else [Paragraph("Belum ditulis.")]


def _data(data: tuple[tuple[str, int, int, str], ...]) -> Table:
    columns = (
        Column("Daftar", 70),
        Column("Baris Terisi", 26, "center"),
        Column("Jumlah Baris", 26, "center"),
        Column("Disahkan Tim", 44),
    )
    known = {section: (filled, total, filed) for section, filled, total, filed in data}
    rows = [Row((name, *known.get(section, (None, None, "")))) for section, name in SECTIONS.items()]
    return Table(columns, tuple(rows))


def _programmes(programmes: tuple[tuple[int, int], ...]) -> Part:
    if not programmes:
        return Paragraph("Daftar program dan kegiatan yang masuk Desa belum disusun.")
    counted = dict(programmes)
    columns = (Column("Bidang", 120), Column("Banyak Program/Kegiatan", 46, "center"))
    return Table(columns, tuple(Row((name, counted.get(field, 0))) for field, name in FIELDS.items()))


def _tools(tools: tuple[tuple[str, int, int], ...]) -> Table:
    columns = (Column("Alat Kaji", 90), Column("Masalah", 38, "center"), Column("Potensi", 38, "center"))
    return Table(columns, tuple(Row(line) for line in tools) or (nothing(3),))


def _ranked(label: str, items: tuple[str, ...]) -> list[Part]:
    return [Paragraph(label), NumberedList(items)] if items else []


def _ideas(ideas: tuple[tuple[str, int], ...]) -> Table:
    columns = (Column("Dusun/Kelompok", 120), Column("Banyak Gagasan", 46, "center"))
    return Table(columns, tuple(Row(line) for line in ideas) or (nothing(2),))
