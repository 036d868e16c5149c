"""A ceiling that moved by more than five percent opens a re-plan."""

import pytest

from rembuk.core.workflow.replan import ceiling_changes, cut_line


@pytest.mark.parametrize(("after", "replan"), [(95, False), (105, False), (94, True), (106, True), (0, True)])
def test_more_than_five_percent_asks_for_a_replan(after: int, replan: bool) -> None:
    (change,) = ceiling_changes({"DDS": 100}, {"DDS": after})
    assert (change.replan, change.difference) == (replan, after - 100)


def test_what_did_not_move_is_not_named_and_a_new_source_is() -> None:
    changes = ceiling_changes({"DDS": 100, "ADD": 50}, {"DDS": 100, "ADD": 51, "PBK": 1})
    assert [(change.source, change.replan) for change in changes] == [("ADD", False), ("PBK", True)]


def test_the_cut_line_falls_where_the_running_sum_passes_the_ceiling() -> None:
    rows = cut_line([("a", 60), ("b", 40), ("c", 1)], 100)
    assert [(row.id, row.cumulative, row.inside) for row in rows] == [
        ("a", 60, True),
        ("b", 100, True),
        ("c", 101, False),
    ]
