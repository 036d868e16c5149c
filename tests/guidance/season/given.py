"""A small season: six villages that wait for a forum, two teams, a speaker, and travel by a sheet of legs."""

from datetime import UTC, datetime
from uuid import uuid4

from factories import people, places
from guidance.facilitation.given import asked
from rembuk.core.hat import Role
from rembuk.cycles.models import Cycle
from rembuk.guidance.season import services
from rembuk.guidance.season.models import Season
from rembuk.guidance.season.services import MemberValues, SeasonValues, SpeakerValues, TeamValues
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

AT = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
WINDOW = SeasonValues(name="Musim 2026", plan_year="2026", start_date="2026-07-06", end_date="2026-07-31", seat="Kota")
COUNT = 6
LEGS = "dari,ke,menit,sungai,searah\n" + "".join(
    f"{'Kota' if n == 0 else f'64.02.18.30{n:02d}'},64.02.18.30{n + 1:02d},40,,\n" for n in range(COUNT)
)


def villages() -> list[Village]:
    """Six villages along one road from the town, each forty minutes from the last."""
    return [places.village(f"64.02.18.30{n + 1:02d}", f"Desa Uji {n + 1}", f"U{n + 1}") for n in range(COUNT)]


def staff():
    return people.holder(Role.STF).hat()


def waiting(found: list[Village]) -> list[Cycle]:
    """Their cycles, each with a forum that was asked for."""
    with setting_up():
        cycles = [
            Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")
            for village in found
        ]
    for cycle in cycles:
        asked(cycle, staff())
    return cycles


def opened(values: SeasonValues = WINDOW) -> Season:
    """The season with its two teams and its table of travel, ready to be planned."""
    found = villages()
    waiting(found)
    season = services.open_season(season_id=uuid4(), regency=found[0].regency, values=values, actor=staff(), at=AT)
    for name, first, second in (("Tim A", "Siti", "Budi"), ("Tim B", "Rina", "Joko")):
        members = (MemberValues(first, "P"), MemberValues(second, "L"))
        values_of_team = TeamValues(name=name, base="Kota", skills="kutai", boat_seats="8", members=members)
        services.save_team(season_id=season.pk, team_id=uuid4(), values=values_of_team, actor=staff(), at=AT)
    services.import_travel(
        season=season,
        content=LEGS.encode(),
        file_name="jalan.csv",
        source="uji",
        water="normal",
        actor=staff(),
        at=AT,
    )
    return Season.objects.get(pk=season.pk)


def speaker(season: Season, **changes: object):
    values = SpeakerValues(**{"name": "Pak Bicara", "sex": "L", "base": "Kota", **changes})
    return services.save_speaker(season_id=season.pk, speaker_id=uuid4(), values=values, actor=staff(), at=AT)
