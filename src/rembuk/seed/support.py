"""Technical support of the worked example: a drawing asked for, a RAB that was checked, one that was declined."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from rembuk.core.hat import Hat, Role
from rembuk.core.support_requests import RAB_ITEMS
from rembuk.regions.models import Village
from rembuk.sectors import services
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services import RequestValues
from rembuk.shared import clock


def plant_support(village: Village, hats: Mapping[Role, Hat]) -> None:
    """Plant the requests by the services, as people would. hats: of the sign-ins of the village and above it."""
    now = clock.now()
    camat, staff = hats[Role.CAM], hats[Role.STF]
    drawing = ask(village, hats, "gambar", "design", "Gambar jembatan titian RT 02", days=2)
    checked = ask(village, hats, "rab", "rab", "RAB jembatan titian RT 02", days=16)
    declined = ask(village, hats, "survei", "survey", "Survei jalan poros antardesa", days=12)
    services.check(request_id=checked.pk, words="", actor=camat, at=now - timedelta(days=15))
    services.accept(request_id=checked.pk, officer="Petugas teknis contoh", actor=staff, at=now - timedelta(days=12))
    day = (now - timedelta(days=6)).date().isoformat()
    services.schedule(request_id=checked.pk, day=day, actor=staff, at=now - timedelta(days=9))
    marks = dict.fromkeys(RAB_ITEMS, ("ok", "")) | {"transport": ("fix", "Hitung angkutan perahu dari kecamatan.")}
    services.finish(
        request_id=checked.pk,
        note="RAB dapat dipakai setelah biaya angkut sungai ditambahkan.",
        file=None,
        file_name="",
        marks=marks,
        actor=staff,
        at=now - timedelta(days=5),
    )
    services.check(request_id=declined.pk, words="", actor=camat, at=now - timedelta(days=10))
    services.decline(
        request_id=declined.pk,
        code="authority",
        reason="Jalan poros ditangani lewat usulan kabupaten; masukkan dalam DU-RKP Desa.",
        actor=staff,
        at=now - timedelta(days=8),
    )
    services.check(request_id=drawing.pk, words="", actor=camat, at=now - timedelta(days=1))


def ask(village: Village, hats: Mapping[Role, Hat], name: str, kind: str, title: str, *, days: int) -> SupportRequest:
    at = clock.now() - timedelta(days=days)
    values = RequestValues(
        kind=kind, agency="dpu", title=title, need="Desa belum mempunyai tenaga teknis.", captured_at=at
    )
    key: UUID = uuid5(NAMESPACE_URL, f"rembuk-contoh/dukungan/{name}")
    made = services.draft(request_id=key, village=village, values=values, actor=hats[Role.SDK], at=at)
    letter = at.date().isoformat()
    return services.send(
        request_id=made.pk, number=f"600/{days:02d}/DS-MLT/2026", letter_date=letter, actor=hats[Role.KAD], at=at
    )
