"""Things done once a day, outside the quiet hours, by whichever worker comes first.

daily.register("cycles.deadlines", remind_of_deadlines)        # fn(today) -> None, idempotent
"""

from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from rembuk.shared import clock

QUIET_HOURS = (20, 6)
Chore = Callable[[date], object]
_chores: dict[str, Chore] = {}
_done: dict[str, date] = {}


def register(name: str, chore: Chore) -> None:
    """Let *chore* be called with the day, once per worker and day, in order of name; it must be idempotent."""
    _chores[name] = chore


def quiet(at: datetime) -> bool:
    """Return whether *at* lies in the quiet hours (20.00 to 06.00 of the regency, unless the settings differ)."""
    start, end = getattr(settings, "QUIET_HOURS", QUIET_HOURS)
    hour = timezone.localtime(at).hour
    return hour >= start or hour < end if start > end else start <= hour < end


def run_due() -> list[str]:
    """Do what has not been done today; nothing in the quiet hours. Returns the names of what was done."""
    now = clock.now()
    if quiet(now):
        return []
    today = timezone.localtime(now).date()
    done = []
    for name in sorted(_chores):
        if _done.get(name) != today:
            _chores[name](today)
            _done[name] = today
            done.append(name)
    return done
