"""Read one budget sheet: activities with money by source, accounts below, incomes, printed sums, every problem."""

from collections.abc import Iterator

from rembuk.core.errors import BadInputError
from rembuk.core.intake.apb import codes
from rembuk.core.intake.apb.layout import Layout, layout_of
from rembuk.core.intake.apb.lines import MIXED, AccountLine, BudgetLine, BudgetReading, IncomeKind, IncomeLine, Problem
from rembuk.core.intake.apb.sources import sources_in
from rembuk.core.intake.apb.tree import ACTIVITY, PACKAGE, Node, Walk, rows_of
from rembuk.core.intake.table import Table
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah, format_rupiah

LONGEST_NAME = 300
_OUTSIDE = ("income", "financing")


def read_budget(table: Table) -> BudgetReading:
    """Read *table* as an APB Desa or a plan by activity, with its incomes.

    Nothing is guessed: a row that cannot be read is a problem with its row number, and the file is then not to be
    stored. Sums of the sheet are recognised, never counted again, and held against their rows.
    Raises: BadInputError ``apb-kolom`` when there is no column of names or of amounts.
    """
    layout = layout_of(table)
    for name, words in (("text", "uraian"), ("amount", "anggaran")):
        if name not in layout.spans:
            raise BadInputError("apb-kolom", sheet=table.name, read=words)
    walk = rows_of(table, layout)
    reader = _Reader(walk, layout)
    lines = reader.lines()
    incomes = reader.incomes()
    if lines and "source" not in layout.spans:
        accepted = {"accepted": ", ".join(funding_sources())}
        reader.problems.append(Problem(layout.first_row, "apb-tanpa-sumber", "block", "", accepted))
    problems = sorted([*walk.problems, *reader.problems], key=lambda each: (each.row, each.code))
    return BudgetReading(table.name, lines, incomes, tuple(problems), tuple(walk.sums), layout.letters())


class _Reader:
    def __init__(self, walk: Walk, layout: Layout) -> None:
        self.walk, self.layout = walk, layout
        self.problems: list[Problem] = []

    def lines(self) -> tuple[BudgetLine, ...]:
        found: list[BudgetLine] = []
        for node in self.walk.root.walk():
            if node.depth not in (ACTIVITY, PACKAGE) or node.section in _OUTSIDE:
                continue
            if any(child.depth == PACKAGE for child in node.children):
                continue
            line = self.line(node)
            if found and _same(found[-1], line):
                line = _joined(found.pop(), line)
            found.append(line)
        return tuple(found)

    def line(self, node: Node) -> BudgetLine:
        code = node.code.text if node.code is not None else ""
        if code and not codes.is_activity(code):
            self.block(node, "apb-kode", read=code, accepted=codes.accepted_beside(code))
        if not node.name.strip("- "):
            self.block(node, "apb-nama")
        if len(node.name) > LONGEST_NAME:
            self.block(node, "apb-panjang", read=len(node.name), accepted=LONGEST_NAME)
        amount = self.amount(node)
        return BudgetLine(
            row=node.row,
            code=code,
            package=node.code.package if node.code is not None else "",
            name=node.name.lstrip("-: ").strip(),
            location=node.location,
            volume=node.volume,
            unit=node.unit,
            amount=amount,
            funding=self.funding(node, amount),
            field=node.field,
            item_key=node.item_key,
            accounts=tuple(self.accounts(node)),
        )

    def amount(self, node: Node) -> Rupiah:
        """Return the amount of an activity; where its accounts give another, neither can be trusted."""
        below = node.total()
        if node.amount is None and not node.priced():
            self.block(node, "apb-jumlah-kosong", read="")
            return Rupiah(0)
        if node.amount is not None and not node.error and below != node.amount:
            printed, computed = format_rupiah(node.amount), format_rupiah(below)
            self.block(node, "apb-tak-sama", printed=printed, computed=computed)
        amount = below if node.amount is None else node.amount
        if amount == 0 and not node.error:
            self.problems.append(Problem(node.row, "apb-nol", "note", node.cell))
        return amount

    def funding(self, node: Node, amount: Rupiah) -> tuple[tuple[str, Rupiah], ...]:
        own = self.sources(node)
        shares: dict[str, Rupiah] = {}
        for leaf, source in self.leaves(node, own):
            shares[source] = Rupiah(shares.get(source, 0) + (leaf.amount or 0))
        if sum(shares.values()) != amount:
            shares = {own[0] if len(own) == 1 else MIXED: amount}
        if MIXED in shares and amount:
            if not own and "source" in self.layout.spans:
                self.block(node, "apb-sumber-kosong", accepted=", ".join(funding_sources()))
            elif own:
                self.problems.append(
                    Problem(node.row, "apb-sumber-campur", "warn", node.cell, {"read": ", ".join(own)})
                )
        return tuple(shares.items())

    def leaves(self, node: Node, above: tuple[str, ...]) -> Iterator[tuple[Node, str]]:
        """Yield the rows that carry the money of *node*, each with its one source or MIXED."""
        own = self.sources(node) or above
        priced = [child for child in node.children if child.priced()]
        if not priced:
            yield node, own[0] if len(own) == 1 else MIXED
        for child in priced:
            yield from self.leaves(child, own)

    def sources(self, node: Node) -> tuple[str, ...]:
        found, unknown = sources_in(node.source)
        if unknown and not any(p.row == node.row and p.code == "apb-sumber" for p in self.problems):
            self.block(node, "apb-sumber", read=unknown, accepted=", ".join(funding_sources()))
        return found

    def accounts(self, node: Node) -> Iterator[AccountLine]:
        """Yield the finest rows below an activity, each with the account it lies under."""
        for each in node.walk():
            if each is node:
                continue
            account = each.code.text if each.code is not None and each.code.kind == "account" else ""
            if account and not codes.is_account(account):
                self.problems.append(Problem(each.row, "apb-rekening", "note", "", {"read": account}))
            if any(child.priced() for child in each.children) or each.amount is None:
                continue
            found, _unknown = sources_in(each.source)
            yield AccountLine(
                each.row,
                account or _above(node, each),
                each.name,
                each.volume,
                each.unit,
                each.amount,
                found[0] if len(found) == 1 else "",
            )

    def incomes(self) -> tuple[IncomeLine, ...]:
        found = []
        for node in self.walk.root.walk():
            if node.section not in _OUTSIDE or node.row == 0 or node.depth <= 1:
                continue
            if any(child.priced() for child in node.children) or node.amount is None:
                continue
            sources = self.sources(node)
            found.append(
                IncomeLine(
                    node.row,
                    node.code.text if node.code is not None else _above(self.walk.root, node),
                    node.name,
                    node.amount,
                    sources[0] if len(sources) == 1 else "",
                    _kind(self.walk.root, node),
                )
            )
        return tuple(found)

    def block(self, node: Node, code: str, **values: object) -> None:
        self.problems.append(Problem(node.row, code, "block", node.cell, values))


def _same(before: BudgetLine, line: BudgetLine) -> bool:
    """Say whether two neighbouring rows are one activity paid from two sources."""
    if line.accounts or before.accounts or line.package != before.package:
        return False
    if line.item_key or before.item_key:
        return line.item_key == before.item_key
    alike = (before.code, before.name.casefold(), before.location.casefold())
    apart = {source for source, _amount in before.funding} & {source for source, _amount in line.funding}
    return bool(line.code) and not apart and alike == (line.code, line.name.casefold(), line.location.casefold())


def _joined(before: BudgetLine, line: BudgetLine) -> BudgetLine:
    shares = dict(before.funding)
    for source, amount in line.funding:
        shares[source] = Rupiah(shares.get(source, 0) + amount)
    return BudgetLine(
        row=before.row,
        code=before.code or line.code,
        package=before.package,
        name=before.name or line.name,
        location=before.location or line.location,
        volume=before.volume or line.volume,
        unit=before.unit or line.unit,
        amount=Rupiah(before.amount + line.amount),
        funding=tuple(shares.items()),
        field=before.field,
        item_key=before.item_key,
    )


def _path(root: Node, wanted: Node) -> list[Node]:
    """Return the rows from *root* down to *wanted*, itself left out."""
    for child in root.children:
        if child is wanted:
            return [root]
        below = _path(child, wanted)
        if below:
            return [root, *below]
    return []


def _above(root: Node, node: Node) -> str:
    """Return the nearest account code above *node*."""
    codes_above = [
        each.code.text for each in _path(root, node) if each.code is not None and each.code.kind == "account"
    ]
    return codes_above[-1] if codes_above else ""


def _kind(root: Node, node: Node) -> IncomeKind:
    if node.section == "income":
        return "income"
    above = " ".join(each.name.lower() for each in [*_path(root, node), node])
    code = node.code.text if node.code is not None else _above(root, node)
    return "financing_out" if "pengeluaran" in above or code.startswith("6.2") else "financing_in"
