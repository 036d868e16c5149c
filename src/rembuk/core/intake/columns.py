"""Guess which column holds what, by its name and by what stands in it. A person confirms or changes the guess."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from types import MappingProxyType
from typing import Literal, get_args

from rembuk.core.intake.header import Header, find_header
from rembuk.core.intake.table import Row, Table, Value, as_text, column_letter
from rembuk.core.intake.words import Role, roles_of
from rembuk.core.lists import normal_kegiatan_code, source_code
from rembuk.core.money import MoneyError, parse_rupiah

_SAMPLED_ROWS = 400
_SMALLEST_USUAL_COST = 100_000
_CLEAR = 9
Why = Literal["nama", "isi", "orang"]
ROLES: tuple[Role, ...] = tuple(role for role in get_args(Role) if role not in ("number", "other"))


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column (zero-based) plays which role. why: by name, by content, or set by a person."""

    header_rows: tuple[int, ...]
    first_row: int
    labels: tuple[str, ...]
    columns: Mapping[Role, int]
    why: Mapping[Role, Why]

    def value(self, row: Row, role: Role) -> Value:
        """Return the cell of *row* that plays *role*; None when no column does."""
        column = self.columns.get(role)
        return row[column] if column is not None and column < len(row) else None

    def letter(self, role: Role) -> str:
        """Return the letter of the column that plays *role*; empty when none does."""
        column = self.columns.get(role)
        return "" if column is None else column_letter(column)

    def label(self, role: Role) -> str:
        """Return what the sheet calls the column that plays *role*."""
        column = self.columns.get(role)
        return "" if column is None or column >= len(self.labels) else self.labels[column]

    def changed(self, columns: Mapping[Role, int | None]) -> "ColumnMapping":
        """Return the mapping with a person's choices; None takes the role away."""
        merged = {**self.columns, **columns}
        kept = {role: column for role, column in merged.items() if column is not None}
        why: dict[Role, Why] = {role: "orang" if role in columns else self.why[role] for role in kept}
        return replace(self, columns=MappingProxyType(kept), why=MappingProxyType(why))


def guess_columns(table: Table) -> ColumnMapping:
    """Guess the roles of the columns of *table*. A role nobody seems to play is missing; nothing is refused here."""
    header = find_header(table)
    sample = table.rows[header.first_row : header.first_row + _SAMPLED_ROWS]
    values = [_filled(sample, column) for column in range(table.width)]
    columns: dict[Role, int] = {}
    why: dict[Role, Why] = {}
    for score, role, column in _claims(header, values):
        if score > 0 and role not in columns and column not in columns.values():
            columns[role], why[role] = column, "nama"
    _by_content(header.labels, values, columns, why)
    for unwanted in ("number", "other"):
        columns.pop(unwanted, None)
        why.pop(unwanted, None)
    return ColumnMapping(header.rows, header.first_row, header.labels, MappingProxyType(columns), MappingProxyType(why))


def _filled(sample: tuple[Row, ...], column: int) -> list[Value]:
    return [row[column] for row in sample if column < len(row) and row[column] is not None]


def _claims(header: Header, values: list[list[Value]]) -> list[tuple[float, Role, int]]:
    """Return (score, role, column), best first; of equals the left column."""
    found: list[tuple[float, Role, int]] = []
    for column, label in enumerate(header.labels):
        own = roles_of(header.own[column])
        # A clear word right above the column says more than the heading it shares with its neighbours.
        named = own if own and own[0][1] >= _CLEAR else roles_of(label)
        if named and named[0][0] in ("number", "other"):
            continue
        found += [
            (weight * max(_fit(role, values[column]), _least(role, weight)), role, column) for role, weight in named
        ]
    return sorted(found, key=lambda claim: (-claim[0], claim[2]))


def _least(role: Role, weight: int) -> float:
    """Keep a clearly named column in its role whatever stands in it: its rows are then refused or noted by name."""
    return 0.05 if weight > _CLEAR and role in ("cost", "source", "code", "men", "women", "poor") else 0.0


def _fit(role: Role, values: list[Value]) -> float:
    """Rate from 0 to 1 how well a column's content suits *role*; an empty column says little either way."""
    if not values:
        return 0.5
    test = _FITS.get(role)
    return 1.0 if test is None else test(values)


def _text_fit(values: list[Value]) -> float:
    texts = [as_text(value) for value in values]
    worded = sum(any(letter.isalpha() for letter in text) for text in texts) / len(texts)
    varied = len(set(texts)) / len(texts)
    length = min(1.0, sum(map(len, texts)) / len(texts) / 12)
    return worded * (0.3 + 0.7 * min(1.0, varied * 1.25)) * length


def _cost_fit(values: list[Value]) -> float:
    amounts = [amount for value in values if (amount := _amount_or_range(value)) is not None]
    share = len(amounts) / len(values)
    small = bool(amounts) and median(amounts) < 1_000
    return share * (0.2 if small else 1.0)


def _share_fit(values: list[Value], test: Callable[[str], object], least: float) -> float:
    share = sum(test(as_text(value)) is not None for value in values) / len(values)
    return share if share >= least else 0.0


def _year(text: str) -> int | None:
    return int(text) if text.isdigit() and 1990 <= int(text) <= 2100 else None


def _count(text: str) -> int | None:
    first = text.split()[0] if text.split() else ""
    return int(first) if first.isdigit() else None


_FITS: Mapping[Role, Callable[[list[Value]], float]] = {
    "text": _text_fit,
    "cost": _cost_fit,
    "source": partial(_share_fit, test=lambda text: source_code(text.replace(";", ",").split(",")[0]), least=0.3),
    "code": partial(_share_fit, test=normal_kegiatan_code, least=0.3),
    "year": partial(_share_fit, test=_year, least=0.5),
    "men": partial(_share_fit, test=_count, least=0.3),
    "women": partial(_share_fit, test=_count, least=0.3),
    "poor": partial(_share_fit, test=_count, least=0.3),
}


def _amount_or_range(value: Value) -> int | None:
    try:
        return parse_rupiah(value)
    except MoneyError as error:
        low = error.values.get("low")
        return low if isinstance(low, int) else None


def _by_content(
    labels: tuple[str, ...], values: list[list[Value]], columns: dict[Role, int], why: dict[Role, Why]
) -> None:
    """Fill the two roles that a list cannot do without from what stands in columns that no name explains."""
    nameless = [column for column in range(len(values)) if not roles_of(labels[column]) and values[column]]
    if "cost" not in columns:
        rated = [(_cost_by_content(values[column]), -column) for column in nameless]
        if rated and max(rated)[0] > 0:
            columns["cost"], why["cost"] = -max(rated)[1], "isi"
            nameless.remove(columns["cost"])
    if "text" not in columns:
        texts = [
            (sum(len(as_text(value)) for value in values[column]) / len(values[column]), -column) for column in nameless
        ]
        longest = max(texts, default=(0.0, 0))
        if longest[0] >= 10 and _text_fit(values[-longest[1]]) >= 0.4:
            columns["text"], why["text"] = -longest[1], "isi"


def _cost_by_content(values: list[Value]) -> float:
    amounts = [amount for value in values if (amount := _amount_or_range(value)) is not None]
    if len(amounts) < 0.6 * len(values) or median(amounts) < _SMALLEST_USUAL_COST:
        return 0.0
    return float(median(amounts)) * len(amounts) / len(values)
