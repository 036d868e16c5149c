"""The plan of a year begins: empty, or as a copy of an earlier one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from rembuk.accounts.models import Assignment
from rembuk.core.errors import RefusedError
from rembuk.core.guidance.programme import ActivityState, a_year_later
from rembuk.core.guidance.programme_targets import words_of
from rembuk.core.hat import Hat
from rembuk.core.permissions import Somewhere, require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.models import ActivityTarget, BudgetLine, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.content import money_by_activity, targets_by_activity
from rembuk.guidance.programme.queries.plans import activities_of, villages_of
from rembuk.guidance.programme.services.base import locked_plan, need_editable, save
from rembuk.regions.models import Regency
from rembuk.shared import trail

SCOPE, OBJECTIVES = 300, 3000


@dataclass(frozen=True, slots=True)
class PlanValues:
    """The head of a plan as typed. objectives: one a line; copy_of: key of the plan it starts from, empty for none."""

    year: str
    scope: str = ""
    objectives: str = ""
    copy_of: str = ""


def create_plan(*, plan_id: UUID, values: PlanValues, actor: Hat, at: datetime) -> GuidancePlan:
    """Begin the plan of a year; the same key again changes nothing.

    A copy takes objectives, activities a year later, villages that still exist and money; not the reasons of villages
    left out, commitments, payments and links: those are of the year that was. Raises: NotAllowedError, BadInputError,
    RefusedError when the year has one already.
    """
    require(actor, "programme.create", Somewhere(actor.place))
    there = GuidancePlan.objects.filter(pk=plan_id).select_related("regency").first()
    if there is not None:
        require(actor, "programme.create", there)
        return there
    year = typed.year(values.year)
    regency = Regency.objects.get(pk=actor.place.regency)
    scope, objectives = _head(values)
    model = copied(regency, values.copy_of)
    if model is not None:
        scope, objectives = scope or model.scope, objectives or model.objectives
    if GuidancePlan.objects.filter(regency=regency, year=year).exists():
        raise RefusedError("programme-year-taken", year=year)
    plan = GuidancePlan(
        pk=plan_id,
        regency=regency,
        year=year,
        scope=scope,
        objectives=objectives,
        copied_from=model,
        made_by=actor.person_id,
    )
    try:
        with transaction.atomic(), trail.acting(actor, "programme.create"):
            plan.save(force_insert=True)
            if model is not None:
                copy_activities(model, plan, local_day(regency, at))
    except IntegrityError as error:  # two people began the same year in the same moment
        raise RefusedError("programme-year-taken", year=year) from error
    return plan


def copied(regency: Regency, key: str) -> GuidancePlan | None:
    """Return the plan to copy. Raises: RefusedError when there is none with this key here."""
    if not key.strip():
        return None
    try:
        return GuidancePlan.objects.select_related("regency").get(pk=UUID(key), regency=regency)
    except (ValueError, GuidancePlan.DoesNotExist) as error:
        raise RefusedError("programme-copy-missing") from error


def copy_activities(model: GuidancePlan, plan: GuidancePlan, today: date) -> None:
    """Write the activities of *model* into *plan*, moved by the years between; cancelled ones are not taken over."""
    years = plan.year - model.year
    targets, money = targets_by_activity(model), money_by_activity(model)
    villages = villages_of(plan.regency_id)
    there = {village.code for village in villages}
    valid = set(
        Assignment.objects.valid_on(today).filter(regency_id=plan.regency_id).values_list("person_id", flat=True)
    )
    for row in activities_of(model):
        if row.at is ActivityState.CANCELLED:
            continue
        mine = frozenset(targets.get(str(row.pk), frozenset()) & there)
        made = PlanActivity.objects.create(
            plan=plan,
            position=row.position,
            kind=row.kind,
            title=row.title,
            purpose=row.purpose,
            owner_role=row.owner_role,
            owner_person=row.owner_person if row.owner_person_id in valid else None,
            start_date=a_year_later(row.start_date, years),
            end_date=a_year_later(row.end_date, years),
            targets_text=words_of(mine, villages)[:500],
            target_count=len(mine),
        )
        ActivityTarget.objects.bulk_create(ActivityTarget(activity=made, village_id=code) for code in sorted(mine))
        for line in money.get(str(row.pk), ()):
            BudgetLine.objects.create(activity=made, source=line.source, amount=line.amount, note=line.note)


@transaction.atomic
def edit_plan(*, plan_id: UUID, version: int, values: PlanValues, actor: Hat, at: datetime) -> GuidancePlan:
    """Change scope and objectives; the year stays. Raises: NotAllowedError, StaleError, RefusedError, BadInputError."""
    plan = locked_plan(plan_id, actor, "edit", version)
    need_editable(plan)
    plan.scope, plan.objectives = _head(values)
    with trail.acting(actor, "programme.edit"):
        save(plan, "scope", "objectives")
    return plan


def _head(values: PlanValues) -> tuple[str, str]:
    return typed.words("ruang lingkup", values.scope, SCOPE), typed.lines("tujuan", values.objectives, OBJECTIVES)
