"""The solver's suggestion in whole rupiah: can it be paid, what lacks to the minimums, who pays.

A flow through sources, rows and pools answers exactly; where floats were wrong, the set is cut off and asked again.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from rembuk.core.allocation.funding import (
    ClassKey,
    Funder,
    FundingNetwork,
    arrange,
    hard_shares,
)
from rembuk.core.allocation.model import WHOLE, Problem, Proposal
from rembuk.core.allocation.optimum.formulation import Formulation, Line, Target, counted_shares, keyed
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked plan. picked: its choice columns. lacks: rupiah lacking to each target, in their order."""

    picked: tuple[int, ...]
    lacks: tuple[int, ...]


def payable(made: Formulation, picked: Iterable[int]) -> bool:
    """Return whether the picked columns can be paid in whole rupiah under every hard row of a single source."""
    if made.network is None:
        # Floors keep money for everything that was asked for, so the pools of the losers belong into the network too.
        made.network = FundingNetwork(made.problem, set(hard_keys(made)))
    needs = sums_of(made, picked, made.hard_keys)
    network = made.network.copy()
    return all(
        network.net.push(network.starts, network.class_nodes[key], amount) == amount
        for key, amount in sorted(needs.items())
    )


def sums_of(made: Formulation, picked: Iterable[int], keys: Sequence[ClassKey]) -> dict[ClassKey, int]:
    """Return pool -> rupiah that the picked columns cost together. keys: pool of each column."""
    needs: dict[ClassKey, int] = {}
    for index in picked:
        needs[keys[index]] = needs.get(keys[index], 0) + (made.columns[index].proposal.cost or 0)
    return needs


def hard_keys(made: Formulation) -> list[ClassKey]:
    """Return the pools of the columns as `Funder` names them: by the hard rows alone."""
    if not made.hard_keys:
        key_of = keyed(made.problem, hard_shares(made.problem))
        made.hard_keys = [key_of(column.proposal, column.source) for column in made.columns]
    return made.hard_keys


def floor_keys(made: Formulation) -> list[ClassKey]:
    """Return the pools of the columns in the problem that `floored` makes, whatever lacks."""
    if not made.floor_keys:
        key_of = keyed(made.problem, sorted(counted_shares(made.problem), key=lambda share: share.name))
        made.floor_keys = [key_of(column.proposal, column.source) for column in made.columns]
    return made.floor_keys


def cover(made: Formulation, picked: Sequence[int]) -> Line:
    """Return the row that cuts off an unpayable set and all larger ones, by a smallest part that is unpayable."""
    kept = list(picked)
    for index in picked:
        rest = [other for other in kept if other != index]
        if not payable(made, rest):
            kept = rest
    return Line("", [(index, 1) for index in kept], None, len(kept) - 1, money=False)


def no_good(made: Formulation, picked: Sequence[int]) -> Line:
    """Return the row that cuts off exactly this set of columns."""
    taken = set(picked)
    terms = [(index, -1 if index in taken else 1) for index in range(made.choices)]
    return Line("", terms, 1 - len(taken), None, money=False)


def keeps_rows(made: Formulation, picked: Iterable[int]) -> bool:
    """Return whether the picked columns keep every row that has choices only: links and rows about all money."""
    taken = set(picked)
    for line in made.lines:
        if all(column < made.choices for column, _ in line.terms):
            value = sum(factor for column, factor in line.terms if column in taken)
            if (line.low is not None and value < line.low) or (line.high is not None and value > line.high):
                return False
    return True


def whole_lack(target: Target, picked: Iterable[int]) -> int:
    """Return the rupiah lacking to a minimum about all money."""
    return max(0, target.least - sum(target.costs.get(index, 0) for index in picked))


def floored(made: Formulation, lacks: Sequence[int]) -> Problem:
    """Return the problem in which every minimum of a source asks for exactly what the plan reaches, and blocks."""
    reached = {
        target.share.name: target.least - lack for target, lack in zip(made.targets, lacks, strict=True) if target.least
    }
    rows = []
    for share in counted_shares(made.problem):
        most = made.problem.bounds(share)[1] if share.hard else None
        rows.append(
            replace(
                share, hard=True, min=None, max=None, max_amount=most, min_amount=reached.get(share.name, 0), base=None
            )
        )
    return replace(made.problem, shares=tuple(rows))


def reaches(made: Formulation, plan: Plan) -> bool:
    """Return whether the sources can pay a plan so that the minimums get what it says they reach."""
    keys = floor_keys(made)
    if plan.lacks not in made.floors:
        made.floors[plan.lacks] = FundingNetwork(floored(made, plan.lacks), set(keys), floors=False)
    network = made.floors[plan.lacks].copy()
    needs = sums_of(made, plan.picked, keys)
    if not all(network.send(key, amount) == amount for key, amount in sorted(needs.items())):
        return False
    net = network.net
    net.low, net.high = net.low[:], net.high[:]
    for row in network.rows:
        edge, least = network.row_edges[row.share.name], row.share.min_amount or 0
        if net.maximise(edge, least) < least:
            return False
        net.low[edge] = least
    return True


def amounts_of(
    made: Formulation, plan: Plan, order: Iterable[Proposal]
) -> dict[str, tuple[tuple[str, Rupiah], ...]] | None:
    """Return who pays what so that the minimums get what the plan says they reach; nothing if they cannot.

    order: the chosen proposals, better placed first; they take the first sources of the filling order.
    """
    keys = floor_keys(made)
    amounts = arrange(
        floored(made, plan.lacks), order, {made.columns[index].proposal.id: keys[index] for index in plan.picked}
    )
    for target, lack in zip(made.targets, plan.lacks, strict=True):
        counted = made.problem.counted(target.share) & amounts.keys()
        used = sum(amount for name in counted for code, amount in amounts[name] if code == target.share.of)
        if not is_about_all(target) and used < target.least - lack:
            return None
    return amounts


class PlannedFunder(Funder):
    """`Funder` that pays what a plan has as the plan has it: its sources for single-source proposals, its minimums."""

    def __init__(self, made: Formulation, plan: Plan, empty: Funder) -> None:
        vars(self).update(vars(empty))  # a funder takes long to make, and the problem has one already
        self.made, self.plan = made, plan
        keys = hard_keys(made)
        self.keys = {**empty.keys, **{made.columns[index].proposal.id: [keys[index]] for index in plan.picked}}

    def amounts(self, order: Iterable[Proposal]) -> dict[str, tuple[tuple[str, Rupiah], ...]]:
        """Return proposal id -> (source, rupiah) for the chosen ones; the better placed take the first sources."""
        amounts = amounts_of(self.made, self.plan, order)
        if amounts is None:
            raise AssertionError("a checked plan reaches its minimums")
        return amounts


def gap_of(objective: int, bound: int) -> Fraction:
    """Return how much of the objective is missing at most: (bound - objective) / objective; 1 where that is 0."""
    if bound <= objective:
        return Fraction(0)
    return Fraction(bound - objective, objective) if objective > 0 else Fraction(1)


def is_about_all(target: Target) -> bool:
    """Return whether a target is about all money together."""
    return target.share.of == WHOLE
