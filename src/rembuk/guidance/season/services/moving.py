"""A plan changed by hand: one forum to another team or day, or out of the plan."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core import schedule
from rembuk.core.errors import Finding, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.schedule import Conflict, Plan, Words
from rembuk.guidance.season.building import Built, built
from rembuk.guidance.season.models import SeasonPlan
from rembuk.guidance.season.services.planning import rewrite, store_plan
from rembuk.shared import trail


def locked_draft(plan_id: UUID, version: int, actor: Hat) -> SeasonPlan:
    """Return the draft locked. Raises: NotAllowedError, StaleError, RefusedError when it is published."""
    rows = SeasonPlan.objects.select_for_update(of=("self",)).select_related("season__regency", "travel")
    row = rows.get(pk=plan_id)
    require(actor, "season.plan", row)
    if row.state != SeasonPlan.State.DRAFT:
        raise RefusedError("season-plan-published")
    if row.version != version:
        raise StaleError("stale", changes=[], version=row.version)
    return row


@transaction.atomic
def move_visit(
    *,
    plan_id: UUID,
    version: int,
    village: str,
    team: str,
    day: date,
    today: date | None = None,
    actor: Hat,
    at: datetime,
) -> SeasonPlan:
    """Hold a village's forum with a team on a day; what speaks against it is named, all of it.

    today: of a season under way. Raises: NotAllowedError, StaleError, RefusedError ``season-conflict``.
    """
    row = locked_draft(plan_id, version, actor)
    known = built(row)
    number = known.instance.day_of(day)
    if number is None:
        raise RefusedError("season-day-outside", day=day.isoformat())
    begun = day_number(known, today)
    conflicts = schedule.conflicts_of_move(known.instance, known.plan, village, team, number, today=begun)
    refuse(known, village, conflicts)
    after = schedule.moved(known.instance, known.plan, village, team, number, today=begun)
    return kept(row, known, after, actor)


@transaction.atomic
def remove_visit(*, plan_id: UUID, version: int, village: str, actor: Hat, at: datetime) -> SeasonPlan:
    """Take a village's forum out of the plan. Raises: as `move_visit`; RefusedError when it has none."""
    row = locked_draft(plan_id, version, actor)
    known = built(row)
    if village not in known.plan.slots():
        raise RefusedError("season-no-visit")
    return kept(row, known, schedule.removed(known.instance, known.plan, village), actor)


def start_draft(*, plan_id: UUID, actor: Hat, at: datetime) -> SeasonPlan:
    """Begin a draft from a plan, to be changed by hand. Raises: NotAllowedError."""
    row = SeasonPlan.objects.select_related("season__regency", "travel").get(pk=plan_id)
    require(actor, "season.plan", row)
    known = built(row)
    return store_plan(row.season, row.travel, known.instance, known.plan, seed=row.seed, parent=row, actor=actor, at=at)


def kept(row: SeasonPlan, known: Built, after: Plan, actor: Hat) -> SeasonPlan:
    with trail.acting(actor, "season.move"):
        rewrite(row, known.instance, after)
    return row


def day_number(known: Built, today: date | None) -> int | None:
    """Return the first day number that can still be changed; None before the season begins."""
    first = known.instance.first
    if today is None or first is None or today <= first:
        return None
    weeks, weekday = divmod((today - first).days, 7)
    return weeks * schedule.DAYS_A_WEEK + min(weekday, schedule.DAYS_A_WEEK)


def refuse(known: Built, village: str, conflicts: tuple[Conflict, ...]) -> None:
    """Raise RefusedError with every conflict that blocks, in words."""
    words = Words(known.instance)
    against = [conflict for conflict in conflicts if conflict.severity == "block"]
    if against:
        found = [Finding(one.code, "block", words.conflict(one.code, village, one.params)) for one in against]
        raise RefusedError("season-conflict", found)
