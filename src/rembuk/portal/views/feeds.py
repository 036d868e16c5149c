"""Feeds: announcements as Atom and meetings as ICS, of one village and of a regency."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.deliberation.models import Meeting
from rembuk.deliberation.queries import called_meetings, covers_of_meetings, public_agenda, public_title
from rembuk.guidance.season.ics import Event, calendar
from rembuk.portal.atom import Item, feed
from rembuk.portal.cached import regency_page, village_page
from rembuk.portal.queries.news import News, news_of
from rembuk.proposals.public_words import Cover
from rembuk.regions.models import Regency, Village
from rembuk.shared import clock

ATOM = "application/atom+xml; charset=utf-8"
ICS = "text/calendar; charset=utf-8"
OF_VILLAGE, OF_REGENCY = 40, 80
MEETINGS = 400
USUAL_LENGTH = timedelta(hours=4)
BACK = timedelta(days=31)


@village_page()
def village_news(request: HttpRequest, village: Village) -> HttpResponse:
    """The announcements of one village."""
    page = request.build_absolute_uri(reverse("portal:village", args=(village.code,)))
    title = _("Kabar %(place)s") % {"place": village.full_name}
    return atom_of(request, title, page, news_of(Q(village=village), OF_VILLAGE), village.pk)


@regency_page()
def regency_news(request: HttpRequest, regency: Regency) -> HttpResponse:
    """The announcements of all villages of a regency."""
    page = request.build_absolute_uri(reverse("portal:regency", args=(regency.pk,)))
    title = _("Kabar desa-desa %(place)s") % {"place": regency.name}
    return atom_of(request, title, page, news_of(Q(village__regency=regency), OF_REGENCY), regency.pk)


def atom_of(request: HttpRequest, title: str, page: str, news: Iterable[News], place: str) -> HttpResponse:
    host = request.get_host().partition(":")[0]
    items = [
        Item(
            f"tag:{host},2026:{item.key}",
            item.at,
            item.title,
            item.text,
            request.build_absolute_uri(item.link),
            f"Pemerintah {item.village.full_name}",
        )
        for item in news
    ]
    own = request.build_absolute_uri(request.path)
    made = feed(key=f"tag:{host},2026:kabar:{place}", title=title, own=own, page=page, items=items, started=clock.now())
    return HttpResponse(made, content_type=ATOM)


@village_page()
def village_calendar(request: HttpRequest, village: Village) -> HttpResponse:
    """The meetings of one village, of the last month and those to come."""
    title = _("Musyawarah %(place)s") % {"place": village.full_name}
    return calendar_of(request, title, Q(village=village), village.pk)


@regency_page()
def regency_calendar(request: HttpRequest, regency: Regency) -> HttpResponse:
    """The meetings of all villages of a regency, of the last month and those to come."""
    title = _("Musyawarah desa-desa %(place)s") % {"place": regency.name}
    return calendar_of(request, title, Q(village__regency=regency), regency.pk)


def calendar_of(request: HttpRequest, title: str, scope: Q, place: str) -> HttpResponse:
    rows = called_meetings().filter(scope, scheduled_at__gte=clock.now() - BACK).select_related("village")
    host = request.get_host().partition(":")[0]
    found = list(rows.order_by("scheduled_at", "id")[:MEETINGS])
    covers = covers_of_meetings(found)
    events = [event_of(row, host, request, covers[row.village_id]) for row in found]
    response = HttpResponse(calendar(title, events), content_type=ICS)
    response["Content-Disposition"] = f'attachment; filename="musyawarah-{place}.ics"'
    return response


def event_of(row: Meeting, host: str, request: HttpRequest, cover: Cover) -> Event:
    cancelled = row.state == "cancelled"
    name = public_title(row, cover)
    title = _("Dibatalkan: %(title)s") % {"title": name} if cancelled else name
    link = request.build_absolute_uri(reverse("portal:meetings", args=(row.village.code,)))
    return Event(
        uid=f"{row.pk}@{host}",
        start=row.scheduled_at,
        end=ended(row),
        stamp=row.changed_at,
        title=f"{title} ({row.village.full_name})",
        place=cover(row.location),
        words="\n".join([*public_agenda(row, cover), link]),
        sequence=row.version,
    )


def ended(row: Meeting) -> datetime:
    """Return when it ended, or when it usually would."""
    if row.ended_at is not None and row.ended_at > row.scheduled_at:
        return row.ended_at
    return row.scheduled_at + USUAL_LENGTH
