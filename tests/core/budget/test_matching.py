"""Which line of the budget is which activity of the plan."""

from rembuk.core.budget import Candidate, Matched, match_lines

ITEMS = [
    Candidate("i1", "2.3.11", "Titian ulin RT 02", "Dusun Tengah"),
    Candidate("i2", "2.3.11", "Titian ulin RT 05", "Dusun Hulu"),
    Candidate("i3", "2.2.02", "Penyelenggaraan Posyandu", "Desa"),
    Candidate("i4", "2.3.10", "Jalan usaha tani", "Dusun Hulu"),
    Candidate("i5", "2.3.10", "Jalan usaha tani", "Dusun Hilir"),
]


def matched(**given):
    return match_lines([Candidate("l", **{"code": "", "name": "", **given})], ITEMS)[0]


def test_the_key_in_the_file_decides_whatever_the_name_says():
    assert matched(code="9.9.99", name="Lain sama sekali", item_key="i3") == Matched("l", "i3", "key")


def test_a_key_that_the_plan_does_not_know_is_no_match():
    found = matched(code="2.2.02", name="Lain sama sekali", item_key="i9")
    assert (found.item, found.how) == ("", "")


def test_equal_code_and_name_match_without_a_person():
    assert matched(code="2.2.02", name="  PENYELENGGARAAN  posyandu ") == Matched("l", "i3", "name")


def test_two_activities_of_one_name_are_told_apart_by_their_place():
    assert matched(code="2.3.10", name="Jalan usaha tani", location="Dusun Hilir") == Matched("l", "i5", "name")
    unsure = matched(code="2.3.10", name="Jalan usaha tani")
    assert (unsure.item, unsure.how) == ("", "offered")
    assert set(unsure.offers[:2]) == {"i4", "i5"}


def test_an_equal_name_under_another_code_is_only_offered():
    found = matched(code="2.2.03", name="Penyelenggaraan Posyandu")
    assert (found.item, found.how, found.offers[0]) == ("", "offered", "i3")


def test_a_similar_name_is_offered_the_likeliest_first():
    found = matched(code="2.3.11", name="Pembangunan titian kayu ulin RT 05")
    assert (found.item, found.how, found.offers[0]) == ("", "offered", "i2")


def test_a_line_that_resembles_nothing_is_offered_nothing():
    assert matched(code="1.1.01", name="Penghasilan tetap kepala desa") == Matched("l")


def test_several_lines_may_be_one_activity():
    lines = [Candidate(key, "2.2.02", "Penyelenggaraan Posyandu", item_key="i3") for key in ("a", "b")]
    assert [found.item for found in match_lines(lines, ITEMS)] == ["i3", "i3"]
