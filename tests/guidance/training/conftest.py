"""A small regency, and media of this run."""

import pytest

from factories import places
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def world(db):
    with setting_up():
        yield places.melintang()
