"""The filters of the secretary's list of residents' proposals, read from the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.core.law.reasons import ABUSE
from rembuk.proposals.filters import LONGEST_SEARCH, is_key
from rembuk.proposals.models import Intake

WAITING, OVERDUE, LOOKED, REJECTED, ALL = "menunggu", "terlambat", "sudah", "ditolak", "semua"
LOOKS = (WAITING, OVERDUE, LOOKED, REJECTED, ALL)


@dataclass(frozen=True, slots=True)
class LookFilter:
    """What the address asks for; without anything it is what waits."""

    search: str = ""
    hamlet: str = ""
    look: str = WAITING

    @property
    def any(self) -> bool:
        return bool(self.search or self.hamlet or self.look != WAITING)


def read_look_filter(query: QueryDict) -> LookFilter:
    """Read the filters; an unknown value is left out."""
    hamlet, look = query.get("dusun", ""), query.get("lihat", "")
    return LookFilter(
        search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:LONGEST_SEARCH],
        hamlet=hamlet if is_key(hamlet) else "",
        look=look if look in LOOKS else WAITING,
    )


def apply_look_filter(rows: "QuerySet[Intake]", asked: LookFilter, today: date) -> "QuerySet[Intake]":
    """Narrow *rows*. The covered words are searched, and the number; not names, so that nobody looks for a person."""
    for word in asked.search.split():
        rows = rows.filter(
            Q(proposal__title__icontains=word)
            | Q(proposal__problem__icontains=word)
            | Q(proposal__location_text__icontains=word)
            | Q(proposal__number__icontains=word)
        )
    if asked.hamlet:
        rows = rows.filter(proposal__hamlet_id=asked.hamlet)
    if asked.look == WAITING:
        rows = rows.filter(proposal__state="sent")
    elif asked.look == OVERDUE:
        rows = rows.filter(proposal__state="sent", look_due__lt=today)
    elif asked.look == LOOKED:
        rows = rows.exclude(proposal__state="sent").exclude(proposal__reason_code=ABUSE)
    elif asked.look == REJECTED:
        rows = rows.filter(proposal__reason_code=ABUSE)
    return rows
