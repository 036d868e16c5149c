"""The board of villages, filtered by what stands in the address."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from rembuk.core.workflow.stages import STAGES
from rembuk.cycles.queries import BoardRow

STATES = {
    "": _("semua keadaan"),
    "late": _("terlambat"),
    "paused": _("dijeda, diakui"),
    "due": _("berjalan"),
    "ok": _("ditetapkan"),
    "none": _("belum ada siklus"),
}
ORDERS = {"": _("nama desa"), "terlambat": _("paling lama terlambat"), "tahap": _("tahap")}


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which villages the reader wants to see, and in which order."""

    text: str = ""
    district: str = ""
    state: str = ""
    held_at: str = ""
    order: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> "BoardFilter":
        state, held, order = query.get("keadaan", ""), query.get("tahap", ""), query.get("urut", "")
        return cls(
            text=query.get("cari", "").strip()[:60],
            district=query.get("kecamatan", "")[:8],
            state=state if state in STATES else "",
            held_at=held if held in STAGES else "",
            order=order if order in ORDERS else "",
        )

    def apply(self, rows: Iterable[BoardRow]) -> list[BoardRow]:
        """Return the wanted rows, ordered by something unique."""
        words = self.text.lower()
        found = [
            row
            for row in rows
            if (not words or words in row.village.name.lower() or row.village.code.startswith(words))
            and (not self.district or row.village.district_id == self.district)
            and (not self.state or row.state == self.state)
            and (not self.held_at or row.held_at == self.held_at)
        ]
        if self.order == "terlambat":
            return sorted(found, key=lambda row: (-row.days_late, row.village.name, row.village.id))
        if self.order == "tahap":
            position = {code: number for number, code in enumerate(STAGES)}
            return sorted(found, key=lambda row: (position.get(row.held_at, 99), row.village.name, row.village.id))
        return sorted(found, key=lambda row: (row.village.name, row.village.id))
