"""The monthly report on paper: everything that was done, the hours as a calendar, what was added, who signs."""

from dataclasses import replace
from datetime import date

from rembuk.core.documents.blank import blank, emptied
from rembuk.core.documents.frame import Frame, Person, VillageHeading
from rembuk.core.documents.model import Facts, Note, Paragraph, Signatures
from rembuk.core.documents.monthly_report import DoneLine, MonthlyReportValues, ProblemText, build_monthly_report
from rembuk.core.guidance.monthly import Month
from rembuk.core.guidance.monthly_figures import DayHours, MonthFigures

DAY = date(2026, 8, 19)
VALUES = MonthlyReportValues(
    frame=Frame(VillageHeading("Melintang", "Muara Wis", "Kutai Kartanegara", "Kalimantan Timur"), date(2026, 9, 4)),
    month=Month(2026, 8),
    office="Pendamping lokal desa, Desa Melintang",
    writer=Person("Rahmadi"),
    figures=MonthFigures(hours=(DayHours(DAY, 95, 120, 1),)),
    done=(DoneLine(DAY, "09.00", "Melintang, Kec. Muara Wis", "Kunjungan pendampingan."),),
    items=(("selesai", 1), ("terlambat", 2)),
    problems=(ProblemText(DAY, "Melintang", "temuan MINOR", "Papan kosong"),),
    obstacles="Sinyal hilang",
    submitted=date(2026, 9, 4),
    digest="a" * 64,
)


def test_the_report_names_month_writer_and_everything_that_was_done():
    made = build_monthly_report(VALUES)
    assert made.heading == ("Laporan Bulanan Pendamping", "Agustus 2026")
    assert dict(made.facts) == {
        "Nama": "Rahmadi",
        "Tugas": "Pendamping lokal desa, Desa Melintang",
        "Dikirim": "4 September 2026",
    }
    done, calendar, problems = made.tables
    assert [row.cells for row in done.rows] == [
        (1, "Rabu, 19 Agustus 2026", "09.00", "Melintang, Kec. Muara Wis", "Kunjungan pendampingan.")
    ]
    assert calendar.rows[3].cells == ("17", "18", "19\n3 jam 35 menit", "20", "21", "22", "23")
    assert problems.rows[0].cells == (1, "19 Agustus 2026", "Melintang", "temuan MINOR", "Papan kosong")
    assert Paragraph("1 selesai, 2 terlambat") in made.parts and Paragraph("Sinyal hilang") in made.parts
    assert made.parts[-2] == Note(f"Angka dibekukan saat dikirim; sidik SHA-256 {'a' * 64}.")


def test_lateness_and_the_check_stand_in_the_head():
    late = replace(VALUES, days_late=2, judged="Kartini, 10 September 2026", checker=Person("Kartini"))
    made = build_monthly_report(late)
    assert dict(made.facts)["Dikirim"] == "4 September 2026, terlambat 2 hari"
    assert dict(made.facts)["Pemeriksaan"] == "Kartini, 10 September 2026"
    signs = made.parts[-1]
    assert isinstance(signs, Signatures) and [one.name for one in signs.lines[0]] == ["Kartini", "Rahmadi"]


def test_a_draft_says_so_and_a_month_without_anything_too():
    empty = replace(
        VALUES, figures=MonthFigures(), done=(), items=(), problems=(), submitted=None, digest="", draft=True
    )
    made = build_monthly_report(empty)
    assert made.parts[0] == Note("DRAF: belum dikirim, angkanya masih mengikuti catatan.")
    assert dict(made.facts)["Dikirim"] == "belum dikirim"
    assert made.tables[0].rows[0].cells[1] == "Tidak ada" and made.tables[1].rows[2].cells[0] == "10"
    sums = next(part for part in made.parts if isinstance(part, Facts))
    assert dict(sums.pairs)["Waktu kerja"] == "0 menit"


def test_the_empty_form_keeps_the_calendar_and_leaves_lines_to_write_on():
    from rembuk.documents.blanks import WITHOUT

    made = blank(build_monthly_report(emptied(VALUES, WITHOUT["laporan-bulanan"])))
    assert len(made.tables[0].rows) > 3 and "Kunjungan pendampingan." not in str(made)
