"""A village year in the browser: ten people by turns, from a wish told on a phone to the Perdes that answers it.

Each does the act that is theirs on the page where it is done. What would only repeat (the other wishes, the meetings
of the hamlets, the lines of estimates, uploading scans) is prepared by the services of `journeys.road`, which every
page calls as well; nothing is written past a gate. All of it happens today.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import places
from journeys.road import WISHES, Road
from rembuk.core.hat import Role
from rembuk.cycles.models import StageRecord
from rembuk.plans.content import content_hash
from rembuk.plans.models import RkpdesItem
from rembuk.plans.queries import plan_by_id
from rembuk.proposals.models import Proposal
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
WISH = "Titian ulin RT 01"


class Year:
    """The road of a village and the pages of its people; each signs in once, when it is their turn."""

    def __init__(self, road: Road, sign_in: Callable[..., Any]) -> None:
        self.road, self.sign_in = road, sign_in
        self.pages: dict[Role | None, Any] = {}
        self.code = ""

    def at(self, role: Role | None, route: str, *args: object, width: int = 1280) -> Any:
        """Return the page of *role* (None: anybody) at an address."""
        if role not in self.pages:
            self.pages[role] = self.sign_in(self.road.people[role] if role else None, width)
        page = self.pages[role]
        page.goto(reverse(route, args=args))
        return page

    def complete(self, stage: str) -> None:
        """Declare a stage done as its decider; somebody of the district confirms its date."""
        page = self.at(Role.BPD if stage in ("K1", "K11") else Role.KAD, "cycles:stage", self.road.cycle.pk, stage)
        page.fill("#selesai input[name=done_date]", self.road.day.isoformat())
        press(page, "Tahapan selesai")
        page = self.at(Role.PTP, "cycles:stage", self.road.cycle.pk, stage)
        press(page, "Tanggal cocok dengan surat")
        says(page, "Tanggal sudah dikonfirmasi")


def press(page: Any, label: str) -> None:
    """Press a button that sends its form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).first.click()


def says(page: Any, words: str) -> None:
    sync_api.expect(page.locator("main")).to_contain_text(words)


@pytest.fixture
def year(sign_in: Callable[..., Any]) -> Year:
    with setting_up():
        village = places.melintang()
    road = Road(village, clock.today().year, clock.today(), lambda _day: clock.now())
    road.settle()
    return Year(road, sign_in)


def team_by_decree(year: Year) -> None:
    """The head tries too early, reads what is missing, and closes the stage when the decree lies there."""
    page = year.at(Role.KAD, "cycles:stage", year.road.cycle.pk, "K2")
    says(page, "SK Tim Penyusun RKP (F01) belum ada")
    page.fill("#selesai input[name=done_date]", year.road.day.isoformat())
    press(page, "Tahapan selesai")
    says(page, "Tim baru 0 orang")
    assert StageRecord.objects.get(cycle=year.road.cycle, stage="K2").state == "open"
    year.road.team("drafting", "188/4")
    year.complete("K2")


def planning_meeting(year: Year) -> None:
    """The chair of the BPD closes the planning meeting and has its minutes signed."""
    year.road.register_rpjmdes()
    year.road.team("verification", "188/5")
    chair_signs(year, "MUSDES_P", Role.BPD, "140/10/BA")
    year.complete("K1")


def chair_signs(year: Year, kind: str, by: Role, number: str) -> None:
    """The chair opens the hall, records the decision, closes and says that the minutes are signed."""
    meeting = year.road.call(kind, by)
    page = year.at(by, "deliberation:detail", meeting.id)
    press(page, "Buka musyawarah")
    year.road.come(meeting, by)
    year.road.note(meeting, by)
    page.fill("#k-teks", "Menyepakati hasil pembahasan.")
    press(page, "Catat keputusan")
    press(page, "Tutup musyawarah")
    page.fill("#nomor", number)
    for box in page.locator("input[name^=ttd_]").all():
        box.check()
    press(page, "Nyatakan ditandatangani")
    sync_api.expect(page.locator("#berita-acara .stamp")).to_contain_text(number)


def ceilings(year: Year) -> None:
    """The staff has written the letter down; the head of division issues it; the village sees it."""
    year.road.enter_ceilings()
    where = (year.road.village.id, year.road.year + 1)
    press(year.at(Role.KBD, "funding:village", *where), "Terbitkan pagu desa ini")
    says(year.at(Role.SDK, "funding:village", *where), "340.000.000")
    year.complete("K3")
    year.road.lay("K4", "F20")
    year.complete("K4")


def wish_on_a_phone(year: Year) -> None:
    """The head of an RT tells a wish on a phone and gets the slip."""
    page = year.at(Role.RTK, "proposals:new", width=360)
    page.fill("#usulan", WISH)
    page.get_by_label("Dusun Hulu").check()
    page.fill("#biaya", "100.000.000")
    page.fill("#artm", "20")
    press(page, "Kirim usulan")
    says(page, "Usulan terkirim")
    year.code = page.locator(".slip .code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", year.code)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def wishes_checked(year: Year) -> None:
    """The secretary looks at the wish, the verification team goes there; then the hamlets meet and rank."""
    road, number = year.road, Proposal.objects.get().number
    page = year.at(Role.SDK, "proposals:detail", number)
    press(page, "Sudah saya lihat")
    page.goto(f"{page.url.split('?')[0]}?cari_kode=2.3.11")
    page.get_by_label(re.compile("^2.3.11")).check()
    press(page, "Pastikan kode")
    page.select_option("#w", "village")
    press(page, "Simpan wewenang")
    page = year.at(Role.VRF, "proposals:detail", number)
    page.locator("input[name=hasil][value='PRIK-01']").check()
    page.fill("#lihat", "Titian lapuk, lokasi siap.")
    press(page, "Simpan hasil")
    wish = Proposal.objects.get()
    assert (wish.state, wish.activity_code, wish.authority) == ("checked", "2.3.11", "village")
    for hamlet, title, code, _points in WISHES[1:]:
        other = road.propose(hamlet, title)
        road.look_at(other, code)
        road.field_check(other, passed="sengketa" not in title)
    road.hamlet_meetings()
    road.lay("K5", "F14")
    year.complete("K5")


def draft_by_the_team(year: Year) -> None:
    """The team counts what the money reaches, the head adopts it, the team types in the grid."""
    road = year.road
    page = year.at(Role.TIM, "budgeting:cycle", road.cycle.pk)
    page.select_option("#musyawarah", "")
    press(page, "Hitung prioritas")
    press(year.at(Role.KAD, "budgeting:cycle", road.cycle.pk), "Sahkan atas nama musyawarah")
    page = year.at(Role.TIM, "plans:grid", road.plan().id)
    row = page.locator("tr[data-first]", has=page.locator("th.act", has_text=WISH))
    row.locator('[data-f="target"]').click()
    page.keyboard.type("Warga RT 01")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("[data-told]")).to_contain_text("Tersimpan")
    assert RkpdesItem.objects.get(name=WISH).target == "Warga RT 01"
    for item in road.plan().items.all():
        road.work_out(item)
    for code in ("F26", "F28", "F03"):
        road.lay("K6", code, by=Role.TIM)
    year.complete("K6")


def checked_by_others(year: Year) -> None:
    """The verification team fills the sheet of each item and says that it is done; the head approves the draft."""
    road = year.road
    for item in road.plan().items.all():
        page = year.at(Role.VRF, "plans:technical", item.id)
        for select in page.locator("select[name^=p]").all():
            select.select_option("fit")
        page.locator("input[name=hasil][value=layak]").check()
        press(page, "Simpan lembar pemeriksaan")
    press(year.at(Role.VRF, "plans:steps", road.plan().id), "Nyatakan pemeriksaan selesai")
    road.lay("K7", "F29")
    year.complete("K7")
    press(year.at(Role.KAD, "plans:steps", road.plan().id), "Setujui rancangan")
    assert road.plan().state == "head_approved"
    year.complete("K8")


def musrenbang(year: Year) -> None:
    """The hall agrees on a change; the team answers it and closes the final draft."""
    road = year.road
    press(year.at(Role.SDK, "plans:steps", road.plan().id), "Buka rancangan untuk hasil Musrenbang")
    chair_signs(year, "MUSREN", Role.KAD, "140/20/BA")
    year.complete("K9")
    page = year.at(Role.TIM, "plans:steps", road.plan().id)
    page.fill("#teks", "Titian dimulai dari hulu.")
    press(page, "Catat kesepakatan")
    press(page, "Sudah dimasukkan")
    press(page, "Selesaikan rancangan akhir")
    assert road.plan().state == "final"
    road.lay("K10", "F26")
    road.lay("K10", "F19", signed=False)
    year.complete("K10")


def agreed_and_enacted(year: Year) -> None:
    """The BPD agrees in its hall and answers those who waited; the head enacts the plan by Perdes."""
    road, today = year.road, year.road.day.isoformat()
    chair_signs(year, "MUSDES_E", Role.BPD, "140/30/BA")
    page = year.at(Role.BPD, "plans:steps", road.plan().id)
    page.fill("#nomor_bpd", "4/BPD")
    page.fill("#tanggal_bpd", today)
    press(page, "Catat kesepakatan BPD")
    road.lay("K11", "F35", by=Role.BPD, number="4/BPD")
    year.complete("K11")
    page = year.at(Role.KAD, "plans:steps", road.plan().id)
    for field, text in {"nomor": "5", "tanggal": today, "diundangkan": today, "lembaran": "5"}.items():
        page.fill(f"#{field}", text)
    press(page, "Tetapkan dan undangkan")
    says(page, "cocok dengan isi sekarang")
    road.lay("K12", "F19", number="5")
    year.complete("K12")


def everybody_reads_the_answer(year: Year) -> None:
    """Without an account: the slip's code tells what became of the wish, and the plan is open to all."""
    page = year.at(None, "proposals:track", width=360)
    page.fill("#kode", year.code.lower())
    press(page, "Lihat")
    says(page, WISH)
    says(page, "Perdes Nomor 5")
    page = year.at(None, "plans:public", year.road.plan().id)
    says(page, WISH)


def test_a_wish_told_on_a_phone_becomes_part_of_the_perdes(year: Year) -> None:
    team_by_decree(year)
    planning_meeting(year)
    ceilings(year)
    wish_on_a_phone(year)
    wishes_checked(year)
    draft_by_the_team(year)
    checked_by_others(year)
    musrenbang(year)
    agreed_and_enacted(year)
    everybody_reads_the_answer(year)
    plan = plan_by_id(year.road.plan().id)
    assert (plan.state, plan.content_hash) == ("enacted", content_hash(plan))
    assert {item.name for item in plan.items.all()} == {title for _hamlet, title, _code, _points in WISHES[:3]}
    done = StageRecord.objects.filter(cycle=year.road.cycle, state="done", confirmed_at__isnull=False)
    assert set(done.values_list("stage", flat=True)) == {f"K{number}" for number in range(1, 13)}
