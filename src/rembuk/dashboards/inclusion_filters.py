"""The list of villages by inclusion, narrowed and ordered by what stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.core.workflow.inclusion import LOST_POINTS, PRESENT, SPOKE
from rembuk.dashboards.inclusion import Row

STATES = {
    "": _("semua keadaan"),
    "capai": _("perempuan mencapai sasaran"),
    "kurang": _("perempuan di bawah sasaran"),
    "turun": _("perempuan turun dari tahun lalu"),
    "hilang": _("ada kelompok yang hilang di jalan"),
    "kosong": _("belum ada musyawarah selesai"),
}
ORDERS = {
    "": _("nama desa"),
    "sedikit": _("bagian perempuan paling kecil"),
    "turun": _("paling turun dari tahun lalu"),
    "diam": _("perempuan hadir tetapi paling sedikit bicara"),
}
LAST = 1_000


@dataclass(frozen=True, slots=True)
class InclusionFilter:
    """Which villages the reader wants to see, and in which order. Only shares that are told narrow the list."""

    text: str = ""
    district: str = ""
    state: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "InclusionFilter":
        state, order = query.get("keadaan", ""), query.get("urut", "")
        return cls(
            text=query.get("cari", "").replace("\x00", "").strip()[:60],
            district=query.get("kecamatan", "").replace("\x00", "")[:8],
            state=state if state in STATES else "",
            order=order if order in ORDERS else "",
        )

    def apply(self, rows: Iterable[Row], target: Fraction) -> list[Row]:
        """Return the wanted rows, ordered by something unique."""
        words = self.text.lower()
        found = [
            row
            for row in rows
            if (not words or words in row.village.name.lower() or row.village.code.startswith(words))
            and (not self.district or row.village.district_id == self.district)
            and (not self.state or self.fits(row, target))
        ]
        return sorted(found, key=lambda row: (self.place_of(row), row.village.name, row.village.id))

    def fits(self, row: Row, target: Fraction) -> bool:
        women = row.picture.women
        share, change = women.now.share, women.points
        match self.state:
            case "capai":
                return share is not None and share.reaches(target)
            case "kurang":
                return share is not None and not share.reaches(target)
            case "turun":
                return change is not None and change <= -LOST_POINTS
            case "hilang":
                return bool(row.picture.losses)
            case _:
                return not row.picture.now.held

    def place_of(self, row: Row) -> int:
        """Return where a row stands in the asked order; what is not told comes last."""
        women = row.picture.women
        if self.order == "sedikit":
            return women.now.share.percent if women.now.share is not None else LAST
        if self.order == "turun":
            return women.points if women.points is not None else LAST
        if self.order == "diam":
            said = row.picture.line("PEREMPUAN", SPOKE).now.share
            here = row.picture.line("PEREMPUAN", PRESENT).now.share
            return said.percent - here.percent if said is not None and here is not None else LAST
        return 0
