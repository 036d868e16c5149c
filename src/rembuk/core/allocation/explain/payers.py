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
        self._cells_of: dict[int, list[tuple[tuple[int, ...], int, Number]]] = {}
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

    @property
    def cells(self) -> int:
        """How many hamlets and groups there are."""
        return len(self.hamlets) + len(self.tags)

    def cells_of(self, group: int) -> list[tuple[tuple[int, ...], int, Number]]:
        """Return (numbers of the hamlet and the groups, weight, people) of the voters of a group of like ballots."""
        found = self._cells_of.get(group)
        if found is None:
            found = self._cells_of[group] = [
                ((self.hamlets.index(hamlet), *(self.tags.index(name) + len(self.hamlets) for name in tags)), *counted)
                for (hamlet, tags), counted in self.kinds[group].items()
            ]
        return found

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
    hamlets, tags = voters.hamlets, voters.tags
    amounts, people = _added_up(item, voters, shares)
    unit, split = shares.base * shares.support.scale, len(hamlets)
    parts = _shared_out(Rupiah(item.cost or 0), dict(zip(hamlets, amounts[:split], strict=True)), unit)
    by_hamlet = tuple(Payer(name, parts[name], _people(people[place])) for place, name in enumerate(hamlets))
    by_group = tuple(
        Payer(name, _half_down(amounts[place], unit), _people(people[place])) for place, name in enumerate(tags, split)
    )
    return by_hamlet, by_group


def _people(number: Number) -> Fraction:
    return Fraction(number) if isinstance(number, int) else number


def _half_down(amount: int, unit: int) -> Rupiah:
    """Round amount / unit to the nearest rupiah, a half down: what `rounded` gives a group beside everyone else."""
    whole, rest = divmod(amount, unit)
    return Rupiah(whole + (2 * rest > unit))


def _added_up(item: Proposal, voters: Voters, shares: Shares) -> tuple[list[int], list[Number]]:
    """Return what the hamlets, then the groups paid (times base and scale), and how many of them support it."""
    moment = shares.bought[item.id]
    amounts, people = [0] * voters.cells, list[Number]([0] * voters.cells)
    for group, gain in shares.support.marked(item):
        paid = shares.paid_by(group, gain, moment)
        for cells, weight, count in voters.cells_of(group):
            for cell in cells:
                amounts[cell] += weight * paid
                people[cell] += count
    return amounts, people


def rounded(total: Rupiah, parts: Mapping[str, Fraction]) -> dict[str, Rupiah]:
    """Round exact parts of *total* to whole rupiah that add up to it. Largest remainder; ties to the smaller name."""
    unit = lcm(*(part.denominator for part in parts.values()))
    return _shared_out(total, {name: int(part * unit) for name, part in parts.items()}, unit)


def _shared_out(total: Rupiah, parts: Mapping[str, int], unit: int) -> dict[str, Rupiah]:
    """Round parts / unit as `rounded` does."""
    split = {name: divmod(part, unit) for name, part in parts.items()}
    left = total - sum(whole for whole, _ in split.values())
    by_remainder = sorted(parts, key=lambda name: (-split[name][1], name))[:left]
    return {name: Rupiah(whole + (name in by_remainder)) for name, (whole, _) in split.items()}
