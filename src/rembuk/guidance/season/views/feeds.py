"""Calendar feeds under an address that nobody can guess: the plan in force of a season, for a team or a village."""

from datetime import date, datetime, time, timedelta

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from rembuk.core.schedule import Visit, Words
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.season import queries
from rembuk.guidance.season.addresses import read_token
from rembuk.guidance.season.building import Built, built, date_in
from rembuk.guidance.season.ics import Event, calendar
from rembuk.guidance.season.models import Season, SeasonPlan
from rembuk.shared.web import page


@page("season.feed")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The forums of one team or village in the plan in force; empty while nothing is published."""
    try:
        kind, season_id, key = read_token(token)
        season = queries.season_by_id(season_id)
    except (signing.BadSignature, ValueError, Season.DoesNotExist) as error:
        raise Http404 from error
    plan = queries.published_plan(season)
    events = events_of(plan, kind, key) if plan is not None else []
    response = HttpResponse(calendar(season.name, events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="jadwal.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response


def events_of(plan: SeasonPlan, kind: str, key: str) -> list[Event]:
    """Return the forums of a team or village; one that was put off since is left out until it has a day again."""
    known = built(plan)
    visits = [visit for visit in known.plan.visits if (visit.team if kind == "t" else visit.village) == key]
    forums = queries.forums_of(plan.season, [visit.village for visit in visits])
    return [
        event_of(plan, known, visit, forums.get(visit.village))
        for visit in visits
        if (forum := forums.get(visit.village)) is None or forum.day is not None
    ]


def event_of(plan: SeasonPlan, known: Built, visit: Visit, forum: Facilitation | None) -> Event:
    """Return one forum on the day it has now; its key stays when a later plan or a person moves it."""
    words = Words(known.instance)
    village = next(one for one in known.instance.villages if one.code == visit.village)
    district = known.instance.district_names.get(village.district, village.district)
    day = forum.day if forum is not None and forum.day is not None else date_in(known.instance, visit.day)
    return Event(
        uid=f"{plan.season_id}-{visit.village}@rembuk",
        start=moment_of(day, visit.start),
        end=moment_of(day, visit.end),
        stamp=forum.changed_at if forum is not None else plan.published_at or plan.made_at,
        title=_("Musrenbangdes %(village)s") % {"village": village.title},
        place=f"{village.title}, {district}",
        words=_("%(team)s, %(season)s, jadwal %(number)s")
        % {"team": words.team(visit.team), "season": plan.season.name, "number": plan.number},
        sequence=plan.number + (forum.version if forum is not None else 0),
    )


def moment_of(day: date, minutes: int) -> datetime:
    """Return the moment of a clock of a day where the regency is."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone()) + timedelta(minutes=minutes)
