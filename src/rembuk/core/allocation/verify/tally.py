"""The ballots counted anew: equal ones merged, weights as whole numbers."""

import math
from fractions import Fraction

from rembuk.core.allocation.model import Problem
from rembuk.core.allocation.settings import Utility

Marks = tuple[str, ...] | tuple[tuple[str, int], ...]


class Tally:
    """Who supports what. Ballots that mark the same proposals alike are one group.

    scale: every weight here is multiplied by it and is whole. weights: of the groups. voters: weight of all ballots,
    empty ones too. behind: id of a proposal with a readable cost -> (group, utility) of its supporters.
    """

    def __init__(self, problem: Problem, utility: Utility) -> None:
        merged: dict[Marks, Fraction | int] = {}
        for ballot in problem.ballots:
            weight = ballot.weight
            if weight > 0:
                marks: Marks = ballot.marked if ballot.ranking or ballot.points else ballot.approvals
                # Adding whole numbers is ten times faster than adding Fractions, and weights are whole as a rule.
                merged[marks] = merged.get(marks, 0) + (weight.numerator if weight.denominator == 1 else weight)
        self.scale = math.lcm(*(weight.denominator for weight in merged.values()))
        self.weights = [int(weight * self.scale) for weight in merged.values()]
        self.voters = sum(self.weights)
        self.behind: dict[str, list[tuple[int, int]]] = {item.id: [] for item in problem.proposals if item.cost}
        costs = {item.id: item.cost or 0 for item in problem.proposals}
        counts_marks = utility in ("points", "borda")
        for group, marks in enumerate(merged):
            given = dict.fromkeys(marks, 1) if _plain(marks) else dict(marks)  # type: ignore[arg-type]
            for name, mark in given.items():
                if mark > 0 and name in self.behind:
                    gain = mark if counts_marks else costs[name] if utility == "cost" else 1
                    self.behind[name].append((group, gain))

    def votes(self, name: str) -> Fraction:
        """Return the weight of the voters who get anything from a proposal."""
        return Fraction(sum(self.weights[group] for group, _ in self.behind.get(name, ())), self.scale)

    def utility(self, name: str) -> Fraction:
        """Return the utilities of all supporters, added up."""
        return Fraction(sum(self.weights[group] * gain for group, gain in self.behind.get(name, ())), self.scale)


def _plain(marks: Marks) -> bool:
    return not marks or isinstance(marks[0], str)
