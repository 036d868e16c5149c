"""Forums of the worked example: asked for everywhere, in several states, one told in detail."""

import pytest
from django.db import transaction

from rembuk.core.guidance.facilitation import evidence_missing
from rembuk.cycles.models import Cycle
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import figures_of, records_of, seen_of
from rembuk.seed import plant
from rembuk.seed.places import MELINTANG
from rembuk.seed.story import BUDGET_YEAR
from rembuk.shared.trail.testing import unattributed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Plant one district once; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda words: None, only=("64.02.18",))
        yield
        transaction.set_rollback(True)


def test_every_village_of_the_year_has_its_forum(told):
    cycles = Cycle.objects.filter(budget_year=BUDGET_YEAR)
    assert cycles.count() == Facilitation.objects.count() > 3


def test_what_counts_was_verified_on_what_its_meeting_says(told):
    seen = records_of(list(Facilitation.objects.select_related("village", "cycle").order_by("id")))
    counted = [one for one in seen.values() if one.counted]
    assert counted and not any(one.changed_since or evidence_missing(one.record) for one in counted)
    assert {one.state for one in seen.values()} >= {"scheduled", "minutes_signed", "verified"}


def test_melintang_is_complete_and_waits_for_somebody_outside_its_team(told):
    forum = Facilitation.objects.select_related("village__regency", "cycle").get(
        cycle__budget_year=BUDGET_YEAR, village=MELINTANG
    )
    seen = seen_of(forum)
    assert (seen.state, evidence_missing(seen.record)) == ("minutes_signed", [])
    figures = figures_of(forum.village.place, BUDGET_YEAR)
    assert (figures.held, figures.verified) == (1, 0)


def test_every_row_says_who_wrote_it(told):
    assert not unattributed()
