"""A ceiling that moved by more than five percent opens a re-plan."""

import pytest

from rembuk.core.workflow.replan import ceiling_changes, cut_line, cuts_by_source


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


def test_each_source_has_its_own_cut_line_under_the_new_ceiling() -> None:
    items = [("routine", {"ADD": 80}), ("bridge", {"DDS": 60, "ADD": 20}), ("well", {"DDS": 50})]
    cuts = cuts_by_source(items, {"ADD": 100, "DDS": 120, "PBH": 5}, {"ADD": 90, "DDS": 120})
    told = {cut.source: (cut.before, cut.ceiling, cut.planned, cut.over) for cut in cuts}
    assert told == {"ADD": (100, 90, 100, 10), "DDS": (120, 120, 110, 0), "PBH": (5, 0, 0, 0)}
    assert [(row.id, row.inside) for row in cuts[0].line] == [("routine", True), ("bridge", False)]


def test_a_source_that_lost_its_ceiling_lies_below_the_line_as_a_whole() -> None:
    (cut,) = cuts_by_source([("a", {"PBK": 5}), ("b", {"PBK": 0})], {}, {})
    assert (cut.over, [row.id for row in cut.line if not row.inside]) == (5, ["a"])
