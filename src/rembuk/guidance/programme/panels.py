"""What the plan of the year has for a village: how many activities, and the next one."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.documents.frame import date_text
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import ActivityTarget, PlanActivity
from rembuk.shared import clock
from rembuk.shared.panels import Panel

ORDER = 95
MOST_SHOWN = 3


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> the activities meant for it in the plan of this year, once approved. One query."""
    if hat is None or hat.role not in TABLE.rows["programme.read"].roles:
        return {}
    today = clock.today()
    rows = ActivityTarget.objects.filter(
        village_id__in=ids, activity__plan__year=today.year, activity__plan__version_no__gte=1
    )
    found: dict[str, list[PlanActivity]] = defaultdict(list)
    for row in (
        rows.exclude(activity__state="cancelled")
        .select_related("activity")
        .order_by("activity__start_date", "activity__position", "id")
    ):
        found[row.village_id].append(row.activity)
    return {key: panel_of(key, activities) for key, activities in found.items()}


def panel_of(village_id: str, activities: Sequence[PlanActivity]) -> Panel:
    today = clock.today()
    coming = [one for one in activities if one.end_date >= today]
    count = len(activities)
    told = ngettext("%(count)d kegiatan", "%(count)d kegiatan", count) % {"count": count}
    rows = [(_("Tahun ini"), told)]
    rows += [
        (capfirst(str(KINDS[one.kind])), f"{one.title[:80]}, {date_text(one.start_date)}")
        for one in coming[:MOST_SHOWN]
    ]
    link = reverse("programme:plan", args=[activities[0].plan_id]) + f"?desa={village_id}"
    return Panel(_("Rencana pembinaan"), tuple(rows), link, "next" if coming else "ok", ORDER)
