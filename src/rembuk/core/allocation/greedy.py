"""Greedy by rank with skipping: take the proposals in the published order, each one that can still be paid.

Mandatory proposals and what they require come first. A proposal whose prerequisite is not chosen yet waits and is tried
again as soon as that prerequisite is chosen; one that still waits at the end is refused for it.
"""

from rembuk.core.allocation.funding import Funder, arrange
from rembuk.core.allocation.model import Decision, Outcome, Problem, Proposal, RowState, SourceState
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


def greedy(problem: Problem) -> Outcome:
    """Return the outcome of the greedy rule for a valid problem (its digest is still empty)."""
    run = _Run(problem)
    run.walk()
    return run.outcome()


class _Run:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.ranked = problem.ranked()
        self.by_id = {item.id: item for item in self.ranked}
        self.must = _mandatory_closure(self.by_id)
        self.funder = Funder(problem)
        self.loose = Funder(problem, rows=False) if any(share.hard for share in problem.shares) else None
        self.ceilings = {source.id: source.ceiling for source in problem.sources}
        self.refused: dict[str, Decision] = {}

    def walk(self) -> None:
        """Consider every proposal once, waiting ones again when their prerequisite is chosen."""
        waiting: list[Proposal] = []
        for item in sorted(self.ranked, key=lambda item: item.id not in self.must):
            if not item.cost:
                self._refuse(item, COST_UNREADABLE)
            elif any(other not in self.funder.chosen for other in item.requires):
                waiting.append(item)
            elif self._consider(item):
                waiting = self._retry(waiting)
        for item in waiting:
            missing = tuple(sorted(other for other in item.requires if other not in self.funder.chosen))
            self._refuse(item, PREREQUISITE_MISSING, others=missing)

    def _retry(self, waiting: list[Proposal]) -> list[Proposal]:
        """Try those that waited, in the published order, until nothing moves; return those that still wait."""
        moved = True
        while moved:
            moved = False
            for item in waiting:
                if all(other in self.funder.chosen for other in item.requires):
                    waiting = [other for other in waiting if other is not item]
                    moved = True
                    self._consider(item)
                    break
        return waiting

    def _consider(self, item: Proposal) -> bool:
        rivals = self._rivals(item)
        if rivals:
            self._refuse(item, EXCLUDED, others=rivals)
            return False
        if self.funder.add(item):
            if self.loose is not None:
                self.loose.add(item)
            return True
        self._refuse_for_money(item)
        return False

    def _rivals(self, item: Proposal) -> tuple[str, ...]:
        """Return the chosen proposals that leave no place for *item*; empty if it may come in."""
        rivals: set[str] = set()
        for rule in self.problem.exclusions:
            taken = {other for other in rule.ids if other in self.funder.chosen}
            if item.id in rule.ids and len(taken) >= rule.at_most:
                rivals |= taken or {item.id}
        return tuple(sorted(rivals))

    def _refuse_for_money(self, item: Proposal) -> None:
        allowed = self.problem.allowed(item)
        ceilings = [self.ceilings[code] for code in allowed]
        cost = item.cost or 0
        whole = max(ceilings, default=0) if item.single_source else sum(ceilings)
        room, sources, rows = self.funder.room_for(item)
        if cost > whole:
            self._refuse(item, DEARER_THAN_SOURCES, missing=cost - whole, sources=allowed)
        elif self._row_stands_in_the_way(item):
            self._refuse(item, RULE_ROW, missing=cost - room, sources=sources, rows=rows)
        else:
            self._refuse(item, CEILING_USED_UP, missing=cost - room, sources=sources or allowed)

    def _row_stands_in_the_way(self, item: Proposal) -> bool:
        """Return whether *item* could be paid beside the chosen ones if there were ceilings only."""
        return self.loose is not None and self.loose.fits(item)

    def _refuse(
        self,
        item: Proposal,
        code: str,
        *,
        missing: int = 0,
        sources: tuple[str, ...] = (),
        rows: tuple[str, ...] = (),
        others: tuple[str, ...] = (),
    ) -> None:
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

    def outcome(self) -> Outcome:
        chosen = [item for item in self.ranked if item.id in self.funder.chosen]
        amounts = arrange(self.problem, chosen, self.funder.placed)
        decisions = tuple(
            self.refused[item.id] if item.id in self.refused else self._chosen(item, amounts[item.id])
            for item in self.ranked
        )
        return Outcome(
            rule="greedy",
            decisions=decisions,
            sources=source_states(self.problem, decisions),
            rows=row_states(self.problem, decisions),
            settled=not any(item in self.refused for item in self.must),
            search_cut=self.funder.search_cut,
        )

    def _chosen(self, item: Proposal, amounts: tuple[tuple[str, Rupiah], ...]) -> Decision:
        note = self.must.get(item.id, "")
        code = SET_BY_MEETING if note else CHOSEN
        return Decision(id=item.id, chosen=True, code=code, cost=cost_of(item), amounts=amounts, note=note)


def cost_of(item: Proposal) -> Rupiah | None:
    """Return the cost as rupiah, nothing if there is none."""
    return None if item.cost is None else Rupiah(item.cost)


def _mandatory_closure(by_id: dict[str, Proposal]) -> dict[str, str]:
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
            for code, amount in decision.amounts
            if code == share.of and share.counts(by_id[decision.id])
        )
        most = None if high is None else Rupiah(high)
        row = RowState(share.name, share.of, share.hard, Rupiah(low), most, Rupiah(used), share.legal_basis)
        states.append(row)
    return tuple(states)
