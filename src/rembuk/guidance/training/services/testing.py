"""Tests of a batch: the bank of questions, which a test asks, answers on a screen and from paper."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, RembukError
from rembuk.core.guidance.enrolment import EnrolmentState
from rembuk.core.guidance.items import Item, shipped_items
from rembuk.core.guidance.testing import Judged, judge_answers, read_answer_row, read_score
from rembuk.core.hat import Hat
from rembuk.core.permissions import Somewhere, require
from rembuk.guidance.training.models import (
    AnswerSheet,
    BankItem,
    BatchTest,
    BatchTestPart,
    Enrolment,
    ItemSet,
    TrainingBatch,
)
from rembuk.guidance.training.queries import enrolment_of, paper_of, test_by_id
from rembuk.guidance.training.queries.batches import PRESENT_STATES
from rembuk.guidance.training.queries.results import Asked
from rembuk.guidance.training.services.batches import locked
from rembuk.guidance.training.services.people import check_taught, settle
from rembuk.guidance.training.services.telling import tell_test_open
from rembuk.shared import trail
from rembuk.shared.models import Origin

REMEDIALS = {BatchTest.Phase.REMEDIAL_1.value: 1, BatchTest.Phase.REMEDIAL_2.value: 2}


@transaction.atomic
def keep_items(*, items: Sequence[Item], actor: Hat, at: datetime, shipped: bool = False) -> list[ItemSet]:
    """Keep judged questions: each topic and form becomes a set. A set nobody has used is replaced; one in use stays as
    it is and a new version stands beside it. The same questions again change nothing.

    Raises: NotAllowedError.
    """
    require(actor, "training.edit_bank", Somewhere(actor.place))
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in items:
        groups[item.topic, item.form].append(item)
    with trail.acting(actor, "training.edit_bank"):
        return [keep_set(topic, form, found, actor, shipped=shipped) for (topic, form), found in groups.items()]


def keep_set(topic: str, form: str, items: Sequence[Item], actor: Hat, *, shipped: bool) -> ItemSet:
    regency = actor.place.regency
    rows = ItemSet.objects.select_for_update().filter(regency_id=regency, topic=topic, form=form)
    newest = rows.order_by("-version_no").first()
    if newest is not None and same_items(newest, items):
        return newest
    if newest is not None and newest.frozen_at is None and not newest.used.exists():
        newest.items.all().delete()
        newest.shipped, newest.version = shipped, newest.version + 1
        newest.save()
        found = newest
    else:
        number = newest.version_no + 1 if newest is not None else 1
        found = ItemSet.objects.create(
            regency_id=regency, topic=topic, form=form, version_no=number, shipped=shipped, made_by=actor.person_id
        )
    BankItem.objects.bulk_create(
        BankItem(
            set=found,
            number=item.number,
            question=item.question,
            options=list(item.options),
            key=item.key,
            article=item.article,
            note=item.note,
        )
        for item in items
    )
    return found


def same_items(found: ItemSet, items: Sequence[Item]) -> bool:
    there = [
        (row.number, row.question, tuple(row.options), row.key, row.article, row.note)
        for row in found.items.order_by("number")
    ]
    wanted = sorted((i.number, i.question, i.options, i.key, i.article, i.note) for i in items)
    return there == wanted


def load_shipped(*, actor: Hat, at: datetime) -> list[ItemSet]:
    """Keep the questions that come with the program. Raises: NotAllowedError, RefusedError when there are none."""
    items = shipped_items()
    if not items:
        raise RefusedError("items-none")
    return keep_items(items=items, actor=actor, at=at, shipped=True)


@transaction.atomic
def set_test(*, batch_id: UUID, phase: str, set_ids: Sequence[UUID], actor: Hat, at: datetime) -> BatchTest:
    """Say which sets a test of a batch asks. The sets are frozen from now on.

    A test before and one after the class ask the same topics in different forms. Raises: NotAllowedError, RefusedError
    (answers are in, the same form twice), BadInputError (no questions, a question without key).
    """
    batch = locked(batch_id, actor, "training.tests")
    if phase not in BatchTest.Phase.values:
        raise BadInputError("test-no-questions")
    sets = list(ItemSet.objects.select_for_update().filter(regency_id=batch.regency_id, pk__in=set_ids))
    check_sets(batch, phase, sets)
    test = BatchTest.objects.filter(batch=batch, phase=phase).first()
    if test is not None and test.attempts.exists():
        raise RefusedError("test-used")
    with trail.acting(actor, "training.tests"):
        if test is None:
            test = BatchTest.objects.create(batch=batch, phase=phase, made_by=actor.person_id)
        test.parts.exclude(set__in=sets).delete()
        for one in sets:
            BatchTestPart.objects.get_or_create(test=test, set=one)
            if one.frozen_at is None:
                one.frozen_at = at
                one.save()
    return test


def check_sets(batch: TrainingBatch, phase: str, sets: Sequence[ItemSet]) -> None:
    """Refuse sets without questions or keys, and the form that the other test of the batch has. Raises: RembukError."""
    items = [item for one in sets for item in one.items.all()]
    if not items:
        raise BadInputError("test-no-questions")
    without = [item.number for item in items if not item.key]
    if without:
        raise BadInputError("test-no-key", places=", ".join(map(str, sorted(without))))
    others = {
        BatchTest.Phase.PRE.value: BatchTest.Phase.POST.value,
        BatchTest.Phase.POST.value: BatchTest.Phase.PRE.value,
    }
    other = BatchTestPart.objects.filter(test__batch=batch, test__phase=others.get(phase, "")).select_related("set")
    taken = {(part.set.topic, part.set.form) for part in other}
    if taken & {(one.topic, one.form) for one in sets} or len({one.topic for one in sets}) < len(sets):
        raise RefusedError("test-forms")


@transaction.atomic
def open_test(*, test_id: UUID, actor: Hat, at: datetime) -> BatchTest:
    """Open a test for those who take it; repeating changes nothing. Raises: NotAllowedError, RefusedError."""
    test = locked_test(test_id, actor, "training.tests")
    check_taught(test.batch)
    if not paper_of(test):
        raise RefusedError("test-no-questions")
    with trail.acting(actor, "training.tests"):
        if not test.is_open:
            test.opened_at, test.closed_at = test.opened_at or at, None
            test.save()
            tell_test_open(test, [row.person_id for row in takers(test) if row.person_id is not None])
    return test


@transaction.atomic
def close_test(*, test_id: UUID, actor: Hat, at: datetime) -> BatchTest:
    """Close a test: papers begun on a screen are handed in as they are. Raises: NotAllowedError."""
    test = locked_test(test_id, actor, "training.tests")
    questions = paper_of(test)
    with trail.acting(actor, "training.tests"):
        for paper in test.attempts.filter(handed_in_at__isnull=True).select_related("enrolment"):
            finish(paper, questions, at)
        test.closed_at = test.closed_at or at
        test.save()
    return test


def locked_test(test_id: UUID, actor: Hat, act: str) -> BatchTest:
    test = BatchTest.objects.select_for_update(of=("self",)).select_related("batch__regency").get(pk=test_id)
    require(actor, act, test)
    return test


def takers(test: BatchTest) -> list[Enrolment]:
    """Return who takes a test: everybody who came; of a remedial only those it was given to."""
    rows = Enrolment.objects.filter(batch_id=test.batch_id, state__in=PRESENT_STATES)
    number = REMEDIALS.get(test.phase)
    if number is not None:
        rows = rows.filter(remedials=number)
    return list(rows.select_related("village__district", "district", "regency").order_by("name", "id"))


@transaction.atomic
def answer(*, test_id: UUID, answers: Mapping[int, str], hand_in: bool, actor: Hat, at: datetime) -> AnswerSheet:
    """Keep the answers of the person of the hat, and hand them in when they say so.

    Raises: RefusedError (closed, handed in, not one who takes it), BadInputError (no such question, no such letter).
    """
    test = test_by_id(test_id)
    enrolment = enrolment_of(actor.person_id, test.batch_id)
    check_takes(test, enrolment)
    assert enrolment is not None
    with trail.acting(actor, "training.take"):
        return keep_answers(test, enrolment, answers, hand_in=hand_in, actor=actor, at=at)


def check_takes(test: BatchTest, enrolment: Enrolment | None) -> None:
    """Refuse somebody who does not take this test. Raises: RefusedError."""
    if enrolment is None or enrolment.batch_id != test.batch_id or not may_take(test, enrolment):
        raise RefusedError("test-not-yours")


def keep_answers(
    test: BatchTest, enrolment: Enrolment, answers: Mapping[int, str], *, hand_in: bool, actor: Hat, at: datetime
) -> AnswerSheet:
    """Write the answers of one person down, and let them count when handed in. Wants a transaction and its actor.

    Raises: RefusedError (closed, handed in), BadInputError (no such question, no such letter).
    """
    if not test.is_open:
        raise RefusedError("test-closed")
    questions = paper_of(test)
    judge_answers([asked.question for asked in questions], answers)
    paper, _made = AnswerSheet.objects.select_for_update().get_or_create(
        test=test,
        enrolment=enrolment,
        defaults={"captured_at": at, "received_at": at, "recorded_by": actor.person_id},
    )
    if paper.handed_in_at is not None:
        raise RefusedError("test-handed-in", at=paper.handed_in_at.isoformat(timespec="minutes"))
    paper.answers = {str(place): letter for place, letter in sorted(answers.items()) if letter}
    paper.captured_at, paper.received_at = at, at
    if hand_in:
        finish(paper, questions, at)
    else:
        paper.save()
    return paper


def may_take(test: BatchTest, enrolment: Enrolment) -> bool:
    """Return whether somebody takes a test. Whoever is accepted takes the one before the class at its door."""
    number = REMEDIALS.get(test.phase)
    if number is not None:
        return enrolment.remedials == number and enrolment.at is EnrolmentState.REMEDIAL
    early = test.phase == BatchTest.Phase.PRE and enrolment.at is EnrolmentState.ACCEPTED
    return early or enrolment.state in PRESENT_STATES


def finish(paper: AnswerSheet, questions: Sequence[Asked], at: datetime) -> None:
    """Judge a paper and let its score count."""
    answers = {int(place): letter for place, letter in paper.answers.items()}
    write_score(paper, judge_answers([asked.question for asked in questions], answers), at)


def write_score(paper: AnswerSheet, judged: Judged, at: datetime) -> None:
    paper.score = judged.score
    paper.topics = {topic: list(pair) for topic, pair in judged.topics.items()}
    paper.handed_in_at = at
    paper.save()
    count_score(paper)


def count_score(paper: AnswerSheet) -> None:
    """Carry a score to its person, and let a test after the class decide over them."""
    row = Enrolment.objects.select_related("batch__regency").get(pk=paper.enrolment_id)
    if paper.test.phase == BatchTest.Phase.PRE:
        row.pre = paper.score
    else:
        row.post = paper.score
    row.version += 1
    row.save()
    settle(row)


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """One line of the grid: answers as letters (``ABCD-A``), or only the score where the letters are not at hand."""

    enrolment_id: UUID
    letters: str = ""
    score: str = ""

    @property
    def empty(self) -> bool:
        return not self.letters.strip() and not self.score.strip()


@dataclass(frozen=True, slots=True)
class Keyed:
    """What was kept of a grid, and why each other line was not: person -> refusal."""

    kept: int
    refused: Mapping[UUID, RembukError]


@transaction.atomic
def key_in_papers(*, test_id: UUID, rows: Sequence[TypedPaper], actor: Hat, at: datetime) -> Keyed:
    """Key papers in, line by line; a line that cannot be taken is told of and the others are kept.

    Raises: NotAllowedError, RefusedError before the class has begun.
    """
    test = locked_test(test_id, actor, "training.tests")
    check_taught(test.batch)
    questions, known = paper_of(test), {row.pk: row for row in takers(test)}
    refused: dict[UUID, RembukError] = {}
    kept = 0
    with trail.acting(actor, "training.tests"):
        for row in rows:
            if row.empty:
                continue
            try:
                key_in(test, known, row, questions, actor, at)
            except RembukError as error:
                refused[row.enrolment_id] = error
            else:
                kept += 1
    return Keyed(kept, refused)


def key_in(
    test: BatchTest,
    known: Mapping[UUID, Enrolment],
    row: TypedPaper,
    questions: Sequence[Asked],
    actor: Hat,
    at: datetime,
) -> None:
    """Keep one line. Raises: RembukError."""
    if row.enrolment_id not in known:
        raise RefusedError("test-not-yours")
    judged = read_paper(row, questions)
    answers = read_answer_row(row.letters, len(questions)) if row.letters.strip() else {}
    paper, _made = AnswerSheet.objects.update_or_create(
        test=test,
        enrolment=known[row.enrolment_id],
        defaults={
            "answers": {str(place): letter for place, letter in answers.items()},
            "origin": Origin.PAPER,
            "captured_at": test.opened_at or at,
            "received_at": at,
            "recorded_by": actor.person_id,
            "score": judged.score,
        },
    )
    write_score(paper, judged, at)


def read_paper(row: TypedPaper, questions: Sequence[Asked]) -> Judged:
    """Return what a line says: judged letters, or the score alone. Raises: BadInputError."""
    if row.letters.strip():
        letters = read_answer_row(row.letters, len(questions))
        return judge_answers([asked.question for asked in questions], letters)
    score = read_score(row.score)
    if score is None:
        raise BadInputError("test-score", read=row.score[:20])
    return Judged(score=score, right=0, asked=0, blank=0, topics={})
