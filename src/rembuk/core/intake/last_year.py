"""Read last year's plan, from a village's own workbook or a list, as the rows of its evaluation (F25)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.errors import BadInputError
from rembuk.core.intake.columns import guess_columns
from rembuk.core.intake.proposals import ReadRow, RefusedRow, RowNote, TotalsRow, read_proposals
from rembuk.core.intake.table import Table
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah


@dataclass(frozen=True, slots=True)
class LastYearItem:
    """One activity of last year's plan. amount: None when the sheet gives none. field: bidang 1 to 5, or None."""

    row: int
    field: int | None
    kegiatan: str
    text: str
    location: str
    volume: str
    amount: Rupiah | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastYearPlan:
    """Last year's plan as read. total: the sum of the items; totals: the sums the sheet itself prints."""

    sheet: str
    items: tuple[LastYearItem, ...]
    refused: tuple[RefusedRow, ...]
    notes: tuple[RowNote, ...]
    totals: tuple[TotalsRow, ...]

    @property
    def total(self) -> Rupiah:
        """Return the sum of the items' amounts."""
        return Rupiah(sum(item.amount or 0 for item in self.items))


def read_last_year(table: Table) -> LastYearPlan:
    """Read one sheet. Raises: BadInputError ``rkp-tak-ada`` when no activity can be read."""
    mapping = guess_columns(table)
    if "text" not in mapping.columns:
        raise BadInputError("rkp-tak-ada", file=table.file)
    reading = read_proposals(table, mapping)
    items = tuple(_item(row) for row in reading.accepted)
    if not items:
        raise BadInputError("rkp-tak-ada", file=table.file)
    notes = tuple(note for note in reading.notes if not note.code.startswith("biaya-"))
    return LastYearPlan(table.name, items, reading.refused, notes, reading.totals)


def plan_sheet(names: Sequence[str]) -> str:
    """Return the sheet that most likely holds the plan: one whose name begins with RKP, else the first."""
    for pattern in (r"rkp\s*$", r"rkp(?:\s*desa|des)?\b", r".*\brkp"):
        for name in names:
            if re.match(pattern, name.strip(), re.IGNORECASE):
                return name
    return names[0]


def _item(row: ReadRow) -> LastYearItem:
    line = kegiatan_codes().get(row.kegiatan)
    return LastYearItem(
        row=row.row,
        field=line.field if line is not None else row.field,
        kegiatan=row.kegiatan,
        text=row.text,
        location=row.location,
        volume=" ".join(part for part in (row.volume, row.unit) if part),
        amount=Rupiah(0) if row.cost is None and row.cost_text == "0" else row.cost,
        sources=row.sources,
    )
