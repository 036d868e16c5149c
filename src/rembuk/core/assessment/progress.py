"""How far an assessment is, and what its stages still lack. Source: Permendagri 114/2014 Pasal 13-19 (R3a to R3c)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from rembuk.core.assessment.village_data import SECTIONS, unfiled
from rembuk.core.errors import Finding

TOOLS: Final[tuple[str, ...]] = ("sketch", "seasons", "institutions", "tree")
TOOL_NAMES: Final[dict[str, str]] = {
    "sketch": "Sketsa Desa",
    "seasons": "Kalender musim",
    "institutions": "Bagan kelembagaan",
    "tree": "Pohon masalah",
}
KIND_NAMES: Final[dict[str, str]] = {
    "problem": "Masalah",
    "potential": "Potensi",
    "activity": "Kegiatan",
    "condition": "Keadaan",
}
DATA_LAW: Final = "Permendagri 114/2014 Pasal 13"
IDEAS_LAW: Final = "Permendagri 114/2014 Pasal 14-16"
REPORT_LAW: Final = "Permendagri 114/2014 Pasal 17-19"


@dataclass(frozen=True, slots=True)
class Progress:
    """What is there. filed: list -> date of filing; counts: tool -> rows; ranked: actions with a score."""

    filed: dict[str, date | None] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    potentials: int = 0
    feasible: int = 0
    ranked: int = 0
    head_date: date | None = None
    bpd_date: date | None = None


def data_findings(facts: Progress) -> list[Finding]:
    """Return what R3A lacks: each of the four lists must be filed."""
    return [
        Finding(
            "R3A-DATA",
            "block",
            f"Daftar {SECTIONS[section]} belum disahkan tim.",
            source=DATA_LAW,
            subject=section,
            link="assessment:data",
        )
        for section in unfiled(facts.filed)
    ]


def tool_findings(facts: Progress) -> list[Finding]:
    """Return what R3B lacks of the tools themselves; meetings are judged where they are kept."""
    return [
        Finding(
            "R3B-ALAT",
            "block",
            f"{TOOL_NAMES[tool]} masih kosong.",
            source=IDEAS_LAW,
            subject=tool,
            link="assessment:tool",
        )
        for tool in TOOLS
        if not facts.counts.get(tool)
    ]


def report_findings(facts: Progress) -> list[Finding]:
    """Return what R3C lacks: the report goes to the head first, then to the BPD."""
    found = []
    if facts.head_date is None:
        found.append(
            Finding(
                "R3C-KADES",
                "block",
                "Laporan PKD belum diserahkan kepada Kepala Desa.",
                source=REPORT_LAW,
                link="assessment:report",
            )
        )
    if facts.bpd_date is None:
        found.append(
            Finding(
                "R3C-BPD",
                "block",
                "Laporan PKD belum disampaikan kepada BPD.",
                source=REPORT_LAW,
                link="assessment:report",
            )
        )
    if not facts.ranked:
        found.append(
            Finding(
                "R3C-PERINGKAT",
                "warn",
                "Belum ada tindakan yang diberi nilai oleh musyawarah.",
                source=REPORT_LAW,
                link="assessment:ranking",
            )
        )
    return found


def delivery_problem(head_date: date | None, bpd_date: date | None) -> str:
    """Return the code of what is wrong with the two dates of delivery; empty when nothing is."""
    if bpd_date is not None and head_date is None:
        return "assessment-bpd-first"
    if bpd_date is not None and head_date is not None and bpd_date < head_date:
        return "assessment-bpd-before"
    return ""
