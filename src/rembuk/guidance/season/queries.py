"""Reads over seasons and their plans, scoped by the hat, ordered by something unique."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Model, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.core.hat import Hat
from rembuk.funding.queries import ceilings_of_many
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.permissions import GUIDING
from rembuk.guidance.season.models import (
    ClosedDay,
    PlanVisit,
    Season,
    SeasonPlan,
    SeasonTeam,
    Speaker,
    TravelTable,
    Wish,
)
from rembuk.regions.models import Village


def season_by_id(season_id: UUID | str) -> Season:
    """Return one season. Raises: Season.DoesNotExist."""
    return Season.objects.select_related("regency").get(pk=season_id)


def plan_by_id(plan_id: UUID | str) -> SeasonPlan:
    """Return one plan with its season and table of travel. Raises: SeasonPlan.DoesNotExist."""
    return SeasonPlan.objects.select_related("season__regency", "travel", "parent").get(pk=plan_id)


def team_by_id(team_id: UUID | str) -> SeasonTeam:
    """Return one team. Raises: SeasonTeam.DoesNotExist."""
    return SeasonTeam.objects.select_related("season__regency").prefetch_related("members").get(pk=team_id)


def speaker_by_id(speaker_id: UUID | str) -> Speaker:
    """Return one speaker. Raises: Speaker.DoesNotExist."""
    return Speaker.objects.select_related("season__regency", "person").get(pk=speaker_id)


def wish_by_id(wish_id: UUID | str) -> Wish:
    """Return what one village asks. Raises: Wish.DoesNotExist."""
    return Wish.objects.select_related("season__regency", "village__district", "village__regency").get(pk=wish_id)


def rows_of_season(season: Season) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose changes belong to the story of a season."""
    models: tuple[type[Model], ...] = (SeasonTeam, Speaker, Wish, ClosedDay, SeasonPlan)
    return [
        (model, list(model._default_manager.filter(season=season).values_list("pk", flat=True))) for model in models
    ]


def seasons_seen_by(hat: Hat) -> "QuerySet[Season]":
    """Return the seasons of the hat's regency with their counts, newest first."""
    rows = Season.objects.select_related("regency").annotate(
        village_count=Count("wishes", distinct=True), team_count=Count("teams", distinct=True)
    )
    if hat.place.regency:
        rows = rows.filter(regency_id=hat.place.regency)
    return rows.order_by("-plan_year", "start_date", "id")


def plans_of(season: Season) -> "QuerySet[SeasonPlan]":
    """Return the plans of a season, newest first."""
    return SeasonPlan.objects.filter(season=season).select_related("parent").order_by("-number")


def published_plan(season: Season) -> SeasonPlan | None:
    """Return the plan in force."""
    rows = SeasonPlan.objects.filter(season=season, state=SeasonPlan.State.PUBLISHED)
    return rows.select_related("season__regency", "travel").first()


def published_of(seasons: Sequence[UUID]) -> dict[UUID, SeasonPlan]:
    """Return season -> its plan in force. One query."""
    rows = SeasonPlan.objects.filter(season_id__in=seasons, state=SeasonPlan.State.PUBLISHED)
    return {row.season_id: row for row in rows}


def wishes_of(season: Season) -> "QuerySet[Wish]":
    """Return what the villages ask, by district and name."""
    rows = season.wishes.select_related("village__district", "village__regency", "speaker", "fixed_team")
    return rows.prefetch_related("closed_days").order_by("village__district_id", "village__name", "id")


def districts_of(season: Season) -> list[tuple[str, str]]:
    """Return (code, name) of the kecamatan that have a village in the season."""
    rows = season.wishes.values_list("village__district_id", "village__district__name").distinct()
    return sorted(rows.order_by("village__district_id"))


def teams_of(season: Season) -> "QuerySet[SeasonTeam]":
    """Return the teams of a season with their members, by name."""
    return season.teams.prefetch_related("members", "closed_days").order_by("name", "id")


def speakers_of(season: Season) -> "QuerySet[Speaker]":
    """Return the speakers of a season with how many villages wish for each, by name."""
    return season.speakers.annotate(wish_count=Count("wishes")).order_by("name", "id")


def accounts_for(season: Season) -> list[Assignment]:
    """Return who may travel with a team by their account: of the regency or a kecamatan of it, by name, each once.

    One query. The officials of a village are left out: a team meets many villages, and their assignment covers one.
    """
    rows = Assignment.objects.valid_on(season.start_date).filter(
        regency_id=season.regency_id, village__isnull=True, role__in=[role.value for role in GUIDING]
    )
    found: dict[UUID, Assignment] = {}
    for row in rows.with_place().order_by("person__name", "district_id", "role", "id"):
        found.setdefault(row.person_id, row)
    return list(found.values())


def team_by_id_in(season: Season, team_id: UUID) -> SeasonTeam:
    """Return a team of one season. Raises: SeasonTeam.DoesNotExist."""
    return season.teams.select_related("season__regency").prefetch_related("members").get(pk=team_id)


def village_in(season: Season, village_id: str) -> Village:
    """Return a village of one season. Raises: Village.DoesNotExist."""
    rows = Village.objects.select_related("district", "regency")
    return rows.get(pk=village_id, season_wishes__season=season)


def villages_of(season: Season) -> list[Village]:
    """Return the villages of a season by name. One query."""
    rows = Village.objects.select_related("district", "regency").filter(season_wishes__season=season)
    return list(rows.order_by("name", "pk"))


def children_of(plan: SeasonPlan, keys: Sequence[UUID] = ()) -> list[SeasonPlan]:
    """Return the drafts made from a plan, oldest first; with keys only those, without them the newest two."""
    rows = SeasonPlan.objects.filter(parent=plan).select_related("season__regency", "travel", "parent")
    if keys:
        return list(rows.filter(pk__in=keys).order_by("number"))
    return sorted(rows.order_by("-number")[:2], key=lambda row: row.number)


def travel_tables(season: Season) -> "QuerySet[TravelTable]":
    """Return the tables of travel of the season's regency without their figures, newest first."""
    rows = TravelTable.objects.filter(regency_id=season.regency_id).defer("places", "minutes", "river")
    return rows.order_by("-made_at", "-created_at", "id")


def villages_without_ceiling(season: Season) -> list[str]:
    """Return the names of villages whose ceiling for the budget year is not known yet. Two queries."""
    pairs = {
        (village, season.plan_year + 1): name
        for village, name in season.wishes.values_list("village_id", "village__name")
    }
    found = ceilings_of_many(list(pairs))
    return sorted(name for pair, name in pairs.items() if not (pair in found and found[pair].plannable))


def visits_of(plan: SeasonPlan, hat: Hat | None = None) -> list[PlanVisit]:
    """Return the forums of a plan by day and team; with a hat only those of its place. One query."""
    rows = plan.visits.select_related("village__district", "village__regency", "team").order_by(
        "day", "team__name", "pk"
    )
    return [row for row in rows if hat is None or hat.place.covers(row.village.place)]


def published_visits(village_ids: Sequence[str]) -> dict[tuple[str, int], PlanVisit]:
    """Return (village, year of the season) -> its forum in the schedule in force, with team and plan. One query."""
    rows = PlanVisit.objects.filter(plan__state=SeasonPlan.State.PUBLISHED, village_id__in=village_ids)
    listed = rows.select_related("team", "plan__season").order_by("plan__published_at", "pk")
    return {(row.village_id, row.plan.season.plan_year): row for row in listed}


def forums_of(season: Season, village_ids: Sequence[str]) -> dict[str, Facilitation]:
    """Return village -> its forum of the season's year as it stands now. One query."""
    rows = Facilitation.objects.filter(village_id__in=village_ids, cycle__plan_year=season.plan_year)
    return {row.village_id: row for row in rows.order_by("requested_at", "id")}
