"""Reads of what a batch brought: reactions, learning by person and topic, behaviour; and the bank of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Max, QuerySet

from rembuk.core.guidance.enrolment import PRESENT, Standing
from rembuk.core.guidance.kirkpatrick import observation_window, reaction_alarm, reaction_mean, reaction_means
from rembuk.core.guidance.testing import Question, TopicResult, gain_of, normalised_gain, topic_results
from rembuk.core.guidance.training_rules import TrainingRules
from rembuk.core.hat import Hat
from rembuk.guidance.training.models import (
    AnswerSheet,
    BankItem,
    BatchTest,
    BehaviourObservation,
    Enrolment,
    ItemSet,
    MicroTeaching,
    Reaction,
    TrainingBatch,
)
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.guidance.training.queries.people import enrolments_seen_by, standings_of


def sets_of(regency_id: str) -> "QuerySet[ItemSet]":
    """Return every set of a regency by topic and form, newest version first, with its number of questions."""
    rows = ItemSet.objects.filter(regency_id=regency_id).annotate(
        count=Count("items", distinct=True), used_count=Count("used", distinct=True)
    )
    return rows.order_by("topic", "form", "-version_no", "id")


def newest_sets(regency_id: str) -> list[ItemSet]:
    """Return the newest version of each topic and form, with its number of questions. Two queries."""
    rows = ItemSet.objects.filter(regency_id=regency_id).order_by()
    newest = {(t, f): n for t, f, n in rows.values_list("topic", "form").annotate(n=Max("version_no"))}
    found = [row for row in sets_of(regency_id) if newest[row.topic, row.form] == row.version_no]
    return sorted(found, key=lambda row: (int(row.topic[1:]), row.form))


def set_by_id(set_id: UUID | str) -> ItemSet:
    """Return one set. Raises: ItemSet.DoesNotExist."""
    return ItemSet.objects.select_related("regency").get(pk=set_id)


def test_by_id(test_id: UUID | str) -> BatchTest:
    """Return one test with its batch. Raises: BatchTest.DoesNotExist."""
    return BatchTest.objects.select_related("batch__regency", "batch__district").get(pk=test_id)


def tests_of(batch_id: UUID) -> list[BatchTest]:
    """Return the tests of a batch with their sets and how many papers are in. Two queries."""
    rows = BatchTest.objects.filter(batch_id=batch_id).select_related("batch").prefetch_related("parts__set")
    order = [phase.value for phase in BatchTest.Phase]
    return sorted(rows.annotate(papers=Count("attempts")), key=lambda test: order.index(test.phase))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it stands on the paper, numbered through."""

    place: int
    topic: str
    item: BankItem

    @property
    def question(self) -> Question:
        return Question(self.place, self.topic, self.item.key)

    @property
    def options(self) -> list[tuple[str, str]]:
        return list(zip("ABCD", self.item.options, strict=True))


def paper_of(test: BatchTest) -> list[Asked]:
    """Return the questions of a test, topic by topic, numbered from 1. One query."""
    items = BankItem.objects.filter(set__used__test=test).select_related("set")
    ordered = sorted(items, key=lambda item: (int(item.set.topic[1:]), item.number, str(item.pk)))
    return [Asked(place, item.set.topic, item) for place, item in enumerate(ordered, start=1)]


def attempts_of(test_id: UUID) -> dict[UUID, AnswerSheet]:
    """Return person of the batch -> their paper. One query."""
    return {attempt.enrolment_id: attempt for attempt in AnswerSheet.objects.filter(test_id=test_id)}


@dataclass(frozen=True, slots=True)
class PersonResult:
    """What one person learned. share: of what could be learned; nothing when there was nothing left to learn."""

    enrolment: Enrolment
    standing: Standing
    gain: int | None
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class BatchResults:
    """The four levels of one batch. mean values in points; nothing where nobody was asked."""

    people: tuple[PersonResult, ...]
    sheets: int
    reaction: Fraction | None
    reactions: Mapping[str, Fraction | None]
    alarm: bool
    words: tuple[str, ...]
    pre_mean: Fraction | None
    post_mean: Fraction | None
    gain_mean: Fraction | None
    share_mean: Fraction | None
    topics: tuple[TopicResult, ...]
    observed: int
    behaviour: Fraction | None

    @property
    def retrain(self) -> list[TopicResult]:
        return [topic for topic in self.topics if topic.retrain]


def results_of(batch: TrainingBatch, rules: TrainingRules) -> BatchResults:
    """Return what a batch brought. Seven queries."""
    came = list(
        Enrolment.objects.filter(batch=batch, state__in=PRESENT_STATES)
        .select_related("village__district", "district", "regency")
        .order_by("name", "id")
    )
    standings = standings_of(batch.pk, came)
    people = tuple(
        PersonResult(row, standings[row.pk], gain_of(row.pre, row.post), normalised_gain(row.pre, row.post))
        for row in came
    )
    sheets = list(Reaction.objects.filter(enrolment__batch=batch).order_by("received_at", "id"))
    marks = [sheet.marks for sheet in sheets]
    mean = reaction_mean(marks)
    seen = list(BehaviourObservation.objects.filter(enrolment__batch=batch).values_list("yes_count", flat=True))
    return BatchResults(
        people=people,
        sheets=len(sheets),
        reaction=mean,
        reactions=reaction_means(marks),
        alarm=reaction_alarm(mean, rules),
        words=tuple(sorted({sheet.words for sheet in sheets if sheet.words})),
        pre_mean=mean_of([row.pre for row in came]),
        post_mean=mean_of([row.post for row in came]),
        gain_mean=mean_of([person.gain for person in people]),
        share_mean=mean_of([person.share for person in people]),
        topics=topics_of([batch.pk], rules),
        observed=len(seen),
        behaviour=Fraction(sum(seen), 8 * len(seen)) if seen else None,
    )


def mean_of(values: Sequence[int | Fraction | None]) -> Fraction | None:
    """Return the mean of the values that are there, or nothing."""
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def topics_of(batch_ids: Sequence[UUID], rules: TrainingRules) -> tuple[TopicResult, ...]:
    """Return every topic before and after, over everybody of these batches. One query.

    After means the test after the class, not a remedial: it tells of the class.
    """
    before: list[dict[str, tuple[int, int]]] = []
    after: list[dict[str, tuple[int, int]]] = []
    rows = AnswerSheet.objects.filter(test__batch_id__in=batch_ids, handed_in_at__isnull=False)
    for phase, topics in rows.order_by("id").values_list("test__phase", "topics"):
        found = {topic: (int(pair[0]), int(pair[1])) for topic, pair in topics.items()}
        if phase == BatchTest.Phase.PRE:
            before.append(found)
        elif phase == BatchTest.Phase.POST:
            after.append(found)
    return topic_results(before, after, rules.retrain_score)


@dataclass(frozen=True, slots=True)
class ToObserve:
    """Somebody whose work is to be looked at, and until when."""

    enrolment: Enrolment
    first: date
    last: date
    seen: BehaviourObservation | None


def to_observe(hat: Hat, rules: TrainingRules, today: date) -> list[ToObserve]:
    """Return the people of the hat's place whose batch is over and whose window has begun, the open ones first."""
    states = [state.value for state in PRESENT]
    rows = enrolments_seen_by(hat).filter(
        state__in=states, village__isnull=False, batch__state__in=("COMPLETED", "EVALUATED", "FOLLOWED_UP")
    )
    found = []
    for row in rows.select_related("observation", "batch__regency", "village__district"):
        if row.batch.end_date is None:
            continue
        first, last = observation_window(row.batch.end_date, rules)
        if first <= today:
            found.append(ToObserve(row, first, last, getattr(row, "observation", None)))
    return sorted(found, key=lambda one: (one.seen is not None, one.last < today, one.last, one.enrolment.name))


def trainers_seen_by(hat: Hat) -> "QuerySet[MicroTeaching]":
    """Return who has become a trainer in the hat's regency, newest first."""
    rows = MicroTeaching.objects.filter(is_trainer=True)
    if hat.place.regency:
        rows = rows.filter(enrolment__batch__regency_id=hat.place.regency)
    wanted = ("enrolment__batch", "enrolment__village__district", "enrolment__district", "enrolment__regency")
    return rows.select_related(*wanted).order_by("-taught_date", "enrolment__name", "id")
