"""Who answers for an activity or a commitment: a role, a person, or whoever stands in for an empty role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.standing_in import standing_in
from rembuk.core.hat import Place, Role
from rembuk.shared.roles import role_name

OWNER_ROLES = (
    *(Role.KDP, Role.KBD, Role.STF, Role.TRN, Role.SEK, Role.BAP, Role.BPK, Role.HKM, Role.INS, Role.OPD),
    *(Role.CAM, Role.PTP, Role.TVK, Role.TAP, Role.PDK, Role.PLD, Role.PDA),
)
"""Roles that may answer for an activity; nobody of a village answers for a plan of the regency."""


@dataclass(frozen=True, slots=True)
class OwnerChoice:
    """One line of the list of owners. value: ``role:KBD`` or ``person:<key>``."""

    value: str
    words: str
    group: str


def owner_choices(place: Place, on: date) -> tuple[list[OwnerChoice], list[OwnerChoice]]:
    """Return the roles, and the people of regency and districts by name. One query."""
    roles = [OwnerChoice(f"role:{role.value}", role_name(role), "role") for role in OWNER_ROLES]
    rows = Assignment.objects.valid_on(on).filter(
        regency_id=place.regency, village__isnull=True, role__in=[role.value for role in OWNER_ROLES]
    )
    seen: set[UUID] = set()
    people = []
    for row in rows.with_place().order_by("person__name", "role", "id"):
        if row.person_id not in seen:
            seen.add(row.person_id)
            words = f"{row.person.name}, {row.hat().place_name or ''} {role_name(row.role)}".replace("  ", " ")
            people.append(OwnerChoice(f"person:{row.person_id}", words, "person"))
    return roles, people


def owner_text(role: str, person: Person | None) -> str:
    """Say who answers, in words; empty when nobody does."""
    parts = [person.name if person is not None else "", role_name(role) if role else ""]
    return ", ".join(part for part in parts if part)


def holders_of(role: str, person_id: UUID | None, place: Place, on: date, agency: str = "") -> list[UUID]:
    """Return the people to tell: the person named, else the holders of the role or who stands in for it.

    agency: only its own people hold the role of an agency there; without any, who stands in does.
    """
    if person_id is not None:
        return [person_id]
    if not role:
        return []
    if agency:
        own = Assignment.objects.valid_on(on).filter(Q(regency_id=place.regency), role=Role.OPD.value, agency=agency)
        found: Sequence[UUID] = list(own.order_by("person_id").values_list("person_id", flat=True).distinct())
        if found:
            return list(found)
        return _people(standing_in(Role.BAP, place, on))
    return _people(standing_in(Role(role), place, on))


def _people(who: object) -> list[UUID]:
    assignments = getattr(who, "assignments", ())
    return sorted({assignment.person_id for assignment in assignments})
