"""The two choices side by side: A, which the draft or the newest run has, and B, which the sliders ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rembuk.budgeting.choice import DEFAULT, Choice
from rembuk.budgeting.gathering import Facts
from rembuk.budgeting.stored import Stored
from rembuk.budgeting.trying import Tried, fairness_of, laid_down, tried
from rembuk.core.allocation import Decision
from rembuk.core.allocation.fairness import FairnessReport
from rembuk.proposals.models import Proposal

Letter = Literal["A", "B"]


@dataclass(frozen=True, slots=True)
class Side:
    """One choice as the page shows it. waiting: the solver is asked by a second request, nothing is counted yet."""

    letter: Letter
    tried: Tried
    facts: Facts
    report: FairnessReport | None = None
    waiting: bool = False

    @property
    def choice(self) -> Choice:
        return self.tried.choice

    @property
    def stored(self) -> Stored | None:
        return self.tried.stored

    @property
    def chosen(self) -> tuple[Decision, ...]:
        """The chosen proposals in the order they came in."""
        return self.parted[0]

    @property
    def parted(self) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
        """The chosen in the order they came in, then the others in the published order."""
        if self.stored is None:
            return (), ()
        outcome = self.stored.outcome
        place = {key: number for number, key in enumerate(outcome.order)}
        inside = [decision for decision in outcome.decisions if decision.chosen]
        inside.sort(key=lambda decision: place.get(decision.id, len(place)))
        return tuple(inside), tuple(decision for decision in outcome.decisions if not decision.chosen)

    @property
    def used(self) -> int:
        return sum(state.used for state in self.stored.outcome.sources) if self.stored is not None else 0

    @property
    def left(self) -> int:
        return sum(state.left for state in self.stored.outcome.sources) if self.stored is not None else 0


@dataclass(frozen=True, slots=True)
class Difference:
    """What two choices share and what each has alone: keys in the order of B's list."""

    both: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.only_a) + len(self.only_b)


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the studio shows. rows: key -> proposal of the cycle."""

    facts: Facts
    a: Side
    b: Side
    rows: Mapping[str, Proposal]

    @property
    def difference(self) -> Difference:
        a = [decision.id for decision in self.a.chosen]
        b = [decision.id for decision in self.b.chosen]
        in_a, in_b = set(a), set(b)
        return Difference(
            tuple(key for key in b if key in in_a),
            tuple(key for key in a if key not in in_b),
            tuple(key for key in b if key not in in_a),
        )


def board_of(facts: Facts, choice: Choice, *, wait: bool = False) -> Board:
    """Return both choices. wait: leave a rule that asks the solver for a second request, unless it is known already."""
    base = facts.adopted or facts.run or facts.newest
    first = laid_down(facts, base) if base is not None else tried(facts, DEFAULT)
    return Board(
        facts, side("A", first, facts), asked_side(facts, choice, wait), {str(row.pk): row for row in facts.rows}
    )


def asked_side(facts: Facts, choice: Choice, wait: bool) -> Side:
    if wait and choice.is_slow and choice not in facts.kept:
        return Side("B", Tried(choice), facts, waiting=True)
    return side("B", tried(facts, choice), facts)


def side(letter: Letter, found: Tried, facts: Facts) -> Side:
    report = fairness_of(facts, found.stored, voters=False) if found.stored is not None else None
    return Side(letter, found, facts, report)
