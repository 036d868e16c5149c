"""When a work may be closed: done or given up with a reason, photographed, handed over, kept by somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from rembuk.core.errors import Finding

MARKS: Final = (0, 40, 80, 100)
"""Percent of physical progress that villages photograph. Source: [practice]."""
HAND_OVER: Final = "Praktik serah terima hasil kegiatan"


@dataclass(frozen=True, slots=True)
class CloseFacts:
    """What is known of a work that somebody wants to close.

    physical: it leaves an asset. percent: newest progress. photographed: percents that have a photo. stopped_reason:
    why it ends unfinished. minutes_*: of the hand-over. spent: whether any money was recorded.
    """

    physical: bool
    percent: int
    photographed: frozenset[int] = frozenset()
    stopped_reason: str = ""
    minutes_number: str = ""
    minutes_date: date | None = None
    minutes_file: bool = False
    keeper: str = ""
    spent: bool = True


def check_closing(facts: CloseFacts) -> list[Finding]:
    """Return what keeps a work from being closed (block), and what to know beside it (warn).

    A physical work needs its hand-over minutes (number, date, file), a photo of the finished thing and somebody who
    keeps the asset; other activities leave no asset and need none. Source: practice of hand-over minutes.
    """
    return [*_progress(facts), *_hand_over(facts), *_money(facts)]


def _progress(facts: CloseFacts) -> list[Finding]:
    found = []
    if facts.percent < 100 and not facts.stopped_reason.strip():
        text = f"Kemajuan baru {facts.percent} %; catat sampai 100 %, atau tulis mengapa berhenti sebelum selesai."
        found.append(Finding("W01", "block", text))
    if facts.physical and facts.percent == 100 and 100 not in facts.photographed:
        found.append(Finding("W02", "block", "Foto 100 % belum ada; unggah foto hasil jadinya."))
    missing = [mark for mark in missing_marks(facts.photographed) if mark != 100 and mark <= facts.percent]
    if facts.physical and missing:
        marks = ", ".join(f"{mark} %" for mark in missing)
        found.append(Finding("W02", "warn", f"Foto {marks} tidak ada; unggah bila masih disimpan."))
    return found


def _hand_over(facts: CloseFacts) -> list[Finding]:
    if not facts.physical:
        return []
    lacking = [
        name
        for name, there in (
            ("nomor", facts.minutes_number.strip()),
            ("tanggal", facts.minutes_date),
            ("berkas", facts.minutes_file),
        )
        if not there
    ]
    found = []
    if lacking:
        text = f"Berita acara serah terima belum lengkap ({', '.join(lacking)}); lengkapi sebelum menutup pekerjaan."
        found.append(Finding("W03", "block", text, HAND_OVER))
    if not facts.keeper.strip():
        text = "Pengelola asetnya belum ditunjuk; tulis siapa yang merawatnya sesudah diserahkan."
        found.append(Finding("W04", "block", text, HAND_OVER))
    return found


def _money(facts: CloseFacts) -> list[Finding]:
    if facts.spent:
        return []
    return [Finding("W05", "warn", "Belum ada realisasi keuangan yang dicatat; evaluasi akan menulis nol rupiah.")]


def missing_marks(photographed: Iterable[int]) -> list[int]:
    """Return the percents of MARKS that have no photo yet."""
    there = set(photographed)
    return [mark for mark in MARKS if mark not in there]


def is_late(due: date | None, today: date, *, percent: int, closed: bool) -> bool:
    """Return whether a work is past its last day and not finished; a day not known makes nothing late."""
    return due is not None and not closed and percent < 100 and today > due
