"""Greedy with skipping: take the proposals in the order of the rule, each one that can still be paid.

Mandatory proposals and what they require come first. A proposal whose prerequisite is not chosen yet waits and is tried
again as soon as that prerequisite is chosen; one that still waits at the end is refused for it. With ballots the order
is that of the votes, without them that of the meeting's ranking.
"""

from collections.abc import Iterable

from rembuk.core.allocation.model import Outcome, Problem, Proposal
from rembuk.core.allocation.profile import Profile, profile_of
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings
from rembuk.core.allocation.tally import by_score, in_order, per_rupiah, unscored
from rembuk.core.allocation.ties import TieOrder


def greedy(problem: Problem, settings: Settings, profile: Profile | None = None) -> Outcome:
    """Return the outcome by score, whatever a proposal costs, for a valid problem (its digest is still empty)."""
    return _greedy(problem, settings, profile, by_cost=False)


def greedy_per_rupiah(problem: Problem, settings: Settings, profile: Profile | None = None) -> Outcome:
    """Return the outcome by score per rupiah for a valid problem (its digest is still empty)."""
    return _greedy(problem, settings, profile, by_cost=True)


def _greedy(problem: Problem, settings: Settings, profile: Profile | None, *, by_cost: bool) -> Outcome:
    selection = Selection(problem)
    selection.buy_mandatory()
    if not problem.ballots:
        selection.buy_in_order(unscored(problem) if by_cost else problem.ranked(), "rank")
        return selection.outcome(settings)
    profile = profile or profile_of(problem, settings.utility)
    ties = TieOrder(problem, profile, settings.ties)
    asked: Iterable[Proposal] = in_order(
        selection, profile, ties, per_rupiah(profile) if by_cost else by_score(profile)
    )
    selection.buy_in_order(asked, "rank", profile.support)
    return selection.outcome(settings)
