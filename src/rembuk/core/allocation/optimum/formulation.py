"""A problem as columns and rows of whole numbers: what may be chosen, what pays it, what binds.

Proposals with the same payers and the same rows share one pool of money, so the money columns are few (pools times
sources) and only the choice is binary; a single-source proposal has one binary column per source instead of one. The
columns and rows stand in an order of their own (`columns`), so the order of the input changes nothing. A minimum of a
hard row does two things here: it keeps unspent money apart, as in every rule (`kept` columns), and it is a target; a
minimum of an elastic row is a target only. What lacks to a target is a column too (`short`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from rembuk.core.allocation.funding import ClassKey, FundingNetwork, Row, hard_shares, keys_of, rows_of
from rembuk.core.allocation.model import WHOLE, Problem, Proposal, Share
from rembuk.core.allocation.selection import mandatory_closure


@dataclass(frozen=True, slots=True)
class Column:
    """One choice: a proposal, and for a single-source proposal the source that pays it (else empty)."""

    proposal: Proposal
    source: str
    key: ClassKey | None


@dataclass(slots=True)
class Line:
    """One row: low <= sum of coefficient x column <= high. name: of the named row it belongs to, empty for arithmetic.

    money: whether bounds and coefficients are rupiah (and are scaled for the solver).
    """

    name: str
    terms: list[tuple[int, int]]
    low: int | None
    high: int | None
    money: bool = True


@dataclass(frozen=True, slots=True)
class Target:
    """A minimum that is pursued. short: the column of what lacks. costs: choice -> rupiah, for one about all money."""

    share: Share
    least: int
    short: int
    costs: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Formulation:
    """The columns (choices first, then money) and rows of a problem. network and what follows: of `exactness`."""

    problem: Problem
    must: dict[str, str]
    columns: list[Column]
    of: dict[str, list[int]]
    highs: list[int | None] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    pays: dict[tuple[ClassKey, str], int] = field(default_factory=dict)
    network: FundingNetwork | None = None
    hard_keys: list[ClassKey] = field(default_factory=list)
    floors: dict[tuple[int, ...], FundingNetwork] = field(default_factory=dict)
    floor_keys: list[ClassKey] = field(default_factory=list)

    @property
    def choices(self) -> int:
        """Return how many of the columns are choices; those are binary and come first."""
        return len(self.columns)

    def column(self, high: int | None = None) -> int:
        """Add a money column of 0..high rupiah and return its number."""
        self.highs.append(high)
        return len(self.highs) - 1

    def chosen(self, name: str, factor: int = 1) -> list[tuple[int, int]]:
        """Return the terms that sum to *factor* if the proposal is chosen, none for one that never can be."""
        return [(index, factor) for index in self.of.get(name, ())]


def formulate(problem: Problem, order: Iterable[Proposal]) -> Formulation:
    """Return the columns and rows of a valid problem. order: its proposals in the order the columns are to stand in."""
    shares = counted_shares(problem)
    columns: list[Column] = []
    of: dict[str, list[int]] = {}
    key_of = keyed(problem, shares)
    for item in order:
        sources = problem.allowed(item) if item.single_source else ("",)
        if item.cost and sources:
            of[item.id] = list(range(len(columns), len(columns) + len(sources)))
            columns += [Column(item, source, key_of(item, source)) for source in sources]
    by_id = {item.id: item for item in problem.proposals}
    made = Formulation(problem, mandatory_closure(by_id), columns, of, highs=[1] * len(columns))
    _links(made)
    _money(made, shares)
    _whole_rows(made)
    if not made.highs:
        made.column()  # a solver wants at least one column
    return made


def keyed(problem: Problem, shares: Iterable[Share]) -> Callable[[Proposal, str], ClassKey]:
    """Return `funding.class_key` for a proposal and the source that pays it alone (empty: all that may)."""
    rows = [(index, share.of, problem.counted(share)) for index, share in enumerate(shares)]

    def key_of(proposal: Proposal, source: str) -> ClassKey:
        payers = (source,) if source else problem.allowed(proposal)
        return payers, tuple(index for index, of, inside in rows if of in payers and proposal.id in inside)

    return key_of


def counted_shares(problem: Problem) -> tuple[Share, ...]:
    """Return the rows about one source that count here: the hard ones, and the elastic minimums that cross no other.

    An elastic minimum that cuts across another row of its source is only reported: what it lacks would be no longer a
    question of whole rupiah flowing through a tree.
    """
    hard = [share for share in hard_shares(problem) if share.of != WHOLE]
    soft = [share for share in problem.shares if not share.hard and share.of != WHOLE and problem.bounds(share)[0]]
    counted = hard
    for share in sorted(soft, key=lambda share: share.name):
        if not _crosses(problem, (*counted, share)):
            counted = [*counted, share]
    return tuple(counted)


def _crosses(problem: Problem, shares: tuple[Share, ...]) -> bool:
    """Return whether the last row and another of its source share some proposals and each has some of its own."""
    keys = [key for item in problem.proposals if item.cost for key in keys_of(problem, item, shares)]
    rows = [row for row in rows_of(problem, shares, keys) if row.share.of == shares[-1].of]
    return any(
        one.members & two.members and not two.members <= one.members
        for one, two in combinations(rows, 2)
        if shares[-1] in (one.share, two.share)
    )


def _links(made: Formulation) -> None:
    """Add what must be in, prerequisites, exclusions, and one source per single-source proposal."""
    for name in sorted(made.must):
        made.lines.append(Line(f"mandatory:{name}", made.chosen(name), 1, None, money=False))
    for name in made.of:
        item = made.columns[made.of[name][0]].proposal
        for other in sorted(set(item.requires)):
            terms = [*made.chosen(name), *made.chosen(other, -1)]
            made.lines.append(Line(f"requires:{name}>{other}", terms, None, 0, money=False))
        if len(made.of[name]) > 1:
            made.lines.append(Line("", made.chosen(name), None, 1, money=False))
    for rule in sorted(made.problem.exclusions, key=lambda rule: (sorted(rule.ids), rule.at_most)):
        terms = [term for name in sorted(rule.ids) for term in made.chosen(name)]
        if len(terms) > rule.at_most:
            label = "+".join(sorted(rule.ids))
            made.lines.append(Line(f"exclusion:{label}", terms, None, rule.at_most, money=False))


def _money(made: Formulation, shares: tuple[Share, ...]) -> None:
    """Add who pays how much: one pool per class, the ceilings, and the rows of single sources."""
    keys = sorted({column.key for column in made.columns if column.key is not None})
    for key in keys:
        parts = [made.column() for _ in key[0]]
        made.pays.update(zip(((key, code) for code in key[0]), parts, strict=True))
        costs = [
            (index, -(column.proposal.cost or 0)) for index, column in enumerate(made.columns) if column.key == key
        ]
        made.lines.append(Line("", [*((part, 1) for part in parts), *costs], 0, 0))
    rows = rows_of(made.problem, shares, keys)
    kept = {row.share.name: made.column() for row in rows if row.share.hard and row.floor}
    for source in made.problem.ordered_sources():
        mine = [row for row in rows if row.share.of == source.id]
        terms = [(index, 1) for (_, code), index in made.pays.items() if code == source.id]
        terms += [(kept[row.share.name], 1) for row in mine if row.share.name in kept]
        made.lines.append(Line(f"ceiling:{source.id}", terms, None, source.ceiling))
        for row in mine:
            _source_row(made, row, mine, kept)


def _source_row(made: Formulation, row: Row, rows: list[Row], kept: dict[str, int]) -> None:
    """Add one row of one source; money kept apart for a row inside it counts in it as well."""
    share, name = row.share, f"share:{row.share.name}"
    paid = [(made.pays[key, share.of], 1) for key in sorted(row.members)]
    inner = [other.share.name for other in rows if other.members <= row.members and other.share.name in kept]
    held = [(kept[other], 1) for other in inner if not _same_but_earlier(other, row, rows)]
    low, high = made.problem.bounds(share)
    if share.hard and (row.floor or high is not None):
        made.lines.append(Line(name, [*paid, *held], row.floor or None, high))
    if low:
        _target(made, share, paid, row.floor)


def _same_but_earlier(other: str, row: Row, rows: list[Row]) -> bool:
    """Return whether *other* has the same members as *row* and stands above it: its money is not inside *row*."""
    place = {each.share.name: index for index, each in enumerate(rows)}
    members = {each.share.name: each.members for each in rows}
    return members[other] == row.members and place[other] < place[row.share.name]


def _target(made: Formulation, share: Share, terms: list[tuple[int, int]], least: int) -> None:
    if least > 0:
        short = made.column(least)
        made.lines.append(Line("", [*terms, (short, 1)], least, None))
        made.targets.append(Target(share, least, short, dict(terms) if share.of == WHOLE else {}))


def _whole_rows(made: Formulation) -> None:
    """Add the rows about all money together: a proposal counts in them with its whole cost or not at all."""
    total = sum(source.ceiling for source in made.problem.sources)
    costs = [(index, each.proposal.id, each.proposal.cost or 0) for index, each in enumerate(made.columns)]
    for share in sorted(made.problem.shares, key=lambda share: share.name):
        if share.of != WHOLE:
            continue
        low, high = made.problem.bounds(share)
        counted = made.problem.counted(share)
        inside = [(index, cost) for index, name, cost in costs if name in counted]
        outside = [(index, cost) for index, name, cost in costs if name not in counted]
        proposed = sum(item.cost or 0 for item in made.problem.proposals if item.id in counted)
        least = min(low, proposed)
        if share.hard and high is not None:
            made.lines.append(Line(f"share:{share.name}", inside, None, high))
        if share.hard and least:
            made.lines.append(Line(f"share:{share.name}", outside, None, max(0, total - least)))
        _target(made, share, inside, min(least, total))
