"""Announcements: published by the office, covered, read at every public door, ended with a reason."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from factories import people, places
from rembuk.announcements import services
from rembuk.announcements.models import Announcement
from rembuk.announcements.services import AnnouncementValues
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.portal import cached, versions
from rembuk.shared import clock
from rembuk.shared.trail.testing import every_write_has_an_actor, setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    cached.shelf.clear()
    monkeypatch.setattr(versions, "_follower", versions.Follower())


@pytest.fixture
def village(db):
    with setting_up():
        return places.melintang()


@pytest.fixture
def sdk(village):
    return people.secretary(village)


def values(**fields: str) -> AnnouncementValues:
    until = (clock.today() + timedelta(days=7)).isoformat()
    own = {"title": "Posyandu pindah", "text": "Mulai Selasa di balai desa.", "from_date": "", "until_date": until}
    return AnnouncementValues(**{**own, **fields})


def told(village, sdk, **fields: str) -> Announcement:
    return services.publish(
        key=uuid.uuid4(), village_id=village.pk, values=values(**fields), actor=sdk.hat(), at=clock.now()
    )


def doors(village) -> dict[str, str]:
    names = {name: reverse(f"portal:{name}", args=(village.code,)) for name in ("village", "announcements", "poster")}
    names["feed"] = reverse("portal:village_news", args=(village.code,))
    names["all"] = reverse("portal:regency_news", args=(village.regency_id,))
    return {name: Client().get(address).content.decode() for name, address in names.items()}


def test_what_the_office_announces_is_read_at_every_public_door(village, sdk):
    assert all("Posyandu pindah" not in page for page in doors(village).values())
    with every_write_has_an_actor():
        told(village, sdk)
    assert [name for name, page in doors(village).items() if "Posyandu pindah" not in page] == []


def test_names_and_numbers_are_covered_before_it_is_stored(village, sdk):
    made = told(village, sdk, text="Hubungi Pak Darmo Wibowo, 0812 3456 7890. Bagi warga miskin.")
    assert made.text == "Hubungi Pak [nama], [nomor HP]. Bagi warga yang dibantu."


def test_one_that_was_taken_back_says_why_and_leaves_the_first_page(village, sdk):
    made = told(village, sdk)
    services.take_back(announcement_id=made.pk, reason="Hujan, diundur.", actor=sdk.hat(), at=clock.now())
    pages = doors(village)
    assert "Hujan, diundur." in pages["announcements"] and "Dicabut: Posyandu pindah" in pages["feed"]
    assert "Mulai Selasa" not in pages["village"] and "Posyandu pindah" not in pages["poster"]
    with pytest.raises(RefusedError):
        services.take_back(announcement_id=made.pk, reason="Lagi.", actor=sdk.hat(), at=clock.now())


def test_one_that_is_over_stands_in_the_list_alone(village, sdk):
    made = told(village, sdk)
    with setting_up():
        Announcement.objects.filter(pk=made.pk).update(
            from_date=clock.today() - timedelta(days=9), until_date=clock.today() - timedelta(days=2)
        )
    pages = doors(village)
    assert "sudah lewat" in pages["announcements"] and "Mulai Selasa" not in pages["poster"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "announcement-empty"),
        ({"text": "x" * 2_001}, "announcement-long"),
        ({"until_date": "besok"}, "announcement-day"),
        ({"until_date": ""}, "announcement-day"),
        ({"until_date": "2020-01-01"}, "announcement-days"),
        ({"until_date": "2999-01-01"}, "announcement-far"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_stored(village, sdk, fields, code):
    with pytest.raises(BadInputError) as refused:
        told(village, sdk, **fields)
    assert (refused.value.code, Announcement.objects.count()) == (code, 0)


def test_the_same_key_twice_announces_once(village, sdk):
    key, at = uuid.uuid4(), clock.now()
    for _again in range(2):
        services.publish(key=key, village_id=village.pk, values=values(), actor=sdk.hat(), at=at)
    assert Announcement.objects.count() == 1
    with pytest.raises(RefusedError):
        services.publish(key=key, village_id=village.pk, values=values(title="Lain"), actor=sdk.hat(), at=at)


def test_only_the_office_of_the_village_announces(village, sdk):
    with setting_up():
        other = people.secretary(places.enggelam())
    with pytest.raises(NotAllowedError):
        services.publish(key=uuid.uuid4(), village_id=village.pk, values=values(), actor=other.hat(), at=clock.now())
    made = told(village, sdk)
    with pytest.raises(NotAllowedError):
        services.take_back(announcement_id=made.pk, reason="Hapus.", actor=other.hat(), at=clock.now())


def test_the_page_keeps_what_was_typed_and_answers_odd_parameters(village, sdk):
    client = people.signed_in(sdk)
    address = reverse("announcements:list")
    page = client.post(address, {"judul": "Rapat", "isi": "Isi panjang", "sampai": "besok"})
    assert page.status_code == 400 and "Isi panjang" in page.content.decode()
    until = (clock.today() + timedelta(days=3)).isoformat()
    assert client.post(address, {"judul": "Rapat", "isi": "Isi", "sampai": until}).status_code == 302
    row = Announcement.objects.get()
    for odd in ("?hal=99", "?hal=x", "?cari=%00", "?cari=zzz"):
        assert client.get(address + odd).status_code == 200
    assert client.post(reverse("announcements:end", args=(row.pk,)), {"alasan": "Batal."}).status_code == 302
    row.refresh_from_db()
    assert row.ended_reason == "Batal."
