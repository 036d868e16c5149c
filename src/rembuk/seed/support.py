"""Technical support of the worked example: a drawing asked for, a RAB that was checked, one that was declined, and a
day on which the agency looks at RABs with one village in its queue.
"""

from datetime import datetime, timedelta

from rembuk.core.hat import Hat
from rembuk.core.support_requests import RAB_ITEMS
from rembuk.regions.models import Village
from rembuk.sectors import services
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services import DayValues, RequestValues
from rembuk.seed import chance
from rembuk.seed.scene import hat_of, moment
from rembuk.seed.story import TODAY


def plant() -> int:
    """Plant the requests by the services, as people would. Returns how many there are."""
    office, head, camat, agency = hat_of("sekdes"), hat_of("kades"), hat_of("camat"), hat_of("pu")
    if office is None or head is None or camat is None or agency is None:
        return 0
    village = Village.objects.select_related("district", "regency").get(pk=office.place.village)
    asking = (village, office, head)
    drawing = ask(*asking, "gambar", "design", "Gambar jembatan titian RT 02", days=2)
    checked = ask(*asking, "rab", "rab", "RAB jembatan titian RT 02", days=16)
    declined = ask(*asking, "survei", "survey", "Survei jalan poros antardesa", days=12)
    services.check(request_id=checked.pk, words="", actor=camat, at=days_ago(15))
    services.accept(request_id=checked.pk, officer="Petugas teknis contoh", actor=agency, at=days_ago(12))
    day = days_ago(6).date().isoformat()
    services.schedule(request_id=checked.pk, day=day, actor=agency, at=days_ago(9))
    marks = dict.fromkeys(RAB_ITEMS, ("ok", "")) | {"transport": ("fix", "Hitung angkutan perahu dari kecamatan.")}
    services.finish(
        request_id=checked.pk,
        note="RAB dapat dipakai setelah biaya angkut sungai ditambahkan.",
        file=None,
        file_name="",
        marks=marks,
        actor=agency,
        at=days_ago(5),
    )
    services.check(request_id=declined.pk, words="", actor=camat, at=days_ago(10))
    services.decline(
        request_id=declined.pk,
        code="authority",
        reason="Jalan poros ditangani lewat usulan kabupaten; masukkan dalam DU-RKP Desa.",
        actor=agency,
        at=days_ago(8),
    )
    services.check(request_id=drawing.pk, words="", actor=camat, at=days_ago(1))
    queued = ask(*asking, "klinik", "rab", "RAB semenisasi gang RT 03", days=9)
    services.check(request_id=queued.pk, words="", actor=camat, at=days_ago(8))
    services.accept(request_id=queued.pk, officer="Petugas teknis contoh", actor=agency, at=days_ago(7))
    clinic_day(queued, agency)
    return 4


def clinic_day(request: SupportRequest, agency: Hat) -> None:
    """Set a clinic day a week ahead and put *request* on it."""
    values = DayValues(
        agency="", day=days_ago(-8).date().isoformat(), venue="Aula Kantor Camat Muara Wis",
        officer="Petugas teknis contoh", quota="20",
    )  # fmt: skip
    regency = request.village.regency
    day = services.hold_clinic(
        day_id=chance.key("klinik-rab", "satu"), regency=regency, values=values, actor=agency, at=days_ago(6)
    )
    services.put_on_day(day_id=day.pk, request_ids=[request.pk], actor=agency, at=days_ago(6))


def ask(village: Village, office: Hat, head: Hat, name: str, kind: str, title: str, *, days: int) -> SupportRequest:
    at = days_ago(days)
    values = RequestValues(
        kind=kind, agency="dpu", title=title, need="Desa belum mempunyai tenaga teknis.", captured_at=at
    )
    made = services.draft(request_id=chance.key("dukungan", name), village=village, values=values, actor=office, at=at)
    number, letter = f"600/{days:02d}/DS-MLT/2026", at.date().isoformat()
    return services.send(request_id=made.pk, number=number, letter_date=letter, actor=head, at=at)


def days_ago(count: int) -> datetime:
    return moment(TODAY - timedelta(days=count))
