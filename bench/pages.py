"""Server time of pages of RPJM, assessment, APB Desa, works, papers and self-check, in a village larger than most.

The example is built in a temporary folder and one of its villages gets, by the services, an RPJM Desa of 150 activities
under review, an RKP Desa of 100 being amended, an APB Desa of 100 lines and its works. Each figure is the median CPU
time of ten requests within the process, so that others on the machine do not count. Target: 150 ms.
"""

import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

Result = list[tuple[str, float, float]]
TARGET, TURNS = 150.0, 10
YEAR = 2026
LINES, PROMISES = 100, 150
FIELDS = ("1.1.01", "2.2.02", "2.3.11", "2.4.11", "3.4.03", "4.2.01")
PHYSICAL = ("2.3.11", "2.4.11")
"""Codes of FIELDS whose works are built, so that a photo goes with their progress."""


class Scene:
    """The large village and the things whose pages are asked for."""

    def __init__(self) -> None:
        from rembuk.accounts.models import Assignment, Person
        from rembuk.core.hat import Role
        from rembuk.regions.models import Village
        from rembuk.shared import clock

        self.at: datetime = clock.now()
        self.village = Village.objects.filter(district="64.02.18").exclude(id="64.02.18.2003").order_by("id")[0]
        self.people = {}
        for role in (Role.SDK, Role.TIM, Role.TPK, Role.KAU):
            person = Person.objects.create_person(username=f"bench.{role.lower()}", name=f"Bangku {role}")
            self.people[role] = Assignment.objects.create(
                person=person,
                role=role,
                regency=self.village.regency,
                district=self.village.district,
                village=self.village,
                start_date=date(YEAR, 1, 1),
                end_date=date(YEAR, 12, 31),
                decree_number="188/1",
            )
        self.hats = {str(role): assignment.hat() for role, assignment in self.people.items()}

    @property
    def day(self) -> date:
        return self.at.date()


def name(number: int) -> str:
    return f"Kegiatan {number:03d} semenisasi gang dan titian ulin RT {number % 9 + 1:02d}"


def review(scene: Scene) -> Any:
    """Open the review of the village's RPJM Desa and let it grow to PROMISES activities."""
    from rembuk.plans.queries import active_rpjmdes
    from rembuk.plans.services import CellEdit, GroundValues
    from rembuk.plans.services.rpjm_items import edit_rpjm_cells
    from rembuk.plans.services.rpjm_review import open_review

    base = active_rpjmdes(scene.village.id)
    assert base is not None
    ground = GroundValues("POLICY_CHANGE", "050/12", scene.day - timedelta(10), "Kebijakan kabupaten berubah.")
    made = open_review(
        rpjmdes_id=base.id,
        ground=ground,
        on=scene.day,
        end_year=base.end_year,
        actor=scene.hats["SDK"],
        at=scene.at,
    )
    edits = []
    for number in range(PROMISES - made.items.count()):
        key = uuid.uuid4()
        cells = {"name": name(number), "activity_code": FIELDS[number % 6], "location": "Dusun Hulu", "size": "120 m"}
        years = range(made.start_year, made.end_year + 1)
        cells |= {f"amount:{year}": "12.500.000" for year in years if (year + number) % 3}
        edits += [CellEdit(key, column, text, 0) for column, text in cells.items()]
    edit_rpjm_cells(rpjmdes_id=made.id, edits=edits, actor=scene.hats["TIM"], at=scene.at)
    return made


def last_years_plan(scene: Scene) -> Any:
    """Write an RKP Desa of LINES activities that its Perdes sealed, as an import of last year would."""
    from django.db import transaction

    from rembuk.cycles.models import Cycle, StageRecord
    from rembuk.plans.content import content_hash
    from rembuk.plans.models import RkpdesVersion
    from rembuk.shared import trail

    with transaction.atomic(), trail.acting(scene.hats["SDK"], "bench.pages"):
        cycle = Cycle.objects.create(
            village=scene.village, plan_year=YEAR - 1, budget_year=YEAR, profile="kukar-2025", closed_at=scene.at
        )
        StageRecord.objects.create(
            cycle=cycle, stage="K14", state="done", completed_at=scene.at, done_date=date(YEAR - 1, 10, 6)
        )
        StageRecord.objects.create(cycle=cycle, stage="K17")
        plan = RkpdesVersion.objects.create(village=scene.village, cycle=cycle)
        fill_plan(plan)
        plan.perdes_number, plan.perdes_date, plan.promulgated_date = "4 Tahun 2025", *[date(YEAR - 1, 9, 25)] * 2
        plan.perdes_state = "promulgated"
        plan.content_hash = content_hash(plan)
        plan.state, plan.enacted_at = "enacted", scene.at - timedelta(200)
        plan.save()
    return plan


def fill_plan(plan: Any) -> None:
    """Give a plan LINES activities, each with its money and an estimate of ten lines."""
    from rembuk.plans.models import ItemFunding, RabLine, RkpdesItem

    items = [
        RkpdesItem(
            plan=plan,
            order=number,
            activity_code=FIELDS[number % 6],
            name=name(number),
            location="Dusun Hulu",
            volume=Decimal(120),
            unit="m",
            is_physical=FIELDS[number % 6] in PHYSICAL,
            schedule="Maret-Juli",
        )
        for number in range(LINES)
    ]
    RkpdesItem.objects.bulk_create(items)
    ItemFunding.objects.bulk_create(ItemFunding(item=item, source="DDS", amount=10_000_000) for item in items)
    estimate = {"description": "Bahan", "volume": 1, "unit": "paket", "unit_price": 1_000_000, "amount": 1_000_000}
    RabLine.objects.bulk_create(
        RabLine(item=item, section=1 + line % 3, **estimate) for item in items for line in range(10)
    )


def ceilings(scene: Scene) -> None:
    """Let the regency's final letter fall below what the plan was made for, so that the cut line has to be drawn."""
    from rembuk.accounts.models import Assignment
    from rembuk.core.money import Rupiah
    from rembuk.funding import services as funding
    from rembuk.shared import files

    staff, head = (Assignment.objects.get(person__username=who).hat() for who in ("staf", "kabid"))
    scan = files.store(b"%PDF-1.4 surat pagu", name="pagu.pdf", village_id=scene.village.id, hat=scene.hats["SDK"])
    for amount, days, final in ((LINES * 10_000_000, 230, False), (LINES * 7_000_000, 100, True)):
        at = scene.at - timedelta(days)
        enter = funding.revise_ceilings if final else funding.enter_ceilings
        enter(
            village=scene.village,
            budget_year=YEAR,
            lines=[funding.Line("DDS", Rupiah(amount))],
            letter=funding.Letter("900/7", at.date(), at.date(), scan),
            actor=staff,
            at=at,
            **({"final": True} if final else {}),
        )
        funding.issue_ceilings(place=scene.village.place, budget_year=YEAR, actor=head, at=at)


def budget(scene: Scene, cycle_id: uuid.UUID) -> Any:
    """Hand the plan over and bring the budget back as an XLSX that differs from it in every seventh row."""
    from rembuk.budgeting import services as budgets
    from rembuk.shared.sheets import xlsx_bytes

    budgets.hand_over(cycle_id=cycle_id, actor=scene.hats["SDK"], at=scene.at)
    rows: list[tuple[str | int | None, ...]] = []
    for number in sorted(range(LINES), key=lambda one: FIELDS[one % 6]):
        amount = 10_000_000 - 1_000_000 * (number % 7 == 0)
        rows.append((FIELDS[number % 6], name(number), "Dusun Hulu", amount, "DDS"))
    header = ("Kode Rekening", "Uraian", "Lokasi", "Anggaran (Rp)", "Sumber Dana")
    batch = budgets.upload_apbdes(
        cycle_id=cycle_id,
        content=xlsx_bytes([("APBDes", header, rows)]),
        name="apb.xlsx",
        actor=scene.hats["SDK"],
        at=scene.at,
    )
    budgets.save_apbdes(import_id=batch.pk, actor=scene.hats["SDK"], at=scene.at)
    return batch


def running_works(scene: Scene, cycle_id: uuid.UUID) -> Any:
    """Open every work; what is not built reports twice and is paid twice."""
    from rembuk.works import services as works

    made = works.open_works(cycle_id=cycle_id, keys=None, actor=scene.hats["SDK"], at=scene.at)
    for work in made:
        for percent in () if work.physical else (20, 60):
            seen = works.ProgressValues(seen_date=f"{YEAR}-0{percent // 20 + 2}-10", percent=str(percent))
            works.report(work_id=work.pk, progress_id=uuid.uuid4(), values=seen, actor=scene.hats["TPK"], at=scene.at)
            paid = works.PaymentValues(paid_date=f"{YEAR}-0{percent // 20 + 2}-12", source="DDS", amount="2.000.000")
            works.pay(work_id=work.pk, payment_id=uuid.uuid4(), values=paid, actor=scene.hats["KAU"], at=scene.at)
    return made[-1]


def addresses(scene: Scene) -> Iterator[tuple[str, str, str]]:
    """Yield (who, name of the page, address), making the things first."""
    from django.urls import reverse

    from rembuk.cycles.models import Cycle
    from rembuk.plans.services import GroundValues, open_amendment

    rpjm, plan = review(scene), last_years_plan(scene)
    ceilings(scene)
    ground = GroundValues("CEILING_CHANGE", "900/7", scene.day - timedelta(100), "Pagu turun.")
    second = open_amendment(plan_id=plan.pk, ground=ground, actor=scene.hats["SDK"], at=scene.at)
    batch = budget(scene, plan.cycle_id)
    work = running_works(scene, plan.cycle_id)
    following = Cycle.objects.get(village=scene.village, budget_year=YEAR + 1)
    line, item = rpjm.items.order_by("order", "id")[0], second.items.order_by("order", "id")[0]
    here = (
        ("RPJM: matriks", "plans:rpjm_draft", rpjm.cycle_id),
        ("RPJM: kegiatan", "plans:rpjm_item", line.pk),
        ("RPJM: usulan", "plans:rpjm_origins", rpjm.cycle_id),
        ("RPJM: program masuk desa", "plans:rpjm_policy", rpjm.cycle_id),
        ("RPJM: tinjau", "plans:rpjm_review", rpjm.cycle_id),
        ("RPJM: langkah", "plans:rpjm_steps", rpjm.cycle_id),
        ("RPJM: daftar kegiatan", "plans:rpjmdes", scene.village.id),
        ("RKP: kisi perubahan", "plans:grid", second.pk),
        ("RKP: perubahan dan garis pagu", "plans:amendment", second.pk),
        ("RKP: langkah", "plans:steps", second.pk),
        ("RKP: temuan", "plans:findings", second.pk),
        ("RKP: RAB", "plans:rab", item.pk),
        ("RKP: langkah Perdes", "plans:perdes", plan.pk),
        ("RKP: DU-RKP", "plans:du", plan.cycle_id),
        ("APB: beranda", "budgeting:apbdes", plan.cycle_id),
        ("APB: selisih", "budgeting:difference", plan.cycle_id),
        ("APB: langkah", "budgeting:apbdes_steps", plan.cycle_id),
        ("APB: berkas yang dibaca", "budgeting:apbdes_import", batch.pk),
        ("pelaksanaan: papan", "works:cycle", plan.cycle_id),
        ("pelaksanaan: pekerjaan", "works:work", work.pk),
        ("pelaksanaan: evaluasi F25", "plans:evaluation", following.pk),
        ("evaluasi: cek mandiri", "evaluation:self_check", plan.cycle_id),
        ("dokumen: kelengkapan", "documents:cycle", plan.cycle_id),
        ("dokumen: bundel", "documents:bundle", plan.cycle_id),
        ("dokumen: surat", "documents:letters", plan.cycle_id),
        ("dokumen: lembar bertanda tangan", "documents:scans", plan.cycle_id),
    )
    for told, route, key in here:
        yield "bench.sdk", told, reverse(route, args=(key,))
    yield "bench.sdk", "dokumen: arsip", reverse("documents:list")
    for code, subject in (("F26", f"plan:{second.pk}"), ("F33", f"plan:{second.pk}"), ("F17", f"rpjm:{rpjm.pk}")):
        yield "bench.sdk", f"dokumen: {code}", reverse("documents:paper", args=(code, subject))
    yield from addresses_of_example()


def addresses_of_example() -> Iterator[tuple[str, str, str]]:
    """Yield the pages of the example that need nothing made: the assessment of one village, lists of the regency."""
    from django.urls import reverse

    from rembuk.assessment.models import Assessment

    assessment = Assessment.objects.order_by("id")[0].pk
    for route in ("detail", "sketches", "seasons", "institutions", "trees", "studies", "report"):
        yield "sekdes", f"PKD: {route}", reverse(f"assessment:{route}", args=(assessment,))
    yield "sekdes", "PKD: data", reverse("assessment:data", args=(assessment, "natural"))
    yield "sekdes", "PKD: peringkat", reverse("assessment:ranking", args=(assessment, "problem"))
    yield "sekdes", "keterlibatan: desa", reverse("dashboards:village_inclusion", args=("64.02.18.2003",))
    for route in (
        "dashboards:inclusion",
        "budgeting:apbdes_list",
        "works:list",
        "assessment:list",
        "cycles:rpjm_list",
        "plans:received",
    ):
        yield "kabid", f"kabupaten: {route}", reverse(route)


def measure(folder: Path) -> Result:
    """Ask for every page in this process. Raises: RuntimeError where a page does not answer."""
    from rembuk.cli.django_setup import prepare

    prepare("demo", folder)
    from django.conf import settings
    from django.test import Client

    from rembuk.accounts.models import Person

    settings.ALLOWED_HOSTS = ["*"]
    clients: dict[str, Client] = {}
    figures: Result = []
    for who, told, address in list(addresses(Scene())):
        if who not in clients:
            clients[who] = Client()
            clients[who].force_login(Person.objects.get(username=who))
        answer = clients[who].get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{told}: {answer.status_code} at {address}")
        times = sorted(cpu_of(clients[who], address) for _turn in range(TURNS))
        figures.append((f"{told}, milidetik CPU (median {TURNS})", times[TURNS // 2], TARGET))
    return figures


def cpu_of(client: Any, address: str) -> float:
    began = time.process_time()
    client.get(address)
    return (time.process_time() - began) * 1000


def main() -> Result:
    """Return (name, value, target) of each figure."""
    with tempfile.TemporaryDirectory(prefix="rembuk-bench-") as place:
        folder = Path(place) / "demo"
        code = "import sys; from pathlib import Path; from rembuk.cli.demo import build; build(Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([sys.executable, __file__, str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    return [(told, value, target) for told, value, target in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
