"""R1-R12 of the medium-term cycle: who acts, which papers prove it, what must stand before, counted from inauguration.

The law sets one day, the enactment (D01); the days between are a working schedule that a village may move.
Source: Permendagri 114/2014 Pasal 5-28; Permendesa PDTT 21/2020 Pasal 34-49; PP 43/2014 Pasal 84 and 117.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from rembuk.core.calendar import add_days
from rembuk.core.law.dated import in_force
from rembuk.core.law.deadlines import DEADLINES, due_after
from rembuk.core.law.terms import RPJMDES_YEARS
from rembuk.core.workflow.stages import (
    ATTENDANCE,
    MINUTES,
    NOTES,
    P21,
    P114,
    PROFILE_114,
    PROFILE_KUKAR_2025,
    PROFILE_PURBALINGGA,
    STAGES,
    Paper,
    Profile,
    Stage,
    StageDates,
)

RPJM_STAGES: Final[dict[str, Stage]] = {
    stage.code: stage
    for stage in (
        Stage(
            "R1",
            "Tim penyusun RPJM dibentuk",
            ("KAD",),
            (),
            (
                Paper("F01", "SK Tim Penyusun RPJM", numbered=True, signed=True),
                Paper("F02", "RKTL", optional=True),
                replace(MINUTES, title="Berita acara pembentukan tim", optional=True),
            ),
            f"{P114} 8-9; Permendesa PDTT 21/2020",
            usual_days=14,
        ),
        Stage(
            "R2",
            "Arah kebijakan diselaraskan",
            ("TIM",),
            ("R1",),
            (
                Paper("F06", "Daftar program masuk Desa"),
                Paper("F16", "Rekomendasi SDGs Desa", optional=True),
            ),
            f"{P114} 10-11; {P21} 38",
            usual_days=28,
        ),
        Stage(
            "R3A",
            "Data Desa diselaraskan",
            ("TIM",),
            ("R1",),
            (Paper("F07", "Data Desa"),),
            f"{P114} 13",
            usual_days=28,
        ),
        Stage(
            "R3B",
            "Gagasan dusun dan kelompok digali",
            ("TIM", "KAU", "LKD"),
            ("R1",),
            (
                Paper("F13", "Daftar gagasan dusun dan kelompok"),
                MINUTES,
                replace(ATTENDANCE, optional=True),
                Paper("F08", "Sketsa Desa", optional=True),
                Paper("F09", "Kalender musim", optional=True),
                Paper("F10", "Bagan kelembagaan", optional=True),
                Paper("F11", "Pohon dan inventaris masalah", optional=True),
            ),
            f"{P114} 14-16",
            usual_days=42,
        ),
        Stage(
            "R3C",
            "Hasil pengkajian dilaporkan",
            ("TIM", "KAD"),
            ("R2", "R3A", "R3B"),
            (
                Paper("F14", "Rekapitulasi usulan"),
                Paper("F15", "Laporan pengkajian keadaan Desa", signed=True),
                replace(MINUTES, title="Berita acara pengkajian keadaan Desa"),
                Paper("F12", "Peringkat masalah dan tindakan", optional=True),
            ),
            f"{P114} 17-19",
            usual_days=49,
        ),
        Stage(
            "R4",
            "Musdes perencanaan RPJM",
            ("BPD",),
            ("R3C",),
            (MINUTES, ATTENDANCE, NOTES),
            f"{P114} 20-22",
            usual_days=56,
            meeting="MUSDES_P",
        ),
        Stage(
            "R5",
            "Rancangan RPJM Desa disusun",
            ("TIM",),
            ("R3C", "R4"),
            (Paper("F17", "Rancangan RPJM Desa"), replace(MINUTES, title="Berita acara hasil penyusunan")),
            f"{P114} 23; {P21} 42-45",
            usual_days=66,
        ),
        Stage(
            "R6",
            "Rancangan RPJM disetujui Kepala Desa",
            ("KAD",),
            ("R5",),
            (Paper("F36", "Catatan persetujuan", optional=True),),
            f"{P114} 24",
            usual_days=70,
        ),
        Stage(
            "R7",
            "Musrenbang RPJM Desa",
            ("KAD",),
            ("R6",),
            (MINUTES, ATTENDANCE),
            f"{P114} 25-26; {P21} 34 huruf e",
            usual_days=77,
            meeting="MUSREN",
        ),
        Stage(
            "R8",
            "Rancangan akhir RPJM Desa",
            ("TIM", "KAD"),
            ("R7",),
            (
                Paper("F17", "Rancangan akhir RPJM Desa"),
                Paper("F19", "Rancangan Perdes RPJM Desa"),
                Paper("F18", "Naskah RPJM Desa", optional=True),
                Paper("F34", "Lembar pemeriksaan kabupaten", optional=True),
            ),
            f"{P114} 27",
            usual_days=82,
        ),
        Stage(
            "R9",
            "Musdes pengesahan RPJM",
            ("BPD",),
            ("R8",),
            (MINUTES, ATTENDANCE, Paper("F35", "Keputusan BPD", numbered=True, signed=True)),
            f"{P21} 34 huruf f dan 49; {P114} 27",
            usual_days=87,
            meeting="MUSDES_E",
        ),
        Stage(
            "R10",
            "Perdes RPJM Desa ditetapkan",
            ("KAD", "BPD", "SDK"),
            ("R9",),
            (Paper("F19", "Perdes RPJM Desa", numbered=True, signed=True),),
            "PP 43/2014 Pasal 84 dan 117; Permendagri 114/2014 Pasal 5; Permendagri 111/2014",
            deadline="D01",
        ),
        Stage(
            "R11",
            "Perdes RPJM diklarifikasi",
            ("KAD", "STF"),
            ("R10",),
            (Paper("F36", "Surat hasil klarifikasi", optional=True),),
            "PP 43/2014 Pasal 84 ayat (4) dan 87; Permendagri 111/2014",
        ),
        Stage(
            "R12",
            "RPJM Desa disebarluaskan",
            ("KAD",),
            ("R10",),
            (),
            f"{P21} 34 huruf f",
        ),
    )
}
ALL_STAGES: Final[Mapping[str, Stage]] = {**STAGES, **RPJM_STAGES}
"""Every stage of both cycles by its code; the codes never meet."""

ORDER: Final = tuple(RPJM_STAGES)
SAME_MEETING: Final[Mapping[str, str]] = {"K1": "R4", "K9": "R7", "K11": "R9"}
"""Meeting of the yearly cycle -> the one like it here: a regency that does not hold the one leaves out the other."""


def _like(yearly: Profile, source: str) -> Profile:
    """Return the medium-term order of a regency that runs its yearly cycle by *yearly*, with the same team rules."""
    return Profile(yearly.code, yearly.title, ORDER, {}, yearly.team, source, yearly.certainty, table=RPJM_STAGES)


RPJM_PROFILES: Final[dict[str, Profile]] = {
    profile.code: profile
    for profile in (
        _like(PROFILE_114, "Permendagri 114/2014 Pasal 7-27"),
        _like(PROFILE_KUKAR_2025, "Permendagri 114/2014 Pasal 7-27; Permendesa PDTT 21/2020 Pasal 34-49"),
        _like(PROFILE_PURBALINGGA, "Permendesa PDTT 21/2020 Pasal 34-49; Permendagri 114/2014 Pasal 7-27"),
    )
}
RPJM_DEFAULT: Final = RPJM_PROFILES[PROFILE_KUKAR_2025.code]


def rpjm_profile(yearly: Profile) -> Profile:
    """Return the medium-term order that goes with a regency's yearly one, without the meetings it does not hold."""
    base = RPJM_PROFILES.get(yearly.code, RPJM_DEFAULT)
    return replace(base, off=frozenset(SAME_MEETING[code] for code in yearly.off if code in SAME_MEETING))


def rpjm_stage_dates(stage: str, inauguration: date) -> StageDates:
    """Return the legal day and the usual day of a stage, both counted from the inauguration of the village head.

    R11 counts from the promulgation and has no day before it (`clarification_due`).
    """
    row = RPJM_STAGES[stage]
    legal = due_after(row.deadline, inauguration) if row.deadline else None
    usual = add_days(inauguration, row.usual_days) if row.usual_days is not None else None
    return StageDates(legal, usual, DEADLINES[row.deadline].source if legal else "")


REVIEW_FROM: Final = "R5"
"""Where the review of an RPJM Desa in force begins: the team and the assessment are those of the plan it changes."""
BEFORE_REVIEW: Final = frozenset(ORDER[: ORDER.index(REVIEW_FROM)])


def review_profile(yearly: Profile) -> Profile:
    """Return the order of a review: draft, Musrenbang, agreement, Perdes. Source: Permendagri 114/2014 Pasal 28."""
    whole = rpjm_profile(yearly)
    return replace(whole, off=whole.off | BEFORE_REVIEW)


def review_stage_dates(stage: str, began: date) -> StageDates:
    """Return the usual day of a stage, counted from the day the review began; the law sets none."""
    last = max(days for code in BEFORE_REVIEW if (days := RPJM_STAGES[code].usual_days) is not None)
    usual = RPJM_STAGES[stage].usual_days
    return StageDates(None, add_days(began, usual - last) if usual is not None else None, "")


def clarification_due(promulgated: date) -> date:
    """Return the day on which the clarification ends at the latest: seven days to send, thirty to answer (D15, D16)."""
    return due_after("D16", due_after("D15", promulgated))


def lawful_years(inauguration: date) -> int:
    """Return how many years an RPJM Desa made after that inauguration runs. Source: UU 3/2024 Pasal 79 ayat (2)."""
    return in_force(RPJMDES_YEARS, inauguration).value
