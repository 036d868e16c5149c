"""The lines of the menu that lead into mentoring, with what waits there."""

from django.utils.translation import gettext_lazy as _

from rembuk.guidance.mentoring import queries
from rembuk.shared import menu

ENTRIES = (
    menu.Entry("visits", _("Kunjungan"), "boat", "mentoring:list", "mentoring.visits", order=56, main=False),
    menu.Entry(
        key="findings",
        title=_("Tindak lanjut"),
        icon="check",
        url_name="mentoring:items",
        act="mentoring.items",
        order=57,
        main=False,
        waiting=queries.waiting_for,
    ),
    menu.Entry(
        key="monthly",
        title=_("Laporan bulanan"),
        icon="doc",
        url_name="mentoring:months",
        act="mentoring.reports",
        order=58,
        main=False,
        waiting=queries.reports_waiting,
    ),
)


def register() -> None:
    """Add the lines to the menu."""
    for entry in ENTRIES:
        menu.register(entry)
