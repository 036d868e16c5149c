"""The filters of the two lists, read from the address: what is shown is what the export writes."""

from dataclasses import dataclass, fields
from datetime import date
from typing import TypeVar

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from rembuk.core.guidance.findings import OWED, ItemState
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.guidance.mentoring.models import ActionItem, Finding, Visit
from rembuk.guidance.mentoring.permissions import OWNERS

Row = TypeVar("Row", Visit, ActionItem)
LONGEST_SEARCH = 100
STILL_OPEN = "terbuka"
HELP = ("menunggu", "dijawab")
"""Help that a sheet asks of an agency: without and with its answer."""
VISIT_ORDER = ("-planned_date", "village__district_id", "village__name", "id")
ITEM_ORDER = (F("due_date").asc(nulls_last=True), "opened_date", "id")


class Asked:
    """What an address asks for."""

    @property
    def any(self) -> bool:
        """Return whether anything narrows the list."""
        return any(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class VisitFilter(Asked):
    """Filters of visits; an unknown value is left out, as if it were not there."""

    search: str = ""
    state: str = ""
    stage: str = ""
    purpose: str = ""
    district: str = ""
    village: str = ""
    month: str = ""
    late: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class ItemFilter(Asked):
    """Filters of findings and promises."""

    search: str = ""
    state: str = ""
    severity: str = ""
    owner: str = ""
    district: str = ""
    village: str = ""
    overdue: bool = False


def known(text: str, values: object) -> str:
    return text if text in values else ""  # type: ignore[operator]


def code_of(text: str) -> str:
    """Return an official code, empty for what is none."""
    return text if len(text) <= 13 and text.replace(".", "").isdigit() and text.isascii() else ""


def search_of(query: QueryDict) -> str:
    return " ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST_SEARCH]


def month_of(text: str) -> str:
    """Return ``2026-09`` if it is a month, else nothing."""
    try:
        date.fromisoformat(f"{text}-01")
    except ValueError:
        return ""
    return text


def read_visits(query: QueryDict) -> VisitFilter:
    """Read the filters of the list of visits."""
    return VisitFilter(
        search=search_of(query),
        state=known(query.get("keadaan", ""), Visit.State.values),
        stage=known(query.get("tahapan", ""), ALL_STAGES),
        purpose=known(query.get("tujuan", ""), Visit.Purpose.values),
        district=code_of(query.get("kecamatan", "")),
        village=code_of(query.get("desa", "")),
        month=month_of(query.get("bulan", "")),
        late=query.get("terlambat") == "ya",
        help=known(query.get("bantuan", ""), HELP),
    )


def read_items(query: QueryDict) -> ItemFilter:
    """Read the filters of the list of promises."""
    return ItemFilter(
        search=search_of(query),
        state=known(query.get("keadaan", ""), (*ActionItem.State.values, STILL_OPEN)),
        severity=known(query.get("tingkat", ""), Finding.Severity.values),
        owner=known(query.get("pemilik", ""), [role.value for role in OWNERS]),
        district=code_of(query.get("kecamatan", "")),
        village=code_of(query.get("desa", "")),
        overdue=query.get("lewat") == "ya",
    )


def filter_visits(rows: "QuerySet[Visit]", asked: VisitFilter) -> "QuerySet[Visit]":
    """Narrow and order visits."""
    for word in asked.search.split():
        rows = rows.filter(Q(village__name__icontains=word) | Q(team_text__icontains=word))
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.purpose:
        rows = rows.filter(purpose=asked.purpose)
    if asked.month:
        year, month = asked.month.split("-")
        rows = rows.filter(planned_date__year=int(year), planned_date__month=int(month))
    if asked.late:
        rows = rows.filter(days_late__gt=0)
    if asked.help:
        rows = rows.exclude(help_agency="")
        rows = rows.filter(help_answer="") if asked.help == HELP[0] else rows.exclude(help_answer="")
    return placed(rows, asked).order_by(*VISIT_ORDER)


def filter_items(rows: "QuerySet[ActionItem]", asked: ItemFilter, today: date) -> "QuerySet[ActionItem]":
    """Narrow and order promises: the nearest day first, those without one at the end."""
    for word in asked.search.split():
        rows = rows.filter(
            Q(recommendation__icontains=word) | Q(finding__text__icontains=word) | Q(village__name__icontains=word)
        )
    owed = [state.value for state in OWED]
    if asked.state == STILL_OPEN:
        rows = rows.filter(state__in=owed)
    elif asked.state:
        rows = rows.filter(state=asked.state)
    if asked.severity:
        rows = rows.filter(severity=asked.severity)
    if asked.owner:
        rows = rows.filter(owner_role=asked.owner)
    if asked.overdue:
        rows = rows.filter(Q(state=ItemState.OVERDUE.value) | Q(state__in=owed, due_date__lt=today))
    return placed(rows, asked).order_by(*ITEM_ORDER)


def placed(rows: "QuerySet[Row]", asked: VisitFilter | ItemFilter) -> "QuerySet[Row]":
    if asked.district:
        rows = rows.filter(village__district_id=asked.district)
    if asked.village:
        rows = rows.filter(village_id=asked.village)
    return rows
