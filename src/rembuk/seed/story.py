"""When each village of the example did what: pure, repeatable, and with every kind of state a head of division meets.

The example's day is 21 September of the planning year. A village's story is a drift in days against a good calendar;
what would fall after the example's day has not happened yet. In two districts the ceiling letter came late and is excused.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rembuk.regions.models import Village
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG, PONORAGAN, SEPATIN
from rembuk.shared.clock import EXAMPLE_START

TODAY = EXAMPLE_START.date()
PLAN_YEAR = TODAY.year
# A good year, in the order of the Kutai Kartanegara profile.
CALENDAR: dict[str, date] = {
    "K2": date(PLAN_YEAR, 5, 18),
    "K1": date(PLAN_YEAR, 6, 9),
    "K3": date(PLAN_YEAR, 7, 20),
    "K4": date(PLAN_YEAR, 7, 30),
    "K5": date(PLAN_YEAR, 8, 5),
    "K6": date(PLAN_YEAR, 8, 14),
    "K7": date(PLAN_YEAR, 8, 20),
    "K8": date(PLAN_YEAR, 8, 22),
    "K9": date(PLAN_YEAR, 8, 28),
    "K10": date(PLAN_YEAR, 9, 2),
    "K11": date(PLAN_YEAR, 9, 7),
    "K12": date(PLAN_YEAR, 9, 10),
    "K13": date(PLAN_YEAR, 9, 14),
}
LATE_LETTER_DISTRICTS = ("64.02.18", "64.02.01")
LATE_LETTER_DATE = date(PLAN_YEAR, 8, 19)
LETTER_DATE = date(PLAN_YEAR, 7, 16)
# kind of village: (weight, least and most days of drift after the team was formed)
KINDS = {"ahead": (26, -6, 4), "steady": (38, 5, 16), "slow": (22, 17, 38), "stuck": (14, 45, 95)}
# The three villages told in detail stand at chosen points: before scoring, before the closing Musdes, enacted.
RICH_DRIFT = {MELINTANG: 14, PONORAGAN: 2, SEPATIN: 33}


@dataclass(frozen=True, slots=True)
class Story:
    """What has happened in one village: stage -> day, and whether its ceiling letter came late."""

    village_id: str
    done: dict[str, date]
    late_letter: bool
    kind: str


def story_of(village: Village) -> Story:
    """Return the story of a village; the same every time."""
    luck = chance.of("kisah", village.id)
    kind = chance.pick(luck, [(name, weight) for name, (weight, _a, _b) in KINDS.items()])
    _weight, least, most = KINDS[kind]
    drift = RICH_DRIFT.get(village.id, luck.randint(least, most))
    late_letter = village.district_id in LATE_LETTER_DISTRICTS
    done: dict[str, date] = {}
    latest = date(PLAN_YEAR, 4, 1)
    for number, (stage, good_day) in enumerate(CALENDAR.items()):
        # Drift grows along the year: nobody is a month late with the team and a month late with everything after it.
        day = good_day + timedelta(days=drift * (number + 4) // 12 + luck.randint(0, 2))
        if stage == "K3":
            day = (LATE_LETTER_DATE if late_letter else LETTER_DATE) + timedelta(days=luck.randint(1, 4))
        latest = day if stage == "K3" else max(day, latest + timedelta(days=1))
        if stage == "K4":
            latest = max(latest, done.get("K3", latest) + timedelta(days=2))
        if latest > TODAY:
            break
        done[stage] = working_day(latest)
    return Story(village.id, done, late_letter, kind)


def working_day(day: date) -> date:
    """Return *day*, or the Friday before it when it is a Sunday."""
    return day - timedelta(days=2) if day.weekday() == 6 else day
