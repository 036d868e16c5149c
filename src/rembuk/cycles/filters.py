"""Lists of cycles and excuses, filtered by what stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Hat
from rembuk.core.workflow.rpjm_stages import ALL_STAGES, RPJM_STAGES
from rembuk.cycles.models import Cycle, Evidence, Excuse
from rembuk.cycles.queries import BoardRow, cycles_seen_by, evidence_seen_by, excuses_seen_by

EXCUSE_STATES = {
    "": _("semua"),
    Excuse.State.PROPOSED.value: _("menunggu putusan"),
    Excuse.State.GRANTED.value: _("diakui"),
    Excuse.State.REFUSED.value: _("ditolak"),
}


def year_in(query: QueryDict) -> int | None:
    """Return the year asked for, or None; what cannot be read is as if it were not there."""
    text = query.get("tahun", "")
    return int(text) if text.isdigit() and 2000 <= int(text) <= 2100 else None


@dataclass(frozen=True, slots=True)
class CycleFilter:
    """Which cycles the reader wants to see."""

    year: int | None = None
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "CycleFilter":
        return cls(year=year_in(query), text=query.get("cari", "").strip()[:60])

    def apply(self, hat: Hat) -> "QuerySet[Cycle]":
        found = cycles_seen_by(hat)
        if self.year is not None:
            found = found.filter(budget_year=self.year)
        if self.text:
            found = found.filter(Q(village__name__icontains=self.text) | Q(village__code__startswith=self.text))
        return found


RPJM_STATES = {
    "": _("semua keadaan"),
    "late": _("terlambat"),
    "paused": _("dijeda, diakui"),
    "due": _("berjalan"),
    "ok": _("ditetapkan"),
    "none": _("tidak ada penyusunan"),
}


@dataclass(frozen=True, slots=True)
class RpjmFilter:
    """Which villages the reader wants to see on the board of the RPJM Desa."""

    text: str = ""
    state: str = ""
    held_at: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "RpjmFilter":
        state, held = query.get("keadaan", ""), query.get("tahap", "")
        return cls(
            text=query.get("cari", "").strip()[:60],
            state=state if state in RPJM_STATES else "",
            held_at=held if held in RPJM_STAGES else "",
        )

    def apply(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """Return the wanted rows: the longest late first, those without a cycle last, then by name."""
        words = self.text.lower()
        found = [
            row
            for row in rows
            if (not words or words in row.village.name.lower() or row.village.code.startswith(words))
            and (not self.state or row.state == self.state)
            and (not self.held_at or row.held_at == self.held_at)
        ]
        return sorted(found, key=lambda row: (row.state == "none", -row.days_late, row.village.name, row.village.id))


@dataclass(frozen=True, slots=True)
class ExcuseFilter:
    """Which excuses the reader wants to see."""

    state: str = ""
    year: int | None = None
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "ExcuseFilter":
        state = query.get("keadaan", "")
        return cls(
            state=state if state in EXCUSE_STATES else "",
            year=year_in(query),
            text=query.get("cari", "").strip()[:60],
        )

    def apply(self, hat: Hat) -> "QuerySet[Excuse]":
        found = excuses_seen_by(hat)
        if self.state:
            found = found.filter(state=self.state)
        if self.year is not None:
            found = found.filter(cycle__budget_year=self.year)
        if self.text:
            found = found.filter(Q(cycle__village__name__icontains=self.text) | Q(reason__icontains=self.text))
        return found


EVIDENCE_STATES = {
    "waiting": _("belum diperiksa"),
    "verified": _("sudah diperiksa"),
    "withdrawn": _("ditarik"),
    "all": _("semua"),
}


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """Which evidence the reader wants to see; what waits, unless said otherwise."""

    state: str = "waiting"
    stage: str = ""
    year: int | None = None
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "EvidenceFilter":
        state, stage = query.get("keadaan", ""), query.get("tahap", "")
        return cls(
            state=state if state in EVIDENCE_STATES else "waiting",
            stage=stage if stage in ALL_STAGES else "",
            year=year_in(query),
            text=query.get("cari", "").strip()[:60],
        )

    def apply(self, hat: Hat) -> "QuerySet[Evidence]":
        found = evidence_seen_by(hat)
        if self.state == "waiting":
            found = found.filter(verified_at__isnull=True, withdrawn_at__isnull=True)
        elif self.state == "verified":
            found = found.filter(verified_at__isnull=False, withdrawn_at__isnull=True)
        elif self.state == "withdrawn":
            found = found.filter(withdrawn_at__isnull=False)
        if self.stage:
            found = found.filter(stage=self.stage)
        if self.year is not None:
            found = found.filter(cycle__budget_year=self.year)
        if self.text:
            named = Q(cycle__village__name__icontains=self.text) | Q(title__icontains=self.text)
            found = found.filter(named | Q(number__icontains=self.text))
        return found
