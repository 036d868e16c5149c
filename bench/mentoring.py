"""The lists of mentoring among 1,500 visits and 6,000 findings, saving a sheet, monthly reports: queries and CPU ms.

A fresh process with a database of its own in a temporary folder. Run ``./rembuk bench mentoring``, or this file alone.
"""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))

from fresh import Result, apart, started  # beside this file, no package

if TYPE_CHECKING:
    from rembuk.guidance.mentoring.models import ActionItem, Finding, Visit

VILLAGES, VISITS, ITEMS, REPEATS, SAVES = 193, 1_500, 6_000, 40, 30
NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
STATES = ("closed", "closed", "closed", "open", "in_progress", "overdue", "submitted", "rejected", "waived")
SEVERITIES = ("critical", "major", "minor", "minor", "advice")
LISTS = (
    ("/kunjungan/", "daftar kunjungan"),
    ("/kunjungan/?keadaan=reported&cari=desa", "daftar kunjungan tersaring"),
    ("/temuan/", "daftar temuan"),
    ("/temuan/?tingkat=critical&keadaan=terbuka&lewat=ya", "temuan tersaring"),
    ("/temuan/?cari=papan&hal=20", "temuan dicari, halaman jauh"),
    ("/tindak-lanjut/", "yang menunggu saya"),
    ("/laporan-pendamping/terkumpul/?bulan=2026-08", "laporan terkumpul"),
)
OWN = (("/laporan-pendamping/", "laporan saya"),)
MONTH = (("/laporan-pendamping/bulan/2026-08/", "laporan satu bulan"),)
MOST_OF_A_LIST, MOST_OF_A_MONTH = 10.0, 14.0
"""Queries. A month is no list: it gathers visits, findings, promises, questions and forums."""


def set_up() -> None:
    """Open an empty database and its tables, as a fresh office would."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembuk.config.settings.test")
    import django  # the settings must be named first

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)


def places() -> list[str]:
    """Make a regency of 18 districts and 193 villages. Returns the keys of the villages."""
    from rembuk.regions.models import District, Regency, Village

    regency = Regency.objects.create(code="64.02", name="Contoh", province_name="Contoh")
    made = []
    for number in range(VILLAGES):
        code = f"64.02.{number % 18 + 1:02d}"
        district = District.objects.get_or_create(code=code, defaults={"name": f"Kec {code}", "regency": regency})[0]
        key = f"{code}.{2000 + number}"
        letters = chr(65 + number // 26) + chr(65 + number % 26)
        Village.objects.create(
            id=key,
            code=key,
            name=f"Desa {number}",
            district=district,
            regency=regency,
            number_prefix=f"{letters}X",
            access_mode="river" if number % 3 else "road",
        )
        made.append(key)
    return made


def person(role: str, village: str = "", district: str = "") -> object:
    """Make somebody who holds *role*; returns the assignment."""
    from rembuk.accounts.models import Assignment, Person

    who = Person.objects.create_person(
        username=f"{role}{village}{district}".lower(), name=f"{role} {village}{district}"
    )
    return Assignment.objects.create(
        person=who,
        role=role,
        regency_id="64.02",
        district_id=village[:8] or district or None,
        village_id=village or None,
        decree_number="1/2026",
        start_date=date(2020, 1, 1),
        end_date=date(2099, 12, 31),
    )


def fill(villages: list[str], recorder: uuid.UUID) -> None:
    """Store the visits, what was promised on them, and the monthly reports of a few months."""
    from rembuk.guidance.mentoring.models import Visit, VisitMember

    visits = [visit_of(n, villages[n % VILLAGES], recorder) for n in range(VISITS)]
    Visit.objects.bulk_create(visits, batch_size=500)
    VisitMember.objects.bulk_create(
        (VisitMember(visit=visit, person_id=recorder, role="PTP", is_lead=True) for visit in visits), batch_size=500
    )
    fill_promises(visits, recorder)
    fill_reports(villages)


def visit_of(n: int, village: str, recorder: uuid.UUID) -> "Visit":
    from rembuk.guidance.mentoring.models import Visit

    day = date(2026, 1, 5) + timedelta(days=n % 250)
    return Visit(
        village_id=village,
        planned_date=day,
        visit_date=day,
        state="reported",
        stage=f"K{n % 12 + 1}",
        travel_minutes=60,
        work_minutes=90,
        planned_by=recorder,
        reported_by=recorder,
        captured_at=NOW,
        received_at=NOW,
        body_digest="0" * 64,
        team_text="PTP Contoh",
    )


def fill_promises(visits: "list[Visit]", recorder: uuid.UUID) -> None:
    """Store a finding, its promise and its first step for each number."""
    from rembuk.guidance.mentoring.models import ActionItem, ActionStep, Finding

    findings = [finding_of(n, visits[n % VISITS], recorder) for n in range(ITEMS)]
    items = [item_of(n, finding, recorder) for n, finding in enumerate(findings)]
    steps = [ActionStep(item=item, order=1, event="open", state="open", by=recorder, at=NOW) for item in items]
    Finding.objects.bulk_create(findings, batch_size=500)
    ActionItem.objects.bulk_create(items, batch_size=500)
    ActionStep.objects.bulk_create(steps, batch_size=500)


def finding_of(n: int, visit: "Visit", recorder: uuid.UUID) -> "Finding":
    from rembuk.guidance.mentoring.models import Finding

    return Finding(
        visit=visit,
        village_id=visit.village_id,
        order=n // VISITS + 1,
        severity=SEVERITIES[n % 5],
        text=f"Papan informasi nomor {n} belum memuat RKP",
        recorded_by=recorder,
        captured_at=NOW,
        received_at=NOW,
    )


def item_of(n: int, finding: "Finding", recorder: uuid.UUID) -> "ActionItem":
    from rembuk.guidance.mentoring.models import ActionItem

    state, opened = STATES[n % 9], finding.visit.planned_date
    judged = state == "closed"
    handed = judged or state in ("submitted", "rejected")
    return ActionItem(
        finding=finding,
        village_id=finding.village_id,
        severity=finding.severity,
        recommendation=f"Pasang ringkasan RKP di papan nomor {n}",
        owner_role="SDK",
        recorded_by=recorder,
        opened_date=opened,
        due_date=opened + timedelta(days=30),
        state=state,
        submitted_by=uuid.UUID(int=2) if handed else None,
        evidence_at=NOW if handed else None,
        verified_by=uuid.UUID(int=3) if judged else None,
        verified_at=NOW if judged else None,
        met_date=date(2026, 9, 1) if judged else None,
        ended_reason="Tidak berlaku" if state == "waived" else "",
    )


def fill_reports(villages: list[str]) -> None:
    """Store the facilitators of all villages, and their reports of August: two of three handed in."""
    from rembuk.accounts.models import Assignment
    from rembuk.core.guidance.monthly_figures import MonthFigures
    from rembuk.guidance.mentoring.models import MonthlyReport

    figures = MonthFigures()
    reports = []
    for n, village in enumerate(villages):
        facilitator = person("PLD", village=village)
        assert isinstance(facilitator, Assignment)
        if n % 3:
            reports.append(
                MonthlyReport(
                    person_id=facilitator.person_id,
                    role="PLD",
                    regency_id="64.02",
                    district_id=village[:8],
                    village_id=village,
                    month=date(2026, 8, 1),
                    state="submitted",
                    figures=figures.data,
                    figures_digest=figures.digest,
                    submitted_at=NOW,
                    submitted_date=NOW.date(),
                )
            )
    MonthlyReport.objects.bulk_create(reports, batch_size=500)


def client_of(assignment: object) -> object:
    from django.test import Client

    from rembuk.accounts.models import Assignment

    assert isinstance(assignment, Assignment)
    client = Client()
    client.force_login(assignment.person)
    return client


def cpu(act: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that *act* takes: the machine may be busy with others."""
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def measure_lists(client: object, lists: tuple[tuple[str, str], ...], most: float = MOST_OF_A_LIST) -> Result:
    """Return queries and the 95th of a hundred of each list, as the one who asks for it sees it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(client, Client)
    found: Result = []
    for address, name in lists:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        queries = len(asked)  # the next request empties the log
        assert answer.status_code == 200, (address, answer.status_code)
        times = [cpu(lambda address=address: client.get(address)) for _turn in range(REPEATS)]  # type: ignore[misc]
        found.append((f"pendampingan, {name}: query", float(queries), most))
        found.append((f"pendampingan, {name}: milidetik prosesor (p95)", p95(times), 100.0))
    return found


def measure_sheet(client: object, villages: list[str]) -> Result:
    """Return the 95th of a hundred of saving a sheet with two findings and an answered checklist, by its form."""
    from django.test import Client

    from rembuk.guidance.mentoring.models import ActionItem

    assert isinstance(client, Client)
    times, opened = [], []
    for turn in range(SAVES + 1):
        key, village = uuid.uuid4(), villages[turn * 18 % VILLAGES // 18 * 18]
        begin = {"kunci": str(key), "desa": village, "tanggal": "2026-01-02"}
        assert client.post("/kunjungan/baru/", begin).status_code == 302
        opened.append(cpu(lambda key=key: client.get(f"/kunjungan/{key}/lembar/")))  # type: ignore[misc]
        owed = ActionItem.objects.filter(village_id=village).exclude(state__in=("closed", "waived"))
        form = {f"janji-{item}": "open" for item in owed.values_list("pk", flat=True)}
        form |= {"tanggal": "2026-01-02", "tahapan": "K9", "versi_daftar": "2026-1", "jumlah": "2", "ttd": "program"}
        form |= {f"b-K9-{n}": "yes" for n in range(1, 5)}
        for n in (1, 2):
            form |= {f"t-{n}-temuan": "Papan kosong", f"t-{n}-tingkat": "minor"}
            form |= {f"t-{n}-rekomendasi": "Pasang papan", f"t-{n}-pemilik": "SDK"}
        answers: list[int] = []
        times.append(cpu(lambda: answers.append(client.post(f"/kunjungan/{key}/lembar/", form).status_code)))  # noqa: B023
        assert answers == [302], answers
    # The first turn reads the templates from the disk, as a server does once.
    return [
        ("pendampingan, lembar kunjungan dibuka: milidetik prosesor (p95)", p95(opened[1:]), 150.0),
        ("pendampingan, lembar kunjungan disimpan: milidetik prosesor (p95)", p95(times[1:]), 150.0),
    ]


def measure() -> Result:
    """Seed, then measure."""
    from rembuk.accounts.models import Assignment

    villages = places()
    recorder = person("PTP", district=villages[0][:8])
    assert isinstance(recorder, Assignment)
    for village in villages[:40]:
        person("SDK", village=village)
    fill(villages, recorder.person_id)
    writer = client_of(recorder)
    return [
        *measure_lists(client_of(person("STF")), LISTS),
        *measure_lists(writer, OWN),
        *measure_lists(writer, MONTH, MOST_OF_A_MONTH),
        *measure_sheet(writer, villages),
    ]


def main() -> Result:
    """Measure in a fresh process with its own data folder."""
    return apart(__file__)


if __name__ == "__main__":
    started(main, set_up, measure)
