"""The filters of the list, read from the address: what is shown is what the export writes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import QueryDict

from rembuk.core.hat import Hat
from rembuk.proposals.labels import FIELDS, GROUPS, STATES
from rembuk.proposals.models import Proposal

SORTS: dict[str, tuple[str, ...]] = {
    "nomor": ("village_id", "number", "captured_at", "id"),
    "-nomor": ("-village_id", "-number", "-captured_at", "id"),
    "usulan": ("title", "id"),
    "-usulan": ("-title", "id"),
    "biaya": ("cost", "id"),
    "-biaya": ("-cost", "id"),
    "keadaan": ("state", "number", "id"),
    "-keadaan": ("-state", "number", "id"),
    "tempat": ("hamlet__order", "hamlet__name", "number", "id"),
    "-tempat": ("-hamlet__order", "-hamlet__name", "number", "id"),
}
WHOLE_VILLAGE = "desa"
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class ProposalFilter:
    """What the address asks for; an unknown value of a filter is left out, as if it were not there."""

    search: str = ""
    hamlet: str = ""
    state: str = ""
    field: int = 0
    group: str = ""
    year: int = 0
    code_open: bool = False
    village: str = ""
    sort: str = "nomor"

    @property
    def any(self) -> bool:
        """Return whether anything narrows the list."""
        asked = (self.search, self.hamlet, self.state, self.field, self.group, self.year, self.code_open, self.village)
        return any(asked)


def read_filter(query: QueryDict) -> ProposalFilter:
    """Read the filters of a list from its address."""
    hamlet = query.get("dusun", "")
    field = query.get("bidang", "")
    year = query.get("tahun", "")
    return ProposalFilter(
        search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST_SEARCH],
        hamlet=hamlet if hamlet == WHOLE_VILLAGE or is_key(hamlet) else "",
        state=query.get("keadaan", "") if query.get("keadaan") in STATES else "",
        field=int(field) if field.isascii() and field.isdigit() and int(field[:3]) in FIELDS else 0,
        group=query.get("kelompok", "") if query.get("kelompok") in GROUPS else "",
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        code_open=query.get("kode") == "belum",
        village=query.get("desa", "")[:13].replace("\x00", ""),
        sort=query.get("urut", "nomor") if query.get("urut") in SORTS else "nomor",
    )


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def apply_filter(rows: "QuerySet[Proposal]", asked: ProposalFilter, hat: Hat | None) -> "QuerySet[Proposal]":
    """Narrow and order *rows*. Names of proposers are never searched, so that nobody finds a person by them."""
    if asked.search:
        wanted = Q()
        for word in asked.search.split():
            wanted &= (
                Q(title__icontains=word)
                | Q(number__icontains=word)
                | Q(problem__icontains=word)
                | Q(location_text__icontains=word)
            )
        rows = rows.filter(wanted)
    if asked.hamlet == WHOLE_VILLAGE:
        rows = rows.filter(hamlet__isnull=True)
    elif asked.hamlet:
        rows = rows.filter(hamlet_id=asked.hamlet)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.field:
        rows = rows.filter(activity_code__startswith=f"{asked.field}.")
    if asked.group:
        # The list of codes is stored as JSON text on one database and as jsonb on the other; both find the quoted code.
        rows = rows.filter(groups__icontains=f'"{asked.group}"')
    if asked.year:
        rows = rows.filter(cycle__budget_year=asked.year)
    if asked.code_open:
        rows = rows.filter(Q(activity_code="") | Q(activity_confirmed_by__isnull=True))
    if asked.village:
        rows = rows.filter(village_id=asked.village)
    return rows.order_by(*order_of(asked.sort))


def order_of(sort: str) -> list[Combinable]:
    """Return the order, empty values last, the same on both databases."""
    order: list[Combinable] = []
    for name in SORTS[sort]:
        column = F(name.removeprefix("-"))
        order.append(column.desc(nulls_last=True) if name.startswith("-") else column.asc(nulls_last=True))
    return order
