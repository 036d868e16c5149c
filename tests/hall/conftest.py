"""The village of the budgeting tests, its hamlets, and people who sign in."""

import pytest

from budgeting.conftest import cycle, hat, money, run, three, village  # noqa: F401
from factories import people, places
from rembuk.core.hat import Role
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up


@pytest.fixture
def client(village):  # noqa: F811
    """Sign in as a role of the village."""

    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


@pytest.fixture
def hamlets(village, three):  # noqa: F811
    """Two hamlets; the first two proposals lie in the larger one, the third in the smaller one."""
    with setting_up():
        upper, lower = places.hamlet(village, "Hulu"), places.hamlet(village, "Hilir", 2)
        type(upper).objects.filter(pk=upper.pk).update(population=300, poor_households=30)
        type(lower).objects.filter(pk=lower.pk).update(population=100, poor_households=20)
        Proposal.objects.filter(pk__in=[three[0].pk, three[1].pk]).update(hamlet=upper)
        Proposal.objects.filter(pk=three[2].pk).update(hamlet=lower)
    return upper, lower
