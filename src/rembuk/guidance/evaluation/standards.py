"""What a regency sets about its desk: the service standard of RPJM and RKP, and to whom the APB Desa is delegated."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from rembuk.core.guidance.desk_clock import DEFAULT_STANDARD_DAYS, DeskClock, desk_clock
from rembuk.core.guidance.desk_signing import Delegated, delegation_on
from rembuk.cycles.queries import holidays
from rembuk.guidance.evaluation.models import Delegation, Review
from rembuk.regions.models import Regency

SETTING: Final = "evaluation"
"""Key in the settings of a regency."""


def standard_days(regency: Regency) -> int:
    """Return the working days of the service standard for RPJM and RKP Desa."""
    return int(regency.settings.get(SETTING, {}).get("standard_days", DEFAULT_STANDARD_DAYS))


def delegations_of(regency_id: str) -> list[Delegation]:
    """Return the delegations of a regency, newest first. One query."""
    return list(Delegation.objects.filter(regency_id=regency_id).order_by("-start_date", "id"))


def delegation_for(rows: Iterable[Delegation], district: str, on: date) -> Delegation | None:
    """Return the delegation that holds for a district on a day."""
    by_decree = {row.decree_number: row for row in rows}
    values = [
        Delegated(row.decree_number, row.start_date, row.end_date, tuple(row.districts)) for row in by_decree.values()
    ]
    found = delegation_on(values, district, on)
    return by_decree[found.decree] if found is not None else None


def delegation_of(review: Review, on: date) -> Delegation | None:
    """Return the delegation under which a review is signed on a day; only the APB Desa is delegated. One query."""
    if review.checks != "EV-APB":
        return None
    return delegation_for(delegations_of(review.village.regency_id), review.village.district_id, on)


class Clocks:
    """Clocks of many reviews: holidays and standard of each regency are read once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._free: dict[str, frozenset[date]] = {}

    def free(self, regency_id: str) -> frozenset[date]:
        """Return the days that are not worked."""
        if regency_id not in self._free:
            self._free[regency_id] = holidays(regency_id)
        return self._free[regency_id]

    def of(self, review: Review) -> DeskClock | None:
        """Return the clock of a registered review, standing still once it is signed; None before that."""
        if review.registered_date is None:
            return None
        return desk_clock(
            review.checks,
            review.registered_date,
            self.today,
            standard_days=standard_days(review.village.regency),
            holidays=self.free(review.village.regency_id),
            ended=review.letter_date if review.signed else None,
        )
