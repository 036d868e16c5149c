"""A season in the example: forums that still wait, planned, published, and repaired once when the river fell.

Everything goes through the services that people use. Travel is guessed from coordinates, and every page says so. The
searches have a number of rounds instead of a clock, so that the same plan comes out on every machine.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from rembuk.core import schedule
from rembuk.core.hat import Hat, Role
from rembuk.deliberation.models import Meeting
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.models import PlanVisit, Season, SeasonPlan, Wish
from rembuk.guidance.season.services import MemberValues, SeasonValues, SpeakerValues, TeamValues, Trouble, WishValues
from rembuk.guidance.season.services.opening import waiting_villages
from rembuk.regions.models import Regency
from rembuk.seed import chance
from rembuk.seed.facilitation import regency_hat
from rembuk.seed.places import REGENCY
from rembuk.seed.scene import Scene, moment
from rembuk.seed.story import PLAN_YEAR

OPENED, PUBLISHED = moment(date(PLAN_YEAR, 9, 11), 10), moment(date(PLAN_YEAR, 9, 14), 9)
FALLEN, REPAIRED = moment(date(PLAN_YEAR, 9, 17), 14), moment(date(PLAN_YEAR, 9, 18), 9)
FIRST_DAY, LOW_DAYS = date(PLAN_YEAR, 9, 28), 9
"""The first day for which invitations can still go out in time; for how long boats cannot pass."""
ROUNDS, REPAIR_ROUNDS = 400, 200
WINDOW = SeasonValues(
    name=f"Musim susulan {PLAN_YEAR}",
    plan_year=str(PLAN_YEAR),
    start_date=f"{PLAN_YEAR}-09-14",
    end_date=f"{PLAN_YEAR}-10-30",
    seat="Tenggarong",
    shared_boats="2",
    shared_seats="8",
    policy={"district_cap": "3"},
)
TEAMS = (
    ("Tim Mahakam", "Tenggarong", "kutai, jawa", "0", "PLL"),
    ("Tim Belayan", "Kembang Janggut", "kutai, dayak", "8", "PLL"),
    ("Tim Danau", "Muara Muntai", "kutai", "8", "PPL"),
    ("Tim Muara Wis", "Muara Wis", "kutai", "8", "PL"),
    ("Tim Kota Bangun", "Kota Bangun", "kutai", "6", "LPL"),
    ("Tim Pesisir", "Anggana", "kutai, bugis", "10", "LPL"),
    ("Tim Kenohan", "Kenohan", "kutai", "8", "PL"),
    ("Tim Hulu", "Tabang", "dayak", "6", "LL"),
)
LAKES = ("Tim Muara Wis", "Tim Danau", "Tim Kota Bangun", "Tim Kenohan", "Tim Belayan")
"""They hold the forums of the lakes that were called before the season was opened."""
ACCOUNT, ACCOUNT_TEAM = "staf", "Tim Mahakam"
"""One member has an account, so that the forum stands among that person's duties."""
RIVERS = ("river", "lake", "sea")


def plant(scenes: Sequence[Scene]) -> int:
    """Plant the season of the villages that still wait. Returns how many forums its schedule in force holds."""
    staff, regency = regency_hat("staf", Role.STF), Regency.objects.get(pk=REGENCY)
    if not waiting_villages(Season(regency=regency, plan_year=PLAN_YEAR)):
        return 0
    key = chance.key("musim", PLAN_YEAR)
    services.open_season(season_id=key, regency=regency, values=WINDOW, actor=staff, at=OPENED)
    teams = {name: save_team(key, place, staff) for place, (name, *_rest) in enumerate(TEAMS)}
    speaker = SpeakerValues(chance.person_name("narasumber", "musim", sex="P"), "P", "Tenggarong")
    services.save_speaker(
        season_id=key, speaker_id=chance.key("narasumber", PLAN_YEAR), values=speaker, actor=staff, at=OPENED
    )
    services.close_days(season_id=key, closed=f"{PLAN_YEAR}-10-21 rapat kerja kabupaten", actor=staff, at=OPENED)
    ask(queries.season_by_id(key), scenes, teams, staff)
    services.estimate_travel(season=queries.season_by_id(key), water="normal", actor=staff, at=OPENED)
    plan = services.plan_now(season_id=key, rounds=ROUNDS, actor=staff, at=OPENED)
    services.publish(plan_id=plan.pk, version=plan.version, actor=staff, at=PUBLISHED)
    plan = repaired(plan, staff)
    return plan.visits.count()


def save_team(season_id: UUID, place: int, staff: Hat) -> str:
    """Write one team down with invented members. Returns its key."""
    name, base, skills, seats, sexes = TEAMS[place]
    members = [MemberValues(chance.person_name("tim", name, n, sex=sex), sex) for n, sex in enumerate(sexes)]
    if name == ACCOUNT_TEAM:
        members.append(MemberValues("", "L", chance.key("orang", ACCOUNT)))
    closed = f"{PLAN_YEAR}-10-{12 + place} tugas kantor"
    values = TeamValues(name, base, skills, seats, closed=closed, members=tuple(members))
    made = services.save_team(
        season_id=season_id, team_id=chance.key("tim", name), values=values, actor=staff, at=OPENED
    )
    return str(made.pk)


def ask(season: Season, scenes: Sequence[Scene], teams: Mapping[str, str], staff: Hat) -> None:
    """Write down what each village asks: its called day, its notice, its market, the flood that it waits out."""
    flooded = [scene.village.id for scene in scenes if scene.story.kind == "flooded"]
    called = called_days(season)
    busy: Counter[tuple[str, date]] = Counter()
    for wish in queries.wishes_of(season):
        day = called.get(wish.village_id)
        team = next((name for name in LAKES if day is not None and not busy[name, day]), None)
        if day is not None and team is not None:
            busy[team, day] += 1
            values = WishValues(fixed_team=teams[team], fixed_date=day.isoformat())
        elif wish.village_id in flooded:
            last = wish.village_id == flooded[-1]
            values = WishValues(
                earliest=f"{PLAN_YEAR}-11-02" if last else f"{PLAN_YEAR}-10-05",
                earliest_reason="balai desa masih diperbaiki" if last else "menunggu air surut",
            )
        else:
            values = usual(wish, day)
        services.save_wish(wish_id=wish.pk, values=values, actor=staff, at=OPENED)


def usual(wish: Wish, day: date | None) -> WishValues:
    """Return what a village asks that only needs its notice. day: the one it has called already."""
    luck = chance.of("permintaan", wish.village_id)
    speaker = str(chance.key("narasumber", PLAN_YEAR)) if luck.random() < 0.2 else ""
    return WishValues(
        speaker=speaker,
        market=str(luck.randint(0, 4)) if luck.random() < 0.3 else "",
        earliest=FIRST_DAY.isoformat(),
        earliest_reason="undangan tujuh hari sebelumnya",
        preferred=day.isoformat() if day is not None else "",
    )


def called_days(season: Season) -> dict[str, date]:
    """Return village -> the day for which it has called its Musrenbang already."""
    rows = Meeting.objects.filter(
        kind="MUSREN", cycle__plan_year=season.plan_year, village__season_wishes__season=season, started_at=None
    )
    return {row.village_id: row.scheduled_at.astimezone(OPENED.tzinfo).date() for row in rows.order_by("id")}


def repaired(plan: SeasonPlan, staff: Hat) -> SeasonPlan:
    """Let the river fall where most forums lie on it, and put the answer with the fewest changes in force."""
    hit = hit_by_low_water(plan)
    if not hit:
        return plan
    days = [visit.day for visit in hit]
    trouble = Trouble(
        first=min(days),
        last=min(days) + timedelta(days=LOW_DAYS),
        reason="Air surut: perahu tidak dapat lewat",
        villages=tuple(visit.village_id for visit in hit),
    )
    answers = services.repair(
        plan_id=plan.pk,
        trouble=trouble,
        today=FALLEN.date(),
        actor=staff,
        at=FALLEN,
        progress=schedule.rounds(REPAIR_ROUNDS),
    )
    made = answers.searched
    services.publish(plan_id=made.pk, version=made.version, actor=staff, at=REPAIRED)
    return made


def hit_by_low_water(plan: SeasonPlan) -> list[PlanVisit]:
    """Return the forums of the next days in the kecamatan with most of them on the river, agreed ones left out."""
    fixed = set(plan.season.wishes.filter(fixed_date__isnull=False).values_list("village_id", flat=True))
    near = [
        visit
        for visit in queries.visits_of(plan)
        if visit.village.access_mode in RIVERS
        and visit.village_id not in fixed
        and FIRST_DAY <= visit.day <= FIRST_DAY + timedelta(days=LOW_DAYS)
    ]
    counts = Counter(visit.village.district_id for visit in near)
    most = max(counts, key=lambda district: (counts[district], district), default="")
    return [visit for visit in near if visit.village.district_id == most]
