"""Who sat at the table, as totals: the meetings of a year, and the teams that its head appointed."""

from collections import defaultdict
from dataclasses import dataclass

from rembuk.core.law.elements import ATTENDEE_TYPES, ELEMENTS
from rembuk.core.workflow.privacy import SMALLEST, shown_cells
from rembuk.cycles.models import Cycle
from rembuk.deliberation.queries import AtTheTable
from rembuk.plans.models import Team, TeamMember


@dataclass(frozen=True, slots=True)
class Seats:
    """One team by its members. men, women: None where one of them is so small that it could be worked out."""

    name: str
    decree: str
    total: int
    men: int | None
    women: int | None


def seats_of(cycle: Cycle) -> list[Seats]:
    """Return the teams of a cycle that count five or more. One query."""
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: {"L": 0, "P": 0})
    rows = TeamMember.objects.filter(team__cycle=cycle).order_by("team__kind", "order", "id")
    for kind, decree, sex in rows.values_list("team__kind", "team__decree_number", "sex"):
        counts[kind, decree][sex] += 1
    names = dict(Team.Kind.choices)
    found = []
    for (kind, decree), cells in counts.items():
        total = sum(cells.values())
        shown, _rest = shown_cells(cells)
        if total >= SMALLEST:
            found.append(Seats(str(names[kind]), decree, total, shown.get("L"), shown.get("P")))
    return found


def named_elements(table: AtTheTable) -> list[tuple[str, int]]:
    """Return the elements with their names, the most people first."""
    names = ELEMENTS | ATTENDEE_TYPES
    return [(names.get(code, code), count) for code, count in table.elements.items()]
