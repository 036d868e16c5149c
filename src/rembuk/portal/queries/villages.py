"""Villages as a visitor looks for them, and the year of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rembuk.cycles.models import Cycle
from rembuk.regions.models import Village


def village_by_code(code: str) -> Village | None:
    """Return the village with the official code of today, or None. One query."""
    rows = Village.objects.select_related("district", "regency")
    return rows.filter(code=code[:13].replace("\x00", ""), valid_to__isnull=True).first()


def found_villages(text: str, regency: str = "", district: str = "") -> "QuerySet[Village]":
    """Return the villages whose name, code or district matches, by district and name."""
    villages = Village.objects.filter(valid_to__isnull=True).select_related("district", "regency")
    if regency:
        villages = villages.filter(regency_id=regency)
    if district:
        villages = villages.filter(district_id=district)
    if text:
        villages = villages.filter(
            Q(name__icontains=text) | Q(code__startswith=text) | Q(district__name__icontains=text)
        )
    return villages.order_by("district__name", "name", "id")


@dataclass(frozen=True, slots=True)
class ChosenYear:
    """The year of a village that a page shows. years: those it has, newest first.

    missed: what was asked for where there is no such year; the page then says so and shows the present one.
    """

    cycle: Cycle | None
    cycles: tuple[Cycle, ...]
    missed: str = ""

    @property
    def year(self) -> int:
        return self.cycle.budget_year if self.cycle is not None else 0

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(cycle.budget_year for cycle in self.cycles)

    @property
    def others(self) -> tuple[int, ...]:
        return tuple(year for year in self.years if year != self.year)


def chosen_year(village: Village, asked: str) -> ChosenYear:
    """Return the year that *asked* names, without one the newest that is still open, else the newest. One query."""
    cycles = tuple(Cycle.objects.filter(village=village).order_by("-budget_year"))
    wanted = asked.strip()[:10]
    named = next((cycle for cycle in cycles if str(cycle.budget_year) == wanted), None)
    if named is not None:
        return ChosenYear(named, cycles)
    return ChosenYear(present(cycles), cycles, wanted if cycles else "")


def present(cycles: Sequence[Cycle]) -> Cycle | None:
    open_ones = (cycle for cycle in cycles if cycle.closed_at is None)
    return next(open_ones, cycles[0] if cycles else None)
