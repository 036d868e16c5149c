"""The one clock of the program. Views and commands ask it and pass the moment on; services and rules never ask.

In the worked example the clock starts on the morning of a day in the middle of a planning year and then runs as fast as
any other, so that the example looks the same whenever it is made.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

EXAMPLE_START = datetime(2026, 9, 21, 8, 30, tzinfo=ZoneInfo("Asia/Makassar"))
MARK = "jam"


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now() - shift(settings.DATA_DIR, settings.DEMO or settings.TRAINING or settings.HALL)


def today() -> date:
    """Return the present day where the regency is."""
    return timezone.localtime(now()).date()


@lru_cache(maxsize=1)
def shift(folder: Path, example: bool) -> timedelta:
    """Return how far the example's clock stands behind the real one; nothing in a real office."""
    mark = folder / MARK
    if not example or not mark.exists():
        return timedelta(0)
    return datetime.fromisoformat(mark.read_text(encoding="ascii").strip()) - EXAMPLE_START


def start_example(folder: Path) -> None:
    """Let the example's clock begin now."""
    (folder / MARK).write_text(timezone.now().isoformat(), encoding="ascii")
    shift.cache_clear()


def example_mark() -> str:
    """Return since when the example's clock runs, for a package taken from the example; "" in a real office."""
    mark = settings.DATA_DIR / MARK
    return mark.read_text(encoding="ascii").strip() if mark.exists() and (settings.DEMO or settings.TRAINING) else ""
