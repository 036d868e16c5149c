"""The season of the worked example: teams, guessed travel, a schedule in force, and the repair that led to it."""

import pytest
from django.db import transaction

from rembuk.guidance.facilitation.models import Guide
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import Season, SeasonPlan, TravelTable
from rembuk.guidance.season.services.publishing import forums_of
from rembuk.seed import plant
from rembuk.seed.season import ACCOUNT
from rembuk.shared.trail.testing import unattributed

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """Plant three districts on lakes and rivers once; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda words: None, only=("64.02.18", "64.02.01", "64.02.12"))
        yield
        transaction.set_rollback(True)


@pytest.fixture
def plan(told):
    return SeasonPlan.objects.select_related("season", "travel").get(state="published")


def test_the_schedule_in_force_is_sound_and_was_made_from_another_because_the_river_fell(plan):
    known = built(plan)
    assert known.misfit == ()
    assert plan.visits.count() + len(known.plan.unserved) == plan.season.wishes.count() > 4
    assert plan.cause.startswith("Air surut")
    assert (plan.parent.state, plan.parent.number) == ("replaced", 1)
    assert dict(SeasonPlan.objects.values_list("number", "state")) == {1: "replaced", 2: "draft", 3: "published"}


def test_some_forums_moved_by_the_repair_and_those_agreed_before_did_not(plan):
    before = dict(plan.parent.visits.values_list("village_id", "day"))
    after = dict(plan.visits.values_list("village_id", "day"))
    fixed = dict(plan.season.wishes.filter(fixed_date__isnull=False).values_list("village_id", "fixed_date"))
    assert any(after[village] != day for village, day in before.items() if village in after)
    assert fixed and all(after[village] == day for village, day in fixed.items())


def test_every_forum_of_the_schedule_has_its_day_and_its_team(plan):
    forums = forums_of(plan)
    for visit in plan.visits.select_related("team").prefetch_related("team__members"):
        forum = forums[visit.village_id]
        assert forum.day == visit.day and forum.plan_reference.startswith(plan.season.name)
        assert set(forum.guides.exclude(position="speaker").values_list("name", flat=True)) == {
            member.name for member in visit.team.members.all()
        }


def test_travel_is_guessed_and_says_so(told):
    assert TravelTable.objects.get().estimated


def test_a_member_with_an_account_is_bound_by_their_assignment(told):
    bound = Guide.objects.filter(person__username=ACCOUNT)
    assert all(guide.assignment_id is not None for guide in bound)


def test_every_row_says_who_wrote_it(told):
    assert Season.objects.get().made_by
    assert not unattributed()
