"""A village with an open cycle, and the people around its forum."""

import pytest

from factories import people, places
from guidance.facilitation.given import EARLY
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def staff(village):
    return people.planner(village).hat()


@pytest.fixture
def cycle(village, staff):
    return open_cycle(village=village, plan_year=2026, actor=staff, at=EARLY)


@pytest.fixture
def other_cycle(village, staff):
    """The cycle of another village of the same district."""
    return open_cycle(village=places.enggelam(), plan_year=2026, actor=staff, at=EARLY)


@pytest.fixture
def secretary(village):
    return people.secretary(village).hat()


@pytest.fixture
def head(village):
    return people.village_head(village).hat()


@pytest.fixture
def district(village):
    """A member of the kecamatan's team."""
    return people.holder(Role.PTP, village).hat()


@pytest.fixture
def camat(village):
    return people.holder(Role.CAM, village).hat()
