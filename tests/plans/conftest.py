"""A village with hamlets, an open cycle with a draft, and the people around it."""

import pytest

from factories import places
from plans.amended import force, second  # noqa: F401  (fixtures of every module here)
from plans.commented import body, item, window  # noqa: F401  (fixtures of every module here)
from plans.given import draft_of, hat_at
from rembuk.cycles.models import Cycle
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def village(db):
    with setting_up():
        made = places.melintang()
        places.hamlet(made, "Tengah")
    return made


@pytest.fixture
def cycle(village):
    with setting_up():
        return Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")


@pytest.fixture
def hat(village):
    """Make a hat of a role in the village; *name* makes another person of the same role."""
    return lambda role, name="": hat_at(village.place, role, name)


@pytest.fixture
def plan(cycle, hat):
    return draft_of(cycle, hat("SDK"))
