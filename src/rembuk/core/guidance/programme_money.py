"""Money of guidance: what was planned beside what was paid, by activity, source, kecamatan and quarter (PP14)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rembuk.core.money import Rupiah, split


@dataclass(frozen=True, slots=True)
class Planned:
    """Money that the plan in force gives an activity from one source."""

    activity: str
    source: str
    amount: int


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment. district: code where the document names one, else it is shared by the villages of the activity."""

    activity: str
    source: str
    day: date
    amount: int
    district: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """Planned and paid of one key."""

    key: str
    planned: int
    paid: int

    @property
    def left(self) -> int:
        """What is left; below zero when more was paid than planned."""
        return self.planned - self.paid

    @property
    def over(self) -> int:
        return max(0, self.paid - self.planned)

    @property
    def percent(self) -> int | None:
        """Paid in whole percent of planned, rounded down; None where nothing was planned."""
        return self.paid * 100 // self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Money:
    """Every view of the same payments; each list adds up to *total*. quarters: paid in I to IV, by the day paid."""

    total: Beside
    activities: tuple[Beside, ...]
    sources: tuple[Beside, ...]
    districts: tuple[Beside, ...]
    quarters: tuple[int, int, int, int]

    @property
    def used(self) -> Fraction | None:
        """PP14: realised / planned; None where nothing was planned."""
        return Fraction(self.total.paid, self.total.planned) if self.total.planned else None


def quarter_of(day: date) -> int:
    """Return the quarter (1 to 4) of a day."""
    return (day.month - 1) // 3 + 1


def money_of(planned: Sequence[Planned], paid: Sequence[Paid], villages: Mapping[str, Mapping[str, int]]) -> Money:
    """Return planned beside paid in every view.

    villages: activity -> district -> how many of its villages lie there; an activity without villages is shared by
    nobody and stands under the empty key. Shares are whole rupiah and add up exactly (largest remainder).
    """
    quarters = [0, 0, 0, 0]
    for row in paid:
        quarters[quarter_of(row.day) - 1] += row.amount
    return Money(
        total=Beside("", sum(row.amount for row in planned), sum(row.amount for row in paid)),
        activities=_beside(
            [(row.activity, row.amount) for row in planned], [(row.activity, row.amount) for row in paid]
        ),
        sources=_beside([(row.source, row.amount) for row in planned], [(row.source, row.amount) for row in paid]),
        districts=_beside(
            [share for row in planned for share in _shares(row.amount, villages.get(row.activity, {}))],
            [
                share
                for row in paid
                for share in (
                    [(row.district, row.amount)]
                    if row.district
                    else _shares(row.amount, villages.get(row.activity, {}))
                )
            ],
        ),
        quarters=(quarters[0], quarters[1], quarters[2], quarters[3]),
    )


def _shares(amount: int, weights: Mapping[str, int]) -> list[tuple[str, int]]:
    if not any(weights.values()):
        return [("", amount)]
    return list(split(Rupiah(amount), weights).items())


def _beside(planned: Sequence[tuple[str, int]], paid: Sequence[tuple[str, int]]) -> tuple[Beside, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at, rows in enumerate((planned, paid)):
        for key, amount in rows:
            sums[key][at] += amount
    return tuple(Beside(key, *sums[key]) for key in sorted(sums))
