"""Calendar feeds under an address that nobody can guess: the plan in force of a season, for a team or a village."""

from datetime import datetime, time, timedelta
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rembuk.core.schedule import Visit, Words
from rembuk.guidance.season import queries
from rembuk.guidance.season.building import Built, built, date_in
from rembuk.guidance.season.ics import Event, calendar
from rembuk.guidance.season.models import Season, SeasonPlan
from rembuk.shared.web import page

SALT = "rembuk.season.feed"


def token_of(kind: str, season_id: UUID, key: str) -> str:
    """Return the secret part of a feed's address. kind: t for a team, d for a village."""
    return signing.dumps([kind, season_id.hex, key], salt=SALT)


def address_of(request: HttpRequest, kind: str, season_id: UUID, key: str) -> str:
    """Return the whole address of a feed, to be copied into a calendar."""
    return request.build_absolute_uri(reverse("season:feed", args=(token_of(kind, season_id, key),)))


@page("season.feed")
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The forums of one team or village in the plan in force; empty while nothing is published."""
    try:
        kind, season_id, key = signing.loads(token, salt=SALT)
        season = queries.season_by_id(UUID(season_id))
    except (signing.BadSignature, ValueError, Season.DoesNotExist) as error:
        raise Http404 from error
    plan = queries.published_plan(season)
    events = events_of(plan, kind, key) if plan is not None else []
    response = HttpResponse(calendar(season.name, events), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="jadwal.ics"'
    response["Cache-Control"] = "private, max-age=900"
    return response


def events_of(plan: SeasonPlan, kind: str, key: str) -> list[Event]:
    known = built(plan)
    visits = [visit for visit in known.plan.visits if (visit.team if kind == "t" else visit.village) == key]
    return [event_of(plan, known, visit) for visit in visits]


def event_of(plan: SeasonPlan, known: Built, visit: Visit) -> Event:
    """Return one forum; its key stays when a later plan moves it."""
    words = Words(known.instance)
    village = next(one for one in known.instance.villages if one.code == visit.village)
    district = known.instance.district_names.get(village.district, village.district)
    return Event(
        uid=f"{plan.season_id}-{visit.village}@rembuk",
        start=moment_of(known, visit, visit.start),
        end=moment_of(known, visit, visit.end),
        stamp=plan.published_at or plan.made_at,
        title=_("Musrenbangdes %(village)s") % {"village": village.title},
        place=f"{village.title}, {district}",
        words=_("%(team)s, %(season)s, jadwal %(number)s")
        % {"team": words.team(visit.team), "season": plan.season.name, "number": plan.number},
        sequence=plan.number,
    )


def moment_of(known: Built, visit: Visit, minutes: int) -> datetime:
    """Return the moment of a clock of the visit's day where the regency is."""
    midnight = datetime.combine(date_in(known.instance, visit.day), time(), tzinfo=timezone.get_default_timezone())
    return midnight + timedelta(minutes=minutes)
