"""A planned visit before it happens: the village agrees, it is moved with a reason, it is cancelled, it begins."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.visit_states import RESCHEDULE_REASONS, VisitEvent, VisitState
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.guidance.mentoring.models import Visit, VisitMember
from rembuk.guidance.mentoring.services.base import fresh, locked_visit, move, save, today_at
from rembuk.guidance.mentoring.services.planning import Draft, check, open_cycles
from rembuk.guidance.mentoring.services.telling import tell_cancelled, tell_planned
from rembuk.guidance.mentoring.typed import coming_day, needed, one_of, past_day, words
from rembuk.regions.models import Village
from rembuk.shared import trail


@transaction.atomic
def confirm_visit(*, visit_id: UUID, note: str = "", actor: Hat, at: datetime) -> Visit:
    """Record that the village agrees to the day; repeating changes nothing.

    note: how it was agreed when the team writes it down (telephone, letter). Raises: NotAllowedError, BadInputError,
    IllegalTransitionError.
    """
    visit = locked_visit(visit_id, "confirm", actor)
    if visit.state == Visit.State.CONFIRMED:
        return visit
    move(visit, VisitEvent.CONFIRM)
    visit.confirmed_at, visit.confirmed_by = at, actor.person_id
    visit.confirm_note = words("catatan", note, 200)
    with trail.acting(actor, "mentoring.confirm"):
        save(visit)
    return visit


@dataclass(frozen=True, slots=True)
class MoveValues:
    """Another day as typed, with the reason from the list and a sentence."""

    day: str
    reason_code: str
    reason_text: str
    version: int | None = None


@transaction.atomic
def reschedule_visit(*, visit_id: UUID, new_id: UUID, values: MoveValues, actor: Hat, at: datetime) -> Visit:
    """Close this plan as moved and return the visit that takes its place, with the same team. Replaying returns it.

    Raises: NotAllowedError, BadInputError, StaleError, RefusedError with findings, IllegalTransitionError.
    """
    rows = Visit.objects.select_related("village__regency", "village__district")
    made = rows.filter(pk=new_id).first()
    if made is not None:
        if made.moved_from_id != visit_id:
            raise RefusedError("visit-key-taken")
        require(actor, "mentoring.plan", made)
        return made
    visit = locked_visit(visit_id, "move", actor)
    fresh(visit, values.version)
    today = today_at(visit, at)
    day = coming_day(values.day, today)
    if values.reason_code not in RESCHEDULE_REASONS:
        raise BadInputError("visit-reason-code")
    reason = needed("alasan", values.reason_text, "visit-reason")
    members = list(VisitMember.objects.filter(visit=visit).order_by("-is_lead", "id"))
    draft = Draft(visit.village, day, assignments_of(members, visit))
    check([draft], without=visit.pk)
    blocks = [finding for finding in draft.problems if finding.severity == "block"]
    if blocks:
        raise RefusedError("visit-refused", findings=blocks)
    move(visit, VisitEvent.RESCHEDULE)
    visit.reason_code, visit.reason_text = values.reason_code, reason
    made = successor(visit, new_id, day, actor)
    with trail.acting(actor, "mentoring.move"):
        save(visit)
        made.save(force_insert=True)
        VisitMember.objects.bulk_create(
            VisitMember(visit=made, person_id=each.person_id, role=each.role, is_lead=each.is_lead) for each in members
        )
        tell_planned([made], today, moved=True)
    return made


def successor(visit: Visit, key: UUID, day: date, actor: Hat) -> Visit:
    return Visit(
        id=key,
        village=visit.village,
        cycle_id=visit.cycle_id,
        stage=visit.stage,
        purpose=visit.purpose,
        mode=visit.mode,
        planned_date=day,
        plan_note=visit.plan_note,
        planned_by=actor.person_id,
        team_text=visit.team_text,
        moved_from=visit,
    )


def assignments_of(members: list[VisitMember], visit: Visit) -> list[Assignment]:
    """Return an assignment of each member that covers the village, the latest to end first; others are left out."""
    people = [member.person_id for member in members]
    rows = Assignment.objects.approved().filter(person_id__in=people, role__in={m.role for m in members}).with_place()
    found: dict[UUID, Assignment] = {}
    for row in rows.order_by("start_date", "id"):
        if row.place.covers(visit.place):
            found[row.person_id] = row
    return [found[person] for person in people if person in found]


@transaction.atomic
def cancel_visit(*, visit_id: UUID, reason: str, version: int | None = None, actor: Hat, at: datetime) -> Visit:
    """Cancel a visit with its reason. Raises: NotAllowedError, BadInputError, StaleError, IllegalTransitionError."""
    visit = locked_visit(visit_id, "move", actor)
    fresh(visit, version)
    text = needed("alasan", reason, "visit-reason")
    move(visit, VisitEvent.CANCEL)
    visit.reason_text = text
    with trail.acting(actor, "mentoring.move"):
        save(visit)
        tell_cancelled(visit, today_at(visit, at))
    return visit


@transaction.atomic
def start_visit(*, visit_id: UUID, actor: Hat, at: datetime) -> Visit:
    """Stamp that the team is there; the agreement of a village that had not answered is recorded at its door.

    Repeating changes nothing. Raises: NotAllowedError, IllegalTransitionError.
    """
    visit = locked_visit(visit_id, "report", actor)
    if visit.state == Visit.State.ON_SITE:
        return visit
    arrive(visit, actor, at)
    with trail.acting(actor, "mentoring.report"):
        save(visit)
    return visit


def arrive(visit: Visit, actor: Hat, at: datetime) -> None:
    """Move a visit in memory to where the team is there. Raises: IllegalTransitionError."""
    if visit.state == VisitState.PLANNED:
        move(visit, VisitEvent.CONFIRM)
        visit.confirmed_at, visit.confirmed_by = at, actor.person_id
    move(visit, VisitEvent.START)
    visit.started_at = at


@dataclass(frozen=True, slots=True)
class DropInValues:
    """A visit that nobody had planned, as typed."""

    village_id: str
    day: str
    purpose: str = Visit.Purpose.STAGE
    mode: str = Visit.Mode.ONSITE
    stage: str = ""


@transaction.atomic
def drop_in(*, visit_id: UUID, values: DropInValues, actor: Hat, at: datetime) -> Visit:
    """Begin a visit that nobody had planned, with the actor as its team; the sheet follows.

    The same key for the same village returns what is there. Raises: NotAllowedError, BadInputError, RefusedError.
    """
    there = Visit.objects.select_related("village__regency", "village__district").filter(pk=visit_id).first()
    if there is not None:
        if there.village_id != values.village_id:
            raise RefusedError("visit-key-taken")
        require(actor, "mentoring.report", there)
        return there
    village = Village.objects.select_related("regency", "district").filter(pk=values.village_id).first()
    if village is None or not actor.place.covers(village.place):
        raise BadInputError("visit-place")
    require(actor, "mentoring.report", village)
    visit = Visit(
        id=visit_id,
        village=village,
        cycle=open_cycles([village.id]).get(village.id),
        stage=one_of(values.stage, ALL_STAGES, default=""),
        purpose=one_of(values.purpose, Visit.Purpose.values, default=Visit.Purpose.STAGE),
        mode=one_of(values.mode, Visit.Mode.values, default=Visit.Mode.ONSITE),
        planned_by=actor.person_id,
        team_text=actor.name[:400],
    )
    visit.planned_date = past_day(values.day, today_at(visit, at))
    arrive(visit, actor, at)
    with trail.acting(actor, "mentoring.report"):
        visit.save(force_insert=True)
        VisitMember.objects.create(visit=visit, person_id=actor.person_id, role=actor.role.value, is_lead=True)
    return visit
