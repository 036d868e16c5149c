"""What every act on a plan begins with: the locked row, whose turn it is, and who is told."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from rembuk.accounts.models import Person
from rembuk.accounts.standing_in import standing_in
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme.labels import PLAN_STATES
from rembuk.guidance.programme.models import GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.owners import OWNER_ROLES
from rembuk.shared.notices.services import notify


def locked_plan(plan_id: UUID, actor: Hat, act: str, version: int | None = None) -> GuidancePlan:
    """Return the plan for writing. Raises: NotAllowedError, StaleError when it is no longer as it was read."""
    plan = GuidancePlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=plan_id)
    require(actor, f"programme.{act}", plan)
    if version is not None and plan.version != version:
        raise StaleError("programme-stale", changes=[], version=plan.version)
    return plan


def locked_activity(activity_id: UUID, actor: Hat, act: str, version: int | None = None) -> PlanActivity:
    """Return an activity and its plan, both locked. Raises: NotAllowedError, StaleError."""
    found = PlanActivity.objects.select_related("plan").get(pk=activity_id)
    plan = locked_plan(found.plan_id, actor, act)
    activity = PlanActivity.objects.select_for_update(of=("self",)).select_related("owner_person").get(pk=activity_id)
    activity.plan = plan
    if version is not None and activity.version != version:
        raise StaleError("programme-stale", changes=[], version=activity.version)
    return activity


def need_editable(plan: GuidancePlan) -> None:
    """Raise RefusedError unless the content may be changed now."""
    if not plan.editable:
        raise RefusedError("programme-locked", state=str(PLAN_STATES[plan.state]))


def need_running(plan: GuidancePlan) -> None:
    """Raise RefusedError unless the plan has started and is not closed."""
    if not plan.running:
        raise RefusedError("programme-not-running", state=str(PLAN_STATES[plan.state]))


def need_turn(role: Role, plan: GuidancePlan, actor: Hat, at: datetime) -> None:
    """Raise RefusedError unless *actor* holds *role*, or stands in for it while it is empty. One query."""
    if actor.role is role:
        return
    who = standing_in(role, plan.place, local_day(plan.regency, at))
    if who is not None and who.role is not actor.role:
        raise RefusedError("programme-not-yours", role=who.role_name, names=who.names)


def save(row: GuidancePlan | PlanActivity, *fields: str) -> None:
    """Save what changed and raise the version."""
    row.version += 1
    row.save(update_fields=[*fields, "version", "changed_at"])


def read_owner(text: str, place: Place) -> tuple[str, Person | None]:
    """Return (role, person) of ``role:KBD`` or ``person:<key>``; ("", None) when empty. Raises: BadInputError."""
    kind, _colon, key = text.strip().partition(":")
    if not text.strip():
        return "", None
    if kind == "role" and key in {role.value for role in OWNER_ROLES}:
        return key, None
    if kind == "person":
        try:
            person = Person.objects.filter(pk=UUID(key), assignments__regency_id=place.regency).distinct().get()
        except (ValueError, Person.DoesNotExist) as error:
            raise BadInputError("programme-owner", read=text[:40]) from error
        return "", person
    raise BadInputError("programme-owner", read=text[:40])


def people_of(role: Role, place: Place, on: date) -> list[UUID]:
    """Return who holds *role* over *place*, or stands in for it. One query."""
    who = standing_in(role, place, on)
    return sorted({assignment.person_id for assignment in who.assignments}) if who else []


def tell(person_ids: Iterable[UUID], *, key: str, title: str, body: str = "", link: str) -> int:
    """Tell people once of a step of a plan."""
    return notify(person_ids=person_ids, key=key, title=title, body=body, link=link)
