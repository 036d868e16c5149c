"""A legal value with the day it begins, its article and its certainty; the law of a day is asked for by date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from rembuk.core.errors import RembukError

Certainty = Literal["seen", "known", "uncertain"]

CERTAINTY_LABELS: dict[Certainty, str] = {
    "seen": "sudah dibaca di sumbernya",
    "known": "diketahui, teks pasal belum dibaca ulang",
    "uncertain": "belum pasti, pengaturan bawaan yang harus dikonfirmasi",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """One row of a legal table: *value* holds from *from_date* to *until* (both days included; no *until* = still)."""

    from_date: date
    value: T
    source: str
    certainty: Certainty = "known"
    until: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether the row is in force on that day."""
        return self.from_date <= on and (self.until is None or on <= self.until)


class NoLawError(RembukError):
    """No row of the table is in force on the day asked for."""


def in_force(table: Sequence[Dated[T]], on: date) -> Dated[T]:
    """Return the row of *table* in force on the day *on*; the one that began last where several hold.

    Raises: NoLawError when none holds.
    """
    rows = [row for row in table if row.holds(on)]
    if not rows:
        raise NoLawError("no-law-on-date", on=on)
    return max(rows, key=lambda row: row.from_date)
