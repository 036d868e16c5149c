"""The people of the example: one sign-in per role, officials for every village and district. All names are invented."""

from datetime import date

from django.contrib.auth.hashers import make_password

from rembuk.accounts.models import Assignment, Person
from rembuk.core.hat import Hat, Role
from rembuk.regions.models import District, Village
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG, REGENCY
from rembuk.seed.scene import username_of
from rembuk.seed.sign_ins import AGENCIES, PASSWORD, SIGN_INS, SIGN_INS_FULL
from rembuk.shared import trail

START, END = date(2024, 1, 2), date(2029, 12, 31)
DISTRICT = "64.02.18"


def plant_people(hat: Hat, villages: list[Village]) -> dict[str, Hat]:
    """Make all people and assignments. Returns the hats of the sign-ins by user name."""
    encoded = make_password(
        PASSWORD
    )  # hashed once: six hundred people with one known password need no six hundred salts
    people: list[Person] = []
    assignments: list[Assignment] = []
    for username, words, role, level in SIGN_INS_FULL:
        person = make_person(username, words, encoded, shown=True)
        people.append(person)
        assignments.append(assign(person, role, place_of(level, villages), AGENCIES.get(username, "")))
    for village in villages:
        for role in (Role.KAD, Role.SDK, Role.BPD, Role.VRF):
            if village.id == MELINTANG:
                continue
            person = make_person(username_of(role, village.id), "", encoded)
            people.append(person)
            assignments.append(assign(person, role, {"village": village, "district_id": village.district_id}))
    for district in District.objects.filter(villages__in=villages).distinct().exclude(pk=DISTRICT):
        for role in (Role.CAM, Role.PTP):
            person = make_person(username_of(role, district.code), "", encoded)
            people.append(person)
            assignments.append(assign(person, role, {"district": district}))
    with trail.acting(hat, "seed.people"):
        Person.objects.bulk_create(people)
        Assignment.objects.bulk_create(assignments)
    by_name = {person.id: person.username for person in people}
    return {by_name[a.person_id]: a.hat() for a in assignments if by_name[a.person_id] in dict(SIGN_INS)}


def make_person(username: str, words: str, encoded: str, *, shown: bool = False) -> Person:
    return Person(
        id=chance.key("orang", username),
        username=username,
        name=chance.person_name(username),
        password=encoded,
        state=Person.State.ACTIVE,
        settings={"demo_sign_in": True, "demo_words": words} if shown else {},
    )


def place_of(level: str, villages: list[Village]) -> dict[str, object]:
    village = next(v for v in villages if v.id == MELINTANG)
    if level == "village":
        return {"village": village, "district_id": village.district_id}
    if level == "hamlet":
        hamlet = village.hamlets.get(name="Hilir")
        return {"village": village, "district_id": village.district_id, "hamlet": hamlet}
    if level == "district":
        return {"district": village.district}
    return {}


def assign(person: Person, role: Role, place: dict[str, object], agency: str = "") -> Assignment:
    return Assignment(
        id=chance.key("penugasan", person.username),
        person=person,
        role=role.value,
        regency_id=REGENCY,
        decree_number=f"141/{chance.of('sk', person.username).randint(10, 900)}/SK/2024",
        start_date=START,
        end_date=END,
        agency=agency,
        **place,
    )
