"""Who holds a role at a place today, or stands in for it while it is empty."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rembuk.accounts.models import Assignment
from rembuk.core.guidance.standins import line_of
from rembuk.core.hat import Place, Role
from rembuk.shared.roles import role_name

LEVELS = ("regency", "district", "village", "hamlet", "rt")


@dataclass(frozen=True, slots=True)
class StandIn:
    """The people who do what *wanted* should do: in that role, or in the one that takes over."""

    wanted: Role
    role: Role
    assignments: tuple[Assignment, ...]

    @property
    def is_fallback(self) -> bool:
        return self.role is not self.wanted

    @property
    def wanted_name(self) -> str:
        return role_name(self.wanted)

    @property
    def role_name(self) -> str:
        return role_name(self.role)

    @property
    def names(self) -> str:
        return ", ".join(assignment.person.name for assignment in self.assignments)


def covering(place: Place) -> Q:
    """Return the filter for assignments whose place covers *place*: each level is the same, or left open."""
    found = Q()
    for level in LEVELS:
        key = getattr(place, level)
        same = Q(**{f"{level}_id__isnull": True})
        found &= same | Q(**{f"{level}_id": key}) if key else same
    return found


def standing_in(role: Role, place: Place, on: date) -> StandIn | None:
    """Return who holds *role* over *place* on the day *on*, or who stands in; None if the whole line is empty.

    One query. Source: the list of actors, column "fallback".
    """
    return first_of_line(role, _holders((role,), place, on))


def standing_in_for_each(roles: Iterable[Role], place: Place, on: date) -> Mapping[Role, StandIn]:
    """Return role -> who holds it or stands in; a role whose line is empty is left out. One query."""
    wanted = tuple(roles)
    held = _holders(wanted, place, on)
    found = {role: first_of_line(role, held) for role in wanted}
    return {role: who for role, who in found.items() if who is not None}


def first_of_line(role: Role, held: Mapping[Role, Sequence[Assignment]]) -> StandIn | None:
    """Return the first of the line of *role* that *held* (role -> its holders) knows."""
    for each in line_of(role):
        if held.get(each):
            return StandIn(wanted=role, role=each, assignments=tuple(held[each]))
    return None


def _holders(roles: Iterable[Role], place: Place, on: date) -> dict[Role, list[Assignment]]:
    asked = {each.value for role in roles for each in line_of(role)}
    valid = Assignment.objects.valid_on(on).filter(covering(place), role__in=asked)
    held: dict[Role, list[Assignment]] = {}
    for assignment in valid.with_place().order_by("person__name", "id"):
        held.setdefault(Role(assignment.role), []).append(assignment)
    return held
