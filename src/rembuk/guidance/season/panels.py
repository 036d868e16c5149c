"""What the season's schedule in force says of a village's forum, for the pages of other rooms."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rembuk.core.guidance.facilitation import NOTICE_DAYS
from rembuk.core.guidance.forum_states import DATED
from rembuk.core.hat import Hat
from rembuk.guidance.facilitation.models import Facilitation, Guide
from rembuk.guidance.season.addresses import feed_address
from rembuk.guidance.season.models import PlanVisit
from rembuk.guidance.season.permissions import READERS
from rembuk.guidance.season.queries import published_visits
from rembuk.shared.panels import Panel

ORDER = 31


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return for each cycle the day that the schedule gave its forum, until it begins. Three queries."""
    return {forum.cycle_id: panel for forum, panel in scheduled(hat, cycle_id__in=ids)}


def panels_of_forums(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return the same for facilitated forums. Three queries."""
    return {forum.pk: panel for forum, panel in scheduled(hat, pk__in=ids)}


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return the same for villages: the forum that comes next. Three queries."""
    found: dict[str, Panel] = {}
    for forum, panel in scheduled(hat, village_id__in=ids):
        found.setdefault(forum.village_id, panel)
    return found


def scheduled(hat: Hat | None, **asked: object) -> list[tuple[Facilitation, Panel]]:
    """Return the forums asked for that a schedule in force has given a day, the next first; only to its readers."""
    if hat is None or hat.role not in READERS:
        return []
    rows = Facilitation.objects.filter(**asked, state__in=[state.value for state in DATED])
    forums = list(rows.select_related("cycle").prefetch_related("guides").order_by("day", "id"))
    visits = published_visits([forum.village_id for forum in forums]) if forums else {}
    pairs = ((forum, visits.get((forum.village_id, forum.cycle.plan_year))) for forum in forums)
    return [(forum, panel_of(forum, visit)) for forum, visit in pairs if visit is not None]


def panel_of(forum: Facilitation, visit: PlanVisit) -> Panel:
    """Return what is said of one forum. The day is the forum's own: it may have been moved by hand since."""
    day = forum.day or visit.day
    guides = [one.name for one in forum.guides.all() if one.position == Guide.Position.GUIDE]
    sheet = reverse("season:print_village", args=[visit.plan_id, visit.village_id])
    rows = [
        (_("Hari"), date_format(day, "l, j F Y")),
        (_("Tim"), visit.team.name),
        (_("Pemandu"), ", ".join(guides) or "–"),
        (_("Undangan paling lambat"), date_format(day - timedelta(days=NOTICE_DAYS), "l, j F Y")),
    ]
    if day != visit.day:
        rows.insert(1, (_("Semula menurut jadwal"), date_format(visit.day, "l, j F Y")))
    feed = feed_address("d", visit.plan.season_id, visit.village_id)
    more = ((_("Surat jadwal"), sheet), (_("Kalender (ICS)"), feed))
    return Panel(_("Musrenbangdes dijadwalkan"), tuple(rows), sheet, order=ORDER, more=more)
