"""One run of equal shares: round after round the proposal with the lowest price, until nobody can pay for any."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from rembuk.core.allocation.equal_shares.arrays import ArrayBook
from rembuk.core.allocation.equal_shares.lists import ListBook, ListPots
from rembuk.core.allocation.equal_shares.pots import EPSILON, NEVER, Bid, Pots
from rembuk.core.allocation.profile import EXACT_FLOAT, Ints, Profile
from rembuk.core.allocation.ties import TieOrder

LISTS_UP_TO = 40
"""Supporters of the average proposal up to which plain lists beat arrays (measured)."""

Entry = tuple[float, int, int, int]
"""(lowest price per unit of utility, class, place, proposal). A class of -1: a bound, not the price at full pots."""


class Answer(Enum):
    """What became of the winner of a round."""

    BOUGHT = "bought"
    REFUSED = "refused"
    WAITS = "waits"
    STOP = "stop"


class Market:
    """What all runs over a profile share: supporters, and the prices while everybody still has enough."""

    def __init__(self, profile: Profile, ties: TieOrder) -> None:
        self.profile = profile
        self.ties = ties
        few = len(profile.members) <= LISTS_UP_TO * max(1, len(profile.supported))
        self.book: ListBook | ArrayBook = ListBook(profile) if few or profile.heavy else ArrayBook(profile)
        self.evenly = isinstance(self.book, ListBook) and self.book.ones
        self.power = [total // factor for total, factor in zip(profile.sums, profile.factors, strict=True)]
        self.first: dict[int, float] = {}
        self.exact: dict[int, Fraction] = {}
        entries: list[Entry] = []
        for proposal in profile.supported:
            cost = profile.costs[proposal] * profile.scale
            self.first[proposal] = cost / profile.sums[proposal]
            entries.append((self.first[proposal], *ties.places[proposal], proposal))
        self.entries = sorted(entries)
        self.coarse = self._coarse()
        # Quotients of smaller integers are equal as floats only where they are equal.
        self.fine = max(profile.costs, default=0) * profile.scale * max(self.power, default=0) < EXACT_FLOAT // 4

    def _coarse(self) -> bool:
        """Return whether two different first prices look the same as floats."""
        profile = self.profile
        for (low, _, _, one), (high, _, _, other) in zip(self.entries, self.entries[1:], strict=False):
            if low == high:
                left = profile.costs[one] * profile.sums[other]
                if left != profile.costs[other] * profile.sums[one]:
                    return True
        return False

    def at_once(self, share: Fraction, without: frozenset[int] = frozenset()) -> list[Entry]:
        """Return the entries whose supporters have the cost between them at the start."""
        profile = self.profile
        top, base = share.numerator, share.denominator
        costs, scale, votes = profile.costs, profile.scale, profile.votes
        return [
            entry
            for entry in self.entries
            if entry[3] not in without and costs[entry[3]] * scale * base <= top * votes[entry[3]]
        ]


class Rival(NamedTuple):
    """A proposal that may win the round.

    low: price per unit of utility, surely not below. poor: supporters with money left that pay all of it; rich: weight
    x gain of those that pay the full price; spent: those of them it leaves with exactly nothing. clear: all that is
    sure. whole: every supporter pays the full price. flat: everybody pays it who has any money left, and *low* is that
    price, as the nearest float.
    """

    low: float
    proposal: int
    bid: Bid
    poor: Sequence[int] | Ints
    rich: int
    clear: bool
    whole: bool
    spent: Sequence[int] = ()
    flat: bool = False


def _always(proposal: int) -> bool:
    return True


class Run:
    """Equal shares from one share per weight 1. Afterwards `bought` are the numbers of the purchases in order.

    ready: whether a proposal that waits may be asked again. without: proposals that take no part. start: hamlet ->
    rupiah of what is chosen already. events: what became of each winner so far.
    """

    def __init__(
        self,
        market: Market,
        share: Fraction,
        *,
        ready: Callable[[int], bool] = _always,
        without: frozenset[int] = frozenset(),
        start: Mapping[str, int] | None = None,
    ) -> None:
        self.market = market
        self.share = share
        self.pots: Pots = market.book.pots(share)
        self.heap = market.at_once(share, without)
        self.ready = ready
        self.start = dict(start or {})
        self.hamlets = dict(self.start)
        self.bought: list[int] = []
        self.events: list[tuple[int, Answer]] = []
        self.waiting: list[Entry] = []
        self.last: dict[int, float] = {}

    def settle(self, winner: Rival, answer: Answer) -> None:
        """Do with the winner of a round what the answer says."""
        self.events.append((winner.proposal, answer))
        if answer is Answer.BOUGHT:
            self._buy(winner)
        elif answer is Answer.WAITS:
            self.waiting.append(self._entry(winner))

    def put_back(self, winner: Rival) -> None:
        """Leave the round open: its winner may win again."""
        heappush(self.heap, self._entry(winner))

    def ended(self) -> bool:
        """Return whether no supporters can pay any proposal."""
        winner = self.winner()
        if winner is not None:
            self.put_back(winner)
        return winner is None

    def branch(self, share: Fraction) -> "Run":
        """Return the run with a smaller share that made the same purchases as this one so far.

        Prices are lower where shares are larger, so every price of this run is where the other begins to look.
        """
        other = Run(self.market, share, ready=self.ready, start=self.start)
        other.heap, other.waiting, other.last = list(self.heap), [], dict(self.last)
        for proposal, answer in self.events:
            if answer is Answer.BOUGHT:
                other._buy(other._forced(proposal))
        other.events, other.waiting = list(self.events), list(self.waiting)
        return other

    def follow(self, proposal: int, answer: Answer) -> None:
        """Do with *proposal* what the answer says, knowing that it wins the round."""
        entry = next(entry for entry in self.heap if entry[3] == proposal)
        self.heap.remove(entry)
        heapify(self.heap)
        self.events.append((proposal, answer))
        if answer is Answer.BOUGHT:
            self._buy(self._forced(proposal))
        elif answer is Answer.WAITS:
            self.waiting.append(entry)

    def agrees(self, winner: Rival, below: "Run") -> bool:
        """Return whether the winner of a run with a smaller share surely wins with every share up to this one's.

        Between the two its price is at most what it is below, and that of every other at least what it is here; where
        all supporters pay the full price it is the same throughout.
        """
        limit, heap, market = below._high(winner), self.heap, self.market
        known = (winner.low, market.ties.places[winner.proposal][0])
        sure, later = True, []
        while sure and heap and heap[0][0] <= limit:
            if winner.whole and not market.coarse and heap[0][1] >= 0 and heap[0][:2] > known:
                break
            entry = heappop(heap)
            found: Rival | Entry | None = entry
            if entry[3] != winner.proposal:
                found = self._look(entry, limit)
            if isinstance(found, Rival):
                sure = winner.whole and found.whole and below._is_whole(entry)
                found = self._entry(found)
            if found is not None:
                later.append(found)
        for entry in later:
            heappush(heap, entry)
        return sure

    def _is_whole(self, entry: Entry) -> bool:
        found = self._look(entry, NEVER)
        return isinstance(found, Rival) and found.whole

    def _forced(self, proposal: int) -> Rival:
        """Return *proposal* as the winner of the round."""
        found = self._look((0.0, -1, 0, proposal), NEVER)
        if isinstance(found, Rival) and not found.clear:
            exact = self._exact(found)
            found = None if exact is None else exact[2]
        if not isinstance(found, Rival):
            raise AssertionError("the winner of a round can be paid with any larger share")
        return found

    def prices(self) -> list[Fraction]:
        """Return the exact price per unit of utility of every purchase."""
        factors = self.market.profile.factors
        paid = self.pots.ledger.prices()
        return [price / factors[proposal] for price, proposal in zip(paid, self.bought, strict=True)]

    def _buy(self, winner: Rival) -> None:
        proposal, pots = winner.proposal, self.pots
        pots.ledger.record(proposal, winner.poor, winner.rich)
        pots.take(winner.bid, proposal, [*winner.poor, *winner.spent] if winner.spent else winner.poor)
        self.bought.append(proposal)
        hamlet = self.market.ties.hamlets[proposal]
        self.hamlets[hamlet] = self.hamlets.get(hamlet, 0) + self.market.profile.costs[proposal]
        if self.waiting:
            awake = [entry for entry in self.waiting if self.ready(entry[3])]
            self.waiting = [entry for entry in self.waiting if entry not in awake]
            for entry in awake:
                heappush(self.heap, entry)

    def winner(self) -> Rival | None:
        """Take the proposal with the lowest price out of the heap; nothing if no supporters can pay any."""
        rivals, later = self._rivals()
        winner = None
        if rivals:
            limit = min((self._high(rival) for rival in rivals if rival.clear), default=NEVER)
            winner, rivals = self._best(rivals, limit)
        for entry in later:
            heappush(self.heap, entry)
        for rival in rivals:
            if rival is not winner:
                heappush(self.heap, self._entry(rival))
        return winner

    def _rivals(self) -> tuple[list[Rival], list[Entry]]:
        """Take everything that may win out of the heap; the second list surely does not win and goes back."""
        limit = NEVER
        rivals: list[Rival] = []
        later: list[Entry] = []
        heap = self.heap
        while heap and heap[0][0] <= limit:
            entry = heappop(heap)
            found = self._look(entry, limit)
            if isinstance(found, Rival):
                if found.flat and not rivals and self._stands_alone(found):
                    return [found], later
                rivals.append(found)
                if found.clear:
                    limit = min(limit, self._high(found))
            elif found is not None:
                later.append(found)
        return rivals, later

    def _high(self, rival: Rival) -> float:
        """Return a price per unit of utility that the rival's is surely not above."""
        if rival.flat:
            return rival.low * (1 + 4 * EPSILON)
        factor = self.market.profile.factors[rival.proposal]
        return (rival.bid.price + rival.bid.doubt) / factor * (1 + 4 * EPSILON)

    def _stands_alone(self, rival: Rival) -> bool:
        """Return whether a flat rival beats everything in the heap."""
        if not self.heap:
            return True
        price, klass, _, _ = self.heap[0]
        if price > rival.low * (1 + 4 * EPSILON):
            return True
        return price == rival.low and klass > self.market.ties.places[rival.proposal][0] and not self.market.coarse

    def _look(self, entry: Entry, limit: float) -> Rival | Entry | None:
        """Return a rival, a better bound for a proposal that is out of reach, or nothing if it cannot be paid."""
        proposal, market, pots = entry[3], self.market, self.pots
        factor = market.profile.factors[proposal]
        known: Sequence[int] | None = None
        if market.evenly:
            assert isinstance(pots, ListPots)
            bid, known = pots.size_up(proposal, limit * factor)
        else:
            start = self.last.get(proposal)
            bid = pots.bid(proposal, market.first[proposal] * factor if start is None else start, limit * factor)
        price, doubt, weight, final = bid
        if price == NEVER:
            return None
        if doubt < NEVER and not market.evenly:
            self.last[proposal] = price
        low = (price - doubt) / factor * (1 - 4 * EPSILON)
        if not final or low > limit:
            return (low, -1, entry[2], proposal)
        if known is None:
            poor, rich, unclear = pots.sort(proposal, price, 2 * (pots.drift + market.profile.top_gain * doubt))
        else:
            poor, rich, unclear = known, int(weight), []
        if unclear or len(poor):
            return Rival(low, proposal, bid, poor, rich, not unclear, False)
        whole = rich == market.power[proposal]
        flat = whole or market.fine
        if flat:
            low = market.profile.costs[proposal] * market.profile.scale / (rich * factor)
        return Rival(low, proposal, bid, poor, rich, True, whole, (), flat)

    def _entry(self, rival: Rival) -> Entry:
        klass, place = self.market.ties.places[rival.proposal]
        return (max(0.0, rival.low), klass if rival.flat else -1, place, rival.proposal)

    def _best(self, rivals: list[Rival], limit: float) -> tuple[Rival | None, list[Rival]]:
        """Return the cheapest rival and those that stay in the game, sorted exactly where floats cannot tell.

        Equal ones go by the tie order. Rivals whose supporters turn out not to have the money drop out.
        """
        near = [rival for rival in rivals if rival.low <= limit]
        if len(near) == 1 and near[0].clear:
            return near[0], rivals
        staying = [rival for rival in rivals if rival.low > limit]
        tied: dict[int, Rival] = {}
        least, parts = 1, 0  # the lowest price so far, as a fraction
        for rival in near:
            found = self._exact(rival)
            if found is None:
                continue
            price, whole, settled = found
            staying.append(settled)
            order = price * parts - least * whole
            if order < 0:
                tied, least, parts = {}, price, whole
            if order <= 0:
                tied[settled.proposal] = settled
        if not tied:
            return None, staying
        first = self.market.ties.first(list(tied), self.hamlets) if len(tied) > 1 else next(iter(tied))
        return tied[first], staying

    def _exact(self, rival: Rival) -> tuple[int, int, Rival] | None:
        """Return the exact price per unit of utility as (numerator, denominator), with the supporters sorted exactly.

        Nothing if they cannot pay.
        """
        proposal, profile = rival.proposal, self.market.profile
        factor = profile.factors[proposal]
        if rival.clear and not len(rival.poor):  # everybody who has money left pays the same
            return profile.costs[proposal] * profile.scale, rival.rich * factor, rival
        found = self.pots.exact(proposal, rival.bid.price, rival.bid.doubt)
        if found is None:
            return None
        exact, poor = found
        price = float(exact.price)
        bid = Bid(price, 2 * EPSILON * price, exact.rich, True)
        low = price / factor * (1 - 4 * EPSILON)
        settled = Rival(low, proposal, bid, poor, exact.rich, True, False, exact.spent)
        return exact.price.numerator, exact.price.denominator * factor, settled
