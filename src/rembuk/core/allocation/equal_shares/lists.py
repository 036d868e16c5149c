"""What voters have left during equal shares, in plain lists: fastest where a proposal has few supporters."""

from collections.abc import Sequence
from fractions import Fraction

from rembuk.core.allocation.equal_shares.pots import Bid, Pots
from rembuk.core.allocation.profile import Ints, Profile


class ListBook:
    """The supporters of each proposal as lists of (group, weight, gain), made once for all runs over a profile."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        weights, members, starts = profile.weights.tolist(), profile.members.tolist(), profile.starts.tolist()
        gains = [1] * len(members) if profile.gains is None else profile.gains.tolist()
        entries = list(zip(members, map(weights.__getitem__, members), gains, strict=True))
        self.backers = [entries[starts[p] : starts[p + 1]] for p in range(len(profile.ids))]
        self.even = profile.gains is None

    def pots(self, share: Fraction) -> "ListPots":
        """Return the full pots at the start of a run."""
        return ListPots(self, share)


class ListPots(Pots):
    """Balances as a list of floats."""

    def __init__(self, book: ListBook, share: Fraction) -> None:
        super().__init__(book.profile, share)
        self.book = book
        self.balances = [self.full] * book.profile.groups

    def bid(self, proposal: int, start: float, limit: float) -> Bid:
        """Return what one unit of gain from *proposal* costs at least; see `Pots.bid`."""
        cost, balances, backers = self.costs[proposal], self.balances, self.book.backers[proposal]
        price, even = start, self.book.even
        while True:
            held, rich = 0.0, 0
            if even:
                for group, weight, _ in backers:
                    balance = balances[group]
                    if balance < price:
                        held += weight * balance
                    else:
                        rich += weight
            else:
                for group, weight, gain in backers:
                    balance = balances[group]
                    if balance < price * gain:
                        held += weight * balance
                    else:
                        rich += weight * gain
            if not rich:
                return self.short(proposal, price, held, len(backers))
            rise = (cost - held) / rich
            if rise <= price:
                return Bid(price, self.doubt(proposal, price, rich, len(backers)), rich, True)
            price = rise
            if price > limit:
                return Bid(price, self.doubt(proposal, price, rich, len(backers)), rich, False)

    def sort(self, proposal: int, price: float, tolerance: float) -> tuple[list[int], int, list[tuple[int, int]]]:
        """Return the poor with money left, weight x gain of the rich, and (group, gain) of the unclear supporters."""
        balances = self.balances
        poor: list[int] = []
        unclear: list[tuple[int, int]] = []
        rich = 0
        for group, weight, gain in self.book.backers[proposal]:
            if not (balance := balances[group]):
                continue
            over = balance - price * gain
            if over > tolerance:
                rich += weight * gain
            elif over < -tolerance:
                poor.append(group)
            else:
                unclear.append((group, gain))
        return poor, rich, unclear

    def pay(self, proposal: int, price: float, broke: Sequence[int] | Ints) -> None:
        """Take the price from the supporters; those in *broke* pay all they have."""
        balances = self.balances
        for group in broke:
            balances[group] = 0.0
        for group, _, gain in self.book.backers[proposal]:
            if balances[group]:
                balances[group] -= price * gain
