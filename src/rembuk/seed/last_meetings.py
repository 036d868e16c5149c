"""Last year's planning meetings in a part of the example, as counts: a village stands beside its own year before."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from rembuk.core.hat import Hat
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import AttendanceTally, Meeting, SpokenNote
from rembuk.deliberation.rules import VillageRules
from rembuk.seed import chance
from rembuk.seed.meetings import AGENDAS, close, talks_of
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import Rows, Scene, moment
from rembuk.seed.story import PLAN_YEAR
from rembuk.shared import trail
from rembuk.shared.models import Origin

YEAR = PLAN_YEAR
EVERY = 3
"""Beside the kecamatan that is told in full, every so many villages; of the others last year was not recorded."""
DAYS = {"MUSDES_P": date(YEAR - 1, 6, 18), "MUSREN": date(YEAR - 1, 8, 20)}
# element, men, women; the women's group and the farmers are drawn for each village
COMERS = (("PEMDES", 3, 1), ("BPD", 3, 1), ("RT", 5, 0), ("TOMAS", 2, 0), ("ADAT", 3, 0), ("PEMUDA", 4, 2))


def plant(scenes: Sequence[Scene], hat: Hat) -> int:
    """Tell last year's meetings of the chosen villages. Returns how many."""
    chosen = [
        scene
        for number, scene in enumerate(scenes)
        if scene.village.district_id == MELINTANG[:8] or number % EVERY == 0
    ]
    known = {cycle.village_id: cycle for cycle in Cycle.objects.filter(budget_year=YEAR)}
    rows = Rows()
    for scene in chosen:
        cycle = known.get(scene.village.id)
        if cycle is None:
            cycle = cycle_of(scene)
            rows.add(cycle)
        for kind, day in DAYS.items():
            tell(scene, rows, cycle, kind, moment(day))
    with transaction.atomic(), trail.acting(hat, "seed.last_year"):
        rows.write((Cycle, Meeting, AttendanceTally, SpokenNote))
    return len(chosen) * len(DAYS)


def cycle_of(scene: Scene) -> Cycle:
    return Cycle(
        id=scene.key("siklus", YEAR),
        village=scene.village,
        plan_year=YEAR - 1,
        budget_year=YEAR,
        profile=scene.cycle.profile,
        closed_at=moment(date(YEAR - 1, 12, 30)),
    )


def tell(scene: Scene, rows: Rows, cycle: Cycle, kind: str, at: datetime) -> None:
    """Tell of one meeting: who came as counts, who spoke by sex and element."""
    meeting = Meeting(
        id=scene.key("rapat", YEAR, kind),
        village=scene.village,
        cycle=cycle,
        kind=kind,
        title=f"{MEETING_KINDS[kind].title} {scene.village.name} {YEAR}",
        scheduled_at=at,
        location=f"Balai Desa {scene.village.name}",
        agenda=list(AGENDAS[kind]),
        rules=VillageRules().as_json(),
        invitation_date=at.date(),
        invited_count=34,
        origin=Origin.SEED,
    )
    close(scene, meeting, 180)
    rows.add(meeting)
    luck = chance.of("tahun lalu", meeting.id)
    women = luck.randint(3, 9)
    drawn = (("PEREMPUAN", 0, women), ("TANI", 14 - women, luck.randint(0, 1)))
    for element, men, others in (*COMERS, *drawn):
        rows.add(
            AttendanceTally(
                id=chance.key("hitung", meeting.id, element), meeting=meeting, element=element, male=men, female=others
            )
        )
    for order, (element, point, response) in enumerate(talks_of(scene.village.id, YEAR), start=1):
        sex = "P" if element in ("PEREMPUAN", "KADERKES") else "L"
        rows.add(
            SpokenNote(
                id=chance.key("ucapan", meeting.id, order),
                meeting=meeting,
                order=order,
                agenda_point=meeting.agenda[0],
                sex=sex,
                element=element,
                point=point,
                response=response,
            )
        )
