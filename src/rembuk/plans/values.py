"""A plan item as values: read from what was typed, changed cell by cell, and written back as text."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah
from rembuk.plans.typed import (
    InputError,
    Problem,
    number_text,
    read_code,
    read_mode,
    read_money,
    read_need,
    read_number,
    read_people,
    read_sdgs,
    read_source,
    read_text,
    read_uuid,
    read_yes,
)


@dataclass(frozen=True, slots=True)
class ItemValues:
    """One plan item as understood. funding: (source, rupiah), each source once, in the order of the code list."""

    activity_code: str = ""
    name: str = ""
    location: str = ""
    volume: Decimal | None = None
    unit: str = ""
    target: str = ""
    beneficiaries_male: int | None = None
    beneficiaries_female: int | None = None
    beneficiaries_poor: int | None = None
    schedule: str = ""
    delivery_mode: str = "self_managed"
    partner: str = ""
    planned_implementer: str = ""
    sdgs: tuple[int, ...] = ()
    baseline: str = ""
    yearly_target: str = ""
    need_category: str = ""
    dd_focus: str = ""
    programme_tag: str = ""
    hamlet_names: str = ""
    is_physical: bool = False
    has_design: bool = False
    rpjmdes_item_id: UUID | None = None
    outside_rpjm_reason: str = ""
    note: str = ""
    funding: tuple[tuple[str, Rupiah], ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        """Return the values of the item's own columns, ready for the model."""
        found = {spec.name: getattr(self, spec.name) for spec in fields(self) if spec.name != "funding"}
        found["sdgs"] = list(self.sdgs)
        return found

    @property
    def cost(self) -> Rupiah:
        return Rupiah(sum(amount for _source, amount in self.funding))

    def digest(self) -> str:
        """Return a digest over everything, the same on every machine."""
        whole = {spec.name: getattr(self, spec.name) for spec in fields(self)}
        whole["volume"] = number_text(self.volume)
        return hashlib.sha256(json.dumps(whole, sort_keys=True, default=str).encode()).hexdigest()


TEXT_LIMITS: Mapping[str, int] = {
    "name": 300,
    "location": 200,
    "unit": 40,
    "target": 200,
    "schedule": 60,
    "partner": 120,
    "planned_implementer": 120,
    "baseline": 120,
    "yearly_target": 120,
    "dd_focus": 20,
    "programme_tag": 20,
    "hamlet_names": 200,
    "outside_rpjm_reason": 600,
    "note": 300,
}


def read_size(text: str) -> tuple[Decimal | None, str]:
    """Return volume and unit from one cell: ``240 m`` or ``1.250,5 m2``; a text without a number is a unit alone."""
    clean = read_text(text, 60)
    found = re.fullmatch(r"([0-9][0-9.,]*)\s*(.*)", clean)
    if not found:
        return None, clean[:40]
    unit = found[2]
    if len(unit) > TEXT_LIMITS["unit"]:
        raise InputError("too-long", count=len(unit), limit=TEXT_LIMITS["unit"])
    return read_number(found[1].rstrip(".,")), unit


READERS: Mapping[str, Callable[[str], Any]] = {
    **{name: partial(read_text, limit=limit) for name, limit in TEXT_LIMITS.items()},
    "activity_code": read_code,
    "volume": read_number,
    "beneficiaries_male": read_people,
    "beneficiaries_female": read_people,
    "beneficiaries_poor": read_people,
    "delivery_mode": read_mode,
    "sdgs": read_sdgs,
    "need_category": read_need,
    "is_physical": read_yes,
    "has_design": read_yes,
    "rpjmdes_item_id": read_uuid,
}
GRID_FIELDS = frozenset({*READERS, "size"}) - {"rpjmdes_item_id"}
"""Cells that the grid may send by name, beside ``amount:CODE`` and ``source:CODE``."""


def read_funding(pairs: Iterable[tuple[str, object]]) -> tuple[tuple[str, Rupiah], ...]:
    """Return (source, rupiah) in the order of the code list from (code or name, typed amount)."""
    amounts: dict[str, Rupiah] = {}
    for name, typed in pairs:
        code = read_source(name)
        if code in amounts:
            raise InputError("source-twice", read=code)
        amounts[code] = read_money(typed)
    return in_order(amounts)


def read_pairs(text: str) -> tuple[tuple[str, Rupiah], ...]:
    """Return funding from one text, ``Dana Desa=100.000.000; ADD=5000000``, as a pasted row brings it."""
    pairs = []
    for part in text.split(";"):
        if part.strip():
            name, sign, amount = part.partition("=")
            if not sign:
                raise InputError("uang-kosong", read=part.strip()[:40])
            pairs.append((name, amount))
    return read_funding(pairs)


def in_order(amounts: Mapping[str, int]) -> tuple[tuple[str, Rupiah], ...]:
    return tuple((code, Rupiah(amounts[code])) for code in funding_sources() if code in amounts)


def read_item(typed: Mapping[str, object]) -> tuple[ItemValues, list[Problem]]:
    """Read a whole item from texts by column; money stands in ``amount_<code>``. What cannot be read is named."""
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    for name, reader in READERS.items():
        try:
            read[name] = reader(str(typed.get(name, "") if typed.get(name) is not None else ""))
        except InputError as problem:
            problems.append(Problem(name, problem.code, problem.values))
    amounts: dict[str, int] = {}
    for code in funding_sources():
        text = str(typed.get(f"amount_{code}", "") or "")
        if text.strip():
            try:
                amounts[code] = read_money(text)
            except InputError as problem:
                problems.append(Problem(f"amount:{code}", problem.code, problem.values))
    if not read.get("name") and not any(problem.field == "name" for problem in problems):
        problems.append(Problem("name", "required"))
    return ItemValues(**read, funding=in_order(amounts)), problems


def change_cell(values: ItemValues, name: str, text: str) -> ItemValues:
    """Return *values* with one cell of the grid set from what was typed. Raises: InputError, KeyError."""
    base, _dot, source = name.partition(":")
    if base == "amount":
        return with_amount(values, source, text)
    if base == "source":
        return with_sources(values, source, text)
    if base == "size":
        volume, unit = read_size(text)
        return replace(values, volume=volume, unit=unit)
    if base == "funding":
        return replace(values, funding=read_pairs(text))
    if base not in GRID_FIELDS:
        raise KeyError(name)
    value = READERS[base](text)
    if base == "name" and not value:
        raise InputError("required")
    return replace(values, **{base: value})


def with_amount(values: ItemValues, source: str, text: str) -> ItemValues:
    """Set the money of one source; an empty cell takes the source away. Without a source it is the only one."""
    amounts: dict[str, int] = dict(values.funding)
    code = source or (next(iter(amounts)) if len(amounts) == 1 else "")
    if not code:
        raise InputError("unknown-source", read="", known=", ".join(funding_sources()))
    if code not in funding_sources():
        raise InputError("unknown-source", read=code, known=", ".join(funding_sources()))
    if not text.strip():
        amounts.pop(code, None)
    else:
        amounts[code] = read_money(text)
    return replace(values, funding=in_order(amounts))


def with_sources(values: ItemValues, source: str, text: str) -> ItemValues:
    """Name the source of a line anew, or several (``DDS; ADD``): the money stays with the first, the others get 0."""
    amounts: dict[str, int] = dict(values.funding)
    wanted = [read_source(part) for part in re.split(r"[;,+/&]", text) if part.strip()]
    if not wanted:
        raise InputError("unknown-source", read="", known=", ".join(funding_sources()))
    money = amounts.pop(source, 0)
    for code in wanted:
        if code in amounts:
            raise InputError("source-twice", read=code)
    for place, code in enumerate(dict.fromkeys(wanted)):
        amounts[code] = money if place == 0 else 0
    return replace(values, funding=in_order(amounts))


def raw_text(values: ItemValues, name: str) -> str:
    """Return the text with which a cell is edited; two readers of the same item see the same text."""
    base, _dot, source = name.partition(":")
    if base == "amount":
        amounts = dict(values.funding)
        key = source or (next(iter(amounts)) if len(amounts) == 1 else "")
        return str(amounts[key]) if key in amounts else ""
    if base == "source":
        return source if source in dict(values.funding) else ""
    if base == "size":
        return " ".join(part for part in (number_text(values.volume), values.unit) if part)
    if base == "funding":
        return "; ".join(f"{code}={amount}" for code, amount in values.funding)
    value = getattr(values, base)
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    if isinstance(value, Decimal):
        return number_text(value)
    return "" if value is None else str(value)


def typed_of(values: ItemValues) -> dict[str, str]:
    """Return *values* as the texts of the row form."""
    found = {name: raw_text(values, name) for name in READERS}
    found.update({f"amount_{code}": str(amount) for code, amount in values.funding})
    return found
