"""How much of a later plan rests on the earlier one: by count and by value, one way for RPJM -> RKP and RKP -> APB."""

from collections.abc import Iterable
from dataclasses import dataclass

from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class Traced:
    """One line of the later plan. origin: key of the line of the earlier plan it is linked to, empty for none."""

    key: str
    amount: Rupiah
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Consistency:
    """How many lines, and how many rupiah, of the later plan are linked to the earlier one."""

    linked_count: int
    count: int
    linked_value: Rupiah
    value: Rupiah

    @property
    def permille_by_count(self) -> int | None:
        """Return the share of lines in thousandths, rounded down; None without lines."""
        return None if self.count == 0 else self.linked_count * 1000 // self.count

    @property
    def permille_by_value(self) -> int | None:
        """Return the share of money in thousandths, rounded down; None without money."""
        return None if self.value == 0 else self.linked_value * 1000 // self.value

    @property
    def whole(self) -> bool:
        """Whether every line is linked; only then a share may read 100 percent."""
        return self.linked_count == self.count


def consistency(later: Iterable[Traced]) -> Consistency:
    """Return how much of *later* is linked to the plan it should come from.

    Shares are rounded down, so that 100 percent is said only of everything. Source: process of the hand-off, G05;
    Permendagri 114/2014 Pasal 38 (RPJM -> RKP); Permendagri 20/2018 Pasal 31 (RKP -> APB).
    """
    lines = list(later)
    linked = [line for line in lines if line.origin]
    return Consistency(
        len(linked),
        len(lines),
        Rupiah(sum(line.amount for line in linked)),
        Rupiah(sum(line.amount for line in lines)),
    )


def percent_text(permille: int | None) -> str:
    """Print ``875`` as ``87,5`` and None as a dash."""
    if permille is None:
        return "–"
    whole, tenth = divmod(permille, 10)
    return f"{whole},{tenth}" if tenth else str(whole)
