"""Getting in: any name, one-time codes, the second factor, the lock after repeated failures."""

import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client, RequestFactory
from pytest_django import Settings

from factories import people
from rembuk.accounts import services, signing
from rembuk.accounts.addresses import client_address
from rembuk.accounts.codes import LETTERS, new_code, read_code
from rembuk.accounts.models import OneTimeCode, Person
from rembuk.core.errors import RefusedError
from rembuk.shared import clock

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NEW = "sungai mahakam pasang"


def sign_in(name: str, password: str = people.PASSWORD, client: Client | None = None) -> tuple[Client, int]:
    client = client or Client()
    return client, client.post("/masuk/", {"name": name, "password": password}).status_code


def signed_person(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("name", ["siti", " SITI ", "Siti@Melintang.id", "0812-3456-7890", "+62 812 3456 7890"])
def test_one_signs_in_by_user_name_email_or_phone(name: str) -> None:
    person = people.person(email="siti@melintang.id", phone="6281234567890")
    client, status = sign_in(name)
    assert (status, signed_person(client)) == (302, str(person.id))


@pytest.mark.parametrize("state", [Person.State.SUSPENDED, Person.State.ENDED])
def test_a_frozen_or_ended_account_does_not_open(state: Person.State) -> None:
    people.person(state=state)
    client, status = sign_in("siti")
    assert (status, signed_person(client)) == (400, None)


def test_a_wrong_password_says_so_and_keeps_the_name() -> None:
    people.person()
    page = Client().post("/masuk/", {"name": "siti", "password": "salah"})
    assert page.status_code == 400
    assert 'value="siti"' in page.content.decode()
    assert "tidak cocok" in page.content.decode()


def test_the_way_on_never_leads_to_another_host() -> None:
    people.person()
    page = Client().post("/masuk/", {"name": "siti", "password": people.PASSWORD, "next": "https://lain.example/"})
    assert not page.headers["Location"].startswith("https://lain.example")


def test_eight_wrong_passwords_lock_the_person_from_there_with_a_sentence(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    person = people.person(email="siti@melintang.id")
    client = Client()
    statuses = [sign_in(name, "salah", client)[1] for name in ("siti", "siti@melintang.id") * 4]
    assert statuses == [400] * 7 + [429]
    page = client.post("/masuk/", {"name": "siti", "password": people.PASSWORD})
    assert page.status_code == 429
    assert "Tunggu 15 menit" in page.content.decode()
    assert signed_person(client) is None
    people.person("Orang Lain", "lain")
    assert sign_in("lain", client=client)[1] == 302, person


def test_codes_are_ten_letters_that_forgive_reading_mistakes() -> None:
    code = new_code()
    assert len(code) == 10 and set(code) <= set(LETTERS)
    assert read_code(f" {code[:5].lower()}-{code[5:]} ") == code
    assert read_code("oIl0000000") == "0110000000"
    assert read_code("U000000000") is None
    assert read_code("000000000") is None


def test_a_code_opens_once_and_sets_the_password() -> None:
    head, team = people.village_head(), people.holder("TIM", username="tim")
    _row, slip = services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    client = Client()
    asked = client.post("/masuk/kode/", {"code": slip.words.lower()})
    assert asked.status_code == 200
    typed = {"code": slip.words, "password": NEW, "again": NEW}
    assert client.post("/masuk/kode/", typed).status_code == 302
    assert signed_person(client) == str(team.person_id)
    team.person.refresh_from_db()
    assert team.person.check_password(NEW)
    assert Client().post("/masuk/kode/", typed).status_code == 400


def test_a_code_dies_at_its_hour_and_by_a_newer_one() -> None:
    head, team, at = people.village_head(), people.holder("TIM"), clock.now()
    _row, first = services.make_code(hat=head.hat(), assignment_id=team.id, at=at)
    _row, second = services.make_code(hat=head.hat(), assignment_id=team.id, at=at)
    with pytest.raises(RefusedError):
        signing.person_of_code(first.code, at)
    assert signing.person_of_code(second.code, second.expires_at - timedelta(seconds=1)) == team.person
    with pytest.raises(RefusedError):
        signing.person_of_code(second.code, second.expires_at)


def test_the_code_itself_is_stored_nowhere() -> None:
    head, team = people.village_head(), people.holder("TIM")
    _row, slip = services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    assert slip.code not in str(list(OneTimeCode.objects.values()))


@pytest.mark.parametrize(
    ("proxy", "header", "address"),
    [
        (False, "9.9.9.9", "10.0.0.1"),
        (True, "9.9.9.9, 8.8.8.8", "8.8.8.8"),
        (True, "", "10.0.0.1"),
        (True, "tipu", "10.0.0.1"),
    ],
)
def test_a_lock_counts_by_the_proxys_word_and_never_by_the_clients(
    proxy: bool, header: str, address: str, settings: Settings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if proxy else None
    request = RequestFactory(REMOTE_ADDR="10.0.0.1").get("/", headers={"x-forwarded-for": header})
    assert client_address(request) == address


def test_guessing_codes_is_locked(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    client = Client()
    statuses = [client.post("/masuk/kode/", {"code": "0000000000"}).status_code for _try in range(9)]
    assert statuses[0] == 400
    assert statuses[8] == 429


def test_an_invited_person_says_that_they_are_seventeen() -> None:
    head = people.village_head()
    team = people.holder("TIM")
    Person.objects.filter(pk=team.person_id).update(state=Person.State.INVITED, password="!")
    _row, slip = services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    typed = {"code": slip.code, "password": NEW, "again": NEW}
    assert Client().post("/masuk/kode/", typed).status_code == 400
    assert Client().post("/masuk/kode/", typed | {"adult": "on"}).status_code == 302


@pytest.mark.parametrize("weak", ["pendek", "password123", "sitiaminah1"])
def test_a_weak_password_is_refused(weak: str) -> None:
    secretary = people.holder("SDK", person=people.person())
    client = people.signed_in(secretary)
    page = client.post("/akun/sandi/", {"old": people.PASSWORD, "password": weak, "again": weak})
    assert page.status_code == 400
    secretary.person.refresh_from_db()
    assert secretary.person.check_password(people.PASSWORD)


def test_changing_the_password_ends_the_other_sessions() -> None:
    secretary = people.secretary()
    here, there = people.signed_in(secretary), people.signed_in(secretary)
    here.post("/akun/sandi/", {"old": people.PASSWORD, "password": NEW, "again": NEW})
    assert here.get("/akun/").status_code == 200
    assert there.get("/akun/").status_code == 302


def totp_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def with_second_factor(person: Person) -> None:
    cache.clear()
    assert signing.set_second_factor(person=person, secret=SECRET, code=totp_now(SECRET))


@pytest.mark.parametrize("odd", ["²²²²²²", "１２３４５６", "", "abc", "0" * 20])
def test_an_odd_code_is_refused_and_breaks_nothing(odd: str) -> None:
    with_second_factor(people.person())
    client, _status = sign_in("siti")
    assert client.post("/masuk/kode-kedua/", {"code": odd}).status_code == 400


def test_a_phone_whose_clock_is_half_a_minute_off_still_gets_in() -> None:
    with_second_factor(people.person())
    client, _status = sign_in("siti")
    code = format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 - 1))
    assert client.post("/masuk/kode-kedua/", {"code": code}).status_code == 302


def test_the_second_factor_is_asked_after_the_password_and_works_once() -> None:
    person = people.person()
    with_second_factor(person)
    client, _status = sign_in("siti")
    assert signed_person(client) is None
    code = totp_now(SECRET)
    assert client.post("/masuk/kode-kedua/", {"code": "000000"}).status_code == 400
    assert client.post("/masuk/kode-kedua/", {"code": code}).status_code == 302
    assert signed_person(client) == str(person.id)
    cache.clear()  # as another worker with its own memory would see it
    again, _status = sign_in("siti")
    assert again.post("/masuk/kode-kedua/", {"code": code}).status_code == 400


def test_a_recovery_code_stands_in_once() -> None:
    person = people.person()
    with_second_factor(person)
    code = signing.recovery_codes(person)[0]
    client, _status = sign_in("siti")
    assert client.post("/masuk/kode-kedua/", {"code": code}).status_code == 302
    again, _status = sign_in("siti")
    assert again.post("/masuk/kode-kedua/", {"code": code}).status_code == 400


def test_the_secret_of_the_second_factor_is_not_readable_in_the_database() -> None:
    person = people.person()
    with_second_factor(person)
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


@pytest.mark.parametrize(("role", "sent_away"), [("STF", True), ("ADM", True), ("SDK", False)])
def test_dpmd_and_administrators_must_set_a_second_factor_in_a_real_office(
    role: str, sent_away: bool, settings: Settings
) -> None:
    settings.REMBUK_MODE = "kerja"
    client = people.signed_in(people.holder(role))
    page = client.get("/desa/")
    assert (page.status_code == 302 and page.headers["Location"] == "/akun/kode-kedua/") is sent_away
    assert client.get("/akun/kode-kedua/").status_code == 200


def test_the_example_does_not_ask_for_a_second_factor_and_says_so(settings: Settings) -> None:
    settings.REMBUK_MODE, settings.DEMO = "demo", True
    client = people.signed_in(people.planner())
    assert client.get("/desa/").status_code == 200
    assert "tidak diwajibkan" in client.get("/akun/").content.decode()


def test_the_example_lets_in_by_one_press_and_a_real_office_has_no_such_page(settings: Settings) -> None:
    head = people.village_head()
    Person.objects.filter(pk=head.person_id).update(settings={"demo_sign_in": True})
    hidden = people.secretary()
    assert Client().get("/masuk/contoh/").status_code == 404
    settings.DEMO = True
    client = Client()
    assert client.get("/masuk/contoh/").context["assignments"] == [head]
    assert client.post("/masuk/contoh/", {"assignment": str(hidden.id)}).status_code == 404
    assert client.post("/masuk/contoh/", {"assignment": str(head.id)}).status_code == 302
    assert signed_person(client) == str(head.person_id)
