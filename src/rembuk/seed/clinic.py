"""The Klinik Desa of the worked example: questions in every state, and three answers for everybody."""

from datetime import datetime, timedelta
from uuid import UUID

from rembuk.core.hat import Hat
from rembuk.guidance.clinic import services
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.services import AskValues, FaqValues, LogValues
from rembuk.regions.models import Village
from rembuk.seed import chance
from rembuk.seed.scene import hat_of, moment
from rembuk.seed.story import TODAY

CLOSED = (
    (
        "K9",
        "Apakah belanja yang tidak ada di RKP Desa boleh masuk APB Desa?",
        "Tidak. Setiap kegiatan APB Desa harus punya baris RKP Desa. Yang dikecualikan hanya keadaan darurat pada "
        "bidang 5, dengan alasan tertulis.",
    ),
    (
        "K14",
        "Pagu final turun setelah RKP Desa ditetapkan. Apa yang dikerjakan?",
        "Buka perubahan RKP Desa: lihat garis potong menurut pagu baru, tulis alasan tiap kegiatan yang keluar, lalu "
        "Musrenbangdes khusus dan Perdes perubahan.",
    ),
    (
        "K10",
        "Jalan kabupaten di desa kami rusak. Apakah boleh dibiayai Dana Desa?",
        "Jalan kabupaten bukan kewenangan desa. Masukkan dalam DU-RKP Desa dan kirim lewat Camat.",
    ),
)


def plant() -> int:
    """Plant the questions by the services, as people would. Returns how many there are."""
    clerk, office, staff = hat_of("ptpd"), hat_of("sekdes"), hat_of("staf")
    if clerk is None or office is None or staff is None:
        return 0
    home = Village.objects.select_related("district", "regency").get(pk=office.place.village)
    for number, (topic, question, answer) in enumerate(CLOSED):
        at = days_ago(20 - 4 * number)
        asked = AskValues(topic=topic, question=question, captured_at=at)
        values = LogValues(asked=asked, channel=Ticket.Channel.WALK_IN, answer=answer, satisfied=True)
        made = services.log(ticket_id=key(f"closed-{number}"), village=home, values=values, actor=clerk, at=at)
        services.promote(ticket_id=made.pk, values=FaqValues(topic, question, answer), actor=staff, at=at)
    ask(home, office, "K8", "Harga satuan kayu ulin tahun ini memakai daftar yang mana?", days=1)
    second = ask(home, office, "K11", "Bolehkah Perdes RKP ditandatangani Plt kepala desa?", days=6)
    services.assign(ticket_id=second.pk, actor=clerk, at=days_ago(5))
    services.refer(ticket_id=second.pk, to="HUKUM", words="", actor=clerk, at=days_ago(5))
    third = ask(home, office, "K7", "Apakah satuan “paket” boleh dipakai untuk jembatan?", days=3)
    services.assign(ticket_id=third.pk, actor=clerk, at=days_ago(2))
    services.answer(
        ticket_id=third.pk,
        words="Pakai ukuran yang dapat diperiksa, misalnya 12 meter. Satuan paket menyulitkan pemeriksaan hasil.",
        actor=clerk,
        at=days_ago(2),
    )
    fourth = ask(home, office, "K8", "Berapa jarak tiang titian ulin yang aman di atas tanah gambut?", days=4)
    services.assign(ticket_id=fourth.pk, actor=clerk, at=days_ago(3))
    services.refer(ticket_id=fourth.pk, to="OPD", words="Mohon Dinas PU.", actor=clerk, at=days_ago(3))
    return len(CLOSED) + 4


def ask(village: Village, hat: Hat, topic: str, question: str, *, days: int) -> Ticket:
    at = days_ago(days)
    values = AskValues(topic=topic, question=question, captured_at=at)
    return services.ask(ticket_id=key(question), village=village, values=values, actor=hat, at=at)


def days_ago(count: int) -> datetime:
    return moment(TODAY - timedelta(days=count))


def key(name: str) -> UUID:
    return chance.key("klinik", name)
