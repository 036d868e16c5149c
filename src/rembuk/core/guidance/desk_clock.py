"""How long an evaluation may take: by law for the APB Desa, by the regency's service standard for RPJM and RKP Desa.

No text read sets a time for the pre-check of an RPJM or RKP Desa, so their days are a setting and are called a
"standar layanan". All days are working days; the day of receipt is not counted.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from rembuk.core.calendar import add_working_days, working_days_between
from rembuk.core.law.deadlines import DEADLINES
from rembuk.core.workflow.apb_evaluation import ALERTS

LAW_CODE: Final = "D09"
DEFAULT_STANDARD_DAYS: Final = 10
LEAST_DAYS, MOST_DAYS = 1, 60


@dataclass(frozen=True, slots=True)
class DeskClock:
    """One running evaluation. used: working days gone; days_left: working days to *due*, negative when over.

    by_law: whether the days are those of the law; else they are the service standard.
    """

    start: date
    due: date
    days: int
    used: int
    days_left: int
    by_law: bool
    source: str

    @property
    def over(self) -> bool:
        return self.days_left < 0


def days_for(checks: str, standard_days: int = DEFAULT_STANDARD_DAYS) -> tuple[int, bool, str]:
    """Return (working days, whether they are law, their source) of an evaluation by the list *checks*."""
    if checks == "EV-APB":
        row = DEADLINES[LAW_CODE]
        return row.count, True, row.source
    return standard_days, False, ""


def desk_clock(
    checks: str,
    start: date,
    today: date,
    *,
    standard_days: int = DEFAULT_STANDARD_DAYS,
    holidays: AbstractSet[date] | None = None,
    ended: date | None = None,
) -> DeskClock:
    """Return the clock of an evaluation registered on *start*, as of *today* or of the day it *ended*."""
    days, by_law, source = days_for(checks, standard_days)
    now = ended or today
    due = add_working_days(start, days, holidays)
    used = working_days_between(start, now, holidays)
    left = working_days_between(now, due, holidays) if now <= due else -working_days_between(due, now, holidays)
    if now > due and left == 0:
        left = -1  # over, though no working day has passed since
    return DeskClock(start, due, days, used, left, by_law, source)


def alert_reached(start: date, today: date, holidays: AbstractSet[date] | None = None) -> int | None:
    """Return the last of the alerts 10, 15, 18 that an evaluation of the APB Desa has reached, or nothing."""
    used = working_days_between(start, today, holidays)
    return max((day for day in ALERTS if day <= used), default=None)


@dataclass(frozen=True, slots=True)
class ServiceFigures:
    """Evaluations within their time of those received (PP8), and the median of their working days.

    running: received, not signed and still in time: in neither number.
    """

    within: int
    received: int
    running: int
    median_days: float | None

    @property
    def permille(self) -> int | None:
        """The share within time in thousandths, rounded down; nothing while none counts."""
        return None if self.received == 0 else self.within * 1000 // self.received


def service_figures(clocks: Sequence[tuple[DeskClock, bool]]) -> ServiceFigures:
    """Return the figures of *clocks*: each with whether it was signed. One over time unsigned counts as not within."""
    signed = [clock for clock, done in clocks if done]
    late_open = sum(clock.over for clock, done in clocks if not done)
    days = [clock.used for clock in signed]
    return ServiceFigures(
        within=sum(not clock.over for clock in signed),
        received=len(signed) + late_open,
        running=len(clocks) - len(signed) - late_open,
        median_days=float(median(days)) if days else None,
    )
