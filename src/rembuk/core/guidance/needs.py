"""Training needs: what a role requires, what a person can do, and which topics a place needs first.

Source: the programme's analysis of training needs (gap = required - actual); design.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.guidance.competences import HIGHEST, REQUIRED, TOPICS
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.hat import Role

TEST_LEVELS: Final = ((85, 3), (70, 2), (50, 1), (0, 0))
"""From this score on, this level; the first that fits."""


def level_of_score(score: int) -> int:
    """Return the level that a test of 0 to 100 shows: 0-49 none, 50-69 one, 70-84 two, 85 and above three.

    Raises: ValueError for a score outside 0 to 100.
    """
    if not 0 <= score <= 100:
        raise ValueError(f"score {score} is not 0 to 100")
    return next(level for least, level in TEST_LEVELS if score >= least)


@dataclass(frozen=True, slots=True)
class Ratings:
    """What is known of one person in one topic. own, observer: 0 to 3; score: newest test, 0 to 100."""

    own: int | None = None
    observer: int | None = None
    score: int | None = None


def actual_level(ratings: Ratings, rules: TrainingRules) -> Fraction | None:
    """Return what the person can do, 0 to 3; nothing when nobody has said anything.

    A test replaces the ratings. Of two ratings each has its weight; a single one stands for itself until the other is
    there.
    """
    if ratings.score is not None:
        return Fraction(level_of_score(ratings.score))
    if ratings.own is not None and ratings.observer is not None:
        return Fraction(ratings.own * rules.self_percent + ratings.observer * rules.observer_percent, 100)
    single = ratings.own if ratings.observer is None else ratings.observer
    return None if single is None else Fraction(single)


def gap_of(required: int, actual: Fraction | None) -> Fraction | None:
    """Return how much is missing, never below zero; nothing while the actual level is not known."""
    return None if actual is None else max(Fraction(0), required - actual)


@dataclass(frozen=True, slots=True)
class PersonNeeds:
    """A person in a role with what is known of each topic."""

    key: str
    role: Role
    ratings: Mapping[str, Ratings]

    def gaps(self, rules: TrainingRules) -> dict[str, Fraction | None]:
        """Return topic -> gap for the topics that the role requires; nothing where nobody has rated yet."""
        required = REQUIRED.get(self.role, {})
        return {
            topic: gap_of(required[topic], actual_level(self.ratings.get(topic, Ratings()), rules))
            for topic in TOPICS
            if required.get(topic, 0) > 0
        }


@dataclass(frozen=True, slots=True)
class TopicNeed:
    """How much a place needs a topic. priority: mean gap of those rated, 0 to 3; nothing when nobody was rated.

    asked: people whose role requires it; rated: those of them somebody has rated; lacking: those with a gap.
    """

    topic: str
    priority: Fraction | None
    asked: int
    rated: int
    lacking: int


def topic_needs(people: Iterable[PersonNeeds], rules: TrainingRules) -> tuple[TopicNeed, ...]:
    """Return the topics with their priority (sum of gaps over persons), the most needed first, then by number."""
    gaps: dict[str, list[Fraction | None]] = defaultdict(list)
    for person in people:
        for topic, gap in person.gaps(rules).items():
            gaps[topic].append(gap)
    needs = [_need_of(topic, gaps[topic]) for topic in TOPICS]
    order = list(TOPICS)
    return tuple(sorted(needs, key=lambda need: (-(need.priority or 0), order.index(need.topic))))


def _need_of(topic: str, gaps: list[Fraction | None]) -> TopicNeed:
    known = [gap for gap in gaps if gap is not None]
    priority = sum(known, Fraction(0)) / len(known) if known else None
    return TopicNeed(topic, priority, len(gaps), len(known), sum(gap > 0 for gap in known))


def heat_of(priority: Fraction | None) -> int | None:
    """Return which of five shades a gap is drawn in, 0 (none) to 4 (all of it missing); nothing without data."""
    if priority is None:
        return None
    return min(4, int(priority * 4 / HIGHEST + Fraction(1, 2)))
