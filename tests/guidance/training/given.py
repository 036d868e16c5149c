"""Makers for the tests of the training room: a batch walked by its services as far as a test wants it."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4, uuid5

from factories import people, places
from rembuk.accounts.models import Assignment
from rembuk.core.guidance.enrolment import EnrolmentEvent
from rembuk.core.guidance.items import Item
from rembuk.core.guidance.kirkpatrick import REACTION
from rembuk.core.guidance.training_states import BatchEvent
from rembuk.core.hat import Hat, Role
from rembuk.guidance.training import services
from rembuk.guidance.training.models import BatchTest, CurriculumUnit, Enrolment, TrainingBatch, TrainingSession
from rembuk.guidance.training.services import BatchValues, PaperList, TypedPaper

START, END = date(2026, 6, 2), date(2026, 6, 3)
NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
CLASS = datetime(2026, 6, 2, 1, 0, tzinfo=UTC)
AFTER = datetime(2026, 6, 4, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 8, 10, 2, 0, tzinfo=UTC)
COUNT = 4
KEYS = "ABCD"


def staff() -> Hat:
    return people.holder(Role.STF).hat()


def head_of_dpmd() -> Hat:
    return people.holder(Role.KDP).hat()


def items(topic: str = "K7", form: str = "A", count: int = COUNT, **changes: object) -> list[Item]:
    """Questions whose right answers are A, B, C, D and over again."""
    return [
        Item(
            topic=topic,
            form=form,
            number=number,
            question=f"{topic}{form} soal {number}?",
            options=("satu", "dua", "tiga", "empat"),
            key=KEYS[(number - 1) % 4],
            **changes,  # type: ignore[arg-type]
        )
        for number in range(1, count + 1)
    ]


def bank(actor: Hat, topics: tuple[str, ...] = ("K7",)) -> dict[tuple[str, str], UUID]:
    """Keep both forms of *topics*. Returns (topic, form) -> set."""
    questions = [item for topic in topics for form in "AB" for item in items(topic, form)]
    return {(one.topic, one.form): one.pk for one in services.keep_items(items=questions, actor=actor, at=NOW)}


def values(**changes: object) -> BatchValues:
    own: dict[str, object] = {
        "title": "Bimtek RKP Desa",
        "topics": ("K7",),
        "venue": "Aula DPMD",
        "quota": "2",
        "start_date": START.isoformat(),
        "end_date": END.isoformat(),
        **changes,
    }
    return BatchValues(**own)  # type: ignore[arg-type]


def proposed(actor: Hat | None = None, **changes: object) -> TrainingBatch:
    return services.propose_batch(batch_id=uuid4(), values=values(**changes), actor=actor or staff(), at=NOW)


def stepped(batch: TrainingBatch, event: BatchEvent, at: datetime = NOW, reason: str = "") -> TrainingBatch:
    return services.step_batch(batch_id=batch.pk, event=event, reason=reason, actor=staff(), at=at)


def laid_out(batch: TrainingBatch) -> list[TrainingSession]:
    """Give a batch one unit of 8 JP, two sessions of 4 JP, a trainer and both tests."""
    actor = staff()
    unit = services.keep_unit(
        unit_id=uuid5(batch.pk, "satuan"), code=f"S{str(batch.pk)[:6]}", topic="K7", title="Matriks RKP", jp="8",
        outcomes="", link="", active=True, actor=actor, at=NOW,
    )  # fmt: skip
    services.set_units(batch_id=batch.pk, jps={unit.pk: "8"}, actor=actor, at=NOW)
    services.add_trainer(batch_id=batch.pk, name="Pelatih", office="DPMD", person_id=None, actor=actor, at=NOW)
    sets = bank(actor)
    services.set_test(batch_id=batch.pk, phase="pre", set_ids=[sets["K7", "A"]], actor=actor, at=NOW)
    services.set_test(batch_id=batch.pk, phase="post", set_ids=[sets["K7", "B"]], actor=actor, at=NOW)
    return [
        services.add_session(
            batch_id=batch.pk, session_id=uuid5(batch.pk, f"sesi{day}"), title=f"Hari {day}",
            day=f"2026-06-0{day + 1}", clock="09:00", jp="4", actor=actor, at=NOW,
        )
        for day in (1, 2)
    ]  # fmt: skip


def opened(**changes: object) -> TrainingBatch:
    """A batch with everything laid out whose enrolment is open."""
    batch = proposed(**changes)
    laid_out(batch)
    for event in (BatchEvent.ASSESS, BatchEvent.SCHEDULE, BatchEvent.OPEN):
        batch = stepped(batch, event)
    return batch


def accepted(batch: TrainingBatch, *who: Assignment) -> list[Enrolment]:
    """Nominate these people and accept whoever finds a place."""
    actor = staff()
    keys = [assignment.pk for assignment in who]
    rows = services.nominate(batch_id=batch.pk, assignment_ids=keys, actor=actor, at=NOW)
    return services.decide(
        batch_id=batch.pk, enrolment_ids=[row.pk for row in rows], event=EnrolmentEvent.ACCEPT, reason="",
        actor=actor, at=NOW,
    )  # fmt: skip


def secretary_and_head() -> tuple[Assignment, Assignment]:
    return people.secretary(places.melintang()), people.village_head(places.melintang())


def running(*who: Assignment, **changes: object) -> TrainingBatch:
    """A batch whose class has begun with these people (a secretary and a head unless told)."""
    batch = opened(**changes)
    accepted(batch, *(who or secretary_and_head()))
    stepped(batch, BatchEvent.CONFIRM)
    return stepped(batch, BatchEvent.START, CLASS)


def attended(batch: TrainingBatch, rows: list[Enrolment] | None = None) -> None:
    """Everybody, or *rows*, signed at both sessions."""
    people_there = rows if rows is not None else list(batch.enrolments.filter(state__in=("ACCEPTED", "ATTENDING")))
    sheet = PaperList(frozenset(row.pk for row in people_there))
    for session in batch.sessions.all():
        services.key_in_attendance(session_id=session.pk, sheet=sheet, actor=staff(), at=AFTER)


def typed(batch: TrainingBatch, phase: str, letters: str, at: datetime = AFTER) -> None:
    """Key the same letters in for everybody who takes this test."""
    test = BatchTest.objects.get(batch=batch, phase=phase)
    rows = [TypedPaper(row.pk, letters) for row in services.takers(test)]
    services.key_in_papers(test_id=test.pk, rows=rows, actor=staff(), at=at)


def reacted(batch: TrainingBatch, mark: int = 4) -> None:
    for row in batch.enrolments.filter(state__in=("ATTENDING", "COMPLETED", "PASSED", "NOT_PASSED")):
        services.key_in_reaction(
            enrolment_id=row.pk, marks=dict.fromkeys(REACTION, mark), words="", actor=staff(), at=AFTER
        )


def completed(*who: Assignment, letters: str = "ABCD", **changes: object) -> TrainingBatch:
    """A batch that is over: everybody attended, wrote both tests and a reaction sheet."""
    batch = running(*who, **changes)
    attended(batch)
    typed(batch, "pre", "A---")
    typed(batch, "post", letters)
    reacted(batch)
    return stepped(batch, BatchEvent.COMPLETE, AFTER)


def settled(*who: Assignment, letters: str = "ABCD", **changes: object) -> TrainingBatch:
    """A batch that is over and whose tests after the class were keyed in after it."""
    batch = running(*who, **changes)
    attended(batch)
    typed(batch, "pre", "A---")
    batch = stepped(batch, BatchEvent.COMPLETE, AFTER)
    typed(batch, "post", letters)
    reacted(batch)
    return batch


def unit_of(regency: str = "64.02") -> CurriculumUnit:
    return CurriculumUnit.objects.filter(regency_id=regency).first() or services.keep_unit(
        unit_id=uuid4(), code="S1", topic="K7", title="Matriks RKP", jp="8", outcomes="", link="", active=True,
        actor=staff(), at=NOW,
    )  # fmt: skip


WEEK = timedelta(days=7)
