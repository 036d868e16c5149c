"""How much of a later plan is linked to the earlier one."""

import pytest

from rembuk.core.budget import Consistency, Traced, consistency, percent_text
from rembuk.core.money import Rupiah


def line(amount, origin=""):
    return Traced(f"k{amount}{origin}", Rupiah(amount), origin)


def test_shares_are_counted_by_lines_and_by_rupiah():
    found = consistency([line(700, "a"), line(200, "b"), line(100)])
    assert found == Consistency(2, 3, Rupiah(900), Rupiah(1000))
    assert (found.permille_by_count, found.permille_by_value) == (666, 900)
    assert not found.whole


@pytest.mark.parametrize(
    ("missing", "permille", "said"), [(0, 1000, "100"), (1, 999, "99,9"), (1000, 0, "0")], ids=["all", "nearly", "none"]
)
def test_a_hundred_percent_is_said_only_of_everything(missing, permille, said):
    """999.999 of a million is 99,9 percent, never rounded up."""
    lines = [line(1, "a")] * (1000 - missing) + [line(1)] * missing
    found = consistency(lines)
    assert found.permille_by_count == found.permille_by_value == permille
    assert percent_text(found.permille_by_count) == said
    assert found.whole is (missing == 0)


def test_a_plan_without_lines_has_no_share():
    found = consistency([])
    assert (found.permille_by_count, found.permille_by_value) == (None, None)
    assert percent_text(None) == "–"


def test_lines_without_money_still_count_as_lines():
    found = consistency([line(0, "a"), line(0)])
    assert (found.permille_by_count, found.permille_by_value) == (500, None)
