"""The duty that ceilings make: letters that wait to be issued."""

from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rembuk.core.hat import Hat
from rembuk.core.permissions import TABLE
from rembuk.cycles.duties import Duty
from rembuk.funding.queries import scoped


def of_hat(hat: Hat, today: date) -> list[Duty]:
    """Return one duty per budget year with figures that this hat may issue. One query."""
    if hat.role not in TABLE.rows["funding.issue"].roles:
        return []
    waiting = scoped(hat.place).filter(issued_at__isnull=True).order_by("budget_year")
    rows = waiting.values("budget_year").annotate(count=Count("id"), villages=Count("village", distinct=True))
    return [
        Duty(
            title=_("Terbitkan pagu %(year)d") % {"year": row["budget_year"]},
            link=f"{reverse('funding:list')}?tahun={row['budget_year']}&keadaan=waiting",
            button=_("Buka pagu"),
            state="due",
            missing=(
                ngettext(
                    "%(count)d angka untuk %(villages)d desa menunggu",
                    "%(count)d angka untuk %(villages)d desa menunggu",
                    row["count"],
                )
                % {"count": row["count"], "villages": row["villages"]},
            ),
            icon="scales",
            key=f"funding:issue:{row['budget_year']}",
        )
        for row in rows
    ]
