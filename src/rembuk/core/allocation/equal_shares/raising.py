"""How equal shares go on when no proposal can be paid by its supporters any more.

``add1u`` raises the share of everybody by a step and runs again, until the outcome leaves no supported proposal that
still fits (kept) or costs more than there is (the one before is kept); then, as ``utilitarian`` does at once, the rest
goes by utility per rupiah, over supported proposals only.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from rembuk.core.allocation.equal_shares.run import Answer, Market, Run
from rembuk.core.allocation.equal_shares.shop import SearchCutError, Shop
from rembuk.core.allocation.equal_shares.sprint import Sprint, UnclearError, can_sprint

AT_ONCE = 16
"""Shares that are first tried together; twice as many after each time that all of them led to the same purchases."""

FEW_DIFFERENT = 4
"""Shares are tried together again where one by one only one in so many led to purchases of its own."""


class End(Enum):
    """How two runs got on side by side."""

    DONE = "done"
    OVER = "over"
    APART = "apart"


@dataclass(slots=True)
class Runner:
    """Everything that the runs of one completion share."""

    market: Market
    shop: Shop
    without: frozenset[int]
    start: dict[str, int]

    def open(self, share: Fraction) -> Run:
        """Return a run from *share* per weight 1 before its first round."""
        return Run(self.market, share, ready=self.shop.ready, without=self.without, start=self.start)

    def walk(self, low: Run, high: Run) -> End:
        """Go on with two runs that made the same purchases as long as every share between them makes the same next.

        Give the same run twice to walk it alone. OVER: the purchases cost more than the budget. APART: the next winner
        may differ; nothing of that round is decided.
        """
        self.shop.seek(low.bought)
        while True:
            winner = low.winner()
            if winner is None:
                return End.DONE if low is high or high.ended() else End.APART
            if low is not high and not high.agrees(winner, low):
                low.put_back(winner)
                return End.APART
            answer = self.shop.ask(winner.proposal)
            if answer is Answer.STOP:
                return End.OVER
            low.settle(winner, answer)
            if low is not high:
                high.follow(winner.proposal, answer)

    def bought(self, share: Fraction) -> list[int] | None:
        """Return the purchases of the run from *share*; nothing if they cost more than the budget."""
        self.shop.seek([])
        sprint = Sprint(self.market, share, without=self.without, start=self.start)
        try:
            return sprint.bought if sprint.walk(self.shop.ask, self.shop.ready) else None
        except UnclearError:
            run = self.open(share)
            return None if self.walk(run, run) is End.OVER else run.bought

    def walked(self, share: Fraction) -> Run:
        """Return the whole run from *share*, whose purchases do not cost more than the budget."""
        run = self.open(share)
        if self.walk(run, run) is not End.DONE:
            raise AssertionError("a run was within the budget and is not any more")
        return run

    def candidates(self) -> list[int]:
        """Return the supported proposals that are not in already."""
        return [proposal for proposal in self.market.profile.supported if proposal not in self.without]


def published_step(share: Fraction, unit: int) -> int:
    """Return the step by which the share is raised where none is set: a hundredth of it, rounded up to whole units.

    Not a thousandth: then hundreds of shares lead to other purchases each, and nothing but walking them all tells where
    the raising ends; 46 of 49 generated villages choose the same by either.
    """
    return max(1, -(-share.numerator // (100 * unit * share.denominator))) * unit


def raise_share(runner: Runner, share: Fraction, step: int) -> Run:
    """Return the run that is kept when the share is raised from *share* by *step* rupiah at a time.

    The result is that of trying every share in turn; shares that surely lead to the same purchases are tried together.
    """
    runner.shop.join()
    try:
        return _raised(runner, share, step)
    except SearchCutError:
        runner.shop.part()
        return _raised(runner, share, step)


def _raised(runner: Runner, share: Fraction, step: int) -> Run:
    kept, candidates = runner.open(share), runner.candidates()
    if runner.walk(kept, kept) is End.OVER or runner.shop.exhausted(kept.bought, candidates):
        return kept
    first, width, quick = 1, AT_ONCE, can_sprint(runner.market)
    one_by_one = quick
    while True:
        found = Raising(runner, share, step, candidates, kept)
        if (found.step_through if one_by_one else found.search)(first, first + width - 1):
            return found.kept
        kept, first = found.kept, first + width
        was, one_by_one = one_by_one, quick and not found.together
        width = width * 2 if was == one_by_one and found.together != one_by_one else AT_ONCE


class Raising:
    """The search for the share that is kept among those of a stretch of steps.

    kept: the run that is kept if the next one costs too much. together: whether the stretch was never
    parted, or next to never.
    """

    def __init__(self, runner: Runner, share: Fraction, step: int, candidates: list[int], kept: Run) -> None:
        self.runner = runner
        self.share = share
        self.step = step
        self.candidates = candidates
        self.kept = kept
        self.together = True

    def _at(self, steps: int) -> Fraction:
        return self.share + steps * self.step

    def search(self, first: int, last: int) -> bool:
        """Try the shares after *first* to *last* steps in turn; return whether the one that is kept was found."""
        runner = self.runner
        low = runner.open(self._at(first))
        high = low if first == last else runner.open(self._at(last))
        return self._part(first, last, low, high)

    def step_through(self, first: int, last: int) -> bool:
        """Do as `search`, one share after the other: faster where most of them lead to purchases of their own."""
        runner, different = self.runner, set()
        for steps in range(first, last + 1):
            bought = runner.bought(self._at(steps))
            if bought is None or runner.shop.exhausted(bought, self.candidates):
                if bought is None and steps == first:
                    return True
                self.kept = runner.walked(self._at(steps - 1 if bought is None else steps))
                return True
            different.add(tuple(bought))
        self.together = len(different) <= (last - first + 1) // FEW_DIFFERENT
        self.kept = runner.walked(self._at(last))
        return False

    def _part(self, first: int, last: int, low: Run, high: Run) -> bool:
        runner = self.runner
        end = runner.walk(low, high)
        if end is End.OVER:
            return True
        if end is End.DONE:
            over = runner.shop.exhausted(low.bought, self.candidates)
            self.kept = low if over else high
            return over
        self.together = False
        middle = (first + last) // 2
        if self._part(first, middle, low, low if middle == first else high.branch(self._at(middle))):
            return True
        after = high if middle + 1 == last else high.branch(self._at(middle + 1))
        return self._part(middle + 1, last, after, high)
