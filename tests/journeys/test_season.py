"""A season in the browser: planned by the office, published to the forums, guided on a phone, proven, and only then
counted.

What only repeats (team by decree, ceilings, wishes, the draft, who came) is done by the services of `journeys.road`,
which every page calls as well. The clock of the program stands on the day of the road. Pages are held against axe.
"""

import io
from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from deliberation.given import INVITEES
from factories import people, places
from journeys import test_road_by_services as rkp
from journeys.desk import PHONE, Desks
from journeys.road import Road, noon
from journeys.test_accessible import faults_here
from journeys.test_village_year import press, says
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.deliberation import services as deliberation
from rembuk.deliberation.models import Meeting
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import verified_cycles
from rembuk.guidance.season.models import Season, SeasonPlan, SeasonTeam
from rembuk.guidance.season.services import planning
from rembuk.plans import services as plans
from rembuk.plans.services import EvaluationValues
from rembuk.shared import clock, jobs
from rembuk.shared.models import Job
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
LEGS = b"dari,ke,menit,sungai,searah\nMuara Wis,Melintang,40,ya,\nMelintang,Enggelam,35,ya,\nMuara Wis,Perian,90,ya,\n"
SCAN = {"name": "berita-acara.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 berita acara"}
BY_HAND = ("B14", "B15", "B17", "B20")
TOLD = ("D02", "D08", "D12")


@pytest.fixture
def road(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Road:
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        village = places.melintang()
        village.access_mode = "river"
        village.save()
    made = Road(village, 2026, date(2026, 1, 12), noon)
    made.settle()
    with setting_up():
        for role in (Role.FAS, Role.CAM):
            made.people[role] = people.holder(role, village)
    for other in (places.enggelam(), places.perian()):
        cycles.open_cycle(village=other, plan_year=made.year, actor=made.hat(Role.STF), at=made.at)
    monkeypatch.setattr(clock, "now", lambda: made.at.astimezone(UTC))
    monkeypatch.setattr(planning, "SEARCH_SECONDS", 0.3)
    return made


@pytest.fixture
def desks(road: Road, sign_in: Callable[..., Any]) -> Desks:
    return Desks(road, sign_in)


class Phone:
    """The guide's telephone."""

    def __init__(self, road: Road, sign_in: Callable[..., Any]) -> None:
        self.page = sign_in(road.people[Role.FAS], PHONE)

    def at(self, address: str) -> Any:
        assert self.page.goto(address).status == 200
        return self.page

    def fits(self, name: str) -> None:
        assert faults_here(self.page, name, PHONE) == []


@pytest.fixture
def phone(road: Road, sign_in: Callable[..., Any]) -> Phone:
    return Phone(road, sign_in)


def picture(colour: str) -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(out, "JPEG")
    return {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def forum_in(road: Road) -> Facilitation:
    return Facilitation.objects.get(cycle=road.cycle)


def meeting_in(road: Road) -> Meeting:
    return Meeting.objects.get(cycle=road.cycle, kind="MUSREN")


def screen(road: Road, phase: str) -> str:
    return f"{reverse('facilitation:screen', args=[forum_in(road).pk])}?fase={phase}"


# the season


def the_village_prepares(road: Road) -> None:
    """Up to the approved draft; with last year's plan looked back on."""
    for step in (
        rkp.team_and_planning_meeting,
        rkp.ceilings,
        rkp.wishes_of_three_hamlets,
        rkp.draft,
        rkp.checked_and_approved,
    ):
        step(road)
    done = [EvaluationValues(name="Titian dusun hulu", realised=True, amount=40_000_000, realised_amount=39_500_000)]
    plans.save_evaluation(cycle_id=road.cycle.pk, rows=done, actor=road.hat(Role.TIM), at=road.at)


def the_office_opens_a_season(road: Road, desks: Desks) -> Season:
    """Asks for every forum, opens the window, writes two teams down: one member is picked by account."""
    road.day = date(2026, 8, 28)
    page = desks.at(Role.STF, "facilitation:list")
    press(page, "Minta 3 forum")
    page = desks.at(Role.STF, "season:new")
    desks.sound(page, "new season")
    for field, text in {"nama": "Musim Danau", "tahun": "2026", "mulai": "2026-09-07", "selesai": "2026-09-25"}.items():
        page.fill(f"#{field}", text)
    page.fill("#kedudukan", "Muara Wis")
    press(page, "Buka musim")
    season = Season.objects.get()
    says(page, "Tabel waktu tempuh belum ada")
    for number, (name, woman) in enumerate((("Tim Danau", "Siti Rahma"), ("Tim Hilir", "Rina Wati"))):
        page = desks.at(Role.STF, "season:new_team", season.pk)
        page.fill("#nama", name)
        page.fill("#pangkalan", "Muara Wis")
        page.fill("#kursi", "8")
        page.fill("#anggota-1", woman)
        page.select_option("#jk-1", "P")
        if number == 0:
            page.select_option("#akun-1", str(road.people[Role.PTP].person_id))
            press(page, "Simpan tim")
            says(page, "Pilih L atau P untuk")
            page.select_option("#jk-2", "L")
        else:
            page.fill("#anggota-2", "Joko Susilo")
            page.select_option("#jk-2", "L")
        desks.sound(page, f"team {number}")
        press(page, "Simpan tim")
    desks.sound(desks.at(Role.STF, "season:teams", season.pk), "teams")
    return season


def the_plan_is_made_and_published(road: Road, desks: Desks, season: Season) -> SeasonPlan:
    page = desks.at(Role.STF, "season:travel", season.pk)
    page.set_input_files("#berkas", {"name": "jalan.csv", "mimeType": "text/csv", "buffer": LEGS})
    page.fill("#sumber", "Pemilik perahu Muara Wis, ditanya 27 Agustus")
    desks.sound(page, "travel")
    press(page, "Impor")
    says(page, "Waktu tempuh tersimpan")
    # PTPD of Muara Wis may not guide in another kecamatan, so its team is agreed with Melintang beforehand.
    team = SeasonTeam.objects.get(name="Tim Danau")
    agreed(desks, season, road.village.id, str(team.pk), "2026-09-09")
    agreed(desks, season, places.enggelam().id, str(team.pk), "2026-09-15")
    agreed(desks, season, places.perian().id, str(SeasonTeam.objects.get(name="Tim Hilir").pk), "2026-09-10")
    page = desks.at(Role.STF, "season:season", season.pk)
    press(page, "Susun jadwal")
    jobs.run_job(Job.objects.get(name=planning.PLAN_JOB).pk)
    page.get_by_role("link", name="Buka hasilnya").click()
    says(page, "Belum terjadwal")
    plan = SeasonPlan.objects.get()
    desks.sound(page, "calendar")
    assert not Facilitation.objects.filter(day__isnull=False).exists()
    page.get_by_role("link", name="Terbitkan").click()
    says(page, "3 forum mendapat hari")
    desks.sound(page, "publish")
    press(page, "Terbitkan jadwal")
    says(page, "Tiap desa dan tim melihat harinya")
    return plan


def agreed(desks: Desks, season: Season, village: str, team: str, day: str) -> None:
    page = desks.at(Role.STF, "season:wish", season.wishes.get(village=village).pk)
    page.select_option("#tim-tetap", team)
    page.fill("#tanggal-tetap", day)
    press(page, "Simpan")


def the_village_reads_its_day(road: Road, desks: Desks) -> None:
    """On its cycle, as a letter, as a duty to invite in time; it plans the meeting on that day and invites."""
    page = desks.at(Role.SDK, "cycles:cycle", road.cycle.pk)
    for words in ("Musrenbangdes dijadwalkan", "Rabu, 9 September 2026", "Siti Rahma", "Rabu, 2 September 2026"):
        says(page, words)
    desks.sound(page, "cycle with its forum day")
    page.get_by_role("link", name="Surat jadwal").click()
    says(page, "Undangan dan pengumuman sampai paling lambat")
    desks.sound(page, "letter")
    page = desks.at(Role.SDK, "dashboards:home")
    page.locator(f"a[href*='{reverse('deliberation:create', args=[road.cycle.pk])}']").first.click()
    sync_api.expect(page.locator("select[name=kind]")).to_have_value("MUSREN")
    page.fill("input[name=scheduled_at]", "2026-09-09T12:00")
    page.fill("[name=location]", "Balai desa")
    page.fill("textarea[name=agenda]", "Pembukaan\nPembahasan")
    press(page, "Rencanakan musyawarah")
    deliberation.invite_meeting(
        meeting_id=meeting_in(road).pk,
        invitees=INVITEES,
        invitation_date=road.day,
        actor=road.hat(Role.SDK),
        at=road.at,
    )


# the forum


def tick(phone: Phone, road: Road, phase: str, codes: tuple[str, ...]) -> None:
    page = phone.at(screen(road, phase))
    for code in codes:
        page.locator(f"input[name='butir-{code}'][value=yes]").check()
    phone.fits(f"checklist {phase}")
    press(page, "Simpan jawaban")


def the_forum_is_made_ready(road: Road, phone: Phone) -> None:
    """The guide ticks what only people know; everything else is answered by data, so no reason is asked for."""
    tick(phone, road, "sebelum", BY_HAND)
    page = phone.at(reverse("facilitation:forum", args=[forum_in(road).pk]))
    says(page, "Semua syarat wajib lengkap")
    phone.fits("forum")
    press(page, "Nyatakan siap")
    assert (forum_in(road).state, forum_in(road).override_reason) == ("ready", "")


def the_forum_is_guided_on_a_phone(road: Road, phone: Phone) -> None:
    """Opened, counted by taps, closed: the record of the meeting leads the forum to held."""
    road.day = date(2026, 9, 9)
    plans.hold_musrenbang(plan_id=road.plan().id, on=road.day, actor=road.hat(Role.SDK), at=road.at)
    hall = meeting_in(road)
    room = reverse("deliberation:detail", args=[hall.pk])
    page = phone.at(room)
    press(page, "Buka musyawarah")
    page = phone.at(screen(road, "saat"))
    for name in ("+1 perempuan", "+1 perempuan", "+1 laki-laki"):
        button = page.get_by_role("button", name=name)
        before = int(button.locator("b").inner_text())
        button.click()
        sync_api.expect(page.get_by_role("button", name=name).locator("b")).to_have_text(str(before + 1))
    sync_api.expect(page.locator("#bicara")).to_contain_text("66 % perempuan")
    road.come(hall, Role.FAS)
    road.note(hall, Role.FAS)
    tick(phone, road, "saat", TOLD)
    page = phone.at(room)
    page.fill("#k-teks", "Menyepakati prioritas dan daftar usulan ke atas.")
    press(page, "Catat keputusan")
    press(page, "Tutup musyawarah")
    page = phone.at(reverse("facilitation:forum", args=[forum_in(road).pk]))
    press(page, "Simpan keadaan terbaru")
    phone.fits("forum that was held")
    assert forum_in(road).state in ("held", "minutes_draft")


# what proves it


def counted(road: Road) -> frozenset[UUID]:
    return verified_cycles([road.cycle.pk])


def board_says(desks: Desks, words: str) -> None:
    page = desks.at(Role.STF, "facilitation:board")
    sync_api.expect(page.locator("h1")).to_contain_text(words)


def the_head_signs(road: Road, desks: Desks) -> None:
    page = desks.at(Role.KAD, "deliberation:detail", meeting_in(road).pk)
    page.fill("#nomor", "140/20/BA")
    for box in page.locator("input[name^=ttd_]").all():
        box.check()
    page.set_input_files("#berita-acara input[type=file]", SCAN)
    press(page, "Nyatakan ditandatangani")
    assert counted(road) == frozenset()
    board_says(desks, "0 dari 3 desa")


def the_evidence_is_brought(road: Road, desks: Desks) -> None:
    """The village is told what is missing, and uploads it; nobody of the team can verify it."""
    page = desks.at(Role.SDK, "facilitation:evidence", forum_in(road).pk)
    says(page, "Bukti kurang 1")
    page = desks.at(Role.CAM, "facilitation:evidence", forum_in(road).pk)
    sync_api.expect(page.get_by_role("button", name="Verifikasi bukti")).to_have_count(0)
    page = desks.at(Role.SDK, "deliberation:detail", meeting_in(road).pk)
    page.set_input_files("#foto input[type=file]", [picture("navy"), picture("teal")])
    press(page, "Simpan foto")
    page = desks.at(Role.SDK, "facilitation:evidence", forum_in(road).pk)
    says(page, "Bukti lengkap")
    desks.sound(page, "evidence")
    page = desks.at(Role.PTP, "facilitation:evidence", forum_in(road).pk)
    sync_api.expect(page.get_by_role("button", name="Verifikasi bukti")).to_have_count(0)
    board_says(desks, "0 dari 3 desa")


def somebody_else_verifies(road: Road, desks: Desks) -> None:
    page = desks.at(Role.CAM, "facilitation:evidence", forum_in(road).pk)
    desks.sound(page, "evidence to verify")
    press(page, "Verifikasi bukti")
    says(page, "Forum ini terhitung sudah Musrenbang")
    assert counted(road) == frozenset({road.cycle.pk})
    board_says(desks, "1 dari 3 desa")
    desks.sound(desks.of(Role.STF), "board")


def test_a_forum_is_scheduled_guided_proven_and_only_then_counted(road: Road, desks: Desks, phone: Phone) -> None:
    the_village_prepares(road)
    season = the_office_opens_a_season(road, desks)
    the_plan_is_made_and_published(road, desks, season)
    the_village_reads_its_day(road, desks)
    the_forum_is_made_ready(road, phone)
    the_forum_is_guided_on_a_phone(road, phone)
    the_head_signs(road, desks)
    the_evidence_is_brought(road, desks)
    somebody_else_verifies(road, desks)
