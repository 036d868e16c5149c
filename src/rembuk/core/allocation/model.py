"""What an allocation is asked and what it answers, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rembuk.core.errors import RembukError
from rembuk.core.law.funding import FILL_ORDER, NOT_BY_DEFAULT
from rembuk.core.money import Rupiah

NOTHING = Rupiah(0)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposal to choose or not.

    cost: whole rupiah; nothing or 0 means no readable cost, such a proposal is never chosen. rank: place given by the
    meeting, 1 first; equal ranks are settled by cost, position, id. position: place in the list (earlier wins).
    sources: codes that may pay; nothing means every source of the problem except those that pay only when named.
    single_source: one source must pay all of it. mandatory: the legal reason it must be in, empty if it need not.
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


@dataclass(frozen=True, slots=True)
class Source:
    """A funding source. ceiling: rupiah that may be shared out. earmarked: rupiah on top of it, only shown."""

    id: str
    ceiling: int
    earmarked: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """A rule about the money of one source: what may or must go to items by their tags.

    of: source code. tags, match: "any" counts items with one of the tags, "none" items with none of them. min, max:
    exact share of *base* (rupiah; the ceiling of the source if not given); min_amount, max_amount: rupiah. hard: a
    bound that may block; a soft row is only reported.
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
        return bool(self.tags & proposal.tags) == (self.match == "any")


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
    """Everything a choice rests on. order: the order sources are filled in; sources outside it come after, by code."""

    proposals: tuple[Proposal, ...]
    sources: tuple[Source, ...]
    shares: tuple[Share, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    year: int = 0
    order: tuple[str, ...] = FILL_ORDER
    not_by_default: frozenset[str] = NOT_BY_DEFAULT

    def ordered_sources(self) -> tuple[Source, ...]:
        """Return the sources in the order they are filled."""
        place = {code: index for index, code in enumerate(self.order)}
        return tuple(sorted(self.sources, key=lambda source: (place.get(source.id, len(place)), source.id)))

    def allowed(self, proposal: Proposal) -> tuple[str, ...]:
        """Return the codes of the sources that may pay *proposal*, in the order they are filled."""
        codes = (source.id for source in self.ordered_sources())
        if proposal.sources is None:
            return tuple(code for code in codes if code not in self.not_by_default)
        return tuple(code for code in codes if code in proposal.sources)

    def bounds(self, share: Share) -> tuple[int, int | None]:
        """Return the least (rounded up) and the most (rounded down; nothing = no limit) rupiah of a row."""
        ceilings = {source.id: source.ceiling for source in self.sources}
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """The choice with its reasons. decisions stand in the published order of the proposals.

    settled: every mandatory proposal is in. search_cut: a search over single-source payments hit its limit, so a
    proposal may have been passed over that fits. digest: SHA-256 over the problem and this outcome.
    """

    rule: str
    decisions: tuple[Decision, ...]
    sources: tuple[SourceState, ...]
    rows: tuple[RowState, ...]
    settled: bool = True
    search_cut: bool = False
    digest: str = ""

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
