"""The rows of a budget sheet as a tree: section, bidang, sub bidang, activity, package, accounts, details."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made_of

from rembuk.core.intake.apb.amounts import AmountError, read_amount
from rembuk.core.intake.apb.codes import SECTIONS, Code, Section, parse_code
from rembuk.core.intake.apb.layout import Layout
from rembuk.core.intake.apb.lines import Problem
from rembuk.core.intake.apb.sums import PrintedSum, nearest
from rembuk.core.intake.table import Row, Table, as_text
from rembuk.core.intake.words import field_of, is_total, plain
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah

SECTION, FIELD, SUBFIELD, ACTIVITY, PACKAGE, ACCOUNT, DETAIL = 1, 2, 3, 4, 5, 6, 10
MOST_ROWS = 20_000
_TOTAL = re.compile(r"(?:jumlah|total|surplus|defisit|sub total|grand total)\b.*")
_SECTION_WORD = re.compile(r"(pendapatan|belanja|pembia?ya?an|pembiyaan)(?: desa)?")
_RANGE = re.compile(r"[0-9]+(?:[.\s]+[0-9]+){2}\s*[-–].*")
_FIELD_WORD = re.compile(r"bidang\b.*")


@dataclass(slots=True)
class Node:
    """One row. depth: how deep it lies; amount None: the row prints none, or one that cannot be read (error)."""

    row: int
    depth: int
    name: str
    code: Code | None = None
    amount: Rupiah | None = None
    cell: str = ""
    error: str = ""
    source: str = ""
    location: str = ""
    volume: str = ""
    unit: str = ""
    item_key: str = ""
    field: int | None = None
    section: Section = ""
    children: list["Node"] = made_of(default_factory=list)

    def total(self) -> Rupiah:
        """Return what the rows below give, or the row's own amount where nothing lies below."""
        priced = [child for child in self.children if child.priced()]
        if not priced:
            return self.amount or Rupiah(0)
        return Rupiah(sum(child.total() for child in priced))

    def priced(self) -> bool:
        return self.amount is not None or any(child.priced() for child in self.children)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Walk:
    """Goes down the rows of one sheet and hangs each where it belongs."""

    def __init__(self, table: Table, layout: Layout) -> None:
        self.table, self.layout = table, layout
        self.root = Node(0, 0, "")
        self.open: list[Node] = [self.root]
        self.problems: list[Problem] = []
        self.sums: list[PrintedSum] = []
        self.section: Section = ""

    def run(self) -> "Walk":
        last = min(len(self.table.rows), self.layout.first_row + MOST_ROWS)
        for index in range(self.layout.first_row, last):
            row = self.table.rows[index]
            if any(cell is not None and cell != "" for cell in row):
                self._row(row, index)
        self._check_headings()
        self.sums.sort(key=lambda each: each.row)
        return self

    def _row(self, row: Row, index: int) -> None:
        text, heading = self.layout.text(row, "text"), self.layout.text(row, "field")
        words = text or heading or self._total_words(row)
        cell, value = self.layout.amount(row, index)
        if _TOTAL.fullmatch(plain(words)) and (is_total(words) or self._looks_like_total(row, words)):
            if value is not None:
                self._total(words, cell, value, index)
            return
        node = Node(index + 1, 0, text or heading, cell=cell)
        try:
            node.amount = None if value is None else read_amount(value)
        except AmountError as error:
            node.error = error.code
            node.amount = Rupiah(0)
            self._amount_problem(node, error)
        self._place(node, row, text, heading)

    def _amount_problem(self, node: Node, error: AmountError) -> None:
        self.problems.append(Problem(node.row, error.code, "block", node.cell, error.values))

    def _total_words(self, row: Row) -> str:
        """Return the label of a sum that stands in the first columns, outside the column of activities."""
        first = next((as_text(cell) for cell in row[:6] if cell is not None and cell != ""), "")
        return first if _TOTAL.fullmatch(plain(first)) else ""

    def _looks_like_total(self, row: Row, words: str) -> bool:
        return not self.layout.codes(row) and (words == words.upper() or not self.layout.source(row))

    def _place(self, node: Node, row: Row, text: str, heading: str) -> None:
        if heading and _SECTION_WORD.fullmatch(plain(heading)):
            self._enter(SECTIONS_BY_WORD[plain(heading).split()[0][:5]])
        elif heading and text and field_of(heading) is not None:
            self._enter("spending")
        codes = self._codes(row, node.name)
        written = " ".join(self.layout.codes(row))
        unreadable = not codes and _RANGE.fullmatch(written) is not None
        if unreadable:
            self.problems.append(Problem(node.row, "apb-kode-banyak", "block", "", {"read": written}))
        if self._opens(node, codes, row, text, heading):
            return
        for above in codes[:-1]:
            self._implied(above, node)
        code = codes[-1] if codes else None
        node.code = code
        node.depth = ACTIVITY if unreadable else self._depth(code)
        if node.depth == 0 or (code is None and node.amount is None):
            self._forget(node)
            return
        node.source = self.layout.source(row)
        node.location, node.item_key = self.layout.text(row, "location"), self.layout.text(row, "item")
        node.volume, node.unit = self.layout.text(row, "volume"), self.layout.text(row, "unit")
        if code is not None and code.kind in ("activity", "package", "subfield"):
            node.field = int(code.text.split(".")[0])
        self._hang(node)

    def _forget(self, node: Node) -> None:
        """Take back what was said of a row that turns out to be no row of the budget."""
        self.problems = [problem for problem in self.problems if problem.row != node.row]

    def _codes(self, row: Row, words: str) -> list[Code]:
        written = self.layout.codes(row)
        whole = " ".join(written)
        below = any(each.depth in (ACTIVITY, PACKAGE) and each.code is not None for each in self.open)
        apart = [
            code
            for text in written
            for code in parse_code(text, section=self.section, below_activity=below, words=words)
            if code.kind != "number"
        ]
        one = parse_code(whole, section=self.section, below_activity=below, words=words) if len(written) > 1 else []
        if len(written) > 1 and all(re.fullmatch(r"[0-9]+\.?", text) for text in written):
            return [code for code in one if code.kind != "number"]
        if len(written) == 1 and written[0].count(".") == 0 and not apart:
            return []
        return apart

    def _opens(self, node: Node, codes: list[Code], row: Row, text: str, heading: str) -> bool:
        """Begin a section or a bidang where the row is a heading. Returns whether it was one."""
        kind = codes[-1].kind if codes else ""
        named = _SECTION_WORD.fullmatch(plain(node.name))
        if kind == "section" or (named and not text.startswith("-") and len(codes) <= 1 and kind != "account"):
            digit = codes[-1].text if kind == "section" else ""
            self._enter(SECTIONS.get(digit) or SECTIONS_BY_WORD[plain(node.name).split()[0][:5]])
            node.depth, node.section = SECTION, self.section
        elif kind == "field" or (not codes and self._is_field(row, node.name, text, heading)):
            node.depth, node.field = FIELD, int(codes[-1].text) if codes else field_of(node.name)
            self.section = "spending"
        else:
            return False
        if node.error:
            self._forget(node)
            self.sums.append(PrintedSum(node.row, node.cell, node.name, None, Rupiah(0), node.error))
            node.amount = None
        self._hang(node)
        return True

    def _is_field(self, row: Row, name: str, text: str, heading: str) -> bool:
        if heading and not text:
            return True
        cleaned = plain(name.lstrip(": "))
        if _FIELD_WORD.fullmatch(cleaned) and field_of(name) is not None:
            return True
        numbers = [as_text(value) for span in self.layout.spans.get("number", ()) for _c, value in span.values(row)]
        return cleaned.startswith("penanggulangan bencana") and any(n in ("5", "V") for n in numbers)

    def _enter(self, section: Section) -> None:
        self.section = section

    def _depth(self, code: Code | None) -> int:
        if self.section in ("income", "financing"):
            return DETAIL if code is None else 1 + code.depth if code.kind == "account" else 0
        if code is None:
            above = next((n for n in reversed(self.open) if n.depth in (ACTIVITY, PACKAGE)), None)
            if above is not None and above.code is not None:
                return DETAIL
            inside = self.open[-1].depth >= FIELD or self.layout.spans.get("item") is not None
            return ACTIVITY if inside else 0
        if code.kind == "account":
            first = code.text.split(".")[0]
            if first != "5":
                self.section = SECTIONS[first]
                return 1 + code.depth
            return ACCOUNT + code.depth - 1
        return {"subfield": SUBFIELD, "activity": ACTIVITY, "package": PACKAGE}.get(code.kind, 0)

    def _implied(self, code: Code, node: Node) -> None:
        """Open the activity that a row of accounts names beside its own code."""
        if code.kind not in ("activity", "package"):
            return
        now = next((n for n in reversed(self.open) if n.depth in (ACTIVITY, PACKAGE)), None)
        if now is not None and now.code is not None and (now.code.text, now.code.package) == (code.text, code.package):
            return
        line = kegiatan_codes().get(code.text)
        made = Node(node.row, ACTIVITY, line.name if line else "", code=code, field=int(code.text.split(".")[0]))
        self._hang(made)

    def _hang(self, node: Node) -> None:
        node.section = node.section or self.section
        while len(self.open) > 1 and (
            self.open[-1].depth >= node.depth or node.section not in ("", self.open[-1].section)
        ):
            self.open.pop()
        parent = self.open[-1]
        node.field = node.field if node.field is not None else parent.field
        parent.children.append(node)
        self.open.append(node)

    def _total(self, words: str, cell: str, value: object, index: int) -> None:
        """Hold a printed sum against the bidang it closes, its section, and everything read so far."""
        label = plain(words)
        by_section: dict[str, Rupiah] = {}
        for top in self.root.children:
            for node in [top, *top.children] if top.depth == SECTION else [top]:
                if node is top and top.depth == SECTION and top.children:
                    continue
                by_section[node.section] = Rupiah(by_section.get(node.section, 0) + node.total())
        fields = [n for n in self.root.walk() if n.depth == FIELD]
        whole = Rupiah(by_section.get("spending", 0) + by_section.get("", 0))
        parts = {
            "pendapatan": [by_section.get("income", Rupiah(0))],
            "belanja": [whole],
            "pembiayaan": [by_section.get("financing", Rupiah(0))],
            "surplus": [Rupiah(by_section.get("income", 0) - whole)],
        }
        named = next((found for word, found in parts.items() if word in label), None)
        last = fields[-1].total() if fields else whole
        candidates = named or [last if not re.search(r"rkp|semua|seluruh", label) else whole, whole]
        if named is None and self.section in ("income", "financing"):
            candidates = [by_section.get(self.section, Rupiah(0))]
        self._sum(words, cell, value, index, candidates)

    def _sum(self, words: str, cell: str, value: object, index: int, candidates: list[Rupiah]) -> None:
        try:
            printed, error = read_amount(value), ""  # type: ignore[arg-type]
        except AmountError as wrong:
            printed, error = None, str(wrong.values.get("read", ""))
        computed = nearest(printed, candidates)
        self.sums.append(PrintedSum(index + 1, cell, words, printed, computed, error))

    def _check_headings(self) -> None:
        """Hold the sums printed beside headings against the rows below them."""
        for index, each in enumerate(self.sums):
            if each.error and each.computed == 0:
                node = next((n for n in self.root.walk() if n.row == each.row), None)
                if node is not None:
                    again = PrintedSum(each.row, each.cell, each.label, None, node.total(), self._error_at(node))
                    self.sums[index] = again
        for node in self.root.walk():
            if node.row == 0 or node.amount is None or not any(child.priced() for child in node.children):
                continue
            if node.depth in (ACTIVITY, PACKAGE) and node.section not in ("income", "financing"):
                continue
            computed = Rupiah(sum(child.total() for child in node.children if child.priced()))
            self.sums.append(PrintedSum(node.row, node.cell, node.name, node.amount, computed))

    def _error_at(self, node: Node) -> str:
        _cell, value = self.layout.amount(self.table.rows[node.row - 1], node.row - 1)
        return as_text(value)


SECTIONS_BY_WORD: dict[str, Section] = {
    "penda": "income",
    "belan": "spending",
    "pembi": "financing",
}


def rows_of(table: Table, layout: Layout) -> Walk:
    """Return the walked sheet."""
    return Walk(table, layout).run()
