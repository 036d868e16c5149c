"""What stands in the way at the end of a choice, and how much more of it would do."""

from rembuk.core.allocation.explain.states import States
from rembuk.core.allocation.explain.values import Relief
from rembuk.core.allocation.funding import ClassKey, FundingNetwork
from rembuk.core.allocation.model import Proposal
from rembuk.core.allocation.network import UNLIMITED
from rembuk.core.money import Rupiah

Edge = tuple[str, str, int]
"""Kind, name, and the most rupiah that opening it alone would add."""


class Reliefs:
    """The used-up ceilings and binding rows of the final state, each opened alone and measured once per class."""

    def __init__(self, states: States) -> None:
        self.states = states
        self.classes: dict[ClassKey, tuple[int, tuple[Edge, ...]]] = {}

    def of(self, item: Proposal) -> tuple[Relief, ...]:
        """Return the reliefs of a loser, sources in filling order, then rows; empty if it would fit at the end."""
        cost = item.cost or 0
        rows = self._whole_rows(item, cost)
        money = self._purse(cost) if self.states.funder is None else self._money(item, cost)
        if money and rows:  # neither helps alone
            return tuple(Relief(relief.kind, relief.name, None) for relief in (*money, *rows))
        return money or (rows if len(rows) == 1 else tuple(Relief("row", row.name, None) for row in rows))

    def _purse(self, cost: int) -> tuple[Relief, ...]:
        source = self.states.problem.sources[0]
        lacking = cost - (source.ceiling - self.states.spent[self.states.last])
        return (Relief("source", source.id, Rupiah(lacking)),) if lacking > 0 else ()

    def _whole_rows(self, item: Proposal, cost: int) -> tuple[Relief, ...]:
        whole, last = self.states.selection.whole, self.states.last
        found = []
        for share, _, high in whole.rows:
            used = self.states.used[share.name][last]
            kept = max(0, whole.floors[share.name] - used)
            if share.counts(item):
                lacking = 0 if high is None else used + cost - high
            else:
                lacking = self.states.spent[last] + cost + kept - whole.total if kept else 0
            if lacking > 0:
                found.append(Relief("row", share.name, Rupiah(lacking)))
        return tuple(found)

    def _money(self, item: Proposal, cost: int) -> tuple[Relief, ...]:
        funder = self.states.funder
        assert funder is not None
        best: dict[tuple[str, str], int | None] = {}
        for key in funder.keys[item.id]:
            room, edges = self._class(key)
            if room >= cost:
                return ()
            for kind, name, gain in edges:
                amount = cost - room if room + gain >= cost else None
                known = best.get((kind, name))
                best[kind, name] = amount if known is None else known if amount is None else min(known, amount)
        place = {source.id: index for index, source in enumerate(self.states.problem.ordered_sources())}
        helping = {edge for edge, amount in best.items() if amount is not None} or set(best)
        order = sorted(helping, key=lambda edge: (edge[0] == "row", place.get(edge[1], 0), edge[1]))
        return tuple(_relief(kind, name, best[kind, name]) for kind, name in order)

    def _class(self, key: ClassKey) -> tuple[int, tuple[Edge, ...]]:
        """Return the room of a class at the end, and the edges of the cut that opening may widen."""
        if key not in self.classes:
            network = self.states.at(self.states.last).network
            net, start = network.net, network.net.flow[:]
            room = network.send(key, UNLIMITED)
            sources, rows = network.blockers(key)
            opened = [("source", code, self._gain(network, key, network.source_edges[code])) for code in sources]
            opened += [("row", name, self._gain(network, key, network.row_edges[name])) for name in rows]
            net.flow = start
            self.classes[key] = room, tuple(opened)
        return self.classes[key]

    @staticmethod
    def _gain(network: FundingNetwork, key: ClassKey, edge: int) -> int:
        """Return how much more reaches a class if one edge has no bounds; the network stays as it was."""
        net = network.net
        flow, low, high = net.flow[:], net.low[edge], net.high[edge]
        net.low[edge], net.high[edge] = 0, UNLIMITED
        gain = network.send(key, UNLIMITED >> 1)
        net.flow, net.low[edge], net.high[edge] = flow, low, high
        return gain


def _relief(kind: str, name: str, amount: int | None) -> Relief:
    return Relief("row" if kind == "row" else "source", name, None if amount is None else Rupiah(amount))
