"""The plan as a grid: columns of F26 (and its variant B), rows by bidang with subtotals, live sums per source."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.core.lists import funding_sources
from rembuk.core.money import Rupiah, format_amount
from rembuk.funding.queries import CeilingsInForce, village_ceilings
from rembuk.plans.findings import STAGES, by_item, findings_for
from rembuk.plans.labels import FIELDS, MODES, SHORT_FIELDS, column_name
from rembuk.plans.models import RkpdesItem, RkpdesVersion
from rembuk.plans.permissions import EDITABLE_STATES, allows
from rembuk.plans.queries import field_of, items_of, values_of
from rembuk.plans.typed import number_text
from rembuk.plans.values import ItemValues, raw_text

FIELD_NUMBERS = (1, 2, 3, 4, 5)
SEVERITIES = ("block", "warn", "note")
MODE_LETTERS = {"j": "self_managed", "k": "inter_village", "l": "third_party"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. letter: that of F26, empty for columns of our own. name: the cell's field, empty when read only."""

    title: str
    letter: str = ""
    name: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its field (empty when read only), the text it is edited with, the text it shows."""

    name: str
    raw: str = ""
    shown: str = ""
    css: str = ""
    small: str = ""
    mode: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row on screen: an item, or a further source of the item above it."""

    item: RkpdesItem
    cells: tuple[Cell, ...]
    number: int | None
    findings: tuple[Finding, ...] = ()
    more: int = 0

    @property
    def first(self) -> bool:
        return self.number is not None

    @property
    def css(self) -> str:
        worst = {finding.severity for finding in self.findings}
        return "has-block" if "block" in worst else "has-warn" if "warn" in worst else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One bidang with its rows and its subtotal over all of its items, shown or not."""

    number: int
    title: str
    lines: tuple[Line, ...]
    total: Rupiah
    count: int
    hidden: int


@dataclass(frozen=True, slots=True)
class SourceSum:
    """What the plan takes from one source against its ceiling; ceiling None where there is none."""

    code: str
    name: str
    planned: Rupiah
    ceiling: Rupiah | None

    @property
    def left(self) -> int:
        return (self.ceiling or 0) - self.planned

    @property
    def over(self) -> int:
        return max(0, -self.left) if self.ceiling is not None or self.code != "SWD" else 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address."""

    field: int | None = None
    source: str = ""
    severity: str = ""
    variant_b: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "Asked":
        """Read the address; what cannot be read is as if it were not there."""
        number, source, severity = query.get("bidang", ""), query.get("sumber", ""), query.get("temuan", "")
        return cls(
            field=int(number) if number.isdigit() and int(number) in FIELDS else None,
            source=source if source in funding_sources() else "",
            severity={"menahan": "block", "peringatan": "warn"}.get(severity, ""),
            variant_b=query.get("varian") == "b",
        )

    @property
    def any(self) -> bool:
        return self.field is not None or bool(self.source or self.severity)


@dataclass(frozen=True, slots=True)
class Grid:
    """Everything the page shows."""

    plan: RkpdesVersion
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    sums: tuple[SourceSum, ...]
    findings: tuple[Finding, ...]
    total: Rupiah
    count: int
    provisional: bool
    editable: bool
    lines_by_item: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)

    @property
    def of_plan(self) -> tuple[Finding, ...]:
        """The findings that are about no single row."""
        return tuple(by_item(self.findings).get("", ()))

    @property
    def counts(self) -> dict[str, int]:
        return {severity: sum(f.severity == severity for f in self.findings) for severity in SEVERITIES}

    @property
    def width(self) -> int:
        return len(self.columns)


def grid_columns(*, variant_b: bool) -> tuple[Column, ...]:
    """Return the columns in the order of the printed form; our own (code, findings) carry no letter."""
    first = (
        Column(_("No."), "a", "", "pin end"),
        Column(_("Kode"), "", "activity_code"),
        Column(_("Bidang"), "b"),
        Column(_("Jenis kegiatan"), "c", "name", "act"),
    )
    more = (
        Column(_("SDGs ke-"), "", "sdgs", "mid"),
        Column(_("Data eksisting"), "", "baseline"),
        Column(_("Target capaian"), "", "yearly_target"),
    )
    middle = (
        Column(_("Lokasi"), "d", "location", "loc"),
        Column(_("Volume"), "e", "size", "end"),
        Column(_("Sasaran/manfaat"), "f", "target", "" if variant_b else "people"),
    )
    people = (
        Column(_("LK"), "", "beneficiaries_male", "end"),
        Column(_("PR"), "", "beneficiaries_female", "end"),
        Column(_("A-RTM"), "", "beneficiaries_poor", "end"),
    )
    last = (
        Column(_("Waktu"), "g", "schedule", "num"),
        Column(_("Jumlah (Rp)"), "h", "amount", "end"),
        Column(_("Sumber"), "i", "source"),
        Column(_("S"), "j", "delivery_mode", "mid"),
        Column(_("K"), "k", "delivery_mode", "mid"),
        Column(_("P"), "l", "delivery_mode", "mid"),
        Column(_("Pelaksana"), "m", "planned_implementer"),
        Column(_("Temuan"), "", "", "note"),
    )
    return (*first, *(more if variant_b else ()), *middle, *(people if variant_b else ()), *last)


def make_grid(plan: RkpdesVersion, hat: Hat | None, asked: Asked) -> Grid:
    """Gather the whole page. A constant number of queries for any number of items."""
    columns = grid_columns(variant_b=asked.variant_b)
    items = items_of(plan.id)
    findings = findings_for(plan.id, STAGES[plan.state], items)
    ceilings = village_ceilings(plan.village_id, plan.cycle.budget_year)
    noted = by_item(findings)
    lines: dict[str, tuple[Line, ...]] = {}
    for number, item in enumerate(items, 1):
        lines[str(item.id)] = lines_of(item, number, columns, noted.get(str(item.id), ()))
    costs = {item.id: values_of(item).cost for item in items}
    groups = []
    for number in (*FIELD_NUMBERS, 0):
        own = [item for item in items if field_of(item) == number]
        if number == 0 and not own:
            continue
        shown = [item for item in own if fits(item, lines[str(item.id)], asked)]
        groups.append(
            Group(
                number=number,
                title=str(FIELDS[number]),
                lines=tuple(line for item in shown for line in lines[str(item.id)]),
                total=Rupiah(sum(costs[item.id] for item in own)),
                count=len(own),
                hidden=len(own) - len(shown),
            )
        )
    return Grid(
        plan=plan,
        columns=columns,
        groups=tuple(groups),
        sums=tuple(source_sums(items, ceilings)),
        findings=tuple(findings),
        total=Rupiah(sum(costs.values())),
        count=len(items),
        provisional=ceilings.stage == "provisional",
        editable=plan.state in EDITABLE_STATES and allows(hat, "edit", plan),
        lines_by_item=lines,
    )


def fits(item: RkpdesItem, lines: Sequence[Line], asked: Asked) -> bool:
    """Return whether the item is one of those asked for."""
    if asked.field is not None and field_of(item) != asked.field:
        return False
    if asked.source and all(row.source != asked.source for row in item.fundings.all()):
        return False
    return not asked.severity or any(f.severity == asked.severity for f in lines[0].findings)


def lines_of(item: RkpdesItem, number: int, columns: Sequence[Column], findings: Iterable[Finding]) -> tuple[Line, ...]:
    """Return the rows of one item: one for each source, at least one."""
    values = values_of(item)
    found = tuple(findings)
    sources = [code for code, _amount in values.funding] or [""]
    first = tuple(cell_of(values, column, number, sources[0]) for column in columns)
    rows = [Line(item, first, number, found, max(0, len(found) - 2))]
    for source in sources[1:]:
        rows.append(Line(item, tuple(further_cell(values, column, source) for column in columns), None))
    return tuple(rows)


def cell_of(values: ItemValues, column: Column, number: int, source: str) -> Cell:
    """Return one cell of an item's first row."""
    label = column_name(column.name) if column.name else ""
    if column.letter == "a":
        return Cell("", shown=str(number), css=column.css)
    if column.letter == "b":
        return Cell("", shown=str(SHORT_FIELDS[int(values.activity_code[0]) if values.activity_code else 0]))
    if not column.name:
        return Cell("", css=column.css)
    if column.name in ("amount", "source"):
        return money_cell(values, column, source)
    if column.letter in MODE_LETTERS:
        mode = MODE_LETTERS[column.letter]
        chosen = values.delivery_mode == mode
        return Cell(
            column.name, values.delivery_mode, "✓" if chosen else "", column.css, mode=mode, label=str(MODES[mode])
        )
    raw = raw_text(values, column.name)
    small = people_text(values) if column.css == "people" else ""
    return Cell(column.name, raw, shown_text(values, column.name, raw), column.css, small=small, label=label)


def further_cell(values: ItemValues, column: Column, source: str) -> Cell:
    if column.name in ("amount", "source"):
        return money_cell(values, column, source)
    return Cell("", css=column.css)


def money_cell(values: ItemValues, column: Column, source: str) -> Cell:
    name = f"{column.name}:{source}"
    raw = raw_text(values, name)
    shown = format_amount(int(raw)) if column.name == "amount" and raw else raw
    css = f"{column.css} strong" if column.name == "amount" else column.css
    return Cell(name, raw, shown, css, label=column_name(name))


def shown_text(values: ItemValues, name: str, raw: str) -> str:
    if name == "size" and values.volume is not None:
        return " ".join(part for part in (grouped(values.volume), values.unit) if part)
    return raw


def grouped(number: Any) -> str:
    whole, comma, rest = number_text(number).partition(",")
    return f"{format_amount(int(whole))}{comma}{rest}"


def people_text(values: ItemValues) -> str:
    """Return the counts of people as one short line: ``L 92 · P 83 · A-RTM 41``."""
    counts = (
        ("L", values.beneficiaries_male),
        ("P", values.beneficiaries_female),
        ("A-RTM", values.beneficiaries_poor),
    )
    return " · ".join(f"{name} {format_amount(count)}" for name, count in counts if count is not None)


def source_sums(items: Sequence[RkpdesItem], ceilings: CeilingsInForce) -> list[SourceSum]:
    """Return a sum for each source that has a ceiling or is used, in the order of the code list."""
    planned: dict[str, int] = {}
    for item in items:
        for row in item.fundings.all():
            planned[row.source] = planned.get(row.source, 0) + row.amount
    return [
        SourceSum(code, source.name, Rupiah(planned.get(code, 0)), ceilings.plannable.get(code))
        for code, source in funding_sources().items()
        if code in planned or code in ceilings.plannable
    ]


def table_rows(grid: Grid) -> tuple[list[str], list[list[str | int | None]]]:
    """Return header and rows of exactly what the grid shows, for CSV and XLSX; one row for each source."""
    header = [_("Nomor"), *(column.title for column in grid.columns[1:-1]), _("Temuan")]
    rows: list[list[str | int | None]] = []
    for group in grid.groups:
        for line in group.lines:
            cells: list[str | int | None] = [line.number]
            for cell in line.cells[1:-1]:
                whole = cell.name.startswith(("amount:", "beneficiaries_")) and cell.raw.isdigit()
                text = f"{cell.shown} ({cell.small})" if cell.small and cell.shown else cell.shown or cell.small
                cells.append(int(cell.raw) if whole else text)
            cells.append("; ".join(f"{finding.code} {finding.message}" for finding in line.findings))
            rows.append(cells)
    return header, rows
