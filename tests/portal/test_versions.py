"""A page that is kept shows every change at once, in every process."""

import uuid

import pytest
from django.urls import reverse

from factories import places
from factories.samples_proposals import public_number, sent_in
from portal import given
from rembuk.plans.models import ItemFunding, RkpdesItem, RkpdesVersion
from rembuk.portal import versions
from rembuk.portal.versions import OF_ALL, WATCHED, Follower
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Village
from rembuk.shared.models import TrailEntry
from rembuk.shared.trail.audited import audited_tables
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(place):
    """Two followers, as two processes have them."""
    first, second = Follower(), Follower()
    first.of(place.pk), second.of(place.pk)
    return first, second


def test_a_change_raises_the_number_of_its_village_in_every_process(place, two):
    before = [follower.of(place.pk) for follower in two]
    with setting_up():
        Village.objects.filter(pk=place.pk).update(postal_code="75361")
    after = [follower.of(place.pk) for follower in two]
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_a_change_leaves_the_number_of_another_village_alone(place, two):
    other = places.perian()
    before = [follower.of(other.pk) for follower in two]
    sent_in(place)
    assert [follower.of(other.pk) for follower in two] == before


def test_nothing_new_leaves_the_number_and_asks_once(place, two, django_assert_num_queries):
    before = two[0].of(place.pk)
    with django_assert_num_queries(1):
        assert two[0].of(place.pk) == before


def test_a_row_far_below_the_village_finds_its_way_up(place, two):
    cycle = given.cycle_of(place)
    with setting_up():
        plan = RkpdesVersion.objects.create(village=place, cycle=cycle)
        item = RkpdesItem.objects.create(plan=plan, name="Titian")
        money = ItemFunding.objects.create(item=item, source="DDS", amount=1)
    before = two[0].of(place.pk)
    with setting_up():
        ItemFunding.objects.filter(pk=money.pk).update(amount=2)
    between = two[0].of(place.pk)
    with setting_up():
        money.delete()
    after = two[0].of(place.pk)
    with setting_up():
        item.delete()
    assert before < between < after < two[0].of(place.pk)


def test_a_thing_that_came_and_went_between_two_looks_is_seen(place, two):
    before = two[0].of(place.pk)
    with setting_up():
        row = Proposal.objects.create(village=place, title="x", captured_at=given.MADE)
        row.delete()
    assert two[0].of(place.pk) > before


def test_a_change_of_the_regency_concerns_every_village(place, two):
    other = places.perian()
    before = two[0].of(other.pk)
    with setting_up():
        place.regency.name = "Kabupaten Kutai Kartanegara (Tenggarong)"
        place.regency.save()
    assert two[0].of(other.pk) > before


def test_a_number_that_appears_late_is_not_missed(place, two, monkeypatch):
    """On PostgreSQL a transaction may commit after another one with a higher number of the trail."""
    follower, other = two[0], places.perian()
    follower.of(place.pk)
    with setting_up():
        Village.objects.filter(pk=place.pk).update(postal_code="75361")
        Village.objects.filter(pk=other.pk).update(postal_code="75362")
    rows = list(TrailEntry.objects.order_by("-id").values_list("id", flat=True)[:2])
    hidden = min(rows)
    seen = versions.entries
    monkeypatch.setattr(versions, "entries", lambda *args, **kw: [r for r in seen(*args, **kw) if r.id != hidden])
    before = follower.of(place.pk)
    monkeypatch.setattr(versions, "entries", seen)
    assert follower.of(place.pk) > before


def test_a_database_that_was_restored_makes_every_page_anew(place, two):
    before = two[0].of(place.pk)
    two[0]._last = two[0]._last._replace(key="another", id=two[0]._last.id)
    assert two[0].of(place.pk) > before


def test_a_change_shows_at_once_on_a_page_that_was_kept(client, place):
    given.cycle_of(place)
    address = reverse("portal:village", args=[place.code])
    assert client.get(address).headers["ETag"] == client.get(address).headers["ETag"]
    number = public_number(place)
    assert number in client.get(address).content.decode()
    key = Proposal.objects.get(number=number).pk
    with setting_up():
        Proposal.objects.filter(pk=key).update(title=f"Dermaga baru {uuid.uuid4().hex[:6]}")
    assert Proposal.objects.get(pk=key).title in client.get(address).content.decode()


def test_every_watched_table_is_covered_by_the_trail():
    covered = {rule.model for rule in audited_tables()}
    assert set(WATCHED) | OF_ALL <= covered


def test_every_way_to_a_village_can_be_walked():
    for model, way in WATCHED.items():
        list(model._base_manager.order_by().values_list(way, flat=True)[:1])
