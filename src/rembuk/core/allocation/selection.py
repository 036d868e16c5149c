"""A choice while it grows: what may still come in, what was refused and why, and the outcome it ends in.

Every rule buys through `Selection`, so every rule keeps every ceiling, hard row, prerequisite and exclusion. A rule
only says in which order it asks.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction

from rembuk.core.allocation.funding import ClassKey, Funder
from rembuk.core.allocation.model import (
    WHOLE,
    Decision,
    Outcome,
    Phase,
    Problem,
    Proposal,
    Round,
    RowState,
    Share,
    Solver,
    SourceState,
)
from rembuk.core.allocation.network import like
from rembuk.core.allocation.purse import Purse
from rembuk.core.allocation.settings import Settings
from rembuk.core.law.reasons import (
    CEILING_USED_UP,
    CHOSEN,
    COST_UNREADABLE,
    DEARER_THAN_SOURCES,
    EXCLUDED,
    PREREQUISITE_MISSING,
    RULE_ROW,
    SET_BY_MEETING,
)
from rembuk.core.money import Rupiah

ZERO = Fraction(0)


class Selection:
    """The chosen proposals of a valid problem and the money that pays them."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.payers = problem.allowed
        self.by_id = {item.id: item for item in problem.proposals}
        self.must = mandatory_closure(self.by_id)
        hard = [share for share in problem.shares if share.hard]
        self.whole = WholeRows(problem, [share for share in hard if share.of == WHOLE])
        self.funder: Funder | Purse = Purse(problem) if is_plain(problem) else Funder(problem)
        self.loose = Funder(problem, rows=False) if any(share.of != WHOLE for share in hard) else None
        self.ceilings = {source.id: source.ceiling for source in problem.sources}
        self.rooms: dict[tuple[ClassKey, ...], tuple[int, tuple[str, ...], tuple[str, ...]]] = {}
        self.loose_rooms: dict[ClassKey, int] = {}
        self.refused: dict[str, Decision] = {}
        self.rounds: list[Round] = []
        self.silent = False

    def copy(self, *, silent: bool = False) -> "Selection":
        """Return a selection that grows on its own from here. silent: it only says whether something was bought."""
        other = like(self)
        other.silent = silent or self.silent
        other.funder = self.funder.copy()
        other.loose = None if self.loose is None or other.silent else self.loose.copy()
        other.whole = self.whole.copy()
        other.rooms, other.loose_rooms = {}, {}
        other.refused, other.rounds = dict(self.refused), list(self.rounds)
        return other

    @property
    def spent(self) -> int:
        """Rupiah that the chosen proposals cost."""
        return sum(item.cost or 0 for item in self.funder.chosen.values())

    def __contains__(self, name: str) -> bool:
        return name in self.funder.chosen

    def lacking(self, item: Proposal) -> tuple[str, ...]:
        """Return the prerequisites that are not chosen, by id."""
        return tuple(sorted(other for other in item.requires if other not in self.funder.chosen))

    def rivals(self, item: Proposal) -> tuple[str, ...]:
        """Return the chosen proposals that leave no place for *item*; empty if it may come in."""
        rivals: set[str] = set()
        for rule in self.problem.exclusions:
            if item.id not in rule.ids:
                continue
            taken = {other for other in rule.ids if other in self.funder.chosen}
            if len(taken) >= rule.at_most:
                rivals |= taken or {item.id}
        return tuple(sorted(rivals))

    def fits(self, item: Proposal) -> bool:
        """Return whether *item* could be bought now: readable cost, prerequisites, no rivals, rows and money."""
        return self._may(item) and self.funder.fits(item)

    def _may(self, item: Proposal) -> bool:
        """Return whether nothing but money of single sources could stand in the way of *item*."""
        return not (not item.cost or self.lacking(item) or self.rivals(item) or self.whole.blocking(item))

    def buy(self, item: Proposal, phase: Phase, votes: Fraction = ZERO, price: Fraction | None = None) -> bool:
        """Buy *item* if it fits, else remember why not (unless silent); return whether it was bought.

        An item that waits for a prerequisite is not refused: ask again, or end with `refuse_waiting`.
        """
        if self.silent and not self._may(item):
            return False
        if not item.cost:
            self.refuse(item, COST_UNREADABLE)
        elif rivals := self.rivals(item):
            self.refuse(item, EXCLUDED, others=rivals)
        elif self.lacking(item):
            return False
        elif rows := self.whole.blocking(item):
            self.refuse(item, RULE_ROW, missing=self.whole.missing(item), rows=rows)
        elif not self.funder.add(item):
            if not self.silent:
                self._refuse_for_money(item)
        else:
            if self.loose is not None:
                self.loose.add(item)
            self.whole.add(item)
            self.rooms, self.loose_rooms = {}, {}
            self.refused.pop(item.id, None)
            self.rounds.append(Round(item.id, phase, votes, price))
            return True
        return False

    def buy_mandatory(self) -> None:
        """Buy what must be in, and what it requires, in the published order, prerequisites first."""
        waiting = [item for item in self.problem.ranked() if item.id in self.must]
        self.buy_in_order(waiting, "mandatory")

    def buy_in_order(
        self, items: Iterable[Proposal], phase: Phase, votes: Callable[[str], Fraction] | None = None
    ) -> None:
        """Buy what fits, in the given order; one that waits is tried again as soon as its prerequisite is in.

        items may be worked out as it is read: what was asked before is bought by then. votes: id -> weight of voters.
        """
        waiting: list[Proposal] = []
        for item in items:
            if item.id in self:
                continue
            if item.cost and self.lacking(item):
                waiting.append(item)
            elif self.buy(item, phase, votes(item.id) if votes else ZERO):
                waiting = self._retry(waiting, phase, votes)

    def _retry(self, waiting: list[Proposal], phase: Phase, votes: Callable[[str], Fraction] | None) -> list[Proposal]:
        """Try those that waited, in their order, until nothing moves; return those that still wait."""
        moved = True
        while moved:
            moved = False
            for item in waiting:
                if not self.lacking(item):
                    waiting = [other for other in waiting if other is not item]
                    moved = True
                    self.buy(item, phase, votes(item.id) if votes else ZERO)
                    break
        return waiting

    def refuse_waiting(self) -> None:
        """Refuse everything not decided yet: for its prerequisite, or for what stands in its way now."""
        for item in self.problem.ranked():
            if item.id in self or item.id in self.refused:
                continue
            if not item.cost:
                self.refuse(item, COST_UNREADABLE)
            elif rivals := self.rivals(item):
                self.refuse(item, EXCLUDED, others=rivals)
            elif missing := self.lacking(item):
                self.refuse(item, PREREQUISITE_MISSING, others=missing)
            elif rows := self.whole.blocking(item):
                self.refuse(item, RULE_ROW, missing=self.whole.missing(item), rows=rows)
            else:
                self._refuse_for_money(item)

    def _refuse_for_money(self, item: Proposal) -> None:
        allowed = self.payers(item)
        ceilings = [self.ceilings[code] for code in allowed]
        cost = item.cost or 0
        most = max(ceilings, default=0) if item.single_source else sum(ceilings)
        room, sources, rows = self._room_for(item, cost)
        if cost > most:
            self.refuse(item, DEARER_THAN_SOURCES, missing=cost - most, sources=allowed)
        elif self.loose is not None and self._fits_loosely(item, cost):
            # Ceilings alone would let it in beside the chosen ones: a row stands in the way.
            self.refuse(item, RULE_ROW, missing=cost - room, sources=sources, rows=rows)
        else:
            self.refuse(item, CEILING_USED_UP, missing=max(0, cost - room), sources=sources or allowed)

    def _room_for(self, item: Proposal, cost: int) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """Return `Funder.room_for`; where the money does not reach, like proposals get the same answer."""
        if isinstance(self.funder, Purse):
            return self.funder.room_for(item)
        keys = tuple(self.funder.keys[item.id])
        known = self.rooms.get(keys)
        if known is None or known[0] >= cost:
            known = self.funder.room_for(item)
            if known[0] < cost:
                self.rooms[keys] = known
        return known

    def _fits_loosely(self, item: Proposal, cost: int) -> bool:
        """Return whether the ceilings alone would let *item* in."""
        if self.loose is None or self.loose.splittable is not None:
            return self.loose is not None and self.loose.fits(item)
        key = self.loose.keys[item.id][0]
        if key not in self.loose_rooms:
            self.loose_rooms[key] = self.loose.reach(key)
        return self.loose_rooms[key] >= cost

    def refuse(
        self,
        item: Proposal,
        code: str,
        *,
        missing: int = 0,
        sources: tuple[str, ...] = (),
        rows: tuple[str, ...] = (),
        others: tuple[str, ...] = (),
    ) -> None:
        """Remember why *item* is not chosen; a later purchase forgets it."""
        self.refused[item.id] = Decision(
            id=item.id,
            chosen=False,
            code=code,
            cost=cost_of(item),
            missing=Rupiah(missing),
            blocked_sources=sources,
            blocked_rows=rows,
            others=others,
            note=self.must.get(item.id, ""),
        )

    def outcome(self, settings: Settings, *, share: Fraction | None = None, solver: Solver | None = None) -> Outcome:
        """Return the outcome; whatever was never asked is refused first. The digest is still empty."""
        self.refuse_waiting()
        ranked = self.problem.ranked()
        amounts = self.funder.amounts([item for item in ranked if item.id in self])
        decisions = tuple(
            self._chosen(item, amounts[item.id]) if item.id in self else self.refused[item.id] for item in ranked
        )
        return Outcome(
            rule=settings.rule,
            decisions=decisions,
            sources=source_states(self.problem, decisions),
            rows=row_states(self.problem, decisions),
            settled=all(name in self for name in self.must),
            search_cut=self.funder.search_cut,
            settings=settings,
            rounds=tuple(self.rounds),
            share=share,
            solver=solver,
        )

    def _chosen(self, item: Proposal, amounts: tuple[tuple[str, Rupiah], ...]) -> Decision:
        note = self.must.get(item.id, "")
        code = SET_BY_MEETING if note else CHOSEN
        return Decision(id=item.id, chosen=True, code=code, cost=cost_of(item), amounts=amounts, note=note)


class WholeRows:
    """The hard rows about all money together: plain sums, since a proposal's whole cost counts or does not."""

    def __init__(self, problem: Problem, shares: list[Share]) -> None:
        self.total = sum(source.ceiling for source in problem.sources)
        self.rows = [(share, *problem.bounds(share)) for share in sorted(shares, key=lambda share: share.name)]
        self.spent = 0
        self.used = {share.name: 0 for share in shares}
        self.floors = {
            share.name: min(low, sum(item.cost or 0 for item in problem.proposals if share.counts(item)))
            for share, low, _ in self.rows
        }

    def copy(self) -> "WholeRows":
        """Return rows that count on their own from here."""
        other = like(self)
        other.used = dict(self.used)
        return other

    def blocking(self, item: Proposal) -> tuple[str, ...]:
        """Return the rows that *item* would break: over a maximum, or into money that a minimum still needs."""
        return tuple(share.name for share, _, high in self.rows if self._lacks(share, high, item) > 0)

    def missing(self, item: Proposal) -> int:
        """Return the rupiah by which *item* breaks the row it breaks most."""
        return max((self._lacks(share, high, item) for share, _, high in self.rows), default=0)

    def _lacks(self, share: Share, high: int | None, item: Proposal) -> int:
        cost = item.cost or 0
        if share.counts(item):
            return 0 if high is None else self.used[share.name] + cost - high
        kept = max(0, self.floors[share.name] - self.used[share.name])
        return self.spent + cost + kept - self.total if kept else 0

    def add(self, item: Proposal) -> None:
        """Count a bought proposal."""
        self.spent += item.cost or 0
        for share, _, _ in self.rows:
            if share.counts(item):
                self.used[share.name] += item.cost or 0


def is_plain(problem: Problem) -> bool:
    """Return whether one source pays everything without hard rows of its own: then a sum answers every question."""
    if len(problem.sources) != 1 or any(share.hard and share.of != WHOLE for share in problem.shares):
        return False
    code, payers = problem.sources[0].id, problem.allowed
    return all(payers(item) == (code,) for item in problem.proposals)


def cost_of(item: Proposal) -> Rupiah | None:
    """Return the cost as rupiah, nothing if there is none."""
    return None if item.cost is None else Rupiah(item.cost)


def mandatory_closure(by_id: dict[str, Proposal]) -> dict[str, str]:
    """Return id -> reason for the mandatory proposals and everything they require."""
    reasons: dict[str, str] = {}
    queue = sorted((item for item in by_id.values() if item.mandatory), key=lambda item: item.id)
    for item in queue:
        reasons[item.id] = item.mandatory
    while queue:
        item = queue.pop(0)
        for other in sorted(item.requires):
            if other not in reasons:
                reasons[other] = reasons[item.id]
                queue.append(by_id[other])
    return reasons


def source_states(problem: Problem, decisions: tuple[Decision, ...]) -> tuple[SourceState, ...]:
    """Return what each source gave, in filling order."""
    used: dict[str, int] = {}
    for decision in decisions:
        for code, amount in decision.amounts:
            used[code] = used.get(code, 0) + amount
    return tuple(
        SourceState(source.id, Rupiah(source.ceiling), Rupiah(source.earmarked), Rupiah(used.get(source.id, 0)))
        for source in problem.ordered_sources()
    )


def row_states(problem: Problem, decisions: tuple[Decision, ...]) -> tuple[RowState, ...]:
    """Return how each share row stands, by name."""
    by_id = {item.id: item for item in problem.proposals}
    states = []
    for share in sorted(problem.shares, key=lambda share: share.name):
        low, high = problem.bounds(share)
        used = sum(
            amount
            for decision in decisions
            if decision.amounts and share.counts(by_id[decision.id])
            for code, amount in decision.amounts
            if share.of in (code, WHOLE)
        )
        most = None if high is None else Rupiah(high)
        row = RowState(share.name, share.of, share.hard, Rupiah(low), most, Rupiah(used), share.legal_basis)
        states.append(row)
    return tuple(states)
