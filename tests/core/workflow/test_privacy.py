"""Counts for everybody: what is never told lies in a sum from which it cannot be worked out."""

import pytest

from rembuk.core.workflow.privacy import shown_beside


def test_without_anything_secret_large_cells_all_stand():
    assert shown_beside({"TANI": 12, "NELAYAN": 9}) == ({"TANI": 12, "NELAYAN": 9}, 0)


def test_a_small_cell_takes_others_along_until_five_hide_together():
    assert shown_beside({"TANI": 12, "NELAYAN": 9, "SENI": 2, "ADAT": 8}) == ({"TANI": 12, "NELAYAN": 9}, 10)


def test_what_is_never_told_hides_with_five_others():
    shown, others = shown_beside({"TANI": 12, "NELAYAN": 9, "ADAT": 8, "MISKIN": 7})
    assert shown == {"TANI": 12, "NELAYAN": 9}
    assert others == 15


def test_a_lone_cell_does_not_stand_beside_what_is_hidden():
    assert shown_beside({"TANI": 12, "MISKIN": 7}) == ({}, 19)
    assert shown_beside({"TANI": 12, "NELAYAN": 9, "DIFABEL": 1}) == ({}, 22)


@pytest.mark.parametrize("secret", range(1, 30))
def test_the_whole_never_gives_the_secret_away(secret):
    cells = {"TANI": 12, "NELAYAN": 9, "ADAT": 8, "SENI": 3, "MISKIN": secret}
    shown, others = shown_beside(cells)
    assert sum(shown.values()) + others == sum(cells.values())
    assert others - secret >= 5
