"""A village in its planning year with a draft of the RKP Desa."""

import pytest

from factories import places
from guidance.evaluation.given import drafted
from rembuk.cycles.models import Cycle
from rembuk.shared.trail.testing import setting_up


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
def plan(cycle):
    with setting_up():
        return drafted(cycle)
