"""Read a cost estimate (RAB) in any of the shapes villages use: lines of volume and price, sums above or below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.errors import BadInputError
from rembuk.core.intake.apb.amounts import AmountError, read_amount
from rembuk.core.intake.apb.layout import Layout, layout_of
from rembuk.core.intake.apb.lines import Problem
from rembuk.core.intake.apb.sums import PrintedSum, nearest
from rembuk.core.intake.table import Row, Table, Value, address, as_text
from rembuk.core.intake.words import plain
from rembuk.core.money import MoneyError, Rupiah, parse_rupiah

_TOTAL = re.compile(r"(?:total biaya|jumlah|jumlah rp|total)")
_SUB = re.compile(r"sub ?total\b.*")
_FACT = re.compile(r"(?:kegiatan|jenis kegiatan)\b")
_FOOT = re.compile(r"(?:sumber dana|bobot|catatan|kategori biaya|mengetahui|total biaya)\b.*")


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """One priced line. volume and price: as the sheet has them."""

    row: int
    description: str
    amount: Rupiah
    volume: str = ""
    unit: str = ""
    price: str = ""


@dataclass(frozen=True, slots=True)
class EstimateReading:
    """One estimate. printed: the total that the sheet prints, None when it prints none."""

    sheet: str
    activity: str
    lines: tuple[EstimateLine, ...]
    printed: Rupiah | None
    printed_cell: str
    sums: tuple[PrintedSum, ...]
    problems: tuple[Problem, ...]

    @property
    def total(self) -> Rupiah:
        """Return what the priced lines add up to."""
        return Rupiah(sum(line.amount for line in self.lines))

    @property
    def blocks(self) -> tuple[Problem, ...]:
        """Return what keeps the estimate from being stored: an estimate read in part is none."""
        return tuple(problem for problem in self.problems if problem.severity == "block")

    @property
    def agrees(self) -> bool:
        """Whether the lines give the total that the sheet prints."""
        return self.printed == self.total

    @property
    def disagreements(self) -> tuple[PrintedSum, ...]:
        """Return the printed sums that no run of lines gives."""
        return tuple(each for each in self.sums if not each.agrees)


def read_estimate(table: Table) -> EstimateReading:
    """Read *table* as a RAB. Raises: BadInputError ``apb-kolom`` without columns of names, prices and amounts."""
    layout = layout_of(table)
    for name, words in (("text", "uraian"), ("amount", "jumlah"), ("price", "harga satuan")):
        if name not in layout.spans:
            raise BadInputError("apb-kolom", sheet=table.name, read=words)
    reader = _Reader(table, layout)
    reader.run()
    return reader.result(activity_of(table, layout))


def activity_of(table: Table, layout: Layout) -> str:
    """Return the activity that the facts above the heading name."""
    for row in table.rows[: layout.first_row]:
        cells = [as_text(cell).strip(": ").strip() for cell in row if cell is not None and as_text(cell) != ":"]
        for place, text in enumerate(cells):
            if _FACT.fullmatch(plain(text)) and len(text) < 30:
                return next((each for each in cells[place + 1 :] if each and not each.startswith("#")), "")
    return ""


class _Reader:
    def __init__(self, table: Table, layout: Layout) -> None:
        self.table, self.layout = table, layout
        self.lines: list[EstimateLine] = []
        self.headings: list[tuple[int, PrintedSum]] = []
        self.subtotals: list[tuple[int, PrintedSum]] = []
        self.problems: list[Problem] = []
        self.printed: Rupiah | None = None
        self.printed_cell = ""

    def run(self) -> None:
        for index in range(self.layout.first_row, len(self.table.rows)):
            row = self.table.rows[index]
            label = self._label(row)
            if self.printed is not None and self.lines:
                return
            if _FOOT.fullmatch(label) and not _TOTAL.fullmatch(label) and self.lines:
                return
            self._row(row, index, label)

    def _row(self, row: Row, index: int, label: str) -> None:
        cell, value = self.layout.amount(row, index)
        if _TOTAL.fullmatch(label):
            cell, value = self._any_amount(row, index, cell, value)
            self._close(label, cell, value, index)
            return
        if value is None:
            return
        try:
            amount = read_amount(value)
        except AmountError as error:
            self.problems.append(Problem(index + 1, error.code, "block", cell, error.values))
            return
        name = self.layout.text(row, "text")
        if _SUB.fullmatch(label):
            self.subtotals.append((len(self.lines), PrintedSum(index + 1, cell, label, amount, Rupiah(0))))
        elif self._priced(row) and name:
            volume, unit = self.layout.text(row, "volume"), self.layout.text(row, "unit")
            price = self.layout.text(row, "price")
            self.lines.append(EstimateLine(index + 1, name, amount, volume, unit, price))
            self._check_product(row, index, cell, amount, name)
        elif name:
            self.headings.append((len(self.lines), PrintedSum(index + 1, cell, name, amount, Rupiah(0))))

    def _label(self, row: Row) -> str:
        """Return the words of a row that may be a sum, wherever in the table they stand."""
        for cell in row[: self._end()]:
            if isinstance(cell, str) and (_SUB.fullmatch(plain(cell)) or _TOTAL.fullmatch(plain(cell))):
                return plain(cell)
        first = next((as_text(cell) for cell in row if cell is not None and cell != ""), "")
        return plain(first)

    def _end(self) -> int:
        return max(span.end for spans in self.layout.spans.values() for span in spans)

    def _priced(self, row: Row) -> bool:
        return any(_number(value) is not None for span in self.layout.spans["price"] for _c, value in span.values(row))

    def _any_amount(self, row: Row, index: int, cell: str, value: Value) -> tuple[str, Value]:
        """Return the total: in the column of amounts, or in another of the table's columns."""
        if value is not None and _number(value) is not None:
            return cell, value
        for column in range(len(row[: self._end() + 6])):
            if _number(row[column]) is not None:
                return address(index, column), row[column]
        return cell, value

    def _close(self, label: str, cell: str, value: Value, index: int) -> None:
        try:
            self.printed = None if value is None else read_amount(value)
        except AmountError as error:
            self.problems.append(Problem(index + 1, error.code, "warn", cell, error.values))
        self.printed_cell = cell

    def _check_product(self, row: Row, index: int, cell: str, amount: Rupiah, name: str) -> None:
        """Hold volume x price against the amount; the price may be any of the prices the row shows."""
        volumes = [n for span in self.layout.spans.get("volume", ()) for _c, v in span.values(row) if (n := _number(v))]
        first = self.layout.spans["price"][0].start
        prices = [n for value in row[first : self._end()] if (n := _number(value)) is not None]
        if not volumes or not prices:
            return
        products = [Rupiah(round(volumes[0] * price)) for price in prices]
        computed = nearest(amount, products)
        if computed != amount:
            self.headings.append((-1, PrintedSum(index + 1, cell, name, amount, computed)))

    def result(self, activity: str) -> EstimateReading:
        amounts = [line.amount for line in self.lines]
        sums = [each for place, each in self.headings if place < 0]
        starts = sorted(place for place, _each in (*self.headings, *self.subtotals) if place >= 0)
        for place, each in self.headings:
            if place >= 0:
                runs = _runs_from(amounts, place, starts)
                sums.append(_settled(each, runs[::-1] if plain(each.label) == "belanja" else runs))
        before = 0
        for place, each in self.subtotals:
            sums.append(_settled(each, [_sum(amounts[before:place]), *_runs_to(amounts, place)]))
            before = place
        if self.printed is not None:
            row = int("".join(letter for letter in self.printed_cell if letter.isdigit()))
            sums.append(PrintedSum(row, self.printed_cell, "jumlah biaya", self.printed, _sum(amounts)))
        sums.sort(key=lambda each: each.row)
        return EstimateReading(
            self.table.name,
            activity,
            tuple(self.lines),
            self.printed,
            self.printed_cell,
            tuple(sums),
            tuple(self.problems),
        )


def _settled(each: PrintedSum, candidates: Sequence[Rupiah]) -> PrintedSum:
    return PrintedSum(each.row, each.cell, each.label, each.printed, nearest(each.printed, candidates))


def _runs_from(amounts: Sequence[Rupiah], place: int, starts: Sequence[int]) -> list[Rupiah]:
    """Return the sums from *place* to each following heading and to the end: one of them is what a heading sums."""
    ends = [end for end in starts if end > place] + [len(amounts)]
    return [_sum(amounts[place:end]) for end in ends]


def _runs_to(amounts: Sequence[Rupiah], place: int) -> list[Rupiah]:
    return [_sum(amounts[start:place]) for start in range(place)]


def _sum(amounts: Sequence[Rupiah]) -> Rupiah:
    return Rupiah(sum(amounts))


def _number(value: Value) -> float | None:
    """Return the number of a cell, None for words and empty cells."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, str):
        try:
            return float(parse_rupiah(value))
        except MoneyError:
            return None
    return None
