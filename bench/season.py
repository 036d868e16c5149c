"""The calendar of a season of 193 villages while a card is in the hand: server time of each answer, in milliseconds.

A fresh process with a database of its own in a temporary folder; the season is made up by the product's own generator
and its plan by cheapest insertion. Each figure is CPU time within the process, so that others on the machine do not
count. Run ``./rembuk bench season``, or this file alone.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fresh import Result, apart, started  # beside this file, no package

NOW = datetime(2026, 8, 3, 2, 0, tzinfo=UTC)
MONDAY = date(2026, 9, 7)
ASKED, MOVES, TURNS = 150, 12, 8
TARGET = 150.0


def set_up() -> None:
    """Open an empty database and its tables, as a fresh office would."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.test")
    import django  # the settings must be named first

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


def planner() -> Any:
    """Make the regency and somebody who plans. Returns the assignment."""
    from rembuk.accounts.models import Assignment, Person
    from rembuk.regions.models import Regency

    regency = Regency.objects.create(code="99.01", name="Kabupaten Contoh", province_name="Contoh")
    person = Person.objects.create_person(username="staf", name="Staf")
    return Assignment.objects.create(
        person=person, role="STF", regency=regency, start_date=date(2020, 1, 1), end_date=date(2099, 12, 31)
    )


def on(day: int) -> date:
    """Return the calendar day of a working day of the season."""
    week, weekday = divmod(day, 5)
    return MONDAY + timedelta(days=7 * week + weekday)


def season_of(instance: Any) -> Any:
    """Store a generated season as an office would have typed it. Returns it."""
    from rembuk.guidance.season.models import Season, TravelTable

    made_by, travel = UUID(int=1), instance.travel
    end = MONDAY + timedelta(days=7 * instance.weeks - 3)
    season = Season.objects.create(
        regency_id="99.01", plan_year=2026, name="Musim", start_date=MONDAY, end_date=end, seat=instance.seat,
        shared_boats=instance.shared_boats, shared_seats=instance.shared_seats, made_by=made_by,
    )  # fmt: skip
    close(season, instance.holidays)
    speakers = store_people(season, instance)
    store_villages(season, instance, speakers)
    TravelTable.objects.create(
        regency_id="99.01", water="normal", source="dibuat-buat", places=list(travel.places),
        minutes=[list(row) for row in travel.minutes], river=[[int(cell) for cell in row] for row in travel.river],
        made_by=made_by, made_at=NOW,
    )  # fmt: skip
    return season


def close(season: Any, blocks: Iterable[Any], **of: Any) -> None:
    from rembuk.guidance.season.models import ClosedDay

    ClosedDay.objects.bulk_create(
        ClosedDay(season=season, day=on(block.day), reason=block.reason or "tutup", **of) for block in blocks
    )


def store_people(season: Any, instance: Any) -> dict[str, Any]:
    """Store teams and speakers. Returns the speakers by their name in the generated season."""
    from rembuk.guidance.season.models import SeasonTeam, Speaker, TeamMember

    speakers = {}
    for one in instance.speakers:
        speakers[one.id] = Speaker.objects.create(season=season, name=one.name or one.id, sex="L", base=one.base)
        close(season, one.off, speaker=speakers[one.id])
    for team in instance.teams:
        row = SeasonTeam.objects.create(
            season=season, name=team.title, base=team.base, skills=sorted(team.skills), boat_seats=team.boat_seats
        )
        TeamMember.objects.bulk_create(
            TeamMember(team=row, name=f"{team.title} {number}", sex="PL"[number % 2]) for number in range(team.members)
        )
        close(season, team.off, team=row)
    return speakers


def store_villages(season: Any, instance: Any, speakers: Mapping[str, Any]) -> None:
    from rembuk.guidance.season.models import Wish
    from rembuk.regions.models import District, Village

    for code in sorted({village.district for village in instance.villages}):
        District.objects.create(code=code, name=f"Kecamatan {code}", regency_id="99.01")
    for number, village in enumerate(instance.villages):
        letters = chr(65 + number // 26) + chr(65 + number % 26)
        Village.objects.create(
            id=village.code, code=village.code, name=village.title, district_id=village.district, regency_id="99.01",
            number_prefix=f"{letters}X", access_mode=village.mode or "road",
        )  # fmt: skip
        wish = Wish.objects.create(
            season=season,
            village_id=village.code,
            skill=village.skill or "",
            speaker=speakers.get(village.speaker),
            market=village.market,
            earliest=on(village.earliest) if village.earliest else None,
            earliest_reason="pagu" if village.earliest else "",
            preferred=[on(day).isoformat() for day in village.preferred],
        )
        close(season, village.blocked, wish=wish)


def spent(act: Callable[[], object]) -> float:
    """Return the CPU milliseconds of one answer."""
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


class Calendar:
    """A plan of 193 villages and a planner's browser before it."""

    def __init__(self) -> None:
        from django.test import Client

        from rembuk.core import schedule
        from rembuk.core.schedule.generate import MIDDLE, generate
        from rembuk.guidance.season.services import planning

        who = planner()
        season = season_of(generate(1, MIDDLE))
        instance, travel = planning.ready_instance(season)
        first = schedule.Planner(instance).first()
        self.plan = planning.store_plan(season, travel, instance, first, actor=who.hat(), at=NOW)
        self.client, self.here = Client(), f"/jadwal/rencana/{self.plan.pk}/"
        self.client.force_login(who.person)
        session = self.client.session
        session["assignment"] = str(who.pk)
        session.save()
        self.luck = random.Random(1)  # repeatable chance, not secrecy
        self.villages = sorted(self.plan.visits.values_list("village_id", flat=True))
        self.teams = [team.id for team in instance.teams]
        self.days = [on(day).isoformat() for day in range(instance.days)]

    def anywhere(self) -> dict[str, str]:
        """Return a village held over some team and day."""
        luck = self.luck
        return {"desa": luck.choice(self.villages), "tim": luck.choice(self.teams), "tanggal": luck.choice(self.days)}

    def get(self, end: str, **query: str) -> Any:
        answer = self.client.get(f"{self.here}{end}", query)
        assert answer.status_code == 200, (end, answer.status_code)
        return answer

    def moves(self) -> tuple[list[float], list[float]]:
        """Move some forums where they may go. Returns what each cost, and what the first question after it cost."""
        moved, after = [], []
        while len(moved) < MOVES:
            place = self.anywhere()
            if not self.get("bentrok/", **place).json()["ok"]:
                continue
            self.plan.refresh_from_db()
            typed = {**place, "versi": str(self.plan.version)}
            moved.append(spent(lambda typed=typed: self.client.post(f"{self.here}geser/", typed)))
            after.append(spent(lambda: self.get("bentrok/", **self.anywhere())))
        return moved, after


def measured() -> Result:
    from rembuk.shared import clock

    clock.now = lambda: NOW  # the season lies ahead, whatever day it is
    board = Calendar()
    page = [spent(lambda: board.get("")) for _turn in range(TURNS + 1)][1:]
    asked = sorted(spent(lambda: board.get("bentrok/", **board.anywhere())) for _turn in range(ASKED))
    moved, after = board.moves()
    listed = [spent(lambda: board.get("daftar/")) for _turn in range(TURNS)]
    count = len(board.villages)
    return [
        (f"bentrok, {count} desa, median", statistics.median(asked), TARGET),
        (f"bentrok, {count} desa, 95 dari 100", asked[int(len(asked) * 0.95)], TARGET),
        ("bentrok pertama sesudah sebuah forum digeser, median", statistics.median(after), TARGET),
        ("menggeser sebuah forum, median", statistics.median(moved), 2 * TARGET),
        ("kalender seluruh musim, median", statistics.median(page), 2 * TARGET),
        ("daftar forum, median", statistics.median(listed), TARGET),
    ]


def main() -> Result:
    """Measure in a fresh process with its own data folder."""
    return apart(__file__)


if __name__ == "__main__":
    started(main, set_up, measured)
