"""The year before, in one village of the example: its plan became a budget, its budget works, one of them handed over.

Everything goes through the services that people use, on the days on which it would have happened.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from rembuk.budgeting import services as budgets
from rembuk.budgeting.services.law import StepValues
from rembuk.core.hat import Hat, Role
from rembuk.core.workflow.photo_looks import NOBODY
from rembuk.cycles.models import Cycle, StageRecord
from rembuk.plans.content import content_hash
from rembuk.plans.models import ItemFunding, RabLine, RkpdesItem, RkpdesVersion
from rembuk.seed import chance, pictures
from rembuk.seed.places import MELINTANG
from rembuk.seed.planning import estimate_of
from rembuk.seed.scene import Scene, moment
from rembuk.seed.story import PLAN_YEAR
from rembuk.shared import trail
from rembuk.shared.sheets import xlsx_bytes
from rembuk.works import services
from rembuk.works.models import Work
from rembuk.works.services import (
    ClosingValues,
    ContractValues,
    ObstacleValues,
    PaymentValues,
    ProgressValues,
    Uploaded,
)

YEAR = PLAN_YEAR
BRIDGE, HALL, FOOD, HEAD_PAY, AID = (
    "Titian ulin RT 03",
    "Rehab posyandu Anggrek",
    "Makanan tambahan posyandu",
    "Penghasilan tetap dan tunjangan Kepala Desa",
    "BLT Desa",
)
NOT_LOOKED_AT = (date(PLAN_YEAR, 8, 24), 80)
"""The newest photo of the unfinished work waits for the secretary."""
FLOOD = "Penanganan banjir Sungai Melintang"
# code, name, place, volume, unit, what the plan gives, what the budget gave, physical
ITEMS = (
    ("1.1.01", HEAD_PAY, "Kantor Desa", 12, "bulan", 62_400_000, 62_400_000, "ADD", False),
    ("2.2.02", FOOD, "Desa", 12, "bulan", 36_000_000, 36_000_000, "DDS", False),
    ("2.2.09", HALL, "Dusun Hilir", 1, "unit", 64_500_000, 64_500_000, "DDS", True),
    ("2.3.11", BRIDGE, "Dusun Tengah", 120, "m", 150_000_000, 148_500_000, "DDS", True),
    ("5.3.00", AID, "Desa", 12, "bulan", 43_200_000, 43_200_000, "DDS", False),
)
FLOOD_MONEY = 12_000_000
ESTIMATES = (
    (
        "RAB Titian",
        BRIDGE,
        (
            ("Tiang ulin 12x12", 60, "batang", 850_000),
            ("Papan ulin 3x20", 480, "lembar", 110_000),
            ("Paku dan baut", 1, "paket", 4_700_000),
            ("Upah tukang", 200, "HOK", 200_000),
        ),
    ),
    (
        "RAB Posyandu",
        HALL,
        (("Seng dan kayu atap", 1, "paket", 38_000_000), ("Upah tukang", 120, "HOK", 200_000)),
    ),
)
"""Sheet, activity and priced lines of the estimates beside the budget; the health post gets more than it asks for."""
STEPS = (
    ("agree", date(YEAR - 1, 10, 28), "140/11/MLT/2025", ""),
    ("send", date(YEAR - 1, 10, 30), "140/118/MLT/2025", ""),
    ("receive", date(YEAR - 1, 10, 31), "", ""),
    ("find_conform_with_notes", date(YEAR - 1, 11, 24), "188/412/2025", "Lengkapi rincian belanja pemeliharaan."),
    ("sign", date(YEAR - 1, 12, 18), "6 Tahun 2025", ""),
    ("promulgate", date(YEAR - 1, 12, 19), "6 Tahun 2025", ""),
    ("send_to_regent", date(YEAR - 1, 12, 23), "140/131/MLT/2025", ""),
)


def plant_last_year(scenes: Sequence[Scene]) -> int:
    """Tell last year of Melintang, where it is among *scenes*. Returns how many works it gave."""
    scene = next((each for each in scenes if each.village.id == MELINTANG), None)
    if scene is None:
        return 0
    office = hat_of(scene, Role.SDK)
    cycle = cycle_of(scene, office)
    plan_of(scene, cycle, office)
    budget(cycle, office)
    works = {row.name: row for row in services.open_works(cycle_id=cycle.pk, keys=None, actor=office, at=day_at(1, 12))}
    tell_bridge(works[BRIDGE], office)
    tell_hall(works[HALL], office)
    tell_running(works, office)
    return len(works)


def hat_of(scene: Scene, role: Role) -> Hat:
    place = scene.village.place
    return Hat(scene.person(role), scene.name(role), role, place, place_name=scene.village.name)


def day_at(month: int, day: int, year: int = YEAR) -> datetime:
    return moment(date(year, month, day), 10)


@transaction.atomic
def cycle_of(scene: Scene, office: Hat) -> Cycle:
    """Return last year's cycle, closed, of which only the hand-over and the carrying out are told."""
    with trail.acting(office, "seed.last_year"):
        cycle = Cycle.objects.create(
            id=scene.key("siklus", YEAR),
            village=scene.village,
            plan_year=YEAR - 1,
            budget_year=YEAR,
            profile=scene.cycle.profile,
            closed_at=day_at(12, 30, YEAR - 1),
        )
        StageRecord.objects.create(
            id=scene.key("tahap", YEAR, "K14"),
            cycle=cycle,
            stage="K14",
            state=StageRecord.State.DONE,
            done_date=date(YEAR - 1, 10, 6),
            completed_at=day_at(10, 6, YEAR - 1),
            completed_by=scene.person(Role.KAD),
        )
        StageRecord.objects.create(id=scene.key("tahap", YEAR, "K17"), cycle=cycle, stage="K17")
    return cycle


@transaction.atomic
def plan_of(scene: Scene, cycle: Cycle, office: Hat) -> RkpdesVersion:
    """Write last year's plan and seal it as its Perdes did."""
    day = date(YEAR - 1, 9, 25)
    with trail.acting(office, "seed.last_year"):
        plan = RkpdesVersion.objects.create(id=scene.key("rencana", YEAR), village=scene.village, cycle=cycle)
        for order, (code, name, place, volume, unit, planned, _budgeted, source, physical) in enumerate(ITEMS, 1):
            item = RkpdesItem.objects.create(
                id=scene.key("kegiatan", YEAR, name),
                plan=plan,
                order=order,
                activity_code=code,
                name=name,
                location=place,
                volume=Decimal(volume),
                unit=unit,
                schedule=f"Maret-Juli {YEAR}" if physical else f"Januari-Desember {YEAR}",
                planned_implementer="TPK Melintang" if physical else "Kaur Keuangan",
                is_physical=physical,
                has_design=physical,
            )
            ItemFunding.objects.create(id=scene.key("dana", YEAR, name), item=item, source=source, amount=planned)
            RabLine.objects.bulk_create(estimate_of(item, planned))
        plan.perdes_number, plan.gazette_number = f"4 Tahun {YEAR - 1}", "4"
        plan.perdes_date = plan.promulgated_date = day
        plan.bpd_agreement_number, plan.bpd_agreement_date = "188/BPD/03", day
        plan.perdes_state, plan.perdes_dates = (
            "promulgated",
            {"signed": day.isoformat(), "promulgated": day.isoformat()},
        )
        plan.content_hash = content_hash(plan)
        plan.state, plan.enacted_at, plan.enacted_by = "enacted", moment(day, 14), office.person_id
        plan.save()
    return plan


def budget(cycle: Cycle, office: Hat) -> None:
    """Hand the plan over, bring the budget back as Siskeudes prints it, and walk it to its Perdes."""
    budgets.hand_over(cycle_id=cycle.pk, actor=office, at=day_at(10, 6, YEAR - 1))
    brought = day_at(10, 20, YEAR - 1)
    batch = budgets.upload_apbdes(
        cycle_id=cycle.pk, content=budget_sheet(), name=f"apbdes-{YEAR}.xlsx", actor=office, at=brought
    )
    row = str(len(budget_rows()) + 1)
    reason = "Banjir November 2025, sesudah RKP ditetapkan; disepakati Musdes khusus."
    budgets.choose_items(import_id=batch.pk, choices={row: "darurat"}, reasons={row: reason}, actor=office, at=brought)
    version = budgets.save_apbdes(import_id=batch.pk, actor=office, at=brought)
    for event, day, number, note in STEPS:
        values = StepValues(event=event, day=day.isoformat(), number=number, note=note)
        budgets.record_step(apbdes_id=version.apbdes_id, values=values, actor=office, at=moment(day, 15))


def budget_rows() -> list[tuple[str | int | None, ...]]:
    """Return the rows of the budget's sheet: incomes, bidang, activities; the emergency stands last."""
    rows: list[tuple[str | int | None, ...]] = [
        ("4.", "PENDAPATAN", None, None, None),
        ("4.2.1.", "Dana Desa", None, 304_200_000, "DDS"),
        ("4.2.3.", "Alokasi Dana Desa", None, 62_400_000, "ADD"),
        ("5.", "BELANJA", None, None, None),
    ]
    heads = {
        "1": "PENYELENGGARAAN PEMERINTAHAN",
        "2": "PELAKSANAAN PEMBANGUNAN",
        "5": "PENANGGULANGAN BENCANA, DARURAT",
    }
    field = ""
    for code, name, place, _volume, _unit, _planned, budgeted, source, _physical in ITEMS:
        if code[0] != field:
            field = code[0]
            rows.append((f"{field}.", f"BIDANG {heads[field]}", None, None, None))
        rows.append((code, name, place, budgeted, source))
    rows.append(("5.1.00", FLOOD, "Dusun Hulu", FLOOD_MONEY, "DDS"))
    return rows


def budget_sheet() -> bytes:
    """Return the workbook: the budget, and the estimates of the walkway and of the health post."""
    header = ("Kode Rekening", "Uraian", "Lokasi", "Anggaran (Rp)", "Sumber Dana")
    estimates = [(sheet, ("Kegiatan", name, "", "", ""), estimate_rows(rows)) for sheet, name, rows in ESTIMATES]
    return xlsx_bytes([("APBDes", header, budget_rows()), *estimates])


def estimate_rows(rows: Sequence[tuple[str, int, str, int]]) -> list[tuple[str | int | None, ...]]:
    """Return the rows of an estimate as villages type it: heading, priced lines, the sum."""
    found: list[tuple[str | int | None, ...]] = [("Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)")]
    found += [(name, volume, unit, price, volume * price) for name, volume, unit, price in rows]
    total = sum(volume * price for _name, volume, _unit, price in rows)
    return [*found, ("TOTAL BIAYA", None, None, None, total)]


def pay(work: Work, office: Hat, *payments: tuple[date, str, int, str]) -> None:
    for day, source, amount, note in payments:
        values = PaymentValues(paid_date=day.isoformat(), source=source, amount=str(amount), note=note)
        key = uuid_of(work, "bayar", day.isoformat())
        services.pay(work_id=work.pk, payment_id=key, values=values, actor=office, at=moment(day, 16))


def report(work: Work, office: Hat, *reports: tuple[date, int]) -> None:
    for day, percent in reports:
        photo = Uploaded(pictures.board_walk(), f"titian-{percent}.jpg") if work.physical else None
        values = ProgressValues(seen_date=day.isoformat(), percent=str(percent), photo=photo)
        key = uuid_of(work, "maju", percent)
        services.report(work_id=work.pk, progress_id=key, values=values, actor=office, at=moment(day, 16))
        if photo is not None and (day, percent) != NOT_LOOKED_AT:
            services.look_at_photo(progress_id=key, verdict=NOBODY, actor=office, at=moment(day, 17))


def contract(work: Work, office: Hat, number: str, start: date, due: date) -> None:
    values = ContractValues(
        implementer="TPK Melintang", contract_number=number, start_date=start.isoformat(), due_date=due.isoformat()
    )
    services.edit_work(work_id=work.pk, version=work.version, values=values, actor=office, at=moment(start))


def tell_bridge(work: Work, office: Hat) -> None:
    """A work that was built, photographed four times, paid, and handed over."""
    contract(work, office, "SPK/02/MLT/2026", date(YEAR, 3, 2), date(YEAR, 7, 10))
    report(
        work, office, (date(YEAR, 3, 3), 0), (date(YEAR, 4, 14), 40), (date(YEAR, 6, 2), 80), (date(YEAR, 7, 6), 100)
    )
    pay(
        work,
        office,
        (date(YEAR, 3, 9), "DDS", 59_400_000, "Termin 1"),
        (date(YEAR, 6, 8), "DDS", 74_250_000, "Termin 2"),
        (date(YEAR, 7, 13), "DDS", 14_700_000, "Termin 3 dan pelaporan"),
    )
    minutes = pictures.letter("serah-terima", date(YEAR, 7, 15))
    values = ClosingValues(
        minutes_number="027/04/BAST/MLT/2026",
        minutes_date=f"{YEAR}-07-15",
        keeper="Kelompok pengelola titian Dusun Tengah",
        asset_note="Titian ulin 118,5 m, lebar 1,5 m",
        done_volume="118,5",
        file=Uploaded(minutes, "bast-titian.pdf"),
    )
    services.close_work(work_id=work.pk, values=values, actor=office, at=day_at(7, 15))


def tell_hall(work: Work, office: Hat) -> None:
    """A work that is late: the river was too low to bring the wood."""
    contract(work, office, "SPK/05/MLT/2026", date(YEAR, 5, 4), date(YEAR, 8, 31))
    report(work, office, (date(YEAR, 5, 5), 0), (date(YEAR, 6, 22), 40), (date(YEAR, 8, 24), 80))
    pay(work, office, (date(YEAR, 5, 11), "DDS", 25_800_000, "Termin 1"), (date(YEAR, 8, 27), "DDS", 25_800_000, ""))
    values = ObstacleValues(
        noted_date=f"{YEAR}-08-03",
        kind="weather",
        text="Sungai surut, kayu tidak bisa dibawa perahu",
        delay_days="21",
        follow_up="Kayu diangkut lewat Kota Bangun",
    )
    key = uuid_of(work, "kendala", 1)
    services.note_obstacle(work_id=work.pk, obstacle_id=key, values=values, actor=office, at=day_at(8, 3))


def tell_running(works: dict[str, Work], office: Hat) -> None:
    """What runs through the year."""
    for name, source, month_money, percent in (
        (HEAD_PAY, "ADD", 5_200_000, 66),
        (FOOD, "DDS", 3_000_000, 66),
        (AID, "DDS", 3_600_000, 66),
    ):
        report(works[name], office, (date(YEAR, 9, 1), percent))
        pay(works[name], office, *((date(YEAR, month, 28), source, month_money, "") for month in range(1, 9)))
    report(works[FLOOD], office, (date(YEAR, 2, 10), 100))
    pay(works[FLOOD], office, (date(YEAR, 2, 12), "DDS", FLOOD_MONEY, "Sewa perahu dan bahan makanan"))


def uuid_of(work: Work, *parts: object) -> UUID:
    return chance.key(work.pk, *parts)
