"""Teams by decree and the RPJM Desa in force: what a planning year stands on."""

from datetime import date

from rembuk.core.hat import Role
from rembuk.plans.models import Rpjmdes, RpjmdesItem, Team, TeamMember
from rembuk.seed import chance
from rembuk.seed.scene import Rows, Scene
from rembuk.seed.story import BUDGET_YEAR
from rembuk.seed.wishes import WISHES

# position, element, office, sex ("" by chance)
DRAFTING = (
    ("patron", "PEMDES", "Kepala Desa", ""),
    ("chair", "PEMDES", "Sekretaris Desa", ""),
    ("secretary", "LPM", "Ketua LPM", ""),
    ("member", "PEMDES", "Kaur Perencanaan", "P"),
    ("member", "KPMD", "Kader pemberdayaan", "P"),
    ("member", "PEREMPUAN", "PKK", "P"),
    ("member", "RT", "Ketua RT", "L"),
    ("member", "PEMUDA", "Karang Taruna", ""),
)
VERIFICATION = (
    ("chair", "TOMAS", "Tukang bangunan", "L"),
    ("secretary", "PENDIDIK", "Guru", "P"),
    ("member", "PEMDES", "Kasi Kesejahteraan", ""),
    ("member", "KADERKES", "Kader posyandu", "P"),
    ("member", "WILAYAH", "Wakil dusun", "L"),
)
KINDS = (("drafting", "K2", DRAFTING, "141"), ("verification", "K1", VERIFICATION, "142"))
VISIONS = (
    "Desa yang rukun, sehat, dan hidup dari hasil airnya.",
    "Warga berdaya, jalan terhubung, sungai terjaga.",
    "Desa mandiri dengan layanan yang dekat dengan warga.",
)


def tell(scene: Scene, rows: Rows) -> None:
    """Give the village its teams and its RPJM Desa."""
    for kind, stage, offices, code in KINDS:
        if scene.story.has(stage):
            rows.add(team_of(scene, kind, scene.done[stage], code))
            rows.extend(members_of(scene, kind, offices))
    register_rpjmdes(scene)
    assert scene.rpjmdes is not None
    rows.add(scene.rpjmdes, *scene.rpjmdes_items)


def team_of(scene: Scene, kind: str, day: date, code: str) -> Team:
    team = Team(
        id=scene.key("tim", kind),
        village=scene.village,
        cycle=scene.cycle,
        kind=kind,
        decree_number=scene.number(code, day),
        decree_date=day,
    )
    scene.teams[kind] = team
    return team


def members_of(scene: Scene, kind: str, offices: tuple[tuple[str, str, str, str], ...]) -> list[TeamMember]:
    """Return the members; head and secretary of the village are those who hold the offices."""
    found = []
    for order, (position, element, office, sex) in enumerate(offices, start=1):
        own = {"Kepala Desa": Role.KAD, "Sekretaris Desa": Role.SDK}.get(office)
        name = scene.name(own) if own else chance.person_name(scene.village.id, kind, order, sex=sex)
        found.append(
            TeamMember(
                id=scene.key("anggota", kind, order),
                team=scene.teams[kind],
                order=order,
                name=name,
                sex=sex or ("P" if name.split()[0] in chance.WOMEN else "L"),
                element=element,
                office=office,
                position=position,
            )
        )
    scene.members[kind] = found
    return found


def register_rpjmdes(scene: Scene) -> None:
    """Register the plan of eight years; most wishes of the year can be traced to one of its lines."""
    luck = chance.of("rpjm", scene.village.id)
    start = luck.choice((2022, 2022, 2024))
    day = date(start - 1 if start == 2022 else start, luck.randint(2, 11), luck.randint(2, 27))
    scene.rpjmdes = Rpjmdes(
        id=scene.key("rpjm"),
        village=scene.village,
        perdes_number=f"{luck.randint(2, 9)} Tahun {day.year}",
        perdes_date=day,
        start_year=start,
        end_year=start + 7,
        vision=luck.choice(VISIONS),
    )
    codes = list(dict.fromkeys(wish.code for wish in WISHES if not wish.higher))
    known = luck.sample(codes, len(codes) - luck.randint(3, 6))
    for order, code in enumerate(sorted(known), start=1):
        wish = next(wish for wish in WISHES if wish.code == code)
        years = sorted(
            {BUDGET_YEAR, *luck.sample(range(start, start + 8), 3)} - ({BUDGET_YEAR} if order == 5 else set())
        )
        scene.rpjmdes_items.append(
            RpjmdesItem(
                id=scene.key("rpjm", code),
                rpjmdes=scene.rpjmdes,
                order=order,
                activity_code=code,
                name=wish.title.format(rt="desa").removesuffix(" desa"),
                location="Semua dusun",
                volume_text=f"{wish.volume[1] * len(years)} {wish.unit}",
                years=years,
                cost=wish.volume[1] * wish.price[1] * len(years),
                source="DDS;ADD",
            )
        )
