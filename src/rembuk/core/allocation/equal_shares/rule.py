"""Method of Equal Shares: every voter holds the same share, and supporters buy what costs them least per utility.

In each round the proposal with the lowest price per unit of utility is bought; its supporters pay price x utility, or
all they have where that is less. Mandatory proposals come off the top: nobody's share pays them.
Source: Peters, Pierczynski, Skowron, Proportional Participatory Budgeting with Additive Utilities, NeurIPS 2021.
"""

from fractions import Fraction

from rembuk.core.allocation.equal_shares.raising import Runner, published_step, raise_share
from rembuk.core.allocation.equal_shares.run import Market, Run
from rembuk.core.allocation.equal_shares.shop import shop_of
from rembuk.core.allocation.model import Outcome, Problem
from rembuk.core.allocation.profile import Profile, profile_of
from rembuk.core.allocation.selection import Selection
from rembuk.core.allocation.settings import Settings
from rembuk.core.allocation.tally import complete
from rembuk.core.allocation.ties import TieOrder


def equal_shares(
    problem: Problem, settings: Settings, profile: Profile | None = None, *, share: Fraction | None = None
) -> Outcome:
    """Return the outcome of equal shares and its completion for a valid problem (its digest is still empty).

    profile: of the same problem and `settings.utility`, where it is at hand. share: rupiah a voter of weight 1 may
    spend, instead of an equal part of the money; it is not raised then.
    """
    profile = profile or profile_of(problem, settings.utility)
    selection = Selection(problem)
    selection.buy_mandatory()
    ties = TieOrder(problem, profile, settings.ties)
    budget = sum(source.ceiling for source in problem.sources) - selection.spent
    raised = settings.completion == "add1u" and share is None
    share = profile.share(budget) if share is None else share
    if share > 0:
        runner = Runner(
            Market(profile, ties),
            shop_of(problem, profile, budget, selection),
            frozenset(profile.index[name] for name in selection.funder.chosen),
            ties.money(selection.funder.chosen.values()),
        )
        if raised:
            run = raise_share(runner, share, settings.step or published_step(share, problem.unit))
        else:
            run = runner.open(share)
            runner.walk(run, run)
        share = run.share
        _adopt(selection, run, ties)
    if settings.completion != "none":
        complete(selection, profile, ties)
    return selection.outcome(settings, share=share)


def _adopt(selection: Selection, run: Run, ties: TieOrder) -> None:
    """Buy what a run bought, in its order, with the exact prices."""
    profile = run.market.profile
    for proposal, price in zip(run.bought, run.prices(), strict=True):
        if not selection.buy(ties.items[proposal], "shares", profile.support(profile.ids[proposal]), price):
            raise AssertionError("the purchases of a run were payable and are not any more")
