"""A promise in the browser: a visit on a phone finds something critical; the village is reminded, hands in evidence,
hears that it is not enough, hands in better evidence, and somebody else accepts it. Every page is held against axe.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from PIL import Image

from factories import people, places
from journeys.test_accessible import faults_here
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
PHONE, DESK = 360, 1280
WORK = "Terbitkan SK tim penyusun"
WIDTHS = {Role.PLD: PHONE, Role.KAD: PHONE, Role.SDK: PHONE, Role.PTP: DESK, Role.STF: DESK}


class Promise:
    """The people around one promise, each with the page they use: a phone in the village, a desk in the district."""

    def __init__(self, sign_in: Callable[..., Any]) -> None:
        with setting_up():
            village = places.melintang()
            village.access_mode = "river"
            village.save()
            self.people: dict[Role, Assignment] = {role: people.holder(role, village) for role in WIDTHS}
        self.village, self.sign_in = village, sign_in
        self.pages: dict[Role, Any] = {}

    def at(self, role: Role, address: str) -> Any:
        if role not in self.pages:
            self.pages[role] = self.sign_in(self.people[role], WIDTHS[role])
        page = self.pages[role]
        page.goto(address)
        return page

    @property
    def item(self) -> ActionItem:
        return ActionItem.objects.get()

    def page_of_item(self, role: Role) -> Any:
        return self.at(role, reverse("mentoring:item", args=(self.item.pk,)))


def press(page: Any, label: str) -> None:
    """Press a button that sends its form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).first.click()


def says(page: Any, words: str) -> None:
    sync_api.expect(page.locator("main")).to_contain_text(words)


def fits(page: Any, name: str, role: Role) -> None:
    """The page that is open has no fault that axe knows and scrolls in one direction only."""
    assert faults_here(page, name, WIDTHS[role]) == []


def picture(color: str) -> dict[str, Any]:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), color).save(out, "JPEG")
    return {"name": f"{color}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def promise(sign_in: Callable[..., Any], settings: Any, tmp_path: Any) -> Promise:
    settings.MEDIA_ROOT = tmp_path
    return Promise(sign_in)


def the_visit_finds_something_critical(promise: Promise) -> None:
    """The facilitator fills only the three parts; a first try without them names each."""
    page = promise.at(Role.PLD, reverse("mentoring:new"))
    fits(page, "new visit", Role.PLD)
    press(page, "Lanjut ke lembar kunjungan")
    fits(page, "sheet", Role.PLD)
    press(page, "Simpan lembar kunjungan")
    says(page, "Bagian h: tulis temuannya")
    says(page, "Bagian j: pilih cara desa mengakui lembar ini.")
    fits(page, "refused sheet", Role.PLD)
    page.fill("#t-1-temuan", "SK tim penyusun belum terbit")
    page.select_option("#t-1-tingkat", "critical")
    page.fill("#t-1-rekomendasi", WORK)
    page.select_option("#t-1-pemilik", "SDK")
    page.get_by_label("Kades atau sekdes mengakuinya di program").check()
    page.set_input_files("#foto", files=[picture("navy")])
    press(page, "Simpan lembar kunjungan")
    says(page, "Lembar kunjungan tersimpan.")
    fits(page, "visit", Role.PLD)
    item = promise.item
    assert (item.severity, item.due_date) == ("critical", item.opened_date + timedelta(days=12))


def the_head_acknowledges(promise: Promise) -> None:
    page = promise.at(Role.KAD, reverse("mentoring:visit", args=(Visit.objects.get().pk,)))
    fits(page, "visit to acknowledge", Role.KAD)
    press(page, "Akui lembar ini")
    says(page, "Lembar kunjungan diakui.")
    assert Visit.objects.get().state == "closed"


def the_owner_is_reminded(promise: Promise) -> None:
    due = promise.item.due_date
    assert due is not None
    services.remind_mentoring(due - timedelta(days=3))
    page = promise.at(Role.SDK, reverse("shared:notices"))
    says(page, f"KRITIS: {WORK}")
    page = promise.at(Role.SDK, reverse("mentoring:mine"))
    says(page, "1 tindak lanjut menunggu Anda")
    fits(page, "what waits for me", Role.SDK)


def evidence_that_is_not_enough(promise: Promise) -> None:
    page = promise.page_of_item(Role.SDK)
    page.set_input_files("#berkas", files=[picture("gray")])
    page.fill("#bukti-catatan", "Draf SK")
    press(page, "Serahkan bukti")
    says(page, "Bukti menunggu diperiksa orang lain.")
    fits(page, "item handed in", Role.SDK)
    page = promise.page_of_item(Role.PTP)
    fits(page, "item to judge", Role.PTP)
    page.fill("#periksa-catatan", "SK belum bernomor dan belum ditandatangani")
    press(page, "Belum cukup")
    says(page, "Penanggung jawab diberi tahu apa yang kurang.")


def evidence_that_is(promise: Promise) -> None:
    page = promise.page_of_item(Role.SDK)
    says(page, "SK belum bernomor dan belum ditandatangani")
    page.set_input_files("#berkas", files=[picture("green")])
    page.fill("#bukti-catatan", "SK nomor 188/12 bertanda tangan")
    press(page, "Serahkan bukti")
    page = promise.page_of_item(Role.PTP)
    page.fill("#periksa-catatan", "Nomor dan tanda tangan cocok")
    press(page, "Bukti cukup")
    says(page, "Bukti diterima. Selesai.")


def everybody_reads_the_history(promise: Promise) -> None:
    page = promise.page_of_item(Role.SDK)
    for words in ("Bukti belum cukup", "SK belum bernomor", "Bukti diterima", "Nomor dan tanda tangan cocok"):
        says(page, words)
    fits(page, "kept promise", Role.SDK)
    for address, name in (
        (reverse("mentoring:items"), "items"),
        (reverse("mentoring:list"), "visits"),
        (reverse("mentoring:season"), "season"),
        (reverse("mentoring:schedule"), "schedule"),
        (reverse("mentoring:village", args=(promise.village.id,)), "village"),
        (reverse("mentoring:rules", args=("64.02",)), "rules"),
        (f"{reverse('mentoring:blank')}?desa={promise.village.id}", "blank sheet"),
    ):
        fits(promise.at(Role.STF, address), name, Role.STF)
        if name not in ("season", "rules"):
            fits(promise.at(Role.KAD, address), f"{name} on a phone", Role.KAD)


def test_a_promise_is_reminded_rejected_and_kept(promise: Promise) -> None:
    the_visit_finds_something_critical(promise)
    the_head_acknowledges(promise)
    the_owner_is_reminded(promise)
    evidence_that_is_not_enough(promise)
    evidence_that_is(promise)
    everybody_reads_the_history(promise)
    steps = list(promise.item.steps.order_by("order").values_list("event", flat=True))
    assert steps == ["open", "begin", "submit", "reject", "resume", "submit", "verify", "close"]
    assert promise.item.met_date == clock.today() and promise.item.rejected_count == 1


def test_the_planner_fills_a_season_on_a_phone_too(promise: Promise) -> None:
    page = promise.sign_in(promise.people[Role.STF], PHONE)
    page.goto(reverse("mentoring:season"))
    assert faults_here(page, "season on a phone", PHONE) == []
    page.get_by_label("Melintang").check()
    day = (clock.today() + timedelta(days=1)).isoformat()
    page.fill("#dari", day)
    page.fill("#sampai", (clock.today() + timedelta(days=20)).isoformat())
    press(page, "Rencanakan untuk desa yang dicentang")
    says(page, "1 kunjungan direncanakan.")
    assert Visit.objects.get().members.get().person_id == promise.people[Role.PLD].person_id
