"""The Rencana Pembinaan Terpadu of a year as a paper: aims, activities with money, whom they reach, who is left out.

Its layout is our own; no regulation gives one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from rembuk.core.documents.frame import Frame, Person, date_text, signed
from rembuk.core.documents.model import Column, Document, Heading, Note, NumberedList, Part, Row, Signatures, Sum, Table
from rembuk.core.guidance.programme import SOURCES, CoverageRow, Kind
from rembuk.core.guidance.programme_content import ActivityContent, PlanContent, period_text

CODE = "rencana-pembinaan"
_MONEY = 7


@dataclass(frozen=True, slots=True)
class ProgrammeValues:
    """What is printed. number: of the version; coverage: kecamatan x kind; kinds: (kind, its words) in their order."""

    frame: Frame
    content: PlanContent
    number: int
    coverage: tuple[CoverageRow, ...]
    kinds: tuple[tuple[Kind, str], ...]
    approver: Person
    approver_office: str
    approved: date
    letterhead: tuple[str, ...] = ()
    reason: str = ""


def build_programme(values: ProgrammeValues) -> Document:
    """Return the paper of one version; sums are checked when it is made."""
    content = values.content
    parts: list[Part] = []
    if content.scope:
        parts.append(Note(f"Ruang lingkup: {content.scope}"))
    if values.number > 1 and values.reason:
        parts.append(Note(f"Versi {values.number}, revisi karena: {values.reason}"))
    parts += [
        Heading("Tujuan"),
        NumberedList(content.objectives, "1"),
        Heading("Kegiatan dan anggaran"),
        _activities(content),
        Heading("Desa yang dijangkau menurut kecamatan"),
        _coverage(values),
    ]
    if content.left_out:
        parts += [Heading("Desa yang tidak dicakup pelatihan dan kunjungan tahun ini"), _left_out(content)]
    parts.append(
        Note(f"Disetujui di dalam program pada {date_text(values.approved)}; tanda tangan basah di bawah ini.")
    )
    parts.append(
        Signatures(
            lines=((signed(values.approver_office, values.approver),),), place_and_date=values.frame.place_and_date
        )
    )
    return values.frame.document(
        code=CODE,
        title=f"Rencana Pembinaan Terpadu {content.year} versi {values.number}",
        heading=("Rencana Pembinaan Terpadu", f"Kabupaten {values.frame.village.regency}", f"Tahun {content.year}"),
        parts=parts,
        paper="folio-landscape",
        letterhead=values.letterhead,
        sheet="Rencana pembinaan",
    )


def _activities(content: PlanContent) -> Table:
    columns = (
        Column("No", 9, "center"),
        Column("Jenis", 24),
        Column("Kegiatan", 64),
        Column("Penanggung jawab", 38),
        Column("Waktu", 34),
        Column("Sasaran", 44),
        Column("Sumber dana", 28),
        Column("Anggaran (Rp)", 30, "rupiah"),
    )
    rows: list[Row] = []
    for number, activity in enumerate(content.activities, 1):
        rows += _activity_rows(number, activity)
    last = len(rows) - 1
    if rows:
        total = Row(
            ("Jumlah", None, None, None, None, None, None, content.total),
            "total",
            spans=((0, _MONEY),),
            sums=(Sum(_MONEY, ((0, last),)),),
        )
        rows.append(total)
    return Table(columns, tuple(rows))


def _activity_rows(number: int, activity: ActivityContent) -> list[Row]:
    lines = activity.money or ()
    title = activity.title + (f"\nKomitmen: {activity.commitment}" if activity.commitment else "")
    title += f"\nDIBATALKAN: {activity.stopped}" if activity.stopped else ""
    villages = f"{len(activity.villages)} desa: {activity.targets}"
    head = (number, activity.kind, title, activity.owner, period_text(activity), villages)
    rows = [
        Row(
            (
                *(head if index == 0 else (None,) * len(head)),
                SOURCES.get(line.source, line.source) + (f" ({line.note})" if line.note else ""),
                line.amount,
            ),
            continues=index > 0,
        )
        for index, line in enumerate(lines)
    ]
    return rows or [Row((*head, "–", 0))]


def _coverage(values: ProgrammeValues) -> Table:
    kinds = values.kinds
    columns = (
        Column("Kecamatan", 48),
        Column("Desa", 18, "number"),
        *(Column(words, 26, "number") for _kind, words in kinds),
        Column("Tidak dicakup", 24, "number"),
    )
    rows = [
        Row((row.district, row.villages, *(row.reached[kind] for kind, _words in kinds), row.left_out))
        for row in values.coverage
    ]
    if rows:
        width, last = len(columns), len(rows) - 1
        sums = tuple(Sum(column, ((0, last),)) for column in range(1, width))
        totals = [sum(_number(row.cells[column]) for row in rows) for column in range(1, width)]
        rows.append(Row(("Jumlah", *totals), "total", sums=sums))
    return Table(columns, tuple(rows))


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _left_out(content: PlanContent) -> Table:
    columns = (Column("Kecamatan", 48), Column("Desa", 110), Column("Alasan", 110))
    found = sorted((content.places.get(code, (code, ""))[::-1], reason) for code, reason in content.left_out)
    rows: Sequence[Row] = [
        Row((district, ", ".join(place[1] for place, _reason in group), reason))
        for (district, reason), group in groupby(
            sorted(found, key=lambda row: (row[0][0], row[1], row[0][1])), key=lambda row: (row[0][0], row[1])
        )
    ]
    return Table(columns, tuple(rows))
