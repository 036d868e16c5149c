"""Two versions side by side: identity by link, differences in rupiah, reasons for everything that moved."""

from fractions import Fraction

import pytest

from rembuk.core.money import Rupiah
from rembuk.core.workflow.versions import ChangeKind, VersionRow, compare, percent_of, unexplained


def row(key: str, amount: int, previous: str = "", name: str = "") -> VersionRow[str]:
    return VersionRow(key, name or "Titian", Rupiah(amount), previous)


BEFORE = [row("a", 100), row("b", 50), row("c", 30)]
AFTER = [row("n", 20, name="Sumur"), row("b2", 40, "b"), row("a2", 100, "a")]


def test_every_activity_stands_once_in_the_order_of_the_earlier_version() -> None:
    changes = compare(BEFORE, AFTER)
    assert [(change.kind.value, change.subject, change.difference) for change in changes] == [
        ("kept", "a", 0),
        ("changed", "b", -10),
        ("dropped", "c", -30),
        ("added", "n", 20),
    ]
    assert sum(change.difference for change in changes) == 160 - 180


def test_a_renamed_activity_is_the_same_one_and_counts_as_changed() -> None:
    (change,) = compare([row("a", 100)], [row("a2", 100, "a", "Titian ulin RT 02")])
    assert (change.kind, change.difference) == (ChangeKind.CHANGED, 0)


@pytest.mark.parametrize("after", [[row("x", 1, "z")], [row("x", 1, "a"), row("y", 1, "a")]])
def test_no_row_continues_what_is_not_there_or_what_another_continues(after: list[VersionRow[str]]) -> None:
    with pytest.raises(ValueError, match="continues"):
        compare(BEFORE, after)


def test_whatever_moved_needs_its_reason() -> None:
    changes = compare(BEFORE, AFTER)
    assert [change.subject for change in unexplained(changes, {"b": "Pagu turun.", "c": "  "})] == ["c", "n"]
    assert unexplained(changes, dict.fromkeys("bcn", "Pagu turun.")) == ()


def test_percent_of_nothing_is_no_percent() -> None:
    assert (percent_of(200, -50), percent_of(0, 20)) == (Fraction(-25), None)
