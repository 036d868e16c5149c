"""What a fairness report rests on and what it says, as frozen values."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rembuk.core.allocation.fairness.ledger import Standing
from rembuk.core.money import Rupiah
from rembuk.core.workflow.privacy import Level

Lack = Literal["population", "poor", "money", "ballots", "groups"]
"""What a report had to do without: people or poor households of some hamlet, any chosen proposal, ballots, tags."""


@dataclass(frozen=True, slots=True)
class HamletFacts:
    """A hamlet (the unit the village chose). population: people; poor_households: nothing where it is not known.

    voters: people who handed in a ballot, for hamlets whose ballots weigh by population; else the weights count people.
    """

    name: str
    population: int | None = None
    poor_households: int | None = None
    voters: int | None = None


@dataclass(frozen=True, slots=True)
class YearMoney:
    """What an earlier year of the RPJM gave: (hamlet, rupiah); the hamlet ``""`` stands for the whole village."""

    year: int
    by_hamlet: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report needs besides problem and outcome. level: how wide the ballots reach, for the small-group rule."""

    hamlets: tuple[HamletFacts, ...] = ()
    years: tuple[YearMoney, ...] = ()
    level: Level = "meeting"


@dataclass(frozen=True, slots=True)
class HamletLine:
    """One hamlet. own: rupiah of its own proposals; common: its part by people of what serves the whole village.

    money_share, population_share, poor_share: of the village, 0 to 1; money_share is nothing while common money cannot
    be split. ratio, poor_ratio: share of money over that
    share; 1 is even. running: rupiah over all years of the report; owed: its part by people of that money less what
    it got; above zero the village owes it, below zero it is ahead; all hamlets sum to zero. Nothing where a fact lacks.
    """

    name: str
    own: Rupiah
    common: Rupiah
    money_share: Fraction | None
    population: int | None = None
    population_share: Fraction | None = None
    ratio: Fraction | None = None
    poor_households: int | None = None
    poor_share: Fraction | None = None
    poor_ratio: Fraction | None = None
    running: Rupiah | None = None
    owed: Rupiah | None = None

    @property
    def total(self) -> Rupiah:
        """Rupiah of this year."""
        return Rupiah(self.own + self.common)


@dataclass(frozen=True, slots=True)
class Balance:
    """How money lies against another measure. lowest: the hamlet with the smallest ratio; gap_at: with the widest gap.

    gini: of money per head of the measure, weighted by it; 0 is even. gap: largest |money share - share|.
    """

    lowest: str
    ratio: Fraction
    gini: Fraction
    gap_at: str
    gap: Fraction


@dataclass(frozen=True, slots=True)
class FairnessReport:
    """A choice seen from the hamlets and from the voters. hamlets stand by name.

    total: rupiah of all chosen proposals; common: of those for the whole village. by_hamlet, by_group: voters (a voter
    without a hamlet stands under ``""``; groups overlap). years: the years `HamletLine.running` sums over. lacks: what
    was not known, so that no number is invented.
    """

    total: Rupiah
    common: Rupiah
    hamlets: tuple[HamletLine, ...]
    by_population: Balance | None
    by_poor: Balance | None
    voters: Standing | None
    by_hamlet: tuple[Standing, ...]
    by_group: tuple[Standing, ...]
    years: tuple[int, ...]
    lacks: tuple[Lack, ...]
    level: Level = "meeting"

    def deficit(self, standing: Standing) -> Fraction | None:
        """Return the group's average in the equal-share ledger over everybody's; under 1 it got less than others."""
        if self.voters is None or standing.average is None or not self.voters.average:
            return None
        return standing.average / self.voters.average
