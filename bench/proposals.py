"""The village list among 20,000 proposals of a regency, and the import of 10,000 rows into the database.

Each part runs in a fresh process with a database of its own in a temporary folder. Targets: 8 queries; 10 s and 300 MB.
Run ``./rembuk bench proposals``, or this file alone.
"""

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

VILLAGES, EACH, ROWS, REPEATS = 20, 1_000, 10_000, 30
NOW = datetime(2026, 5, 4, 2, 0, tzinfo=UTC)
NEEDS = ("Semenisasi jalan", "Pembuatan parit", "Penggantian titian ulin", "Sumur bor", "Pelatihan kelompok tani")
HEAD = ("No", "Usulan", "Dusun", "Lokasi", "Volume", "Satuan", "LK", "PR", "A-RTM", "Biaya (Rp)", "Sumber Dana")
COSTS = ("Rp 96.000.000,-", "145.000.000", 64_250_000, "2.500.000-4.000.000", None, "18.000.000,00")
Result = list[tuple[str, float, float]]


def set_up() -> None:
    """Open an empty database and its tables, as a fresh office would."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.test")
    import django  # the settings must be named first

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


def village(number: int) -> object:
    """Make one village with hamlets and an open cycle."""
    from rembuk.cycles.models import Cycle
    from rembuk.regions.models import District, Hamlet, Regency, Village

    regency = Regency.objects.get_or_create(code="64.02", defaults={"name": "Contoh", "province_name": "Contoh"})[0]
    district = District.objects.get_or_create(code="64.02.01", defaults={"name": "Contoh", "regency": regency})[0]
    key = f"64.02.01.{2000 + number}"
    made = Village.objects.create(
        id=key,
        code=key,
        name=f"Desa {number}",
        district=district,
        regency=regency,
        number_prefix=f"{chr(65 + number // 26)}{chr(65 + number % 26)}X",
    )
    for order in range(1, 8):
        Hamlet.objects.create(village=made, name=f"Dusun {order}", order=order)
    Cycle.objects.create(village=made, plan_year=2026, budget_year=2027, profile="kukar-2025")
    return made


def secretary(at: object) -> object:
    """Make the secretary of a village."""
    from datetime import date

    from rembuk.accounts.models import Assignment, Person
    from rembuk.regions.models import Village

    assert isinstance(at, Village)
    person = Person.objects.create_person(username=f"sdk.{at.id}", name="Sekdes")
    return Assignment.objects.create(
        person=person,
        role="SDK",
        regency=at.regency,
        district=at.district,
        village=at,
        start_date=date(2020, 1, 1),
    )


def fill(at: object, sdk: object, count: int) -> None:
    """Store *count* proposals of a village through the service."""
    from rembuk.accounts.models import Assignment
    from rembuk.proposals.services import create_many
    from rembuk.proposals.services.lists import Line
    from rembuk.proposals.values import ProposalValues
    from rembuk.regions.models import Village

    assert isinstance(at, Village) and isinstance(sdk, Assignment)
    hamlets = [hamlet.id for hamlet in at.hamlets.all()]
    lines = [
        Line(
            uuid.uuid4(),
            ProposalValues(
                title=f"{NEEDS[n % 5]} nomor {n} dekat sungai",
                hamlet_id=hamlets[n % 7],
                cost=1_000_000 * (n % 90 + 1),
                activity_code="2.3.11" if n % 3 else "",
            ),
        )
        for n in range(count)
    ]
    create_many(village_id=at.id, lines=lines, origin="seed", act="proposals.grid", actor=sdk.hat(), at=NOW)


def measure_list() -> Result:
    """Ask for the list of one village among 20,000 proposals: queries and CPU milliseconds of the median request."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from rembuk.accounts.models import Assignment

    for number in range(VILLAGES):
        at = village(number)
        sdk = secretary(at)
        fill(at, sdk, EACH)
    assert isinstance(sdk, Assignment)
    client = Client()
    client.force_login(sdk.person)
    client.get("/usulan/")
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/usulan/", {"cari": "parit"})
    assert answer.status_code == 200, answer.status_code
    queries = [query["sql"] for query in asked.captured_queries]
    times = sorted(timed(lambda: client.get("/usulan/")) for _turn in range(REPEATS))
    return [
        ("daftar usulan desa, 20.000 usulan: query seluruh halaman", float(len(queries)), 8.0),
        ("daftar usulan desa, 20.000 usulan: milidetik (median)", times[len(times) // 2] * 1000, 150.0),
        ("daftar usulan desa, 20.000 usulan: milidetik (p95)", times[int(len(times) * 0.95)] * 1000, 150.0),
    ]


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def workbook() -> bytes:
    """Return a list of 10,000 rows as villages make it."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet("Usulan")
    sheet.write_row(0, 0, HEAD)
    for n in range(ROWS):
        place = (f"Dusun {n % 7 + 1}", f"RT {n % 31 + 1:02d}")
        row = (
            n + 1,
            f"{NEEDS[n % 5]} nomor {n} dekat sungai",
            *place,
            n % 400 + 1,
            "m",
            10,
            12,
            3,
            COSTS[n % 6],
            "ADD",
        )
        sheet.write_row(n + 1, 0, row)
    book.close()
    return stream.getvalue()


def measure_import(path: Path) -> Result:
    """Upload, dry run and save 10,000 rows: seconds of the save, of the whole, and the largest memory."""
    from rembuk.accounts.models import Assignment
    from rembuk.proposals.models import Proposal
    from rembuk.proposals.services.imports import check_list, save_list, upload_list
    from rembuk.regions.models import Village

    at = village(0)
    sdk = secretary(at)
    assert isinstance(at, Village) and isinstance(sdk, Assignment)
    hat, began = sdk.hat(), time.perf_counter()
    batch = upload_list(village_id=at.id, content=path.read_bytes(), name=path.name, actor=hat, at=NOW)
    batch = check_list(batch_id=batch.id, mapping=batch.mapping, actor=hat, at=NOW)
    checked = time.perf_counter()
    save_list(batch_id=batch.id, actor=hat, at=NOW)
    done = time.perf_counter()
    assert Proposal.objects.count() == ROWS, (Proposal.objects.count(), batch.rows[-1])
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        ("impor 10.000 usulan: detik periksa kering", checked - began, 10.0),
        ("impor 10.000 usulan: detik simpan ke basis data", done - checked, 10.0),
        ("impor 10.000 usulan: MB", memory, 300.0),
    ]


def child(part: str, *rest: str) -> Result:
    """Run one part in a fresh process with its own data folder."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "REMBUK_DATA": folder, "REMBUK_MODE": "uji"}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, __file__, part, *rest]
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if run.returncode:
        raise RuntimeError(run.stderr[-2_000:])
    return [(name, value, target) for name, value, target in json.loads(run.stdout.strip().splitlines()[-1])]


def main() -> Result:
    """Measure both parts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "usulan.xlsx"
        path.write_bytes(workbook())
        return [*child("daftar"), *child("impor", str(path))]


if __name__ == "__main__":
    if len(sys.argv) == 1:
        for name, value, target in main():
            print(f"{name:<70} {value:>10.2f}  target {target:g}")
    else:
        set_up()
        print(json.dumps(measure_list() if sys.argv[1] == "daftar" else measure_import(Path(sys.argv[2]))))
