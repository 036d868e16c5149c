"""The Klinik Desa of the worked example: questions in every state, and three answers for everybody."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from rembuk.core.hat import Hat, Role
from rembuk.guidance.clinic import services
from rembuk.guidance.clinic.models import Ticket
from rembuk.guidance.clinic.services import AskValues, FaqValues, LogValues
from rembuk.regions.models import Village
from rembuk.shared import clock

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


def plant_clinic(villages: list[Village], hats: Mapping[Role, Hat]) -> None:
    """Plant the questions by the services, as people would. villages: the first few; hats: of the sign-ins."""
    now = clock.now()
    clerk, office, staff = hats[Role.PTP], hats[Role.SDK], hats[Role.STF]
    home = next(village for village in villages if village.pk == office.place.village)
    for number, (topic, question, answer) in enumerate(CLOSED):
        at = now - timedelta(days=20 - 4 * number)
        asked = AskValues(topic=topic, question=question, captured_at=at)
        values = LogValues(asked=asked, channel=Ticket.Channel.WALK_IN, answer=answer, satisfied=True)
        made = services.log(ticket_id=key(f"closed-{number}"), village=home, values=values, actor=clerk, at=at)
        services.promote(ticket_id=made.pk, values=FaqValues(topic, question, answer), actor=staff, at=at)
    ask(home, office, "ask-1", "K8", "Harga satuan kayu ulin tahun ini memakai daftar yang mana?", days=1)
    second = ask(home, office, "ask-2", "K11", "Bolehkah Perdes RKP ditandatangani Plt kepala desa?", days=6)
    services.assign(ticket_id=second.pk, actor=clerk, at=now - timedelta(days=5))
    services.refer(ticket_id=second.pk, to="HUKUM", words="", actor=clerk, at=now - timedelta(days=5))
    third = ask(home, office, "ask-3", "K7", "Apakah satuan “paket” boleh dipakai untuk jembatan?", days=3)
    services.assign(ticket_id=third.pk, actor=clerk, at=now - timedelta(days=2))
    services.answer(
        ticket_id=third.pk,
        words="Pakai ukuran yang dapat diperiksa, misalnya 12 meter. Satuan paket menyulitkan pemeriksaan hasil.",
        actor=clerk,
        at=now - timedelta(days=2),
    )


def ask(village: Village, hat: Hat, name: str, topic: str, question: str, *, days: int) -> Ticket:
    at = clock.now() - timedelta(days=days)
    values = AskValues(topic=topic, question=question, captured_at=at)
    return services.ask(ticket_id=key(name), village=village, values=values, actor=hat, at=at)


def key(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"rembuk-contoh/klinik/{name}")
