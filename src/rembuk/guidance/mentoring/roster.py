"""Who holds a role at many places on a day, or stands in: one query for a season of visits or a day's reminders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import StandIn
from rembuk.core.guidance.standins import line_of
from rembuk.core.hat import Place, Role

LOCAL_LINE: Final = (Role.PLD, Role.PDA, Role.PDK, Role.PTP, Role.TVK, Role.CAM, Role.STF)
"""Who visits a village when nobody is named: its own facilitator, then those who stand in, up to DPMD."""
JUDGE_LINE: Final = (Role.PTP, Role.TVK, Role.CAM, Role.STF, Role.KBD)
"""Who looks at evidence: the district first."""


class Roster:
    """Assignments of some roles that are valid on a day, found by place. One query when it is made."""

    def __init__(self, roles: Iterable[Role], on: date) -> None:
        asked = {each.value for role in roles for each in line_of(role)}
        rows = Assignment.objects.valid_on(on).filter(role__in=asked, hamlet__isnull=True, rt__isnull=True)
        self._held: Mapping[tuple[str, str], list[Assignment]] = defaultdict(list)
        for row in rows.select_related("person").order_by("person__name", "id"):
            self._held[row.role, row.village_id or row.district_id or row.regency_id or ""].append(row)

    def holders(self, role: Role, place: Place, agency: str = "") -> list[Assignment]:
        """Return who holds *role* over *place*, the nearest first; of one *agency* where it is named."""
        keys = dict.fromkeys((place.village, place.district, place.regency, ""))
        rows = [row for key in keys for row in self._held.get((role.value, key), ())]
        return [row for row in rows if row.agency in ("", agency)] if agency and role is Role.OPD else rows

    def who(self, role: Role, place: Place, agency: str = "") -> StandIn | None:
        """Return who holds *role* over *place*, or stands in; None if the whole line is empty."""
        for each in line_of(role):
            if found := self.holders(each, place, agency):
                return StandIn(wanted=role, role=each, assignments=tuple(found))
        return None

    def first_of(self, line: Iterable[Role], place: Place, *, without: Iterable[UUID | None] = ()) -> list[Assignment]:
        """Return the holders of the first role of *line* that has any, these people left out."""
        barred = set(without)
        for role in line:
            if found := [row for row in self.holders(role, place) if row.person_id not in barred]:
                return found
        return []


def people_of(who: StandIn | None) -> list[UUID]:
    """Return the people of a stand-in, nobody for None."""
    return [row.person_id for row in who.assignments] if who is not None else []
