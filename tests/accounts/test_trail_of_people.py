"""Every act on people leaves a trail row with the person and the hat, and no name, phone or password in the clear."""

import pytest
from django.test import Client

from factories import people
from rembuk.accounts import services
from rembuk.accounts.models import Person
from rembuk.accounts.values import Post, Who
from rembuk.core.hat import Role
from rembuk.shared import clock
from rembuk.shared.models import TrailEntry

pytestmark = pytest.mark.django_db


def entries(act: str) -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(act=act).order_by("id"))


def test_an_invitation_names_who_invited_under_which_hat() -> None:
    head = people.division_head()
    who = Who("Rahman Hakim", "rahman", "rahman@contoh.id", "0812 3456 7890")
    post = Post(role=Role.KAD, place=people.village_head().place, start_date=clock.today())
    services.invite_person(hat=head.hat(), who=who, post=post)
    rows = entries("accounts.invite_person")
    assert {row.table_name for row in rows} == {"accounts_person", "accounts_assignment"}
    assert {(row.person.replace("-", ""), row.hat) for row in rows} == {(head.person_id.hex, head.hat().label)}
    assert not any(word in str(row.after) for row in rows for word in ("Rahman", "rahman", "62812"))


def test_a_printed_code_is_in_the_trail_and_its_letters_are_not() -> None:
    head, team = people.village_head(), people.holder("TIM")
    _row, slip = services.make_code(hat=head.hat(), assignment_id=team.id, at=clock.now())
    made = entries("accounts.make_code")
    assert [row.table_name for row in made] == ["accounts_onetimecode"]
    typed = {"code": slip.code, "password": "sungai mahakam pasang", "again": "sungai mahakam pasang"}
    Client().post("/masuk/kode/", typed)
    used = entries("accounts.use_code")
    assert {row.table_name for row in used} == {"accounts_onetimecode", "accounts_person"}
    assert all(row.person.replace("-", "") == team.person_id.hex for row in used)
    everything = str([(row.before, row.after) for row in TrailEntry.objects.all()])
    assert slip.code not in everything
    assert Person.objects.get(pk=team.person_id).password not in everything


def test_signing_in_and_out_writes_no_nameless_row() -> None:
    people.person()
    before = TrailEntry.objects.count()
    client = Client()
    client.post("/masuk/", {"name": "siti", "password": people.PASSWORD})
    client.post("/keluar/")
    assert TrailEntry.objects.count() == before
