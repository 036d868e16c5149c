"""The monthly report of a facilitator: what was done, hour by hour of the month, and what was added by hand.

The layout is our own: no form for it was read in a regulation.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.documents.frame import MONTHS, UNNAMED, WEEKDAYS, Frame, Person, date_text, signed
from rembuk.core.documents.model import Column, Document, Facts, Heading, Note, Paragraph, Part, Row, Signatures, Table
from rembuk.core.guidance.monthly import Month
from rembuk.core.guidance.monthly_figures import MonthFigures, weeks_of

CODE: Final = "laporan-bulanan"
NOTHING: Final = "Tidak ada"


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One thing that was done: a visit, a forum, a question to the clinic, in words."""

    day: date
    time: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ProblemText:
    """One problem in words."""

    day: date
    village: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class MonthlyReportValues:
    """What is printed. done: everything by day; items: (state in words, number) of promises recorded.

    draft: the figures are not frozen yet. digest: of frozen ones. judged: who checked it and when, or empty.
    """

    frame: Frame
    month: Month
    office: str
    writer: Person
    figures: MonthFigures
    done: tuple[DoneLine, ...]
    items: tuple[tuple[str, int], ...] = ()
    problems: tuple[ProblemText, ...] = ()
    obstacles: str = ""
    request: str = ""
    lesson: str = ""
    submitted: date | None = None
    days_late: int = 0
    checker: Person = UNNAMED
    checker_office: str = "Mengetahui"
    judged: str = ""
    digest: str = ""
    draft: bool = False
    letterhead: tuple[str, ...] = ()


def build_monthly_report(values: MonthlyReportValues) -> Document:
    """Return the report: sums, everything that was done, hours by day, promises, problems, words, signatures."""
    month = f"{MONTHS[values.month.month - 1]} {values.month.year}"
    parts: list[Part] = [Note("DRAF: belum dikirim, angkanya masih mengikuti catatan.")] if values.draft else []
    parts += [
        Facts(_sums(values)),
        Heading("Kegiatan"),
        _done(values),
        Heading("Jam per hari"),
        _calendar(values),
        Heading("Tindak lanjut yang dicatat"),
        Paragraph(", ".join(f"{number} {words}" for words, number in values.items) or NOTHING),
        Heading("Masalah yang ditemukan"),
        _problems(values),
    ]
    for heading, text in (("Kendala", values.obstacles), ("Permintaan", values.request), ("Pelajaran", values.lesson)):
        parts += [Heading(heading), Paragraph(text or "-")]
    if values.digest:
        parts.append(Note(f"Angka dibekukan saat dikirim; sidik SHA-256 {values.digest}."))
    parts.append(
        Signatures(
            (
                (
                    signed(values.checker_office, values.checker, lead="Mengetahui:"),
                    signed(values.office, values.writer),
                ),
            ),
            place_and_date=values.frame.place_and_date,
        )
    )
    return values.frame.document(
        code=CODE,
        title=f"Laporan bulanan {month}, {values.writer.name}".rstrip(", "),
        heading=("Laporan Bulanan Pendamping", month),
        facts=_head(values),
        parts=parts,
        letterhead=values.letterhead,
        sheet="Laporan",
    )


def _head(values: MonthlyReportValues) -> tuple[tuple[str, str], ...]:
    sent = date_text(values.submitted) if values.submitted else "belum dikirim"
    late = f", terlambat {values.days_late} hari" if values.days_late else ""
    pairs = [("Nama", values.writer.name), ("Tugas", values.office), ("Dikirim", sent + late)]
    return (*pairs, ("Pemeriksaan", values.judged)) if values.judged else tuple(pairs)


def _sums(values: MonthlyReportValues) -> tuple[tuple[str, str], ...]:
    figures = values.figures
    return (
        ("Kunjungan", f"{len(figures.visits)} kunjungan ke {figures.village_count} desa"),
        ("Forum difasilitasi", str(len(figures.forums))),
        ("Konsultasi Klinik Desa", str(len(figures.tickets))),
        ("Waktu kerja", _hours(figures.work_minutes)),
        ("Waktu perjalanan", _hours(figures.travel_minutes)),
    )


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f"{hours} jam {rest} menit" if hours and rest else f"{hours} jam" if hours else f"{rest} menit"


def _done(values: MonthlyReportValues) -> Table:
    columns = (
        Column("No", 9, "center"),
        Column("Hari, tanggal", 34),
        Column("Jam", 14, "center"),
        Column("Tempat", 40),
        Column("Uraian", 83),
    )
    rows = [
        Row((number, f"{WEEKDAYS[line.day.weekday()]}, {date_text(line.day)}", line.time, line.place, line.text))
        for number, line in enumerate(values.done, 1)
    ]
    return Table(columns, tuple(rows) or (Row((None, NOTHING, None, None, None), "empty", spans=((1, 4),)),))


def _calendar(values: MonthlyReportValues) -> Table:
    """Return the month as a calendar page: the day, and under it its hours."""
    hours = {day.day: day.minutes for day in values.figures.hours}
    rows = [
        Row(tuple(_cell(day, hours.get(day, 0)) if day is not None else None for day in week))
        for week in weeks_of(values.month)
    ]
    return Table(tuple(Column(day, 25, "center") for day in WEEKDAYS), tuple(rows))


def _cell(day: date, minutes: int) -> str:
    return f"{day.day}\n{_hours(minutes)}" if minutes else str(day.day)


def _problems(values: MonthlyReportValues) -> Table | Paragraph:
    if not values.problems:
        return Paragraph(NOTHING)
    columns = (
        Column("No", 9, "center"),
        Column("Tanggal", 30),
        Column("Desa", 33),
        Column("Jenis", 33),
        Column("Masalah", 75),
    )
    return Table(
        columns,
        tuple(
            Row((number, date_text(one.day), one.village, one.kind, one.text))
            for number, one in enumerate(values.problems, 1)
        ),
    )
