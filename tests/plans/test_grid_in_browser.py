"""The plan grid in a real browser: typed, pasted, undone, and two people in one cell."""

import os
import uuid

import pytest
from django.urls import reverse

from factories import people, places
from factories.samples_plans import plan_of
from journeys.conftest import browser  # noqa: F401
from plans.given import ceiling
from rembuk.core.money import Rupiah
from rembuk.plans import services
from rembuk.plans.models import ItemFunding, RkpdesItem
from rembuk.plans.values import ItemValues
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def secretary(db):
    with setting_up():
        return people.secretary(places.melintang())


@pytest.fixture
def plan(secretary):
    with setting_up():
        made = plan_of(places.melintang())
        ceiling(places.melintang(), "DDS", 200_000_000)
    for name in ("Titian ulin RT 02", "Posyandu Mawar"):
        services.save_item(
            plan_id=made.id,
            item_id=uuid.uuid4(),
            values=ItemValues("2.3.11", name, "Hulu", funding=(("DDS", Rupiah(100_000_000)),)),
            version=0,
            actor=secretary.hat(),
            at=clock.now(),
        )
    return made


@pytest.fixture
def opened(browser, live_server, plan, secretary):  # noqa: F811
    """Open the grid as the secretary; what the page complains about fails the test."""
    errors = []

    def open_page(width=1280, height=900):
        client = people.signed_in(secretary)
        context = browser.new_context(viewport={"width": width, "height": height})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        for cookie in client.cookies.values():
            context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(live_server.url + reverse("plans:grid", args=(plan.id,)))
        return page

    yield open_page
    assert errors == []


def cell_at(page, name, field):
    row = page.locator("tr[data-first]", has=page.locator("th.act", has_text=name))
    return row.locator(f'[data-f="{field}"]')


def wait_told(page, words="Tersimpan"):
    sync_api.expect(page.locator("[data-told]")).to_contain_text(words)


def money(name):
    return ItemFunding.objects.get(item__name=name).amount


def test_a_typed_amount_is_saved_summed_and_undone(opened):
    page = opened()
    cell_at(page, "Titian", "amount:DDS").click()
    page.keyboard.type("125.000.000")
    assert "Rp125.000.000" in page.locator("[data-told]").inner_text()
    page.keyboard.press("Enter")
    wait_told(page)
    assert money("Titian ulin RT 02") == 125_000_000
    assert page.locator("[data-total]").inner_text() == "225.000.000"
    assert "lebih 25.000.000" in page.locator("[data-sums]").inner_text()
    page.keyboard.press("Control+z")
    wait_told(page, "Dibatalkan")
    assert money("Titian ulin RT 02") == 100_000_000


def test_arrows_tab_and_escape_move_like_a_spreadsheet(opened):
    page = opened()
    first = page.locator("tr[data-first] >> nth=0").locator('[data-f="location"]')
    first.click()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    focused = "document.activeElement.dataset.f"
    assert page.evaluate(focused) == "target"
    page.keyboard.type("Warga")
    page.keyboard.press("Escape")
    assert page.evaluate(focused) == "target"
    assert set(RkpdesItem.objects.values_list("target", flat=True)) == {""}


def test_a_block_from_excel_fills_cells_and_makes_new_rows(opened):
    page = opened()
    last = page.locator("tr[data-first] >> nth=1").locator('[data-f="name"]')
    rows = (
        ("Balai warga", "Hilir", "2 unit", "Warga", "Mei", "60.000.000", "DDS"),
        ("Sumur bor", "Hulu", "1 unit", "Warga", "Juni", "40000000", "ADD"),
    )
    block = "\n".join("\t".join(row) for row in rows) + "\n"
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    last.focus()
    with page.expect_navigation():
        page.keyboard.press("Control+v")
    page.wait_for_load_state()
    found = dict(ItemFunding.objects.values_list("item__name", "amount"))
    assert (found["Balai warga"], found["Sumur bor"]) == (60_000_000, 40_000_000)
    assert RkpdesItem.objects.get(name="Sumur bor").unit == "unit"
    assert ItemFunding.objects.get(item__name="Sumur bor").source == "ADD"


def test_two_people_in_one_cell_choose_with_both_texts_before_them(opened):
    page, other = opened(), opened()
    for who, text in ((page, "Hilir"), (other, "Tengah")):
        cell_at(who, "Titian", "location").click()
        who.keyboard.type(text)
        who.keyboard.press("Enter")
        if who is page:
            wait_told(page)
    dialog = other.locator("[data-clash]")
    dialog.wait_for(state="visible")
    assert "Tengah" in dialog.inner_text() and "Hilir" in dialog.inner_text()
    assert RkpdesItem.objects.get(name__startswith="Titian").location == "Hilir"
    dialog.locator("[data-mine]").click()
    wait_told(other)
    assert RkpdesItem.objects.get(name__startswith="Titian").location == "Tengah"


def test_an_unreadable_amount_stays_on_screen_with_its_reason(opened):
    page = opened()
    cell_at(page, "Titian", "amount:DDS").click()
    page.keyboard.type("12,5 jt")
    page.keyboard.press("Enter")
    wait_told(page, "tidak terbaca")
    assert money("Titian ulin RT 02") == 100_000_000
    cell_at(page, "Titian", "amount:DDS").click()
    page.keyboard.press("Enter")
    assert page.locator("td.edit input").input_value() == "12,5 jt"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_itself_never_scrolls_sideways(opened, width):
    page = opened(width, 800)
    if folder := os.environ.get("REMBUK_PICTURES"):
        page.screenshot(path=f"{folder}/rencana-{width}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
