"""The calendar in a browser: a card dragged with the mouse, one moved by keyboard; nothing runs over at 360 px."""

import io
import os

import pikepdf
import pytest

from factories import people
from guidance.season import given
from guidance.season.test_pages import first_plan
from journeys.conftest import browser  # noqa: F401
from journeys.test_accessible import faults_here
from rembuk.core.hat import Role
from rembuk.guidance.season import queries
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WAIT = 20_000
"""Milliseconds that a page may take on a machine that runs other tests beside it."""


@pytest.fixture
def plan(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: given.AT)
    season = given.opened()
    with setting_up():
        for number, wish in enumerate(queries.wishes_of(season)):
            wish.village.latitude, wish.village.longitude = -0.2 + number / 20, 116.4 + number % 3 / 10
            wish.village.save()
    return first_plan(season)


@pytest.fixture
def opened(browser, live_server, plan):  # noqa: F811
    """Open a page of the plan as the planner; what the page complains about fails the test."""
    errors = []

    def open_page(end="", width=1280, height=800):
        client = people.signed_in(people.holder(Role.STF))
        made = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        for cookie in client.cookies.values():
            made.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = made.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{live_server.url}/jadwal/rencana/{plan.pk}/{end}")
        return page

    yield open_page
    assert errors == []


def slot(plan, name):
    visit = plan.visits.get(village__name=name)
    return visit.village_id, str(visit.team_id), visit.day.isoformat()


def cell(page, team, day):
    return page.locator(f"td[data-t='{team}'][data-d='{day}']")


def card_of(page, village):
    return page.locator(f"[id='d-{village}']")


def drag(page, card, target):
    card.scroll_into_view_if_needed()
    box = card.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    target.scroll_into_view_if_needed()
    end = target.bounding_box()
    page.mouse.move(end["x"] + 30, end["y"] + 25)
    page.mouse.move(end["x"] + 32, end["y"] + 27)


def shot(page, name):
    folder = os.environ.get("REMBUK_PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_card_is_dragged_to_another_day_and_a_clash_is_named_while_it_hovers(opened, plan):
    page = opened()
    shot(page, "calendar")
    village, team, _day = slot(plan, "Desa Uji 1")
    other = plan.visits.exclude(village_id=village).filter(team_id=team).first()
    drag(page, card_of(page, village), cell(page, team, other.day.isoformat()))
    sync_api.expect(page.locator("[data-told]")).to_contain_text(f"sudah di {other.village.name}")
    shot(page, "clash")
    page.mouse.up()
    sync_api.expect(page.locator("[data-live]")).to_contain_text("dikembalikan")
    drag(page, card_of(page, village), cell(page, team, "2026-07-15"))
    sync_api.expect(page.locator("[data-told]")).to_contain_text("bisa ke")
    page.mouse.up()
    sync_api.expect(page.locator("main")).to_contain_text("dipindahkan")
    assert slot(queries.plan_by_id(plan.pk), "Desa Uji 1")[2] == "2026-07-15"


def test_a_card_is_moved_with_the_keyboard_alone_and_the_answer_is_read_aloud(opened, plan):
    page = opened()
    village, _team, day = slot(plan, "Desa Uji 6")
    card_of(page, village).focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("[data-live]")).to_contain_text("diangkat")
    page.keyboard.press("Escape")
    assert slot(queries.plan_by_id(plan.pk), "Desa Uji 6")[2] == day
    card_of(page, village).focus()
    page.keyboard.press("Enter")
    for _step in range(12):
        page.keyboard.press("ArrowRight")
        sync_api.expect(page.locator("td.can, td.cannot")).to_have_count(1)
        if page.locator("td.can").count():
            break
    sync_api.expect(page.locator("[data-live]")).to_contain_text("bisa ke")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("main")).to_contain_text("dipindahkan")
    assert slot(queries.plan_by_id(plan.pk), "Desa Uji 6")[2] > day


@pytest.mark.parametrize("end", ["", "peta/", "geser/", "gangguan/"])
def test_nothing_runs_over_on_a_phone_and_nothing_shuts_anybody_out(opened, end):
    page = opened(end, width=360, height=740)
    shot(page, f"phone-{end.strip('/') or 'calendar'}")
    assert faults_here(page, end, 360) == []


def pages_of(page):
    """How many sheets of paper the page takes, and whether one of them lies."""
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True, format="A4"))) as paper:
        boxes = [sheet.mediabox for sheet in paper.pages]
        return len(boxes), any(box[2] > box[3] for box in boxes)


def test_the_calendar_of_a_team_and_the_letter_of_a_village_are_one_upright_page_each(opened, plan):
    village, team, _day = slot(plan, "Desa Uji 1")
    for end in (f"tim/{team}/", f"desa/{village}/"):
        page = opened(end)
        assert pages_of(page) == (1, False), end
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 688, "height": 1000})  # what A4 leaves between its margins
        shot(page, f"print-{end.split('/')[0]}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 688
        assert not page.locator(".topbar").is_visible()
        assert page.locator(".print-title").is_visible()


def test_the_calendar_of_the_season_lies_on_the_paper(opened):
    assert pages_of(opened())[1]
