"""K1-K17 of the yearly cycle: who acts, which papers prove it, and what must stand before, per procedure profile.

The order of meetings is data of a profile, not code. Source: Permendagri 114/2014 Pasal 29-52; Permendesa PDTT 21/2020
Pasal 34-49; PP 43/2014 Pasal 118; three orders as villages run them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from rembuk.core.law.dated import Certainty
from rembuk.core.law.deadlines import DEADLINES, due_in_year
from rembuk.core.law.teams import TEAM_21, TEAM_114, TEAM_BOTH, TeamRules


@dataclass(frozen=True, slots=True)
class Paper:
    """An output paper of a stage. form: code of the form. numbered: needs a number besides its date.

    signed: it must be the signed copy. optional: not asked for before the stage may close.
    """

    form: str
    title: str
    numbered: bool = False
    signed: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. actors: role codes. needs: stages that must be done before. meeting: kind that must have been held.

    deadline: milestone code of its legal day. usual: (month, day) of the planning year where no law sets a day;
    usual_days: the same for a cycle that counts from an event, in days after it.
    """

    code: str
    title: str
    actors: tuple[str, ...]
    needs: tuple[str, ...]
    papers: tuple[Paper, ...]
    source: str
    deadline: str = ""
    usual: tuple[int, int] | None = None
    meeting: str = ""
    usual_days: int | None = None


MINUTES: Final = Paper("F03", "Berita acara", signed=True)
ATTENDANCE: Final = Paper("F04", "Daftar hadir", signed=True)
NOTES: Final = Paper("F05", "Notulen")
P114: Final = "Permendagri 114/2014 Pasal"
P21: Final = "Permendesa PDTT 21/2020 Pasal"

STAGES: Final[dict[str, Stage]] = {
    stage.code: stage
    for stage in (
        Stage(
            "K1",
            "Musdes perencanaan",
            ("BPD",),
            (),
            (MINUTES, ATTENDANCE, NOTES, Paper("F30", "SK Tim Verifikasi", numbered=True, signed=True)),
            f"{P114} 31-32",
            deadline="D02",
            meeting="MUSDES_P",
        ),
        Stage(
            "K2",
            "Tim penyusun dibentuk",
            ("KAD",),
            (),
            (Paper("F01", "SK Tim Penyusun RKP", numbered=True, signed=True), Paper("F02", "RKTL", optional=True)),
            f"{P114} 33; {P21} 36",
            deadline="D03",
        ),
        Stage(
            "K3",
            "Pagu indikatif diterima",
            ("BPK", "STF", "KBD", "KAD"),
            (),
            (Paper("F36", "Surat pagu indikatif", numbered=True),),
            f"{P114} 35 dan 37",
            deadline="D05",
        ),
        Stage(
            "K4",
            "Pagu diselaraskan",
            ("TIM",),
            ("K3",),
            (
                Paper("F20", "Pagu indikatif Desa"),
                Paper("F06", "Daftar program masuk Desa", optional=True),
                Paper("F21", "Data rencana pembiayaan", optional=True),
            ),
            f"{P114} 36; {P21} 35 dan 38",
            usual=(8, 31),
        ),
        Stage(
            "K5",
            "RPJM Desa dicermati, usulan diperingkat",
            ("TIM",),
            ("K2",),
            (
                Paper("F14", "Rekapitulasi usulan"),
                Paper("F22", "Daftar prioritas usulan", optional=True),
                Paper("F24", "Rencana kerja sama", optional=True),
            ),
            f"{P114} 38",
            usual=(8, 31),
        ),
        Stage(
            "K6",
            "Rancangan RKP Desa disusun",
            ("TIM",),
            ("K5", "K4"),
            (
                Paper("F26", "Rancangan RKP Desa"),
                Paper("F28", "RAB"),
                MINUTES,
                Paper("F25", "Evaluasi RKP", optional=True),
            ),
            f"{P114} 39-44; {P21} 42-45",
            usual=(8, 31),
        ),
        Stage(
            "K7",
            "Pemeriksaan teknis",
            ("VRF",),
            ("K6",),
            (Paper("F29", "Lembar pemeriksaan", signed=True),),
            f"{P114} 42",
            usual=(8, 31),
        ),
        Stage(
            "K8",
            "Disetujui Kepala Desa",
            ("KAD",),
            ("K6",),
            (Paper("F36", "Catatan persetujuan", optional=True),),
            f"{P114} 45",
            usual=(8, 31),
        ),
        Stage(
            "K9",
            "Musrenbang Desa",
            ("KAD",),
            ("K8",),
            (MINUTES, ATTENDANCE),
            f"{P114} 46-48; {P21} 34 huruf e",
            usual=(9, 30),
            meeting="MUSREN",
        ),
        Stage(
            "K10",
            "Rancangan akhir",
            ("TIM", "KAD"),
            ("K9",),
            (Paper("F26", "Rancangan akhir RKP Desa"), Paper("F19", "Rancangan Perdes RKP Desa")),
            f"{P114} 48",
            usual=(9, 30),
        ),
        Stage(
            "K11",
            "Musdes pengesahan",
            ("BPD",),
            ("K1", "K7", "K10"),
            (MINUTES, ATTENDANCE, Paper("F35", "Keputusan BPD", numbered=True, signed=True)),
            f"{P21} 34 huruf f dan 49",
            usual=(9, 30),
            meeting="MUSDES_E",
        ),
        Stage(
            "K12",
            "Perdes RKP Desa ditetapkan",
            ("KAD", "BPD", "SDK"),
            ("K11",),
            (Paper("F19", "Perdes RKP Desa", numbered=True, signed=True),),
            f"PP 43/2014 Pasal 118; {P114} 29; {P21} 22 ayat (4) dan 49 ayat (4)",
            deadline="D06",
        ),
        Stage(
            "K13",
            "Perdes dikirim ke Bupati",
            ("KAD",),
            ("K12",),
            (Paper("F36", "Surat pengantar Perdes", numbered=True),),
            "PP 43/2014 Pasal 84 ayat (4); Permendagri 111/2014",
            deadline="D15",
        ),
        Stage(
            "K14",
            "Diserahkan ke APB Desa",
            ("SDK",),
            ("K12",),
            (),
            f"{P114} 29 ayat (5); Permendagri 20/2018 Pasal 31-32",
            deadline="D07",
        ),
        Stage(
            "K15",
            "DU-RKP Desa disampaikan",
            ("KAD",),
            ("K12",),
            (Paper("F32", "DU-RKP Desa"), Paper("F36", "Surat pengantar DU-RKP", numbered=True)),
            f"{P114} 51",
            deadline="D11",
        ),
        Stage(
            "K16",
            "Diselaraskan dengan RKPD",
            ("TIM", "KAD"),
            ("K12",),
            (Paper("F36", "Catatan penyelarasan"),),
            "Praktik Kutai Kartanegara",
            usual=(12, 31),
        ),
        Stage("K17", "Pelaksanaan", ("KAU", "TPK"), ("K14",), (), f"{P114} 52"),
    )
}


@dataclass(frozen=True, slots=True)
class Profile:
    """How one regency runs the cycle.

    order: stages as they are shown. before: stage -> further stages that must come before it. off: stages not held as a
    step of their own; what they need then falls on what needs them. targets: stage -> (month, day) the regency
    asks for, beside the legal day. table: the stages it orders, those of the yearly cycle unless said otherwise.
    """

    code: str
    title: str
    order: tuple[str, ...]
    before: Mapping[str, tuple[str, ...]]
    team: TeamRules
    source: str
    certainty: Certainty
    off: frozenset[str] = frozenset()
    targets: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    table: Mapping[str, Stage] = field(default_factory=lambda: STAGES)

    def stages(self) -> tuple[Stage, ...]:
        """Return the stages of this profile in the order they are shown."""
        return tuple(self.table[code] for code in self.order if code not in self.off)


_REST = ("K13", "K14", "K15", "K16", "K17")

PROFILE_114: Final = Profile(
    code="114",
    title="Urutan Permendagri 114/2014",
    order=("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12", *_REST),
    before={"K2": ("K1",), "K9": ("K1",)},
    team=TEAM_114,
    source="Permendagri 114/2014 Pasal 29-51",
    certainty="seen",
)
PROFILE_KUKAR_2025: Final = Profile(
    code="kukar-2025",
    title="Urutan Kutai Kartanegara 2025",
    order=("K2", "K1", "K3", "K4", "K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12", *_REST),
    before={"K9": ("K1",)},
    team=TEAM_BOTH,
    source="Kalender yang diumumkan DPMD Kutai Kartanegara 2025",
    certainty="seen",
    targets={"K2": (5, 31), "K9": (7, 31), "K11": (7, 31), "K12": (9, 30)},
)
PROFILE_PURBALINGGA: Final = Profile(
    code="purbalingga-2026",
    title="Urutan daftar periksa Purbalingga RKP 2026",
    order=("K2", "K3", "K4", "K5", "K6", "K1", "K7", "K8", "K9", "K10", "K11", "K12", *_REST),
    before={"K1": ("K6",), "K9": ("K1",)},
    team=TEAM_21,
    source="Daftar periksa kelengkapan RKP Desa 2026 Kabupaten Purbalingga",
    certainty="seen",
)
PROFILES: Final[dict[str, Profile]] = {
    profile.code: profile for profile in (PROFILE_114, PROFILE_KUKAR_2025, PROFILE_PURBALINGGA)
}
DEFAULT_PROFILE: Final = PROFILE_KUKAR_2025


def without(profile: Profile, *codes: str) -> Profile:
    """Return *profile* with meetings switched off (K1, K9, K11; R4, R7, R9). Raises: ValueError for any other stage."""
    for code in codes:
        if not profile.table[code].meeting:
            raise ValueError(f"{code} is no meeting")
    return replace(profile, off=profile.off | frozenset(codes))


def prerequisites(stage: str, profile: Profile = DEFAULT_PROFILE) -> tuple[str, ...]:
    """Return the stages that must be done before *stage*, in the profile's order; those off are passed through."""
    found: set[str] = set()
    queue = [*profile.table[stage].needs, *profile.before.get(stage, ())]
    while queue:
        code = queue.pop()
        if code in profile.off:
            queue.extend((*profile.table[code].needs, *profile.before.get(code, ())))
        else:
            found.add(code)
    return tuple(code for code in profile.order if code in found)


def open_stages(
    done: frozenset[str], profile: Profile = DEFAULT_PROFILE, *, provisional: bool = False
) -> tuple[str, ...]:
    """Return the stages not done whose prerequisites are, in the order of the profile: what can be worked on now.

    provisional: a provisional ceiling holds the place of K4 for the draft (K6).
    """
    ready = done | {"K4"} if provisional else done
    return tuple(
        stage.code
        for stage in profile.stages()
        if stage.code not in done
        and all(code in (ready if stage.code == "K6" else done) for code in prerequisites(stage.code, profile))
    )


@dataclass(frozen=True, slots=True)
class StageDates:
    """The two days of a stage. legal: set by law, with its source; target: asked for by the regency, or usual."""

    legal: date | None
    target: date | None
    legal_source: str = ""

    @property
    def due(self) -> date | None:
        """The day lateness is counted from: the legal one, or the target where no law sets a day."""
        return self.legal or self.target


def stage_dates(stage: str, plan_year: int, profile: Profile = DEFAULT_PROFILE) -> StageDates:
    """Return legal day and regency target of a stage in the cycle of *plan_year*.

    K13 counts from the promulgation and has no legal day before it (see `core.law.deadlines.due_after`).
    """
    row = STAGES[stage]
    legal = due_in_year(row.deadline, plan_year) if row.deadline else None
    asked = profile.targets.get(stage, row.usual)
    target = date(plan_year, *asked) if asked else None
    return StageDates(legal, target, DEADLINES[row.deadline].source if legal else "")
