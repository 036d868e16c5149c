"""Two versions of one plan side by side: which activity is which, what changed, and what still lacks its reason.

Identity is a link from the later row to the one it continues, never a name: a renamed activity is the same activity.

Source: Permendagri 114/2014 Pasal 49-50.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Generic, TypeVar

from rembuk.core.money import Rupiah

T = TypeVar("T")


class ChangeKind(StrEnum):
    """kept: nothing differs. Every other kind needs a reason."""

    KEPT = "kept"
    CHANGED = "changed"
    DROPPED = "dropped"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class VersionRow(Generic[T]):
    """An activity of one version. previous: key of the row it continues, empty where it continues none.

    values: everything that the paper prints; two rows with equal values are unchanged. amount: whole rupiah.
    """

    key: str
    values: T
    amount: Rupiah
    previous: str = ""


@dataclass(frozen=True, slots=True)
class Change(Generic[T]):
    """One activity in both versions; on one side nothing where it was dropped or is new."""

    kind: ChangeKind
    before: VersionRow[T] | None
    after: VersionRow[T] | None

    @property
    def subject(self) -> str:
        """What its reason is kept under: the earlier row, or the new one."""
        row = self.before or self.after
        return row.key if row is not None else ""

    @property
    def difference(self) -> Rupiah:
        """Rupiah more (or, below zero, less) than before."""
        before = self.before.amount if self.before is not None else 0
        return Rupiah((self.after.amount if self.after is not None else 0) - before)


def compare(before: Sequence[VersionRow[T]], after: Sequence[VersionRow[T]]) -> tuple[Change[T], ...]:
    """Return every activity once: those of *before* in their order, then the new ones in theirs.

    Raises: ValueError when two rows of *after* continue the same row, or one continues a row that is not there.
    """
    known = {row.key for row in before}
    continued: dict[str, VersionRow[T]] = {}
    for row in after:
        if not row.previous:
            continue
        if row.previous not in known or row.previous in continued:
            raise ValueError(f"{row.key} continues {row.previous}")
        continued[row.previous] = row
    changes = [_change(row, continued.get(row.key)) for row in before]
    return (*changes, *(Change(ChangeKind.ADDED, None, row) for row in after if not row.previous))


def _change(before: VersionRow[T], after: VersionRow[T] | None) -> Change[T]:
    if after is None:
        return Change(ChangeKind.DROPPED, before, None)
    same = before.values == after.values and before.amount == after.amount
    return Change(ChangeKind.KEPT if same else ChangeKind.CHANGED, before, after)


def unexplained(changes: Iterable[Change[T]], reasons: Mapping[str, str]) -> tuple[Change[T], ...]:
    """Return the changes that have no reason yet. reasons: subject -> sentence."""
    return tuple(
        change
        for change in changes
        if change.kind is not ChangeKind.KEPT and not reasons.get(change.subject, "").strip()
    )


def percent_of(before: int, difference: int) -> Fraction | None:
    """Return by how many percent an amount moved; nothing where there was none before."""
    return Fraction(100 * difference, before) if before else None
