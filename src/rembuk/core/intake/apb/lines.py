"""A budget as read: activities with their money by source, accounts below them, incomes, and what was wrong."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rembuk.core.errors import Severity
from rembuk.core.intake.apb.messages import sentence
from rembuk.core.intake.apb.sums import PrintedSum
from rembuk.core.money import Rupiah

IncomeKind = Literal["income", "financing_in", "financing_out"]
MIXED = ""
"""The source of money whose sources stand in one cell: nobody can tell how much each pays."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one row, or worth knowing. severity block: the file cannot be stored until it is mended."""

    row: int
    code: str
    severity: Severity
    cell: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """Return the sentence, with what would be accepted."""
        return sentence(self.code, self.values)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A row below an activity: an account or a detail of it. account: nearest account code, empty when none is read."""

    row: int
    account: str
    description: str
    volume: str
    unit: str
    amount: Rupiah
    source: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One activity, or one work package where an activity has several. code: empty where the sheet has none.

    funding: (source, amount) in the order of the sheet, adding up to *amount*; MIXED where it cannot be told apart.
    item_key: what stands in a column rkp_item_id.
    """

    row: int
    code: str
    package: str
    name: str
    location: str
    volume: str
    unit: str
    amount: Rupiah
    funding: tuple[tuple[str, Rupiah], ...]
    field: int | None
    item_key: str = ""
    accounts: tuple[AccountLine, ...] = ()


@dataclass(frozen=True, slots=True)
class IncomeLine:
    """One income, or one line of financing, that has no finer line below it."""

    row: int
    code: str
    name: str
    amount: Rupiah
    source: str
    kind: IncomeKind


@dataclass(frozen=True, slots=True)
class BudgetReading:
    """One sheet as read. sums: every sum that the sheet prints, with what its rows add up to."""

    sheet: str
    lines: tuple[BudgetLine, ...]
    incomes: tuple[IncomeLine, ...]
    problems: tuple[Problem, ...]
    sums: tuple[PrintedSum, ...]
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> Rupiah:
        """Return what the activities add up to; sums of the sheet are not counted again."""
        return Rupiah(sum(line.amount for line in self.lines))

    @property
    def income_total(self) -> Rupiah:
        """Return the incomes without financing."""
        return Rupiah(sum(line.amount for line in self.incomes if line.kind == "income"))

    @property
    def financing_total(self) -> Rupiah:
        """Return what comes in by financing (SiLPA)."""
        return Rupiah(sum(line.amount for line in self.incomes if line.kind == "financing_in"))

    @property
    def disagreements(self) -> tuple[PrintedSum, ...]:
        """Return the printed sums that the rows do not give."""
        return tuple(each for each in self.sums if not each.agrees)

    @property
    def blocks(self) -> tuple[Problem, ...]:
        """Return what keeps the file from being stored."""
        return tuple(problem for problem in self.problems if problem.severity == "block")

    def by_source(self) -> dict[str, Rupiah]:
        """Return source -> what the activities take from it."""
        found: dict[str, Rupiah] = {}
        for line in self.lines:
            for source, amount in line.funding:
                found[source] = Rupiah(found.get(source, 0) + amount)
        return found
