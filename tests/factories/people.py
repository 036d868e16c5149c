"""People for tests, each with one assignment that has been valid for years and stays so.

head = village_head()            # Assignment; head.person, head.hat(), head.place
client = signed_in(head)         # a Django test client wearing that hat
"""

from datetime import date
from typing import Any

from django.test import Client

from factories import places
from rembuk.accounts.levels import least_level
from rembuk.accounts.models import DATED_ROLES, Assignment, Person
from rembuk.core.hat import Role
from rembuk.regions.models import Village

PASSWORD = "perahu ketinting hijau"
START = date(2020, 1, 1)
END = date(2099, 12, 31)


def person(name: str = "Siti Aminah", username: str = "siti", **fields: Any) -> Person:
    """An active person who can sign in with PASSWORD; the same user name again is the same person."""
    found = Person.objects.filter(username=username).first()
    return found or Person.objects.create_person(username=username, name=name, password=PASSWORD, **fields)


def holder(role: Role | str, village: Village | None = None, *, level: str = "", **fields: Any) -> Assignment:
    """Somebody who holds *role* where *village* lies, at the least level of the role (or at *level*)."""
    role = Role(role)
    at = village or places.melintang()
    level = level or least_level(role)
    deep = ("country", "regency", "district", "village", "hamlet", "rt").index(level)
    username = fields.pop("username", f"{role.value}.{level}.{at.id}".lower())
    who = fields.pop("person", None) or person(f"{role.value} {at.name}", username)
    values: dict[str, Any] = {"start_date": START}
    if role.value in DATED_ROLES:
        values |= {"decree_number": "188/2026", "end_date": END}
    values |= {"regency": at.regency} if deep >= 1 else {}
    values |= {"district": at.district} if deep >= 2 else {}
    values |= {"village": at} if deep >= 3 else {}
    if deep >= 4:
        values["hamlet"] = fields.pop("hamlet", None) or places.hamlet(at)
    if deep >= 5:
        values["rt"] = fields.pop("rt", None) or places.rt(values["hamlet"])
    return Assignment.objects.create(person=who, role=role.value, **(values | fields))


def village_head(village: Village | None = None) -> Assignment:
    return holder(Role.KAD, village)


def secretary(village: Village | None = None) -> Assignment:
    return holder(Role.SDK, village)


def rt_head(village: Village | None = None) -> Assignment:
    return holder(Role.RTK, village, level="rt")


def bpd_chair(village: Village | None = None) -> Assignment:
    return holder(Role.BPD, village)


def facilitator(village: Village | None = None) -> Assignment:
    return holder(Role.PLD, village)


def planner(village: Village | None = None) -> Assignment:
    """A member of DPMD's staff."""
    return holder(Role.STF, village)


def division_head(village: Village | None = None) -> Assignment:
    return holder(Role.KBD, village)


def administrator(village: Village | None = None) -> Assignment:
    return holder(Role.ADM, village)


def stranger() -> Assignment:
    """A secretary of a village in another regency."""
    return holder(Role.SDK, places.merancang())


def signed_in(assignment: Assignment) -> Client:
    """Return a client signed in as the person of *assignment* and wearing it."""
    client = Client()
    client.force_login(assignment.person)
    session = client.session
    session["assignment"] = str(assignment.id)
    session.save()
    return client
