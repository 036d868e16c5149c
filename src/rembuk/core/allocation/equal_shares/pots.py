"""What both ways of keeping the voters' money have in common: prices in floats, with a bound on what they may be off.

The error of all balances together (weight x error, added up over the groups) grows by rounding only: what the poor may
have wrong passes to the rich, who pay the rest of the price between them. So two numbers bound every error: `mass`,
that sum, and `drift`, the most a single balance may be off.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from rembuk.core.allocation.equal_shares.ledger import Exact, Ledger
from rembuk.core.allocation.profile import Ints, Profile

EPSILON = 2.0**-52
NEVER = float("inf")
LEAST = 2.0**-1000
"""What is kept by a voter whom a payment leaves with less than floats tell from nothing: only 0 means nothing."""


class Bid(NamedTuple):
    """A price per unit of gain. doubt: how far it may be off. rich: weight x gain of those that can pay it.

    final: whether it is the price; else only a bound below it that lies above the limit asked for.
    """

    price: float
    doubt: float
    rich: float
    final: bool


class Pots(ABC):
    """The money of the groups during one run. full: the first share; costs: in units of weight, as floats."""

    def __init__(self, profile: Profile, share: Fraction) -> None:
        self.profile = profile
        self.full = float(share)
        self.ledger = Ledger(profile, share)
        self.costs = profile.float_costs
        self.mass = EPSILON * self.full * float(profile.voters)
        self.drift = EPSILON * self.full

    @abstractmethod
    def bid(self, proposal: int, start: float, limit: float) -> Bid:
        """Return the price of *proposal* per unit of gain, coming from below.

        start: at most the price. limit: a price above it is of no interest; then any bound above it is returned. A
        price of infinity: its supporters surely cannot pay it.
        """

    @abstractmethod
    def sort(
        self, proposal: int, price: float, tolerance: float
    ) -> tuple[Sequence[int] | Ints, int, list[tuple[int, int]]]:
        """Return the poor with money left, weight x gain of the rich, and (group, gain) of the unclear supporters."""

    @abstractmethod
    def pay(self, proposal: int, price: float, broke: Sequence[int] | Ints) -> None:
        """Take the price from the supporters; those in *broke* pay all they have."""

    def take(self, bid: Bid, proposal: int, broke: Sequence[int] | Ints) -> None:
        """Pay a purchase and add what rounding may have changed to the bounds on the error."""
        self.pay(proposal, bid.price, broke)
        rounding = EPSILON * self.full * float(self.profile.voters)
        self.mass += rounding * 4 + (self.profile.groups + 8) * EPSILON * self.costs[proposal]
        self.drift += self.profile.top_gain * bid.doubt + 2 * EPSILON * self.full

    def doubt(self, proposal: int, price: float, rich: float, backers: int) -> float:
        """Return how far a price may be off: what the balances may be off together and the rounding of a sum."""
        off = self.mass + (backers + 8) * EPSILON * self.costs[proposal]
        return off / rich + 4 * EPSILON * price

    def short(self, proposal: int, price: float, held: float, backers: int) -> Bid:
        """Return the bid where nobody is left that could pay more: none, or unclear if the sum is close."""
        off = self.mass + (backers + 8) * EPSILON * self.costs[proposal]
        if held < self.costs[proposal] - off:
            return Bid(NEVER, 0.0, 0.0, True)
        return Bid(price, NEVER, 0.0, True)

    def exact(self, proposal: int, price: float, doubt: float) -> tuple[Exact, Sequence[int] | Ints] | None:
        """Return the exact bid and the groups that pay all they have; nothing if the supporters cannot pay."""
        top = self.profile.top_gain
        slack = 4 * (self.drift + top * doubt) + 1e-9 * self.full
        poor, rich, unclear = self.sort(proposal, price, slack)
        found = self.ledger.price(proposal, poor, rich, unclear)
        if found is None or abs(float(found.price) - price) * top + self.drift > slack:
            # The float price was too far off to tell rich from poor by it: look at every supporter exactly.
            poor, rich, unclear = self.sort(proposal, price, NEVER)
            found = self.ledger.price(proposal, poor, rich, unclear)
        if found is None:
            return None
        return found, [*poor, *found.poor]
