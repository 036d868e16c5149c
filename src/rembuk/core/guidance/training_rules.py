"""Numbers of the training room: settings of a regency with a default, a note of its source, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from rembuk.core.law.dated import Certainty


@dataclass(frozen=True, slots=True)
class TrainingRules:
    """Every number is whole. Percent unless told otherwise; *_tenths: tenths of a point; *_days, *_years, *_minutes."""

    self_percent: int = 40
    pass_score: int = 70
    attendance_percent: int = 90
    remedial_most: int = 2
    class_size: int = 40
    class_warn: int = 45
    evaluated_percent: int = 80
    reaction_alarm_tenths: int = 35
    retrain_score: int = 60
    follow_from_days: int = 60
    follow_until_days: int = 120
    certificate_years: int = 3
    expiry_notice_days: int = 90
    jp_minutes: int = 45
    trainer_score: int = 80
    trainer_teaching_tenths: int = 24

    def __post_init__(self) -> None:
        for name, (least, most) in RULE_BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                raise ValueError(name)
        if self.follow_until_days <= self.follow_from_days:
            raise ValueError("follow_until_days")

    @property
    def observer_percent(self) -> int:
        """Share of the rating by the PTPD; the rest is the person's own."""
        return 100 - self.self_percent


@dataclass(frozen=True, slots=True)
class RuleNote:
    """What a number means, what it counts in, where the default comes from and how sure that is."""

    title: str
    unit: str
    source: str
    certainty: Certainty


_DESIGN = "rancangan program; belum ada aturan yang mengikat"
RULE_NOTES: Final[Mapping[str, RuleNote]] = {
    "self_percent": RuleNote("Bobot penilaian sendiri; sisanya penilaian PTPD", "%", _DESIGN, "uncertain"),
    "pass_score": RuleNote("Nilai lulus tes akhir", "nilai", _DESIGN, "uncertain"),
    "attendance_percent": RuleNote("Kehadiran paling sedikit untuk sertifikat", "% JP", _DESIGN, "uncertain"),
    "remedial_most": RuleNote("Remedial paling banyak", "kali", _DESIGN, "uncertain"),
    "class_size": RuleNote("Ukuran kelas bawaan", "orang", "praktik di kabupaten: 30 sampai 40 orang", "known"),
    "class_warn": RuleNote("Kelas terlalu besar, di atas", "orang", _DESIGN, "uncertain"),
    "evaluated_percent": RuleNote("Tes akhir dan reaksi masuk sebelum dievaluasi", "% peserta", _DESIGN, "uncertain"),
    "reaction_alarm_tenths": RuleNote("Tanda peringatan reaksi (L1), di bawah", "persepuluh", _DESIGN, "uncertain"),
    "retrain_score": RuleNote("Topik dilatih ulang bila nilai rata-rata di bawah", "nilai", _DESIGN, "uncertain"),
    "follow_from_days": RuleNote("Pengamatan perilaku (L3) mulai", "hari sesudah selesai", _DESIGN, "uncertain"),
    "follow_until_days": RuleNote(
        "Pengamatan perilaku (L3) paling lambat", "hari sesudah selesai", _DESIGN, "uncertain"
    ),
    "certificate_years": RuleNote("Masa berlaku sertifikat", "tahun", _DESIGN, "uncertain"),
    "expiry_notice_days": RuleNote("Pemberitahuan sebelum sertifikat habis", "hari", _DESIGN, "uncertain"),
    "jp_minutes": RuleNote("Lama satu JP", "menit", "diketahui umum; pasalnya belum dibaca", "uncertain"),
    "trainer_score": RuleNote("Nilai tes akhir calon pelatih (ToT)", "nilai", _DESIGN, "uncertain"),
    "trainer_teaching_tenths": RuleNote(
        "Nilai praktik mengajar calon pelatih", "persepuluh dari 3", _DESIGN, "uncertain"
    ),
}

RULE_BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "self_percent": (0, 100),
    "pass_score": (1, 100),
    "attendance_percent": (1, 100),
    "remedial_most": (0, 9),
    "class_size": (1, 500),
    "class_warn": (1, 500),
    "evaluated_percent": (1, 100),
    "reaction_alarm_tenths": (10, 50),
    "retrain_score": (0, 100),
    "follow_from_days": (1, 365),
    "follow_until_days": (2, 730),
    "certificate_years": (1, 20),
    "expiry_notice_days": (1, 365),
    "jp_minutes": (30, 60),
    "trainer_score": (1, 100),
    "trainer_teaching_tenths": (0, 30),
}
"""Name -> least and most that a regency may set."""

DEFAULT_RULES: Final = TrainingRules()


def rules_from(stored: Mapping[str, object]) -> TrainingRules:
    """Return the rules with what a regency has set; a name that is unknown or out of bounds is left at its default."""
    known = {field.name for field in fields(TrainingRules)}
    kept: dict[str, int] = {}
    for name, value in stored.items():
        if name in known and isinstance(value, int) and RULE_BOUNDS[name][0] <= value <= RULE_BOUNDS[name][1]:
            kept[name] = value
    try:
        return TrainingRules(**kept)
    except ValueError:
        return DEFAULT_RULES
