"""The rules told as simply as they can be, in fractions and loops: what the explanations are held against.

Nothing here is fast and nothing is shared with the engine but `Selection`, which says what may be paid.
"""

from fractions import Fraction

from rembuk.core.allocation.model import Ballot, Outcome, Phase, Problem, Proposal
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings, lot


def utility(item: Proposal, ballot: Ballot, settings: Settings) -> int:
    """What a voter gets from a proposal."""
    mark = dict(ballot.marked).get(item.id, 0)
    if mark <= 0:
        return 0
    return {"cost": item.cost or 0, "cardinality": 1}.get(settings.utility, mark)


class Plain:
    """One problem, one rule."""

    def __init__(self, problem: Problem, settings: Settings) -> None:
        self.problem = problem
        self.settings = settings
        self.selection = Selection(problem)
        self.items = [item for item in problem.proposals if item.cost]
        self.votes = {item.id: self.sum_of(item, 1) for item in self.items}

    def sum_of(self, item: Proposal, fixed: int | None = None) -> Fraction:
        total = Fraction(0)
        for ballot in self.problem.ballots:
            gain = utility(item, ballot, self.settings)
            total += ballot.weight * ((fixed if gain else 0) if fixed is not None else gain)
        return total

    def tie(self, item: Proposal) -> tuple[object, ...]:
        if self.settings.ties.mode == "lexicographic":
            return (item.id,)
        got = sum(other.cost or 0 for other in self.selection.funder.chosen.values() if other.hamlet == item.hamlet)
        number = item.number or item.id
        ticket = lot(number, village=self.problem.village, year=self.problem.year, seed=self.settings.ties.seed)
        return (item.cost, -self.votes[item.id], got, ticket, item.id)

    def open(self) -> list[Proposal]:
        return [item for item in self.items if item.id not in self.selection and item.id not in self.selection.refused]

    def mes(self, share: Fraction | None) -> Outcome:
        """Equal shares at a given share (nothing: the first one), then the utilitarian completion if asked for."""
        self.selection.buy_mandatory()
        self.selection.refused.clear()
        voters = sum((ballot.weight for ballot in self.problem.ballots), Fraction(0))
        if share is None:
            spent = sum(item.cost or 0 for item in self.selection.funder.chosen.values())
            money = sum(source.ceiling for source in self.problem.sources) - spent
            share = Fraction(money) / voters if voters else Fraction(0)
        held = [share] * len(self.problem.ballots)
        while True:
            priced = [
                (price, self.tie(item), item)
                for item in self.open()
                if not self.selection.lacking(item) and (price := self.price(item, held)) is not None
            ]
            if not priced:
                break
            price, _, item = min(priced, key=lambda entry: entry[:2])
            if self.selection.buy(item, "shares", self.votes[item.id], price):
                for index, ballot in enumerate(self.problem.ballots):
                    held[index] -= min(held[index], price * utility(item, ballot, self.settings))
        if self.settings.completion != "none":
            self.selection.refused.clear()
            self.in_order("completion", [item for item in self.open() if self.votes[item.id]], per_rupiah=True)
        return self.selection.outcome(self.settings, share=share)

    def price(self, item: Proposal, held: list[Fraction]) -> Fraction | None:
        behind = [
            (held[index] / gain, ballot.weight, gain)
            for index, ballot in enumerate(self.problem.ballots)
            if (gain := utility(item, ballot, self.settings))
        ]
        need = Fraction(item.cost or 0)
        if sum((weight * gain * level for level, weight, gain in behind), Fraction(0)) < need:
            return None
        behind.sort()
        while behind:
            price = need / sum(weight * gain for _, weight, gain in behind) if any(w for _, w, _ in behind) else None
            if price is None:
                return None
            level, weight, gain = behind[0]
            if price <= level:
                return price
            need -= weight * gain * level
            behind.pop(0)
        return None

    def in_order(self, phase: Phase, items: list[Proposal], *, per_rupiah: bool) -> None:
        def key(item: Proposal) -> Fraction:
            if not self.problem.ballots:
                ranked = len(self.problem.proposals) - item.rank + 1
                return Fraction(ranked, item.cost or 1) if per_rupiah else Fraction(-item.rank)
            if self.settings.utility == "cost":
                return self.votes[item.id]
            return self.sum_of(item) / (item.cost or 1) if per_rupiah else self.sum_of(item)

        waiting: list[Proposal] = []
        left = list(items)
        while left:
            best = max(key(item) for item in left)
            tied = [item for item in left if key(item) == best]
            item = min(tied, key=self.ranked_tie if not self.problem.ballots else self.tie)
            left.remove(item)
            if self.selection.lacking(item):
                waiting.append(item)
                continue
            self.selection.buy(item, phase, self.votes[item.id])
            while ready := [other for other in waiting if not self.selection.lacking(other)]:
                waiting.remove(ready[0])
                self.selection.buy(ready[0], phase, self.votes[ready[0].id])

    @staticmethod
    def ranked_tie(item: Proposal) -> tuple[object, ...]:
        return (item.cost, item.position, item.id)

    def greedy(self) -> Outcome:
        self.selection.buy_mandatory()
        self.selection.refused.clear()
        self.in_order("rank", self.open(), per_rupiah=self.settings.rule != "greedy")
        return self.selection.outcome(self.settings)

    def phragmen(self) -> Outcome:
        """Loads: the purchase after which the most loaded of its supporters carries least."""
        self.selection.buy_mandatory()
        self.selection.refused.clear()
        loads = [Fraction(0)] * len(self.problem.ballots)
        while True:
            asked = []
            for item in self.open():
                if self.votes[item.id] and not self.selection.lacking(item):
                    behind = sum(
                        (
                            ballot.weight * loads[index]
                            for index, ballot in enumerate(self.problem.ballots)
                            if utility(item, ballot, self.settings)
                        ),
                        Fraction(0),
                    )
                    asked.append((((item.cost or 0) + behind) / self.votes[item.id], self.tie(item), item))
            if not asked:
                break
            load, _, item = min(asked, key=lambda entry: entry[:2])
            if self.selection.buy(item, "loads", self.votes[item.id], load):
                for index, ballot in enumerate(self.problem.ballots):
                    if utility(item, ballot, self.settings):
                        loads[index] = load
            elif self.settings.stops:
                break
        return self.selection.outcome(self.settings)

    def run(self, share: Fraction | None = None) -> Outcome:
        if self.settings.rule == "mes":
            return self.mes(share)
        return self.phragmen() if self.settings.rule == "phragmen" else self.greedy()
