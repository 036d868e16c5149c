"""A person wears an assignment that is valid today, and only such a one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from factories import people, places
from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.queries import ended_hats_of, hats_of
from rembuk.core.hat import Role
from rembuk.shared import clock

pytestmark = pytest.mark.django_db


def test_rights_begin_on_the_first_day_and_end_after_the_last() -> None:
    today = clock.today()
    head = people.holder(Role.KAD, start_date=today, end_date=today)
    assert hats_of(head.person) == [head]

    head.start_date = head.end_date = today + timedelta(days=1)
    head.save()
    assert hats_of(head.person) == []

    head.start_date = head.end_date = today - timedelta(days=1)
    head.save()
    assert hats_of(head.person) == []


def test_a_proposed_assignment_gives_no_rights() -> None:
    head = people.holder(Role.KAD, state=Assignment.State.PROPOSED)
    assert hats_of(head.person) == []


def test_the_day_ends_at_midnight_of_the_regency() -> None:
    head = people.holder(Role.KAD, start_date=date(2026, 1, 1), end_date=date(2026, 1, 1))
    before = datetime(2026, 1, 1, 15, 59, tzinfo=UTC)
    after = datetime(2026, 1, 1, 16, 0, tzinfo=UTC)
    assert (hats_of(head.person, before), hats_of(head.person, after)) == ([head], [])


def test_an_ended_assignment_is_remembered_for_ninety_days() -> None:
    today = clock.today()
    head = people.holder(Role.KAD, end_date=today - timedelta(days=90))
    assert ended_hats_of(head.person, clock.now()) == [head]
    head.end_date = today - timedelta(days=91)
    head.save()
    assert ended_hats_of(head.person, clock.now()) == []


def test_the_hat_knows_role_place_and_plt() -> None:
    hat = people.holder(Role.RTK, level="rt", acting=True).hat()
    village = places.melintang()
    assert (hat.role, hat.place.village, hat.acting) == (Role.RTK, village.id, True)
    assert hat.place_name == "RT 01, Desa Melintang"
    assert hat.place.rt == str(places.rt().id)


@pytest.mark.parametrize("missing", ["decree_number", "end_date"])
def test_a_member_by_decree_needs_number_and_last_day(missing: str) -> None:
    values = {"decree_number": "", "end_date": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        people.holder(Role.PTP, **{missing: values[missing]})


def test_a_place_is_written_out_whole() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(
            person=people.person(), role="KAD", village=places.melintang(), start_date=people.START
        )


def test_switching_the_hat_changes_who_one_is() -> None:
    secretary = people.secretary()
    clerk = people.holder(Role.BPD, person=secretary.person)
    client = people.signed_in(secretary)
    assert client.get("/peran/").context["hat"].role == Role.SDK
    client.post("/peran/", {"assignment": str(clerk.id)})
    assert client.get("/peran/").context["hat"].role == Role.BPD


def test_nobody_puts_on_another_persons_hat() -> None:
    client = people.signed_in(people.secretary())
    stranger = people.stranger()
    assert client.post("/peran/", {"assignment": str(stranger.id)}).status_code == 404
    assert client.get("/peran/").context["hat"].role == Role.SDK


def test_a_suspended_person_is_out_with_the_next_request() -> None:
    secretary = people.secretary()
    client = people.signed_in(secretary)
    assert client.get("/akun/").status_code == 200
    Person.objects.filter(pk=secretary.person_id).update(state=Person.State.SUSPENDED)
    assert client.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("asked", "cookie", "own", "spoken"),
    [
        ("en", "id", "id", "en"),
        ("", "en", "id", "en"),
        ("", "", "en", "en"),
        ("", "", "id", "id"),
        ("xx", "", "id", "id"),
    ],
)
def test_language_is_what_was_asked_then_the_cookie_then_ones_own(
    asked: str, cookie: str, own: str, spoken: str
) -> None:
    secretary = people.secretary()
    Person.objects.filter(pk=secretary.person_id).update(language=own)
    client = people.signed_in(secretary)
    if cookie:
        client.cookies["django_language"] = cookie
    page = client.get("/akun/", {"lang": asked} if asked else {}, headers={"accept-language": "fr"})
    assert f'<html lang="{spoken}">' in page.content.decode()


def test_a_visitor_hears_indonesian_whatever_the_browser_says() -> None:
    page = Client().get("/masuk/", headers={"accept-language": "en-US"})
    assert '<html lang="id">' in page.content.decode()
