"""F33 of an RPJM Desa: both plans side by side, with sums that add up and money by year."""

from datetime import date
from decimal import Decimal

import pytest

from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.documents.model import Table, leaves
from rembuk.core.documents.rpjm_amendment import (
    AFTER,
    BEFORE,
    DIFFERENCE,
    MONEY,
    PERCENT,
    WIDTH,
    RpjmAmendmentLine,
    RpjmAmendmentValues,
    build_rpjm_amendment,
    rpjm_amendment_columns,
    years_text,
)
from rembuk.core.documents.rpjmdes import RpjmdesLine

FRAME = Frame(VillageHeading("Melintang", "Muara Wis", "Kutai Kartanegara", "Kalimantan Timur"), date(2026, 11, 24))


def line(activity: str, field: int = 2, total: int | None = None, **years: int) -> RpjmdesLine:
    costs = {int(year.removeprefix("y")): amount for year, amount in years.items()}
    return RpjmdesLine(
        field, activity, years=tuple(costs), year_costs=costs, total=total or sum(costs.values()), source="DDS"
    )


LINES = (
    RpjmAmendmentLine(line("Operasional", 1, y2024=50), line("Operasional", 1, y2024=50)),
    RpjmAmendmentLine(line("Titian", y2024=40, y2025=60), line("Titian ulin", y2024=40, y2025=60, y2026=75), "Lanjut."),
    RpjmAmendmentLine(line("Dermaga", total=30), None, "Dibangun provinsi."),
    RpjmAmendmentLine(None, line("Embung", y2027=15), "Kemarau panjang."),
)


@pytest.fixture
def tables():
    values = RpjmAmendmentValues(
        FRAME, 2020, 2025, 2027, "3 Tahun 2021", "Masa jabatan", "400/1", date(2026, 8, 20), LINES
    )
    made = build_rpjm_amendment(values)
    return [part for part in made.parts if isinstance(part, Table)]


def money(row) -> tuple[object, ...]:
    return tuple(row.cells[column] for column in (BEFORE + MONEY, AFTER + MONEY, DIFFERENCE, PERCENT))


def test_every_row_is_as_wide_as_its_columns(tables):
    assert len(list(leaves(rpjm_amendment_columns()))) == WIDTH
    assert {len(row.cells) for row in tables[0].rows if row.kind == "item"} == {WIDTH}


def test_what_moved_is_told_in_rupiah_and_percent_and_what_did_not_is_told_too(tables):
    rows = {row.cells[1]: money(row) for row in tables[0].rows if row.kind == "item" and row.cells[1]}
    assert rows == {
        "Operasional": (50, 50, 0, "tetap"),
        "Titian ulin (semula: Titian)": (100, 175, 75, Decimal("75.0")),
        "Dermaga": (30, None, -30, Decimal("-100.0")),
        "Embung": (None, 15, 15, "baru"),
    }


def test_the_sums_are_those_of_the_rows(tables):
    total = next(row for row in tables[0].rows if row.kind == "total")
    assert money(total) == (180, 240, 60, Decimal("33.3"))


def test_the_money_of_each_year_adds_up_with_what_is_not_split(tables):
    years = {row.cells[0]: row.cells[1:] for row in tables[1].rows}
    assert (years["2026"], years["2027"], years["belum dibagi"], years["Jumlah"]) == (
        (0, 75, 75),
        (0, 15, 15),
        (30, 0, -30),
        (180, 240, 60),
    )


@pytest.mark.parametrize(
    ("years", "text"), [((), ""), ((2024,), "2024"), ((2026, 2024, 2025, 2028), "2024-2026, 2028")]
)
def test_years_in_a_row_are_joined(years, text):
    assert years_text(years) == text
