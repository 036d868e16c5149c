"""A test before and after a class: judging answers, reading a typed score, what was learned by topic.

Source: the programme's evaluation of training, level 2 (parallel forms, gain, normalised gain); design.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.items import KEYS


@dataclass(frozen=True, slots=True)
class Question:
    """What is needed to judge an answer. place: its number on the paper, from 1."""

    place: int
    topic: str
    key: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged paper. score: 0 to 100, half up. topics: topic -> (right, asked). blank: questions without an answer."""

    score: int
    right: int
    asked: int
    blank: int
    topics: Mapping[str, tuple[int, int]]


def judge_answers(questions: Sequence[Question], answers: Mapping[int, str]) -> Judged:
    """Judge answers (place -> letter); a missing one counts as wrong.

    Raises: BadInputError ``test-no-questions``, ``test-no-key``, ``test-answer-letter`` or ``test-answer-place``.
    """
    if not questions:
        raise BadInputError("test-no-questions")
    without = [question.place for question in questions if question.key not in KEYS]
    if without:
        raise BadInputError("test-no-key", places=", ".join(map(str, without)))
    places = {question.place for question in questions}
    for place, letter in answers.items():
        if place not in places:
            raise BadInputError("test-answer-place", place=place)
        if letter and letter not in KEYS:
            raise BadInputError("test-answer-letter", place=place, read=letter)
    tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for question in questions:
        tally[question.topic][0] += answers.get(question.place, "") == question.key
        tally[question.topic][1] += 1
    right = sum(count for count, _asked in tally.values())
    blank = sum(not answers.get(question.place) for question in questions)
    topics = {topic: (count, asked) for topic, (count, asked) in tally.items()}
    return Judged(percent_of(right, len(questions)), right, len(questions), blank, topics)


def percent_of(part: int, whole: int) -> int:
    """Return *part* of *whole* in whole percent, half up. Raises: ZeroDivisionError."""
    return (200 * part + whole) // (2 * whole)


def read_score(text: str) -> int | None:
    """Return a typed score of 0 to 100, half up, nothing when empty. Raises: BadInputError ``test-score``."""
    bare = text.strip().replace(",", ".")
    if not bare:
        return None
    try:
        value = Fraction(bare)
    except (ValueError, ZeroDivisionError) as error:
        raise BadInputError("test-score", read=text[:20]) from error
    if "/" in bare or not 0 <= value <= 100:
        raise BadInputError("test-score", read=text[:20])
    return int(value + Fraction(1, 2))


def read_answer_row(text: str, count: int) -> dict[int, str]:
    """Return place -> letter of one line keyed in from paper, such as ``ABCD-A``; a dash or dot is no answer.

    Spaces are left out. Raises: BadInputError ``test-row-length`` or ``test-answer-letter``.
    """
    letters = "".join(text.upper().split())
    if len(letters) != count:
        raise BadInputError("test-row-length", read=len(letters), count=count)
    found: dict[int, str] = {}
    for place, letter in enumerate(letters, start=1):
        if letter in "-.":
            continue
        if letter not in KEYS:
            raise BadInputError("test-answer-letter", place=place, read=letter)
        found[place] = letter
    return found


def gain_of(pre: int | None, post: int | None) -> int | None:
    """Return what was learned in points; nothing unless both tests are there."""
    return None if pre is None or post is None else post - pre


def normalised_gain(pre: int | None, post: int | None) -> Fraction | None:
    """Return the share of what could be learned that was; nothing when there was nothing left to learn (pre = 100)."""
    if pre is None or post is None or pre == 100:
        return None
    return Fraction(post - pre, 100 - pre)


@dataclass(frozen=True, slots=True)
class TopicResult:
    """A topic before and after, in percent of right answers over everybody; retrain: too little stayed."""

    topic: str
    pre: int | None
    post: int | None
    retrain: bool


def topic_results(
    pre: Iterable[Mapping[str, tuple[int, int]]],
    post: Iterable[Mapping[str, tuple[int, int]]],
    retrain_below: int,
) -> tuple[TopicResult, ...]:
    """Return every topic asked, by number, from the papers (topic -> right, asked) before and after."""
    before, after = _pooled(pre), _pooled(post)
    topics = sorted(before.keys() | after.keys(), key=lambda topic: int(topic[1:]))
    rows = [(topic, before.get(topic), after.get(topic)) for topic in topics]
    return tuple(TopicResult(topic, was, now, now is not None and now < retrain_below) for topic, was, now in rows)


def _pooled(papers: Iterable[Mapping[str, tuple[int, int]]]) -> dict[str, int]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for paper in papers:
        for topic, (right, asked) in paper.items():
            sums[topic][0] += right
            sums[topic][1] += asked
    return {topic: percent_of(right, asked) for topic, (right, asked) in sums.items() if asked}
