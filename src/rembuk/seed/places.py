"""What the official list of regions does not tell, invented for the example: access, signal, hamlets, RT."""

from collections.abc import Sequence

from rembuk.core.hat import Hat
from rembuk.regions.models import Hamlet, Rt, Village
from rembuk.regions.services import load_regency
from rembuk.seed import chance
from rembuk.shared import trail

REGENCY = "64.02"
MELINTANG, PONORAGAN, SEPATIN = "64.02.18.2003", "64.02.02.2006", "64.02.04.2001"
RICH = (MELINTANG, PONORAGAN, SEPATIN)
# Districts along the upper river, round the lakes and on the coast; the rest is reached by road.
ACCESS = {
    "64.02.12": "river",
    "64.02.16": "river",
    "64.02.01": "lake",
    "64.02.18": "lake",
    "64.02.04": "sea",
    "64.02.17": "lake",
}
SIGNAL = {
    "river": (("none", 5), ("weak", 4), ("good", 1)),
    "lake": (("none", 2), ("weak", 5), ("good", 3)),
    "sea": (("none", 3), ("weak", 5), ("good", 2)),
    "mixed": (("weak", 5), ("good", 5)),
    "road": (("weak", 2), ("good", 8)),
}
HAMLET_NAMES = {
    MELINTANG: ("Hulu", "Tengah", "Hilir", "Seberang"),
    PONORAGAN: ("Sumber Rejo", "Karya Mulya", "Tirta Sari"),
    SEPATIN: ("Muara", "Tanjung", "Sei Pemangkaran"),
}
NAMES = ("Hulu", "Tengah", "Hilir", "Seberang", "Sungai Dalam", "Gunung")


def plant_places(hat: Hat, only: Sequence[str] = ()) -> list[Village]:
    """Load the regency and give every village access, signal, hamlets and RT. Returns the villages in code order.

    only: codes of districts; the villages of the others stay as the official list has them.
    """
    load_regency(REGENCY, hat, sample=True)
    found = Village.objects.filter(regency_id=REGENCY, kind="desa").select_related("district")
    villages = list((found.filter(district_id__in=only) if only else found).order_by("id"))
    with trail.acting(hat, "seed.places"):
        for village in villages:
            describe(village)
        fields = ["access_mode", "signal", "population", "settings"]
        Village.objects.bulk_update(villages, fields, batch_size=100)
        hamlets = [hamlet for village in villages for hamlet in hamlets_of(village)]
        Hamlet.objects.bulk_create(hamlets)
        Rt.objects.bulk_create(rt for village in villages for rt in rts_of(village, hamlets))
    return villages


def describe(village: Village) -> None:
    luck = chance.of("desa", village.id)
    village.access_mode = ACCESS.get(village.district_id) or chance.pick(luck, (("road", 8), ("mixed", 2)))
    village.signal = chance.pick(luck, SIGNAL[village.access_mode])
    village.population = luck.randint(600, 5200)


def hamlets_of(village: Village) -> list[Hamlet]:
    names = HAMLET_NAMES.get(village.id) or NAMES[: chance.of("dusun", village.id).randint(2, 5)]
    share = (village.population or 0) // len(names)
    return [
        Hamlet(
            id=chance.key("dusun", village.id, name),
            village=village,
            name=name,
            order=order,
            population=share + 11 * order,
            poor_households=chance.of("miskin", village.id, name).randint(6, 70),
        )
        for order, name in enumerate(names, start=1)
    ]


def rts_of(village: Village, hamlets: list[Hamlet]) -> list[Rt]:
    own = [hamlet for hamlet in hamlets if hamlet.village_id == village.id]
    count = 9 if village.id == MELINTANG else max(len(own), chance.of("rt", village.id).randint(6, 18))
    return [
        Rt(
            id=chance.key("rt", village.id, number),
            village=village,
            hamlet=own[(number - 1) * len(own) // count],
            number=f"{number:02d}",
            household_count=chance.of("kk", village.id, number).randint(18, 70),
        )
        for number in range(1, count + 1)
    ]
