"""Level 4: trained and not yet trained villages side by side, in the same cycle."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rembuk.core.guidance.kirkpatrick import DIMENSIONS, ResultRow, result_row
from rembuk.cycles.models import Cycle
from rembuk.guidance.training import measures
from rembuk.guidance.training.measures import Measure
from rembuk.guidance.training.queries.programme import trained_villages


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure with its two sides."""

    measure: Measure
    result: ResultRow


@dataclass(frozen=True, slots=True)
class DimensionRows:
    """A dimension with its measures; without any it waits for a room that knows some."""

    code: str
    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class Impact:
    """Level 4 of one budget year. trained, others: villages with a cycle of that year, by *until*."""

    budget_year: int
    until: date
    trained: int
    others: int
    dimensions: tuple[DimensionRows, ...]


def budget_years(regency_id: str) -> list[int]:
    """Return the budget years with a yearly cycle in a regency, newest first. One query."""
    rows = Cycle.objects.filter(village__regency_id=regency_id).order_by("-budget_year")
    return list(rows.values_list("budget_year", flat=True).distinct())


def impact_of(regency_id: str, budget_year: int, until: date, today: date) -> Impact:
    """Return trained villages (somebody passed in a class that ended by *until*) beside the others.

    A constant number of queries, whatever the number of villages: the measures', twice, and three more.
    """
    rows = Cycle.objects.filter(village__regency_id=regency_id, budget_year__in=(budget_year, budget_year - 1))
    cycles: dict[int, dict[str, UUID]] = {budget_year: {}, budget_year - 1: {}}
    for year, village, key in rows.order_by("id").values_list("budget_year", "village_id", "pk"):
        cycles[year][village] = key
    trained = trained_villages(regency_id, until) & cycles[budget_year].keys()

    def row_of(measure: Measure) -> MeasureRow:
        now, before = (measure.provider(cycles[year], today) for year in (budget_year, budget_year - 1))
        return MeasureRow(measure, result_row(trained, now, before))

    return Impact(
        budget_year,
        until,
        len(trained),
        len(cycles[budget_year]) - len(trained),
        tuple(
            DimensionRows(code, title, tuple(row_of(measure) for measure in measures.of_dimension(code)))
            for code, title in DIMENSIONS.items()
        ),
    )
