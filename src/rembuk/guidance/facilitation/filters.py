"""The filters of the list of forums, read from the address: what is shown is what the export writes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.guidance.facilitation.labels import STATES
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import ForumRow

LONGEST, DISTRICT_KEY = 60, 8
LED = ("ready", "in_session", "adjourned", "held", "minutes_draft", "minutes_signed")
"""States from which the record of the meeting may have led on since they were stored."""

FLAGS = ("tanpa-perempuan", "kurang-bukti", "periksa-ulang")


@dataclass(frozen=True, slots=True)
class ForumFilter:
    """What the address asks for; an unknown value is left out. flag: one of `FLAGS`."""

    search: str = ""
    district: str = ""
    state: str = ""
    flag: str = ""
    year: int = 0

    @property
    def asks_records(self) -> bool:
        """Whether only the meetings' records can tell which lines pass."""
        return bool(self.flag) or self.state in LED

    @property
    def any(self) -> bool:
        return any((self.search, self.district, self.state, self.flag))

    def keeps(self, row: ForumRow) -> bool:
        """Return whether a line passes what only the meeting's record can tell: the state by now, and the flags."""
        if self.state and row.seen.state != self.state:
            return False
        match self.flag:
            case "tanpa-perempuan":
                return row.women_guides == 0
            case "kurang-bukti":
                return row.missing > 0
            case "periksa-ulang":
                return row.seen.changed_since
        return True


def read_filter(query: QueryDict, years: Sequence[int]) -> ForumFilter:
    """Read the filters; without a year in the address the first of *years* is meant."""
    year = query.get("tahun", "")
    asked = int(year) if year.isascii() and year.isdigit() and len(year) == 4 else years[0]
    return ForumFilter(
        search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST],
        district=query.get("kecamatan", "")[:DISTRICT_KEY].replace("\x00", ""),
        state=query.get("keadaan", "") if query.get("keadaan") in STATES else "",
        flag=query.get("tanda", "") if query.get("tanda") in FLAGS else "",
        year=asked,
    )


def apply_filter(rows: "QuerySet[Facilitation]", asked: ForumFilter) -> "QuerySet[Facilitation]":
    """Narrow *rows* by what is stored: year, state, kecamatan, name of the village or of the kecamatan."""
    rows = rows.filter(cycle__budget_year=asked.year)
    if asked.state:
        rows = rows.filter(state__in=LED if asked.state in LED else (asked.state,))
    if asked.district:
        rows = rows.filter(village__district_id=asked.district)
    for word in asked.search.split():
        rows = rows.filter(Q(village__name__icontains=word) | Q(village__district__name__icontains=word))
    return rows
