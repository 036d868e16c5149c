"""An activity of the RPJM Desa as values: read from what was typed, changed cell by cell, and written back as text."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any

from rembuk.core.checks.rpjm import RpjmItemFacts
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.plans.models import RpjmdesItem
from rembuk.plans.typed import (
    InputError,
    Problem,
    number_text,
    read_code,
    read_mode,
    read_money,
    read_people,
    read_sdgs,
    read_source,
    read_text,
)
from rembuk.plans.values import read_size

PLANNED_WORDS = frozenset({"v", "x", "✓", "√", "ya"})
"""What people write into the column of a year when they mean "planned" without a figure yet."""


@dataclass(frozen=True, slots=True)
class RpjmValues:
    """One activity as understood. costs: year -> rupiah, None where the year is planned without a figure.

    total: one amount for all years where nobody has split it; nothing once a year has its own.
    """

    activity_code: str = ""
    name: str = ""
    location: str = ""
    volume: Decimal | None = None
    unit: str = ""
    target: str = ""
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    indicator: str = ""
    beneficiaries_male: int | None = None
    beneficiaries_female: int | None = None
    beneficiaries_poor: int | None = None
    source: str = ""
    delivery_mode: str = ""
    origin_text: str = ""
    costs: Mapping[int, int | None] = field(default_factory=dict)
    targets: Mapping[int, str] = field(default_factory=dict)
    total: int | None = None

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted(self.costs))

    @property
    def year_costs(self) -> dict[int, int]:
        return {year: cost for year, cost in sorted(self.costs.items()) if cost is not None}

    @property
    def cost(self) -> Rupiah | None:
        """The cost that counts: the sum of the years, else the total."""
        split = self.year_costs
        if split:
            return Rupiah(sum(split.values()))
        return Rupiah(self.total) if self.total is not None else None

    @property
    def columns(self) -> dict[str, Any]:
        """Return the values of the model's own columns."""
        own = {name: getattr(self, name) for name in OWN}
        return own | {
            "sdgs": list(self.sdgs),
            "years": list(self.years),
            "year_costs": {str(year): cost for year, cost in self.year_costs.items()},
            "yearly_targets": {str(year): text for year, text in sorted(self.targets.items()) if text},
            "cost": self.cost,
        }


OWN = (
    "activity_code",
    "name",
    "location",
    "volume",
    "unit",
    "target",
    "baseline",
    "indicator",
    "beneficiaries_male",
    "beneficiaries_female",
    "beneficiaries_poor",
    "source",
    "delivery_mode",
    "origin_text",
)


def values_of(item: RpjmdesItem) -> RpjmValues:
    """Return a stored activity as values. No query."""
    own = {name: getattr(item, name) for name in OWN}
    if item.volume is not None:
        own["volume"] = Decimal(item.volume).normalize()
    split = {int(year): int(cost) for year, cost in item.year_costs.items()}
    return RpjmValues(
        **own,
        sdgs=tuple(item.sdgs),
        costs={int(year): split.get(int(year)) for year in item.years},
        targets={int(year): text for year, text in item.yearly_targets.items()},
        total=None if split else item.cost,
    )


def facts_of(item: RpjmdesItem) -> RpjmItemFacts:
    """Return a stored activity as the checks see it. No query."""
    split = {int(year): int(cost) for year, cost in item.year_costs.items()}
    return RpjmItemFacts(
        key=str(item.id),
        name=item.name,
        activity_code=item.activity_code,
        location=item.location,
        volume=item.volume,
        unit=item.unit,
        source=item.source,
        delivery_mode=item.delivery_mode,
        years=tuple(sorted(int(year) for year in item.years)),
        year_costs=split,
        cost=item.cost,
    )


def read_sources(text: str) -> str:
    """Return funding codes from one cell, ``Dana Desa + ADD`` as ``DDS, ADD``; each once, in the order of the list."""
    named = {read_source(part) for part in re.split(r"[;,+/&]", text) if part.strip()}
    return ", ".join(code for code in funding_sources() if code in named)


def read_way(text: str) -> str:
    """Return the way of delivery; an empty cell stays empty until somebody chooses."""
    return read_mode(text) if text.strip() else ""


READERS: Mapping[str, Callable[[str], Any]] = {
    "activity_code": read_code,
    "name": partial(read_text, limit=300),
    "location": partial(read_text, limit=200),
    "target": partial(read_text, limit=200),
    "sdgs": read_sdgs,
    "baseline": partial(read_text, limit=120),
    "indicator": partial(read_text, limit=200),
    "beneficiaries_male": read_people,
    "beneficiaries_female": read_people,
    "beneficiaries_poor": read_people,
    "source": read_sources,
    "delivery_mode": read_way,
    "origin_text": partial(read_text, limit=300),
}


def read_year_cost(text: str) -> tuple[bool, int | None]:
    """Read the cell of a year: (planned, rupiah); a tick plans the year without a figure, an empty cell does not."""
    clean = text.strip().lower()
    if not clean or clean == "-":
        return False, None
    if clean in PLANNED_WORDS:
        return True, None
    return True, read_money(text)


def change_cell(values: RpjmValues, name: str, text: str, period: range) -> RpjmValues:
    """Return *values* with one cell set from what was typed. Raises: InputError, KeyError for an unknown cell."""
    base, _colon, part = name.partition(":")
    if base in ("amount", "target_year"):
        year = int(part) if part.isdigit() else 0
        if year not in period:
            raise InputError("outside-period", read=part, start=period[0], end=period[-1])
        return with_cost(values, year, text) if base == "amount" else with_target(values, year, text)
    if base == "size":
        volume, unit = read_size(text)
        return replace(values, volume=volume, unit=unit)
    if base == "total":
        return with_total(values, text)
    if base not in READERS:
        raise KeyError(name)
    value = READERS[base](text)
    if base == "name" and not value:
        raise InputError("required")
    return replace(values, **{base: value})


def with_cost(values: RpjmValues, year: int, text: str) -> RpjmValues:
    """Set one year; once a year has its own figure the unsplit total is gone."""
    planned, cost = read_year_cost(text)
    costs = {key: value for key, value in values.costs.items() if key != year}
    if planned:
        costs[year] = cost
    return replace(values, costs=costs, total=None if cost is not None else values.total)


def with_target(values: RpjmValues, year: int, text: str) -> RpjmValues:
    targets = {key: value for key, value in values.targets.items() if key != year}
    clean = read_text(text, 80)
    return replace(values, targets=targets | ({year: clean} if clean else {}))


def with_total(values: RpjmValues, text: str) -> RpjmValues:
    """Set the total of an activity: that of its only year, or one not split yet.

    Raises: InputError ``total-of-years`` when the years have figures that do not add up to it.
    """
    amount = int(read_money(text)) if text.strip() else None
    if len(values.costs) == 1:
        return replace(values, costs={values.years[0]: amount}, total=None)
    if values.year_costs and amount is not None:
        if amount != values.cost:
            raise InputError("total-of-years", read=amount, sum=int(values.cost or 0))
        return values
    return replace(values, total=amount)


def raw_text(values: RpjmValues, name: str) -> str:
    """Return the text with which a cell is edited; two readers of the same activity see the same text."""
    base, _colon, part = name.partition(":")
    if base == "amount":
        year = int(part)
        cost = values.costs.get(year)
        return "v" if year in values.costs and cost is None else str(cost) if cost is not None else ""
    if base == "target_year":
        return values.targets.get(int(part), "")
    if base == "size":
        return " ".join(text for text in (number_text(values.volume), values.unit) if text)
    if base == "total":
        return str(int(values.cost)) if values.cost is not None else ""
    value = getattr(values, base)
    if isinstance(value, tuple):
        return ", ".join(str(goal) for goal in value)
    return "" if value is None else str(value)


def cell_names(period: range) -> tuple[str, ...]:
    """Return every cell that an activity has, in the order of its form."""
    years = [f"{base}:{year}" for base in ("amount", "target_year") for year in period]
    return (*READERS, "size", *years, "total")


def read_item(typed: Mapping[str, str], period: range) -> tuple[RpjmValues, list[Problem]]:
    """Read a whole activity from texts by cell name; what cannot be read is named, each cell once."""
    values, problems = RpjmValues(), []
    for name in cell_names(period):
        text = typed.get(name, "")
        if not text.strip() and name != "name":
            continue
        try:
            values = change_cell(values, name, text, period)
        except InputError as problem:
            problems.append(Problem(name, problem.code, problem.values))
    return values, problems
