"""Reads for the gap matrix: people of a place with their ratings and tests, topics by district and regency."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from rembuk.accounts.models import Assignment
from rembuk.accounts.queries import place_q
from rembuk.core.guidance.competences import REQUIRED, TOPICS
from rembuk.core.guidance.needs import PersonNeeds, Ratings, TopicNeed, actual_level, gap_of, heat_of, topic_needs
from rembuk.core.guidance.testing import percent_of
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.hat import Hat, Role
from rembuk.guidance.training.models import AnswerSheet, BatchTest, LevelRating, OutsideCredit
from rembuk.regions.models import District

NEEDED_ROLES = tuple(role.value for role in REQUIRED)


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one topic as the matrix draws it. basis: own | observer | both | test | none."""

    topic: str
    required: int
    actual: Fraction | None
    gap: Fraction | None
    shade: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One person with the fourteen topics."""

    assignment: Assignment
    cells: tuple[Cell, ...]


def people_needing(hat: Hat, on: date) -> list[Assignment]:
    """Return the assignments at or below the hat's place in a role that requires something, by place and name."""
    rows = Assignment.objects.valid_on(on).filter(place_q(hat), role__in=NEEDED_ROLES).with_place()
    return list(rows.order_by("district__name", "village__name", "role", "person__name", "id"))


def ratings_of(person_ids: Iterable[UUID]) -> dict[UUID, dict[str, Ratings]]:
    """Return person -> topic -> ratings and the newest test of it. Three queries.

    A test after the class stands before one before it when both were taken on the same day. A certificate from
    elsewhere counts as a test when it names its topic and its score.
    """
    wanted = list(set(person_ids))
    said: dict[UUID, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for row in LevelRating.objects.filter(person_id__in=wanted).order_by("id"):
        said[row.person_id][row.topic][row.by] = row.level
    scores = _newest_scores(wanted)
    return {
        person: {
            topic: Ratings(
                said[person][topic].get("own"), said[person][topic].get("observer"), scores[person].get(topic)
            )
            for topic in TOPICS
        }
        for person in wanted
    }


def _newest_scores(person_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    dated: dict[UUID, dict[str, tuple[date, bool, int]]] = defaultdict(dict)

    def keep(person: UUID, topic: str, found: tuple[date, bool, int]) -> None:
        if topic not in dated[person] or dated[person][topic] < found:
            dated[person][topic] = found

    papers = AnswerSheet.objects.filter(enrolment__person_id__in=person_ids, handed_in_at__isnull=False)
    for attempt in papers.select_related("test", "enrolment").order_by("handed_in_at", "id"):
        after = attempt.test.phase != BatchTest.Phase.PRE
        for topic, (right, asked) in attempt.topics.items():
            if asked and attempt.enrolment.person_id is not None:
                keep(attempt.enrolment.person_id, topic, (attempt.captured_at.date(), after, percent_of(right, asked)))
    credits = OutsideCredit.objects.filter(person_id__in=person_ids, score__isnull=False).exclude(topic="")
    for credit in credits.order_by("id"):
        if credit.person_id is not None and credit.score is not None:
            keep(credit.person_id, credit.topic, (credit.issued_date, True, credit.score))
    return defaultdict(dict, {key: {topic: row[2] for topic, row in rows.items()} for key, rows in dated.items()})


def matrix_of(assignments: Sequence[Assignment], rules: TrainingRules) -> list[MatrixRow]:
    """Return the matrix of these people, in their order. Three queries."""
    ratings = ratings_of(assignment.person_id for assignment in assignments)
    rows = []
    for assignment in assignments:
        known = ratings[assignment.person_id]
        required = REQUIRED[Role(assignment.role)]
        rows.append(MatrixRow(assignment, tuple(_cell(t, required[t], known[t], rules) for t in TOPICS)))
    return rows


def _cell(topic: str, required: int, ratings: Ratings, rules: TrainingRules) -> Cell:
    actual = actual_level(ratings, rules)
    gap = gap_of(required, actual) if required else None
    if ratings.score is not None:
        basis = "test"
    elif ratings.own is not None and ratings.observer is not None:
        basis = "both"
    else:
        basis = "own" if ratings.own is not None else "observer" if ratings.observer is not None else "none"
    return Cell(topic, required, actual, gap, heat_of(gap), basis)


def needs_of(assignments: Sequence[Assignment]) -> list[PersonNeeds]:
    """Return what the rules weigh, one per assignment. Three queries."""
    ratings = ratings_of(assignment.person_id for assignment in assignments)
    return [PersonNeeds(str(a.pk), Role(a.role), ratings[a.person_id]) for a in assignments]


@dataclass(frozen=True, slots=True)
class AreaNeeds:
    """A district, or the whole, with its topics: topic -> need."""

    name: str
    key: str
    needs: Mapping[str, TopicNeed]


def area_needs(assignments: Sequence[Assignment], rules: TrainingRules) -> tuple[list[AreaNeeds], AreaNeeds]:
    """Return the topics of each district by name, and of all of them. Four queries."""
    people = needs_of(assignments)
    groups: dict[str, list[PersonNeeds]] = defaultdict(list)
    for assignment, person in zip(assignments, people, strict=True):
        if assignment.district_id:
            groups[assignment.district_id].append(person)
    names = dict(District.objects.filter(pk__in=groups).values_list("pk", "name"))
    rows = [AreaNeeds(names[key], key, _by_topic(found, rules)) for key, found in groups.items()]
    return sorted(rows, key=lambda row: (row.name, row.key)), AreaNeeds("", "", _by_topic(people, rules))


def _by_topic(people: Sequence[PersonNeeds], rules: TrainingRules) -> dict[str, TopicNeed]:
    return {need.topic: need for need in topic_needs(people, rules)}
