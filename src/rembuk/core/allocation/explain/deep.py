"""What only a second run can say: which proposals drop out when a loser comes in."""

from dataclasses import replace
from fractions import Fraction

from rembuk.core.allocation.engine import RULES
from rembuk.core.allocation.equal_shares import equal_shares
from rembuk.core.allocation.explain.values import Explanation
from rembuk.core.allocation.model import Ballot, Outcome, Problem, Proposal

FORCED = "dipaksa masuk untuk menghitung akibatnya"


def deepened(problem: Problem, outcome: Outcome, found: Explanation) -> Explanation:
    """Return an explanation of a loser with what it would push out.

    It comes in with the lacking supporters; where no number of them helps, at the winning cost; where that does not
    help either, or the rule asks no voters, because it must. Nothing is filled in where even that leaves it out.
    """
    if found.chosen or not found.cost or found.status == "illegal-source":
        return found
    again = _with_it(problem, outcome, found)
    if again is None or found.id not in again.selected:
        return found
    out = set(outcome.selected) - set(again.selected)
    return replace(found, displaced=tuple(name for name in outcome.selected if name in out))


def _with_it(problem: Problem, outcome: Outcome, found: Explanation) -> Outcome | None:
    number = found.sure_supporters if found.sheltered else found.extra_supporters
    if number is not None:  # with few supporters the exact number would speak of their ballots
        return run_again(joined_by(problem, found, number), outcome)
    if found.winning_cost and not found.sheltered:
        return run_again(_changed(problem, found.id, cost=int(found.winning_cost)), outcome)
    forced = _changed(problem, found.id, mandatory=FORCED)
    return None if forced.validate() else run_again(forced, outcome)


def run_again(problem: Problem, outcome: Outcome) -> Outcome:
    """Run the rule of an outcome over a changed problem, with equal shares of the same size as then."""
    settings = outcome.settings
    if settings.rule == "mes" and outcome.share:
        return equal_shares(problem, settings, share=outcome.share)
    return RULES[settings.rule](problem, settings)


def joined_by(problem: Problem, found: Explanation, number: int) -> Problem:
    """Return the problem with *number* more voters who support only one proposal, as strongly as anybody does."""
    ids = {item.id for item in problem.proposals if item.cost}
    marks = [(name, mark) for ballot in problem.ballots for name, mark in ballot.marked if mark > 0 and name in ids]
    own = [mark for name, mark in marks if name == found.id]
    mark = max(own or [mark for _, mark in marks] or [1])
    more = Ballot(points=((found.id, mark),), weight=Fraction(number))
    return replace(problem, ballots=(*problem.ballots, more))


def _changed(problem: Problem, name: str, *, cost: int | None = None, mandatory: str = "") -> Problem:
    def change(item: Proposal) -> Proposal:
        return replace(item, cost=item.cost if cost is None else cost, mandatory=mandatory or item.mandatory)

    items = tuple(change(item) if item.id == name else item for item in problem.proposals)
    return replace(problem, proposals=items)
