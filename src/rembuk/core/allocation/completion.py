"""How equal shares go on when no proposal can be paid by its supporters any more.

``add1u`` raises the share of everybody by a step and runs again, until the outcome leaves no supported proposal that
still fits (kept) or costs more than there is (the one before is kept); then, as ``utilitarian`` does at once, the rest
goes by utility per rupiah, over supported proposals only.
"""

from dataclasses import dataclass
from fractions import Fraction

from rembuk.core.allocation.equal_shares_run import Market, Run
from rembuk.core.allocation.equal_shares_shop import Shop


@dataclass(frozen=True, slots=True)
class Raised:
    """A run and the share it was made with."""

    share: Fraction
    run: Run


@dataclass(slots=True)
class Runner:
    """Everything that the runs of one completion share."""

    market: Market
    shop: Shop
    without: frozenset[int]
    start: dict[str, int]

    def run(self, share: Fraction) -> Run:
        """Run equal shares from *share* per weight 1."""
        self.shop.open()
        run = Run(self.market, share, self.shop.ask, ready=self.shop.ready, without=self.without, start=self.start)
        return run.walk()

    def candidates(self) -> list[int]:
        """Return the supported proposals that are not in already."""
        return [proposal for proposal in self.market.profile.supported if proposal not in self.without]


def published_step(share: Fraction, unit: int) -> int:
    """Return the step by which the share is raised where none is set: a thousandth of it, rounded up to whole units."""
    return max(1, -(-share.numerator // (1000 * unit * share.denominator))) * unit


def raise_share(runner: Runner, share: Fraction, step: int) -> Raised:
    """Return the run that is kept when the share is raised from *share* by *step* rupiah at a time."""
    candidates = runner.candidates()
    kept = Raised(share, runner.run(share))
    while not runner.shop.exhausted(kept.run.bought, candidates):
        share += step
        run = runner.run(share)
        if run.stopped:
            break
        kept = Raised(share, run)
    return kept
