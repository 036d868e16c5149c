"""A village with a cycle, three checked proposals and a ceiling that pays for two of them."""

import pytest

from budgeting.given import NOW, proposal
from factories import places
from plans.given import ceiling, hat_at
from rembuk.budgeting import services
from rembuk.cycles.models import Cycle
from rembuk.shared.trail.testing import setting_up


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
def money(village):
    """Dana Desa for two of three proposals, and earmarked money that nobody may plan."""
    with setting_up():
        ceiling(village, "DDS", 250_000_000)
        ceiling(village, "DDS", 500_000_000, earmark="KDMP")


@pytest.fixture
def three(cycle, money):
    """Three checked proposals of 100 million; more people benefit from the earlier ones."""
    with setting_up():
        return [proposal(cycle, number, beneficiaries_male=100 - number) for number in (1, 2, 3)]


@pytest.fixture
def run(cycle, hat, three):
    """Count anew; keyword arguments go to the service."""

    def make(role="TIM", **more):
        wanted = {"meeting_id": None, "at": NOW, **more}
        return services.run_allocation(cycle_id=cycle.pk, actor=hat(role), **wanted)

    return make
