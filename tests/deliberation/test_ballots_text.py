"""Ballots as they are typed: what is read, what is refused, and that nothing is lost on the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.deliberation.ballot_text import LineRefusal, read_papers, write_papers
from rembuk.deliberation.labels import LINE_REFUSALS

NUMBERS = range(1, 13)


@pytest.mark.parametrize(
    ("line", "paper"),
    [
        ("1 4 7", (1, ((1, 1), (4, 1), (7, 1)))),
        ("7, 4 ;1", (1, ((1, 1), (4, 1), (7, 1)))),
        ("1 4 x3", (3, ((1, 1), (4, 1)))),
        ("12 ×2", (2, ((12, 1),))),
        ("-", (1, ())),
        ("Kosong x 5", (5, ())),
        ("  3  ", (1, ((3, 1),))),
    ],
)
def test_a_line_of_ticks_is_one_paper_or_several_equal_ones(line, paper):
    assert read_papers(line, NUMBERS).papers == (paper,)


@pytest.mark.parametrize(
    ("line", "paper"), [("1:5 4:3", (1, ((1, 5), (4, 3)))), ("4=3 x2", (2, ((4, 3),))), ("1:0 2:1", (1, ((2, 1),)))]
)
def test_a_line_of_points_gives_each_number_its_points(line, paper):
    assert read_papers(line, NUMBERS, points=True).papers == (paper,)


@pytest.mark.parametrize(
    ("line", "code", "read"),
    [
        ("1 empat", "line-word", "empat"),
        ("1 -4", "line-word", "-4"),
        ("1 1.5", "line-word", "1.5"),
        ("1 ٣", "line-word", "٣"),
        ("13", "line-number", "13"),
        ("0", "line-number", "0"),
        ("4 1 4", "line-twice", "4"),
        ("1 x0", "line-copies", "0"),
        ("1 x9999", "line-copies", "9999"),
        ("x3", "line-empty", ""),
    ],
)
def test_a_line_at_fault_is_named_with_what_was_read(line, code, read):
    found = read_papers(f"1 2\n{line}", NUMBERS)
    assert (found.papers, [(row.line, row.code, row.read) for row in found.refusals]) == ((), [(2, code, read)])


@pytest.mark.parametrize(
    ("line", "code"), [("1 2", "line-pair"), ("1:-2", "line-pair"), ("1:1001", "line-points"), ("99:1", "line-number")]
)
def test_points_at_fault_are_named(line, code):
    assert [row.code for row in read_papers(line, NUMBERS, points=True).refusals] == [code]


def test_a_paper_with_more_marks_than_allowed_is_refused():
    assert read_papers("1 2 3\n1 2", NUMBERS, most=2).refusals == (LineRefusal(1, "line-most", "3", 2),)
    assert read_papers("1:3 2:2", NUMBERS, points=True, most=4).refusals == (LineRefusal(1, "line-most", "5", 4),)


def test_every_line_at_fault_is_named_at_once():
    assert [row.line for row in read_papers("satu\n1\n\n13\n", NUMBERS).refusals] == [1, 4]


def test_more_lines_than_a_meeting_has_people_are_refused():
    assert [row.code for row in read_papers("1\n" * 2_001, NUMBERS).refusals] == ["line-too-many"]


@given(st.text(max_size=200), st.booleans(), st.integers(0, 9))
def test_no_text_breaks_the_reader_and_what_is_read_lies_on_the_table(text, points, most):
    found = read_papers(text, NUMBERS, points=points, most=most)
    assert not (found.papers and found.refusals)
    assert all(row.code in LINE_REFUSALS for row in found.refusals)
    for copies, marks in found.papers:
        keys = [key for key, _given in marks]
        assert copies >= 1 and keys == sorted(set(keys)) and set(keys) <= set(NUMBERS)
        assert all(given > 0 for _key, given in marks)
        assert not most or sum(given for _key, given in marks) <= most


PAPERS = st.lists(
    st.tuples(st.integers(1, 50), st.dictionaries(st.sampled_from(NUMBERS), st.integers(1, 9), max_size=6)), max_size=12
)


@given(PAPERS, st.booleans())
def test_what_is_written_is_read_again(papers, points):
    plain = [
        (copies, tuple(sorted((key, given if points else 1) for key, given in marks.items())))
        for copies, marks in papers
    ]
    found = read_papers(write_papers(plain, points=points), NUMBERS, points=points)
    assert (list(found.papers), found.count) == (plain, sum(copies for copies, _marks in plain))
