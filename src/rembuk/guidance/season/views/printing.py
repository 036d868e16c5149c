"""What goes to paper: the calendar of a team, the sheet of a village; and the link to each as a calendar feed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from rembuk.core import schedule
from rembuk.core.hat import Place
from rembuk.core.schedule import DayOut, Words
from rembuk.guidance.season import queries
from rembuk.guidance.season.building import Built, built, date_in
from rembuk.guidance.season.models import SeasonPlan, SeasonTeam
from rembuk.guidance.season.views.feeds import address_of
from rembuk.guidance.season.views.finding import plan_of, shown
from rembuk.guidance.season.views.grid import clock_of, on, way_in_words
from rembuk.guidance.season.views.plans import head, sees_all
from rembuk.regions.models import Village
from rembuk.shared.web import page, worn

BOATS = {"": "darat", "own": "perahu tim", "shared": "perahu bersama"}


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
        "feed": address_of(request, "t", sheet.plan.season_id, str(sheet.team.pk)) if whole else "",
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
        boat=BOATS[visit.boat] if visit else "",
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
    team_row = queries.team_by_id(visit.team) if visit else None
    context = {
        **head(worn(request), sheet.plan, ""),
        "village": sheet.village,
        "visit": visit,
        "team": team_row,
        "day": date_in(known.instance, visit.day) if visit else None,
        "times": f"{clock_of(visit.start)}–{clock_of(visit.end)}" if visit else "",
        "ways": [way_in_words(words, leg) for leg in found.arrives],
        "sheet": found,
        "boat": BOATS[visit.boat] if visit else "",
        "speaker": words.speakers.get(visit.speaker or "", "") if visit else "",
        "feed": address_of(request, "d", sheet.plan.season_id, sheet.village.pk),
    }
    return shown(request, "season/print_village.html", context)
