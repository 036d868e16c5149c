"""What goes to paper: the calendar of a team, the sheet of a village; and the link to each as a calendar feed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.core import schedule
from rembuk.core.guidance.facilitation import NOTICE_DAYS
from rembuk.core.hat import Place
from rembuk.core.schedule import DayOut, Words
from rembuk.guidance.season import queries
from rembuk.guidance.season.addresses import feed_address
from rembuk.guidance.season.building import Built, built, date_in
from rembuk.guidance.season.models import SeasonPlan, SeasonTeam
from rembuk.guidance.season.views.finding import plan_of, shown
from rembuk.guidance.season.views.grid import clock_of, on, way_in_words
from rembuk.guidance.season.views.plans import head, sees_all
from rembuk.regions.models import Village
from rembuk.shared.web import page, worn

BOATS: Mapping[str, str | Promise] = {"": _("darat"), "own": _("perahu tim"), "shared": _("perahu bersama")}


@dataclass(frozen=True, slots=True)
class TeamSheet:
    """A team within a plan; read by those who read the whole plan."""

    plan: SeasonPlan
    team: SeasonTeam

    @property
    def place(self) -> Place:
        return self.plan.place


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """A village within a plan; read by the village itself too."""

    plan: SeasonPlan
    village: Village

    @property
    def place(self) -> Place:
        return self.village.place


def team_sheet_of(plan_id: UUID, team_id: UUID) -> TeamSheet:
    found = plan_of(plan_id)
    return TeamSheet(found, queries.team_by_id_in(found.season, team_id))


def village_sheet_of(plan_id: UUID, village_id: str) -> VillageSheet:
    found = plan_of(plan_id)
    return VillageSheet(found, queries.village_in(found.season, village_id))


def whole_address(request: HttpRequest, kind: str, plan: SeasonPlan, key: str) -> str:
    """Return the whole address of a feed, to be copied into a calendar."""
    return request.build_absolute_uri(feed_address(kind, plan.season_id, key))


@dataclass(frozen=True, slots=True)
class Line:
    """One day of a team on paper."""

    on: date
    village: str
    district: str
    times: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    boat: str
    speaker: str
    sleep: str
    travel_only: bool


@page("season.read", of=team_sheet_of)
def team(request: HttpRequest, sheet: TeamSheet) -> HttpResponse:
    """The calendar of a team: ways and times of each day, the boat, where they sleep."""
    known = built(sheet.plan)
    hat = worn(request)
    whole = sees_all(hat, sheet.plan)
    outs = schedule.team_calendar(known.instance, known.plan, str(sheet.team.pk))
    seen = {row.village_id for row in queries.visits_of(sheet.plan, hat)}
    context = {
        **head(hat, sheet.plan, ""),
        "team": sheet.team,
        "lines": [
            line_of(known, out, sheet.team.base) for out in outs if whole or (out.visit and out.visit.village in seen)
        ],
        "feed": whole_address(request, "t", sheet.plan, str(sheet.team.pk)) if whole else "",
    }
    return shown(request, "season/print_team.html", context)


def line_of(known: Built, out: DayOut, base: str) -> Line:
    words, visit = Words(known.instance), out.visit
    village = next((one for one in known.instance.villages if visit and one.code == visit.village), None)
    names = known.instance.district_names
    return Line(
        on=on(known.instance, out),
        village=village.title if village else "",
        district=names.get(village.district, village.district) if village else "",
        times=f"{clock_of(visit.start)}–{clock_of(visit.end)}" if visit else "",
        before=tuple(way_in_words(words, leg) for leg in out.before),
        after=tuple(way_in_words(words, leg) for leg in out.after),
        boat=str(BOATS[visit.boat]) if visit else "",
        speaker=words.speakers.get(visit.speaker or "", "") if visit else "",
        sleep=words.place(out.sleep) if out.sleep and out.sleep != f"base:{base}" else "",
        travel_only=out.travel_only,
    )


@page("season.read", of=village_sheet_of)
def village(request: HttpRequest, sheet: VillageSheet) -> HttpResponse:
    """What a village is told: who comes when, how they come, whether they sleep there."""
    known = built(sheet.plan)
    found = schedule.village_sheet(known.plan, sheet.village.pk)
    words, visit = Words(known.instance), found.visit
    day = date_in(known.instance, visit.day) if visit else None
    context = {
        **head(worn(request), sheet.plan, ""),
        "village": sheet.village,
        "visit": visit,
        "team": queries.team_by_id(visit.team) if visit else None,
        "day": day,
        "times": f"{clock_of(visit.start)}–{clock_of(visit.end)}" if visit else "",
        "ways": [way_in_words(words, leg) for leg in found.arrives],
        "sheet": found,
        "boat": BOATS[visit.boat] if visit else "",
        "speaker": words.speakers.get(visit.speaker or "", "") if visit else "",
        "invite_by": day - timedelta(days=NOTICE_DAYS) if day else None,
        **moved_since(sheet, day),
        "feed": whole_address(request, "d", sheet.plan, sheet.village.pk),
    }
    return shown(request, "season/print_village.html", context)


def moved_since(sheet: VillageSheet, day: date | None) -> dict[str, object]:
    """Return whether people moved or put off the forum since the plan came into force, and its day now."""
    if sheet.plan.state != SeasonPlan.State.PUBLISHED or day is None:
        return {"moved": False}
    forum = queries.forums_of(sheet.plan.season, [sheet.village.pk]).get(sheet.village.pk)
    moved = forum is not None and forum.day != day
    return {"moved": moved, "moved_day": forum.day if forum is not None else None, "forum": forum}
