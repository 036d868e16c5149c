"""What every village of the example may plan: invented, plausible ceilings per source, Dana Desa split in two."""

from datetime import date, datetime

from rembuk.core.hat import Role
from rembuk.funding.models import Ceiling
from rembuk.seed import chance
from rembuk.seed.places import MELINTANG
from rembuk.seed.scene import Rows, Scene, moment
from rembuk.seed.story import BUDGET_YEAR, LATE_LETTER_DATE, LETTER_DATE

LETTER_NUMBER, LATE_LETTER_NUMBER = "900/1987/DPMD", "900/2214/DPMD"
PER_RT = 150_000_000
STEP = 100_000
MELINTANG_CEILINGS = {
    ("DDS", "", ""): 390_800_000,
    ("DDS", "KDMP", ""): 540_300_000,
    ("ADD", "", ""): 1_246_800_000,
    ("PBH", "", ""): 96_300_000,
    ("PBK", "", "RTKU"): 1_350_000_000,
    ("PAD", "", ""): 48_000_000,
}


def tell(scene: Scene, rows: Rows) -> None:
    """Give the village its ceilings if the letter has reached it; its own estimate (PAD) stands from the start."""
    amounts = MELINTANG_CEILINGS if scene.village.id == MELINTANG else drawn(scene)
    received = scene.done.get("K3")
    late = scene.story.late_letter
    letter = (LATE_LETTER_NUMBER, LATE_LETTER_DATE) if late else (LETTER_NUMBER, LETTER_DATE)
    for (source, earmark, programme), amount in amounts.items():
        own = source == "PAD"
        if not own and received is None:
            continue
        ceiling = Ceiling(
            id=scene.key("pagu", source, earmark, programme),
            village=scene.village,
            budget_year=BUDGET_YEAR,
            source=source,
            earmark=earmark,
            programme=programme,
            amount=amount,
            in_force=True,
            **(estimate(scene) if own else by_letter(scene, *letter, received)),
        )
        scene.ceilings.append(ceiling)
        rows.add(ceiling)


def drawn(scene: Scene) -> dict[tuple[str, str, str], int]:
    """Return (source, earmark, programme) -> rupiah in steps of Rp100.000."""
    luck = chance.of("pagu", scene.village.id)
    size = (scene.village.population or 1000) / 5200
    dds = int((230_000_000 + 260_000_000 * size) * luck.uniform(0.9, 1.1)) // STEP * STEP
    return {
        ("DDS", "", ""): dds,
        ("DDS", "KDMP", ""): int(dds * 1.38) // STEP * STEP,
        ("ADD", "", ""): int((880_000_000 + 900_000_000 * size) * luck.uniform(0.92, 1.08)) // STEP * STEP,
        ("PBH", "", ""): luck.randint(380, 1650) * STEP,
        ("PBK", "", "RTKU"): len(scene.rts) * PER_RT,
        ("PAD", "", ""): luck.randint(80, 900) * STEP,
    }


def by_letter(scene: Scene, number: str, day: date, received: date | None) -> dict[str, object]:
    """Return what stands beside a figure of the regency's letter."""
    return {
        "letter_number": number,
        "letter_date": day,
        "file": scene.files["pagu"],
        "received_date": received,
        "entered_by": chance.key("orang", "bpkad"),
        "issued_at": issued(day),
        "issued_by": chance.key("orang", "kabid"),
    }


def issued(day: date) -> datetime:
    return moment(day, 14, 20)


def estimate(scene: Scene) -> dict[str, object]:
    """Return what stands beside the village's own estimate."""
    day = scene.done["K1"]
    return {
        "basis": "Perkiraan desa dari sewa kios dan hasil tambatan perahu.",
        "entered_by": scene.person(Role.SDK),
        "issued_at": moment(day, 15, 10),
        "issued_by": scene.person(Role.SDK),
    }
