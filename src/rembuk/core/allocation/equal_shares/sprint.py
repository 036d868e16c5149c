"""A run of equal shares at full speed for villages: which purchases it makes, without their exact prices.

Only where every voter counts as one and has a plain list. It rests on the same bounds as `run`, and gives up where
floats are too close to tell: then the run must be walked in full. The prices of the run that is kept are worked out by
walking that one in full too.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from rembuk.core.allocation.equal_shares.lists import ListBook
from rembuk.core.allocation.equal_shares.pots import EPSILON, NEVER
from rembuk.core.allocation.equal_shares.run import Answer, Entry, Market

UP, DOWN = 1 + 4 * EPSILON, 1 - 4 * EPSILON


class UnclearError(Exception):
    """Floats are too close to tell who wins or who pays."""


class Bidder(NamedTuple):
    """A proposal that may win the round, as `Rival`. flat: nobody among those with money left is poor."""

    low: float
    high: float
    price: float
    doubt: float
    rich: int
    poor: list[int] | None
    entry: Entry

    @property
    def flat(self) -> bool:
        return self.poor is None


def can_sprint(market: Market) -> bool:
    """Return whether runs over a market may be sprinted."""
    return market.evenly and market.fine and not market.coarse


class Sprint:
    """One run from a share per weight 1. Afterwards `bought` are the numbers of the purchases in order."""

    def __init__(self, market: Market, share: Fraction, *, without: frozenset[int], start: Mapping[str, int]) -> None:
        assert isinstance(market.book, ListBook)
        profile, self.market, self.book = market.profile, market, market.book
        self.full = float(share)
        self.balances = [self.full] * profile.groups
        self.heap = market.at_once(share, without)
        self.costs, self.factors = profile.float_costs, profile.factors
        self.whole_costs = [cost * profile.scale for cost in profile.costs]
        self.mass = EPSILON * self.full * float(profile.voters)
        self.drift = EPSILON * self.full
        self.step = 4 * EPSILON * self.full * float(profile.voters)
        self.parts = (profile.groups + 8) * EPSILON
        self.hamlets = dict(start)
        self.bought: list[int] = []
        self.waiting: list[Entry] = []

    def walk(self, ask: Callable[[int], Answer], ready: Callable[[int], bool]) -> bool:
        """Buy until nobody can pay any more; return whether the budget held. Raises: UnclearError."""
        while (winner := self._winner()) is not None:
            entry = winner.entry
            answer = ask(entry[3])
            if answer is Answer.BOUGHT:
                self._buy(winner)
                if self.waiting:
                    awake = [waited for waited in self.waiting if ready(waited[3])]
                    self.waiting = [waited for waited in self.waiting if waited not in awake]
                    for waited in awake:
                        heappush(self.heap, waited)
            elif answer is Answer.STOP:
                return False
            elif answer is Answer.WAITS:
                self.waiting.append(self._entry(winner))
        return True

    def _winner(self) -> Bidder | None:
        """Take the proposal with the lowest price out of the heap; nothing if no supporters can pay any."""
        heap, look, limit = self.heap, self._look, NEVER
        rivals: list[Bidder] = []
        later: list[Entry] = []
        while heap and heap[0][0] <= limit:
            found = look(heappop(heap), limit, later)
            if found is None:
                continue
            if found.poor is None and not rivals:
                if not heap or heap[0][0] > found.high:
                    break
                if heap[0][0] == found.low and heap[0][1] > self._class(found.entry[3]):
                    break
            rivals.append(found)
            if found.high < limit:
                limit = found.high
        else:
            found = self._best(rivals, limit) if rivals else None
        for entry in later:
            heappush(heap, entry)
        return found

    def _class(self, proposal: int) -> int:
        return self.market.ties.places[proposal][0]

    def _entry(self, bidder: Bidder) -> Entry:
        _, _, place, proposal = bidder.entry
        return (max(0.0, bidder.low), self._class(proposal) if bidder.flat else -1, place, proposal)

    def _look(self, entry: Entry, limit: float, later: list[Entry]) -> Bidder | None:
        """Return a bidder, or nothing where it cannot be paid or only later: then *later* gets a bound of it."""
        proposal = entry[3]
        money, cost, factor = self.book.pick[proposal](self.balances), self.costs[proposal], self.factors[proposal]
        backers = len(money)
        broke = place = money.count(0.0)
        rich = backers - place
        if not rich:
            return None
        off, bound, held = self.mass + (backers + 8) * EPSILON * cost, limit * factor, 0.0
        price = cost / rich
        slack = 2 * (self.drift + off / rich + 4 * EPSILON * price)
        if price <= bound and (place or min(money) <= price + slack):
            levels = sorted(money)
            while price <= bound and levels[place] < price:
                held += levels[place]
                place += 1
                rich -= 1
                if not rich:
                    if held < cost - off:
                        return None
                    raise UnclearError
                price = (cost - held) / rich
            slack = 2 * (self.drift + off / rich + 4 * EPSILON * price)
            near = levels[place] <= price + slack or (place > broke and levels[place - 1] >= price - slack)
            if price <= bound and near:
                raise UnclearError
        doubt = off / rich + 4 * EPSILON * price
        low = (price - doubt) / factor * DOWN
        if price > bound or low > limit:
            later.append((low, -1, entry[2], proposal))
            return None
        if place == broke:
            low = cost / (rich * factor)
            return Bidder(low, low * UP, price, doubt, rich, None, entry)
        pairs = zip(self.book.backers[proposal], money, strict=True)
        poor = [group for group, balance in pairs if 0.0 < balance < price]
        return Bidder(low, (price + doubt) / factor * UP, price, doubt, rich, poor, entry)

    def _best(self, rivals: list[Bidder], limit: float) -> Bidder:
        """Return the cheapest rival, equal ones by the tie order, and put the others back."""
        near = [rival for rival in rivals if rival.low <= limit]
        first = near[0]
        if len(near) > 1:
            if not all(rival.flat for rival in near):
                raise UnclearError
            least, parts = 1, 0  # the lowest price so far, as a fraction
            tied: dict[int, Bidder] = {}
            for rival in near:
                proposal = rival.entry[3]
                price, whole = self.whole_costs[proposal], rival.rich * self.factors[proposal]
                order = price * parts - least * whole
                if order < 0:
                    tied, least, parts = {}, price, whole
                if order <= 0:
                    tied[proposal] = rival
            first = (
                tied[self.market.ties.first(list(tied), self.hamlets)] if len(tied) > 1 else next(iter(tied.values()))
            )
        for rival in rivals:
            if rival is not first:
                heappush(self.heap, self._entry(rival))
        return first

    def _buy(self, winner: Bidder) -> None:
        proposal, price, balances = winner.entry[3], winner.price, self.balances
        if winner.poor:
            for group in winner.poor:
                balances[group] = 0.0
        # Who is not poor has surely more than the price, else `_look` had given up.
        for group in self.book.backers[proposal]:
            if balance := balances[group]:
                balances[group] = balance - price
        self.mass += self.step + self.parts * self.costs[proposal]
        self.drift += winner.doubt + 2 * EPSILON * self.full
        self.bought.append(proposal)
        hamlet = self.market.ties.hamlets[proposal]
        self.hamlets[hamlet] = self.hamlets.get(hamlet, 0) + self.market.profile.costs[proposal]
