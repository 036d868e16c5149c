"""What technical support asks of a hat."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rembuk.core.hat import Hat, Role
from rembuk.cycles.duties import Duty
from rembuk.sectors import queries

MOST_LINES = 3
BUTTONS = {
    Role.KAD: gettext_lazy("Buka permintaan"),
    Role.SDK: gettext_lazy("Terima hasil"),
    Role.CAM: gettext_lazy("Periksa permintaan"),
}


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return at most one duty: the requests that wait for the hat, the nearest day first. One query."""
    rows = queries.waiting(hat)
    requests = list(rows[:100]) if rows is not None else []
    if not requests:
        return []
    days = [owed.due for request in requests if (owed := queries.owed_of(request, today)) is not None]
    due, count = min(days, default=None), len(requests)
    title = ngettext("%(n)d permintaan dukungan teknis menunggu", "%(n)d permintaan dukungan teknis menunggu", count)
    return [
        Duty(
            title=title % {"n": count},
            link=reverse("sectors:list") + "?keadaan=menunggu",
            button=str(BUTTONS.get(hat.role, _("Jawab permintaan"))),
            due=due,
            days_left=(due - today).days if due else None,
            state="next" if due is None else "late" if due < today else "due",
            missing=tuple(f"{request.village.name}: {request.title}" for request in requests[:MOST_LINES]),
            icon="shield",
            key="support-waiting",
        )
    ]
