"""What an explanation holds. Exact inside the engine; `leaving` says what of it may be shown."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from rembuk.core.allocation.model import Phase
from rembuk.core.money import Rupiah

Status = Literal[
    "selected",
    "set-by-meeting",
    "supporters-short",
    "outbid",
    "ceiling",
    "row",
    "excluded",
    "prerequisite",
    "no-supporters",
    "illegal-source",
    "no-cost",
]
"""``supporters-short``: its supporters never held its cost. ``outbid``: they did, and spent it on what was cheaper for
them first. ``ceiling``, ``row``: the money or a rule stood in the way when its turn came."""

Way = Literal["", "shares", "loads", "completion", "order"]


@dataclass(frozen=True, slots=True)
class Payer:
    """Rupiah that the voters of one hamlet or group paid. voters: people behind them, all of them supporters."""

    name: str
    amount: Rupiah
    voters: Fraction


@dataclass(frozen=True, slots=True)
class Relief:
    """What stands in the way at the end, and the rupiah that free it with everything chosen kept.

    kind: ``source`` | ``row``; amount: more rupiah on that ceiling, or more room under (for a minimum: taken off) that
    row, and on nothing else; nothing where it does not help alone.
    """

    kind: Literal["source", "row"]
    name: str
    amount: Rupiah | None


@dataclass(frozen=True, slots=True)
class Chance:
    """How near a proposal came, at the moment that asks for the fewest new supporters.

    money: what its supporters would have paid then, at the price of what was bought instead (at the end: all they had
    left). missing: cost less money; 0 where only the tie-break was lost. beaten_by: what was bought at that moment,
    empty for the end of the round. effective: money counted in full payments of one voter; needed: the cost counted so.
    """

    money: Rupiah
    missing: Rupiah
    effective: Fraction
    needed: Fraction
    beaten_by: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a proposal is in or out, and what would have to be otherwise.

    code: reason code of the decision. votes: weight of its supporters. voters: people behind them. effective: cost
    counted in the highest payment any voter made for it (chosen), or `Chance.effective`. round: place among all
    purchases, 1 first. by_hamlet: adds up to the cost; by_group: groups overlap, each adds up to the cost with
    everyone else. extra_supporters: smallest number of new voters with a full share who support only it and give it
    what its strongest supporter gives, such that it comes in; the share held fixed. sure_supporters: the same
    number if its supporters had nothing at all, so it says nothing about them. winning_cost: highest cost below its
    own at which it comes in; 0 if none. way: by which of the two ways the fewer supporters suffice. displaced: what
    drops out when it comes in with them (only deep). rows: names of the rows in its way when its turn came.
    sheltered: its figures follow from the ballots of fewer than five people or from a weight that fewer than five
    share: none of them leaves the engine.
    """

    id: str
    status: Status
    code: str
    cost: Rupiah | None
    votes: Fraction = Fraction(0)
    voters: Fraction = Fraction(0)
    effective: Fraction | None = None
    price: Fraction | None = None
    round: int | None = None
    phase: Phase | None = None
    amounts: tuple[tuple[str, Rupiah], ...] = ()
    by_hamlet: tuple[Payer, ...] = ()
    by_group: tuple[Payer, ...] = ()
    chance: Chance | None = None
    extra_supporters: int | None = None
    sure_supporters: int | None = None
    winning_cost: Rupiah | None = None
    way: Way = ""
    needed_before: str = ""
    displaced: tuple[str, ...] | None = None
    reliefs: tuple[Relief, ...] = ()
    rows: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    note: str = ""
    sheltered: bool = False
    ranked: bool = False

    @property
    def chosen(self) -> bool:
        """Whether it is in."""
        return self.round is not None

    @property
    def money(self) -> Rupiah | None:
        """Rupiah behind it at its best moment."""
        return None if self.chance is None else self.chance.money

    @property
    def missing(self) -> Rupiah | None:
        """Rupiah lacking then."""
        return None if self.chance is None else self.chance.missing
