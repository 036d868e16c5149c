"""Reads over people and assignments, scoped by the hat that asks."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Model, Q, QuerySet

from rembuk.accounts.models import Assignment, OneTimeCode, Person
from rembuk.accounts.permissions import APPROVERS
from rembuk.core.hat import DPMD_ROLES, Hat, Role
from rembuk.shared import clock

ROLE_ORDER = {role.value: number for number, role in enumerate(Role)}
SECOND_FACTOR_ROLES = frozenset({role.value for role in DPMD_ROLES} | {Role.ADM.value})


def local_day(assignment: Assignment, now: datetime) -> date:
    """Return the day it is at the assignment's regency: rights begin and end at midnight there."""
    zone = assignment.regency.time_zone if assignment.regency is not None else settings.TIME_ZONE
    return now.astimezone(ZoneInfo(zone)).date()


def hats_of(person: Person, now: datetime | None = None) -> list[Assignment]:
    """Return the person's assignments that give rights now, in the order of the list of roles. One query."""
    now = now or clock.now()
    found = Assignment.objects.approved().filter(person=person).with_place()
    valid = [assignment for assignment in found if assignment.valid_on(local_day(assignment, now))]
    return sorted(valid, key=lambda a: (ROLE_ORDER[a.role], a.start_date, str(a.id)))


def has_second_factor(person: Person) -> bool:
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def second_factor_missing(person: Person, assignments: list[Assignment]) -> bool:
    """Return whether the person must set a second factor first: DPMD and administrators of a working installation."""
    if settings.REMBUK_MODE != "kerja" or not any(a.role in SECOND_FACTOR_ROLES for a in assignments):
        return False
    return not has_second_factor(person)


def place_q(hat: Hat) -> Q:
    """Return the filter for assignments at or below the hat's place; the empty place sees the whole country."""
    place = hat.place
    wanted = {
        "regency_id": place.regency,
        "district_id": place.district,
        "village_id": place.village,
        "hamlet_id": place.hamlet,
        "rt_id": place.rt,
    }
    return Q(**{name: value for name, value in wanted.items() if value})


def assignments_seen_by(hat: Hat) -> "QuerySet[Assignment]":
    """Return the assignments at or below the hat's place with person and place, ordered by place, role and name."""
    ordered = ("regency_id", "district_id", "village_id", "role", "person__name", "id")
    return Assignment.objects.filter(place_q(hat)).with_place().order_by(*ordered)


def waiting(hat: Hat) -> "QuerySet[Assignment] | None":
    """Return the proposed assignments that wait for *hat*: None for a role that does not approve."""
    if hat.role not in APPROVERS:
        return None
    proposed = Assignment.objects.filter(place_q(hat), state=Assignment.State.PROPOSED)
    return proposed.exclude(proposed_by=hat.person_id)


def demo_sign_ins(now: datetime) -> list[Assignment]:
    """Return the assignments shown as one-press sign-ins of the worked example, in the order of the roles.

    The seed marks their people with ``settings["demo_sign_in"] = True``.
    """
    found = Assignment.objects.approved().filter(person__state=Person.State.ACTIVE).with_place()
    marked = [a for a in found.filter(person__settings__demo_sign_in=True) if a.valid_on(local_day(a, now))]
    return sorted(marked, key=lambda a: (ROLE_ORDER[a.role], a.place.path, a.person.name, str(a.id)))


def assignment_by_id(key: UUID | str) -> Assignment:
    """Return one assignment with person and place. Raises: DoesNotExist, ValidationError for what is no key."""
    return Assignment.objects.with_place().get(pk=key)


def rows_of_assignment(assignment: Assignment) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of an assignment: its person and their codes."""
    codes = OneTimeCode.objects.filter(person_id=assignment.person_id).values_list("pk", flat=True)
    return [(Person, [assignment.person_id]), (OneTimeCode, list(codes))]


READING_DAYS = 90
"""How long an ended assignment still lets its person read what they themselves wrote (roles, section 1)."""


def ended_hats_of(person: Person, now: datetime) -> list[Assignment]:
    """Return the person's assignments that ended within the last ninety days, latest first."""
    found = Assignment.objects.approved().filter(person=person, end_date__isnull=False).with_place()
    ended = [a for a in found if a.end_date and 0 < (local_day(a, now) - a.end_date).days <= READING_DAYS]
    return sorted(ended, key=lambda a: (a.end_date or now.date(), str(a.id)), reverse=True)
