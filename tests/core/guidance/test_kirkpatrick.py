"""Reaction, behaviour, result and the level of a trainer, at their boundaries."""

from datetime import date
from fractions import Fraction

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.kirkpatrick import (
    BEHAVIOUR,
    REACTION,
    TEACHING,
    Side,
    behaviour_score,
    check_marks,
    check_observed,
    is_trainer,
    observation_window,
    reaction_alarm,
    reaction_mean,
    reaction_means,
    result_row,
)
from rembuk.core.guidance.training_rules import DEFAULT_RULES


def test_there_are_seven_questions_of_reaction_eight_of_behaviour_six_of_teaching():
    assert (len(REACTION), len(BEHAVIOUR), len(TEACHING)) == (7, 8, 6)


@pytest.mark.parametrize(("marks", "alarm"), [([3, 4], False), ([3, 3], True), ([5], False), ([], False)])
def test_the_alarm_rings_below_three_and_a_half(marks, alarm):
    mean = reaction_mean([{"content": mark} for mark in marks])
    assert reaction_alarm(mean, DEFAULT_RULES) is alarm


def test_each_question_has_a_mean_of_its_own():
    means = reaction_means([{"content": 4, "time": 2}, {"content": 5}])
    assert (means["content"], means["time"], means["venue"]) == (Fraction(9, 2), Fraction(2), None)


@pytest.mark.parametrize(
    ("marks", "code"), [({"opening": 1}, "marks-missing"), (dict.fromkeys(TEACHING, 4), "marks-range")]
)
def test_marks_that_are_missing_or_out_of_range_are_refused(marks, code):
    with pytest.raises(BadInputError, match=code):
        check_marks(marks, TEACHING, 0, 3)


def test_behaviour_is_yes_of_eight():
    assert behaviour_score({**dict.fromkeys(BEHAVIOUR, False), "rab": True, "women": True}) == Fraction(1, 4)
    with pytest.raises(BadInputError, match="marks-missing"):
        behaviour_score({"rab": True})


END = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("seen", "inside"),
    [
        (date(2026, 4, 29), False),
        (date(2026, 4, 30), True),
        (date(2026, 6, 29), True),
        (date(2026, 6, 30), False),
    ],
)
def test_behaviour_is_looked_at_from_day_sixty_to_day_one_hundred_and_twenty(seen, inside):
    assert observation_window(END, DEFAULT_RULES) == (date(2026, 4, 30), date(2026, 6, 29))
    if inside:
        check_observed(seen, END, DEFAULT_RULES)
    else:
        with pytest.raises(BadInputError, match="observed-outside"):
            check_observed(seen, END, DEFAULT_RULES)


def test_level_four_gives_counts_beside_each_mean_and_no_mean_without_data():
    now = {"a": Fraction(1, 2), "b": Fraction(1, 4), "c": Fraction(1)}
    row = result_row(["a", "c", "elsewhere"], now, {"a": Fraction(1, 4), "b": Fraction(1, 4)})
    assert row.trained == Side(count=2, mean=Fraction(3, 4), compared=1, change=Fraction(1, 4))
    assert row.others == Side(count=1, mean=Fraction(1, 4), compared=1, change=Fraction(0))
    assert result_row(["a"], {}, now).trained == Side(0, None, 0, None)


def teaching(total):
    names = list(TEACHING)
    return {name: 3 if at < total - 12 else 2 for at, name in enumerate(names)}


@pytest.mark.parametrize(
    ("post", "total", "is_one"), [(80, 15, True), (79, 18, False), (80, 14, False), (None, 18, False)]
)
def test_a_trainer_has_eighty_and_two_point_four_of_three(post, total, is_one):
    assert is_trainer(post, teaching(total), DEFAULT_RULES) is is_one
