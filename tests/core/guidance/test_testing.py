"""Papers are judged by their key; a typed score stays within a hundred; what was learned is told by topic."""

from fractions import Fraction

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.testing import (
    Question,
    gain_of,
    judge_answers,
    normalised_gain,
    percent_of,
    read_answer_row,
    read_score,
    topic_results,
)

PAPER = (Question(1, "K1", "A"), Question(2, "K1", "B"), Question(3, "K7", "C"))


def test_a_paper_is_judged_by_topic_and_a_blank_is_wrong():
    judged = judge_answers(PAPER, {1: "A", 3: "D"})
    assert (judged.score, judged.right, judged.blank, judged.topics) == (33, 1, 1, {"K1": (1, 2), "K7": (0, 1)})


def test_a_test_with_no_key_is_refused():
    with pytest.raises(BadInputError, match="test-no-key"):
        judge_answers((*PAPER, Question(4, "K7", "")), {})


def test_a_test_without_questions_is_refused():
    with pytest.raises(BadInputError, match="test-no-questions"):
        judge_answers((), {})


@pytest.mark.parametrize(("answers", "code"), [({9: "A"}, "test-answer-place"), ({1: "E"}, "test-answer-letter")])
def test_an_answer_that_the_paper_does_not_have_is_refused(answers, code):
    with pytest.raises(BadInputError, match=code):
        judge_answers(PAPER, answers)


@pytest.mark.parametrize(
    ("text", "score"), [("0", 0), ("100", 100), ("72,5", 73), ("72.4", 72), (" 80 ", 80), ("", None)]
)
def test_a_typed_score_is_read(text, score):
    assert read_score(text) == score


@pytest.mark.parametrize("text", ["105", "-1", "100,1", "tujuh", "1/2", "1e3"])
def test_a_score_outside_a_hundred_is_refused(text):
    with pytest.raises(BadInputError, match="test-score"):
        read_score(text)


def test_a_row_of_letters_from_paper_is_read_with_gaps():
    assert read_answer_row("ab -d", 4) == {1: "A", 2: "B", 4: "D"}


@pytest.mark.parametrize(("text", "code"), [("ABC", "test-row-length"), ("ABCX", "test-answer-letter")])
def test_a_row_of_letters_that_does_not_fit_is_refused(text, code):
    with pytest.raises(BadInputError, match=code):
        read_answer_row(text, 4)


@pytest.mark.parametrize(
    ("pre", "post", "gain", "share"),
    [
        (40, 70, 30, Fraction(1, 2)),
        (70, 40, -30, Fraction(-1)),
        (100, 100, 0, None),
        (100, 90, -10, None),
        (None, 70, None, None),
        (40, None, None, None),
    ],
)
def test_what_was_learned_and_the_share_of_what_could_be(pre, post, gain, share):
    assert gain_of(pre, post) == gain
    assert normalised_gain(pre, post) == share


@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, 33), (2, 3, 67), (1, 8, 13), (0, 5, 0), (5, 5, 100)])
def test_percent_is_rounded_half_up(part, whole, percent):
    assert percent_of(part, whole) == percent


def test_a_topic_below_the_line_is_taught_again():
    rows = topic_results([{"K1": (1, 2)}, {"K10": (0, 2)}], [{"K1": (3, 5)}, {"K9": (59, 100)}], 60)
    assert [(row.topic, row.pre, row.post, row.retrain) for row in rows] == [
        ("K1", 50, 60, False),
        ("K9", None, 59, True),
        ("K10", 0, None, False),
    ]
