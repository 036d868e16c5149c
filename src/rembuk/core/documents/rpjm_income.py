"""The income that a village expects in each year of its RPJM Desa, by source, with its sums. Source: practice (F18)."""

from collections.abc import Mapping
from typing import Final

from rembuk.core.documents.model import Column, Row, Table

INCOME_SOURCES: Final[Mapping[str, str]] = {
    "PAD": "PAD",
    "DDS": "DDS",
    "ADD": "ADD",
    "PBH": "PBH",
    "PBP": "Bankeu Prov",
    "PBK": "Bankeu Kab",
}
"""Codes of the funding list in the order of the form, with the words of its columns."""

Income = Mapping[int, Mapping[str, int]]
"""year -> source -> whole rupiah; a year or a source that nobody has written is left out."""


def sum_of_year(income: Income, year: int) -> int | None:
    """Return the income of one year in all, None where nobody has written any."""
    amounts = income.get(year, {})
    return sum(amounts.values()) if amounts else None


def sum_of_source(income: Income, source: str) -> int | None:
    """Return the income of one source in all years, None where nobody has written any."""
    amounts = [by_source[source] for by_source in income.values() if source in by_source]
    return sum(amounts) if amounts else None


def sum_of_all(income: Income) -> int:
    """Return everything that is expected."""
    return sum(amount for by_source in income.values() for amount in by_source.values())


def income_table(period: range, income: Income, caption: str = "") -> Table:
    """Return a row a year and a column a source; sums only where there is something to add."""
    columns = (Column("Tahun", 16, "center"), *_source_columns(22), Column("Jumlah (Rp)", 28, "rupiah"))
    return Table(columns, _rows(period, income), caption=caption)


def income_beside_cost(period: range, income: Income, costs: Mapping[int, int]) -> Table:
    """Return the same with what the plan costs in each year and what is left. costs: year -> whole rupiah."""
    columns = (
        Column("Tahun", 16, "center"),
        *_source_columns(28),
        Column("Jumlah pendapatan (Rp)", 32, "rupiah"),
        Column("Prakiraan biaya (Rp)", 32, "rupiah"),
        Column("Selisih (Rp)", 32, "rupiah"),
    )
    rows = []
    beside = [*(costs.get(year, 0) for year in period), sum(costs.get(year, 0) for year in period)]
    for row, cost in zip(_rows(period, income), beside, strict=True):
        whole = row.cells[-1]
        rows.append(Row((*row.cells, cost, whole - cost if isinstance(whole, int) else None), row.kind))
    return Table(columns, tuple(rows))


def _source_columns(width: float) -> tuple[Column, ...]:
    return tuple(Column(label, width, "rupiah") for label in INCOME_SOURCES.values())


def _rows(period: range, income: Income) -> tuple[Row, ...]:
    within = {year: income[year] for year in period if year in income}
    rows = [
        Row((str(year), *(within.get(year, {}).get(code) for code in INCOME_SOURCES), sum_of_year(within, year)))
        for year in period
    ]
    sums = [sum_of_source(within, code) for code in INCOME_SOURCES]
    return (*rows, Row(("Jumlah", *sums, sum_of_all(within) if within else None), "total"))
