"""In the browser: an RPJM Desa drafted and reviewed, a plan that a lower ceiling cuts, a budget that comes back, works.

What would only repeat (stages, meetings, scans) is done by the services of `journeys.road`, which every page calls as
well. The clock of the program stands on the day of the road.
"""

from collections.abc import Callable
from datetime import UTC, date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from budgeting.apb_given import enacted_plan
from factories import places
from journeys import test_road_by_services as rkp
from journeys import test_rpjm_road as rpjm
from journeys.desk import Desks
from journeys.road import noon
from journeys.test_village_year import press, says
from journeys.whole import WholeRoad, first_wishes
from rembuk.assessment.models import Assessment, Entry
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Cycle
from rembuk.plans import services as plans
from rembuk.plans.models import DuRkpdesItem, EvaluationRow, RkpdesVersion, Rpjmdes, RpjmdesReason
from rembuk.proposals.models import Proposal
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up
from rembuk.works.models import Work
from works.given import photo

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
SISKEUDES = Path(__file__).parents[2] / "contoh" / "apb-desa.xlsx"
TITIAN, SUMUR, POSYANDU = first_wishes()
BRIDGE = "Pembangunan titian kayu ulin jalur sekolah"
SCAN = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 surat"}


class BrowsedRoad(WholeRoad):
    """The whole road, on which the secretary has begun the RPJM Desa in the browser."""

    def begin(self) -> None:
        self.yearly, self.cycle = self.cycle, Cycle.medium_term.get(village=self.village)


@pytest.fixture
def road(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> WholeRoad:
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        village = places.melintang()
    made = BrowsedRoad(village, 2026, date(2026, 1, 12), noon)
    made.settle()
    monkeypatch.setattr(clock, "now", lambda: made.at.astimezone(UTC))
    return made


@pytest.fixture
def desks(road: WholeRoad, sign_in: Callable[..., Any]) -> Desks:
    return Desks(road, sign_in)


# RPJM Desa


def a_new_head_begins(road: WholeRoad, desks: Desks) -> None:
    """The secretary writes the day of the inauguration down; the years follow from it."""
    road.day = date(2027, 1, 20)
    desks.sound(desks.at(Role.SDK, "cycles:rpjm_list"), "list of RPJM")
    page = desks.at(Role.SDK, "cycles:open_rpjm", road.village.id)
    desks.sound(page, "begin RPJM")
    page.fill("input[name=inauguration_date]", rpjm.INAUGURATION.isoformat())
    press(page, "Mulai RPJM Desa")
    made = Cycle.medium_term.get(village=road.village)
    assert (made.start_year, made.end_year) == (2027, 2034)


def the_hamlets_are_studied_by_keyboard(road: WholeRoad, desks: Desks) -> None:
    """The team fills calendar, tree and ranking without touching the mouse."""
    page = desks.at(Role.TIM, "assessment:open")
    press(page, "Buka pengkajian")
    made = Assessment.objects.get(village=road.village)
    page = desks.at(Role.TIM, "assessment:seasons", made.pk)
    page.focus("#baru-isi")
    page.keyboard.type("Banjir besar")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("button[data-month='10']").focus()
    with page.expect_response(lambda answer: "/tanda/" in answer.url):
        page.keyboard.press("3")
    assert Entry.objects.get(tool="seasons").marks[10] == 3
    desks.sound(page, "calendar")
    page = desks.at(Role.TIM, "assessment:trees", made.pk)
    page.fill("#inti", "Air bersih kurang")
    page.focus("#penyebab")
    for key in ("Sumur keruh", "Enter", "Tab", "Banjir tiap tahun"):
        page.keyboard.press(key) if key in ("Enter", "Tab") else page.keyboard.type(key)
    press(page, "Gambar pohon")
    desks.sound(page, "problem tree")
    page = desks.at(Role.TIM, "assessment:ranking", made.pk, "problem")
    page.fill("#g", "Perempuan")
    press(page, "Buka kisi")
    page.locator("[data-score-grid] input[inputmode=numeric]").first.focus()
    for _cell in range(page.locator("[data-score-grid] input[inputmode=numeric]").count()):
        page.keyboard.type("4")
    desks.sound(page, "ranking")
    press(page, "Simpan nilai kelompok")
    says(page, "Perempuan")


def the_matrix_is_typed(road: WholeRoad, desks: Desks) -> None:
    """One year of one activity, typed into its cell."""
    page = desks.at(Role.TIM, "plans:rpjm_draft", road.cycle.pk)
    desks.sound(page, "RPJM matrix")
    item = road.rpjmdes().items.get(name="Titian ulin RT 01")
    row = page.locator("tr[data-first]", has=page.locator("th.act", has_text=item.name))
    row.locator('[data-f="amount:2029"]').click()
    page.keyboard.type("25.000.000")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("[data-told]")).to_contain_text("Tersimpan")
    item.refresh_from_db()
    assert item.year_costs["2029"] == 25_000_000
    desks.sound(desks.at(Role.TIM, "plans:rpjm_item", item.pk), "activity of the RPJM")


def the_rpjm_is_enacted(road: WholeRoad) -> None:
    for step in (
        rpjm.approved_after_a_return,
        rpjm.musrenbang,
        rpjm.final_draft,
        rpjm.agreed,
        rpjm.enacted,
        rpjm.clarified_and_published,
    ):
        step(road)


def the_rpjm_is_reviewed(road: WholeRoad, desks: Desks) -> None:
    """A changed row wants its reason; the steps say so until it is written."""
    road.day = date(2028, 2, 7)
    page = desks.at(Role.SDK, "plans:rpjm_open_review", road.village.id)
    desks.sound(page, "begin a review")
    page.locator("input[name=dasar][value=POLICY_CHANGE]").check()
    page.fill("#nomor", "050/12")
    page.fill("#tanggal", "2028-01-31")
    press(page, "Buka peninjauan")
    made = Rpjmdes.objects.get(supersedes__isnull=False)
    row = made.items.get(name="Titian ulin RT 01")
    page = desks.at(Role.TIM, "plans:rpjm_review", made.cycle_id)
    page.get_by_label("Titian ulin RT 01, 2030").fill("40.000.000")
    press(page, "Simpan keputusan")
    says(page, "1 belum beralasan")
    says(desks.at(Role.KAD, "plans:rpjm_steps", made.cycle_id), "Titian ulin RT 01: berubah tanpa alasan")
    page = desks.at(Role.TIM, "plans:rpjm_review", made.cycle_id)
    page.fill(f"#a-{row.previous_id}", "Kayu ulin naik harganya.")
    press(page, "Simpan keputusan")
    desks.sound(page, "side by side")
    assert RpjmdesReason.objects.get(rpjmdes=made).text == "Kayu ulin naik harganya."
    page = desks.at(Role.KAD, "plans:rpjm_steps", made.cycle_id)
    sync_api.expect(page.locator("main")).not_to_contain_text("tanpa alasan")
    desks.sound(page, "steps of the RPJM")
    press(page, "Setujui rancangan")
    made.refresh_from_db()
    assert made.state == "head_approved"


def test_the_tools_of_the_assessment_are_filled_by_keyboard(road: WholeRoad, desks: Desks) -> None:
    a_new_head_begins(road, desks)
    the_hamlets_are_studied_by_keyboard(road, desks)


def test_an_rpjm_is_typed_enacted_and_reviewed_with_a_reason_for_what_changes(road: WholeRoad, desks: Desks) -> None:
    rpjm.wishes(road)
    a_new_head_begins(road, desks)
    rpjm.team_and_policy(road)
    rpjm.assessment(road)
    rpjm.planning_meeting(road)
    rpjm.draft(road)
    the_matrix_is_typed(road, desks)
    the_rpjm_is_enacted(road)
    the_rpjm_is_reviewed(road, desks)


# RKP Desa: the ceiling falls


def an_enacted_plan(road: WholeRoad) -> None:
    for step in (
        rkp.team_and_planning_meeting,
        rkp.ceilings,
        rkp.wishes_of_three_hamlets,
        rkp.draft,
        rkp.checked_and_approved,
        rkp.musrenbang,
        rkp.final_draft,
        rkp.agreed,
        rkp.enacted,
    ):
        step(road)


def the_office_opens_an_amendment_where_the_notice_leads(road: WholeRoad, desks: Desks) -> RkpdesVersion:
    """The final letter is lower: the desk of the secretary says so and leads to the cut line."""
    road.day = date(2026, 11, 23)
    road.final_ceiling(240_000_000, "900/77/BPKAD")
    page = desks.at(Role.SDK, "dashboards:home")
    says(page, "Pagu berubah lebih dari 5 %")
    page.get_by_role("link", name="Lihat garis potong").first.click()
    says(page, "Garis potong Dana Desa")
    desks.sound(page, "cut line")
    page.locator("input[name=dasar][value=CEILING_CHANGE]").check()
    page.fill("#nomor", "900/77/BPKAD")
    page.fill("#tanggal", road.day.isoformat())
    press(page, "Buka RKP Perubahan")
    return RkpdesVersion.objects.get(cycle=road.cycle, version_no=2)


def the_team_takes_out_what_the_money_does_not_reach(road: WholeRoad, desks: Desks, second: RkpdesVersion) -> None:
    gone = road.item(second, POSYANDU)
    page = desks.at(Role.TIM, "plans:amendment", second.pk)
    box = page.locator(f"input[name=keluar][value='{gone.pk}']")
    box.check()
    press(page, "Simpan perubahan")
    says(page, f"Tulis alasan mengeluarkan “{POSYANDU}”")
    sync_api.expect(box).to_be_checked()
    page.fill(f"#a-{gone.previous_id}", "Pagu Dana Desa turun; diusulkan lagi tahun depan.")
    press(page, "Simpan perubahan")
    says(page, "1 kegiatan berubah")
    desks.sound(page, "amendment")
    page = desks.at(Role.KAD, "plans:steps", second.pk)
    desks.sound(page, "steps of the RKP")
    press(page, "Setujui rancangan")


def the_special_meeting_agrees(road: WholeRoad, second: RkpdesVersion) -> None:
    road.day = date(2026, 12, 1)
    plans.hold_musrenbang(plan_id=second.pk, on=road.day, actor=road.hat(Role.TIM), at=road.at)
    hall = road.gather("MUSREN_X", Role.KAD)
    road.conclude(hall, Role.KAD, "141/40/BA")
    plans.finalise_plan(plan_id=second.pk, actor=road.hat(Role.TIM), at=road.at)
    plans.agree_plan(plan_id=second.pk, number="9/BPD/2026", on=road.day, actor=road.hat(Role.BPD), at=road.at)


def the_perdes_goes_step_by_step(road: WholeRoad, desks: Desks, second: RkpdesVersion) -> None:
    """Handed over, signed, promulgated, sent: each by the one whose act it is, each with the clock that then runs."""

    def record(by: Role, event: str, button: str, **fields: str) -> Any:
        page = desks.at(by, "plans:perdes", second.pk)
        for name, text in {"tanggal": road.day.isoformat(), **fields}.items():
            page.fill(f"#{event}-{name}", text)
        press(page, button)
        return page

    road.day = date(2026, 12, 3)
    desks.sound(desks.at(Role.BPD, "plans:perdes", second.pk), "Perdes before it is handed over")
    page = record(Role.BPD, "deliver", "Catat penyerahan ke Kepala Desa")
    says(page, "18 Desember 2026")  # fifteen days to sign
    road.day = date(2026, 12, 7)
    record(Role.KAD, "sign", "Catat tanda tangan", nomor="9 Tahun 2026")
    page = desks.at(Role.SDK, "plans:perdes", second.pk)
    page.fill("#promulgate-diundangkan", road.day.isoformat())
    press(page, "Undangkan Perdes")
    assert RkpdesVersion.objects.get(pk=second.pk).perdes_state == "promulgated"
    road.day = date(2026, 12, 9)
    record(Role.SDK, "send", "Catat pengiriman ke Bupati", nomor="140/91")
    page = desks.at(Role.SDK, "plans:perdes", second.pk)
    desks.sound(page, "Perdes that was sent")
    assert RkpdesVersion.objects.get(pk=second.pk).perdes_state == "sent_to_regent"


def what_is_not_the_villages_goes_up(road: WholeRoad, desks: Desks) -> None:
    """A row of the DU-RKP, agreed by the village and sent through the camat with its letter."""
    page = desks.at(Role.SDK, "plans:du", road.cycle.pk)
    need = {"name": "Jembatan kabupaten ke Desa Sebemban", "reason": "Jalan milik kabupaten.", "volume_text": "1 unit"}
    for name, text in {**need, "location": "Sungai Melintang", "destination": "Dinas PU"}.items():
        page.fill(f"#{name}", text)
    press(page, "Simpan baris")
    page.fill("#ba-nomor", "141/20/BA")
    page.fill("#ba-tanggal", road.day.isoformat())
    press(page, "Catat kesepakatan desa")
    page.fill("#sp-nomor", "140/90")
    page.fill("#sp-tanggal", road.day.isoformat())
    page.set_input_files("#sp-berkas", SCAN)
    desks.sound(page, "DU-RKP")
    press(page, "Catat terkirim lewat Camat")
    says(page, "140/90")
    row = DuRkpdesItem.objects.get(cycle=road.cycle)
    assert row.transmittal is not None and row.transmittal.number == "140/90"


def test_a_lower_ceiling_cuts_the_plan_and_its_perdes_keeps_its_clocks(road: WholeRoad, desks: Desks) -> None:
    an_enacted_plan(road)
    second = the_office_opens_an_amendment_where_the_notice_leads(road, desks)
    the_team_takes_out_what_the_money_does_not_reach(road, desks, second)
    the_special_meeting_agrees(road, second)
    the_perdes_goes_step_by_step(road, desks, second)
    assert {item.name for item in road.in_force().items.all()} == {TITIAN, SUMUR}
    what_is_not_the_villages_goes_up(road, desks)


# APB Desa and works

PLANNED = (
    ("1.1.01", "Penghasilan tetap dan tunjangan Kepala Desa", "Kantor Desa", {"ADD": 62_400_000}),
    ("1.1.04", "Operasional Pemerintah Desa", "Kantor Desa", {"ADD": 146_000_000}),
    ("2.2.02", "Penyelenggaraan Posyandu", "Desa", {"DDS": 24_000_000}),
    ("2.2.09", "Rehab posyandu Melati", "Dusun Hilir", {"DDS": 54_000_000}),
    ("2.3.11", BRIDGE, "Dusun Hulu", {"DDS": 100_000_000}),
)
"""What the village planned; the file of its bookkeeper gives the bridge less, Posyandu nothing, and adds a flood."""


def the_budget_comes_back(road: WholeRoad, desks: Desks) -> None:
    """The plan goes out as a file, the export of Siskeudes comes in as it is, the difference is named by activity."""
    page = desks.at(Role.SDK, "budgeting:apbdes", road.cycle.pk)
    page.locator("form[action$='/serahkan/'] button").click()
    says(page, "serah-terima-rkp-2027-v1.xlsx")
    desks.sound(page, "budget")
    with page.expect_download() as handed:
        page.get_by_role("link", name="serah-terima-rkp-2027-v1.xlsx").first.click()
    assert Path(handed.value.path()).read_bytes().startswith(b"PK")
    page.set_input_files("#berkas", SISKEUDES)
    press(page, "Baca berkas")
    says(page, "371.400.000")  # the printed sum, which its rows do not make
    page.locator("select", has=page.locator("option[value=darurat]")).last.select_option("darurat")
    page.locator("input[type=text][name^=alasan]").last.fill("Banjir November, disepakati Musdes khusus.")
    desks.sound(page, "file of the budget")
    page.locator("button[name=langkah][value=simpan]").click()
    says(page, "1 darurat tanpa RKP")
    page = desks.at(Role.SDK, "budgeting:difference", road.cycle.pk)
    for words in ("jumlah berubah", "tidak dianggarkan", "tanpa RKP"):
        says(page, words)
    desks.sound(page, "difference")


def the_bridge_is_built(road: WholeRoad, desks: Desks) -> Work:
    """Opened by the office, photographed by those who build, paid by the treasurer's office."""
    road.day = date(2027, 4, 14)
    page = desks.at(Role.SDK, "works:cycle", road.cycle.pk)
    press(page, "Buka 5 pekerjaan")
    desks.sound(page, "board of works")
    work = Work.objects.get(cycle=road.cycle, name=BRIDGE)
    road.see(work, 0)
    page = desks.at(Role.TPK, "works:work", work.pk)
    page.get_by_text("Catat kemajuan", exact=True).click()
    page.fill("#maju-tanggal", road.day.isoformat())
    page.fill("#persen", "40")
    page.set_input_files("#foto", {"name": "titian.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    press(page, "Simpan kemajuan")
    seen = work.progress.get(percent=40)
    assert seen.photo is not None
    page = desks.at(Role.KAU, "works:work", work.pk)
    page.get_by_text("Catat pembayaran", exact=True).click()
    page.fill("#bayar-tanggal", road.day.isoformat())
    page.select_option("#sumber", "DDS")
    page.fill("#jumlah", "38.400.000")
    desks.sound(page, "work")
    press(page, "Simpan pembayaran")
    says(page, "38.400.000")
    return work


def the_bridge_is_handed_over(road: WholeRoad, desks: Desks, work: Work) -> None:
    """With minutes and a keeper; what it will need is offered to the next plan."""
    for month, percent in ((5, 80), (6, 100)):
        road.day = date(2027, month, 14)
        road.see(work, percent)
    road.pay(work, "57.600.000")
    cycles.open_cycle(village=road.village, plan_year=2027, actor=road.hat(Role.STF), at=road.at)
    page = desks.at(Role.SDK, "works:work", work.pk)
    page.get_by_text("Isi berita acara serah terima", exact=True).click()
    fields = {"nomor": "027/1/BAST", "tutup-tanggal": road.day.isoformat(), "pengelola": "Kelompok pemelihara titian"}
    for name, text in {**fields, "tutup-volume": "120"}.items():
        page.fill(f"#{name}", text)
    page.set_input_files("#tutup-berkas", SCAN)
    press(page, "Tutup pekerjaan ini")
    says(page, "Kelompok pemelihara titian")
    page.fill("#biaya", "7.500.000")
    press(page, "Buat usulan pemeliharaan")
    desks.sound(page, "work that was handed over")
    assert Proposal.objects.get(title=f"Pemeliharaan {BRIDGE}").cycle.plan_year == 2027


def the_year_is_evaluated(road: WholeRoad, desks: Desks) -> None:
    page = desks.at(Role.SDK, "works:cycle", road.cycle.pk)
    press(page, "Bawa ke evaluasi RKP 2028 (F25)")
    says(page, "baris evaluasi terisi dari pelaksanaan")
    desks.sound(page, "evaluation")
    row = EvaluationRow.objects.get(name=BRIDGE)
    assert row.realised_amount == 96_000_000


def test_a_budget_of_siskeudes_is_held_against_the_plan_and_built(road: WholeRoad, desks: Desks) -> None:
    road.day = date(2026, 12, 14)
    enacted_plan(road.cycle, PLANNED)
    the_budget_comes_back(road, desks)
    work = the_bridge_is_built(road, desks)
    the_bridge_is_handed_over(road, desks, work)
    the_year_is_evaluated(road, desks)
