"""The lines of the menu that lead to the annual plan and to the commitments."""

from django.utils.translation import gettext_lazy as _

from rembuk.guidance.programme import queries
from rembuk.shared import menu

ENTRIES = (
    menu.Entry(
        key="programme",
        title=_("Rencana pembinaan"),
        short=_("Pembinaan"),
        icon="list",
        url_name="programme:list",
        act="programme.list",
        order=70,
        main=False,
        waiting=queries.waiting,
    ),
    menu.Entry(
        key="promises",
        title=_("Komitmen"),
        icon="voice",
        url_name="programme:promises",
        act="programme.promises",
        order=75,
        main=False,
    ),
)


def register() -> None:
    """Add the lines to the menu."""
    for entry in ENTRIES:
        menu.register(entry)
