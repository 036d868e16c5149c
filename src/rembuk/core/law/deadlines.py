"""Milestones D01-D19 with their legal day: a fixed day of the year, or so many days after an event."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from rembuk.core.calendar import add_days, add_months, add_working_days
from rembuk.core.law.dated import Certainty

Unit = Literal["date", "days", "working_days", "months"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One milestone.

    unit "date": *month* and *day* of the planning year plus *year_offset*; otherwise *count* units after *start*.
    """

    code: str
    title: str
    source: str
    certainty: Certainty
    unit: Unit
    month: int = 0
    day: int = 0
    year_offset: int = 0
    count: int = 0
    start: str = ""

    @property
    def since(self) -> date:
        """The day from which the regulation behind this row binds. Raises: KeyError for a source that is not dated."""
        return IN_FORCE_FROM[self.source.split(" Pasal")[0]]


IN_FORCE_FROM: Final[dict[str, date]] = {
    "PP 43/2014": date(2014, 5, 30),
    "Permendagri 111/2014": date(2014, 12, 31),
    "Permendagri 114/2014": date(2014, 12, 31),
    "Permendagri 20/2018": date(2018, 5, 8),
}
"""Regulation -> day of promulgation."""

PP43_118 = "PP 43/2014 Pasal 118"
APB = "Permendagri 20/2018"

DEADLINES: Final[dict[str, Deadline]] = {
    row.code: row
    for row in (
        Deadline(
            "D01",
            "RPJM Desa ditetapkan",
            "PP 43/2014 Pasal 117",
            "seen",
            "months",
            count=3,
            start="pelantikan Kepala Desa",
        ),
        Deadline(
            "D02", "Musdes perencanaan RKP Desa", "Permendagri 114/2014 Pasal 31", "seen", "date", month=6, day=30
        ),
        Deadline("D03", "Tim penyusun RKP dibentuk", "Permendagri 114/2014 Pasal 33", "seen", "date", month=6, day=30),
        Deadline("D04", "Penyusunan RKP Desa dimulai", PP43_118, "known", "date", month=7, day=1),
        Deadline("D05", "Pagu indikatif diterima", "Permendagri 114/2014 Pasal 35", "known", "date", month=7, day=31),
        Deadline("D06", "RKP Desa ditetapkan", PP43_118, "seen", "date", month=9, day=30),
        Deadline("D07", "APB Desa disepakati", f"{APB} Pasal 32", "known", "date", month=10, day=31),
        Deadline(
            "D08",
            "Rancangan APB Desa dikirim",
            f"{APB} Pasal 34",
            "known",
            "days",
            count=3,
            start="kesepakatan APB Desa",
        ),
        Deadline(
            "D09",
            "Evaluasi APB Desa",
            f"{APB} Pasal 35",
            "seen",
            "working_days",
            count=20,
            start="rancangan APB Desa diterima",
        ),
        Deadline("D10", "APB Desa ditetapkan", f"{APB} Pasal 38", "known", "date", month=12, day=31),
        Deadline("D11", "DU-RKP Desa disampaikan", "Permendagri 114/2014 Pasal 51", "known", "date", month=12, day=31),
        Deadline(
            "D12",
            "Jawaban DU-RKP Desa",
            "Permendagri 114/2014 Pasal 51",
            "known",
            "date",
            month=7,
            day=31,
            year_offset=1,
        ),
        Deadline(
            "D13",
            "BPD menyampaikan Perdes yang disepakati",
            "PP 43/2014 Pasal 84 ayat (1)",
            "known",
            "days",
            count=7,
            start="kesepakatan Perdes",
        ),
        Deadline(
            "D14",
            "Kepala Desa menandatangani Perdes",
            "PP 43/2014 Pasal 84 ayat (2)",
            "known",
            "days",
            count=15,
            start="Perdes diterima Kepala Desa",
        ),
        Deadline(
            "D15",
            "Perdes dikirim ke Bupati",
            "PP 43/2014 Pasal 84 ayat (4)",
            "known",
            "days",
            count=7,
            start="pengundangan Perdes",
        ),
        Deadline(
            "D16",
            "Klarifikasi Perdes",
            "Permendagri 111/2014",
            "known",
            "days",
            count=30,
            start="Perdes diterima Bupati",
        ),
        Deadline(
            "D17",
            "APB Desa diperbaiki sesudah evaluasi",
            f"{APB} Pasal 35 ayat (5)",
            "seen",
            "working_days",
            count=20,
            start="hasil evaluasi APB Desa diterima",
        ),
        Deadline(
            "D18",
            "Pelaksanaan APB Desa yang dibatalkan dihentikan",
            f"{APB} Pasal 36",
            "seen",
            "working_days",
            count=7,
            start="keputusan pembatalan",
        ),
        Deadline(
            "D19",
            "Perdes APB Desa dan Perkades penjabarannya dikirim ke Bupati",
            f"{APB} Pasal 38",
            "known",
            "working_days",
            count=7,
            start="pengundangan APB Desa",
        ),
    )
}


def due_in_year(code: str, plan_year: int) -> date | None:
    """Return the legal day of a milestone in the cycle of *plan_year*; nothing when it counts from an event."""
    row = DEADLINES[code]
    return date(plan_year + row.year_offset, row.month, row.day) if row.unit == "date" else None


def due_after(code: str, event: date, holidays: AbstractSet[date] | None = None) -> date:
    """Return the last day of a milestone that counts from *event* (the event's day is not counted).

    holidays: days that are not worked, needed for working days only; national holidays when not given.
    Raises: ValueError for a milestone with a fixed day.
    """
    row = DEADLINES[code]
    if row.unit == "months":
        return add_months(event, row.count)
    if row.unit == "days":
        return add_days(event, row.count)
    if row.unit == "working_days":
        return add_working_days(event, row.count, holidays)
    raise ValueError(f"{code} has a fixed day")
