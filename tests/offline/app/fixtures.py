"""The browser of this machine, a data folder made once, and a server for each test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from offline.app.serving import Phone, Server, make_base

ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SMALL = {"width": 360, "height": 800}


@pytest.fixture(scope="session")
def chromium() -> str:
    found = os.environ.get("REMBUK_CHROMIUM") or shutil.which("chromium")
    if not found:
        pytest.skip("this machine has no Chromium; name one in REMBUK_CHROMIUM to run these tests")
    return found


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory, migrated_once: Path | None) -> Path:
    return make_base(tmp_path_factory.mktemp("lapangan") / "awal", migrated_once)


@pytest.fixture
def server(base: Path, tmp_path: Path) -> Iterator[Server]:
    made = Server(base, tmp_path / "data")
    yield made
    made.close()


@pytest.fixture(scope="module")
def playwright() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="these tests want playwright, which is not installed")
    with sync_api.sync_playwright() as started:
        yield started


@pytest.fixture
def phone(playwright: Any, chromium: str, server: Server, tmp_path: Path) -> Iterator[Callable[..., Phone]]:
    """Return a function that opens the app in a browser whose profile outlives it: another call is the same phone."""
    opened: list[Phone] = []

    def take(name: str = "hp", **more: Any) -> Phone:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / name), executable_path=chromium, args=ARGS, viewport=SMALL, reduced_motion="reduce", **more
        )
        opened.append(Phone(context, server, str(tmp_path / name)))
        return opened[-1]

    yield take
    for each in opened:
        # A test may have killed this browser.
        with suppress(Exception):
            each.context.close()
    assert [error for each in opened for error in each.errors] == []
