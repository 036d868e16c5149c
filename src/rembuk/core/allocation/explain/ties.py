"""Which of two proposals wins where nothing else tells them apart, asked for a proposal as it might have been."""

from fractions import Fraction

from rembuk.core.allocation.explain.states import States
from rembuk.core.allocation.model import Problem, Proposal
from rembuk.core.allocation.settings import Ties, lot


class TieBreak:
    """The published order of ties at a state of a choice."""

    def __init__(self, problem: Problem, ties: Ties, states: States) -> None:
        self.problem = problem
        self.ties = ties
        self.states = states
        self.lots: dict[str, str] = {}

    def first(
        self, item: Proposal, cost: int, votes: Fraction, other: Proposal, other_votes: Fraction, state: int
    ) -> bool:
        """Return whether *item* with that cost and those votes comes before *other* in a state."""
        if self.ties.mode == "lexicographic":
            return item.id < other.id
        mine: tuple[int, Fraction] = (cost, -votes)
        theirs: tuple[int, Fraction] = (other.cost or 0, -other_votes)
        if mine != theirs:
            return mine < theirs
        money = self.states.hamlet_money
        places = (money(item.hamlet, state), money(other.hamlet, state))
        if places[0] != places[1]:
            return places[0] < places[1]
        return (self._lot(item), item.id) < (self._lot(other), other.id)

    def _lot(self, item: Proposal) -> str:
        if item.id not in self.lots:
            number = item.number or item.id
            self.lots[item.id] = lot(number, village=self.problem.village, year=self.problem.year, seed=self.ties.seed)
        return self.lots[item.id]
