"""Feeds of announcements and meetings, of one village and of a regency."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from factories import places
from plans.given import hat_at
from portal import given
from rembuk.deliberation import services
from rembuk.portal.atom import Item, feed
from rembuk.shared import clock

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(address: str) -> list[ElementTree.Element]:
    response = Client().get(address)
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(address: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(address)]


@pytest.mark.django_db
def test_a_village_announces_meetings_plans_and_results(place):
    given.whole_village(place)
    told = titles(reverse("portal:village_news", args=(place.code,)))
    assert "RKP Desa 2027 ditetapkan" in told
    assert any(title.startswith("Undangan:") for title in told)


@pytest.mark.django_db
def test_the_newest_announcement_stands_first_and_each_has_its_own_key(place):
    given.whole_village(place)
    found = entries(reverse("portal:village_news", args=(place.code,)))
    days = [entry.findtext(f"{ATOM}updated") for entry in found]
    keys = [entry.findtext(f"{ATOM}id") for entry in found]
    assert days == sorted(days, reverse=True)
    assert len(set(keys)) == len(keys)


@pytest.mark.django_db
def test_a_regency_announces_what_its_villages_do_and_no_other_regency(place):
    given.whole_village(place)
    other = places.merancang()
    given.coming_meeting(given.cycle_of(other))
    here = titles(reverse("portal:regency_news", args=(place.regency_id,)))
    there = titles(reverse("portal:regency_news", args=(other.regency_id,)))
    assert "RKP Desa 2027 ditetapkan" in here and len(there) == 1


@pytest.mark.django_db
def test_a_village_without_news_has_a_feed_all_the_same(place):
    assert entries(reverse("portal:village_news", args=(place.code,))) == []


@pytest.mark.django_db
def test_meetings_that_people_are_called_to_stand_in_the_calendar(place):
    meeting = given.coming_meeting(given.cycle_of(place))
    text = Client().get(reverse("portal:village_calendar", args=(place.code,))).content.decode()
    assert f"UID:{meeting.pk}@testserver" in text
    assert "LOCATION:Balai desa Melintang" in text
    assert f"DTSTART:{meeting.scheduled_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text


@pytest.mark.django_db
def test_a_meeting_that_is_only_planned_is_in_no_calendar(place):
    from deliberation import given as meetings

    office = hat_at(place.place, "SDK")
    when = datetime(2030, 1, 1, tzinfo=UTC)
    meetings.planned(given.cycle_of(place), office, "MUSREN", scheduled_at=when)
    assert "VEVENT" not in Client().get(reverse("portal:village_calendar", args=(place.code,))).content.decode()


@pytest.mark.django_db
def test_a_meeting_called_off_stays_and_says_so(place):
    meeting = given.coming_meeting(given.cycle_of(place))
    office = hat_at(place.place, "SDK")
    services.cancel_meeting(meeting_id=meeting.pk, reason="Banjir", actor=office, at=clock.now())
    for name in ("village_calendar", "village_news"):
        assert "Dibatalkan" in Client().get(reverse(f"portal:{name}", args=(place.code,))).content.decode()


def test_a_feed_is_sound_whatever_stands_in_a_title():
    at = datetime(2026, 9, 21, tzinfo=UTC)
    item = Item("tag:x,2026:1", at, 'Titian <b> & \x08 "ulin"', "teks", "https://x/?a=1&b=2", "Desa")
    where = {"own": "https://x/a", "page": "https://x/"}
    made = feed(key="tag:x,2026:k", title="Kabar & lain", items=[item], started=at, **where)
    (entry,) = ElementTree.fromstring(made).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == 'Titian <b> &  "ulin"'
