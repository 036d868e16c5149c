"""Greedy with skipping: take the proposals in the order of the rule, each one that can still be paid.

Mandatory proposals and what they require come first. A proposal whose prerequisite is not chosen yet waits and is tried
again as soon as that prerequisite is chosen; one that still waits at the end is refused for it.
"""

from rembuk.core.allocation.model import Outcome, Problem
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings


def greedy(problem: Problem, settings: Settings) -> Outcome:
    """Return the outcome in the order of the meeting's ranking for a valid problem (its digest is still empty)."""
    selection = Selection(problem)
    selection.buy_mandatory()
    selection.buy_in_order(problem.ranked(), "rank")
    return selection.outcome(settings)
