"""Reads over people in batches: their standing, their attendance, who may be nominated."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.accounts.queries import place_q
from rembuk.core.guidance.competences import REQUIRED
from rembuk.core.guidance.enrolment import Standing
from rembuk.core.hat import Hat, Place, Role
from rembuk.guidance.training.models import Attendance, Enrolment, TrainingSession
from rembuk.guidance.training.queries.batches import SEATED_STATES, jp_of

PLACE = ("village__district", "district", "regency")
TRAINABLE = tuple(role.value for role in (*REQUIRED, Role.TIM, Role.RTK, Role.TVK, Role.PDK, Role.TRN))
OWN_STAFF = (Role.KAD, Role.SDK, Role.KAU, Role.TIM, Role.LKD, Role.KPMD, Role.RTK, Role.FAS, Role.BPD)


def enrolment_by_id(enrolment_id: UUID | str) -> Enrolment:
    """Return one person in a batch, with places. Raises: Enrolment.DoesNotExist."""
    rows = Enrolment.objects.select_related("batch__regency", "batch__district", *PLACE)
    return rows.get(pk=enrolment_id)


def enrolments_of(batch_id: UUID) -> "QuerySet[Enrolment]":
    """Return everybody of a batch by name, with places."""
    return Enrolment.objects.filter(batch_id=batch_id).select_related(*PLACE).order_by("name", "id")


def carded(batch_id: UUID) -> list[Enrolment]:
    """Return those of a batch who get a card: everybody with a seat, by name. One query."""
    return list(enrolments_of(batch_id).filter(state__in=SEATED_STATES).select_related("batch__regency", *PLACE))


def own_enrolments(person_id: UUID) -> list[Enrolment]:
    """Return a person's own trainings, newest first."""
    rows = Enrolment.objects.filter(person_id=person_id).select_related("batch", *PLACE)
    return list(rows.order_by("-batch__start_date", "batch__title", "id"))


def enrolment_of(person_id: UUID, batch_id: UUID) -> Enrolment | None:
    """Return somebody's own place in a batch, or nothing."""
    return Enrolment.objects.filter(batch_id=batch_id, person_id=person_id).select_related("batch", *PLACE).first()


def enrolments_seen_by(hat: Hat) -> "QuerySet[Enrolment]":
    """Return everybody from the hat's place, newest training first."""
    rows = Enrolment.objects.filter(_from_place(hat.place)).select_related("batch__regency", *PLACE)
    return rows.order_by("-batch__start_date", "batch__title", "name", "id")


def _from_place(place: Place) -> Q:
    found = Q()
    for level in ("regency", "district", "village"):
        key = getattr(place, level)
        found &= Q(**{f"{level}_id": key}) if key else Q()
    return found


def nominable(hat: Hat, on: date) -> "QuerySet[Assignment]":
    """Return the assignments of people whom *hat* may nominate: of its own place, in a role that is trained."""
    rows = Assignment.objects.valid_on(on).filter(place_q(hat), role__in=nominable_roles(hat)).with_place()
    return rows.order_by("village__name", "role", "person__name", "id")


def nominable_roles(hat: Hat) -> tuple[str, ...]:
    """Return the roles that the hat's role may send: a village head its own people, the others whoever is trained."""
    return tuple(role.value for role in OWN_STAFF) if hat.role is Role.KAD else TRAINABLE


def attended_jp(batch_id: UUID) -> dict[UUID, int]:
    """Return person of the batch -> JP of the sessions they were at. One query."""
    found: dict[UUID, int] = defaultdict(int)
    rows = Attendance.objects.filter(session__batch_id=batch_id, enrolment__isnull=False)
    for enrolment, jp in rows.order_by().values_list("enrolment_id", "session__jp"):
        found[enrolment] += jp
    return dict(found)


def standing_of(enrolment: Enrolment) -> Standing:
    """Return what decides over one person. Two queries."""
    jp = attended_jp(enrolment.batch_id).get(enrolment.pk, 0)
    total = jp_of([enrolment.batch_id]).get(enrolment.batch_id, 0)
    return Standing(enrolment.post, jp, total, enrolment.remedials)


def standings_of(batch_id: UUID, rows: Iterable[Enrolment]) -> dict[UUID, Standing]:
    """Return person -> what decides over them, for everybody of one batch. Two queries."""
    attended, total = attended_jp(batch_id), jp_of([batch_id]).get(batch_id, 0)
    return {row.pk: Standing(row.post, attended.get(row.pk, 0), total, row.remedials) for row in rows}


def attendance_of(session: TrainingSession) -> list[Attendance]:
    """Return who was at a session, guests too."""
    rows = Attendance.objects.filter(session=session).select_related("enrolment")
    return list(rows.order_by("captured_at", "id"))


def marks_of(batch_id: UUID) -> Mapping[UUID, Sequence[UUID]]:
    """Return person of the batch -> the sessions they were at. One query."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Attendance.objects.filter(session__batch_id=batch_id, enrolment__isnull=False)
    for enrolment, session in rows.order_by("session_id", "id").values_list("enrolment_id", "session_id"):
        found[enrolment].append(session)
    return dict(found)
