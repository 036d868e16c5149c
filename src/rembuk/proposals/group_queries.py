"""What became of the proposals that name a group of people, of many villages and years at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from rembuk.core.hat import Place
from rembuk.proposals.models import Proposal
from rembuk.regions.queries import place_q


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The proposals of one village and year that name a group they help: how many, and how many are in the plan.

    asked, planned: UNSUR code -> how many of them name that group; one may name several.
    """

    total: int = 0
    planned_total: int = 0
    asked: Mapping[str, int] = field(default_factory=dict)
    planned: Mapping[str, int] = field(default_factory=dict)


def group_outcomes(
    place: Place, years: Sequence[int], groups: Sequence[str], within: Q | None = None
) -> dict[tuple[str, int], Outcomes]:
    """Return (village, budget year) -> what became of the proposals for *groups*, at or below *place*.

    Those of the yearly plan; a merged one is heard with its target. within: only these. Nobody's name. One query.
    """
    rows = Proposal.objects.filter(place_q(place), within or Q(), cycle__kind="rkp", cycle__budget_year__in=years)
    rows = rows.exclude(state__in=("draft", "withdrawn", "merged")).exclude(groups=[]).order_by()
    # The list of codes is JSON text on one database and jsonb on the other; both find the quoted code.
    naming = [Q(groups__icontains=f'"{code}"') for code in groups]
    planned = Q(state="planned")
    counted = rows.values_list("village_id", "cycle__budget_year").annotate(
        n=Count("id"),
        p=Count("id", filter=planned),
        **{f"n{place}": Count("id", filter=named) for place, named in enumerate(naming)},
        **{f"p{place}": Count("id", filter=named & planned) for place, named in enumerate(naming)},
    )
    found = {}
    for village, year, total, planned_total, *numbers in counted:
        asked, kept = numbers[: len(groups)], numbers[len(groups) :]
        found[village, year] = Outcomes(
            total, planned_total, dict(zip(groups, asked, strict=True)), dict(zip(groups, kept, strict=True))
        )
    return found
