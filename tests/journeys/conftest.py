"""A real browser for the journeys: the Chromium of this machine, and people who sign in through the door."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from factories.people import PASSWORD
from rembuk.accounts.models import Assignment

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""The browser stays at home: it asks nobody but the server of the test."""
WAIT = 30_000
"""Milliseconds that a page may take on a machine that runs other tests beside it."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The Chromium named by REMBUK_CHROMIUM, or the one on the path.

    One for each module: while Playwright runs in this thread, nobody else can start it.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
    chromium = os.environ.get("REMBUK_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.skip("this machine has no Chromium; name one in REMBUK_CHROMIUM to run the journeys")
    sync_api.expect.set_options(timeout=WAIT)
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield started
        started.close()


@pytest.fixture
def sign_in(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page, signed in by name and password; an error on a page fails the test."""
    errors: list[str] = []
    contexts: list[Any] = []

    def open_page(who: Assignment | None = None, width: int = 1280) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, base_url=live_server.url, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        if who is not None:
            page.goto("/masuk/")
            page.fill("input[name=name]", who.person.username)
            page.fill("input[name=password]", PASSWORD)
            page.locator("main button.btn-main").click()
            page.wait_for_url("**/beranda/")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
