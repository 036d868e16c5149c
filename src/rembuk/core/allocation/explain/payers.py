"""Who paid for a chosen proposal, by hamlet and by group of voters, in whole rupiah."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise

from rembuk.core.allocation.explain.shares import Shares
from rembuk.core.allocation.explain.support import Support
from rembuk.core.allocation.explain.values import Payer
from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.small_groups import Number, heads_of
from rembuk.core.money import Rupiah

Kind = tuple[str, frozenset[str]]
"""Hamlet and group tags of a voter."""


class Voters:
    """The people behind each group of like ballots, by hamlet and group tags.

    voters: hamlet -> people who handed in a ballot, where weights are not people (see `heads_of`).
    """

    def __init__(self, problem: Problem, support: Support, voters: Mapping[str, int] | None = None) -> None:
        self.support = support
        self.hamlets = sorted({ballot.hamlet for ballot in problem.ballots})
        self.tags = sorted({name for ballot in problem.ballots for name in ballot.groups})
        self.heads: list[Number] = [0] * support.profile.groups
        self.kinds: list[dict[Kind, tuple[int, Number]]] = [{} for _ in self.heads]
        """Per group: kind of voter -> (weight times the scale of the support, people)."""
        self.crowd: dict[Fraction, Fraction] = {}
        """Weight -> people whose ballots weigh that."""
        self._gather(problem, heads_of(problem.ballots, voters))

    def _gather(self, problem: Problem, heads: Iterable[Fraction]) -> None:
        groups = self._groups()
        for ballot, given in zip(problem.ballots, heads, strict=True):
            if ballot.weight <= 0 or given <= 0:
                continue
            # Whole people add up ten times faster as integers.
            people: Number = int(given) if given.denominator == 1 else given
            each = ballot.weight / given
            self.crowd[each] = self.crowd.get(each, Fraction(0)) + given
            marks = frozenset(self._marks(ballot.marked))
            group = groups.get(marks)
            if group is None:
                continue
            self.heads[group] += people
            kind = (ballot.hamlet, ballot.groups)
            weight, before = self.kinds[group].get(kind, (0, 0))
            self.kinds[group][kind] = (weight + int(ballot.weight * self.support.scale), before + people)

    def _marks(self, marked: Iterable[tuple[str, int]]) -> Iterable[tuple[int, int]]:
        index, plain = self.support.profile.index, self.support.profile.gains is None
        said = {index[name]: 1 if plain else gain for name, gain in marked if name in index and gain > 0}
        return said.items()

    def _groups(self) -> dict[frozenset[tuple[int, int]], int]:
        profile = self.support.profile
        marks, rows = profile.marks.tolist(), profile.rows.tolist()
        gains = [1] * len(marks) if profile.row_gains is None else profile.row_gains.tolist()
        pairs = list(zip(marks, gains, strict=True))
        spans = enumerate(pairwise(rows))
        return {frozenset(pairs[start:end]): group for group, (start, end) in spans}

    def behind(self, item: Proposal) -> Fraction:
        """Return how many people support a proposal."""
        return Fraction(sum(self.heads[group] for group in self.support.members(item).tolist()))

    def singled_out(self, fewest: int) -> bool:
        """Return whether some weight is that of fewer than *fewest* people while others weigh differently."""
        return len(self.crowd) > 1 and min(self.crowd.values()) < fewest


def payers(item: Proposal, voters: Voters, shares: Shares) -> tuple[tuple[Payer, ...], tuple[Payer, ...]]:
    """Return who paid for a proposal bought by equal shares: by hamlet, and by group tag.

    The hamlets add up to the cost; a group adds up to it with everyone who is not in it. Largest remainder; ties go
    to the smaller name. Hamlets and groups without a paying voter are there with nothing.
    """
    by_kind = _paid(item, voters, shares)
    cost = Rupiah(item.cost or 0)
    hamlets: dict[str, list[Fraction]] = {name: [Fraction(0), Fraction(0)] for name in voters.hamlets}
    tags: dict[str, list[Fraction]] = {name: [Fraction(0), Fraction(0)] for name in voters.tags}
    for (hamlet, groups), (amount, people) in by_kind.items():
        for cell in (hamlets[hamlet], *(tags[name] for name in groups)):
            cell[0] += amount
            cell[1] += people
    parts = rounded(cost, {name: cell[0] for name, cell in hamlets.items()})
    by_hamlet = tuple(Payer(name, parts[name], cell[1]) for name, cell in hamlets.items())
    by_group = tuple(
        Payer(name, rounded(cost, {name: cell[0], "": cost - cell[0]})[name], cell[1]) for name, cell in tags.items()
    )
    return by_hamlet, by_group


def _paid(item: Proposal, voters: Voters, shares: Shares) -> dict[Kind, tuple[Fraction, Number]]:
    """Return kind of voter -> (rupiah exactly paid, people)."""
    moment = shares.bought[item.id]
    price = shares.prices[moment] * shares.support.unit(item.cost or 0)
    gains = shares.support.gains(item)
    members = shares.support.members(item).tolist()
    full: dict[Kind, int] = {}
    rest: dict[Kind, Fraction] = {}
    people: dict[Kind, Number] = {}
    for place, group in enumerate(members):
        gain = 1 if gains is None else int(gains[place])
        rich = shares.balances[moment, group] > float(price) * gain * (1 + 1e-9)
        paid = None if rich else min(price * gain, shares.balance(group, moment))
        for kind, (weight, count) in voters.kinds[group].items():
            people[kind] = people.get(kind, 0) + count
            if paid is None:  # integers first: one multiplication by the price in the end
                full[kind] = full.get(kind, 0) + weight * gain
            else:
                rest[kind] = rest.get(kind, Fraction(0)) + weight * paid
    scale = shares.support.scale
    return {kind: ((rest.get(kind, 0) + full.get(kind, 0) * price) / scale, count) for kind, count in people.items()}


def rounded(total: Rupiah, parts: Mapping[str, Fraction]) -> dict[str, Rupiah]:
    """Round exact parts of *total* to whole rupiah that add up to it. Largest remainder; ties to the smaller name."""
    floors = {name: part.numerator // part.denominator for name, part in parts.items()}
    left = total - sum(floors.values())
    by_remainder = sorted(parts, key=lambda name: (floors[name] - parts[name], name))
    return {name: Rupiah(floor + (name in by_remainder[:left])) for name, floor in floors.items()}
