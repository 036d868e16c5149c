"""Every page of a village for everybody, in both themes and on a phone: nothing against WCAG, nothing that scrolls."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import places
from journeys.test_accessible import faults
from portal import given
from rembuk.shared.trail.testing import setting_up

pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
OF_VILLAGE = ("village", "plan", "works", "meetings", "proposals", "documents", "years", "announcements", "poster")


@pytest.fixture
def addresses(tmp_path: Any, settings: Any) -> dict[str, str]:
    """Tell a whole village; return name of the page -> address."""
    settings.MEDIA_ROOT = tmp_path
    with setting_up():
        village = places.melintang()
    given.whole_village(village)
    pages = {name: reverse(f"portal:{name}", args=(village.code,)) for name in OF_VILLAGE}
    pages |= {"regency": reverse("portal:regency", args=(village.regency_id,)), "data": reverse("portal:data")}
    pages["search"] = reverse("portal:search") + "?cari=titian"
    return pages


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_everybody_can_read_every_page_of_a_village(
    sign_in: Any, addresses: dict[str, str], width: int, theme: str
) -> None:
    page = sign_in(width=width)
    page.emulate_media(color_scheme=theme)
    assert faults(page, addresses, width) == []
