"""Samples of a season for the walk over all routes: one village, one team, one speaker, one published plan."""

from datetime import date
from uuid import UUID

from factories import people
from factories.samples import sample
from rembuk.core import schedule
from rembuk.core.hat import Role
from rembuk.guidance.season.addresses import token_of
from rembuk.guidance.season.building import instance_of
from rembuk.guidance.season.models import PlanVisit, Season, SeasonPlan, SeasonTeam, Speaker, TravelTable, Wish
from rembuk.guidance.season.services.planning import store_plan
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

MONDAY = date(2026, 7, 6)


def season_in(village: Village) -> Season:
    """Return a season of the village's regency that holds the village and can be planned."""
    found = Season.objects.filter(regency_id=village.regency_id, wishes__village=village).first()
    if found is not None:
        return found
    with setting_up():
        season = Season.objects.create(
            regency=village.regency,
            plan_year=2026,
            name="Musim",
            start_date=MONDAY,
            end_date=date(2026, 7, 17),
            made_by=UUID(int=1),
        )
        Wish.objects.create(season=season, village=village)
        team = SeasonTeam.objects.create(season=season, name="Tim A", base="Kota")
        team.members.create(name="Siti", sex="P")
        Speaker.objects.create(season=season, name="Pak Bicara", sex="L", base="Kota")
        TravelTable.objects.create(
            regency=village.regency,
            water="normal",
            source="uji",
            places=[village.pk, "base:Kota"],
            minutes=[[0, 60], [60, 0]],
            river=[[0, 0], [0, 0]],
            made_by=UUID(int=1),
            made_at=clock.now(),
        )
    return season


def plan_in(village: Village) -> SeasonPlan:
    """Return the plan in force of that season, with one forum."""
    season = season_in(village)
    found = season.plans.first()
    if found is not None:
        return found
    travel = TravelTable.objects.get(regency_id=village.regency_id)
    staff = people.holder(Role.STF, village, username=f"jadwal.{village.id}").hat()
    instance = instance_of(season, travel)
    plan = store_plan(season, travel, instance, schedule.Planner(instance).first(), actor=staff, at=clock.now())
    with setting_up():
        plan.state, plan.published_at = SeasonPlan.State.PUBLISHED, clock.now()
        plan.save()
    assert PlanVisit.objects.filter(plan=plan).count() == 1
    return plan


@sample("season_id", "season:")
def season(village: Village) -> object:
    return season_in(village).pk


@sample("plan_id", "season:")
def plan(village: Village) -> object:
    return plan_in(village).pk


@sample("team_id", "season:")
def team(village: Village) -> object:
    return season_in(village).teams.get().pk


@sample("speaker_id", "season:")
def speaker(village: Village) -> object:
    return season_in(village).speakers.get().pk


@sample("wish_id", "season:")
def wish(village: Village) -> object:
    return season_in(village).wishes.get().pk


@sample("token", "season:")
def token(village: Village) -> object:
    return token_of("d", season_in(village).pk, village.pk)
