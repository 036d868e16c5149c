"""The relaxation of a question, in which a proposal may be chosen in part: how much any plan can have at most.

Solved once and tightened by `cutting`; from its prices follows which proposals every good plan has or has not, so that
the search for whole plans is left with the few that are in doubt. Bounds are taken from the prices (weak duality), not
from the solver's word, and hold for any prices; they are floats, and off by far less than the point that decides.
"""

from typing import Any, Final

import numpy as np

from rembuk.core.allocation.optimum.cutting import LEAST_FRACTION, Corner, Cut, Rows, cut_of
from rembuk.core.allocation.optimum.solving import STEADY, Clock, Model, Question, Status, highs, silent

ROUNDS: Final = 12
STALLED: Final = 1e-3
"""Cuts go on while a round brings the bound down by this share of the largest coefficient."""
SURE: Final = 0.01
"""Of a point: by this much a bound must stay under a whole number before it counts as under it."""


class Linear:
    """A question to be maximised, relaxed. status: ``optimal`` | ``infeasible`` | ``unknown``.

    bound: no plan has more. costs: what each choice is worth beyond what it takes from others, by the prices.
    """

    def __init__(self, model: Model, question: Question, clock: Clock) -> None:
        self.choices = model.choices
        program = model.program(question)
        program.integrality_ = []
        self.objective = np.array(program.col_cost_)
        self.worth = model.worth(question)
        self.rows = _rows(program, model)
        self.solver = silent()
        for name, value in (STEADY | {"presolve": "off", "dual_feasibility_tolerance": 1e-9}).items():
            self.solver.setOptionValue(name, value)
        self.solver.passModel(program)
        self.clock, self.spent = clock, 0.0
        self.bound, self.costs = np.inf, np.zeros(self.choices)
        self.status = self._run()
        if self.status == "optimal":
            self._price()
            self._tighten()

    def _run(self) -> Status:
        if self.clock.left <= 0:
            return "unknown"
        self.solver.setOptionValue("time_limit", self.spent + self.clock.left)
        self.solver.run()
        now = self.solver.getRunTime()
        self.clock.left -= now - self.spent
        self.spent = now
        states, state = highs().HighsModelStatus, self.solver.getModelStatus()
        known: dict[Any, Status] = {states.kOptimal: "optimal", states.kInfeasible: "infeasible"}
        return known.get(state, "unknown")

    def _tighten(self) -> None:
        for _ in range(ROUNDS):
            before = self.bound
            cuts = self._cuts()
            if not cuts:
                return
            self._add(cuts)
            if self._run() != "optimal":
                return
            self._price()
            if before - self.bound < STALLED * float(np.abs(self.objective).max()) * self.worth:
                return

    def _cuts(self) -> list[Cut]:
        if not self.rows.values.any():
            return []  # solved without a basis, and HiGHS crashes when asked for one
        at = np.array(self.solver.getSolution().col_value)
        basis = self.solver.getBasis()
        states = highs().HighsBasisStatus
        turn = {states.kLower: -1, states.kUpper: 1}
        corner = Corner(at, np.array([turn.get(state, 0) for state in basis.row_status], dtype=np.int8))
        cuts = []
        for place, column in enumerate(self.solver.getBasicVariables()[1]):
            if 0 <= column < self.choices and LEAST_FRACTION < at[column] % 1 < 1 - LEAST_FRACTION:
                cut = cut_of(self.rows, corner, self.solver.getBasisInverseRow(place)[1])
                if cut is not None and cut.low - cut.values @ at[cut.columns] > 1e-6:
                    cuts.append(cut)
        return cuts

    def _add(self, cuts: list[Cut]) -> None:
        """Add cuts to the solver's rows and to those here."""
        low, high = np.array([cut.low for cut in cuts]), np.full(len(cuts), np.inf)
        sizes = [len(cut.columns) for cut in cuts]
        starts = np.cumsum([0, *sizes[:-1]]).astype(np.int32)
        columns, values = (np.concatenate(parts) for parts in zip(*((c.columns, c.values) for c in cuts), strict=True))
        self.solver.addRows(len(cuts), low, high, sum(sizes), starts, columns, values)
        self.rows.add(cuts)

    def _price(self) -> None:
        """Take bound and reduced costs from the prices of the rows; an older bound stays where it is better."""
        prices = np.array(self.solver.getSolution().row_dual)
        prices[(prices > 0) & ~np.isfinite(self.rows.high)] = 0
        prices[(prices < 0) & ~np.isfinite(self.rows.low)] = 0
        costs = self.objective - self.rows.summed(prices)
        sides = np.where(prices > 0, self.rows.high, self.rows.low)
        used = prices != 0
        bound = float(
            prices[used] @ sides[used] + np.where(costs > 0, costs * self.rows.most, costs * self.rows.lower).sum()
        )
        if bound * self.worth < self.bound:
            self.bound, self.costs = bound * self.worth, costs[: self.choices] * self.worth

    def decided(self, least: int) -> dict[int, tuple[int, int]]:
        """Return the choices, as bounds, that every plan worth *least* or more makes."""
        return self._kept(np.abs(self.costs) > self.bound - least + SURE)

    def likely(self, free: int) -> dict[int, tuple[int, int]]:
        """Return the choices, as bounds, that a good plan makes by the prices; *free* of them are left open."""
        size = np.abs(self.costs)
        if self.choices <= free:
            return {}
        return self._kept(size > np.partition(size, free - 1)[free - 1])

    def _kept(self, fixed: Any) -> dict[int, tuple[int, int]]:
        lower, upper = self.rows.lower, self.rows.upper
        return {
            column: (int(side[column]),) * 2
            for column in np.flatnonzero(fixed & (lower < upper)[: self.choices]).tolist()
            for side in ((upper if self.costs[column] > 0 else lower),)
        }


def _rows(program: Any, model: Model) -> Rows:
    starts, upper = np.array(program.a_matrix_.start_), np.array(program.col_upper_)
    values = np.zeros((program.num_row_, program.num_col_))
    rows = np.repeat(np.arange(len(values)), np.diff(starts))
    np.add.at(values, (rows, program.a_matrix_.index_), program.a_matrix_.value_)
    return Rows(
        values,
        np.array(program.row_lower_),
        np.array(program.row_upper_),
        np.array(program.col_lower_),
        upper,
        np.where(np.isfinite(upper), upper, model.largest),
        model.choices,
    )
