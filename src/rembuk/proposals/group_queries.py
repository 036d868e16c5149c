"""What became of the proposals that name a group of people, of many villages and years at once."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast

from rembuk.core.hat import Place
from rembuk.proposals.models import Proposal
from rembuk.regions.queries import place_q


@dataclass(slots=True)
class Outcomes:
    """The proposals of one village and year that name a group they help: how many, and how many are in the plan.

    asked, planned: UNSUR code -> how many of them name that group; one may name several.
    """

    total: int = 0
    planned_total: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    planned: Counter[str] = field(default_factory=Counter)


def group_outcomes(
    place: Place, years: Sequence[int], groups: Sequence[str], within: Q | None = None
) -> dict[tuple[str, int], Outcomes]:
    """Return (village, budget year) -> what became of the proposals for *groups*, at or below *place*.

    Those of the yearly plan; a merged one is heard with its target. within: only these. Nobody's name. One query.
    """
    rows = Proposal.objects.filter(place_q(place), within or Q(), cycle__kind="rkp", cycle__budget_year__in=years)
    rows = rows.exclude(state__in=("draft", "withdrawn", "merged")).exclude(groups=[]).order_by()
    # Grouped by the text of the list and read here: to look into it for each group would take the database far longer.
    counted = rows.annotate(named=Cast("groups", TextField())).values_list(
        "village_id", "cycle__budget_year", "named", "state"
    )
    found: dict[tuple[str, int], Outcomes] = {}
    wanted: dict[str, list[str]] = {}
    for village, year, text, state, number in counted.annotate(n=Count("id")):
        if text not in wanted:
            wanted[text] = [code for code in groups if code in json.loads(text)]
        if (village, year) not in found:
            found[village, year] = Outcomes()
        add(found[village, year], wanted[text], number, planned=state == "planned")
    return found


def add(outcomes: Outcomes, groups: Sequence[str], number: int, *, planned: bool) -> None:
    """Add so many proposals that name *groups*."""
    outcomes.total += number
    outcomes.planned_total += number if planned else 0
    for code in groups:
        outcomes.asked[code] += number
        outcomes.planned[code] += number if planned else 0
