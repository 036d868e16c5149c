"""What an allocation is asked and what it answers, as frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from rembuk.core.allocation.settings import Settings
from rembuk.core.errors import RembukError
from rembuk.core.law.funding import FILL_ORDER, NOT_BY_DEFAULT
from rembuk.core.money import Rupiah

NOTHING = Rupiah(0)
WHOLE = "*"
"""As `Share.of`: the row is about the money of every source together."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal to choose or not.

    cost: whole rupiah; nothing or 0 means no readable cost, such a proposal is never chosen. rank: place given by the
    meeting, 1 first; equal ranks are settled by cost, position, id. position: place in the list (earlier wins).
    sources: codes that may pay; nothing means every source of the problem except those that pay only when named.
    single_source: one source must pay all of it. mandatory: the legal reason it must be in, empty if it need not.
    hamlet: the hamlet it serves, empty for the whole village. groups: whom it serves besides (``perempuan`` ...).
    score: technical score in whole points, for the optimum. number: the published number the lot is drawn over (the
    id where there is none).
    """

    id: str
    cost: int | None
    rank: int
    position: int = 0
    hamlet: str = ""
    tags: frozenset[str] = frozenset()
    sources: frozenset[str] | None = None
    single_source: bool = False
    requires: tuple[str, ...] = ()
    mandatory: str = ""
    groups: frozenset[str] = frozenset()
    score: int = 0
    number: str = ""

    @property
    def marks(self) -> frozenset[str]:
        """What rows may count it by: its tags, ``hamlet:<name>`` and ``group:<name>``."""
        places = {f"hamlet:{self.hamlet}"} if self.hamlet else set()
        return self.tags | places | {f"group:{name}" for name in self.groups}


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one voter said, or *weight* voters who said the same. It never says who they are.

    Give one of approvals (ids), points (id -> whole points) or ranking (ids, best first); none of them is an empty
    ballot, which still holds its share of the money. weight: voters, or a published weight (a hamlet's people over
    its ballots); 0 or more. hamlet, groups: of the voters.
    """

    approvals: tuple[str, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    ranking: tuple[str, ...] = ()
    weight: Fraction = Fraction(1)
    hamlet: str = ""
    groups: frozenset[str] = frozenset()

    @property
    def marked(self) -> tuple[tuple[str, int], ...]:
        """Return (id, points): 1 for an approval, the points given, or Borda points (the last of a ranking has 0)."""
        if self.ranking:
            return tuple((name, len(self.ranking) - place) for place, name in enumerate(self.ranking, 1))
        return self.points or tuple((name, 1) for name in self.approvals)


@dataclass(frozen=True, slots=True)
class Source:
    """A funding source. ceiling: rupiah that may be shared out. earmarked: rupiah on top of it, only shown."""

    id: str
    ceiling: int
    earmarked: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A rule about the money of one source, or of all (`WHOLE`): what may or must go to items by their marks.

    of: source code or `WHOLE`. tags: of `Proposal.marks`, so hamlets and groups too. match: "any" counts items
    with one of the tags, "none" items with none of them. min, max: exact share of *base* (rupiah; the ceiling of the
    source if not given); min_amount, max_amount: rupiah. hard: a bound that may block; a soft row only reports its
    shortfall, and the optimum tries to meet it.
    """

    name: str
    of: str
    tags: frozenset[str]
    match: Literal["any", "none"] = "any"
    min: Fraction | None = None
    max: Fraction | None = None
    min_amount: int | None = None
    max_amount: int | None = None
    base: int | None = None
    hard: bool = True
    legal_basis: str = ""
    title: str = ""

    def counts(self, proposal: Proposal) -> bool:
        """Return whether money of the source spent on *proposal* counts in this row."""
        # Asked for every row and proposal again and again: as `marks`, without making the set.
        hit = not self.tags.isdisjoint(proposal.tags) or (
            bool(proposal.hamlet) and f"hamlet:{proposal.hamlet}" in self.tags
        )
        if not hit and proposal.groups:
            hit = any(f"group:{name}" in self.tags for name in proposal.groups)
        return hit == (self.match == "any")


@dataclass(frozen=True, slots=True)
class Exclusion:
    """At most *at_most* of these proposals may be chosen."""

    ids: frozenset[str]
    at_most: int = 1
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong with a problem: code, id of what it is about, an Indonesian sentence."""

    code: str
    subject: str
    message: str


class InvalidProblemError(RembukError):
    """The problem cannot be allocated; ``values['issues']`` names everything that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a choice rests on. order: the order sources are filled in; sources outside it come after, by code.

    village: its code, part of the lot. unit: how many of the whole numbers in here make one unit of the currency
    (1 for rupiah; 100 where costs were read with two decimals).
    """

    proposals: tuple[Proposal, ...]
    sources: tuple[Source, ...]
    shares: tuple[Share, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    year: int = 0
    order: tuple[str, ...] = FILL_ORDER
    not_by_default: frozenset[str] = NOT_BY_DEFAULT
    ballots: Sequence[Ballot] = ()
    village: str = ""
    unit: int = 1
    _payers: dict[frozenset[str] | None, tuple[str, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _counted: dict[Share, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _kept: dict[Settings, "Outcome"] = field(default_factory=dict, init=False, repr=False, compare=False)

    def keep(self, outcome: "Outcome") -> None:
        """Remember an outcome of this problem that another rule starts from."""
        self._kept[outcome.settings] = outcome

    def kept(self, settings: Settings) -> "Outcome | None":
        """Return what was remembered for *settings*."""
        return self._kept.get(settings)

    def ordered_sources(self) -> tuple[Source, ...]:
        """Return the sources in the order they are filled."""
        place = {code: index for index, code in enumerate(self.order)}
        return tuple(sorted(self.sources, key=lambda source: (place.get(source.id, len(place)), source.id)))

    def allowed(self, proposal: Proposal) -> tuple[str, ...]:
        """Return the codes of the sources that may pay *proposal*, in the order they are filled."""
        named = proposal.sources
        if named not in self._payers:
            codes = [source.id for source in self.ordered_sources()]
            by_default = [code for code in codes if code not in self.not_by_default]
            self._payers[named] = tuple(by_default if named is None else [code for code in codes if code in named])
        return self._payers[named]

    def counted(self, share: Share) -> frozenset[str]:
        """Return the ids of the proposals whose money counts in *share*, worked out once."""
        if share not in self._counted:
            tags = share.tags
            places = {tag.removeprefix("hamlet:") for tag in tags if tag.startswith("hamlet:")} - {""}
            names = {tag.removeprefix("group:") for tag in tags if tag.startswith("group:")}
            self._counted[share] = frozenset(
                item.id
                for item in self.proposals
                if (item.hamlet in places or not tags.isdisjoint(item.tags) or not names.isdisjoint(item.groups))
                == (share.match == "any")
            )
        return self._counted[share]

    def bounds(self, share: Share) -> tuple[int, int | None]:
        """Return the least (rounded up) and the most (rounded down; nothing = no limit) rupiah of a row."""
        ceilings = {source.id: source.ceiling for source in self.sources}
        ceilings[WHOLE] = sum(source.ceiling for source in self.sources)
        base = ceilings.get(share.of, 0) if share.base is None else share.base
        lows = [share.min_amount or 0]
        if share.min is not None:
            lows.append(-(-share.min.numerator * base // share.min.denominator))
        highs = [] if share.max_amount is None else [share.max_amount]
        if share.max is not None:
            highs.append(share.max.numerator * base // share.max.denominator)
        return max(lows), (min(highs) if highs else None)

    def ranked(self) -> tuple[Proposal, ...]:
        """Return the proposals in the published order: rank, lower cost (no cost last), earlier position, id."""
        return tuple(
            sorted(self.proposals, key=lambda item: (item.rank, not item.cost, item.cost or 0, item.position, item.id))
        )

    def validate(self) -> list[Issue]:
        """Return everything that is wrong with the problem, all at once; an empty list if nothing is."""
        from rembuk.core.allocation.validate import issues_of  # validate reads this module's classes

        return issues_of(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What became of one proposal.

    amounts: (source, rupiah) in the order the sources are filled. missing: rupiah lacking when it was its turn.
    blocked_sources, blocked_rows: what stood in the way. others: proposals it depends on or that exclude it.
    note: the legal reason of a mandatory proposal.
    """

    id: str
    chosen: bool
    code: str
    cost: Rupiah | None
    amounts: tuple[tuple[str, Rupiah], ...] = ()
    missing: Rupiah = NOTHING
    blocked_sources: tuple[str, ...] = ()
    blocked_rows: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a source gave, in rupiah."""

    id: str
    ceiling: Rupiah
    earmarked: Rupiah
    used: Rupiah

    @property
    def left(self) -> Rupiah:
        """Rupiah not given out."""
        return Rupiah(self.ceiling - self.used)


@dataclass(frozen=True, slots=True)
class RowState:
    """How a share row stands: rupiah used, its bounds, and what lacks to its minimum."""

    name: str
    of: str
    hard: bool
    low: Rupiah
    high: Rupiah | None
    used: Rupiah
    legal_basis: str = ""

    @property
    def shortfall(self) -> Rupiah:
        """Rupiah lacking to the minimum."""
        return Rupiah(max(0, self.low - self.used))

    @property
    def slack(self) -> Rupiah | None:
        """Rupiah left under the maximum; nothing if the row has none."""
        return None if self.high is None else Rupiah(self.high - self.used)


Phase = Literal["mandatory", "rank", "shares", "loads", "completion", "optimum"]
"""How it came in: set beforehand, by the order, by equal shares, by loads, by completion, by the solver."""


@dataclass(frozen=True, slots=True)
class Round:
    """One purchase, in the order they were made. votes: weight of the voters with any utility from it.

    price: in ``shares`` the rupiah one unit of utility cost (each supporter paid the smaller of price x utility and
    what was left of its share: with `Outcome.share` the whole payment follows, nothing else is stored); in ``loads``
    the load every supporter then carried; else nothing.
    """

    id: str
    phase: Phase
    votes: Fraction = Fraction(0)
    price: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Solver:
    """What a solver promised. status: ``optimal`` | ``feasible`` | ``infeasible``; gap: exact, 0 where optimal.

    objective: of the choice, in whole points, recomputed exactly; bound: no choice can have more. weights: what the
    objective counted, as published. conflict: names of the rows that cannot all be kept (infeasible only).
    """

    name: str
    version: str
    status: str
    gap: Fraction
    objective: int
    bound: int
    seed: int = 0
    conflict: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The choice with its reasons. decisions stand in the published order of the proposals.

    settled: every mandatory proposal is in. search_cut: a search over single-source payments hit its limit, so a
    proposal may have been passed over that fits. rounds: the purchases in the order they were made. share: rupiah one
    voter of weight 1 could spend in the end, where shares were equal. digest: SHA-256 over problem and outcome.
    """

    rule: str
    decisions: tuple[Decision, ...]
    sources: tuple[SourceState, ...]
    rows: tuple[RowState, ...]
    settled: bool = True
    search_cut: bool = False
    digest: str = ""
    settings: Settings = field(default_factory=Settings)
    rounds: tuple[Round, ...] = ()
    share: Fraction | None = None
    solver: Solver | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """Ids of the chosen proposals in the order they were bought."""
        return tuple(step.id for step in self.rounds)

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the chosen proposals, in the published order."""
        return tuple(decision.id for decision in self.decisions if decision.chosen)

    def decision(self, proposal_id: str) -> Decision:
        """Return the decision about one proposal. Raises: KeyError."""
        for decision in self.decisions:
            if decision.id == proposal_id:
                return decision
        raise KeyError(proposal_id)

    def funding(self) -> Mapping[str, dict[str, Rupiah]]:
        """Return proposal id -> source -> rupiah for the chosen ones."""
        return {decision.id: dict(decision.amounts) for decision in self.decisions if decision.chosen}
