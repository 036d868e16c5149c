"""The estimates (RAB) that lie beside a budget in its workbook, and the line of the budget that each explains."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from rembuk.budgeting.incoming import MOST_SHEETS
from rembuk.budgeting.models import ApbdesImport, ApbdesLine
from rembuk.core.budget import Candidate, Matched, match_estimates
from rembuk.core.errors import BadInputError
from rembuk.core.intake.apb import BudgetLine, BudgetReading, EstimateReading, kind_of, read_estimate
from rembuk.core.money import Rupiah, format_rupiah
from rembuk.shared.sheets import Workbook

NOT_OURS = "bukan"
"""Chosen for a sheet that explains no line of this budget."""


@dataclass(frozen=True, slots=True)
class EstimateChoice:
    """What a RAB sheet is. line None: tied to no line, either not yet or because a person says so (*refused*)."""

    reading: EstimateReading
    matched: Matched
    line: BudgetLine | None
    how: str
    offers: tuple[BudgetLine, ...]
    refused: bool = False

    @property
    def sheet(self) -> str:
        return self.reading.sheet

    @property
    def whole(self) -> bool:
        """Whether every amount of the sheet was read."""
        return bool(self.reading.lines) and not self.reading.blocks

    @property
    def stored(self) -> bool:
        """Whether its rows go into the budget."""
        return self.whole and self.line is not None

    @property
    def waits(self) -> bool:
        """Whether a person has still to say what it is."""
        return self.whole and self.line is None and not self.refused

    @property
    def problems(self) -> list[str]:
        """Return what cannot be read or added up, each with its row or cell."""
        words = _("Baris %(row)s, sel %(cell)s: %(sentence)s")
        found = [words % {"row": one.row, "cell": one.cell, "sentence": one.message} for one in self.reading.problems]
        return [*found, *(each.message for each in self.reading.disagreements)]


def estimates_beside(book: Workbook, sheet: str) -> tuple[EstimateReading, ...]:
    """Return the estimates of the other sheets in the order of the file; a sheet that is none is passed over."""
    found = []
    for name in book.names[:MOST_SHEETS]:
        if name == sheet:
            continue
        try:
            table = book.table(name)
            if kind_of(table) == "estimate":
                found.append(read_estimate(table))
        except BadInputError:
            # The page of all sheets names what is wrong with it; the budget itself does not rest on it.
            continue
    return tuple(found)


def estimate_choices(
    batch: ApbdesImport, reading: BudgetReading, estimates: Sequence[EstimateReading]
) -> list[EstimateChoice]:
    """Return which line each estimate explains: as matched, or as a person chose."""
    lines = {str(line.row): line for line in reading.lines}
    known = [Candidate(row, line.code, line.name, line.location) for row, line in lines.items()]
    sheets = [Candidate(each.sheet, "", each.activity or each.sheet) for each in estimates]
    return [
        chosen(each, matched, lines, batch.estimates.get(each.sheet, ""))
        for each, matched in zip(estimates, match_estimates(sheets, known), strict=True)
    ]


def chosen(reading: EstimateReading, matched: Matched, lines: Mapping[str, BudgetLine], said: str) -> EstimateChoice:
    """Return what one estimate is; lines that are given exactly what it asks for are offered first."""
    alike = [key for key, line in lines.items() if line.amount == reading.total]
    offers = tuple(lines[key] for key in dict.fromkeys((*alike, *matched.offers)))
    if said == NOT_OURS:
        return EstimateChoice(reading, matched, None, "", offers, refused=True)
    if said in lines:
        how = matched.how if said == matched.item else ApbdesLine.LinkedBy.PERSON.value
        return EstimateChoice(reading, matched, lines[said], how, offers)
    line = lines.get(matched.item)
    return EstimateChoice(reading, matched, line, matched.how if line is not None else "", offers)


@dataclass(frozen=True, slots=True)
class EstimateFinding:
    """A sum that does not agree. row: of the estimate's sheet, or of the budget's for a sum of both."""

    row: int
    cell: str
    sentence: str


def findings_of(choices: Sequence[EstimateChoice], reading: BudgetReading) -> dict[str, list[EstimateFinding]]:
    """Return sheet -> the sums that do not agree: inside the sheet, and with the budget line that it explains."""
    found = {
        each.sheet: [EstimateFinding(sum_.row, sum_.cell, sum_.message) for sum_ in each.reading.disagreements]
        for each in choices
        if each.stored
    }
    for sheet, finding in line_findings(choices, reading).items():
        found[sheet].append(finding)
    return found


def line_findings(choices: Sequence[EstimateChoice], reading: BudgetReading) -> dict[str, EstimateFinding]:
    """Return sheet -> what its budget line is given instead of what the estimates ask for.

    A line that several sheets explain is held against all of them; its finding stands with the last.
    """
    found = {}
    stored = [each for each in choices if each.stored]
    for line in reading.lines:
        own = [each for each in stored if each.line is line]
        total = Rupiah(sum(each.reading.total for each in own))
        if own and total != line.amount:
            found[own[-1].sheet] = against_line(own, total, line, reading)
    return found


def against_line(
    own: Sequence[EstimateChoice], total: Rupiah, line: BudgetLine, reading: BudgetReading
) -> EstimateFinding:
    cell = f"{reading.columns.get('amount', '').split(',')[0]}{line.row}"
    words = _(
        "Baris %(row)s sel %(cell)s (%(name)s) dianggarkan %(amount)s; RAB lembar %(sheets)s berjumlah %(total)s."
    )
    sentence = words % {
        "row": line.row,
        "cell": cell,
        "name": line.name[:60],
        "amount": format_rupiah(line.amount),
        "sheets": ", ".join(f"“{each.sheet}”" for each in own),
        "total": format_rupiah(total),
    }
    return EstimateFinding(line.row, cell, sentence)


def left_out(choices: Sequence[EstimateChoice]) -> list[str]:
    """Return a sentence for each estimate that is not stored though nobody said that it is none of this budget."""
    found = []
    for each in choices:
        if each.reading.blocks:
            first = each.reading.blocks[0]
            words = _("RAB lembar %(sheet)s tidak disimpan: baris %(row)s sel %(cell)s, %(sentence)s")
            found.append(words % {"sheet": each.sheet, "row": first.row, "cell": first.cell, "sentence": first.message})
        elif each.waits:
            found.append(_("RAB lembar %(sheet)s belum terikat ke baris APB mana pun.") % {"sheet": each.sheet})
    return found
