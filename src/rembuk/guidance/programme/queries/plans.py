"""Plans and activities as a hat may read them: the whole, or what concerns its place or its agency."""

from uuid import UUID

from django.db.models import Model, Q, QuerySet

from rembuk.core.guidance.programme import PlanState, VillageName
from rembuk.core.hat import Hat, Role
from rembuk.guidance.programme.models import (
    ActivityLink,
    BudgetLine,
    GuidancePlan,
    LeftOut,
    PlanActivity,
    PlanVersion,
    Realisation,
)
from rembuk.guidance.programme.permissions import OVERSEERS
from rembuk.regions.models import Village, VillageKind

READY = (PlanState.APPROVED.value, PlanState.RUNNING.value, PlanState.DRAFT_REVISION.value, PlanState.CLOSED.value)


def plans_seen_by(hat: Hat) -> "QuerySet[GuidancePlan]":
    """Return the plans of the hat's regency, newest first; below DPMD only those that were approved once."""
    rows = GuidancePlan.objects.select_related("regency")
    if hat.place.regency:
        rows = rows.filter(regency_id=hat.place.regency)
    if hat.role not in OVERSEERS:
        rows = rows.filter(version_no__gte=1)
    return rows.order_by("-year", "id")


def plan_by_id(plan_id: UUID | str) -> GuidancePlan:
    """Return one plan with its regency. Raises: GuidancePlan.DoesNotExist."""
    return GuidancePlan.objects.select_related("regency", "copied_from").get(pk=plan_id)


def activity_by_id(activity_id: UUID | str) -> PlanActivity:
    """Return one activity with its plan, owner and commitment. Raises: PlanActivity.DoesNotExist."""
    rows = PlanActivity.objects.select_related("plan__regency", "owner_person", "commitment")
    return rows.get(pk=activity_id)


def activities_of(plan: GuidancePlan) -> "QuerySet[PlanActivity]":
    """Return all activities of a plan in their order."""
    rows = PlanActivity.objects.filter(plan=plan).select_related("owner_person", "commitment")
    return rows.order_by("position", "start_date", "id")


def activities_seen_by(plan: GuidancePlan, hat: Hat) -> "QuerySet[PlanActivity]":
    """Return the activities that *hat* may read: all, those of its place, or those its agency promised."""
    rows = activities_of(plan)
    if hat.role in OVERSEERS:
        return rows
    if hat.role is Role.OPD:
        own = Q(commitment__promiser="agency", commitment__agency=hat.agency) if hat.agency else Q(pk__in=())
        return rows.filter(own | Q(owner_person_id=hat.person_id) | Q(owner_role=Role.OPD.value))
    if hat.place.village:
        return rows.filter(targets__village_id=hat.place.village)
    if hat.place.district:
        keys = PlanActivity.objects.filter(plan=plan, targets__village__district_id=hat.place.district)
        return rows.filter(pk__in=keys.values("pk"))
    return rows


def villages_of(regency_id: str) -> list[VillageName]:
    """Return the villages of a regency of today by kecamatan and name; a kelurahan is none. One query."""
    rows = Village.objects.filter(regency_id=regency_id, valid_to__isnull=True).exclude(kind=VillageKind.KELURAHAN)
    found = rows.order_by("district_id", "name", "pk").values_list("pk", "name", "district_id", "district__name")
    return [VillageName(*row) for row in found]


def versions_of(plan: GuidancePlan) -> list[PlanVersion]:
    """Return the approved versions, newest first, without their content. One query."""
    return list(PlanVersion.objects.filter(plan=plan).defer("content").select_related("paper").order_by("-number"))


def version_by_number(plan: GuidancePlan, number: int) -> PlanVersion:
    """Return one version with its content. Raises: PlanVersion.DoesNotExist."""
    return PlanVersion.objects.select_related("paper", "plan__regency").get(plan=plan, number=number)


def waiting(hat: Hat) -> "QuerySet[GuidancePlan] | None":
    """Return the plans that wait for a decision of *hat*; None for roles that decide nothing."""
    if hat.role is not Role.KDP:
        return None
    return plans_seen_by(hat).filter(submitted_at__isnull=False, state__in=("submitted", "draft_revision"))


def rows_of_plan(plan: GuidancePlan) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a plan."""
    activities = list(PlanActivity.objects.filter(plan=plan).values_list("pk", flat=True))
    found: list[tuple[type[Model], list[UUID]]] = [(PlanActivity, activities)]
    for model in (BudgetLine, Realisation, ActivityLink):
        rows = model._default_manager.filter(activity_id__in=activities)
        found.append((model, list(rows.values_list("pk", flat=True))))
    for other in (LeftOut, PlanVersion):
        found.append((other, list(other._default_manager.filter(plan=plan).values_list("pk", flat=True))))
    return found
