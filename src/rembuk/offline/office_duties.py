"""What came from the field and cannot come in by itself is a duty of those who decide there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.cycles.duties import Duty
from rembuk.offline.models import Envelope
from rembuk.offline.queries import to_decide

MOST = 10


def rows_of(hat: Hat, _today: date) -> "QuerySet[Envelope] | None":
    """Return what waits for a decision at the hat's place; None for who neither decides nor sees it."""
    return to_decide(hat)


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return a duty for each village in which something waits. One query."""
    rows = rows_of(hat, today)
    if rows is None:
        return []
    grouped = rows.order_by().values("village_id", "village__name").annotate(count=Count("pk"))
    return [duty_of(each) for each in grouped.order_by("village__name", "village_id")[:MOST]]


def duty_of(group: Mapping[str, Any]) -> Duty:
    count, village = group["count"], group["village_id"] or ""
    words = ngettext("Putuskan %(count)d kiriman lapangan", "Putuskan %(count)d kiriman lapangan", count) % {
        "count": count
    }
    return Duty(
        title=words,
        link=f"{reverse('offline:office')}?desa={village}" if village else reverse("offline:office"),
        button=_("Buka kiriman"),
        state="due",
        missing=(_("Catatannya aman, tetapi belum masuk."),),
        place_name=group["village__name"] or "",
        icon="pin",
        key=f"offline:{village}",
    )
