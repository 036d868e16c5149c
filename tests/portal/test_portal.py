"""What anybody may see: a village's year, and never a person."""

import pytest
from django.urls import reverse

from cycles.given import NOW
from factories import people, places
from factories.samples_proposals import public_number, sent_in
from rembuk.cycles.services import open_cycle

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    found = places.melintang()
    open_cycle(village=found, plan_year=2026, actor=people.planner(found).hat(), at=NOW)
    return found


def test_the_front_page_finds_a_village_by_part_of_its_name(client, village):
    places.perian()
    page = client.get("/", {"cari": "lint"}).content.decode()
    assert village.name in page
    assert "Perian" not in page


def test_the_front_page_says_what_to_do_when_nothing_fits(client, village):
    assert "Coba sebagian nama saja" in client.get("/", {"cari": "zzz"}).content.decode()


def test_an_unknown_village_is_not_found(client, village):
    assert client.get(reverse("portal:village", args=["99.99.99.9999"])).status_code == 404


def test_a_village_without_a_cycle_says_so(client):
    other = places.perian()
    page = client.get(reverse("portal:village", args=[other.code])).content.decode()
    assert "Belum ada rencana yang sedang disusun" in page


def test_a_plan_that_is_not_law_yet_shows_no_money(client, village):
    page = client.get(reverse("portal:village", args=[village.code])).content.decode()
    assert "diumumkan setelah ditetapkan" in page
    assert "Tim penyusun" in page


def test_only_what_the_secretary_has_looked_at_is_listed(client, village):
    unseen = sent_in(village)
    address = reverse("portal:village", args=[village.code])
    assert unseen.number not in client.get(address).content.decode()
    assert str(public_number(village)) in client.get(address).content.decode()
