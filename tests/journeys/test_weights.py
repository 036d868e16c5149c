"""What a page weighs and how soon a form can be typed in: a real browser, the real server, 100 kbit/s and 600 ms.

Bytes are counted as the browser received them, heads and all, and are the same on every machine. Seconds are those of
the slow line that Chromium plays, on which the program's own time hardly counts; a busy machine gets a second try.
"""

import re
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import office, people, places
from factories.people import PASSWORD
from journeys.desk import PHONE
from portal import given
from rembuk.accounts.models import Assignment
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
BITS, LATENCY = 100_000, 600
KB = 1000
FIRST, AGAIN = 6.0, 2.0
"""Seconds until a proposal can be typed and sent, on the first visit and later."""
FORM, PUBLIC, WORK = (40, 15), (60, 15), (90, 25)
"""Kilobytes on the first visit and later."""
READY = """() => performance.getEntriesByName("first-contentful-paint").length > 0
    && performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd > 0"""
TRIES = 3
LONG = 60_000
SMALL = 500
"""Bytes below which squeezing gains nothing."""


@pytest.fixture
def village(tmp_path: Path, settings: Any) -> Village:
    """A village with something on every page."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    with setting_up():
        made = places.melintang()
        places.rt(places.hamlet(made))
    given.whole_village(made)
    return made


@pytest.fixture
def secretary(village: Village) -> Assignment:
    with setting_up():
        made = people.secretary(village)
    office.may_sign_in(made)
    return made


@pytest.fixture
def served(village: Village, secretary: Assignment, tmp_path: Path) -> Iterator[office.Served]:
    with office.running(tmp_path / "kantor") as server:
        yield server


class Phone:
    """A phone with an empty cache on a slow line; it counts every byte that reaches it."""

    def __init__(self, browser: Any, address: str) -> None:
        self.context = browser.new_context(viewport={"width": PHONE, "height": 800}, base_url=address)
        self.page = self.context.new_page()
        self.page.set_default_timeout(LONG)
        self.line = self.context.new_cdp_session(self.page)
        self.line.send("Network.enable")
        self.bytes = 0
        self.foreign: list[str] = []
        self.line.on("Network.loadingFinished", self.count)
        self.page.on("request", lambda asked: self.foreign.append(asked.url) if address not in asked.url else None)

    def count(self, event: dict[str, Any]) -> None:
        self.bytes += int(event["encodedDataLength"])

    def slow(self) -> None:
        speed = BITS / 8
        self.line.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed},
        )

    def forget(self) -> None:
        self.line.send("Network.clearBrowserCache")

    def weigh(self, path: str) -> int:
        """Open a page and everything that belongs to it; return its bytes."""
        self.page.goto("about:blank")
        self.bytes = 0
        answer = self.page.goto(path)
        assert answer.status in (200, 304), f"{answer.status} at {path}"
        self.page.wait_for_load_state("networkidle")
        return self.bytes

    def usable(self, path: str, field: str) -> float:
        """Open a form; return the seconds until it is painted, can be typed in and sent, and its scripts work."""
        self.page.goto("about:blank")
        began = time.monotonic()
        self.page.goto(path, wait_until="commit")
        self.page.locator(field).press_sequentially("Titian")
        self.page.locator("main form button.btn-main:enabled").first.wait_for(state="visible")
        self.page.wait_for_function(READY)
        took = time.monotonic() - began
        assert self.page.locator(field).input_value() == "Titian"
        self.page.wait_for_load_state("networkidle")
        return took

    def sign_in(self, who: Assignment) -> None:
        self.page.goto("/masuk/")
        self.page.fill("input[name=name]", who.person.username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main button.btn-main").click()
        self.page.wait_for_url("**/beranda/")


@pytest.fixture
def phone(browser: Any, served: office.Served) -> Iterator[Callable[[], Phone]]:
    opened: list[Phone] = []

    def take() -> Phone:
        opened.append(Phone(browser, served.address))
        return opened[-1]

    yield take
    for each in opened:
        each.context.close()
    assert [url for each in opened for url in each.foreign if url.startswith("http")] == []


def pages_of(village: Village) -> dict[str, tuple[str, tuple[int, int], bool]]:
    """Return page -> address, kilobytes at most on the first visit and later, whether one signs in for it."""
    number = Proposal.objects.filter(village=village).values_list("number", flat=True)[0]
    of_village = {
        name: (reverse(f"portal:{name}", args=(village.code,)), PUBLIC, False)
        for name in ("village", "plan", "works", "meetings", "proposals", "documents", "years")
    }
    return {
        "resident form": (reverse("proposals:public-new", args=(village.code,)), FORM, False),
        "office form": (reverse("proposals:new"), FORM, True),
        "front": ("/", PUBLIC, False),
        **of_village,
        "proposal": (reverse("proposals:public", args=(number,)), PUBLIC, False),
        "regency": (reverse("portal:regency", args=(village.regency_id,)), PUBLIC, False),
        "desk": ("/beranda/", WORK, True),
        "proposals of the office": (reverse("proposals:list"), WORK, True),
        "plans of the office": ("/rencana/", WORK, True),
        "meetings of the office": ("/musyawarah/", WORK, True),
    }


def test_no_page_weighs_more_than_a_slow_line_carries(
    phone: Callable[[], Phone], village: Village, secretary: Assignment
) -> None:
    visitor, worker = phone(), phone()
    worker.sign_in(secretary)
    rows, heavy = [], []
    for name, (path, most, inside) in pages_of(village).items():
        used = worker if inside else visitor
        used.forget()
        weights = (used.weigh(path), used.weigh(path))
        rows.append(f"{name:<26} {weights[0] / KB:6.1f} kB of {most[0]:>2}, again {weights[1] / KB:6.1f} of {most[1]}")
        heavy += [rows[-1]] if weights[0] > most[0] * KB or weights[1] > most[1] * KB else []
    print("\n" + "\n".join(rows))
    assert heavy == []


def test_styles_and_scripts_are_sent_squeezed_and_kept_for_good(served: office.Served, village: Village) -> None:
    with urllib.request.urlopen(served.address + reverse("proposals:public-new", args=(village.code,))) as answer:
        found = set(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', answer.read().decode()))
    assert len(found) >= 4
    for path in sorted(found):
        asked = urllib.request.Request(served.address + path, headers={"Accept-Encoding": "gzip"})
        with urllib.request.urlopen(asked) as answer:
            kept, squeezed = answer.headers["Cache-Control"], answer.headers.get("Content-Encoding", "")
            small = len(answer.read()) < SMALL
        assert "immutable" in kept, path
        assert squeezed == "gzip" or small, path


@pytest.mark.parametrize("who", ["resident", "office"])
def test_a_proposal_can_be_typed_in_six_seconds_and_in_two_later(
    phone: Callable[[], Phone], village: Village, secretary: Assignment, who: str
) -> None:
    used = phone()
    if who == "office":
        used.sign_in(secretary)
    path, field = {
        "resident": (reverse("proposals:public-new", args=(village.code,)), "#masalah"),
        "office": (reverse("proposals:new"), "#usulan"),
    }[who]
    used.slow()
    first, again = [], []
    for _turn in range(TRIES):  # another program may hold the machine for a second; the line is the same each time
        used.forget()
        first.append(used.usable(path, field))
        again.append(used.usable(path, field))
        if first[-1] <= FIRST and again[-1] <= AGAIN:
            break
    print(f"\n{who}: {min(first):.1f} s on the first visit, {min(again):.1f} s later (at 100 kbit/s and 600 ms)")
    assert min(first) <= FIRST
    assert min(again) <= AGAIN
