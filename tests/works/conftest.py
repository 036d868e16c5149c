"""A village whose budget is in and whose works are open."""

import pytest

from factories import places
from plans.given import hat_at
from rembuk.cycles.models import Cycle
from rembuk.shared.trail.testing import setting_up
from works.given import opened, stored_budget


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village(db):
    with setting_up():
        return places.melintang()


@pytest.fixture
def cycle(village):
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")


@pytest.fixture
def hat(village):
    """Make a hat of a role in the village."""
    return lambda role: hat_at(village.place, role)


@pytest.fixture
def budget(cycle):
    return stored_budget(cycle)


@pytest.fixture
def works(cycle, budget):
    return opened(cycle)


@pytest.fixture
def bridge(works):
    return works["Titian ulin RT 02"]
