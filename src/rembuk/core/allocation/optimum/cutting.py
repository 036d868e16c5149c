"""Cuts: rows that every whole plan keeps and that a plan with parts of proposals does not.

Mixed-integer rounding (Gomory): the rows of a relaxation, added up so that they say what one half-chosen proposal is
worth, leave a fraction that whole choices cannot make up unless something else moves by enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Columns = np.ndarray[Any, np.dtype[np.int32]]

LEAST_FRACTION: Final = 0.005
"""A proposal nearer to a whole one than this gives no cut: the numbers of the cut would be too large to trust."""
WIDEST: Final = 1e7
"""Largest ratio between the coefficients of a cut."""
NOTHING: Final = 1e-10
"""Below this a coefficient is what rounding left of 0."""
GIVEN: Final = 1e-7
"""By how much a cut is loosened, its largest coefficient being 1: far more than its rounding can be off."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A row sum of values x columns >= low; the largest value is 1."""

    columns: Columns
    values: Floats
    low: float


@dataclass(slots=True)
class Rows:
    """Rows low <= sum of value x column <= high; values: row by column. lower, upper: bounds of the columns.

    most: the same as upper, but what the rows together allow where upper is infinite. choices: how many columns, the
    first ones, are whole in every plan.
    """

    values: Floats
    low: Floats
    high: Floats
    lower: Floats
    upper: Floats
    most: Floats
    choices: int

    def summed(self, factors: Floats) -> Floats:
        """Return the coefficients of the rows times *factors*, added up; few factors are not 0."""
        used = np.flatnonzero(factors)
        # No matrix product: that may start threads of its own.
        parts: Floats = self.values[used] * factors[used, None]
        sums: Floats = parts.sum(axis=0)
        return sums

    def add(self, cuts: Sequence[Cut]) -> None:
        """Add the rows of cuts."""
        more = np.zeros((len(cuts), len(self.lower)))
        for place, cut in enumerate(cuts):
            more[place, cut.columns] = cut.values
        self.values = np.vstack((self.values, more))
        self.low = np.append(self.low, [cut.low for cut in cuts])
        self.high = np.append(self.high, np.full(len(cuts), np.inf))


@dataclass(frozen=True, slots=True)
class Corner:
    """Where a relaxation stands. at: value of each column. row_at: -1 a row is at its least, 1 at its most, else 0."""

    at: Floats
    row_at: np.ndarray[Any, np.dtype[np.int8]]


def cut_of(rows: Rows, corner: Corner, factors: Floats) -> Cut | None:
    """Return the cut that the sum of rows times *factors* gives at a corner; nothing if none can be trusted."""
    factors = np.where(np.abs(factors) < NOTHING, 0.0, factors)
    equal = rows.low == rows.high
    bound = np.where(corner.row_at > 0, rows.high, rows.low)
    used = factors != 0
    if not np.isfinite(bound[used]).all() or not (equal | (corner.row_at != 0))[used].all():
        return None
    sums = rows.summed(factors)
    sums[np.abs(sums) < NOTHING] = 0
    # Distances from the bounds the corner stands at, all at least 0: of columns from above or below, and of rows.
    above = (rows.upper < np.inf) & (2 * corner.at > rows.lower + rows.upper)
    base = np.where(above, rows.upper, rows.lower)
    rest = float(factors[used] @ bound[used] - sums @ base)
    part = rest - np.floor(rest)
    if not LEAST_FRACTION < part < 1 - LEAST_FRACTION:
        return None
    moves = np.where(above, -sums, sums)
    slack = np.where(equal, 0.0, np.where(corner.row_at > 0, factors, -factors))
    weights = np.concatenate((_whole(moves[: rows.choices], part), _any(moves[rows.choices :], part)))
    weights[rows.lower == rows.upper] = 0
    return _in_columns(rows, weights, above, base, np.where(used, _any(slack, part), 0.0), corner, bound)


def _whole(moves: Floats, part: float) -> Floats:
    """Return the coefficients of distances that are whole numbers."""
    rest = moves - np.floor(moves)
    rest[(rest < 1e-9) | (rest > 1 - 1e-9)] = 0
    return np.where(rest <= part, rest / part, (1 - rest) / (1 - part))


def _any(moves: Floats, part: float) -> Floats:
    """Return the coefficients of distances that may be anything from 0 on."""
    return np.where(moves > 0, moves / part, -moves / (1 - part))


def _in_columns(
    rows: Rows, weights: Floats, above: Any, base: Floats, slack: Floats, corner: Corner, bound: Floats
) -> Cut | None:
    """Return the cut sum(weights x column distances) + sum(slack x row distances) >= 1, told in the columns alone."""
    signs = np.where(above, -weights, weights)
    turned = np.where(corner.row_at > 0, -slack, slack)
    used = slack != 0
    values = signs + rows.summed(turned)
    low = 1 + float(signs @ base + turned[used] @ bound[used])
    size = np.abs(values)
    most = float(size.max(initial=0))
    columns = np.flatnonzero(size > most / WIDEST).astype(np.int32)
    small = np.flatnonzero((size <= most / WIDEST) & (size > 0))
    if not len(columns):
        return None
    # What is left out may help the row by what it is worth at most.
    low -= float(np.maximum(values[small] * rows.most[small], values[small] * rows.lower[small]).sum())
    return Cut(columns, values[columns] / most, low / most - GIVEN)
