"""Four levels of looking at a training: reaction, learning, behaviour, result; and who may train others.

Source: the programme's evaluation of training after Kirkpatrick; design. Level 2 lies in `testing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.training_rules import TrainingRules

REACTION: Final[Mapping[str, str]] = {
    "content": "Isi materi",
    "method": "Cara mengajar",
    "trainer": "Pelatih",
    "materials": "Bahan dan lembar kerja",
    "time": "Pembagian waktu",
    "venue": "Tempat dan perjalanan",
    "use": "Berguna untuk desa saya",
}
"""Level 1: what is asked, each 1 (buruk) to 5 (sangat baik)."""

BEHAVIOUR: Final[Mapping[str, str]] = {
    "template": "Memakai templat RKP Desa",
    "traced": "Menelusuri kegiatan sampai RPJM Desa",
    "pre_meetings": "Mengadakan pramusyawarah RT atau dusun",
    "women": "Mengadakan sesi perempuan",
    "criteria": "Menyusun peringkat dengan kriteria tertulis",
    "minutes": "Notulen selesai dalam 7 hari",
    "rab": "RAB dibuat sebelum musyawarah",
    "published": "Hasil diumumkan dan ditanggapi",
}
"""Level 3: what the PTPD sees in the village, yes or no."""

TEACHING: Final[Mapping[str, str]] = {
    "opening": "Pembukaan",
    "clarity": "Kejelasan",
    "participation": "Partisipasi peserta",
    "media": "Media",
    "time": "Waktu",
    "answering": "Menjawab pertanyaan",
}
"""Micro-teaching of a trainer candidate, each 0 to 3."""


def reaction_mean(scores: Sequence[Mapping[str, int]]) -> Fraction | None:
    """Return the mean of every mark of every sheet, 1 to 5; nothing without a sheet."""
    marks = [mark for sheet in scores for mark in sheet.values()]
    return Fraction(sum(marks), len(marks)) if marks else None


def reaction_means(scores: Sequence[Mapping[str, int]]) -> dict[str, Fraction | None]:
    """Return each question -> its mean, in the order of REACTION."""
    return {name: reaction_mean([{name: sheet[name]} for sheet in scores if name in sheet]) for name in REACTION}


def reaction_alarm(mean: Fraction | None, rules: TrainingRules) -> bool:
    """Return whether the mean of the sheets is below what is accepted."""
    return mean is not None and mean * 10 < rules.reaction_alarm_tenths


def check_marks(marks: Mapping[str, int], names: Iterable[str], least: int, most: int) -> None:
    """Refuse marks that are missing or out of range. Raises: BadInputError ``marks-missing`` or ``marks-range``."""
    missing = [name for name in names if name not in marks]
    if missing:
        raise BadInputError("marks-missing", count=len(missing))
    for mark in marks.values():
        if not least <= mark <= most:
            raise BadInputError("marks-range", read=mark, least=least, most=most)


def behaviour_score(seen: Mapping[str, bool]) -> Fraction:
    """Return yes of all eight, 0 to 1. Raises: BadInputError ``marks-missing``."""
    if any(name not in seen for name in BEHAVIOUR):
        raise BadInputError("marks-missing", count=sum(name not in seen for name in BEHAVIOUR))
    return Fraction(sum(seen[name] for name in BEHAVIOUR), len(BEHAVIOUR))


def observation_window(end: date, rules: TrainingRules) -> tuple[date, date]:
    """Return the first and the last day on which behaviour is looked at, both included."""
    return end + timedelta(days=rules.follow_from_days), end + timedelta(days=rules.follow_until_days)


def check_observed(observed: date, end: date, rules: TrainingRules) -> None:
    """Refuse a day outside the window. Raises: BadInputError ``observed-outside``."""
    first, last = observation_window(end, rules)
    if not first <= observed <= last:
        raise BadInputError(
            "observed-outside", first=first.isoformat(), last=last.isoformat(), read=observed.isoformat()
        )


DIMENSIONS: Final[Mapping[str, str]] = {
    "TW": "Tepat waktu",
    "PI": "Partisipatif dan inklusif",
    "IN": "Terpadu",
    "DK": "Kelengkapan dokumen",
}
"""Level 4: what is looked at in the villages."""


@dataclass(frozen=True, slots=True)
class Side:
    """Trained villages, or the others. count: with a value this year; mean: theirs, nothing without one.

    compared: with a value in the year before as well; change: the mean of what moved in those, nothing without one.
    """

    count: int
    mean: Fraction | None
    compared: int
    change: Fraction | None


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Level 4 in one measure. A comparison, not a cause: the villages were not drawn by lot."""

    trained: Side
    others: Side


def result_row(trained: Iterable[str], now: Mapping[str, Fraction], before: Mapping[str, Fraction]) -> ResultRow:
    """Return trained and not yet trained villages side by side. now, before: village -> value, this year and last."""
    chosen = frozenset(trained)
    return ResultRow(
        _side({key: value for key, value in now.items() if key in chosen}, before),
        _side({key: value for key, value in now.items() if key not in chosen}, before),
    )


def _side(now: Mapping[str, Fraction], before: Mapping[str, Fraction]) -> Side:
    moved = [value - before[key] for key, value in now.items() if key in before]
    return Side(len(now), _mean(list(now.values())), len(moved), _mean(moved))


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def teaching_mean(marks: Mapping[str, int]) -> Fraction:
    """Return the mean of the six marks of micro-teaching, 0 to 3. Raises: BadInputError."""
    check_marks(marks, TEACHING, 0, 3)
    return Fraction(sum(marks[name] for name in TEACHING), len(TEACHING))


def is_trainer(post: int | None, marks: Mapping[str, int], rules: TrainingRules) -> bool:
    """Return whether a candidate may train others: a high score after the class and good micro-teaching."""
    if post is None or post < rules.trainer_score:
        return False
    return teaching_mean(marks) * 10 >= rules.trainer_teaching_tenths
