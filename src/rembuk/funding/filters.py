"""The list of ceilings, filtered by what stands in the address."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.core.hat import Hat
from rembuk.core.lists import funding_sources
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import is_of_letter
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_seen_by

STATES = {
    "": _("semua"),
    "real": _("sudah ada surat"),
    "provisional": _("sementara"),
    "none": _("belum ada"),
    "waiting": _("menunggu diterbitkan"),
}
LETTER_SOURCES = tuple(code for code in funding_sources() if is_of_letter(code))


@dataclass(frozen=True, slots=True)
class CeilingFilter:
    """What the reader asked for."""

    year: int
    state: str = ""
    district: str = ""
    text: str = ""

    @classmethod
    def read(cls, query: QueryDict, today: date) -> "CeilingFilter":
        """Read the address; what cannot be read is as if it were not there. The year defaults to the next one."""
        year = query.get("tahun", "")
        state = query.get("keadaan", "")
        return cls(
            year=int(year) if year.isdigit() and 2000 <= int(year) <= 2100 else today.year + 1,
            state=state if state in STATES else "",
            district=query.get("kecamatan", "")[:8],
            text=query.get("cari", "").strip()[:60],
        )

    def villages(self, hat: Hat) -> "QuerySet[Village]":
        """Return the villages of the hat that fit, in their order."""
        found = villages_seen_by(hat)
        if self.district:
            found = found.filter(district_id=self.district)
        if self.text:
            found = found.filter(Q(name__icontains=self.text) | Q(code__startswith=self.text))
        rows = Ceiling.objects.filter(village_id=OuterRef("pk"), budget_year=self.year, source__in=LETTER_SOURCES)
        in_force, waiting = rows.filter(in_force=True), rows.filter(issued_at__isnull=True)
        provisional = in_force.filter(stage=Ceiling.Stage.PROVISIONAL)
        if self.state == "real":
            return found.filter(Exists(in_force), ~Exists(provisional))
        if self.state == "provisional":
            return found.filter(Exists(provisional))
        if self.state == "none":
            return found.filter(~Exists(in_force))
        if self.state == "waiting":
            return found.filter(Exists(waiting))
        return found
