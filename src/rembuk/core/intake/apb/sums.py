"""Sums that a sheet prints, held against what its rows give."""

from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.money import Rupiah, format_rupiah


@dataclass(frozen=True, slots=True)
class PrintedSum:
    """A sum printed in *cell*. printed: None when the cell holds an error; error: what stands there instead."""

    row: int
    cell: str
    label: str
    printed: Rupiah | None
    computed: Rupiah
    error: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the rows give what is printed."""
        return self.printed == self.computed

    @property
    def message(self) -> str:
        """Return one sentence that names the cell."""
        label = self.label if len(self.label) <= 60 else f"{self.label[:57]}..."
        if self.printed is None:
            read = f"berisi “{self.error}”, bukan rupiah utuh"
            return f"Sel {self.cell} ({label}) {read}; barisnya berjumlah {rupiah(self.computed)}."
        return f"Sel {self.cell} ({label}) tercetak {rupiah(self.printed)}; barisnya berjumlah {rupiah(self.computed)}."


def nearest(printed: Rupiah | None, candidates: Sequence[Rupiah]) -> Rupiah:
    """Return the candidate that equals *printed*, else the first: a sum may close a part or the whole."""
    return next((each for each in candidates if each == printed), candidates[0] if candidates else Rupiah(0))


def rupiah(amount: int) -> str:
    return format_rupiah(amount)
