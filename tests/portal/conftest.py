"""Every test of public pages begins with nothing kept in memory."""

import pytest

from factories import places
from rembuk.portal import cached, versions
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    cached.shelf.clear()
    monkeypatch.setattr(versions, "_follower", versions.Follower())


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def place(db):
    with setting_up():
        return places.melintang()
