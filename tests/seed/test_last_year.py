"""Last year of one village: plan, budget, works, all through the services and none after the day of the example."""

import pytest
from django.db import transaction

from rembuk.budgeting.comparing import comparison_of
from rembuk.budgeting.models import Apbdes, ApbdesLine
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle
from rembuk.plans.content import content_hash
from rembuk.plans.models import RkpdesVersion
from rembuk.seed import plant
from rembuk.seed.last_year import BRIDGE, FLOOD, HALL, ITEMS, YEAR
from rembuk.seed.places import MELINTANG
from rembuk.seed.story import BUDGET_YEAR, TODAY
from rembuk.shared import files
from rembuk.shared.trail.testing import unattributed
from rembuk.works.models import Payment, Progress, Work
from rembuk.works.queries import board_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cycle(django_db_setup, django_db_blocker):
    """Plant the village's district once; all is rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        plant(report=lambda words: None, only=("64.02.18",))
        yield Cycle.objects.get(village_id=MELINTANG, budget_year=YEAR)
        transaction.set_rollback(True)


def test_the_plan_is_sealed_and_the_present_year_stays_the_current_one(cycle):
    plan = RkpdesVersion.objects.get(cycle=cycle)
    assert plan.content_hash == content_hash(plan) and plan.enacted
    assert current_cycle(MELINTANG).budget_year == BUDGET_YEAR


def test_the_budget_differs_from_the_plan_where_it_should(cycle):
    found = comparison_of(cycle)
    kinds = {row.name: row.kind for row in found.rows}
    assert kinds.pop(BRIDGE) == "changed" and kinds.pop(FLOOD) == "added"
    assert set(kinds.values()) == {"same"}
    assert (found.from_plan.linked_count, found.from_plan.count) == (len(ITEMS), len(ITEMS) + 1)
    assert Apbdes.objects.get(cycle=cycle).state == "sent_to_regent"
    assert ApbdesLine.objects.get(item__isnull=True).emergency_reason


def test_every_state_of_a_work_is_there(cycle):
    states = {row.name: row.state for row in board_of(cycle, TODAY)}
    assert (states[BRIDGE], states[HALL]) == ("closed", "late")
    assert sorted(states.values()) == ["closed", "late", "open", "open", "open", "open"]


def test_photos_and_minutes_open_and_nothing_lies_after_the_day_of_the_example(cycle):
    work = Work.objects.get(name=BRIDGE)
    photos = Progress.objects.filter(work=work)
    assert [row.percent for row in photos] == [0, 40, 80, 100]
    assert all(files.read(row.photo)[:3] == b"\xff\xd8\xff" for row in photos)
    assert files.read(work.minutes_file).startswith(b"%PDF")
    assert not Payment.objects.filter(paid_date__gt=TODAY).exists()
    assert not Progress.objects.filter(seen_date__gt=TODAY).exists()


def test_somebody_stands_behind_every_write(cycle):
    assert not unattributed()
