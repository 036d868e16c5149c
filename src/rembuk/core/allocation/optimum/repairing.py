"""The rule ``mes-repair``: equal shares, then the law with as few changes as its order allows.

Equal shares say an order: its purchases, then the other proposals by votes. Along that order each proposal is taken
unless no lawful plan that has everything taken before it, and misses the minimums by as little as any plan must, has it
too. So the first purchase of equal shares is given up only where law or minimums leave no other way, then the second.

What it guarantees: every hard row; minimums of hard and elastic rows reached as far as any plan reaches them; no plan
with these two comes earlier in the order. What it does not: that the result is proportional. Wherever a purchase of
equal shares had to go, nobody can be promised any more what equal shares promised.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from rembuk.core.allocation.equal_shares import equal_shares
from rembuk.core.allocation.model import Outcome, Problem, Proposal
from rembuk.core.allocation.optimum.choosing import bought, refused, solver_of
from rembuk.core.allocation.optimum.conflicts import conflict_of
from rembuk.core.allocation.optimum.exactness import Plan, payable
from rembuk.core.allocation.optimum.formulation import Formulation, Line, formulate
from rembuk.core.allocation.optimum.searching import Bounds, Search
from rembuk.core.allocation.optimum.solving import Answer, Clock, Model, Question
from rembuk.core.allocation.optimum.weights import Support, support_for, tie_order
from rembuk.core.allocation.settings import Settings

BLOCK: Final = 12
"""Proposals asked about in one question: with weights of powers of two their order is kept exactly, and with more of
them some questions take the solver many times as long (measured with 8 to 16)."""


def mes_repair(problem: Problem, settings: Settings) -> Outcome:
    """Return the equal-shares outcome repaired to the law for a valid problem (its digest is still empty).

    The recorded objective is how many purchases of equal shares stayed, the bound how many there were, where the
    repair is proven (``optimal``: the bound is the objective, since no plan keeps more of the order).
    """
    wanted = shares_of(problem, settings)
    support = support_for(problem, problem.proposals)
    ties = tie_order(problem, settings, support)
    order = repair_order(problem, settings, wanted, support)
    made = formulate(problem, ties)
    walk = Walk(made, settings)
    bought_first = set(wanted.order)
    asked = [item.id for item in order if item.id in made.of]
    status = walk.along(asked, sum(name in bought_first for name in asked))
    if status == "infeasible":
        return refused(problem, settings, conflict_of(made, walk.search.model))
    if walk.plan is None:
        kept = len(wanted.order)
        return bought_like(problem, settings, wanted, kept)
    taken = {made.columns[index].proposal.id for index in walk.plan.picked}
    kept = len(taken & set(wanted.order))
    bound = kept if status == "optimal" else max(kept, len(wanted.order))
    return bought(made, walk.plan, settings, solver_of(status, kept, bound), support)


def shares_of(problem: Problem, settings: Settings) -> Outcome:
    """Return the outcome of equal shares under the same settings, the one at hand or a new one."""
    known = problem.kept(replace(settings, rule="mes"))
    return equal_shares(problem, settings) if known is None else replace(known, settings=settings, digest="")


def bought_like(problem: Problem, settings: Settings, wanted: Outcome, kept: int) -> Outcome:
    """Return the equal-shares outcome unrepaired, where time ran out before any plan."""
    rounds = tuple(replace(step, phase="optimum", price=None) for step in wanted.rounds)
    return replace(wanted, rule=settings.rule, rounds=rounds, share=None, solver=solver_of("feasible", kept, kept))


def repair_order(
    problem: Problem, settings: Settings, wanted: Outcome, support: Support | None = None
) -> list[Proposal]:
    """Return the purchases of equal shares in their order, then the rest by votes, then the published order of ties."""
    bought_at = {name: place for place, name in enumerate(wanted.order)}
    votes = support_for(problem, problem.proposals) if support is None else support
    items = list(tie_order(problem, settings, votes))
    ranks = {item.id: -votes[item.id] if problem.ballots else item.rank for item in items}
    items.sort(key=lambda item: (bought_at.get(item.id, len(bought_at)), ranks[item.id]))
    return items


class Walk:
    """A walk along an order: what is taken, what is not, and a plan that shows both are possible together."""

    def __init__(self, made: Formulation, settings: Settings) -> None:
        self.made = made
        self.search = Search(made, Model(made), Clock(float(settings.time_limit)))
        self.levels: list[Line] = []
        self.fixed: Bounds = {}
        self.taken: tuple[str, ...] = ()
        self.plan: Plan | None = None
        self.answer: Answer | None = None

    def along(self, order: Sequence[str], hoped: int = 0) -> str:
        """Take what can be taken, in order; return the status the result deserves.

        hoped: how many of the first are likely to be taken: half of those left are tried at once, until that fails.
        """
        asked = list(order)
        self.fixed = self.search.closed()
        status = self._ask(asked[:BLOCK])
        if status == "infeasible" and self.made.targets:
            least = self.search.least_lacking()
            if isinstance(least, str):
                return least
            self.search.cuts.clear()
            self.levels, self.fixed = least, self.search.open()
            status = self._ask(asked[:BLOCK])
        decided = BLOCK
        while status == "optimal" and self.plan is not None:
            self._settle(asked[:decided])
            decided = self._agreed(asked, decided)
            if decided >= len(asked):
                return self._placed()
            start = decided + max(0, hoped - decided) // 2
            status = self._ask(asked[start : start + BLOCK], asked[decided:start])
            if start > decided and status == "infeasible":
                hoped, status = 0, "optimal"
            else:
                decided = start + BLOCK
        return status if self.plan is None else "feasible"

    def _ask(self, block: Sequence[str], with_all: Sequence[str] = ()) -> str:
        """Ask for a plan with as much of a block as can be, in order, and with all of *with_all*; return the status."""
        weights = {name: 1 << (len(block) - place) for place, name in enumerate(block)}
        start = self.answer.raw if self.answer is not None else ()
        question = Question(
            self.search.by_column(weights), fixed=self._fixed(with_all), extra=self._rows(with_all), start=start
        )
        answer, plan = self.search.ask(question)
        if plan is not None:
            self.answer, self.plan = answer, plan
        return answer.status

    def _rows(self, with_all: Sequence[str] = ()) -> list[Line]:
        """Return the rows that hold what lacks at its least and keep what is taken from one of several sources."""
        several = [self.made.chosen(name) for name in (*self.taken, *with_all) if len(self.made.of[name]) > 1]
        return [*self.levels, *(Line("", terms, 1, None, money=False) for terms in several)]

    def _fixed(self, with_all: Sequence[str] = ()) -> Bounds:
        """Return the bounds of columns: what is taken by its only column is 1."""
        ones = (self.made.of[name] for name in (*self.taken, *with_all))
        return {**self.fixed, **{columns[0]: (1, 1) for columns in ones if len(columns) == 1}}

    def _settle(self, names: Sequence[str]) -> None:
        """Fix what the plan says about *names*: taken stays in, the rest stays out."""
        assert self.plan is not None
        have = {self.made.columns[index].proposal.id for index in self.plan.picked}
        self.taken = tuple(name for name in names if name in have)
        for name in names:
            if name not in have:
                self.fixed |= dict.fromkeys(self.made.of[name], (0, 0))

    def _agreed(self, order: Sequence[str], decided: int) -> int:
        """Go on without asking while the plan has the next one, or it plainly does not fit; return how far."""
        assert self.plan is not None
        have = {self.made.columns[index].proposal.id for index in self.plan.picked}
        while decided < len(order):
            name = order[decided]
            if name in have:
                self.taken = (*self.taken, name)
            elif not self._may_fit(name):
                self.fixed |= dict.fromkeys(self.made.of[name], (0, 0))
            else:
                break
            decided += 1
        return decided

    def _may_fit(self, name: str) -> bool:
        """Return whether *name* could join the taken ones, minimums and later prerequisites aside; in doubt yes."""
        taken = {*self.taken, name}
        if any(len(rule.ids & taken) > rule.at_most for rule in self.made.problem.exclusions if name in rule.ids):
            return False
        columns = [self.made.of[other] for other in (*self.taken, name)]
        if any(len(each) > 1 for each in columns):
            return True
        return payable(self.made, [each[0] for each in columns])

    def _placed(self) -> str:
        assert self.plan is not None
        assert self.answer is not None
        placed = self.search.place(self.answer, self.plan, self._rows(), self._fixed())
        if placed is None:
            return "feasible"
        self.plan = placed
        return "optimal"
