"""When each village of the example did what: pure, repeatable, and with every kind of state a head of division meets.

The example's day is 21 September of the planning year. What would fall after it has not happened yet. In two districts
the ceiling letter came late and is excused, some villages were flooded, some are simply late, one of them in detail.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rembuk.regions.models import Village
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG, PONORAGAN, RICH, SEPATIN
from rembuk.shared.clock import EXAMPLE_START

TODAY = EXAMPLE_START.date()
PLAN_YEAR = TODAY.year
BUDGET_YEAR = PLAN_YEAR + 1
LATE_LETTER_DISTRICTS = ("64.02.18", "64.02.01")
LATE_LETTER_DATE = date(PLAN_YEAR, 8, 19)
LETTER_DATE = date(PLAN_YEAR, 7, 16)
TARGETS: Mapping[str, tuple[int, int]] = {"K2": (5, 31), "K9": (9, 7), "K11": (9, 25), "K12": (9, 25)}
"""Days that the invented regency asks for, beside the legal ones."""

FLOOD = "Banjir: balai desa dan jalan masuk terendam, musyawarah belum dapat diadakan"
LATE_LETTER = "Surat pagu indikatif baru terbit 19 Agustus 2026"
# Kind of story -> how many of every hundred and seventy villages tell it.
KINDS = {"enacted": 66, "agreed": 25, "between": 53, "late": 22, "flooded": 4}
KINDS_AFTER_LATE_LETTER = {"enacted": 4, "between": 6, "waiting": 9}
RICH_KINDS = {MELINTANG: "melintang", PONORAGAN: "enacted", SEPATIN: "late"}
# Kind -> (first day of K5, days between it and K6, and so on to K13).
PACE: Mapping[str, tuple[date, tuple[tuple[int, int], ...]]] = {
    "enacted": (date(2026, 7, 27), ((4, 8), (3, 5), (1, 2), (4, 6), (2, 3), (3, 5), (2, 5), (2, 6))),
    "agreed": (date(2026, 7, 30), ((6, 10), (4, 6), (1, 2), (6, 9), (2, 4), (8, 12), (99, 99))),
    "between": (date(2026, 8, 4), ((6, 10), (4, 6), (1, 3), (6, 9), (3, 12), (99, 99))),
    "late": (date(2026, 8, 10), ((5, 12), (4, 8), (2, 5), (99, 99))),
    "flooded": (date(2026, 8, 6), ((5, 9), (4, 6), (1, 3), (99, 99))),
    "waiting": (date(2026, 8, 14), ((2, 4), (2, 4), (1, 3), (99, 99))),
}
SHORT = ((1, 2), (1, 1), (1, 1), (2, 3), (1, 1), (3, 4), (2, 2), (2, 4))
"""After a late letter those who made it hurried."""

LATE_ENDS = ("K8", "K8", "K6", "K8", "K5", "K8", "K6", "K8", "K5", "K8", "K4")
"""The last stage that the late villages have done, in turn."""


@dataclass(frozen=True, slots=True)
class Story:
    """What has happened in one village: stage -> day in order, and what it is waiting for.

    excuse: empty | letter | flood. next_meeting: day of the meeting it has called but not held yet.
    """

    village_id: str
    kind: str
    done: Mapping[str, date]
    late_letter: bool
    excuse: str = ""
    next_meeting: date | None = None

    def has(self, stage: str) -> bool:
        return stage in self.done


def stories_of(villages: Sequence[Village]) -> dict[str, Story]:
    """Return village -> story; the kinds are shared out so that even a few villages show all of them."""
    late_letter = [v for v in villages if v.district_id in LATE_LETTER_DISTRICTS and v.id not in RICH]
    others = [v for v in villages if v.district_id not in LATE_LETTER_DISTRICTS and v.id not in RICH]
    kinds = {**shared_out(late_letter, KINDS_AFTER_LATE_LETTER), **shared_out(others, KINDS)}
    kinds |= {v.id: RICH_KINDS[v.id] for v in villages if v.id in RICH}
    ends = iter(LATE_ENDS * 20)
    return {
        v.id: story_of(v, kinds[v.id], next(ends) if kinds[v.id] == "late" and v.id != SEPATIN else "K8")
        for v in villages
    }


def shared_out(villages: Iterable[Village], weights: Mapping[str, int]) -> dict[str, str]:
    """Return village -> kind, each kind as often as its weight asks."""
    order = sorted(villages, key=lambda v: chance.key("urutan", v.id).int)
    counts = chance.shares(len(order), list(weights.values()))
    kinds = [kind for kind, count in zip(weights, counts, strict=True) for _ in range(count)]
    return {village.id: kind for village, kind in zip(order, kinds, strict=True)}


def story_of(village: Village, kind: str, last: str) -> Story:
    """Return the story of one village. last: the last stage of a late one."""
    luck = chance.of("kisah", village.id)
    late_letter = village.district_id in LATE_LETTER_DISTRICTS
    excuse = "letter" if late_letter else "flood" if kind == "flooded" else ""
    if kind == "melintang":
        return Story(village.id, kind, MELINTANG_DONE, late_letter, excuse, date(PLAN_YEAR, 9, 24))
    days = {**beginnings(luck, late_letter), **the_rest(luck, kind, late_letter)}
    if kind == "late":
        days = {stage: day for stage, day in days.items() if int(stage[1:]) <= int(last[1:])}
        if last == "K8" and village.id != SEPATIN and luck.random() < 0.3:
            days.pop("K7", None)
    done = {stage: day for stage, day in days.items() if day <= TODAY}
    return Story(village.id, kind, done, late_letter, excuse, next_meeting(luck, kind, done))


def next_meeting(luck: random.Random, kind: str, done: Mapping[str, date]) -> date | None:
    """Return when the next meeting is called for; flooded and most late villages have called none."""
    if kind in ("between", "waiting") and ("K10" in done or "K9" not in done):
        return working_day(TODAY + timedelta(days=luck.randint(2, 7)))
    return None


def beginnings(luck: random.Random, late_letter: bool) -> dict[str, date]:
    """Return the days of team, planning meeting and ceilings."""
    letter = LATE_LETTER_DATE if late_letter else LETTER_DATE
    received = working_day(letter + timedelta(days=luck.randint(0 if late_letter else 1, 2 if late_letter else 5)))
    return {
        "K2": working_day(date(PLAN_YEAR, 4, 20) + timedelta(days=luck.randint(0, 28))),
        "K1": working_day(date(PLAN_YEAR, 6, 8) + timedelta(days=luck.randint(0, 16))),
        "K3": received,
        "K4": working_day(received + timedelta(days=luck.randint(1, 2) if late_letter else luck.randint(3, 8))),
    }


def the_rest(luck: random.Random, kind: str, late_letter: bool) -> dict[str, date]:
    """Return the days from K5 on by the pace of the kind."""
    first, gaps = PACE[kind]
    day = working_day(first + timedelta(days=luck.randint(0, 6)))
    found = {"K5": day}
    if late_letter:
        day = max(day, LATE_LETTER_DATE + timedelta(days=5))
        gaps = SHORT if kind == "enacted" else gaps
    for stage, (least, most) in zip(("K6", "K7", "K8", "K9", "K10", "K11", "K12", "K13"), gaps, strict=False):
        day = working_day(day + timedelta(days=luck.randint(least, most)))
        found[stage] = day
    return found


def working_day(day: date) -> date:
    """Return *day*, or the Monday after it at a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= 5 else day


MELINTANG_DONE: Mapping[str, date] = {
    "K2": date(2026, 5, 18),
    "K1": date(2026, 6, 9),
    "K3": date(2026, 8, 19),
    "K4": date(2026, 8, 24),
    "K5": date(2026, 8, 28),
    "K6": date(2026, 9, 4),
    "K8": date(2026, 9, 8),
    "K9": date(2026, 9, 12),
}
"""Melintang is told in detail: one check is missing, Dana Desa is planned too high, the closing Musdes is called."""
