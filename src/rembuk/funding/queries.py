"""Reads over ceilings: what is in force, what waits, what a place has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Model, QuerySet

from rembuk.core.hat import Place
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.funding.models import Ceiling

STAGE_ORDER = ("provisional", "indicative", "revised", "final")
SOURCE_ORDER = {code: number for number, code in enumerate(funding_sources())}


@dataclass(frozen=True, slots=True)
class CeilingsInForce:
    """The ceilings of one village and year. plannable and earmarked: source -> rupiah, in the order of the code list.

    stage: the least certain stage among the rows of the regency's letter (provisional before final), or "" without any.
    """

    plannable: Mapping[str, Rupiah]
    earmarked: Mapping[str, Mapping[str, Rupiah]]
    stage: str
    rows: tuple[Ceiling, ...] = field(default=(), compare=False)

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(self.plannable.values()))

    @property
    def earmarked_total(self) -> Rupiah:
        return Rupiah(sum(amount for marks in self.earmarked.values() for amount in marks.values()))

    @property
    def real(self) -> bool:
        """Whether the village has ceilings of a letter, none of them provisional."""
        return bool(self.stage) and self.stage != Ceiling.Stage.PROVISIONAL


def in_order(rows: Iterable[Ceiling]) -> list[Ceiling]:
    """Return ceilings in the order of the code list, plannable before earmarked."""
    return sorted(rows, key=lambda c: (SOURCE_ORDER.get(c.source, 99), bool(c.earmark), c.earmark, c.programme))


def gathered(rows: Iterable[Ceiling]) -> CeilingsInForce:
    """Sum rows in force of one village and year into plannable and earmarked money."""
    plannable: dict[str, Rupiah] = {}
    earmarked: dict[str, dict[str, Rupiah]] = {}
    ordered = in_order(rows)
    for row in ordered:
        if row.earmark:
            marks = earmarked.setdefault(row.source, {})
            marks[row.earmark] = Rupiah(marks.get(row.earmark, 0) + row.amount)
        else:
            plannable[row.source] = Rupiah(plannable.get(row.source, 0) + row.amount)
    stages = {row.stage for row in ordered if is_of_letter(row.source)}
    least = next((stage for stage in STAGE_ORDER if stage in stages), "")
    return CeilingsInForce(plannable, earmarked, least, tuple(ordered))


def is_of_letter(source: str) -> bool:
    """Return whether the source stands in the regency's ceiling letter; the others are the village's own estimates."""
    known = funding_sources().get(source)
    return known is not None and known.in_ceiling


def own_sources() -> tuple[str, ...]:
    """Return the sources that the village itself estimates."""
    return tuple(code for code in funding_sources() if not is_of_letter(code))


def ceilings_in_force(village_id: str, budget_year: int) -> dict[str, Rupiah]:
    """Return what villagers may plan: source -> rupiah, earmarked money left out. One query."""
    return dict(village_ceilings(village_id, budget_year).plannable)


def village_ceilings(village_id: str, budget_year: int) -> CeilingsInForce:
    """Return everything in force for one village and year, earmarked money and stage too. One query."""
    return gathered(Ceiling.objects.filter(village_id=village_id, budget_year=budget_year, in_force=True))


def ceilings_of_many(pairs: Sequence[tuple[str, int]]) -> dict[tuple[str, int], CeilingsInForce]:
    """Return the ceilings in force for each (village, year). One query."""
    rows: dict[tuple[str, int], list[Ceiling]] = {pair: [] for pair in pairs}
    villages, years = {village for village, _ in pairs}, {year for _, year in pairs}
    found = Ceiling.objects.filter(village_id__in=villages, budget_year__in=years, in_force=True)
    for row in found:
        key = (row.village_id, row.budget_year)
        if key in rows:
            rows[key].append(row)
    return {pair: gathered(kept) for pair, kept in rows.items()}


def history(village_id: str, budget_year: int) -> "QuerySet[Ceiling]":
    """Return every ceiling ever written for one village and year, oldest first, with its letter's file."""
    found = Ceiling.objects.filter(village_id=village_id, budget_year=budget_year).select_related("file")
    return found.order_by("source", "earmark", "programme", "created_at", "id")


def ceiling_by_id(ceiling_id: UUID | str) -> Ceiling:
    """Return one ceiling with village, district and regency. Raises: Ceiling.DoesNotExist."""
    return Ceiling.objects.select_related("village__district", "village__regency").get(pk=ceiling_id)


def rows_beside(ceiling: Ceiling) -> list[tuple[type[Model], list[UUID]]]:
    """Return the keys of all ceilings of the same village and year, for one trail of them."""
    rows = Ceiling.objects.filter(village_id=ceiling.village_id, budget_year=ceiling.budget_year)
    return [(Ceiling, list(rows.exclude(pk=ceiling.pk).values_list("pk", flat=True)))]


def waiting_at(place: Place, budget_year: int) -> "QuerySet[Ceiling]":
    """Return what was entered from letters and waits to be issued, at or below *place*."""
    return scoped(place).filter(budget_year=budget_year, issued_at__isnull=True).order_by("village_id", "source", "id")


def scoped(place: Place) -> "QuerySet[Ceiling]":
    """Return the ceilings at or below *place*."""
    found = Ceiling.objects.all()
    if place.village:
        return found.filter(village_id=place.village)
    if place.district:
        return found.filter(village__district_id=place.district)
    if place.regency:
        return found.filter(village__regency_id=place.regency)
    return found
