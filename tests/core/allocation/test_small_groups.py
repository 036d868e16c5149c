"""Small groups never show, and nothing hidden can be worked out from what is shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.allocation import Ballot
from rembuk.core.allocation.small_groups import REST, Cell, groups_shown, heads_of, merge_small


def test_cells_of_five_stand_and_smaller_ones_merge_with_their_money() -> None:
    cells = {"Hulu": Cell(2, 100), "Tengah": Cell(9, 900), "Hilir": Cell(3, 50), "Seberang": Cell(8, 10)}
    assert merge_small(cells) == (
        {"Tengah": Cell(9, 900), "Seberang": Cell(8, 10), REST: Cell(5, 150)},
        ("Hilir", "Hulu"),
    )


def test_a_small_cell_takes_the_next_larger_with_it_so_that_it_cannot_be_subtracted() -> None:
    cells = {"Hulu": Cell(4, 7), "Tengah": Cell(6, 8), "Hilir": Cell(9, 9), "Seberang": Cell(8, 10)}
    assert merge_small(cells) == (
        {"Hilir": Cell(9, 9), "Seberang": Cell(8, 10), REST: Cell(10, 15)},
        ("Hulu", "Tengah"),
    )


def test_one_cell_left_beside_the_merged_ones_is_hidden_too() -> None:
    cells = {"Hulu": Cell(2, 1), "Tengah": Cell(3, 2), "Hilir": Cell(9, 4)}
    assert merge_small(cells) == ({REST: Cell(14, 7)}, ("Hilir", "Hulu", "Tengah"))


def test_a_whole_under_five_shows_nothing() -> None:
    assert merge_small({"Hulu": Cell(1, 5), "Hilir": Cell(3, 5)}) == ({}, ("Hilir", "Hulu"))


def test_nothing_is_merged_where_every_cell_is_large_enough() -> None:
    assert merge_small({"Hulu": Cell(5, 1), "Hilir": Cell(6, 2)}) == ({"Hulu": Cell(5, 1), "Hilir": Cell(6, 2)}, ())
    assert merge_small({}) == ({}, ())


def test_another_floor_may_be_asked_for() -> None:
    assert merge_small({"Hulu": Cell(9), "Hilir": Cell(12), "Tengah": Cell(30)}, 10) == (
        {REST: Cell(51)},
        ("Hilir", "Hulu", "Tengah"),
    )


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 12), st.integers(0, 99))))
def test_sums_are_preserved_and_no_hidden_cell_can_be_worked_out(values: dict[str, tuple[int, int]]) -> None:
    cells = {name: Cell(*pair) for name, pair in values.items()}
    shown, merged = merge_small(cells)
    assert all(cell.voters >= 5 for cell in shown.values())
    assert set(merged) == cells.keys() - shown.keys()
    if sum(cell.voters for cell in cells.values()) >= 5:
        assert sum(shown.values(), Cell(0)) == sum(cells.values(), Cell(0))
    else:
        assert shown == {}
    if merged and shown:
        assert len(merged) >= 2
        assert len(shown) != 2  # the rest and a single other one


@pytest.mark.parametrize(("count", "shown"), [(4, False), (5, True), (7, True), (8, False), (11, False), (12, True)])
def test_a_group_shows_only_where_it_and_all_others_are_five_or_more(count: int, shown: bool) -> None:
    cells = {"PEREMPUAN": Cell(count, 30)}
    assert groups_shown(cells, Cell(12, 90)) == {"PEREMPUAN": Cell(count, 30) if shown else None}


def test_the_poor_and_the_disabled_show_per_meeting_only_as_represented() -> None:
    cells = {"MISKIN": Cell(9, 4), "DIFABEL": Cell(0, 0), "difabel": Cell(1, 5)}
    assert groups_shown(cells, Cell(40, 90)) == {"MISKIN": "terwakili", "DIFABEL": "belum", "difabel": "terwakili"}
    assert groups_shown(cells, Cell(40, 90), "village_year") == {"MISKIN": Cell(9, 4), "DIFABEL": None, "difabel": None}


def test_weights_by_population_do_not_count_as_people() -> None:
    ballots = [
        Ballot(("a",), weight=Fraction(34), hamlet="Hulu"),
        Ballot(("b",), weight=Fraction(68), hamlet="Hulu"),
        Ballot(("a",), weight=Fraction(4), hamlet="Hilir"),
    ]
    assert heads_of(ballots) == (34, 68, 4)
    assert heads_of(ballots, {"Hulu": 3, "Tengah": 9}) == (1, 2, 4)
