"""Which papers come with a draft, and whether they are there: one row a paper, frozen with the submission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Held = Literal["there", "paper", "missing"]
"""there: the program holds it. paper: the village says that it hands it over on paper. missing: neither."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper that a draft needs. code: key of the row. remark: its number and day, or what is lacking of it."""

    code: str
    title: str
    held: Held = "missing"
    remark: str = ""

    @property
    def data(self) -> Mapping[str, str]:
        return {"code": self.code, "title": self.title, "held": self.held, "remark": self.remark}


APB_PAPERS: Final = (
    ("pengantar", "Surat pengantar"),
    ("penjabaran", "Rancangan Perkades penjabaran APB Desa"),
    ("rkp", "Perdes RKP Desa"),
    ("bpd", "Berita acara kesepakatan BPD"),
    ("rincian", "Rincian belanja per kegiatan"),
)
"""What goes with a draft of the APB Desa, known content of Permendagri 20/2018; a Perdes on authority, reserve funds or
capital comes with it where the village has one."""

BEFORE_DRAFT_ENDS: Final = 22
"""Rows of the completeness list (F37) that belong to a draft; those behind them come with the enactment."""


def with_declared(rows: Iterable[PaperRow], declared: Iterable[str]) -> tuple[PaperRow, ...]:
    """Return *rows* where what the village hands over on paper is said; what the program holds stays there."""
    said = frozenset(declared)
    return tuple(
        PaperRow(row.code, row.title, "paper", row.remark) if row.held == "missing" and row.code in said else row
        for row in rows
    )


def missing_titles(rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the titles of frozen rows that are neither held nor on paper."""
    return tuple(row["title"] for row in rows if row["held"] == "missing")
