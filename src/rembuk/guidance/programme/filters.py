"""The lists of this room, filtered by what stands in the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.core.lists import regional_agencies
from rembuk.guidance.programme.labels import ACTIVITY_STATES, COMMITMENT_STATES, KINDS, PLAN_STATES, PROMISERS
from rembuk.guidance.programme.models import Commitment, CommitmentEvidence, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.commitments import OWED_STATES

LATE, WAITING = "terlambat", "menunggu"


def year_of(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else None


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """search: a year or a word of scope and objectives."""

    search: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "PlanFilter":
        state = query.get("keadaan", "")
        return cls(query.get("cari", "").strip()[:80], state if state in PLAN_STATES else "")

    def apply(self, rows: "QuerySet[GuidancePlan]") -> "QuerySet[GuidancePlan]":
        """Return the rows that fit, in their order."""
        if self.search:
            found = Q(objectives__icontains=self.search) | Q(scope__icontains=self.search)
            year = year_of(self.search)
            rows = rows.filter(found | Q(year=year) if year else found)
        return rows.filter(state=self.state) if self.state else rows


@dataclass(frozen=True, slots=True)
class ActivityFilter:
    """search: in title and purpose. district, village: codes of places that an activity is meant for."""

    search: str = ""
    kind: str = ""
    state: str = ""
    district: str = ""
    village: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "ActivityFilter":
        """Read the address; what cannot be read is as if it were not there."""
        kind, state = query.get("jenis", ""), query.get("keadaan", "")
        return cls(
            query.get("cari", "").strip()[:80],
            kind if kind in KINDS else "",
            state if state in ACTIVITY_STATES else "",
            query.get("kecamatan", "").strip()[:8],
            query.get("desa", "").strip()[:20],
        )

    @property
    def any(self) -> bool:
        return any((self.search, self.kind, self.state, self.district, self.village))

    def apply(self, rows: "QuerySet[PlanActivity]") -> "QuerySet[PlanActivity]":
        """Return the rows that fit, in their order."""
        if self.search:
            rows = rows.filter(Q(title__icontains=self.search) | Q(purpose__icontains=self.search))
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.district:
            keys = PlanActivity.objects.filter(targets__village__district_id=self.district).values("pk")
            rows = rows.filter(pk__in=keys)
        if self.village:
            keys = PlanActivity.objects.filter(targets__village_id=self.village).values("pk")
            rows = rows.filter(pk__in=keys)
        return rows


@dataclass(frozen=True, slots=True)
class PromiseFilter:
    """search: in what was promised, by whom and where. state: one of the states, late, or waiting to be judged."""

    search: str = ""
    state: str = ""
    promiser: str = ""
    agency: str = ""
    year: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "PromiseFilter":
        """Read the address; what cannot be read is as if it were not there."""
        state, promiser, agency = query.get("keadaan", ""), query.get("siapa", ""), query.get("dinas", "")
        return cls(
            query.get("cari", "").strip()[:80],
            state if state in COMMITMENT_STATES or state in (LATE, WAITING) else "",
            promiser if promiser in PROMISERS else "",
            agency if agency in regional_agencies() else "",
            year_of(query.get("tahun", "")),
        )

    @property
    def any(self) -> bool:
        return any((self.search, self.state, self.promiser, self.agency, self.year))

    def apply(self, rows: "QuerySet[Commitment]", today: date) -> "QuerySet[Commitment]":
        """Return the rows that fit, in their order."""
        if self.search:
            said = Q(text__icontains=self.search) | Q(promiser_name__icontains=self.search)
            rows = rows.filter(said | Q(basis__icontains=self.search))
        if self.state == LATE:
            rows = rows.filter(state__in=OWED_STATES, due_date__lt=today)
        elif self.state == WAITING:
            rows = rows.filter(state="promised", pk__in=CommitmentEvidence.objects.values("commitment_id"))
        elif self.state:
            rows = rows.filter(state=self.state)
        if self.promiser:
            rows = rows.filter(promiser=self.promiser)
        if self.agency:
            rows = rows.filter(agency=self.agency)
        return rows.filter(due_date__year=self.year) if self.year else rows
