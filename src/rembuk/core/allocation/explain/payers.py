"""Who paid for a chosen proposal, by hamlet and by group of voters, in whole rupiah."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import Final

from rembuk.core.allocation.explain.shares import Shares
from rembuk.core.allocation.explain.support import Support
from rembuk.core.allocation.explain.values import Payer
from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.small_groups import Number, heads_of
from rembuk.core.money import Rupiah

ONE: Final = Fraction(1)
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
        self.crowd: dict[Fraction, Number] = {}
        """Weight -> people whose ballots weigh that."""
        whole = bool(voters) or all(ballot.weight.denominator == 1 for ballot in problem.ballots)
        # Weights with a fraction are no people, whatever the caller forgot to say: then each ballot is one person.
        self._gather(problem, self._heads(problem, voters) if whole else [Fraction(1)] * len(problem.ballots))

    def _gather(self, problem: Problem, heads: Iterable[Fraction]) -> None:
        groups, crowd = self._groups(), self.crowd
        for ballot, given in zip(problem.ballots, heads, strict=True):
            if ballot.weight <= 0 or given <= 0:
                continue
            # Whole people add up ten times faster as integers.
            people: Number = int(given) if given.denominator == 1 else given
            each = ONE if ballot.weight is given else ballot.weight / given
            crowd[each] = crowd.get(each, 0) + people
            marks = frozenset(self._marks(ballot.marked))
            group = groups.get(marks)
            if group is None:
                continue
            self.heads[group] += people
            kind = (ballot.hamlet, ballot.groups)
            weight, before = self.kinds[group].get(kind, (0, 0))
            added = people if each is ONE else ballot.weight
            self.kinds[group][kind] = (weight + int(added * self.support.scale), before + people)

    @staticmethod
    def _heads(problem: Problem, voters: Mapping[str, int] | None) -> Iterable[Fraction]:
        if voters:
            return heads_of(problem.ballots, voters)
        return [ballot.weight for ballot in problem.ballots]  # what `heads_of` says, without a sum per ballot

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
    hamlets = {name: _Cell() for name in voters.hamlets}
    tags = {name: _Cell() for name in voters.tags}
    price = _fill(item, voters, shares, hamlets, tags)
    cost, scale = Rupiah(item.cost or 0), shares.support.scale
    parts = rounded(cost, {name: cell.amount(price, scale) for name, cell in hamlets.items()})
    by_hamlet = tuple(Payer(name, parts[name], Fraction(cell.people)) for name, cell in hamlets.items())
    by_group = tuple(
        Payer(name, _half_down(cell.amount(price, scale)), Fraction(cell.people)) for name, cell in tags.items()
    )
    return by_hamlet, by_group


def _half_down(amount: Fraction) -> Rupiah:
    """Round to the nearest rupiah, a half down: what `rounded` gives a group beside everyone else."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    return Rupiah(whole + (2 * rest > amount.denominator))


class _Cell:
    """Payments of one hamlet or group. full: weight x gain at the full price; rest: weight x what the others paid."""

    __slots__ = ("full", "people", "rest")

    def __init__(self) -> None:
        self.full = 0
        self.rest = Fraction(0)
        self.people: Number = 0

    def amount(self, price: Fraction, scale: int) -> Fraction:
        """Return the rupiah exactly paid. Integers were added up first: one multiplication by the price."""
        return (self.rest + self.full * price) / scale


def _fill(
    item: Proposal, voters: Voters, shares: Shares, hamlets: Mapping[str, _Cell], tags: Mapping[str, _Cell]
) -> Fraction:
    """Add up what the supporters of a proposal paid for it; return the price of one mark."""
    moment = shares.bought[item.id]
    price = shares.prices[moment] * shares.support.unit(item.cost or 0)
    gains = shares.support.gains(item)
    members = shares.support.members(item)
    marks = [1] * len(members) if gains is None else gains.tolist()
    held = shares.balances[moment, members].tolist()
    clear = float(price) * (1 + 1e-9)
    for group, gain, left in zip(members.tolist(), marks, held, strict=True):
        paid = None if left > clear * gain else min(price * gain, shares.balance(group, moment))
        for (hamlet, groups), (weight, people) in voters.kinds[group].items():
            for cell in (hamlets[hamlet], *(tags[name] for name in groups)):
                cell.people += people
                if paid is None:
                    cell.full += weight * gain
                else:
                    cell.rest += weight * paid
    return price


def rounded(total: Rupiah, parts: Mapping[str, Fraction]) -> dict[str, Rupiah]:
    """Round exact parts of *total* to whole rupiah that add up to it. Largest remainder; ties to the smaller name."""
    base = lcm(*(part.denominator for part in parts.values()))
    split = {name: divmod(part.numerator, part.denominator) for name, part in parts.items()}
    left = total - sum(whole for whole, _ in split.values())
    rests = {name: rest * (base // parts[name].denominator) for name, (_, rest) in split.items()}
    by_remainder = sorted(parts, key=lambda name: (-rests[name], name))[:left]
    return {name: Rupiah(whole + (name in by_remainder)) for name, (whole, _) in split.items()}
