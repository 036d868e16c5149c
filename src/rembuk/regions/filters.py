"""Filters of the list of villages; they live in the address."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import QueryDict

from rembuk.regions.models import AccessMode, Signal, Village

Row = TypeVar("Row", bound=Village)


@dataclass(frozen=True, slots=True)
class VillageFilter:
    """What the reader asked for; odd values fall back to the whole list."""

    words: str = ""
    district: str = ""
    access: str = ""
    signal: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "VillageFilter":
        access, signal = query.get("akses", ""), query.get("sinyal", "")
        return cls(
            words=query.get("cari", "").strip()[:100],
            district=query.get("kecamatan", "")[:8],
            access=access if access in AccessMode.values else "",
            signal=signal if signal in Signal.values else "",
        )

    def apply(self, villages: QuerySet[Row]) -> QuerySet[Row]:
        if self.words:
            by_prefix = Q(number_prefix__iexact=self.words)
            villages = villages.filter(Q(name__icontains=self.words) | Q(code__startswith=self.words) | by_prefix)
        if self.district:
            villages = villages.filter(district_id=self.district)
        if self.access:
            villages = villages.filter(access_mode=self.access)
        return villages.filter(signal=self.signal) if self.signal else villages
