"""The ballots of a problem as a rule reads them: equal ones merged, weights as integers, both ways round in arrays.

Voters who say the same about every proposal are one group, whatever their hamlet or group tags: no rule may tell them
apart. Marks for proposals that are unknown or have no readable cost, marks of 0 and ballots of weight 0 say nothing;
a proposal marked twice on one ballot is marked once, with the last mark. Nothing here depends on the order of ballots
except the numbering of the groups, on which no decision rests.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from rembuk.core.allocation.ballots import ApprovalTable
from rembuk.core.allocation.model import Ballot, Problem
from rembuk.core.allocation.settings import Utility

Ints = npt.NDArray[np.int64]
EXACT_FLOAT = 1 << 53
"""Integers up to here are exact as floats."""


@dataclass(frozen=True, eq=False)
class Profile:
    """Groups of like voters and the proposals with a readable cost, numbered in the order of their ids.

    scale: common denominator of the ballot weights; every weight in here is multiplied by it. voters: weight of all
    ballots, empty ones included. weights: of the groups. A voter's utility from a proposal it marked is
    ``factors[proposal] * gain``; gains is nothing where every gain is 1 (cost and cardinality).
    starts, members, gains: the groups behind proposal p stand at ``members[starts[p]:starts[p + 1]]``, their gains
    likewise. rows, marks, row_gains: the proposals group g marked stand at ``marks[rows[g]:rows[g + 1]]``.
    votes: weight of the voters who marked a proposal; sums: their utilities times weight, added up.
    """

    utility: Utility
    ids: tuple[str, ...]
    costs: tuple[int, ...]
    factors: tuple[int, ...]
    scale: int
    voters: int
    weights: Ints
    starts: Ints
    members: Ints
    gains: Ints | None
    rows: Ints
    marks: Ints
    row_gains: Ints | None
    votes: tuple[int, ...]
    sums: tuple[int, ...]

    @property
    def heavy(self) -> bool:
        """Whether weights are too large for floats and arrays of integers; then they are plain Python integers."""
        return self.weights.dtype == object

    @property
    def groups(self) -> int:
        """How many different ballots there are, empty ones left out."""
        return len(self.weights)

    @cached_property
    def index(self) -> dict[str, int]:
        """Id -> number of the proposal."""
        return {name: place for place, name in enumerate(self.ids)}

    def share(self, money: int) -> Fraction:
        """Return the rupiah each voter of weight 1 may spend of *money*; 0 without ballots."""
        return Fraction(money * self.scale, self.voters) if self.voters else Fraction(0)

    def support(self, name: str) -> Fraction:
        """Return the weight of the voters who marked a proposal."""
        place = self.index.get(name)
        return Fraction(0) if place is None else Fraction(self.votes[place], self.scale)

    @cached_property
    def float_costs(self) -> list[float]:
        """Costs in units of weight, as the nearest floats."""
        return [float(cost * self.scale) for cost in self.costs]

    @cached_property
    def top_gain(self) -> int:
        """The largest gain on any ballot, at least 1."""
        return 1 if self.gains is None or not len(self.gains) else int(self.gains.max())

    @cached_property
    def supported(self) -> tuple[int, ...]:
        """Numbers of the proposals that somebody marked."""
        return tuple(place for place, votes in enumerate(self.votes) if votes)


def profile_of(problem: Problem, utility: Utility) -> Profile:
    """Return the ballots of a valid problem as seen by *utility*."""
    items = sorted((item for item in problem.proposals if item.cost), key=lambda item: item.id)
    index = {item.id: place for place, item in enumerate(items)}
    costs = tuple(item.cost or 0 for item in items)
    plain = utility in ("cost", "cardinality")
    if isinstance(problem.ballots, ApprovalTable):
        scale, spoken = 1, _tabled(problem.ballots, index)
    else:
        scale, spoken = _spoken(problem.ballots, index, plain=plain)
    weights, groups, marks, gains = spoken.weights, spoken.groups, spoken.marks, spoken.gains
    if not spoken.apart:
        weights, groups, marks, gains = _joined(weights, groups, marks, gains, len(items))
    return _arranged(
        utility,
        tuple(index),
        costs,
        factors=costs if utility == "cost" else (1,) * len(costs),
        scale=scale,
        voters=spoken.voters,
        weights=weights,
        groups=groups,
        marks=marks,
        gains=None if plain else gains,
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """What groups of voters said, an entry for each mark. apart: whether the marks of each group are rising and no two
    groups say the same; else some still must be joined. voters: weight of all ballots."""

    voters: int
    weights: list[int]
    groups: Ints
    marks: Ints
    gains: Ints
    apart: bool


def _tabled(table: ApprovalTable, index: dict[str, int]) -> Spoken:
    """Return what the ballots of a table say, which are counted and merged already."""
    numbers = np.array([index.get(name, -1) for name in table.ids], np.int64)
    lengths = np.diff(table.starts)
    filled = np.flatnonzero(lengths)
    groups = np.repeat(np.arange(len(filled)), lengths[filled])
    marks = numbers[table.marks]
    known = bool((numbers >= 0).all())
    if not known:
        groups, marks = groups[marks >= 0], marks[marks >= 0]
    weights = table.counts[filled].tolist()
    return Spoken(int(table.counts.sum()), weights, groups, marks, np.ones_like(marks), known)


def _spoken(ballots: Sequence[Ballot], index: dict[str, int], *, plain: bool) -> tuple[int, Spoken]:
    """Return the common denominator of the weights, and what the ballots say."""
    merged, voters = _merged(ballots)
    scale = math.lcm(*{weight.denominator for weight in merged.values()}, voters.denominator)
    weights = [weight.numerator if scale == 1 else int(weight * scale) for weight in merged.values()]
    groups, marks, gains = _entries(merged, index, plain=plain)
    apart = _stands(merged, groups * len(index) + marks, plain=plain)
    return scale, Spoken(int(voters * scale), weights, groups, marks, gains, apart)


Marks = tuple[str, ...] | tuple[tuple[str, int], ...]


Weight = int | Fraction
"""A whole weight is an integer: a city has tens of thousands, and fractions add up ten times slower."""


def _merged(ballots: Sequence[Ballot]) -> tuple[dict[Marks, Weight], Weight]:
    """Return marks -> weight of the ballots that carry exactly these, and the weight of all ballots."""
    found: dict[Marks, Weight] = {}
    voters: Weight = 0
    whole: dict[int, Weight] = {}  # by identity: readers give equal weights as one object
    for ballot in ballots:
        given = ballot.weight
        weight = whole.get(id(given))
        if weight is None:
            weight = whole[id(given)] = given.numerator if given.denominator == 1 else given
        if weight <= 0:
            continue
        voters += weight
        marks: Marks = ballot.approvals if not (ballot.ranking or ballot.points) else ballot.marked
        found[marks] = found.get(marks, 0) + weight
    found.pop((), None)
    return found, voters


class _Numbers(dict[str, int]):
    """Id -> number of the proposal; -1 for one that takes no part."""

    def __missing__(self, name: str) -> int:
        return -1


def _pairs(marks: Marks) -> Iterator[tuple[str, int]]:
    for mark in marks:
        yield (mark, 1) if isinstance(mark, str) else mark


def _entries(merged: dict[Marks, Weight], index: dict[str, int], *, plain: bool) -> tuple[Ints, Ints, Ints]:
    """Return (group, proposal, gain) of every mark that says something, in three arrays."""
    lengths = np.fromiter((len(marks) for marks in merged), np.int64, len(merged))
    groups = np.repeat(np.arange(len(merged)), lengths)
    if all(isinstance(marks[0], str) for marks in merged):
        names: Iterable[str] = chain.from_iterable(merged)  # type: ignore[arg-type]
        given = np.ones(len(groups), np.int64)
    else:
        pairs = [pair for marks in merged for pair in _pairs(marks)]
        names = (name for name, _ in pairs)
        given = np.fromiter((points for _, points in pairs), np.int64, len(pairs))
    marks_ = np.fromiter(map(_Numbers(index).__getitem__, names), np.int64, len(groups))
    keep = (marks_ >= 0) & (given > 0)
    if not keep.all():
        groups, marks_, given = groups[keep], marks_[keep], given[keep]
    return groups, marks_, np.ones_like(given) if plain else given


def _stands(merged: dict[Marks, Weight], keys: Ints, *, plain: bool) -> bool:
    """Return whether every group is there with all its marks in their order, and no two can say the same."""
    named = {isinstance(marks[0], str) for marks in merged}  # ids, or pairs of id and points
    if len(keys) != sum(map(len, merged)) or len(named) > 1 or (plain and False in named):
        return False
    return bool((keys[1:] > keys[:-1]).all())


def _joined(
    weights: list[int], groups: Ints, marks: Ints, gains: Ints, width: int
) -> tuple[list[int], Ints, Ints, Ints]:
    """Sort the marks within each group, drop repeated ones, and join the groups that now say the same."""
    if not len(groups):
        return [], groups, marks, gains
    keys = groups * width + marks
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    last = np.append(keys[1:] != keys[:-1], True)
    order = order[last]
    groups, marks, gains = groups[order], marks[order], gains[order]
    firsts = np.flatnonzero(np.append(True, groups[1:] != groups[:-1]))
    ends = np.append(firsts[1:], len(groups))
    said = (marks * (int(gains.max()) + 1) + gains).tobytes()
    seen: dict[bytes, int] = {}
    kept: list[int] = []
    joined: list[int] = []
    for start, end in zip(firsts.tolist(), ends.tolist(), strict=True):
        place = seen.setdefault(said[8 * start : 8 * end], len(joined))
        weight = weights[int(groups[start])]
        if place == len(joined):
            joined.append(weight)
            kept.append(start)
        else:
            joined[place] += weight
    if len(joined) == len(firsts):
        return joined, np.repeat(np.arange(len(firsts)), ends - firsts), marks, gains
    lengths = (ends - firsts)[np.searchsorted(firsts, kept)]
    new = np.repeat(np.arange(len(kept)), lengths)
    where = np.repeat(np.array(kept) - np.append(0, np.cumsum(lengths)[:-1]), lengths) + np.arange(int(lengths.sum()))
    return joined, new, marks[where], gains[where]


def _arranged(
    utility: Utility,
    ids: tuple[str, ...],
    costs: tuple[int, ...],
    *,
    factors: tuple[int, ...],
    scale: int,
    voters: int,
    weights: list[int],
    groups: Ints,
    marks: Ints,
    gains: Ints | None,
) -> Profile:
    """Lay the marks out by proposal and by group, and add up the votes."""
    width, height = len(ids), len(weights)
    # Integers of 16 bits are sorted in a tenth of the time of longer ones.
    order = np.argsort(marks.astype(np.uint16) if width < 1 << 16 else marks, kind="stable")
    starts = np.append(0, np.cumsum(np.bincount(marks, minlength=width)))
    rows = np.append(0, np.cumsum(np.bincount(groups, minlength=height)))
    heavy = voters * max(1, int(gains.max()) if gains is not None and len(gains) else 1) >= EXACT_FLOAT
    array = np.array(weights, object if heavy else np.int64)
    if heavy:
        votes, sums = [0] * width, [0] * width
        given = [1] * len(marks) if gains is None else gains.tolist()
        for group, mark, gain in zip(groups.tolist(), marks.tolist(), given, strict=True):
            votes[mark] += weights[group]
            sums[mark] += weights[group] * gain
    else:
        each = array[groups].astype(np.float64)
        votes = np.bincount(marks, each, width).astype(np.int64).tolist()
        sums = votes if gains is None else np.bincount(marks, each * gains, width).astype(np.int64).tolist()
    return Profile(
        utility=utility,
        ids=ids,
        costs=costs,
        factors=factors,
        scale=scale,
        voters=voters,
        weights=array,
        starts=starts,
        members=groups[order],
        gains=None if gains is None else gains[order],
        rows=rows,
        marks=marks,
        row_gains=gains,
        votes=tuple(votes),
        sums=tuple(factor * total for factor, total in zip(factors, sums, strict=True)),
    )
