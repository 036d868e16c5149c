"""Find the list of proposals in a file of one or many sheets, and read it."""

from typing import Protocol

from rembuk.core.errors import BadInputError
from rembuk.core.intake.columns import ColumnMapping, guess_columns
from rembuk.core.intake.proposals import ProposalReading, read_proposals
from rembuk.core.intake.table import Table

_SHEETS_TRIED = 60


class Sheets(Protocol):
    """A file of sheets."""

    @property
    def file(self) -> str:
        """What the file is called."""
        ...

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets in order."""
        ...

    def table(self, name: str = "") -> Table:
        """Read one sheet."""
        ...


def read_list(sheets: Sheets, name: str = "") -> ProposalReading:
    """Read the sheet called *name*, or the one that looks most like a list of proposals.

    Raises: BadInputError ``lembar-tak-ada``, ``kolom-usulan-tak-ada``, and those of reading a sheet.
    """
    if name or len(sheets.names) == 1:
        table = sheets.table(name)
        mapping = guess_columns(table)
        if "text" not in mapping.columns:
            raise BadInputError("kolom-usulan-tak-ada", file=sheets.file, read=table.name)
        return read_proposals(table, mapping)
    best: tuple[int, Table, ColumnMapping] | None = None
    for sheet in sheets.names[:_SHEETS_TRIED]:
        try:
            table = sheets.table(sheet)
        except BadInputError:
            # An empty or oversized sheet beside the list is no reason to refuse the file.
            continue
        mapping = guess_columns(table)
        if "text" in mapping.columns and (best is None or _likeness(mapping, table) > best[0]):
            best = _likeness(mapping, table), table, mapping
    if best is None:
        raise BadInputError("kolom-usulan-tak-ada", file=sheets.file, read=", ".join(sheets.names))
    return read_proposals(best[1], best[2])


def _likeness(mapping: ColumnMapping, table: Table) -> int:
    """Rate how much a sheet looks like a list: the roles it has count most, then its length."""
    named = sum(why == "nama" for why in mapping.why.values())
    cost = 3 if "cost" in mapping.columns else 0
    return (named + cost) * 1_000 + min(len(table.rows), 999)
