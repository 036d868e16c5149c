"""Reports of August: one came back with a note, one was late and waits, one is in order, the others are missing.

Everything goes through the services that people use, on its own day; the figures are those of what was planted before.
"""

from collections.abc import Sequence
from datetime import date

from rembuk.core.guidance.monthly import Month
from rembuk.core.hat import Hat, Role
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.services import ReportWords
from rembuk.seed.places import PONORAGAN
from rembuk.seed.scene import Scene, hat_of, moment, username_of
from rembuk.seed.story import TODAY

AUGUST = Month(TODAY.year, 8)
MENTOR = ReportWords(
    obstacles="Sinyal hilang tiga hari, lembar baru masuk sesudah kembali ke jetty.",
    request="Perahu kecamatan untuk dua kunjungan bulan depan.",
)
TEAM = ReportWords(
    obstacles="Air surut, dua kunjungan pindah ke September.",
    lesson="Datang pada hari pasar: lebih banyak warga di desa.",
)
NOTE = "Pelajaran bulan ini belum ditulis. Tambahkan satu yang bisa dipakai desa lain, lalu kirim lagi."


def plant(scenes: Sequence[Scene]) -> int:
    """Plant the reports of August. Returns how many there are. Wants visits and people."""
    mentor, team, staff = hat_of("pendamping"), hat_of("ptpd"), hat_of("staf")
    if mentor is None or team is None or staff is None:
        return 0
    returned = hand_in(mentor, MENTOR, date(TODAY.year, 9, 4))
    at = moment(date(TODAY.year, 9, 9), 10)
    services.return_report(report_id=returned.pk, note=NOTE, actor=team, at=at)
    hand_in(team, TEAM, date(TODAY.year, 9, 9))
    other = hat_of(username_of(Role.PTP, PONORAGAN[:8]))
    if other is not None and any(scene.village.id == PONORAGAN for scene in scenes):
        done = hand_in(other, TEAM, date(TODAY.year, 9, 3))
        services.check_report(report_id=done.pk, actor=staff, at=moment(date(TODAY.year, 9, 10), 9))
    return MonthlyReport.objects.count()


def hand_in(writer: Hat, words: ReportWords, day: date) -> MonthlyReport:
    return services.submit_report(month=AUGUST, words=words, actor=writer, at=moment(day, 16))
