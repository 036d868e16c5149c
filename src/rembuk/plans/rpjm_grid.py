"""The matrix of the RPJM Desa as a grid: columns of F17 in both families, rows by bidang, money by year.

Four hundred rows of eight years are some eight thousand cells; the rows are joined as text here, because a template
loop over that many takes ten times as long as the reader would wait.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from rembuk.core.errors import Finding
from rembuk.core.hat import Hat
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import Rupiah, format_amount
from rembuk.core.workflow.plan_states import EDITABLE, PlanState
from rembuk.plans.findings import by_item
from rembuk.plans.grid import FIELD_NUMBERS, Column, grouped
from rembuk.plans.labels import FIELDS, MODES
from rembuk.plans.models import Rpjmdes, RpjmdesItem
from rembuk.plans.permissions import allows
from rembuk.plans.rpjm_labels import cell_name
from rembuk.plans.rpjm_queries import bidang_of, findings_of_matrix, rpjm_items
from rembuk.plans.rpjm_values import RpjmValues, raw_text, values_of
from rembuk.shared.templatetags.rembuk import icon

MODE_OF = {"S": "self_managed", "K": "inter_village", "P": "third_party"}
PEOPLE = ("beneficiaries_male", "beneficiaries_female", "beneficiaries_poor")


@dataclass(frozen=True, slots=True)
class RpjmAsked:
    """What stands in the address."""

    field: int | None = None
    year: int | None = None
    severity: str = ""
    text: str = ""
    variant_b: bool = False

    @classmethod
    def read(cls, query: QueryDict) -> "RpjmAsked":
        """Read the address; what cannot be read is as if it were not there."""
        number, year = query.get("bidang", ""), query.get("tahun", "")
        return cls(
            field=int(number) if number.isdigit() and int(number) in FIELDS else None,
            year=int(year) if year.isdigit() and len(year) == 4 else None,
            severity={"menahan": "block", "peringatan": "warn"}.get(query.get("temuan", ""), ""),
            text=query.get("cari", "").strip()[:60],
            variant_b=query.get("varian") == "b",
        )

    @property
    def any(self) -> bool:
        return self.field is not None or self.year is not None or bool(self.severity or self.text)

    def fits(self, item: RpjmdesItem, findings: Iterable[Finding]) -> bool:
        words = self.text.lower()
        return (
            (self.field is None or bidang_of(item) == self.field)
            and (self.year is None or self.year in item.years)
            and (not words or words in item.name.lower() or words in item.location.lower())
            and (not self.severity or any(finding.severity == self.severity for finding in findings))
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One activity as the grid shows it."""

    item: RpjmdesItem
    values: RpjmValues
    number: int
    findings: tuple[Finding, ...]

    @property
    def css(self) -> str:
        worst = {finding.severity for finding in self.findings}
        return "has-block" if "block" in worst else "has-warn" if "warn" in worst else ""


@dataclass(frozen=True, slots=True)
class Group:
    """One bidang: its rows, the subtotal over all of its activities by year and in all, how many are filtered away."""

    number: int
    title: str
    rows: tuple[Row, ...]
    by_year: Mapping[int, int]
    total: Rupiah
    count: int
    hidden: int
    columns: tuple[Column, ...]

    @property
    def html(self) -> SafeString:
        """The rows as HTML, each text in them escaped; made when the page asks, never for the answer to one cell."""
        labels = tuple(label_of(column) for column in self.columns)
        base = reverse("plans:rpjm_item", args=(UUID(int=0),))
        return mark_safe("".join(row_html(row, self.columns, labels, base) for row in self.rows))  # noqa: S308


@dataclass(frozen=True, slots=True)
class RpjmGrid:
    """Everything the page shows."""

    rpjmdes: Rpjmdes
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    findings: tuple[Finding, ...]
    by_year: Mapping[int, int]
    total: Rupiah
    count: int
    editable: bool
    rows: Mapping[UUID, Row] = field(default_factory=dict)

    @property
    def of_plan(self) -> tuple[Finding, ...]:
        """The findings that are about no single row."""
        return tuple(by_item(self.findings).get("", ()))

    @property
    def counts(self) -> dict[str, int]:
        return {name: sum(finding.severity == name for finding in self.findings) for name in ("block", "warn", "note")}


def rpjm_columns(period: range, *, variant_b: bool) -> tuple[Column, ...]:
    """Return the columns in the order of the printed form; n columns of years, in family B n more of targets."""
    first = (
        Column(_("No."), "", "", "pin end"),
        Column(_("Kode"), "", "activity_code"),
        Column(_("Sub bidang"), "", ""),
        Column(_("Jenis kegiatan"), "", "name", "act"),
    )
    aims = (
        Column(_("SDGs ke-"), "", "sdgs", "mid"),
        Column(_("Data eksisting"), "", "baseline"),
        *(Column(_("Target %(year)d") % {"year": year}, "", f"target_year:{year}") for year in period),
    )
    people = tuple(
        Column(title, "", name, "end") for title, name in zip((_("LK"), _("PR"), _("A-RTM")), PEOPLE, strict=True)
    )
    return (
        *first,
        *(aims if variant_b else ()),
        Column(_("Lokasi"), "", "location", "loc"),
        Column(_("Volume"), "", "size", "end"),
        *(people if variant_b else (Column(_("Sasaran/manfaat"), "", "target"),)),
        *(Column(str(year), "", f"amount:{year}", "end year") for year in period),
        Column(_("Jumlah (Rp)"), "", "total", "end strong"),
        Column(_("Sumber"), "", "source"),
        *(Column(letter, "", "delivery_mode", "mid") for letter in ("S", "K", "P")),
        Column(_("Indikator"), "", "indicator"),
        Column(_("Asal usulan"), "", "origin_text"),
        Column(_("Temuan"), "", "", "note"),
    )


def make_rpjm_grid(rpjmdes: Rpjmdes, hat: Hat | None, asked: RpjmAsked) -> RpjmGrid:
    """Gather the whole page. One query for any number of activities."""
    items = rpjm_items(rpjmdes.id)
    findings = findings_of_matrix(items, rpjmdes.period)
    noted = by_item(findings)
    columns = rpjm_columns(rpjmdes.period, variant_b=asked.variant_b)
    rows = {
        item.id: Row(item, values_of(item), number, tuple(noted.get(str(item.id), ())))
        for number, item in enumerate(items, 1)
    }
    groups = []
    for number in (*FIELD_NUMBERS, 0):
        own = [row for row in rows.values() if bidang_of(row.item) == number]
        if number == 0 and not own:
            continue
        shown = tuple(row for row in own if asked.fits(row.item, row.findings))
        groups.append(
            Group(
                number=number,
                title=str(FIELDS[number]),
                rows=shown,
                by_year=sums(own, rpjmdes.period),
                total=total_of(own),
                count=len(own),
                hidden=len(own) - len(shown),
                columns=columns,
            )
        )
    return RpjmGrid(
        rpjmdes=rpjmdes,
        columns=columns,
        groups=tuple(groups),
        findings=tuple(findings),
        by_year=sums(list(rows.values()), rpjmdes.period),
        total=total_of(list(rows.values())),
        count=len(items),
        editable=rpjmdes.in_work
        and rpjmdes.cycle_id is not None
        and PlanState(rpjmdes.state) in EDITABLE
        and allows(hat, "edit", rpjmdes),
        rows=rows,
    )


def sums(rows: Sequence[Row], period: range) -> dict[int, int]:
    return {year: sum(row.values.year_costs.get(year, 0) for row in rows) for year in period}


def total_of(rows: Sequence[Row]) -> Rupiah:
    return Rupiah(sum(int(row.values.cost or 0) for row in rows))


def sub_field_of(code: str) -> str:
    """Return the name of the sub bidang of an activity code, empty without one."""
    codes = kegiatan_codes()
    parent = codes.get(codes[code].parent) if code in codes else None
    return parent.name if parent is not None else ""


NOBODY = str(UUID(int=0))


def label_of(column: Column) -> str:
    """Return what a screen reader calls the cells of a column, escaped."""
    if column.name == "delivery_mode":
        return escape(str(MODES[MODE_OF[column.title]]))
    return escape(cell_name(column.name)) if column.name else ""


def row_html(row: Row, columns: Sequence[Column], labels: Sequence[str], base: str) -> str:
    """Return one row as HTML. labels: of the columns, escaped. base: address of an activity with `NOBODY` as key."""
    key = str(row.item.id)
    link = base.replace(NOBODY, key)
    head = f'<tr class="{row.css}" data-item="{key}" data-version="{row.item.version}" data-first>'
    cells = [cell_html(row, column, label, link) for column, label in zip(columns, labels, strict=True)]
    return f"{head}{''.join(cells)}</tr>"


def cell_html(row: Row, column: Column, label: str, link: str) -> str:
    if column.css == "note":
        return f'<td class="note no-print-note" data-note>{notes_html(row)}</td>'
    if column.css == "pin end":
        return f'<td class="pin end">{row.number}</td>'
    if not column.name:
        return f"<td>{sub_field_html(row.item.activity_code)}</td>"
    raw, shown, mode = cell_texts(row.values, column)
    attributes = f'data-f="{column.name}" data-raw="{escape(raw)}"'
    if mode:
        attributes += f' data-mode="{mode}"'
    if column.name == "name":
        return f'<th scope="row" class="act" {attributes}><a href="{link}">{escape(shown)}</a></th>'
    return f'<td class="{column.css}" {attributes} data-label="{label}">{escape(shown)}</td>'


@cache
def sub_field_html(code: str) -> str:
    """Return the code of the sub bidang with its name to point at: whole, it would make every row six lines tall."""
    name = sub_field_of(code)
    return f'<abbr title="{escape(name)}">{code.rpartition(".")[0]}</abbr>' if name else ""


def cell_texts(values: RpjmValues, column: Column) -> tuple[str, str, str]:
    """Return (text to edit, text shown, mode) of one cell."""
    if column.name == "delivery_mode":
        wanted = MODE_OF[column.title]
        return values.delivery_mode, "✓" if values.delivery_mode == wanted else "", wanted
    raw = raw_text(values, column.name)
    if column.name == "size" and values.volume is not None:
        return raw, " ".join(part for part in (grouped(values.volume), values.unit) if part), ""
    if column.name == "total" or column.name.startswith("amount:"):
        return raw, format_amount(int(raw)) if raw.isdigit() else "✓" if raw else "", ""
    return raw, raw, ""


ICONS = {"block": "stop", "warn": "late", "note": "help"}


def notes_html(row: Row) -> str:
    """Return the findings of one row, at most two; the page of the activity has all."""
    parts = []
    for finding in row.findings[:2]:
        text = finding.message.removeprefix(f"{row.item.name}: ")
        parts.append(
            f'<span class="mini {finding.severity}">{icon(ICONS[finding.severity])}<span>{escape(text)}</span></span>'
        )
    if len(row.findings) > 2:
        link = reverse("plans:rpjm_item", args=(row.item.id,))
        more = escape(_("dan %(n)d lagi") % {"n": len(row.findings) - 2})
        parts.append(f'<a class="small" href="{link}#temuan">{more}</a>')
    return "".join(parts)


def row_json(row: Row, columns: Sequence[Column]) -> dict[str, Any]:
    """Return what a row looks like now, as the grid's script paints it."""
    cells = []
    for column in columns:
        if column.name:
            raw, shown, mode = cell_texts(row.values, column)
            cells.append({"field": column.name, "mode": mode, "raw": raw, "shown": shown, "small": ""})
    return {"version": row.item.version, "cells": cells}


def rpjm_table(grid: RpjmGrid) -> tuple[list[str], list[list[str | int | None]]]:
    """Return header and rows of exactly what the grid shows, for CSV and XLSX."""
    header = [_("Nomor"), _("Bidang"), *(column.title for column in grid.columns[1:-1]), _("Temuan")]
    lines: list[list[str | int | None]] = []
    for group in grid.groups:
        for row in group.rows:
            cells: list[str | int | None] = [row.number, group.title]
            for column in grid.columns[1:-1]:
                if not column.name:
                    cells.append(sub_field_of(row.item.activity_code))
                    continue
                raw, shown, _mode = cell_texts(row.values, column)
                money = column.name == "total" or column.name.startswith(("amount:", "beneficiaries_"))
                cells.append(int(raw) if money and raw.isdigit() else shown)
            cells.append("; ".join(finding.message for finding in row.findings))
            lines.append(cells)
    return header, lines
