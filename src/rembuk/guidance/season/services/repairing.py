"""Something goes wrong in a season: a flood, a team away, a speaker who cannot come. Two answers, a person picks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core import schedule
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.schedule import Repair, Repaired
from rembuk.guidance.season.building import built, instance_of
from rembuk.guidance.season.models import ClosedDay, Season, SeasonPlan
from rembuk.guidance.season.services.moving import day_number
from rembuk.guidance.season.services.opening import locked_season, touch
from rembuk.guidance.season.services.planning import store_plan
from rembuk.guidance.season.typed import read_words
from rembuk.shared import trail

SEARCH_SECONDS = 2.0
LONGEST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened. Days from first to last; villages, or a team, or a speaker that they concern."""

    first: date
    last: date
    reason: str
    villages: tuple[str, ...] = ()
    team: UUID | None = None
    speaker: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """Two drafts: what stands is left alone, and the search with the fewest changes; with what each changes."""

    quick: SeasonPlan
    searched: SeasonPlan
    quick_changes: schedule.Changes
    searched_changes: schedule.Changes


def repair(
    *,
    plan_id: UUID,
    trouble: Trouble,
    today: date,
    actor: Hat,
    at: datetime,
    progress: schedule.Progress | None = None,
) -> Answers:
    """Write the trouble into the season and answer it twice from the plan as it stands; nothing is published.

    progress: ends the search; without it two seconds do.
    Raises: NotAllowedError, BadInputError (days, reason), RefusedError (concerns nothing).
    """
    row = SeasonPlan.objects.select_related("season__regency", "travel").get(pk=plan_id)
    require(actor, "season.plan", row)
    reason = read_words(_("alasan"), trouble.reason, 200, needed=True)
    days = days_of(trouble)
    old = built(row)
    write_trouble(row.season, trouble, days, reason, actor)
    season = Season.objects.select_related("regency").get(pk=row.season_id)
    instance = instance_of(season, row.travel)
    work = Repair(instance, old.plan, day_number(old, today) or 0)
    quick = work.quick()
    searched = work.searched(seed=row.seed, progress=progress or schedule.until(monotonic, SEARCH_SECONDS))

    def keep(answer: Repaired, name: str) -> SeasonPlan:
        cause = f"{reason[:150]} · {name}"
        made = {"seed": row.seed, "parent": row, "cause": cause, "actor": actor, "at": at}
        return store_plan(season, row.travel, instance, answer.plan, **made)  # type: ignore[arg-type]

    with transaction.atomic():
        return Answers(
            keep(quick, _("yang tetap tidak digeser")),
            keep(searched, _("perubahan paling sedikit")),
            quick.changes,
            searched.changes,
        )


def days_of(trouble: Trouble) -> list[date]:
    """Return the days of the trouble. Raises: BadInputError for turned or too many days."""
    if trouble.last < trouble.first:
        raise BadInputError("season-days-turned")
    count = (trouble.last - trouble.first).days + 1
    if count > LONGEST_DAYS:
        raise BadInputError("season-trouble-long", count=count, limit=LONGEST_DAYS)
    return [date.fromordinal(trouble.first.toordinal() + step) for step in range(count)]


@transaction.atomic
def write_trouble(season: Season, trouble: Trouble, days: Sequence[date], reason: str, actor: Hat) -> None:
    """Close the days of those concerned. Raises: RefusedError when the trouble concerns nothing of the season."""
    season = locked_season(season.pk, actor, "season.plan")
    wishes = list(season.wishes.filter(village_id__in=trouble.villages))
    team = season.teams.filter(pk=trouble.team).first() if trouble.team else None
    speaker = season.speakers.filter(pk=trouble.speaker).first() if trouble.speaker else None
    rows = [
        ClosedDay(season=season, day=day, reason=reason, **{kind: one})
        for kind, things in (("wish", wishes), ("team", [team]), ("speaker", [speaker]))
        for one in things
        if one is not None
        for day in days
    ]
    if not rows:
        raise RefusedError("season-trouble-nothing")
    with trail.acting(actor, "season.trouble"):
        ClosedDay.objects.bulk_create(rows)
        touch(season)
