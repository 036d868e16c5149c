"""Gaps of competence: two ratings weighed, a test in their place, and the topics a place needs first."""

from fractions import Fraction

import pytest

from rembuk.core.guidance.competences import REQUIRED, TOPICS, required_level
from rembuk.core.guidance.needs import PersonNeeds, Ratings, actual_level, gap_of, heat_of, level_of_score, topic_needs
from rembuk.core.guidance.training_rules import DEFAULT_RULES
from rembuk.core.hat import Role


@pytest.mark.parametrize(("score", "level"), [(0, 0), (49, 0), (50, 1), (69, 1), (70, 2), (84, 2), (85, 3), (100, 3)])
def test_a_score_shows_a_level(score, level):
    assert level_of_score(score) == level


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_outside_a_hundred_shows_no_level(score):
    with pytest.raises(ValueError, match="not 0 to 100"):
        level_of_score(score)


@pytest.mark.parametrize(
    ("ratings", "level"),
    [
        (Ratings(own=3, observer=1), Fraction(18, 10)),
        (Ratings(own=0, observer=3), Fraction(18, 10)),
        (Ratings(own=2), Fraction(2)),
        (Ratings(observer=1), Fraction(1)),
        (Ratings(own=3, observer=3, score=40), Fraction(0)),
        (Ratings(), None),
    ],
)
def test_the_actual_level_weighs_two_ratings_and_a_test_replaces_them(ratings, level):
    assert actual_level(ratings, DEFAULT_RULES) == level


def test_a_gap_is_never_below_zero_and_unknown_without_a_rating():
    assert gap_of(2, Fraction(18, 10)) == Fraction(2, 10)
    assert gap_of(2, Fraction(3)) == 0
    assert gap_of(2, None) is None


@pytest.mark.parametrize(
    ("role", "topic", "level"),
    [
        (Role.SDK, "K6", 3),
        (Role.KAU, "K10", 3),
        (Role.SDK, "K1", 0),
        (Role.KAD, "K1", 2),
        (Role.KAD, "K5", 3),
        (Role.BPD, "K1", 3),
        (Role.BPD, "K3", 3),
        (Role.BPD, "K2", 2),
        (Role.PTP, "K14", 3),
        (Role.PLD, "K4", 3),
        (Role.PLD, "K6", 0),
        (Role.LKD, "K3", 2),
        (Role.KPMD, "K5", 2),
        (Role.OPD, "K1", 0),
    ],
)
def test_each_role_needs_what_the_programme_asks(role, topic, level):
    assert required_level(role, topic) == level


def test_there_are_fourteen_topics_and_every_role_is_told_of_all():
    assert list(TOPICS) == [f"K{number}" for number in range(1, 15)]
    assert all(list(levels) == list(TOPICS) for levels in REQUIRED.values())


def test_the_priority_of_a_topic_is_the_mean_gap_of_those_rated():
    people = [
        PersonNeeds("a", Role.SDK, {"K7": Ratings(score=40)}),
        PersonNeeds("b", Role.SDK, {"K7": Ratings(score=90)}),
        PersonNeeds("c", Role.SDK, {}),
    ]
    first = topic_needs(people, DEFAULT_RULES)[0]
    assert (first.topic, first.priority, first.asked, first.rated, first.lacking) == ("K7", Fraction(3, 2), 3, 2, 1)


def test_topics_of_the_same_need_stand_in_their_order():
    assert [need.topic for need in topic_needs([], DEFAULT_RULES)] == list(TOPICS)


@pytest.mark.parametrize(
    ("priority", "shade"), [(None, None), (Fraction(0), 0), (Fraction(3, 2), 2), (Fraction(3), 4), (Fraction(1, 4), 0)]
)
def test_a_gap_is_drawn_in_one_of_five_shades(priority, shade):
    assert heat_of(priority) == shade
