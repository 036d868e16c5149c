"""Level 4: trained and other villages side by side, from what the other rooms know, and nothing said of causes."""

from datetime import date, timedelta
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people, places
from guidance.training import given
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.cycles.models import Cycle, Excuse, StageRecord
from rembuk.guidance.evaluation.measures import conforming
from rembuk.guidance.training import measures, queries
from rembuk.guidance.training.village_facts import plan_in_time, stages_in_time, traced_items, women_share
from rembuk.plans.models import RkpdesItem, RkpdesVersion, Rpjmdes, RpjmdesItem
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)


@pytest.fixture
def years(world):
    """Two villages with cycles of two years; the first is trained."""
    given.settled(people.secretary(), letters="ABCD")
    for village in (places.melintang(), places.perian()):
        for year in (2025, 2026):
            cycles.open_cycle(village=village, plan_year=year, actor=given.staff(), at=given.NOW)
    return {cycle.village_id: cycle.pk for cycle in Cycle.objects.filter(budget_year=2027)}


def stage(village, code, done, due, year=2027):
    with setting_up():
        at = given.NOW if done else None
        return StageRecord.objects.update_or_create(
            cycle=Cycle.objects.get(village=village, budget_year=year),
            stage=code,
            defaults={
                "state": "done" if done else "open", "done_date": done, "completed_at": at, "legal_deadline": due,
                "target_date": None,
            },
        )[0]  # fmt: skip


def only(years, *kept):
    """Leave no stage with a day but these."""
    with setting_up():
        StageRecord.objects.exclude(pk__in=[row.pk for row in kept]).update(legal_deadline=None, target_date=None)


def test_a_day_is_kept_on_the_day_itself_and_missed_on_the_next(years):
    due = date(2026, 9, 30)
    kept = stage(places.melintang(), "K12", due, due)
    late = stage(places.perian(), "K12", due + timedelta(days=1), due)
    only(years, kept, late)
    found = plan_in_time(years, TODAY)
    assert found == {places.melintang().pk: Fraction(1), places.perian().pk: Fraction(0)}
    assert stages_in_time(years, TODAY) == found


def test_what_is_not_due_yet_says_nothing_and_what_is_overdue_counts_as_missed(years):
    waiting = stage(places.melintang(), "K12", None, TODAY)
    over = stage(places.perian(), "K12", None, TODAY - timedelta(days=1))
    only(years, waiting, over)
    assert plan_in_time(years, TODAY) == {places.perian().pk: Fraction(0)}


def test_an_excused_stage_is_not_held_against_a_village(years):
    late = stage(places.perian(), "K12", None, date(2026, 9, 30))
    only(years, late)
    with setting_up():
        Excuse.objects.create(
            cycle=late.cycle, stage="K12", reason="Banjir", from_date=date(2026, 9, 1), state=Excuse.State.GRANTED,
            proposed_by=uuid4(), decided_by=uuid4(), decided_at=given.NOW,
        )  # fmt: skip
    assert plan_in_time(years, TODAY) == {}


def test_traced_activities_are_counted_of_the_plan_that_counts(years):
    village = places.melintang()
    with setting_up():
        plan = RkpdesVersion.objects.create(village=village, cycle_id=years[village.pk])
        rpjm = Rpjmdes.objects.create(village=village, start_year=2024, end_year=2031, is_active=False, state="draft")
        line = RpjmdesItem.objects.create(rpjmdes=rpjm, name="Titian", order=1)
        RkpdesItem.objects.create(plan=plan, order=1, name="Titian", rpjmdes_item=line)
        RkpdesItem.objects.create(plan=plan, order=2, name="Sumur")
    assert traced_items(years, TODAY) == {village.pk: Fraction(1, 2)}


def test_villages_of_which_nothing_is_known_are_left_out(years):
    assert women_share(years, TODAY) == {}
    assert conforming(years, TODAY) == {}


def test_each_dimension_has_a_measure_and_the_desk_adds_its_own():
    assert measures.known() == ("stages", "plan", "women", "traced", "desk")


def test_the_sides_are_split_by_who_had_passed_by_the_day(years):
    early = queries.impact_of("64.02", 2027, given.END - timedelta(days=1), TODAY)
    late = queries.impact_of("64.02", 2027, given.END, TODAY)
    assert (early.trained, early.others, late.trained, late.others) == (0, 2, 1, 1)
    assert [dimension.code for dimension in late.dimensions] == ["TW", "PI", "IN", "DK"]


def test_the_page_costs_the_same_for_one_village_and_for_three(years):
    client, address = people.signed_in(people.division_head()), reverse("training:impact")

    def cost():
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = cost()
    for number in (2101, 2102):
        village = places.village(f"64.02.18.{number}", f"Desa {number}", f"D{number}")
        for year in (2025, 2026):
            cycles.open_cycle(village=village, plan_year=year, actor=given.staff(), at=given.NOW)
    assert cost() == few


def test_the_page_counts_villages_names_none_and_says_that_it_is_no_cause(years):
    page = people.signed_in(people.division_head()).get(reverse("training:impact"), {"sampai": "2026-06-30"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "bukan sebab-akibat" in text
    assert "Perian" not in text
    assert "1 desa punya orang yang lulus" in text


def test_a_day_that_cannot_be_read_is_said_and_the_usual_one_taken(years):
    page = people.signed_in(people.division_head()).get(reverse("training:impact"), {"sampai": "kemarin"})
    assert (page.status_code, "“kemarin”" in page.content.decode()) == (400, True)


def test_the_sheet_has_both_sides_of_every_measure(years):
    client = people.signed_in(people.division_head())
    sheet = client.get(reverse("training:impact"), {"bentuk": "csv"}).content.decode()
    assert len(sheet.strip().splitlines()) == 1 + 2 * len(measures.known())


def test_a_village_does_not_read_it(years):
    assert people.signed_in(people.holder(Role.KAD)).get(reverse("training:impact")).status_code == 403
