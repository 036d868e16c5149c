"""What mentoring says of a village and of a cycle: what is still owed, and when somebody was last there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.documents.frame import date_text
from rembuk.core.guidance.findings import ItemState
from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.models import Cycle
from rembuk.guidance.mentoring.models import ActionItem
from rembuk.guidance.mentoring.queries import last_visits
from rembuk.guidance.mentoring.queries.items import OWED_STATES
from rembuk.shared.panels import Panel

ORDER = 90
MOST_SHOWN = 3


def panels_of_villages(ids: Sequence[str], hat: Hat | None) -> Mapping[str, Panel]:
    """Return village -> its open promises and last visit, for who may read them. Two queries."""
    if hat is None or hat.role not in TABLE.rows["mentoring.village"].roles:
        return {}
    items: dict[str, list[ActionItem]] = defaultdict(list)
    rows = ActionItem.objects.filter(village_id__in=ids, state__in=OWED_STATES)
    for item in sorted(rows.order_by("id"), key=lambda item: (item.due_date or date.max, str(item.pk))):
        items[item.village_id].append(item)
    last = last_visits(ids)
    return {key: panel_of(key, items[key], last.get(key)) for key in ids if items[key] or key in last}


def panels_of_cycles(ids: Sequence[UUID], hat: Hat | None) -> Mapping[UUID, Panel]:
    """Return cycle -> the panel of its village. Three queries."""
    villages = dict(Cycle.every.filter(pk__in=ids).order_by().values_list("pk", "village_id"))
    found = panels_of_villages(sorted(set(villages.values())), hat)
    return {key: found[village] for key, village in villages.items() if village in found}


def panel_of(village_id: str, items: Sequence[ActionItem], last: date | None) -> Panel:
    late = sum(item.state == ItemState.OVERDUE for item in items)
    told = ngettext("%(count)d terbuka", "%(count)d terbuka", len(items)) % {"count": len(items)}
    if late:
        told += ", " + ngettext("%(count)d terlambat", "%(count)d terlambat", late) % {"count": late}
    rows = [(_("Kunjungan terakhir"), date_text(last) if last else _("belum pernah")), (_("Tindak lanjut"), told)]
    rows += [(str(item.get_severity_display()), item.recommendation[:80]) for item in items[:MOST_SHOWN]]
    state = "late" if late else "due" if items else "ok"
    return Panel(_("Pendampingan"), tuple(rows), reverse("mentoring:village", args=[village_id]), state, ORDER)
