"""Looks for the best plan in levels, and believes nothing that whole rupiah do not confirm.

Levels, each decided before the next: the least rupiah lacking to the minimums of hard rows; the least lacking to the
elastic minimums; the most points; the published order of equal plans; the first sources for single-source proposals.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor
from typing import Final

from rembuk.core.allocation.model import Proposal
from rembuk.core.allocation.optimum.exactness import (
    Plan,
    cover,
    is_about_all,
    keeps_rows,
    no_good,
    payable,
    reaches,
    whole_lack,
)
from rembuk.core.allocation.optimum.formulation import Formulation, Line
from rembuk.core.allocation.optimum.linear import Linear
from rembuk.core.allocation.optimum.solving import Answer, Clock, Model, Question

Bounds = dict[int, tuple[int, int]]
"""Column -> least and most, rupiah or 0/1."""
CORE: Final = 60
"""Choices left open at first (measured in villages of 300: 30 to 80 are in doubt in the end)."""
MANY: Final = 60
"""With more choices in doubt the relaxation is drawn again."""
SOME: Final = 0.1
"""It is drawn on as long as that settles this part of them."""
BLOCK: Final = 6
"""Single-source proposals placed in one question; with 8 sources their weights stay below 2^18."""
TINY: Final = 1e-4
"""By how much a bound may miss a whole number; points are whole, so it decides nothing."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ended with. status: as of `Solver`, or ``unknown`` where time ran out before any plan.

    points: of the plan; bound: no plan that lacks as little can have more.
    """

    status: str
    plan: Plan | None = None
    points: int = 0
    bound: int = 0


@dataclass(slots=True)
class Search:
    """One formulation being searched.

    cuts: sets the solver believed in and whole rupiah refused. core: choices that a first search for whole plans is
    left with.
    """

    made: Formulation
    model: Model
    clock: Clock
    gap: float = 0.0
    cuts: list[Line] = field(default_factory=list)
    core: int = CORE

    def best(self, points: Mapping[str, int], weights: Mapping[str, int]) -> Found:
        """Return the plan with the most *points*; of equal ones the one with the most *weights* (both by id)."""
        worth = self.by_column(points)
        levels: list[Line] = []
        answer, plan, decided = self.most(Question(worth, fixed=self.closed(), gap=self.gap))
        if answer.status == "infeasible" and self.made.targets:
            least = self.least_lacking()
            if isinstance(least, str):
                return Found(least)
            levels = least
            self.cuts.clear()  # some held only where every minimum is reached
            answer, plan, decided = self.most(Question(worth, fixed=self.open(), extra=levels, gap=self.gap))
        if plan is None:
            return Found(answer.status)
        have = self.sum(worth, plan)
        bound = max(have, floor(answer.bound + TINY))
        if bound > have:
            return Found("feasible", plan, have, bound)
        levels.append(Line("", list(worth.items()), have, None, money=False))
        settled = self.settle(weights, levels, answer, plan, decided)
        return Found("feasible", plan, have, have) if settled is None else Found("optimal", settled, have, have)

    def most(self, question: Question) -> tuple[Answer, Plan | None, Bounds]:
        """Return an answer with the most of the objective, its plan, and the choices that every plan as good makes.

        Whole plans are sought among the few proposals that the relaxation leaves in doubt; what it leaves out is let
        in again unless its bound shows that no plan so good can have it.
        """
        if self.gap or self.made.choices <= self.core:
            return *self.ask(question), {}
        relaxed = Linear(self.model, replace(question, extra=(*question.extra, *self.cuts)), self.clock)
        if relaxed.status != "optimal":
            return Answer(relaxed.status), None, {}
        tried = relaxed.likely(self.core)
        answer, plan = self.ask(replace(question, fixed={**question.fixed, **tried}))
        if plan is None and answer.status == "infeasible":
            tried = {}
            answer, plan = self.ask(question)
        if plan is None:
            return answer, None, {}
        decided = self.decided(question, relaxed, plan)
        if not tried.keys() <= decided.keys():
            answer, better = self.ask(replace(question, fixed={**question.fixed, **decided}, start=answer.raw))
            plan = better or plan
            decided |= relaxed.decided(self.sum(question.objective, plan))
        if answer.status != "optimal":
            answer = replace(answer, bound=relaxed.bound)
        return answer, plan, decided

    def decided(self, question: Question, relaxed: Linear, plan: Plan) -> Bounds:
        """Return the choices that every plan makes that is worth as much as *plan*.

        Where they leave many in doubt the question is relaxed again with them made: its cuts are then sharper.
        """
        least = self.sum(question.objective, plan)
        decided = relaxed.decided(least)
        while (free := self.made.choices - len(question.fixed.keys() | decided.keys())) > MANY:
            again = Linear(self.model, replace(question, fixed={**question.fixed, **decided}), self.clock)
            more = again.decided(least) if again.status == "optimal" else {}
            decided |= more
            if len(more) < free * SOME:
                break
        return decided

    def settle(
        self, weights: Mapping[str, int], levels: Sequence[Line], answer: Answer, plan: Plan, decided: Bounds
    ) -> Plan | None:
        """Return the plan that the published order prefers among those that keep *levels*; nothing if time runs out.

        decided: bounds of choices that all those plans make.
        """
        lacking = any(plan.lacks)
        fixed = (self.open() if lacking else self.closed()) | decided
        answer, better = self.ask(Question(self.by_column(weights), fixed=fixed, extra=levels, start=answer.raw))
        if answer.status != "optimal" or better is None:
            return None
        return self.place(answer, better, levels, fixed)

    def place(self, answer: Answer, plan: Plan, levels: Sequence[Line], fixed: Bounds) -> Plan | None:
        """Give every chosen single-source proposal the first source it can have, in the order of the columns."""
        taken = {self.made.columns[index].proposal.id for index in plan.picked}
        open_to = [name for name in self.made.of if name in taken and len(self.made.of[name]) > 1]
        for name, columns in self.made.of.items():
            if len(columns) == 1:
                fixed[columns[0]] = (int(name in taken),) * 2
        links = [Line("", self.made.chosen(name), 1, 1, money=False) for name in open_to]
        closed = [name for name in self.made.of if len(self.made.of[name]) > 1 and name not in taken]
        fixed |= {column: (0, 0) for name in closed for column in self.made.of[name]}
        at_first = sorted(self.made.of[name][0] for name in self.made.of if name in taken)
        checked = self.check(Answer("optimal", tuple(at_first)), Question({}, fixed=fixed, extra=levels))
        if isinstance(checked, Plan):
            return checked
        for start in range(0, len(open_to), BLOCK):
            weights: dict[int, int] = {}
            for place, name in enumerate(reversed(open_to[start : start + BLOCK])):
                columns = self.made.of[name]
                size = max(len(self.made.of[other]) for other in open_to)
                weights |= {column: (len(columns) - at) * (size + 1) ** place for at, column in enumerate(columns)}
            asked = Question(weights, fixed=fixed, extra=[*levels, *links], start=answer.raw)
            answer, better = self.ask(asked)
            if answer.status != "optimal" or better is None:
                return None
            plan = better
            picked = set(plan.picked)
            fixed |= {column: (int(column in picked),) * 2 for column in weights}
        return plan

    def least_lacking(self) -> list[Line] | str:
        """Return the rows that hold what lacks at its least, hard minimums first; or why there is no such plan."""
        levels: list[Line] = []
        for hard in (True, False):
            mine = [index for index, target in enumerate(self.made.targets) if target.share.hard == hard]
            if not mine:
                continue
            shorts = {self.made.targets[index].short: 1 for index in mine}
            answer, plan = self.ask(Question(shorts, maximise=False, fixed=self.open(), extra=levels))
            if plan is None or answer.status != "optimal":
                return answer.status if plan is None else "unknown"
            least = sum(plan.lacks[index] for index in mine)
            levels.append(Line("", list(shorts.items()), None, least))
        return levels

    def ask(self, question: Question) -> tuple[Answer, Plan | None]:
        """Ask until the answer holds in whole rupiah; what does not is cut off."""
        while True:
            extra = (*question.extra, *self.cuts)
            answer = self.model.ask(replace(question, extra=extra), self.clock)
            if not answer.raw:
                return answer, None
            checked = self.check(answer, question)
            if isinstance(checked, Plan):
                return answer, checked
            self.cuts.append(checked)

    def check(self, answer: Answer, question: Question) -> Plan | Line:
        """Return the plan behind an answer, or the row that cuts it off."""
        picked = answer.picked
        if not keeps_rows(self.made, picked):
            return no_good(self.made, picked)
        if not payable(self.made, picked):
            return cover(self.made, picked)
        lacks = self.lacks(picked, question)
        if lacks is None:
            return no_good(self.made, picked)
        plan = Plan(picked, lacks)
        if all(is_about_all(target) for target in self.made.targets):
            return plan if self.keeps(plan, question.extra) else no_good(self.made, picked)
        holds = self.keeps(plan, question.extra) and reaches(self.made, plan)
        return plan if holds else no_good(self.made, picked)

    def keeps(self, plan: Plan, lines: Sequence[Line]) -> bool:
        """Return whether a plan keeps rows over choices and over what lacks, exactly."""
        values = dict.fromkeys(plan.picked, 1)
        values |= {target.short: lack for target, lack in zip(self.made.targets, plan.lacks, strict=True)}
        for line in lines:
            value = sum(factor * values.get(column, 0) for column, factor in line.terms)
            if (line.low is not None and value < line.low) or (line.high is not None and value > line.high):
                return False
        return True

    def lacks(self, picked: Sequence[int], question: Question) -> tuple[int, ...] | None:
        """Return the rupiah lacking to each target for picked columns, the least possible; nothing if not allowed.

        Where a source pays towards several minimums the earlier row by name gets the money first.
        """
        lacks = [0] * len(self.made.targets)
        fixed = dict.fromkeys(range(self.made.choices), (0, 0)) | dict.fromkeys(picked, (1, 1))
        within: list[int] = []
        for index, target in enumerate(self.made.targets):
            if is_about_all(target):
                lacks[index] = whole_lack(target, picked)
                fixed[target.short] = (lacks[index],) * 2
            elif question.fixed.get(target.short, (0, 1))[1] > 0:
                within.append(index)
            else:
                fixed[target.short] = (0, 0)
        if any(
            lacks[index] and question.fixed.get(t.short, (0, 1))[1] == 0 for index, t in enumerate(self.made.targets)
        ):
            return None
        return self.shared_out(lacks, within, fixed)

    def shared_out(self, lacks: list[int], within: Sequence[int], fixed: Bounds) -> tuple[int, ...] | None:
        """Fill in what lacks to minimums of single sources: the least together, hard ones first, then each by name."""
        targets = self.made.targets
        groups = [[index for index in within if targets[index].share.hard == hard] for hard in (True, False)]
        extra: list[Line] = []
        for group in [group for group in groups if group] + [[index] for index in within]:
            shorts = {targets[index].short: 1 for index in group}
            answer = self.model.ask(
                Question(shorts, maximise=False, fixed=fixed, extra=extra, relaxed=True), Clock(60.0)
            )
            if not answer.raw:
                return None
            least = round(sum(answer.money[short - self.made.choices] for short in shorts))
            extra.append(Line("", list(shorts.items()), None, least))
            if len(group) == 1:
                lacks[group[0]] = least
        return tuple(lacks)

    def open(self) -> Bounds:
        """Return the bounds of columns where minimums may be missed."""
        return self._bounds() | {target.short: (0, target.least) for target in self.made.targets}

    def closed(self) -> Bounds:
        """Return the bounds of columns where every minimum is reached."""
        return self._bounds() | {target.short: (0, 0) for target in self.made.targets}

    def _bounds(self) -> Bounds:
        """Return the bounds of choices: nothing is in that is dearer than all its payers together."""
        ceilings = {source.id: source.ceiling for source in self.made.problem.sources}
        fixed: Bounds = {}
        for index, column in enumerate(self.made.columns):
            payers = (column.source,) if column.source else self.made.problem.allowed(column.proposal)
            if (column.proposal.cost or 0) > sum(ceilings[code] for code in payers):
                fixed[index] = (0, 0)
        return fixed

    def by_column(self, values: Mapping[str, int]) -> dict[int, int]:
        """Spread values by proposal over their columns."""
        return {index: values.get(column.proposal.id, 0) for index, column in enumerate(self.made.columns)}

    def sum(self, values: Mapping[int, int], plan: Plan) -> int:
        """Return what a plan is worth, in whole numbers."""
        return sum(values.get(column, 0) for column in plan.picked)


def chosen_of(made: Formulation, plan: Plan, order: Iterable[Proposal]) -> list[Proposal]:
    """Return the proposals of a plan in the given order."""
    taken = {made.columns[index].proposal.id for index in plan.picked}
    return [item for item in order if item.id in taken]
