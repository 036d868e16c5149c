"""The model of a paper: it refuses wrong sums, and writes numbers and marks one way."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.documents.grouping import item_runs, rows_by_field
from rembuk.core.documents.model import (
    Column,
    Product,
    Row,
    Sum,
    Table,
    cell_text,
    clean,
    depth,
    leaves,
    list_mark,
    number_text,
    whole,
)

MONEY = (Column("Uraian"), Column("Jumlah (Rp)", kind="rupiah"))


def test_a_table_refuses_a_total_that_is_one_rupiah_off() -> None:
    items = (Row(("a", 100)), Row(("b", 50)))
    total = Row(("Jumlah", 150), "total", sums=(Sum(1, ((0, 1),)),))

    assert Table(MONEY, (*items, total)).rows[-1].cells[1] == 150
    with pytest.raises(ValueError, match="is not the sum"):
        Table(MONEY, (*items, Row(("Jumlah", 151), "total", sums=total.sums)))


def test_a_table_refuses_a_row_of_another_width() -> None:
    with pytest.raises(ValueError, match="has 1 cells, the form has 2 columns"):
        Table(MONEY, (Row(("a",)),))


def test_a_table_refuses_a_wrong_product() -> None:
    columns = (Column("b", kind="number"), Column("d", kind="rupiah"), Column("e", kind="rupiah"))

    assert Table(columns, (Row((Decimal("0.5"), 3, 2), products=(Product(2, 0, 1),)),)).rows
    with pytest.raises(ValueError, match="not the product"):
        Table(columns, (Row((Decimal("0.5"), 3, 1), products=(Product(2, 0, 1),)),))


@pytest.mark.parametrize(("amount", "rounded"), [("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1), ("2.49", 2)])
def test_halves_of_a_rupiah_go_up_as_in_a_spreadsheet(amount: str, rounded: int) -> None:
    assert whole(Decimal(amount)) == rounded


def test_headings_are_placed_over_their_columns() -> None:
    table = Table((Column("No"), Column("Dana", children=(Column("Jumlah"), Column("Sumber")))), ())

    placed = [(cell.label, cell.row, cell.column, cell.rowspan, cell.colspan) for cell in table.head()]

    assert placed == [("No", 0, 0, 2, 1), ("Dana", 0, 1, 1, 2), ("Jumlah", 1, 1, 1, 1), ("Sumber", 1, 2, 1, 1)]
    assert (depth(table.columns), [column.label for column in leaves(table.columns)]) == (2, ["No", "Jumlah", "Sumber"])


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1.000"),
        (1_250_000, "1.250.000"),
        (-1_000, "-1.000"),
        (Decimal("240.50"), "240,5"),
        (Decimal("1250.000"), "1.250"),
        (Decimal("0.001"), "0,001"),
    ],
)
def test_numbers_have_dots_for_thousands_and_a_comma_for_decimals(value: int | Decimal, written: str) -> None:
    assert number_text(value) == written


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        (None, "text", ""),
        (False, "mark", ""),
        (True, "mark", "✓"),
        (1_000, "rupiah", "1.000"),
        (1_000, "center", "1000"),
        ("1000", "rupiah", "1000"),
    ],
)
def test_a_cell_is_written_by_its_kind(value: object, kind: str, written: str) -> None:
    assert cell_text(value, kind) == written  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbering", "marks"),
    [
        ("1", ["1.", "2.", "27."]),
        ("(1)", ["(1)", "(2)", "(27)"]),
        ("a", ["a.", "b.", "aa."]),
        ("kesatu", ["KESATU", "KEDUA", "KE-27"]),
        ("none", ["", "", ""]),
    ],
)
def test_list_marks_go_on_past_the_end_of_the_alphabet(numbering: str, marks: list[str]) -> None:
    assert [list_mark(index, numbering) for index in (0, 1, 26)] == marks  # type: ignore[arg-type]


@given(st.text())
def test_clean_text_holds_nothing_that_xml_refuses_and_is_clean_already(text: str) -> None:
    cleaned = clean(text)

    assert [char for char in cleaned if ord(char) < 32 and char not in "\n\t"] == []
    assert [char for char in cleaned if 0xD800 <= ord(char) <= 0xDFFF or ord(char) in (0xFFFE, 0xFFFF)] == []
    assert clean(cleaned) == cleaned


def test_clean_keeps_letters_signs_and_line_breaks() -> None:
    assert clean("Jalan <RT 01> & “é” ½\r\nm²\x00") == "Jalan <RT 01> & “é” ½\nm²"


def test_runs_of_items_skip_subtotals() -> None:
    kinds = ("group", "item", "item", "subtotal", "item", "empty", "item")

    assert item_runs([Row((), kind) for kind in kinds], 0) == ((1, 2), (4, 4), (6, 6))


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10**12)), max_size=40))
def test_subtotals_per_field_add_up_to_the_total(items: list[tuple[int, int]]) -> None:
    rows = rows_by_field(
        items, lambda item: item[0], lambda number, item: [Row((number, "x", item[1]))], width=3, sum_columns=(2,)
    )

    subtotals = [row.cells[2] for row in rows if row.kind == "subtotal"]
    assert subtotals == [sum(amount for field, amount in items if field == wanted) for wanted in range(1, 6)]
    assert rows[-1].cells[2] == sum(amount for _, amount in items)


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown field 6"):
        rows_by_field([6], lambda item: item, lambda number, item: [Row((number, "", item))], width=3, sum_columns=(2,))
