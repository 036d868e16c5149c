"""The tools in a real browser: a tap on the sketch, keys in the calendar, Tab in the outline; no fault by axe."""

import pytest
from django.urls import reverse

from assessment.given import whole_assessment
from factories import people, places
from journeys.conftest import browser  # noqa: F401
from journeys.test_accessible import faults
from rembuk.assessment.models import Entry
from rembuk.core.hat import Role
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
WAIT = 10_000
"""Milliseconds that a page may take on a machine that runs other tests beside it."""


@pytest.fixture
def studied(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        return whole_assessment(places.melintang())


@pytest.fixture
def opened(browser, live_server, studied):  # noqa: F811
    """Open a page as the drafting team; what it complains about fails the test."""
    errors = []
    client = people.signed_in(people.holder(Role.TIM, places.melintang()))

    def open_page(route, *args, hall=False, width=1280):
        made = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce")
        for cookie in client.cookies.values():
            made.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = made.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
        page.goto(f"{live_server.url}{reverse(f'assessment:{route}', args=args)}{'?layar=1' if hall else ''}")
        page.wait_for_load_state("networkidle")
        return page

    yield open_page
    assert errors == []


def test_a_tap_puts_the_cross_and_the_arrows_move_it(opened, studied):
    sketch = studied.sketches.get()
    page = opened("sketch", sketch.id)
    sheet = page.locator("svg[data-sketch]")
    place = sheet.bounding_box()
    page.mouse.click(place["x"] + place["width"] / 2, place["y"] + place["height"] / 4)
    assert page.evaluate("document.activeElement.id") == "baru-isi"
    before = [float(page.input_value(name).replace(",", ".")) for name in ("#kiri", "#atas")]
    assert before == pytest.approx([50, 25], abs=0.6)
    sheet.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    after = [float(page.input_value(name).replace(",", ".")) for name in ("#kiri", "#atas")]
    assert [round(now - then, 1) for now, then in zip(after, before, strict=True)] == [1.0, 5.0]
    page.fill("#baru-isi", "Tiang listrik miring")
    page.get_by_role("button", name="Catat titik").click()
    page.locator("svg .pin", has_text="3").wait_for()
    entry = Entry.objects.get(text="Tiang listrik miring")
    assert (entry.x, entry.y) == (round(after[0] * 10), round(after[1] * 10))


def test_presses_and_digits_mark_the_months_without_loading_the_page(opened, studied):
    row = Entry.objects.get(tool="seasons")
    page = opened("seasons", studied.id, hall=True)
    month = page.locator("button[data-month='0']")
    with page.expect_response(lambda answer: "/tanda/" in answer.url):
        month.click()
    assert month.inner_text() == "*"
    with page.expect_response(lambda answer: "/tanda/" in answer.url):
        page.keyboard.press("3")
    assert month.inner_text() == "***"
    assert "kuat" in month.get_attribute("aria-label")
    row.refresh_from_db()
    assert row.marks[0] == 3


def test_an_outline_is_indented_by_tab_and_left_by_escape(opened, studied):
    page = opened("trees", studied.id)
    page.fill("#inti", "Air kurang")
    page.focus("#penyebab")
    for key in ("satu", "Enter", "Tab", "dua", "Enter", "tiga", "Shift+Tab"):
        if key in ("Enter", "Tab", "Shift+Tab"):
            page.keyboard.press(key)
        else:
            page.keyboard.type(key)
    assert page.input_value("#penyebab") == "satu\n  dua\ntiga"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_the_assessment_have_no_fault_that_axe_finds(opened, live_server, studied, width):
    page = opened("detail", studied.id, width=width)
    routes = ("detail", "seasons", "institutions", "trees", "sketches", "studies", "report")
    names = {route: reverse(f"assessment:{route}", args=[studied.id]) for route in routes}
    names["data"] = reverse("assessment:data", args=[studied.id, "human"])
    names["sketch"] = reverse("assessment:sketch", args=[studied.sketches.get().id])
    names["tree"] = reverse("assessment:tree", args=[studied.trees.get().id])
    names["study"] = reverse("assessment:study", args=[studied.trees.get().problem_id])
    names["inventory"] = reverse("assessment:inventory", args=[studied.id, "problem"])
    names["ranking"] = f"{reverse('assessment:ranking', args=[studied.id, 'action'])}?kelompok=wakil"
    names["ideas"] = reverse("proposals:ideas", args=[studied.id])
    assert faults(page, {name: live_server.url + link for name, link in names.items()}, width) == []
