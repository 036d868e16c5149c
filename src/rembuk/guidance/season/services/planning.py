"""A plan is made: by a worker, the first one kept at once, then a better one while the search goes on."""

from collections.abc import Mapping
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from rembuk.core import schedule
from rembuk.core.errors import Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.schedule import Instance, Plan
from rembuk.guidance.season.building import date_in, hash_of, instance_of
from rembuk.guidance.season.models import PlanVisit, Season, SeasonPlan, TravelTable
from rembuk.shared import clock, jobs, trail
from rembuk.shared.models import Job

PLAN_JOB = "season.plan"
SEARCH_SECONDS = 10
STEPS = 20


def plan_season(*, season_id: UUID, seed: int, actor: Hat, at: datetime) -> Job:
    """Ask the worker for a plan; the same season unchanged with the same seed is the same job.

    Raises: NotAllowedError, RefusedError (no travel table, or what must be mended first, row by row).
    """
    season = Season.objects.select_related("regency").get(pk=season_id)
    require(actor, "season.plan", season)
    ready_instance(season)
    return jobs.enqueue(
        name=PLAN_JOB,
        payload={"season": str(season.pk), "seed": seed},
        key=f"{PLAN_JOB}:{season.pk}:{season.version}:{seed}",
        title=season.name,
        hat=actor,
    )


def newest_travel(season: Season) -> TravelTable | None:
    """Return the newest table of travel for the season's water."""
    rows = TravelTable.objects.filter(regency_id=season.regency_id, water=season.water)
    return rows.order_by("-made_at", "-created_at", "id").first()


def ready_instance(season: Season) -> tuple[Instance, TravelTable]:
    """Return the season as the scheduler sees it. Raises: RefusedError with everything that must be mended first."""
    travel = newest_travel(season)
    if travel is None:
        raise RefusedError("season-no-travel")
    instance = instance_of(season, travel)
    wrong = schedule.refusals(instance)
    if wrong:
        raise RefusedError("season-not-ready", issues_as_findings(wrong), count=len(wrong))
    return instance, travel


def issues_as_findings(issues: tuple[schedule.Issue, ...]) -> list[Finding]:
    return [Finding(issue.code, issue.severity, issue.message) for issue in issues[:50]]


def make_plan(run: jobs.Run) -> Mapping[str, Any]:
    """Do the job: keep the first plan, then the better one in its place. Done again after a kill: no second plan."""
    season = Season.objects.select_related("regency").get(pk=UUID(run.payload["season"]))
    if run.hat is None:
        raise RefusedError("not-allowed")
    require(run.hat, "season.plan", season)
    seed = int(run.payload["seed"])
    instance, travel = ready_instance(season)
    planner = schedule.Planner(instance)
    kept = SeasonPlan.objects.filter(season=season, cause=f"{PLAN_JOB}:{run.job_id}").first()
    first = planner.first()
    if kept is None:
        kept = store_plan(
            season, travel, instance, first, seed=seed, cause=f"{PLAN_JOB}:{run.job_id}", actor=run.hat, at=clock.now()
        )
    run.progress(1, STEPS)
    began = monotonic()

    def part(_rounds: int) -> float:
        over = (monotonic() - began) / SEARCH_SECONDS
        run.progress(min(STEPS - 1, 1 + int(over * STEPS)), STEPS)
        return over

    made = planner.made(seed=seed, progress=part, first=first)
    with transaction.atomic(), trail.acting(run.hat, "season.plan"):
        kept = SeasonPlan.objects.select_for_update(of=("self",)).select_related("season").get(pk=kept.pk)
        if kept.state == SeasonPlan.State.DRAFT:
            kept.rounds = made.rounds
            rewrite(kept, instance, made.plan)
    run.progress(STEPS, STEPS)
    return {"plan": str(kept.pk), "link": reverse("season:plan", args=[kept.pk])}


def plan_now(*, season_id: UUID, rounds: int, actor: Hat, at: datetime, seed: int = 1) -> SeasonPlan:
    """Make a plan here and now by a search of so many rounds, and keep it: the same plan on every machine.

    Raises: NotAllowedError, RefusedError as `plan_season`.
    """
    season = Season.objects.select_related("regency").get(pk=season_id)
    require(actor, "season.plan", season)
    instance, travel = ready_instance(season)
    made = schedule.Planner(instance).made(seed=seed, progress=schedule.rounds(rounds))
    return store_plan(season, travel, instance, made.plan, seed=seed, rounds=made.rounds, actor=actor, at=at)


@transaction.atomic
def store_plan(
    season: Season,
    travel: TravelTable,
    instance: Instance,
    plan: Plan,
    *,
    seed: int = 1,
    rounds: int = 0,
    parent: SeasonPlan | None = None,
    cause: str = "",
    actor: Hat,
    at: datetime,
) -> SeasonPlan:
    """Keep a plan as the next draft of its season."""
    Season.objects.select_for_update(of=("self",)).get(pk=season.pk)
    newest = SeasonPlan.objects.filter(season=season).aggregate(most=Max("number"))["most"] or 0
    with trail.acting(actor, "season.plan"):
        row = SeasonPlan.objects.create(
            season=season,
            number=newest + 1,
            parent=parent,
            travel=travel,
            seed=seed,
            rounds=rounds,
            input_hash=hash_of(instance),
            score=score_values(instance, plan),
            cause=cause,
            made_by=actor.person_id,
            made_at=at,
        )
        write_visits(row, instance, plan)
    return row


def rewrite(row: SeasonPlan, instance: Instance, plan: Plan) -> None:
    """Put another plan in the place of a draft's; the caller holds its lock and the trail."""
    row.version += 1
    row.score, row.input_hash = score_values(instance, plan), hash_of(instance)
    row.save()
    row.visits.all().delete()
    write_visits(row, instance, plan)


def write_visits(row: SeasonPlan, instance: Instance, plan: Plan) -> None:
    PlanVisit.objects.bulk_create(
        [
            PlanVisit(plan=row, village_id=visit.village, team_id=UUID(visit.team), day=date_in(instance, visit.day))
            for visit in plan.visits
        ],
        batch_size=500,
    )


def score_values(instance: Instance, plan: Plan) -> dict[str, Any]:
    """Return the figures of a plan as they are kept: parts of the cost in points, and what stands behind them."""
    found = schedule.score(instance, plan)
    return {
        "total": round(found.total, 1),
        "parts": {name: round(found.parts[name], 1) for name in schedule.PARTS},
        "spread": round(found.spread, 2),
        "travel_hours": round(found.travel_hours, 1),
        "nights": found.nights,
        "travel_days": found.travel_days,
        "saturdays": found.saturdays,
        "forums": len(plan.visits),
        "unserved": list(plan.unserved),
        "assigned": dict(found.assigned),
        "available": dict(found.available),
    }
