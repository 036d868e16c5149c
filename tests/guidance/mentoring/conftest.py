"""A village that is reached by boat, and the people of guidance around it."""

import pytest

from factories import places
from guidance.mentoring.given import hat
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village(db):
    with setting_up():
        found = places.melintang()
        found.access_mode, found.latitude, found.longitude = "river", -0.35, 116.62
        found.save()
    return found


@pytest.fixture
def staff(village):
    return hat("STF", village)


@pytest.fixture
def mentor(village):
    return hat("PLD", village)


@pytest.fixture
def ptp(village):
    return hat("PTP", village)


@pytest.fixture
def camat(village):
    return hat("CAM", village)


@pytest.fixture
def secretary(village):
    return hat("SDK", village)


@pytest.fixture
def head(village):
    return hat("KAD", village)


@pytest.fixture
def chief(village):
    return hat("KDP", village)
