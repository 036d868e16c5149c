"""A budget file on its way in: which sheet, what its rows say, and which plan item each row is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rembuk.budgeting.apb_labels import EMERGENCY
from rembuk.budgeting.models import ApbdesImport, ApbdesLine
from rembuk.core.budget import Candidate, Matched, match_lines
from rembuk.core.errors import BadInputError
from rembuk.core.intake.apb import BudgetLine, BudgetReading, kind_of, read_budget
from rembuk.core.intake.apb.lines import IncomeLine
from rembuk.plans.models import RkpdesItem
from rembuk.shared import blobs
from rembuk.shared.sheets import Workbook, open_sheets

MOST_SHEETS = 60
_NAMED = re.compile(r"(?:.*\bapb|.*penjabaran|belanja|kegiatan\b)", re.IGNORECASE)
_INCOMES = re.compile(r"(?:rincian )?(?:pendapatan|penerimaan|pengeluaran|pembiayaan)", re.IGNORECASE)
EMERGENCY_FIELD = 5


@dataclass(frozen=True, slots=True)
class Choice:
    """What a row of the file is. item None with an emergency: no plan item, for the reason given."""

    line: BudgetLine
    matched: Matched
    item: RkpdesItem | None
    how: str
    offers: tuple[RkpdesItem, ...]
    reason: str = ""
    emergency: bool = False

    @property
    def settled(self) -> bool:
        """Whether the row may be stored."""
        return self.item is not None or (self.emergency and bool(self.reason) and self.may_be_emergency)

    @property
    def may_be_emergency(self) -> bool:
        return self.line.field == EMERGENCY_FIELD


def workbook_of(batch: ApbdesImport) -> Workbook:
    """Open the stored file of an import again."""
    return open_sheets(blobs.read(batch.file.sha256), batch.file.name)


def sheet_of(book: Workbook) -> str:
    """Return the sheet that most likely holds the budget: one so named, else the first that reads as one."""
    named = [name for name in book.names if _NAMED.match(name)]
    for name in (*named, *book.names[:MOST_SHEETS]):
        try:
            if kind_of(book.table(name)) == "budget":
                return name
        except BadInputError:
            # An empty or oversized sheet beside the budget is no reason to refuse the file.
            continue
    return book.names[0]


def reading_of(batch: ApbdesImport) -> BudgetReading:
    """Read the sheet of an import. Raises: BadInputError of the file or the sheet."""
    return read_budget(workbook_of(batch).table(batch.sheet_name))


def incomes_beside(book: Workbook, sheet: str) -> tuple[IncomeLine, ...]:
    """Return the incomes and the financing of other sheets, where the budget's own sheet has none."""
    found: list[IncomeLine] = []
    for name in book.names[:MOST_SHEETS]:
        if name == sheet or not re.match(
            r"(?:rincian )?(?:pendapatan|penerimaan|pengeluaran|pembiayaan)", name.lower()
        ):
            continue
        try:
            table = book.table(name)
            if kind_of(table) == "income":
                found += read_budget(table).incomes
        except BadInputError:
            continue
    return tuple(found)


def choices_of(
    batch: ApbdesImport, reading: BudgetReading, items: Sequence[RkpdesItem], present: Mapping[str, str]
) -> list[Choice]:
    """Return what each row of the file is: as matched, or as a person chose.

    present: item of any version of the plan -> the item of the plan in force, for files made before an amendment.
    """
    lines = [
        Candidate(str(line.row), line.code, line.name, line.location, present.get(line.item_key.strip(), ""))
        for line in reading.lines
    ]
    known = [Candidate(str(item.id), item.activity_code, item.name, item.location) for item in items]
    by_key = {str(item.id): item for item in items}
    matches = match_lines(lines, known)
    return [
        chosen(line, matched, by_key, batch.choices, batch.reasons)
        for line, matched in zip(reading.lines, matches, strict=True)
    ]


def chosen(
    line: BudgetLine,
    matched: Matched,
    by_key: Mapping[str, RkpdesItem],
    choices: Mapping[str, str],
    reasons: Mapping[str, str],
) -> Choice:
    said = choices.get(str(line.row), "")
    offers = tuple(by_key[key] for key in matched.offers)
    if said == EMERGENCY:
        return Choice(line, matched, None, "", offers, reasons.get(str(line.row), "").strip(), emergency=True)
    if said in by_key:
        how = matched.how if said == matched.item else ApbdesLine.LinkedBy.PERSON.value
        return Choice(line, matched, by_key[said], how, offers)
    item = by_key.get(matched.item)
    return Choice(line, matched, item, matched.how if item is not None else "", offers)


def key_of(text: str) -> UUID | None:
    """Read a key; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
