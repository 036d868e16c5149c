"""The lists of the training room, filtered by what stands in the address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.core.guidance.competences import TOPICS
from rembuk.core.guidance.enrolment import EnrolmentState
from rembuk.core.guidance.training_states import BatchState
from rembuk.guidance.training.labels import CERTIFICATE_STANDINGS
from rembuk.guidance.training.models import Certificate, Enrolment, TrainingBatch


def year_of(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 2000 <= int(text) <= 2100 else None


@dataclass(frozen=True, slots=True)
class BatchFilter:
    """search: in title and place. topic: a competence."""

    search: str = ""
    state: str = ""
    topic: str = ""
    year: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "BatchFilter":
        """Read the address; what cannot be read is as if it were not there."""
        state, topic = query.get("keadaan", ""), query.get("topik", "")
        return cls(
            query.get("cari", "").strip()[:80],
            state if state in BatchState.__members__ else "",
            topic if topic in TOPICS else "",
            year_of(query.get("tahun", "")),
        )

    def apply(self, rows: "QuerySet[TrainingBatch]") -> "QuerySet[TrainingBatch]":
        """Return the rows that fit, in their order."""
        if self.search:
            rows = rows.filter(Q(title__icontains=self.search) | Q(venue__icontains=self.search))
        if self.state:
            rows = rows.filter(state=self.state)
        if self.topic:
            # Topics are few and short; a JSON test would not be the same on both databases.
            rows = rows.filter(topics__icontains=f'"{self.topic}"')
        if self.year:
            rows = rows.filter(start_date__year=self.year)
        return rows


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """search: in name and village."""

    search: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "PeopleFilter":
        """Read the address; what cannot be read is as if it were not there."""
        state = query.get("keadaan", "")
        return cls(query.get("cari", "").strip()[:80], state if state in EnrolmentState.__members__ else "")

    def apply(self, rows: "QuerySet[Enrolment]") -> "QuerySet[Enrolment]":
        """Return the rows that fit, in their order."""
        if self.search:
            rows = rows.filter(Q(name__icontains=self.search) | Q(village__name__icontains=self.search))
        return rows.filter(state=self.state) if self.state else rows


@dataclass(frozen=True, slots=True)
class CertificateFilter:
    """search: in name, number, title and code. standing: as the day of today makes it."""

    search: str = ""
    standing: str = ""
    year: int | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "CertificateFilter":
        """Read the address; what cannot be read is as if it were not there."""
        standing = query.get("keadaan", "")
        return cls(
            query.get("cari", "").strip()[:80],
            standing if standing in CERTIFICATE_STANDINGS else "",
            year_of(query.get("tahun", "")),
        )

    def apply(self, rows: "QuerySet[Certificate]", today: date) -> "QuerySet[Certificate]":
        """Return the rows that fit, in their order."""
        if self.search:
            code = self.search.replace("-", "").upper()
            found = Q(name__icontains=self.search) | Q(number__icontains=self.search)
            rows = rows.filter(found | Q(title__icontains=self.search) | Q(code=code))
        if self.year:
            rows = rows.filter(year=self.year)
        return rows.filter(standing_q(self.standing, today)) if self.standing else rows


def standing_q(standing: str, today: date) -> Q:
    """Return the filter of one standing; the same rule as the certificate's own."""
    signed = Q(state=Certificate.State.SIGNED)
    over = Q(valid_until__lt=today)
    found: dict[str, Any] = {
        "prepared": Q(state=Certificate.State.PREPARED),
        "revoked": Q(state=Certificate.State.REVOKED),
        "expired": signed & over,
        "refresh": signed & (Q(valid_until__isnull=True) | Q(valid_until__gte=today)) & ~Q(refresh_reason=""),
        "valid": signed & (Q(valid_until__isnull=True) | Q(valid_until__gte=today)) & Q(refresh_reason=""),
    }
    result: Q = found[standing]
    return result
