"""When a ceiling moves: which source moved too far, and where the cut line falls in the list of activities.

Source: a setting of the programme; Permendagri 114/2014 Pasal 37 (late ceilings).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.money import Rupiah

THRESHOLD: Final = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class CeilingChange:
    """A source whose ceiling moved. replan: by more than the threshold, so the plan has to be looked at again."""

    source: str
    before: Rupiah
    after: Rupiah
    replan: bool

    @property
    def difference(self) -> Rupiah:
        """Rupiah more (or, below zero, less) than before."""
        return Rupiah(self.after - self.before)


def ceiling_changes(
    before: Mapping[str, int], after: Mapping[str, int], threshold: Fraction = THRESHOLD
) -> tuple[CeilingChange, ...]:
    """Return every source whose ceiling moved, by code. A new or vanished source always asks for a re-plan."""
    changes = []
    for source in sorted(before.keys() | after.keys()):
        old, new = before.get(source, 0), after.get(source, 0)
        if old != new:
            far = old == 0 or Fraction(abs(new - old), old) > threshold
            changes.append(CeilingChange(source, Rupiah(old), Rupiah(new), far))
    return tuple(changes)


@dataclass(frozen=True, slots=True)
class CutRow:
    """One activity in the list for a re-plan, in rupiah of one source. inside: above the cut line."""

    id: str
    amount: Rupiah
    cumulative: Rupiah
    inside: bool


def cut_line(amounts: Iterable[tuple[str, int]], ceiling: int) -> tuple[CutRow, ...]:
    """Return the activities of one source in their given priority with the running sum and the side of the line.

    amounts: (id, rupiah) by priority. Nothing is dropped here: the meeting decides with a reason for each.
    """
    rows: list[CutRow] = []
    total = 0
    for name, amount in amounts:
        total += amount
        rows.append(CutRow(name, Rupiah(amount), Rupiah(total), total <= ceiling))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class SourceCut:
    """One source under its new ceiling. over: rupiah planned beyond it, zero when everything fits.

    line: the activities of the source by priority, with running sum and the side of the cut line.
    """

    source: str
    before: Rupiah
    ceiling: Rupiah
    planned: Rupiah
    line: tuple[CutRow, ...]

    @property
    def over(self) -> Rupiah:
        """Rupiah that the list asks for beyond the ceiling."""
        return Rupiah(max(0, self.planned - self.ceiling))


def cuts_by_source(
    items: Iterable[tuple[str, Mapping[str, int]]], before: Mapping[str, int], ceilings: Mapping[str, int]
) -> tuple[SourceCut, ...]:
    """Return the cut line of every source that is planned from or has a ceiling, by code.

    items: (id, source -> rupiah) by priority, the most wanted first. before, ceilings: source -> old and new ceiling;
    a source without a ceiling counts as zero. An activity paid from two sources stands in the line of both.
    """
    amounts: dict[str, list[tuple[str, int]]] = {source: [] for source in {*before, *ceilings}}
    for name, funding in items:
        for source, amount in funding.items():
            if amount:
                amounts.setdefault(source, []).append((name, amount))
    return tuple(
        SourceCut(
            source,
            Rupiah(before.get(source, 0)),
            Rupiah(ceilings.get(source, 0)),
            Rupiah(sum(amount for _name, amount in rows)),
            cut_line(rows, ceilings.get(source, 0)),
        )
        for source, rows in sorted(amounts.items())
    )
