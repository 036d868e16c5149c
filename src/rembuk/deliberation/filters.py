"""The filters of the list of meetings, read from the address: what is shown is what the export writes."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.deliberation.labels import KINDS, STATES
from rembuk.deliberation.models import Meeting

LONGEST = 100
PLACE_KEY = 13


@dataclass(frozen=True, slots=True)
class MeetingFilter:
    """What the address asks for; an unknown value is left out."""

    search: str = ""
    kind: str = ""
    state: str = ""
    year: int = 0
    village: str = ""
    cycle: str = ""

    @property
    def any(self) -> bool:
        return any((self.search, self.kind, self.state, self.year, self.village, self.cycle))


def read_filter(query: QueryDict) -> MeetingFilter:
    """Read the filters of the list from its address."""
    year = query.get("tahun", "")
    cycle = query.get("siklus", "")
    return MeetingFilter(
        search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST],
        kind=query.get("jenis", "") if query.get("jenis") in KINDS else "",
        state=query.get("keadaan", "") if query.get("keadaan") in STATES else "",
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
        village=query.get("desa", "")[:PLACE_KEY].replace("\x00", ""),
        cycle=cycle if is_key(cycle) else "",
    )


def is_key(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def apply_filter(rows: "QuerySet[Meeting]", asked: MeetingFilter) -> "QuerySet[Meeting]":
    """Narrow and order *rows*: the newest first. Names of people are never searched."""
    for word in asked.search.split():
        rows = rows.filter(Q(title__icontains=word) | Q(location__icontains=word) | Q(village__name__icontains=word))
    wanted = {
        "kind": asked.kind,
        "state": asked.state,
        "cycle__budget_year": asked.year,
        "village_id": asked.village,
        "cycle_id": asked.cycle,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value}).order_by("-scheduled_at", "id")
