"""What HiGHS is asked: whole numbers in, a suggestion and a bound out. Only `linear` knows the solver besides.

What comes back is never believed: `exactness` pays it again in whole rupiah. One thread, a fixed seed and a fixed order
of columns and rows make one version of the solver repeat itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import inf
from types import ModuleType
from typing import Any, Final, Literal

import numpy as np

from rembuk.core.allocation.optimum.formulation import Formulation, Line

NAME: Final = "HiGHS"
SEED: Final = 0
LARGEST: Final = 10_000
"""Ceilings are scaled below this by a power of two: far enough from the tolerance of 1e-7, and never rounded."""
STEEPEST: Final = 1 << 11
"""Coefficients of an objective are scaled below this by a power of two: larger ones drown in the solver's tolerances
and cost it ten times the pivots (measured: 3.7 -> 0.3 s for the order of equal plans)."""
STEADY: Final = {
    "output_flag": False,
    "threads": 1,
    "random_seed": SEED,
    "primal_feasibility_tolerance": 1e-9,
    "mip_feasibility_tolerance": 1e-9,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_allow_restart": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
}
"""Measured on 14 villages of 300 proposals: the heuristics left out cost more time than they save (0.49 -> 0.14 s)."""
WITH_START: Final = {"mip_heuristic_run_root_reduced_cost": False}
"""With a plan to start from no other heuristic is worth its time either."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@cache
def highs() -> ModuleType:
    """Return the solver's module, read on first use: everything else of Rembuk starts without it."""
    import highspy

    return highspy


def version() -> str:
    """Return the version of the solver."""
    return str(silent().version())


def silent() -> Any:
    """Return a new solver. Its public class prints a banner as soon as it exists, the class below it does not."""
    return highs()._core._Highs()


@dataclass(slots=True)
class Clock:
    """Seconds of solver time that are left, counted by the solver itself."""

    left: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the solver suggests. picked: the choice columns at 1. money: rupiah of the other columns, not rounded.

    bound: no plan can have more (or less, when minimised), in the unit of the objective. raw: to start from again.
    """

    status: Status
    picked: tuple[int, ...] = ()
    money: tuple[float, ...] = ()
    bound: float = inf
    raw: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask of a model. objective: column -> whole coefficient. fixed: column -> (low, high), rupiah or 0/1.

    extra: rows on top of the formulation's. relaxed: whether choices may be fractions. first: any plan will do.
    """

    objective: Mapping[int, int]
    maximise: bool = True
    fixed: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    extra: Sequence[Line] = ()
    start: tuple[float, ...] = ()
    gap: float = 0.0
    relaxed: bool = False


class Model:
    """A formulation as the arrays HiGHS reads, built once and asked many times."""

    def __init__(self, made: Formulation) -> None:
        self.choices = made.choices
        self.count = len(made.highs)
        self.scale = 1
        while max((source.ceiling for source in made.problem.sources), default=0) > LARGEST * self.scale:
            self.scale *= 2
        self.largest = max((source.ceiling for source in made.problem.sources), default=0) / self.scale
        self.unit = np.ones(self.count)
        self.unit[self.choices :] = self.scale
        self.upper = np.array([np.inf if high is None else high for high in made.highs], dtype=float) / self.unit
        self.starts, self.index, self.value, self.low, self.high = self._rows(made.lines)

    def _rows(self, lines: Sequence[Line]) -> tuple[Any, Any, Any, Any, Any]:
        """Return starts, columns, coefficients and bounds of rows; money is scaled."""
        starts = np.zeros(len(lines) + 1, dtype=np.int32)
        np.cumsum([len(line.terms) for line in lines], out=starts[1:])
        index = np.array([column for line in lines for column, _ in line.terms], dtype=np.int32)
        value = np.array([factor for line in lines for _, factor in line.terms], dtype=float)
        scales = np.array([self.scale if line.money else 1 for line in lines], dtype=float)
        low = np.array([-np.inf if line.low is None else line.low for line in lines], dtype=float) / scales
        high = np.array([np.inf if line.high is None else line.high for line in lines], dtype=float) / scales
        if len(index):
            value *= self.unit[index] / np.repeat(scales, np.diff(starts))
        return starts, index, value, low, high

    def ask(self, question: Question, clock: Clock) -> Answer:
        """Let HiGHS answer; the time it takes is taken off *clock*."""
        if clock.left <= 0:
            return Answer("unknown")
        solver = self._solver(question, clock)
        solver.run()
        clock.left -= solver.getRunTime()
        return self._answer(solver, question)

    def _solver(self, question: Question, clock: Clock) -> Any:
        solver = silent()
        options = STEADY | (WITH_START if question.start else {})
        options |= {"time_limit": clock.left, "mip_rel_gap": question.gap}
        options |= {"mip_abs_gap": 0.5 / self.worth(question)}
        for name, value in options.items():
            solver.setOptionValue(name, value)
        solver.passModel(self.program(question))
        if question.start:
            solution = highs().HighsSolution()
            solution.col_value = list(question.start)
            solver.setSolution(solution)
        return solver

    def worth(self, question: Question) -> int:
        """Return what one unit of the solver's objective is worth in the objective of the question."""
        if any(column >= self.choices for column in question.objective):
            return self.scale
        most = max(map(abs, question.objective.values()), default=0)
        return 1 << max(0, (most // STEEPEST).bit_length())

    def program(self, question: Question) -> Any:
        """Return a question as HiGHS reads it; its objective stands for `worth` times as much."""
        program = highs().HighsLp()
        kinds = highs().HighsVarType
        starts, index, value, low, high = self._rows(question.extra)
        program.num_col_, program.num_row_ = self.count, len(self.low) + len(low)
        cost, lower, upper = np.zeros(self.count), np.zeros(self.count), self.upper.copy()
        for column, factor in question.objective.items():
            cost[column] = factor * self.unit[column]
        for column, (least, most) in question.fixed.items():
            lower[column], upper[column] = least / self.unit[column], most / self.unit[column]
        cost /= self.worth(question)
        program.col_cost_, program.col_lower_, program.col_upper_ = cost, lower, upper
        program.row_lower_, program.row_upper_ = np.concatenate((self.low, low)), np.concatenate((self.high, high))
        program.a_matrix_.format_ = highs().MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.concatenate((self.starts, starts[1:] + self.starts[-1]))
        program.a_matrix_.index_ = np.concatenate((self.index, index))
        program.a_matrix_.value_ = np.concatenate((self.value, value))
        program.sense_ = highs().ObjSense.kMaximize if question.maximise else highs().ObjSense.kMinimize
        if self.choices and not question.relaxed:
            rest = self.count - self.choices
            program.integrality_ = [kinds.kInteger] * self.choices + [kinds.kContinuous] * rest
        return program

    def _answer(self, solver: Any, question: Question) -> Answer:
        states, state = highs().HighsModelStatus, solver.getModelStatus()
        if state in (states.kInfeasible, states.kUnboundedOrInfeasible):
            return Answer("infeasible")
        info = solver.getInfo()
        bound = info.mip_dual_bound if self.choices and not question.relaxed else info.objective_function_value
        bound *= self.worth(question)
        if info.primal_solution_status != highs().SolutionStatus.kSolutionStatusFeasible:
            return Answer("unknown", bound=bound)
        raw = np.array(solver.getSolution().col_value)
        picked = tuple(int(column) for column in np.flatnonzero(raw[: self.choices] > 0.5))
        money = tuple((raw[self.choices :] * self.scale).tolist())
        proven = state == states.kOptimal and question.gap == 0
        return Answer("optimal" if proven else "feasible", picked, money, bound, tuple(raw.tolist()))
