"""A batch: proposing it, laying it out, moving it on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.enrolment import TRANSITIONS as PEOPLE
from rembuk.core.guidance.enrolment import EnrolmentEvent, EnrolmentState, outcome_of
from rembuk.core.guidance.enrolment import next_state as after_step
from rembuk.core.guidance.training_states import BatchEvent, BatchState, next_state
from rembuk.core.hat import Hat
from rembuk.core.permissions import Somewhere, require
from rembuk.core.workflow.states import walk
from rembuk.cycles.calendar import local_day
from rembuk.guidance.training import typed
from rembuk.guidance.training.labels import BATCH_STATES
from rembuk.guidance.training.models import (
    BatchTrainer,
    BatchUnit,
    CurriculumUnit,
    Enrolment,
    TrainingBatch,
    TrainingSession,
)
from rembuk.guidance.training.queries import facts_of, rules_of, standings_of
from rembuk.guidance.training.services.telling import tell_nomination
from rembuk.regions.models import Regency
from rembuk.shared import trail
from rembuk.shared.roles import role_name

STOPS = frozenset({BatchEvent.POSTPONE, BatchEvent.CANCEL})


@dataclass(frozen=True, slots=True)
class BatchValues:
    """A batch as typed. Days as ISO text, money in rupiah; topics: codes."""

    title: str
    topics: tuple[str, ...] = ()
    purpose: str = ""
    mode: str = TrainingBatch.Mode.CLASS
    quota: str = ""
    venue: str = ""
    link: str = ""
    start_date: str = ""
    end_date: str = ""
    enrol_until: str = ""
    cost: str = ""
    needs_note: str = ""
    guests_allowed: bool = False
    paper_pre_test: bool = False
    for_trainers: bool = False


@transaction.atomic
def propose_batch(*, batch_id: UUID, values: BatchValues, actor: Hat, at: datetime) -> TrainingBatch:
    """Propose a batch; the same key again changes nothing. A hat below the regency proposes for its own district.

    Raises: NotAllowedError, BadInputError.
    """
    require(actor, "training.propose", Somewhere(actor.place))
    there = TrainingBatch.objects.filter(pk=batch_id).first()
    if there is not None:
        return there
    regency = Regency.objects.get(pk=actor.place.regency)
    batch = TrainingBatch(
        id=batch_id,
        regency=regency,
        district_id=actor.place.district or None,
        proposed_by=actor.person_id,
        proposed_label=f"{role_name(actor.role)} {actor.place_name}".strip(),
    )
    fill(batch, values, rules_of(regency).class_size)
    with trail.acting(actor, "training.propose"):
        batch.save(force_insert=True)
    return batch


@transaction.atomic
def edit_batch(*, batch_id: UUID, version: int, values: BatchValues, actor: Hat, at: datetime) -> TrainingBatch:
    """Change what a batch is and when. Raises: NotAllowedError, RefusedError, BadInputError, StaleError."""
    batch = locked(batch_id, actor, "training.edit")
    if batch.version != version:
        raise StaleError("stale", changes=[], version=batch.version)
    check_editable(batch)
    fill(batch, values, rules_of(batch.regency).class_size)
    batch.version += 1
    with trail.acting(actor, "training.edit"):
        batch.save()
    return batch


def fill(batch: TrainingBatch, values: BatchValues, class_size: int) -> None:
    """Write what was typed into *batch*. Raises: BadInputError for the first thing that cannot be read."""
    batch.title = typed.words("judul", values.title, 150)
    if not batch.title:
        raise BadInputError("batch-title")
    batch.topics = [topic for topic in TOPICS if topic in values.topics]
    if not batch.topics:
        raise BadInputError("batch-topics")
    batch.purpose = typed.words("tujuan", values.purpose, 500)
    batch.needs_note = typed.words("kajian kebutuhan", values.needs_note, 500)
    batch.venue = typed.words("tempat", values.venue, 200)
    batch.link = typed.link(values.link)
    batch.mode = values.mode if values.mode in TrainingBatch.Mode.values else TrainingBatch.Mode.CLASS
    quota = typed.whole(values.quota or str(class_size), 1, 500)
    if quota is None:
        raise BadInputError("batch-quota", read=values.quota[:20])
    batch.quota = quota
    start, end = typed.optional_day(values.start_date), typed.optional_day(values.end_date)
    if start is not None and end is not None and end < start:
        raise BadInputError("batch-days-turned", start=start.isoformat(), end=end.isoformat())
    batch.start_date, batch.end_date = start, end
    batch.enrol_until = typed.optional_day(values.enrol_until)
    batch.cost = typed.optional_money(values.cost)
    batch.guests_allowed, batch.paper_pre_test = values.guests_allowed, values.paper_pre_test
    batch.for_trainers = values.for_trainers


@transaction.atomic
def set_units(*, batch_id: UUID, jps: dict[UUID, str], actor: Hat, at: datetime) -> list[BatchUnit]:
    """Say which units a batch has and how many JP each takes there (unit -> JP as typed); the others leave it.

    Raises: NotAllowedError, RefusedError, BadInputError.
    """
    batch = locked(batch_id, actor, "training.edit")
    check_editable(batch)
    known = set(CurriculumUnit.objects.filter(regency_id=batch.regency_id, pk__in=jps).values_list("pk", flat=True))
    wanted: dict[UUID, int] = {}
    for key, text in jps.items():
        jp = typed.whole(text, 1, 60)
        if key not in known:
            raise BadInputError("batch-unit")
        if jp is None:
            raise BadInputError("batch-unit-jp", read=text[:20])
        wanted[key] = jp
    with trail.acting(actor, "training.edit"):
        batch.units.exclude(unit_id__in=wanted).delete()
        return [
            BatchUnit.objects.update_or_create(batch=batch, unit_id=key, defaults={"jp": jp})[0]
            for key, jp in wanted.items()
        ]


@transaction.atomic
def add_session(
    *, batch_id: UUID, session_id: UUID, title: str, day: str, clock: str, jp: str, actor: Hat, at: datetime
) -> TrainingSession:
    """Add a sitting; the same key again changes nothing. Raises: NotAllowedError, RefusedError, BadInputError."""
    batch = locked(batch_id, actor, "training.edit")
    there = TrainingSession.objects.filter(pk=session_id, batch=batch).first()
    if there is not None:
        return there
    if batch.at in (BatchState.CANCELLED, BatchState.CLOSED):
        check_editable(batch)
    name = typed.words("sesi", title, 150)
    starts_at = typed.moment(day, clock, batch.regency.time_zone)
    hours = typed.whole(jp, 1, 16)
    if not name or starts_at is None or hours is None:
        raise BadInputError("batch-session")
    with trail.acting(actor, "training.edit"):
        return TrainingSession.objects.create(id=session_id, batch=batch, title=name, starts_at=starts_at, jp=hours)


@transaction.atomic
def remove_session(*, session_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a sitting out that nobody was recorded in. Raises: NotAllowedError, RefusedError."""
    session = TrainingSession.objects.select_for_update(of=("self",)).select_related("batch").get(pk=session_id)
    require(actor, "training.edit", session)
    if session.attendance.exists():
        raise RefusedError("batch-session-used")
    with trail.acting(actor, "training.edit"):
        session.delete()


@transaction.atomic
def add_trainer(
    *, batch_id: UUID, name: str, office: str, person_id: UUID | None, actor: Hat, at: datetime
) -> BatchTrainer:
    """Name somebody who teaches; the same name again changes the office. Raises: NotAllowedError, BadInputError."""
    batch = locked(batch_id, actor, "training.edit")
    found = typed.words("nama", name, 150)
    if not found:
        raise BadInputError("batch-trainer")
    with trail.acting(actor, "training.edit"):
        return BatchTrainer.objects.update_or_create(
            batch=batch,
            name=found,
            defaults={"office": typed.words("jabatan", office, 150), "person_id": person_id},
        )[0]


@transaction.atomic
def remove_trainer(*, batch_id: UUID, trainer_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a trainer out. Raises: NotAllowedError."""
    batch = locked(batch_id, actor, "training.edit")
    with trail.acting(actor, "training.edit"):
        batch.trainers.filter(pk=trainer_id).delete()


@transaction.atomic
def step_batch(*, batch_id: UUID, event: BatchEvent, reason: str, actor: Hat, at: datetime) -> TrainingBatch:
    """Move a batch on. What follows from the step for its people is done in the same moment.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError with everything that is missing.
    """
    batch = locked(batch_id, actor, "training.stop" if event in STOPS else "training.step")
    rules = rules_of(batch.regency)
    facts = facts_of(batch, local_day(batch.regency, at))
    words = typed.words("alasan", reason, 300)
    after = next_state(batch.at, event, facts, rules, words)
    batch.state = after.value
    batch.version += 1
    if words:
        batch.reason = words
    with trail.acting(actor, f"training.{event.value}"):
        batch.save()
        if event is BatchEvent.COMPLETE:
            close_attendance(batch)
    if event is BatchEvent.OPEN:
        tell_nomination(batch)
    return batch


def close_attendance(batch: TrainingBatch) -> None:
    """Those who came have completed the class, and a test that they wrote before its end decides over them now; those
    accepted who never came are dropped, so that nobody waits.
    """
    states = (EnrolmentState.ATTENDING.value, EnrolmentState.ACCEPTED.value)
    rows = list(Enrolment.objects.filter(batch=batch, state__in=states).order_by("id"))
    standings, rules = standings_of(batch.pk, rows), rules_of(batch.regency)
    for row in rows:
        came = row.at is EnrolmentState.ATTENDING and standings[row.pk].jp > 0
        row.state = people_after(row.at, EnrolmentEvent.COMPLETE if came else EnrolmentEvent.DROP)
        row.reason = row.reason if came else "tidak hadir di satu sesi pun"
        event = outcome_of(standings[row.pk], rules) if came else None
        if event is not None:
            row.state = after_step(row.at, event, standings[row.pk], rules).value
        row.version += 1
        row.save()


def people_after(state: EnrolmentState, event: EnrolmentEvent) -> str:
    return walk(PEOPLE, state, event).value


def locked(batch_id: UUID, actor: Hat, act: str) -> TrainingBatch:
    """Return a batch held until the end of the transaction. Raises: NotAllowedError."""
    rows = TrainingBatch.objects.select_for_update(of=("self",)).select_related("regency", "district")
    batch = rows.get(pk=batch_id)
    require(actor, act, batch)
    return batch


def check_editable(batch: TrainingBatch) -> None:
    """Refuse a change of a batch whose people are fixed. Raises: RefusedError."""
    if not batch.editable:
        raise RefusedError("batch-fixed", state=str(BATCH_STATES[batch.at]))
