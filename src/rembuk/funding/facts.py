"""What the gates rest on where money is concerned: the ceilings in force of each cycle's village and year."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from rembuk.core.workflow.guards import CeilingFacts
from rembuk.cycles.models import Cycle
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import CeilingsInForce, ceilings_of_many, is_of_letter

STAGES = ("K3", "K4", "K6", "K9", "K10", "K11", "K12")
"""The stages whose guards ask for the ceilings."""


def ceilings(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return ``{"ceilings": CeilingFacts}`` per cycle. Three queries, however many cycles.

    sources counts the sources of the regency's letter that have a figure, zero included; the figures balance when a
    letter is in force and none of its figures still waits to be issued.
    """
    cycles = list(Cycle.objects.filter(pk__in=cycle_ids).values_list("pk", "village_id", "budget_year"))
    pairs = [(village, year) for _pk, village, year in cycles]
    found = ceilings_of_many(pairs)
    unissued = waiting(pairs)
    return {
        pk: {"ceilings": facts_of(found[village, year], waiting=(village, year) in unissued)}
        for pk, village, year in cycles
    }


def waiting(pairs: Sequence[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """Return which (village, year) have figures that nobody has issued yet. One query."""
    rows = Ceiling.objects.filter(
        village_id__in={village for village, _ in pairs},
        budget_year__in={year for _, year in pairs},
        issued_at__isnull=True,
    )
    return frozenset(rows.order_by().values_list("village_id", "budget_year").distinct())


def facts_of(found: CeilingsInForce, *, waiting: bool) -> CeilingFacts:
    """Return one village's ceilings as the guards ask for them."""
    letter = [row for row in found.rows if is_of_letter(row.source)]
    provisional = found.stage == Ceiling.Stage.PROVISIONAL
    return CeilingFacts(
        sources=len({row.source for row in letter}),
        provisional=provisional,
        basis=next((row.basis for row in letter if row.basis), ""),
        balanced=found.real and not waiting,
    )
