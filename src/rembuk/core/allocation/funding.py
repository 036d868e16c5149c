"""Can this set of proposals be paid, and from which sources? Answered exactly, in whole rupiah.

Filling sources one after another can block a later proposal that only one source may pay; here money already promised
moves between sources as long as the bounds hold. Proposals with the same allowed sources and the same rows are one
class, so the network stays small. Rows of one source must be nested or apart (checked by `validate`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rembuk.core.allocation.model import Problem, Proposal, Share
from rembuk.core.allocation.network import UNLIMITED, Network, like
from rembuk.core.errors import RembukError
from rembuk.core.money import Rupiah

ClassKey = tuple[tuple[str, ...], tuple[int, ...]]
SEARCH_LIMIT = 2_000
"""Placements tried in one run while other sources are sought for single-source proposals (bin packing: bounded)."""


class FloorsTooHighError(RembukError):
    """The minimum rows of a source ask for more than the source or a row above them holds."""


def hard_shares(problem: Problem) -> tuple[Share, ...]:
    """Return the rows that may block, in a stable order."""
    return tuple(sorted((share for share in problem.shares if share.hard), key=lambda share: share.name))


def class_key(proposal: Proposal, allowed: tuple[str, ...], shares: tuple[Share, ...]) -> ClassKey:
    """Return what makes two proposals alike for funding: who may pay, and in which rows it would count."""
    rows = tuple(index for index, share in enumerate(shares) if share.of in allowed and share.counts(proposal))
    return allowed, rows


def keys_of(
    problem: Problem, proposal: Proposal, shares: tuple[Share, ...], allowed: tuple[str, ...] | None = None
) -> list[ClassKey]:
    """Return the classes a proposal may be paid in: one, or one per source for a single-source proposal."""
    allowed = problem.allowed(proposal) if allowed is None else allowed
    if proposal.single_source:
        return [class_key(proposal, (code,), shares) for code in allowed]
    return [class_key(proposal, allowed, shares)]


def row_members(share: Share, index: int, keys: Iterable[ClassKey]) -> frozenset[ClassKey]:
    """Return the classes whose money from the row's source counts in the row."""
    return frozenset(key for key in keys if share.of in key[0] and index in key[1])


@dataclass(frozen=True, slots=True)
class Row:
    """A hard row that touches some class: its classes, bounds and the floor worth keeping money for."""

    share: Share
    members: frozenset[ClassKey]
    floor: int
    high: int


def rows_of(problem: Problem, shares: tuple[Share, ...], keys: Iterable[ClassKey]) -> list[Row]:
    """Return the rows that touch some class, larger ones first. The floor is capped by what is proposed for it."""
    keys = list(keys)
    ceilings = {source.id: source.ceiling for source in problem.sources}
    payers = problem.allowed
    by_id = {item.id: item for item in problem.proposals}
    rows: list[Row] = []
    for index, share in enumerate(shares):
        members = row_members(share, index, keys)
        low, high = problem.bounds(share)
        if not members or share.of not in ceilings or (low == 0 and high is None):
            continue
        most = ceilings[share.of] if high is None else min(high, ceilings[share.of])
        proposed = (
            0
            if low == 0
            else sum(
                proposal.cost or 0
                for proposal in map(by_id.__getitem__, problem.counted(share))
                if share.of in (allowed := payers(proposal))
                and (proposal.cost or 0) <= sum(ceilings[code] for code in allowed)
            )
        )
        rows.append(Row(share, members, min(low, most, proposed), UNLIMITED if high is None else high))
    return sorted(rows, key=lambda row: (-len(row.members), row.share.name))


class FundingNetwork:
    """The sources, rows and classes of a problem as a network. floors: keep unspent money apart for minimum rows."""

    def __init__(self, problem: Problem, keys: Iterable[ClassKey], *, rows: bool = True, floors: bool = True) -> None:
        self.net = Network()
        self.root = self.net.node()
        self.filler = self.net.node()
        self.starts: tuple[int, ...] = (self.root, self.filler)
        self.keys = sorted(set(keys))
        self.class_nodes = {key: self.net.node() for key in self.keys}
        self.source_nodes: dict[str, int] = {}
        self.source_edges: dict[str, int] = {}
        self.row_edges: dict[str, int] = {}
        self.row_nodes: dict[str, int] = {}
        self.filler_edges: dict[str, int] = {}
        self.pay_edges: dict[tuple[ClassKey, str], int] = {}
        self.straight: dict[int, list[tuple[int, int, int]]] = {}
        shares = hard_shares(problem) if rows else ()
        self.rows = rows_of(problem, shares, self.keys)
        for source in problem.ordered_sources():
            node = self.net.node()
            self.source_nodes[source.id] = node
            self.source_edges[source.id] = self.net.edge(self.root, node, source.ceiling)
            self._hang(source.id, [row for row in self.rows if row.share.of == source.id])
        if floors:
            self._fill_floors()

    def copy(self) -> "FundingNetwork":
        """Return the same network with a flow of its own."""
        other = like(self)
        other.net = like(self.net)
        other.net.flow = self.net.flow[:]
        return other

    def send(self, key: ClassKey, amount: int) -> int:
        """Send up to *amount* to a class; return what arrived."""
        net, node = self.net, self.class_nodes[key]
        flow, low, high = net.flow, net.low, net.high
        sent = 0
        # The shortest ways first, as a search would find them: straight from a source, or from what a floor keeps.
        for edge, backward, last in self._straight(node):
            if sent == amount:
                break
            room = flow[edge] - low[edge] if backward else high[edge] - flow[edge]
            step = min(amount - sent, room)
            if step > 0:
                flow[edge] += -step if backward else step
                flow[last] += step
                sent += step
        return sent if sent == amount else sent + net.push(self.starts, node, amount - sent)

    def room(self, key: ClassKey) -> int:
        """Return the most that could be sent to a class, sending nothing."""
        before = self.net.flow[:]
        room = self.send(key, UNLIMITED)
        self.net.flow = before
        return room

    def _straight(self, node: int) -> list[tuple[int, int, int]]:
        """Return (edge, 0 forward or 1 backward, last edge) of the ways of two edges, as a search meets them."""
        if node not in self.straight:
            entries = self.net.entries
            self.straight[node] = [
                (edge, backward, last)
                for middle, last, _ in entries[node]
                for origin, edge, backward in entries[middle]
                if origin in self.starts
            ]
        return self.straight[node]

    def _hang(self, code: str, rows: list[Row]) -> None:
        """Hang the rows of one source below it, smaller ones below larger ones, and the classes below the smallest."""
        for place, row in enumerate(rows):
            above = [other for other in rows[:place] if row.members <= other.members]
            parent = self.row_nodes[above[-1].share.name] if above else self.source_nodes[code]
            node = self.net.node()
            self.row_nodes[row.share.name] = node
            self.row_edges[row.share.name] = self.net.edge(parent, node, row.high)
        for key in self.keys:
            if code in key[0]:
                homes = [row for row in rows if key in row.members]
                tail = self.row_nodes[homes[-1].share.name] if homes else self.source_nodes[code]
                self.pay_edges[key, code] = self.net.edge(tail, self.class_nodes[key], UNLIMITED)

    def _fill_floors(self) -> None:
        """Set money apart for every floor, innermost rows first. Raises: FloorsTooHighError."""
        for row in reversed(self.rows):
            if row.floor == 0:
                continue
            edge = self.row_edges[row.share.name]
            filler = self.net.edge(self.row_nodes[row.share.name], self.filler, UNLIMITED)
            self.filler_edges[row.share.name] = filler
            lacking = row.floor - self.net.flow[edge]
            if lacking > 0 and self.net.push((self.root,), self.row_nodes[row.share.name], lacking) < lacking:
                raise FloorsTooHighError("floors-too-high", row=row.share.name)
            self.net.flow[filler] += max(0, lacking)
            self.net.low[edge] = row.floor

    def blockers(self, key: ClassKey) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the used-up sources and the rows that keep money from a class, after as much as fits was sent."""
        seen = self.net.reach(self.starts)
        sources = [code for code in key[0] if self.net.room(2 * self.source_edges[code]) == 0]
        rows = [row.share.name for row in self.rows if row.share.of in key[0] and self._holds_back(row, key, seen)]
        return tuple(sources), tuple(sorted(rows))

    def _holds_back(self, row: Row, key: ClassKey, seen: Mapping[int, int]) -> bool:
        edge = self.row_edges[row.share.name]
        if key in row.members:
            return self.net.room(2 * edge) == 0 and self.net.tails[edge] in seen
        filler = self.filler_edges.get(row.share.name)
        return filler is not None and self.net.flow[filler] > 0


class Funder:
    """Keeps a set of chosen proposals payable while it grows. Asking never changes the set; adding does."""

    def __init__(self, problem: Problem, *, rows: bool = True) -> None:
        self.problem = problem
        self.with_rows = rows
        self.shares = hard_shares(problem) if rows else ()
        candidates = [proposal for proposal in problem.proposals if proposal.cost]
        self.payers = problem.allowed
        self.keys = {item.id: keys_of(problem, item, self.shares, self.payers(item)) for item in candidates}
        self.all_keys = [key for keys in self.keys.values() for key in keys]
        self.network = FundingNetwork(problem, self.all_keys, rows=rows)
        self.placed: dict[str, ClassKey] = {}
        self.chosen: dict[str, Proposal] = {}
        self.search_cut = False
        self.steps = SEARCH_LIMIT
        self.split_keys: dict[str, ClassKey] = {}
        self.splittable: FundingNetwork | None = None
        self.settled: tuple[tuple[str, ...], FundingNetwork] | None = None
        """A network with the chosen proposals that may be split, and the ids of all chosen ones."""
        if any(item.single_source for item in candidates):
            self.split_keys = {
                item.id: class_key(item, self.payers(item), self.shares)
                if item.single_source
                else self.keys[item.id][0]
                for item in candidates
            }
            self.splittable = FundingNetwork(problem, self.split_keys.values(), rows=rows)

    def copy(self) -> "Funder":
        """Return a funder that grows on its own from here."""
        other = like(self)
        other.network = self.network.copy()
        other.splittable = None if self.splittable is None else self.splittable.copy()
        other.placed, other.chosen = dict(self.placed), dict(self.chosen)
        return other

    def add(self, proposal: Proposal) -> bool:
        """Add *proposal* if the set stays payable; return whether it was added."""
        if self.splittable is None:
            return self._add(proposal)
        before = self.splittable.net.flow[:]
        if not self._send(self.splittable, self.split_keys[proposal.id], proposal.cost or 0):
            return False  # not even if every payment might be split
        if self._add(proposal):
            return True
        self.splittable.net.flow = before
        return False

    def _add(self, proposal: Proposal) -> bool:
        for key in self.keys[proposal.id]:
            if self._send(self.network, key, proposal.cost or 0):
                self.placed[proposal.id] = key
                self.chosen[proposal.id] = proposal
                return True
        if proposal.single_source or any(item.single_source for item in self.chosen.values()):
            return self._rearrange(proposal)
        return False

    def fits(self, proposal: Proposal) -> bool:
        """Return whether *proposal* could be added, without adding it."""
        if self.splittable is None:
            return self.reach(self.keys[proposal.id][0]) >= (proposal.cost or 0)
        network, flow, placed, chosen = self.network, self.network.net.flow[:], dict(self.placed), dict(self.chosen)
        split = self.splittable.net.flow[:] if self.splittable is not None else []
        fit = self.add(proposal)
        self.network, self.placed, self.chosen = network, placed, chosen
        self.network.net.flow = flow
        if self.splittable is not None:
            self.splittable.net.flow = split
        return fit

    def reach(self, key: ClassKey) -> int:
        """Return the most rupiah that a class could get beside what is chosen."""
        return self.network.room(key)

    def room_for(self, proposal: Proposal) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
        """Return the most rupiah *proposal* could get now, with the used-up sources and binding rows of that answer."""
        best = 0
        rows: set[str] = set()
        sources: set[str] = set()
        for key in self.keys[proposal.id]:
            net = self.network.net
            before = net.flow[:]
            best = max(best, self.network.send(key, proposal.cost or 0))
            found = self.network.blockers(key)
            net.flow = before
            sources.update(found[0])
            rows.update(found[1])
        order = [source.id for source in self.problem.ordered_sources() if source.id in sources]
        return best, tuple(order), tuple(sorted(rows))

    def amounts(self, order: Iterable[Proposal]) -> dict[str, tuple[tuple[str, Rupiah], ...]]:
        """Return proposal id -> (source, rupiah) for the chosen ones; the better placed take the first sources."""
        return arrange(self.problem, order, self.placed)

    @staticmethod
    def _send(network: FundingNetwork, key: ClassKey, amount: int) -> bool:
        before = network.net.flow[:]
        if network.send(key, amount) == amount:
            return True
        network.net.flow = before
        return False

    def _rearrange(self, proposal: Proposal) -> bool:
        """Look for other sources for the single-source proposals so that *proposal* fits too."""
        items = [*self.chosen.values(), proposal]
        network = self._with_splittable()
        if network is None or not (
            proposal.single_source or self._send(network, self.keys[proposal.id][0], proposal.cost or 0)
        ):
            return False
        placed = {item.id: self.keys[item.id][0] for item in items if not item.single_source}
        singles = sorted((item for item in items if item.single_source), key=lambda item: (-(item.cost or 0), item.id))
        if not self._place(network, singles, 0, placed):
            self.search_cut = self.search_cut or self.steps <= 0
            return False
        self.network, self.placed = network, placed
        self.chosen[proposal.id] = proposal
        return True

    def _with_splittable(self) -> FundingNetwork | None:
        """Return a network with the chosen proposals that may be split, in the order they were chosen."""
        ids = tuple(self.chosen)
        if self.settled is None or self.settled[0] != ids:
            network = FundingNetwork(self.problem, self.all_keys, rows=self.with_rows)
            for item in self.chosen.values():
                if not item.single_source and not self._send(network, self.keys[item.id][0], item.cost or 0):
                    return None
            self.settled = ids, network
        return self.settled[1].copy()

    def _place(self, network: FundingNetwork, singles: list[Proposal], index: int, placed: dict[str, ClassKey]) -> bool:
        """Give each single-source proposal a source, trying the one it has first; undo and go back where it fails."""
        if index == len(singles):
            return True
        item = singles[index]
        before = network.net.flow[:]
        for key in sorted(self.keys[item.id], key=lambda key: key != self.placed.get(item.id)):
            self.steps -= 1
            if self.steps <= 0:
                return False
            if self._send(network, key, item.cost or 0):
                placed[item.id] = key
                if self._place(network, singles, index + 1, placed):
                    return True
                network.net.flow = before[:]
        return False


def arrange(
    problem: Problem, order: Iterable[Proposal], placed: Mapping[str, ClassKey]
) -> dict[str, tuple[tuple[str, Rupiah], ...]]:
    """Share out the money of a payable set: proposal id -> (source, rupiah) in filling order.

    Minimum rows first get what the set can give them. Then the first source of the filling order pays as much as it
    can, then the second, and so on; then the class with the best placed proposal gets its money from the first
    sources, and within a class the proposals take it in the given order. placed: the class each proposal is paid in.
    """
    chosen = list(order)
    keys = list(dict.fromkeys(placed[proposal.id] for proposal in chosen))
    network = FundingNetwork(problem, keys, floors=False)
    net = network.net
    for proposal in chosen:
        if network.send(placed[proposal.id], proposal.cost or 0) != proposal.cost:
            raise AssertionError("the chosen set was payable and is not any more")
    codes = [source.id for source in problem.ordered_sources()]
    for row in network.rows:
        edge = network.row_edges[row.share.name]
        low = problem.bounds(row.share)[0]
        net.low[edge] = min(low, net.maximise(edge, low))
    for code in codes:
        net.maximise(network.source_edges[code])
        net.freeze(network.source_edges[code])
    money: dict[ClassKey, dict[str, int]] = {key: {} for key in keys}
    for key in keys:
        for code in key[0]:
            edge = network.pay_edges[key, code]
            money[key][code] = net.maximise(edge)
            net.freeze(edge)
    return {proposal.id: _take(money[placed[proposal.id]], proposal.cost or 0) for proposal in chosen}


def _take(purse: dict[str, int], cost: int) -> tuple[tuple[str, Rupiah], ...]:
    """Take *cost* out of the purse of a class, first source first."""
    parts: list[tuple[str, Rupiah]] = []
    for code, held in purse.items():
        amount = min(cost, held)
        if amount > 0:
            purse[code] = held - amount
            cost -= amount
            parts.append((code, Rupiah(amount)))
    return tuple(parts)
