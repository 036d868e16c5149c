"""Mentoring in the middle of its season: visits closed and planned, one critical promise whose evidence was not enough,
some late, one waiting for other eyes. Everything goes through the services that people use, on its own day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from rembuk.core.hat import Hat, Role
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.queries import asked_on_visit
from rembuk.guidance.mentoring.services import (
    AnswerValues,
    ContactValues,
    DropInValues,
    FindingValues,
    MoveValues,
    PlanValues,
    PromiseValues,
    SheetValues,
    Uploaded,
)
from rembuk.regions.models import Village
from rembuk.seed import chance, pictures
from rembuk.seed.places import MELINTANG, PONORAGAN, REGENCY, SEPATIN
from rembuk.seed.scene import Scene, hat_of, moment, username_of
from rembuk.seed.story import TODAY

FIRST, SECOND, REJECTED_ON = date(2026, 8, 19), date(2026, 9, 10), date(2026, 9, 17)
HELP = {"help_agency": "dpu", "help_text": "Hitungan volume titian ulin RT 02 perlu diperiksa petugas teknis."}
SHEET = SheetValues(access_used="river", travel_minutes="95", work_minutes="120", signal="weak", sign="program")
CHECK = FindingValues(
    "critical",
    "Kegiatan fisik belum semua diperiksa tim verifikasi",
    "Selesaikan lembar pemeriksaan teknis kegiatan fisik",
    "SDK",
)
BOARD = FindingValues("minor", "Papan informasi belum memuat RKP tahun ini", "Pasang ringkasan RKP di papan", "KAU")
WOMEN = FindingValues(
    "advice", "Kelompok perempuan baru bicara di akhir", "Buka sesi khusus perempuan", "TIM", mandatory=False
)
LATE = FindingValues(
    "major", "Daftar hadir musyawarah dusun belum lengkap", "Lengkapi tanda tangan daftar hadir", "SDK"
)


def plant(scenes: Sequence[Scene]) -> int:
    """Tell the season where its people are among *scenes*. Returns how many visits there are."""
    by_id = {scene.village.id: scene for scene in scenes}
    if MELINTANG in by_id:
        tell_melintang(by_id[MELINTANG])
    for key, day, findings in (
        (PONORAGAN, date(2026, 8, 25), ()),
        (SEPATIN, date(2026, 8, 27), (LATE, BOARD)),
    ):
        if key in by_id:
            tell_one(by_id[key], day, findings)
    plan_coming(by_id)
    services.let_time_pass(TODAY)
    return Visit.objects.count()


def sheet_for(scene: Scene, day: date, *findings: FindingValues, **more: object) -> SheetValues:
    """Return a sheet of *day* that says of every last promise that it is as it was."""
    seen = tuple(PromiseValues(str(item.pk), "working", "") for item in asked_on_visit(scene.village.id))
    values = {**{name: getattr(SHEET, name) for name in SHEET.__dataclass_fields__}, "promises": seen, **more}
    return SheetValues(**{**values, "visit_date": day.isoformat(), "findings": findings, "no_findings": not findings})


def visited(scene: Scene, by: Hat, day: date, values: SheetValues, stage: str = "") -> Visit:
    """Make a visit on its day and hand in its sheet that evening."""
    key = scene.key("kunjungan", day.isoformat())
    begin = DropInValues(scene.village.id, day.isoformat(), stage=stage)
    services.drop_in(visit_id=key, values=begin, actor=by, at=moment(day, 9))
    return services.report_visit(visit_id=key, values=values, actor=by, at=moment(day, 19))


def tell_melintang(scene: Scene) -> None:
    """Two visits: what the first found minor is kept; the critical promise of the second was not proven yet."""
    mentor, ptp = hat_of("pendamping"), hat_of("ptpd")
    head, secretary = hat_of("kades"), hat_of("sekdes")
    if mentor is None or ptp is None or head is None or secretary is None:
        return
    people = (ContactValues("Sekretaris Desa", "sekdes", "P"), ContactValues("Ketua RT 03", "RT", "L"))
    first = visited(
        scene,
        mentor,
        FIRST,
        sheet_for(scene, FIRST, BOARD, contacts=people, participation="RT 03 dan kelompok perempuan didengar"),
        "K5",
    )
    services.acknowledge_visit(visit_id=first.pk, actor=head, at=moment(FIRST + timedelta(days=1), 10))
    board = ActionItem.objects.get(finding__visit=first)
    hand_in(scene, board, secretary, FIRST + timedelta(days=9), "papan")
    services.verify_item(item_id=board.pk, note="Foto papan cocok", actor=ptp, at=moment(date(2026, 8, 31), 10))
    answers = (AnswerValues("K7-1", "no", "empat kegiatan belum"), AnswerValues("K7-2", "yes"))
    second = visited(
        scene, mentor, SECOND, sheet_for(scene, SECOND, CHECK, WOMEN, answers=answers, stage="K7", **HELP), "K7"
    )
    services.acknowledge_visit(visit_id=second.pk, actor=secretary, at=moment(SECOND + timedelta(days=1), 9))
    critical = ActionItem.objects.get(finding__visit=second, severity="critical")
    hand_in(scene, critical, secretary, REJECTED_ON - timedelta(days=2), "lembar-periksa")
    services.reject_item(
        item_id=critical.pk,
        note="Baru dua dari empat kegiatan. Lembarnya belum ditandatangani tim verifikasi.",
        actor=ptp,
        at=moment(REJECTED_ON, 11),
    )


def hand_in(scene: Scene, item: ActionItem, by: Hat, day: date, name: str) -> None:
    services.submit_evidence(
        item_id=item.pk,
        evidence_id=scene.key("bukti-janji", name),
        file=Uploaded(pictures.board_walk(), f"{name}.jpg"),
        note="Sudah dikerjakan",
        actor=by,
        at=moment(day, 15),
    )


def tell_one(scene: Scene, day: date, findings: tuple[FindingValues, ...]) -> None:
    """One visit by the district's team; the village objects to findings it does not share."""
    ptp = hat_of(username_of(Role.PTP, scene.village.district_id))
    secretary = hat_of(username_of(Role.SDK, scene.village.id))
    if ptp is None or secretary is None:
        return
    visit = visited(scene, ptp, day, sheet_for(scene, day, *findings), "K5")
    objection = "Daftar hadir dusun sudah lengkap di kantor desa." if findings else ""
    services.acknowledge_visit(visit_id=visit.pk, objection=objection, actor=secretary, at=moment(day, 20))


def plan_coming(by_id: dict[str, Scene]) -> None:
    """Plan the coming weeks with whoever is there; one visit is confirmed, one moved, one was missed."""
    staff = hat_of("staf")
    if staff is None:
        return
    ids = [key for key in (MELINTANG, PONORAGAN, SEPATIN) if key in by_id]
    ids += [
        v.id for v in Village.objects.filter(district_id=MELINTANG[:8], pk__in=by_id).order_by("id") if v.id not in ids
    ]
    plan(staff, "musim", ids, date(2026, 9, 22), date(2026, 10, 9), date(2026, 9, 14))
    missed = [key for key in ids if key not in (MELINTANG, PONORAGAN, SEPATIN)][:1]
    if missed:
        plan(staff, "terlewat", missed, date(2026, 9, 9), date(2026, 9, 9), date(2026, 9, 1))
    mine = Visit.objects.filter(village_id=MELINTANG, state="planned").order_by("planned_date").first()
    head = hat_of("kades")
    if mine is not None and head is not None:
        services.confirm_visit(visit_id=mine.pk, actor=head, at=moment(date(2026, 9, 16), 10))
    other = Visit.objects.filter(village_id=PONORAGAN, state="planned").order_by("planned_date").first()
    if other is not None:
        values = MoveValues("2026-10-13", "water_level", "Air surut, perahu tidak sampai")
        services.reschedule_visit(
            visit_id=other.pk, new_id=chance.key("ganti", other.pk), values=values, actor=staff, at=moment(TODAY, 8)
        )


def plan(staff: Hat, name: str, ids: list[str], start: date, end: date, on: date) -> None:
    if not ids:
        return
    key: UUID = chance.key(REGENCY, "kunjungan", name)
    values = PlanValues(start=start.isoformat(), end=end.isoformat(), local=True, note="Musim kunjungan September")
    services.plan_visits(season_id=key, village_ids=ids, values=values, actor=staff, at=moment(on, 9))
