"""The shell: small, whole without a server, honest on plain http, readable by everybody."""

import re
from typing import Any

import pytest

from offline.app.serving import FORMAL, Server, until
from rembuk.core.offline.kinds import KINDS
from rembuk.offline.views import app
from rembuk.offline.words import WORDS

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = pytest.mark.journey
LARGEST = 200_000
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
SCREENS = (
    "#rapat", "#rapat//baru", "#rapat/{key}", "#rapat/{key}/hadir", "#rapat/{key}/usulan", "#rapat/{key}/foto",
    "#rapat/{key}/bicara", "#rapat/{key}/putusan", "#rapat/{key}/skor", "#rapat/{key}/suara", "#rapat/{key}/berita",
    "#rapat/{key}/cetak", "#usulan", "#paket", "#antrean", "#tugas",
)  # fmt: skip


def test_the_shell_travels_once_and_weighs_little(phone: Any, server: Server) -> None:
    hp = phone()
    weights: list[float] = []
    cdp = hp.context.new_cdp_session(hp.page)
    cdp.send("Network.enable")
    cdp.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    hp.page.goto(f"{server.url}/lapangan/")
    hp.page.get_by_role("link", name="Masuk").wait_for()
    hp.shell_is_kept()
    print(f"\nkulit aplikasi: {sum(weights) / 1000:.1f} kB sekali")
    assert 10_000 < sum(weights) <= LARGEST
    hp.page.wait_for_timeout(500)
    server.kill()
    hp.page.reload()
    hp.page.get_by_role("heading", name="Aplikasi lapangan").wait_for()


def test_plain_http_says_that_no_package_can_be_taken(playwright: Any, chromium: str, server: Server) -> None:
    args = ["--no-sandbox", "--host-resolver-rules=MAP kantor.example 127.0.0.1"]
    browser = playwright.chromium.launch(executable_path=chromium, args=args)
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"http://kantor.example:{server.wire.port}/lapangan/")
    page.get_by_role("heading", name="Di alamat ini paket tidak bisa diambil").wait_for()
    assert page.get_by_text("REMBUK_HTTPS=1").is_visible()
    assert page.locator("input").count() == 0
    browser.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_screen_passes_axe_and_fits_a_small_phone(phone: Any, server: Server, theme: str) -> None:
    hp = phone(color_scheme=theme)
    hp.begin()
    key = hp.meeting(FORMAL)
    hp.idea(key, "Titian RT 09 diganti ulin")
    wrong, wide, small = {}, {}, {}
    for screen in SCREENS:
        hp.go("#kosong")
        hp.go(screen.format(key=key))
        hp.page.wait_for_timeout(400)
        found = axe.Axe().run(hp.page, options=RULES).response["violations"]
        if found:
            wrong[screen] = [(each["id"], [node["html"][:120] for node in each["nodes"][:3]]) for each in found]
        if hp.page.evaluate("document.documentElement.scrollWidth") > 360:
            wide[screen] = True
        low = hp.page.evaluate(LOW)
        if low:
            small[screen] = low
    assert (wrong, wide, small) == ({}, {}, {})


LOW = """() => [...document.querySelectorAll("button, a.btn, input:not([type=hidden]), select, summary, nav a")]
  .filter((each) => each.offsetParent && !each.closest(".choice, .tickbox"))
  .filter((each) => each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 90))"""


def test_the_app_speaks_english_as_well(phone: Any, server: Server) -> None:
    hp = phone()
    hp.begin()
    hp.page.evaluate("localStorage.setItem('rembuk-lang', 'en')")
    hp.page.reload()
    until(lambda: hp.page.evaluate("document.documentElement.lang") == "en")


def test_every_word_the_scripts_ask_for_is_in_the_table_and_none_is_idle() -> None:
    scripts = [path for path in app.SOURCES.iterdir() if path.name.endswith(".js")]
    text = "".join(path.read_text(encoding="utf-8") for path in scripts)
    asked = set(re.findall(r"\bt\(\"([\w-]+)\"", text))
    assert len(asked) > 100 and asked - set(WORDS) == set()
    assert [key for key in WORDS if f'"{key}"' not in text and not key.startswith("kind-")] == []
    kinds = {key.removeprefix("kind-") for key in WORDS if key.startswith("kind-")}
    assert kinds == set(KINDS)
