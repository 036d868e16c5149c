"""An estimate explains the one budget line that bears its name; plan and budget are compared estimate by estimate."""

import pytest

from rembuk.core.budget import Candidate, RabDifference, match_estimates

LINES = (
    Candidate("5", "2.3.11", "Titian ulin", "RT 02"),
    Candidate("6", "2.3.11", "Titian ulin", "RT 05"),
    Candidate("7", "2.2.02", "Penyelenggaraan Posyandu", "Desa"),
    Candidate("8", "2.3.10", "Penyelenggaraan Posyandu", "Desa"),
    Candidate("9", "1.1.01", "Penghasilan tetap", ""),
)


@pytest.mark.parametrize(
    ("name", "line", "how", "offers"),
    [
        ("Penghasilan Tetap", "9", "name", ()),
        ("PENGHASILAN TETAP.", "9", "name", ()),
        ("Titian ulin RT 05", "6", "name", ()),
        ("Titian ulin", "", "offered", ("5", "6")),
        ("2.2.02 Penyelenggaraan Posyandu", "7", "name", ()),
        ("Penyelenggaraan Posyandu", "", "offered", ("7", "8")),
        ("2.3.99 Penghasilan tetap", "", "offered", ("9",)),
        ("Lembar 12", "", "", ()),
        ("", "", "", ()),
    ],
)
def test_only_an_equal_name_that_one_line_bears_is_taken_without_a_person(name, line, how, offers):
    (found,) = match_estimates([Candidate("RAB", "", name)], LINES)
    assert (found.item, found.how, found.offers[: len(offers)]) == (line, how, offers)


def test_several_estimates_may_explain_one_line():
    sheets = [Candidate(name, "", "Penghasilan tetap") for name in ("A", "B")]
    assert [(one.line, one.item) for one in match_estimates(sheets, LINES)] == [("A", "9"), ("B", "9")]


@pytest.mark.parametrize(
    ("planned", "estimated", "kind", "change", "outside"),
    [
        (100, 100, "same", 0, 0),
        (100, 90, "changed", -10, 10),
        (100, None, "missing", None, None),
        (None, 110, "added", None, -10),
        (None, None, "none", None, None),
        (0, 0, "same", 0, 100),
    ],
)
def test_an_activity_is_compared_only_where_both_have_an_estimate(planned, estimated, kind, change, outside):
    row = RabDifference("k", "2.3.11", "Titian", planned, estimated, 100)
    assert (row.kind, row.change, row.unestimated) == (kind, change, outside)
