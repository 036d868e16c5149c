"""Kinds of meeting, and when one and its decision are valid. Thresholds are village settings with defaults here."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from rembuk.core.law.dated import Certainty


@dataclass(frozen=True, slots=True)
class MeetingKind:
    """A kind of meeting. convener and chair: role codes. formal: quorum, elements and minutes rules apply."""

    code: str
    title: str
    convener: str
    chair: str
    stages: tuple[str, ...]
    formal: bool
    source: str


MEETING_KINDS: Final[dict[str, MeetingKind]] = {
    kind.code: kind
    for kind in (
        MeetingKind(
            "MUSDUS", "Musyawarah dusun", "TIM", "KAU", ("K5", "R3B"), False, "Permendagri 114/2014 Pasal 14-16"
        ),
        MeetingKind(
            "MUSKEL", "Musyawarah kelompok", "TIM", "LKD", ("K5", "R3B"), False, "Permendagri 114/2014 Pasal 14-16"
        ),
        MeetingKind(
            "MUSDES_P",
            "Musyawarah Desa perencanaan",
            "BPD",
            "BPD",
            ("K1", "R4"),
            True,
            "Permendagri 114/2014 Pasal 20-22 dan 31-32",
        ),
        MeetingKind(
            "MUSREN", "Musrenbang Desa", "KAD", "KAD", ("K9", "R7"), True, "Permendagri 114/2014 Pasal 25-26 dan 46-48"
        ),
        MeetingKind(
            "MUSDES_E",
            "Musyawarah Desa pengesahan",
            "BPD",
            "BPD",
            ("K11", "R9"),
            True,
            "Permendesa PDTT 21/2020 Pasal 34 huruf f dan Pasal 49",
        ),
        MeetingKind(
            "MUSREN_X", "Musrenbang Desa khusus perubahan", "KAD", "KAD", (), True, "Permendagri 114/2014 Pasal 49-50"
        ),
        MeetingKind("MUSDES_B", "Musyawarah Desa penerima BLT Desa", "BPD", "BPD", (), True, "Permendesa PDT 16/2025"),
        MeetingKind("REMBUK", "Rembuk stunting", "KAD", "KAD", (), False, "praktik"),
    )
}


@dataclass(frozen=True, slots=True)
class MeetingRules:
    """Thresholds of a village's house rules (Perdes Tata Tertib); the defaults hold until it sets its own.

    invitation_days: days between invitation and meeting. quorum: share of the invited who must have signed.
    adjourn_hours, retry_days: how long to wait without quorum and within how many days to meet again.
    women_target: share to aim at. majority: more than this share of those present with a vote carries.
    elements_block: whether a missing element stops the meeting (only where the regency says so).
    house_rules: number of the Perdes, empty while the defaults are used.
    """

    invitation_days: int = 3
    quorum: Fraction = Fraction(2, 3)
    adjourn_hours: int = 3
    retry_days: int = 3
    second_session_without_quorum: bool = True
    women_target: Fraction = Fraction(30, 100)
    majority: Fraction = Fraction(1, 2)
    elements_block: bool = False
    house_rules: str = ""


DEFAULT_RULES: Final = MeetingRules()

RULE_SOURCES: Final[dict[str, tuple[str, Certainty]]] = {
    "invitation_days": ("Tata Tertib Musdes; pola Permendesa 2/2015", "uncertain"),
    "quorum": (
        "Permendesa 16/2019 Pasal 31 ayat (2): Perdes Tata Tertib; angka dari pola Permendesa 2/2015",
        "uncertain",
    ),
    "adjourn_hours": ("Peraturan kabupaten dengan pola Permendesa 2/2015", "seen"),
    "retry_days": ("Peraturan kabupaten dengan pola Permendesa 2/2015", "seen"),
    "women_target": ("Kebijakan, bukan kuorum undang-undang", "known"),
    "majority": ("Tata Tertib Musdes", "known"),
    "elements_block": ("Permendagri 114/2014 Pasal 25 dan 46", "seen"),
    "presence": ("Permendagri 114/2014 Pasal 25 dan 46", "seen"),
    "minutes": ("Permendagri 114/2014 Pasal 22, 26, 32, 48", "seen"),
}
"""Where each threshold comes from and how sure that is; shown beside the setting."""

SIGNATURES: Final[dict[str, str]] = {
    "chair": "pimpinan musyawarah",
    "notes": "sekretaris atau notulis",
    "head": "Kepala Desa",
    "community": "wakil masyarakat",
}
"""Who signs the minutes of a formal meeting. Source: Permendagri 114/2014 Pasal 22, 26, 32, 48."""
