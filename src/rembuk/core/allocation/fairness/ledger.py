"""The equal-share ledger: every chosen proposal is shared out evenly among its supporters, and groups are averaged.

Source of the measure: Maly, Rey, Endriss, Lackner, AAMAS 2023 ("share"). Only weights per group and chosen proposal
are counted, so 66,000 ballots take one pass.
"""

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


def merged(
    ballots: Iterable[Ballot], chosen: Mapping[str, int], voters: Mapping[str, int]
) -> dict[Kind, tuple[Fraction, Fraction]]:
    """Return (chosen proposals supported, hamlet, groups) -> (people, weight): all that the ledger needs of ballots."""
    given = list(ballots)
    kinds: dict[Kind, list[Fraction | int]] = {}
    for ballot, heads in zip(given, heads_of(given, voters), strict=True):
        if ballot.approvals and not ballot.ranking and not ballot.points:
            liked = tuple(sorted({name for name in ballot.approvals if name in chosen}))
        else:
            liked = tuple(sorted({name for name, mark in ballot.marked if mark > 0 and name in chosen}))
        sums = kinds.setdefault((liked, ballot.hamlet, ballot.groups), [0, 0])
        # Whole weights stay integers here: adding Fractions one by one would take most of the time.
        weight = ballot.weight.numerator if ballot.weight.denominator == 1 else ballot.weight
        sums[0] += heads.numerator if heads.denominator == 1 else heads
        sums[1] += weight
    return {kind: (Fraction(people), Fraction(weight)) for kind, (people, weight) in kinds.items()}


def standings(
    ballots: Iterable[Ballot], chosen: Mapping[str, int], voters: Mapping[str, int]
) -> tuple[Standing, tuple[Standing, ...], tuple[Standing, ...]]:
    """Return all voters, then those of each hamlet, then those of each group, by name.

    chosen: id -> cost in rupiah. voters: as `HamletFacts.voters`. The groups of `ALWAYS_ASKED` come in, empty, where
    ballots carry groups at all.
    """
    kinds = merged(ballots, chosen, voters)
    support = dict.fromkeys(chosen, Fraction(0))
    for (liked, _, _), (_, weight) in kinds.items():
        for name in liked:
            support[name] += weight
    hamlets: dict[str, list[tuple[Kind, Fraction, Fraction]]] = {}
    groups: dict[str, list[tuple[Kind, Fraction, Fraction]]] = {}
    everyone = [(kind, people, weight) for kind, (people, weight) in kinds.items()]
    for entry in everyone:
        hamlets.setdefault(entry[0][1], []).append(entry)
        for group in entry[0][2]:
            groups.setdefault(group, []).append(entry)
    if groups:
        spoken = {name.upper() for name in groups}
        groups |= {name: [] for name in ALWAYS_ASKED if name not in spoken}
    return (
        _standing("", everyone, chosen, support),
        tuple(_standing(name, hamlets[name], chosen, support) for name in sorted(hamlets)),
        tuple(_standing(name, groups[name], chosen, support) for name in sorted(groups)),
    )


def _standing(
    name: str,
    entries: Iterable[tuple[Kind, Fraction, Fraction]],
    chosen: Mapping[str, int],
    support: Mapping[str, Fraction],
) -> Standing:
    weights: dict[str, Fraction] = {}
    people = weight = left_people = left_weight = Fraction(0)
    for (liked, _, _), heads, heavy in entries:
        people += heads
        weight += heavy
        if not liked:
            left_people += heads
            left_weight += heavy
        for item in liked:
            weights[item] = weights.get(item, Fraction(0)) + heavy
    return Standing(
        name=name,
        people=people,
        weight=weight,
        ledger=sum((chosen[item] * heavy / support[item] for item, heavy in weights.items() if heavy), Fraction(0)),
        cost=sum((chosen[item] * heavy for item, heavy in weights.items()), Fraction(0)),
        count=sum(weights.values(), Fraction(0)),
        left_people=left_people,
        left_weight=left_weight,
    )
