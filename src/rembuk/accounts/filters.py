"""Filters of the list of people; they live in the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role

STATES = ("berlaku", "diusulkan", "berakhir", "semua")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What the reader asked for; odd values fall back to the whole list."""

    words: str = ""
    role: str = ""
    district: str = ""
    state: str = "berlaku"

    @classmethod
    def of(cls, query: QueryDict) -> "PeopleFilter":
        role, state = query.get("peran", ""), query.get("keadaan", "berlaku")
        return cls(
            words=query.get("cari", "").strip()[:100],
            role=role if role in Role.__members__ else "",
            district=query.get("kecamatan", "")[:8],
            state=state if state in STATES else "berlaku",
        )

    def apply(self, assignments: QuerySet[Assignment], today: date) -> QuerySet[Assignment]:
        if self.words:
            person = Q(person__name__icontains=self.words) | Q(person__username__icontains=self.words)
            assignments = assignments.filter(person | Q(village__name__icontains=self.words))
        if self.role:
            assignments = assignments.filter(role=self.role)
        if self.district:
            assignments = assignments.filter(district_id=self.district)
        over = Q(end_date__isnull=False, end_date__lt=today)
        if self.state == "berlaku":
            return assignments.filter(~over, state=Assignment.State.APPROVED)
        if self.state == "diusulkan":
            return assignments.filter(state=Assignment.State.PROPOSED)
        if self.state == "berakhir":
            return assignments.filter(over | Q(state=Assignment.State.DECLINED))
        return assignments
