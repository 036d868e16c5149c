"""Receipt codes of things that later rooms take from residents: one page answers every code.

tracking.register("plans.comments", page_of_receipt)     # (code) -> Callable[[HttpRequest], HttpResponse] | None
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Shown = Callable[[HttpRequest], HttpResponse]
Finder = Callable[[str], Shown | None]
_finders: dict[str, Finder] = {}


def register(room: str, finder: Finder) -> None:
    """Let *room* answer for receipt codes of its own; the same room again replaces its finder."""
    _finders[room] = finder


def find(code: str) -> Shown | None:
    """Return how the thing of a code is shown, or None where no room knows it. A query for each room."""
    return next((shown for finder in _finders.values() if (shown := finder(code)) is not None), None)
