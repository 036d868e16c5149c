"""Public pages of 193 villages: server time made anew and kept, with ten times the data, and the memory of open data.

The example is built in a temporary folder. Each figure is CPU time within the process, so that others on the machine do
not count: the 95th percentile over all villages, each page once. Then nine more years are told of every village (its
proposals, meetings, plans) and everything is measured again.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Figure = tuple[str, float, float]
TARGET, RATIO, MEGABYTES = 100.0, 1.3, 30.0
YEARS = 9
BATCH = 2_000
PAGES = ("village", "plan", "works", "meetings", "proposals", "documents", "years")
TABLES = ("desa", "usulan", "kegiatan", "apb", "pekerjaan", "musyawarah")


def cpu_of(client: Any, address: str) -> float:
    began = time.process_time()
    answer = client.get(address)
    took = (time.process_time() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code} at {address}")
    return took


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def times_of(client: Any, name: str, codes: Sequence[str]) -> list[float]:
    from django.urls import reverse

    return [cpu_of(client, reverse(f"portal:{name}", args=(code,))) for code in codes]


def fresh(client: Any, name: str, codes: Sequence[str]) -> list[float]:
    """Open a page of every village with nothing kept."""
    from rembuk.portal.cached import shelf

    shelf.clear()
    return times_of(client, name, codes)


def streamed(client: Any, regency: str, year: int, table: str) -> tuple[float, int]:
    """Return the most megabytes that sending one table took, and its bytes."""
    from django.urls import reverse

    tracemalloc.start()
    answer = client.get(reverse("portal:table", args=(regency, year, table, "csv")))
    size = sum(len(part) for part in answer.streaming_content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1_000_000, size


def copies(rows: Sequence[Any], **changes: Any) -> Iterator[Any]:
    """Yield unsaved copies of rows with a new key each. changes: field -> value, or a function of the old row."""
    for row in rows:
        fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        new = {name: value(row) if callable(value) else value for name, value in changes.items()}
        yield type(row)(**{**fields, "id": uuid.uuid4(), **new})


def tell_years(hat: Any) -> None:
    """Tell nine more years of every village: what it proposed, when it met, what it planned."""
    from django.db import transaction

    from rembuk.cycles.models import Cycle
    from rembuk.shared import trail

    now = list(Cycle.objects.filter(budget_year=2027).order_by("pk"))
    for back in range(2, YEARS + 2):
        with transaction.atomic(), trail.acting(hat, "bench.portal"):
            made = list(
                copies(now, budget_year=2027 - back, plan_year=2026 - back, closed_at=lambda row: row.created_at)
            )
            Cycle.objects.bulk_create(made, batch_size=BATCH)
            tell_year(dict(zip((row.pk for row in now), (row.pk for row in made), strict=True)), back)


def tell_year(cycles: dict[Any, Any], back: int) -> None:
    from rembuk.deliberation.models import Attendance, AttendanceTally, Meeting
    from rembuk.plans.models import ItemFunding, RkpdesItem, RkpdesVersion
    from rembuk.proposals.models import Proposal

    def number(row: Any) -> str | None:
        return row.number and f"{row.number[:-8]}-{27 - back:02d}-{row.number[-4:]}"

    def cycle(row: Any) -> Any:
        return cycles[row.cycle_id]

    proposals = Proposal.objects.filter(cycle__in=cycles)
    loose = {"merged_into_id": None, "carried_from_id": None, "receipt_digest": "", "import_batch_id": None}
    save(Proposal, copies(list(proposals), cycle_id=cycle, number=number, **loose))
    meetings = list(Meeting.objects.filter(cycle__in=cycles))
    there = save(Meeting, copies(meetings, cycle_id=cycle))
    known = dict(zip((row.pk for row in meetings), (row.pk for row in there), strict=True))
    for model in (Attendance, AttendanceTally):
        rows = list(model.objects.filter(meeting__in=known))
        save(model, copies(rows, meeting_id=lambda row: known[row.meeting_id]))
    plans = list(RkpdesVersion.objects.filter(cycle__in=cycles))
    open_plans = {"enacted_at": None, "supersedes_id": None}
    drafts = save(RkpdesVersion, copies(plans, cycle_id=cycle, **open_plans))
    plan_of = dict(zip((row.pk for row in plans), (row.pk for row in drafts), strict=True))
    items = list(RkpdesItem.objects.filter(plan__in=plan_of))
    loose_item = {"rpjmdes_item_id": None, "previous_id": None}
    made = save(RkpdesItem, copies(items, plan_id=lambda row: plan_of[row.plan_id], **loose_item))
    item_of = dict(zip((row.pk for row in items), (row.pk for row in made), strict=True))
    money = list(ItemFunding.objects.filter(item__plan__in=plan_of))
    save(ItemFunding, copies(money, item_id=lambda row: item_of[row.item_id]))
    for old, new in zip(plans, drafts, strict=True):
        if old.enacted_at is not None:
            RkpdesVersion.objects.filter(pk=new.pk).update(enacted_at=old.enacted_at)


def save(model: Any, rows: Iterator[Any]) -> list[Any]:
    kept = list(rows)
    model.objects.bulk_create(kept, batch_size=BATCH)
    return kept


def ten_times(hat: Any) -> float:
    """Tell every proposal of the year nine times more; return how many times as many there are."""
    from django.db import transaction

    from rembuk.proposals.models import Proposal
    from rembuk.shared import trail

    rows = list(Proposal.objects.filter(cycle__budget_year=2027))
    loose = {"merged_into_id": None, "carried_from_id": None, "receipt_digest": "", "import_batch_id": None}
    for turn in range(1, YEARS + 1):

        def number(row: Any, turn: int = turn) -> str | None:
            return row.number and f"{row.number[:-4]}{turn}{row.number[-4:]}"

        with transaction.atomic(), trail.acting(hat, "bench.portal"):
            save(Proposal, copies(rows, number=number, **loose))
    return Proposal.objects.filter(cycle__budget_year=2027).count() / len(rows)


def resident_megabytes() -> float:
    """Return the memory of this process now."""
    text = Path("/proc/self/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def poured(client: Any, regency: str, year: int, table: str) -> float:
    """Return the megabytes by which this process grew while it sent one table."""
    from django.urls import reverse

    before = resident_megabytes()
    answer = client.get(reverse("portal:table", args=(regency, year, table, "csv")))
    most = max(resident_megabytes() for turn, _part in enumerate(answer.streaming_content) if turn % 20 == 0)
    return most - before


def searched(client: Any) -> list[float]:
    """Search for words that many, some and none of the texts have."""
    words = ("jembatan", "jalan usaha tani", "air bersih melintang", "posyandu", "zzzz")
    return [cpu_of(client, f"/cari/?cari={word.replace(' ', '+')}") for word in words for _turn in range(3)]


def measure(folder: Path) -> list[Figure]:
    """Return the figures of the example in *folder*."""
    from rembuk.cli.django_setup import prepare

    prepare("demo", folder)
    from django.conf import settings
    from django.test import Client

    from rembuk.core.hat import command_hat
    from rembuk.proposals.models import Proposal
    from rembuk.regions.models import Village
    from rembuk.seed.planting import refresh_statistics

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    codes = list(Village.objects.order_by("pk").values_list("code", flat=True))
    times_of(client, "village", codes[:5])
    figures: list[Figure] = []
    first = {name: p95(fresh(client, name, codes)) for name in PAGES}
    figures += [(f"halaman desa ({name}), dibuat baru: p95 ms CPU", first[name], TARGET) for name in PAGES]
    fresh(client, "village", codes)
    figures.append(("halaman desa, tersimpan: p95 ms CPU", p95(times_of(client, "village", codes)), TARGET))
    figures.append(("halaman kabupaten dengan peta: ms CPU", cpu_of(client, "/kabupaten/64.02/"), 150.0))
    figures.append(("cari di semua desa: p95 ms CPU", p95(searched(client)), 100.0))
    small = {table: streamed(client, "64.02", 2027, table) for table in TABLES}
    figures += [(f"data terbuka {table}: puncak MB", small[table][0], MEGABYTES) for table in TABLES]
    rows = Proposal.objects.count()
    tell_years(command_hat("bangku", "64.02"))
    refresh_statistics()
    grown = Proposal.objects.count() / rows
    figures.append(("data menjadi sekian kali (usulan)", -grown, -9.0))
    later = p95(fresh(client, "village", codes))
    figures.append(("halaman desa dengan sepuluh kali data: p95 ms CPU", later, TARGET))
    figures.append(("halaman desa: sepuluh kali data dibanding semula", later / first["village"], RATIO))
    figures.append(("cari dengan sepuluh kali data: p95 ms CPU", p95(searched(client)), 100.0))
    poured(client, "64.02", 2027, "usulan")
    once = poured(client, "64.02", 2027, "usulan")
    more = ten_times(command_hat("bangku", "64.02"))
    figures.append(("usulan satu tahun menjadi sekian kali", -more, -9.9))
    figures.append(("data terbuka usulan: memori proses bertambah, MB", once, MEGABYTES))
    grown_by = poured(client, "64.02", 2027, "usulan")
    figures.append(("data terbuka usulan, sepuluh kali baris: bertambah, MB", grown_by, MEGABYTES))
    return figures


def main() -> list[Figure]:
    """Return (name, value, target) of each figure."""
    with tempfile.TemporaryDirectory(prefix="rembuk-bench-") as place:
        folder = Path(place) / "demo"
        code = "import sys; from pathlib import Path; from rembuk.cli.demo import build; build(Path(sys.argv[1]))"
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([sys.executable, __file__, str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    return [(told, value, target) for told, value, target in json.loads(done.stdout.splitlines()[-1])]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
