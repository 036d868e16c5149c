"""What voters have left during equal shares, in plain lists: fastest where a proposal has few supporters."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter

from rembuk.core.allocation.equal_shares.pots import EPSILON, LEAST, Bid, Pots
from rembuk.core.allocation.profile import Ints, Profile

Picked = Callable[[list[float]], tuple[float, ...]]


def _picker(groups: Sequence[int]) -> Picked:
    """Return what takes the balances of these groups out of all."""
    if len(groups) == 1:
        only = groups[0]
        return lambda balances: (balances[only],)
    return itemgetter(*groups) if groups else lambda _: ()


class ListBook:
    """The supporters of each proposal as lists, made once for all runs over a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        weights, members, starts = profile.weights.tolist(), profile.members.tolist(), profile.starts.tolist()
        gains = [1] * len(members) if profile.gains is None else profile.gains.tolist()
        spans = [slice(start, end) for start, end in pairwise(starts)]
        self.backers: list[list[int]] = [members[span] for span in spans]
        self.gains: list[list[int]] = [gains[span] for span in spans]
        self.weights = [[weights[group] for group in backers] for backers in self.backers]
        self.pick = [_picker(backers) for backers in self.backers]
        self.even = profile.gains is None
        self.ones = self.even and all(weight == 1 for weight in weights)

    def pots(self, share: Fraction) -> "ListPots":
        """Return the full pots at the start of a run."""
        return ListPots(self, share)


class ListPots(Pots):
    """Balances as a list of floats."""

    def __init__(self, book: ListBook, share: Fraction) -> None:
        super().__init__(book.profile, share)
        self.book = book
        self.balances = [self.full] * book.profile.groups
        self.step = 4 * EPSILON * self.full * float(book.profile.voters)
        self.parts = (book.profile.groups + 8) * EPSILON

    def bid(self, proposal: int, start: float, limit: float) -> Bid:
        """Return what one unit of gain from *proposal* costs at least; see `Pots.bid`."""
        book, money = self.book, self.book.pick[proposal](self.balances)
        cost, price, backers = self.costs[proposal], start, len(money)
        weights, gains = book.weights[proposal], book.gains[proposal]
        while True:
            held, rich = 0.0, 0
            if book.even:
                for balance, weight in zip(money, weights, strict=True):
                    if balance < price:
                        held += weight * balance
                    else:
                        rich += weight
            else:
                for balance, weight, gain in zip(money, weights, gains, strict=True):
                    if balance < price * gain:
                        held += weight * balance
                    else:
                        rich += weight * gain
            if not rich:
                return self.short(proposal, price, held, backers)
            rise = (cost - held) / rich
            if rise <= price:
                return Bid(price, self.doubt(proposal, price, rich, backers), rich, True)
            price = rise
            if price > limit:
                return Bid(price, self.doubt(proposal, price, rich, backers), rich, False)

    def size_up(self, proposal: int, limit: float) -> tuple[Bid, list[int] | None]:
        """Return `bid` and the poor of `sort` at once, where every voter counts as one: the poorest drop out until the
        rest can pay alike. Nothing instead of the poor where the bid is not final or some supporter is unclear."""
        money, cost = self.book.pick[proposal](self.balances), self.costs[proposal]
        backers, held = len(money), 0.0
        place = money.count(0.0)
        rich = backers - place
        off = self.mass + (backers + 8) * EPSILON * cost
        if not rich:
            return self.short(proposal, cost, held, backers), None
        price = cost / rich
        doubt = off / rich + 4 * EPSILON * price
        slack = 2 * (self.drift + doubt)
        if price > limit:
            return Bid(price, doubt, rich, False), None
        if not place and min(money) > price + slack:
            return Bid(price, doubt, rich, True), []
        levels, broke = sorted(money), place
        while levels[place] < price:
            held += levels[place]
            place += 1
            rich -= 1
            if not rich:
                return self.short(proposal, price, held, backers), None
            price = (cost - held) / rich
            if price > limit:
                return Bid(price, off / rich + 4 * EPSILON * price, rich, False), None
        doubt = off / rich + 4 * EPSILON * price
        bid, slack = Bid(price, doubt, rich, True), 2 * (self.drift + doubt)
        if levels[place] <= price + slack or (place > broke and levels[place - 1] >= price - slack):
            return bid, None
        if place == broke:
            return bid, []
        return bid, [
            group for group, balance in zip(self.book.backers[proposal], money, strict=True) if 0.0 < balance < price
        ]

    def sort(self, proposal: int, price: float, tolerance: float) -> tuple[list[int], int, list[tuple[int, int]]]:
        """Return the poor with money left, weight x gain of the rich, and (group, gain) of the unclear supporters."""
        book, backers = self.book, self.book.backers[proposal]
        money = book.pick[proposal](self.balances)
        poor: list[int] = []
        unclear: list[tuple[int, int]] = []
        rich = 0
        for group, balance, weight, gain in zip(
            backers, money, book.weights[proposal], book.gains[proposal], strict=True
        ):
            if not balance:
                continue
            over = balance - price * gain
            if over > tolerance:
                rich += weight * gain
            elif over < -tolerance:
                poor.append(group)
            else:
                unclear.append((group, gain))
        return poor, rich, unclear

    def take(self, bid: Bid, proposal: int, broke: Sequence[int] | Ints) -> None:
        """Pay a purchase, as `Pots.take`, with what stays the same worked out once."""
        self.pay(proposal, bid.price, broke)
        self.mass += self.step + self.parts * self.costs[proposal]
        self.drift += self.profile.top_gain * bid.doubt + 2 * EPSILON * self.full

    def pay(self, proposal: int, price: float, broke: Sequence[int] | Ints) -> None:
        """Take the price from the supporters; those in *broke* pay all they have."""
        book, balances = self.book, self.balances
        for group in broke:
            balances[group] = 0.0
        if book.even:
            for group in book.backers[proposal]:
                if balance := balances[group]:
                    left = balance - price
                    balances[group] = left if left > LEAST else LEAST  # three times as fast as max
            return
        for group, gain in zip(book.backers[proposal], book.gains[proposal], strict=True):
            if balance := balances[group]:
                balances[group] = max(balance - price * gain, LEAST)
