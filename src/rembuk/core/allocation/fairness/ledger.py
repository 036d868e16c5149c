"""The equal-share ledger: every chosen proposal is shared out evenly among its supporters, and groups are averaged.

Source of the measure: Maly, Rey, Endriss, Lackner, AAMAS 2023 ("share"). Only weights per group and chosen proposal
are counted, so 66,000 ballots take one pass.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Ballot
from rembuk.core.allocation.small_groups import heads_of

ALWAYS_ASKED: Final[tuple[str, ...]] = ("DIFABEL", "MISKIN", "PEREMPUAN")
"""Groups a report speaks of even where nobody of them voted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Voters of one group, as sums so that groups can be merged. people: heads; weight: what their ballots weigh.

    ledger: rupiah, cost / supporters over the chosen proposals each supports. cost, count: rupiah and number of the
    chosen proposals each supports. left_people, left_weight: of those who support none that was chosen.
    """

    name: str
    people: Fraction
    weight: Fraction
    ledger: Fraction
    cost: Fraction
    count: Fraction
    left_people: Fraction
    left_weight: Fraction

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(
            self.name,
            self.people + other.people,
            self.weight + other.weight,
            self.ledger + other.ledger,
            self.cost + other.cost,
            self.count + other.count,
            self.left_people + other.left_people,
            self.left_weight + other.left_weight,
        )

    @property
    def average(self) -> Fraction | None:
        """Rupiah a voter of weight 1 has in the ledger; nothing if nobody votes."""
        return self.ledger / self.weight if self.weight else None

    @property
    def average_cost(self) -> Fraction | None:
        """Rupiah of chosen proposals a voter supports."""
        return self.cost / self.weight if self.weight else None

    @property
    def average_count(self) -> Fraction | None:
        """Number of chosen proposals a voter supports."""
        return self.count / self.weight if self.weight else None

    @property
    def excluded(self) -> Fraction | None:
        """Share of the voters who support nothing that was chosen."""
        return self.left_weight / self.weight if self.weight else None


Kind = tuple[tuple[str, ...], str, frozenset[str]]
Entry = tuple[Kind, int, int]
"""Chosen proposals supported, hamlet and groups; people and weight of the voters alike in these, both scaled."""


def merged(
    ballots: Iterable[Ballot], chosen: Mapping[str, int], voters: Mapping[str, int]
) -> tuple[list[Entry], int, int]:
    """Return the kinds of voters that the ledger tells apart, with the scales their people and weights stand in."""
    given = [ballot for ballot in ballots if ballot.weight > 0]
    kinds: dict[Kind, list[Fraction | int]] = {}
    for ballot, heads in zip(given, heads_of(given, voters), strict=True):
        if ballot.ranking or ballot.points:
            liked = {name for name, mark in dict(ballot.marked).items() if mark > 0 and name in chosen}
        else:
            liked = {name for name in ballot.approvals if name in chosen}
        sums = kinds.setdefault((tuple(sorted(liked)), ballot.hamlet, ballot.groups), [0, 0])
        # Whole numbers add up ten times faster than Fractions, and weights are whole as a rule.
        sums[0] += heads.numerator if heads.denominator == 1 else heads
        sums[1] += ballot.weight.numerator if ballot.weight.denominator == 1 else ballot.weight
    people = math.lcm(*(heads.denominator for heads, _ in kinds.values()))
    scale = math.lcm(*(weight.denominator for _, weight in kinds.values()))
    entries = [(kind, int(heads * people), int(weight * scale)) for kind, (heads, weight) in kinds.items()]
    return entries, people, scale


def standings(
    ballots: Iterable[Ballot], chosen: Mapping[str, int], voters: Mapping[str, int]
) -> tuple[Standing, tuple[Standing, ...], tuple[Standing, ...]]:
    """Return all voters, then those of each hamlet, then those of each group, by name.

    chosen: id -> cost in rupiah. voters: as `HamletFacts.voters`. The groups of `ALWAYS_ASKED` come in, empty, where
    ballots carry groups at all.
    """
    entries, people, scale = merged(ballots, chosen, voters)
    support = _weights(entries)
    hamlets: dict[str, list[Entry]] = {}
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        hamlets.setdefault(entry[0][1], []).append(entry)
        for group in entry[0][2]:
            groups.setdefault(group, []).append(entry)
    if groups:
        spoken = {name.upper() for name in groups}
        groups |= {name: [] for name in ALWAYS_ASKED if name not in spoken}

    def standing(name: str, those: list[Entry]) -> Standing:
        weights = support if len(those) == len(entries) else _weights(those)
        left = [entry for entry in those if not entry[0][0]]
        return Standing(
            name=name,
            people=Fraction(sum(heads for _, heads, _ in those), people),
            weight=Fraction(sum(weight for _, _, weight in those), scale),
            ledger=sum((Fraction(chosen[item] * part, support[item]) for item, part in weights.items()), Fraction(0)),
            cost=Fraction(sum(chosen[item] * part for item, part in weights.items()), scale),
            count=Fraction(sum(weights.values()), scale),
            left_people=Fraction(sum(heads for _, heads, _ in left), people),
            left_weight=Fraction(sum(weight for _, _, weight in left), scale),
        )

    return (
        standing("", entries),
        tuple(standing(name, hamlets[name]) for name in sorted(hamlets)),
        tuple(standing(name, groups[name]) for name in sorted(groups)),
    )


def _weights(entries: Iterable[Entry]) -> dict[str, int]:
    """Return chosen proposal -> weight of these voters behind it."""
    weights: dict[str, int] = {}
    for (liked, _, _), _, weight in entries:
        for name in liked:
            weights[name] = weights.get(name, 0) + weight
    return weights
