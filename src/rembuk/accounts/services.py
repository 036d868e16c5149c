"""Writes over people and their assignments. Codes and sign-in are in `signing`."""

from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q

from rembuk.accounts.codes import Slip
from rembuk.accounts.labels import LEVEL_NAMES
from rembuk.accounts.levels import depth_allowed, least_level
from rembuk.accounts.models import DATED_ROLES, Assignment, Person, normal_phone
from rembuk.accounts.permissions import APPROVERS, may_grant
from rembuk.accounts.queries import READING_DAYS, local_day
from rembuk.accounts.signing import new_slip
from rembuk.accounts.values import Post, Who
from rembuk.core.errors import NotAllowedError, RefusedError
from rembuk.core.hat import SYSTEM, Hat, Place, Role
from rembuk.core.permissions import Somewhere, require
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village
from rembuk.shared import trail
from rembuk.shared.roles import role_name


@transaction.atomic
def invite_person(*, hat: Hat, who: Who, post: Post) -> Assignment:
    """Make an account with its first assignment; the person gets in with a code (`signing.make_code`).

    What DPMD heads and administrators make counts at once, what others make waits for `approve_assignment`.
    Raises: NotAllowedError, RefusedError ``role-above``, ``place-missing``, ``decree-missing``, ``name-taken``, ...
    """
    require(hat, "accounts.invite_person", Somewhere(post.place))
    check_post(hat, post)
    check_who(who)
    with trail.acting(hat, "accounts.invite_person"):
        person = Person.objects.create_person(
            username=who.username,
            name=who.name,
            email=who.email.lower() or None,
            phone=normal_phone(who.phone) or None,
            state=Person.State.INVITED,
        )
        return _appoint(hat, person, post)


@transaction.atomic
def add_assignment(*, hat: Hat, person_id: UUID, post: Post) -> Assignment:
    """Give a person that *hat* may help one more assignment. Raises: as `invite_person`, ``assignment-exists``."""
    require(hat, "accounts.invite_person", Somewhere(post.place))
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.id == hat.person_id:
        raise RefusedError("not-oneself")
    check_post(hat, post)
    with trail.acting(hat, "accounts.invite_person"):
        if person.state == Person.State.ENDED:
            person.state = Person.State.INVITED
            person.save(update_fields=["state"])
        return _appoint(hat, person, post)


def _appoint(hat: Hat, person: Person, post: Post) -> Assignment:
    place = post.place
    same = Assignment.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=post.start_date),
        person=person,
        role=post.role.value,
        regency_id=place.regency or None,
        district_id=place.district or None,
        village_id=place.village or None,
        hamlet=Hamlet.objects.filter(pk=place.hamlet).first() if place.hamlet else None,
        rt=Rt.objects.filter(pk=place.rt).first() if place.rt else None,
    ).exclude(state=Assignment.State.DECLINED)
    if post.end_date is not None:
        same = same.filter(start_date__lte=post.end_date)
    if same.exists():
        raise RefusedError("assignment-exists", name=person.name)
    return Assignment.objects.create(
        person=person,
        role=post.role.value,
        regency_id=place.regency or None,
        district_id=place.district or None,
        village_id=place.village or None,
        hamlet_id=place.hamlet or None,
        rt_id=place.rt or None,
        agency=post.agency,
        decree_number=post.decree_number,
        start_date=post.start_date,
        end_date=post.end_date,
        acting=post.acting,
        state=Assignment.State.APPROVED if hat.role in APPROVERS else Assignment.State.PROPOSED,
        proposed_by=hat.person_id,
    )


def check_post(hat: Hat, post: Post) -> None:
    """Refuse a post that *hat* may not give or that lacks what its role needs. Writes nothing."""
    role = post.role
    if not may_grant(hat, role):
        raise RefusedError("role-above", role=role_name(role))
    if not hat.place.covers(post.place) or not place_exists(post.place):
        raise RefusedError("place-elsewhere")
    if not depth_allowed(role, level_of(post.place)):
        raise RefusedError("place-missing", role=role_name(role), level=LEVEL_NAMES[least_level(role)])
    if role.value in DATED_ROLES and (not post.decree_number or post.end_date is None):
        raise RefusedError("decree-missing", role=role_name(role))
    if post.end_date is not None and post.end_date < post.start_date:
        raise RefusedError("ends-before-start")


def level_of(place: Place) -> str:
    """Return the level of the smallest part that *place* names."""
    named = (("rt", place.rt), ("hamlet", place.hamlet), ("village", place.village), ("district", place.district))
    return next((level for level, part in named if part), "regency" if place.regency else "country")


def place_exists(place: Place) -> bool:
    """Return whether every part of *place* is there and lies in the part before it."""
    village = {"village_id": place.village, "village__regency_id": place.regency}
    checks = (
        (place.regency, Regency.objects.filter(pk=place.regency)),
        (place.district, District.objects.filter(pk=place.district, regency_id=place.regency)),
        (place.village, Village.objects.filter(pk=place.village, district_id=place.district)),
        (place.hamlet, Hamlet.objects.filter(pk=place.hamlet, **village) if place.hamlet else Hamlet.objects.none()),
        (place.rt, Rt.objects.filter(pk=place.rt, **village) if place.rt else Rt.objects.none()),
    )
    return all(found.exists() for part, found in checks if part)


def check_who(who: Who, but: UUID | None = None) -> None:
    """Refuse a name, e-mail or phone that another account signs in with. Raises: RefusedError ``name-taken``, ..."""
    others = Person.objects.exclude(pk=but) if but else Person.objects.all()
    if others.filter(username=who.username.strip().lower()).exists():
        raise RefusedError("name-taken", username=who.username)
    if who.email and others.filter(email=who.email.lower()).exists():
        raise RefusedError("email-taken", email=who.email)
    if who.phone and others.filter(phone=normal_phone(who.phone)).exists():
        raise RefusedError("phone-taken", phone=who.phone)


@transaction.atomic
def approve_assignment(*, hat: Hat, assignment_id: UUID, agree: bool) -> Assignment:
    """Agree to a proposed assignment, or decline it. Raises: NotAllowedError, RefusedError ``not-proposed``."""
    assignment = _locked(assignment_id)
    require(hat, "accounts.approve_assignment", assignment)
    if assignment.state != Assignment.State.PROPOSED:
        raise RefusedError("not-proposed")
    with trail.acting(hat, "accounts.approve_assignment"):
        assignment.state = Assignment.State.APPROVED if agree else Assignment.State.DECLINED
        assignment.save(update_fields=["state"])
    return assignment


@transaction.atomic
def end_assignment(*, hat: Hat, assignment_id: UUID, on: date) -> Assignment:
    """End an assignment: *on* is its last day. The account stays for `READING_DAYS` (see `end_unused_accounts`).

    Raises: NotAllowedError, RefusedError ``already-ended``, ``ends-before-start``, ``last-administrator``.
    """
    assignment = _locked(assignment_id)
    require(hat, "accounts.end_assignment", assignment)
    if assignment.end_date is not None and assignment.end_date <= on:
        raise RefusedError("already-ended")
    if on < assignment.start_date:
        raise RefusedError("ends-before-start")
    _keep_an_administrator(assignment, on)
    with trail.acting(hat, "accounts.end_assignment"):
        assignment.end_date = on
        assignment.save(update_fields=["end_date"])
    return assignment


def _keep_an_administrator(assignment: Assignment, on: date) -> None:
    if assignment.role != Role.ADM.value:
        return
    others = Assignment.objects.valid_on(on).filter(role=Role.ADM.value, regency_id=assignment.regency_id)
    others = others.filter(Q(end_date__isnull=True) | Q(end_date__gt=on))
    if not others.exclude(person_id=assignment.person_id).exclude(person__state=Person.State.SUSPENDED).exists():
        raise RefusedError("last-administrator")


@transaction.atomic
def suspend_person(*, hat: Hat, assignment_id: UUID, suspend: bool, at: datetime) -> Person:
    """Freeze an account (every session ends with the next request) or open it again.

    Raises: NotAllowedError, RefusedError ``holds-higher-role``, ``state-same``, ``last-administrator``.
    """
    assignment = _locked(assignment_id)
    require(hat, "accounts.suspend_person", assignment)
    person = Person.objects.select_for_update().get(pk=assignment.person_id)
    check_helps(hat, person, at)
    if (person.state == Person.State.SUSPENDED) == suspend:
        raise RefusedError("state-same")
    if suspend:
        _keep_an_administrator(assignment, local_day(assignment, at))
    with trail.acting(hat, "accounts.suspend_person"):
        used = person.has_usable_password()
        person.state = Person.State.SUSPENDED if suspend else Person.State.ACTIVE if used else Person.State.INVITED
        person.save(update_fields=["state"])
    return person


@transaction.atomic
def make_code(*, hat: Hat, assignment_id: UUID, at: datetime) -> tuple[Assignment, Slip]:
    """Make a code for the person of an assignment: an invitation, or a reset once they have a password.

    Earlier codes of the person stop working. Raises: NotAllowedError, RefusedError ``holds-higher-role``,
    ``person-ended``, ``not-proposed`` for an assignment that still waits for approval.
    """
    assignment = _locked(assignment_id)
    require(hat, "accounts.make_code", assignment)
    person = assignment.person
    check_helps(hat, person, at)
    if not person.is_active or not assignment.valid_on(local_day(assignment, at)):
        raise RefusedError("person-ended")
    with trail.acting(hat, "accounts.make_code"):
        return assignment, new_slip(person, made_by=hat.person_id, at=at)


@transaction.atomic
def drop_second_factor(*, hat: Hat, assignment_id: UUID, at: datetime) -> None:
    """Take the second factor off a person whose device is gone; they set a new one at the next sign-in.

    Raises: NotAllowedError, RefusedError ``holds-higher-role``.
    """
    assignment = _locked(assignment_id)
    require(hat, "accounts.drop_second_factor", assignment)
    check_helps(hat, assignment.person, at)
    with trail.acting(hat, "accounts.drop_second_factor"):
        Authenticator.objects.filter(user=assignment.person).delete()


def end_unused_accounts(today: date) -> int:
    """End the accounts whose last assignment ended more than ninety days ago; returns how many. Idempotent.

    A new assignment opens such an account again. Called once a day.
    """
    kept = Q(assignments__end_date__isnull=True) | Q(assignments__end_date__gte=today - timedelta(days=READING_DAYS))
    living = Person.objects.filter(kept, assignments__state__in=("approved", "proposed")).values("pk")
    over = Person.objects.filter(assignments__isnull=False).exclude(state=Person.State.ENDED).exclude(pk__in=living)
    with transaction.atomic(), trail.acting(Hat(SYSTEM, "harian", Role.ADM, Place()), "accounts.end_person"):
        return Person.objects.filter(pk__in=over.values("pk")).update(state=Person.State.ENDED)


def check_helps(hat: Hat, person: Person, at: datetime) -> None:
    """Refuse unless *hat* stands above **every** running assignment of *person*.

    Otherwise a village head could print a code for a clerk who is also DPMD staff, and sign in as DPMD.
    Raises: RefusedError ``holds-higher-role``.
    """
    for other in Assignment.objects.approved().filter(person=person).with_place():
        over = other.end_date is not None and other.end_date < local_day(other, at)
        if not over and not (may_grant(hat, Role(other.role)) and hat.place.covers(other.place)):
            raise RefusedError("holds-higher-role", name=person.name)


@transaction.atomic
def first_administrator(*, hat: Hat, regency_code: str, name: str, username: str, at: datetime) -> tuple[Person, Slip]:
    """Make a regency's first administrator and the code that lets them in. Raises: NotAllowedError if there is one."""
    if Assignment.objects.filter(role=Role.ADM.value, regency_id=regency_code).exists():
        raise NotAllowedError("not-allowed", act="accounts.invite_person", roles=[Role.ADM.value])
    who = Who(name=name, username=username)
    check_who(who)
    with trail.acting(hat, "accounts.invite_person"):
        person = Person.objects.create_person(username=username, name=name, state=Person.State.INVITED)
        assignment = Assignment(person=person, role=Role.ADM.value, regency_id=regency_code, proposed_by=hat.person_id)
        assignment.start_date = local_day(assignment, at)
        assignment.save()
        return person, new_slip(person, made_by=hat.person_id, at=at)


def _locked(assignment_id: UUID) -> Assignment:
    return Assignment.objects.with_place().select_for_update(of=("self",)).get(pk=assignment_id)
