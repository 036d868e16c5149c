"""The studio in a real browser: from the moved slider to the painted answer, 120 proposals and 200 different ballots.

The village is made for this run in a temporary folder, served by granian as an office would, and moved by Playwright.
The clock is the browser's own: it starts at the input event and stops one frame after the new figures stand in the
page. Run ``./rembuk bench studio``; it takes about half a minute. Median of the moves; targets in milliseconds.
"""

import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

PROPOSALS, BALLOTS, APPROVED, MOVES = 120, 200, 10, 12
HAMLETS = (("Hulu", 412), ("Tengah", 380), ("Hilir", 295), ("Seberang", 240), ("Muara", 155))
NOW = datetime(2026, 9, 12, 2, 0, tzinfo=UTC)
PASSWORD = "perahu ketinting hijau"
QUICK, SLOW = 100.0, 1000.0
RULES = (
    ("greedy", QUICK),
    ("greedy-per-rupiah", QUICK),
    ("mes", QUICK),
    ("phragmen", QUICK),
    ("optimum", SLOW),
    ("mes-repair", SLOW),
)
Result = list[tuple[str, float, float]]

MEASURE = """([name, value, whole]) => new Promise((done, failed) => {
  const slider = document.getElementById(name);
  const result = document.getElementById("hasil");
  let painted = 0;
  const stop = () => {
    if (whole && result.querySelector("[hx-trigger=load]")) return;
    removeEventListener("htmx:after:swap", stop, true);
    requestAnimationFrame(() => { const frame = new MessageChannel();
      frame.port1.onmessage = () => { painted = performance.now(); done(painted - started); };
      frame.port2.postMessage(0); });
  };
  addEventListener("htmx:after:swap", stop, true);
  setTimeout(() => failed(new Error("no answer")), 30000);
  const started = performance.now();
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def fill(folder: str) -> None:
    """Make the village in *folder*: proposals, money, and a hall whose ballots are counted. Prints the address."""
    from rembuk.cli.django_setup import prepare

    prepare("latihan", Path(folder))
    from rembuk.cli.setup import bring_up_to_date

    bring_up_to_date(Path(folder))
    from rembuk.shared.trail.testing import setting_up

    with setting_up():
        print(village())


def village() -> str:
    from rembuk.accounts.models import Assignment, Person
    from rembuk.cycles.models import Cycle
    from rembuk.deliberation.models import Meeting
    from rembuk.funding.models import Ceiling
    from rembuk.regions.models import District, Hamlet, Regency, Village

    regency = Regency.objects.create(code="64.02", name="Kabupaten Contoh", province_name="Contoh")
    district = District.objects.create(code="64.02.18", name="Contoh", regency=regency)
    key = "64.02.18.2003"
    made = Village.objects.create(
        id=key, code=key, name="Contoh", district=district, regency=regency, number_prefix="CTH"
    )
    hamlets = [
        Hamlet.objects.create(village=made, name=name, order=order, population=people, poor_households=people // 12)
        for order, (name, people) in enumerate(HAMLETS, 1)
    ]
    cycle = Cycle.objects.create(village=made, plan_year=2026, budget_year=2027, profile="kukar-2025")
    for source, amount in (("DDS", 900_000_000), ("ADD", 700_000_000), ("PBH", 150_000_000), ("PBK", 600_000_000)):
        Ceiling.objects.create(
            village=made, budget_year=2027, source=source, amount=amount, in_force=True, issued_at=NOW
        )
    proposals = asked(made, cycle, hamlets)
    meeting = Meeting.objects.create(
        village=made, cycle=cycle, kind="MUSREN", title="Musrenbang", state="running", started_at=NOW,
        scheduled_at=NOW, location="Balai desa", lot_seed="perahu", lot_drawn_at=NOW, count_closed_at=NOW,
    )  # fmt: skip
    cast(meeting, hamlets, proposals)
    person = Person.objects.create_person(username="tim", name="Tim", password=PASSWORD)
    Assignment.objects.create(
        person=person, role="TIM", regency=regency, district=district, village=made, decree_number="1",
        start_date=date(2020, 1, 1), end_date=date(2099, 12, 31),
    )  # fmt: skip
    return f"/meja/{cycle.pk}/"


def asked(made: Any, cycle: Any, hamlets: list[Any]) -> list[Any]:
    from rembuk.proposals.models import Proposal

    luck = random.Random(2027)
    names = ("Semenisasi gang", "Titian ulin", "Sumur bor", "Lampu jalan", "Parit", "Pelatihan tani", "Posyandu")
    rows = [
        Proposal(
            village=made, cycle=cycle, number=f"CTH-27-{number:04d}", title=f"{luck.choice(names)} RT {number:02d}",
            hamlet=luck.choice([*hamlets, None]), activity_code="2.3.11", authority="village", state="ranked",
            cost=luck.randrange(8, 260) * 500_000, beneficiaries_male=luck.randrange(200), captured_at=NOW,
            submitted_at=NOW, feasibility_b={"sdgs": 3, "regency": luck.randrange(1, 6), "resources": 3},
        )
        for number in range(1, PROPOSALS + 1)
    ]  # fmt: skip
    return list(Proposal.objects.bulk_create(rows))


def cast(meeting: Any, hamlets: list[Any], proposals: list[Any]) -> None:
    """Hand in the ballots: each marks ten proposals, those of the own hamlet four times as gladly."""
    from rembuk.deliberation.models import BallotBundle

    luck = random.Random(120200)
    for place, hamlet in enumerate(hamlets):
        count = BALLOTS // len(hamlets)
        weights = [4.0 if row.hamlet_id == hamlet.pk else 1.0 for row in proposals]
        marks = []
        for _ in range(count):
            liked = {luck.choices(range(PROPOSALS), weights)[0] for _ in range(APPROVED)}
            marks.append([1, sorted([str(proposals[index].pk), 1] for index in liked)])
        BallotBundle.objects.create(
            meeting=meeting, hamlet=hamlet, method="papers", voters=count, per_voter=APPROVED, marks=sorted(marks),
            digest=f"{place:064d}", entered_by="00000000-0000-0000-0000-000000000001",
        )  # fmt: skip


def measure(base: str, address: str) -> Result:
    """Move sliders under every rule the page offers; return (what, median milliseconds, target)."""
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get("REMBUK_CHROMIUM") or shutil.which("chromium")
    figures: Result = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(base_url=base, viewport={"width": 1280, "height": 900}).new_page()
        page.goto("/masuk/")
        page.fill("input[name=name]", "tim")
        page.fill("input[name=password]", PASSWORD)
        page.locator("main button.btn-main").click()
        page.wait_for_url("**/beranda/")
        for rule, target in RULES:
            page.goto(f"{address}?aturan={rule}")
            if not page.locator(f"input[name=aturan][value={rule}]").count():
                continue
            figures.append((f"studio, {rule}: median milidetik", moved(page, target == SLOW), target))
        browser.close()
    return figures


def moved(page: Any, whole: bool) -> float:
    """Return the median of some moves, no two of which ask the same thing."""
    page.wait_for_load_state("networkidle")
    page.evaluate(MEASURE, ["lantai", "5", whole])
    times = []
    for turn in range(MOVES):
        page.wait_for_timeout(150)  # a hand rests; without it the throttle of the form would be measured
        name, value = ("lantai", str(10 + 5 * turn)) if turn % 2 else ("pagu_DDS", str(60 + 5 * turn))
        times.append(float(page.evaluate(MEASURE, [name, value, whole])))
    return statistics.median(times)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> Result:
    """Return (what, measured, target)."""
    place = Path(tempfile.mkdtemp(prefix="rembuk-meja-"))
    folder, port = place / "data", free_port()
    made = subprocess.run(
        [sys.executable, __file__, str(folder)], stdout=subprocess.PIPE, text=True, check=True, env=os.environ.copy()
    )
    address = made.stdout.strip().splitlines()[-1]
    from rembuk.cli.server import answers, command

    values = os.environ | {
        "REMBUK_MODE": "latihan", "REMBUK_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "rembuk.config.settings.prod",
    }  # fmt: skip
    server = subprocess.Popen(command("127.0.0.1", port, 2), env=values, stdout=subprocess.DEVNULL)
    try:
        if not answers(f"http://127.0.0.1:{port}", server):  # type: ignore[arg-type]
            raise RuntimeError("the server did not answer")
        return measure(f"http://127.0.0.1:{port}", address)
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        fill(sys.argv[1])
    else:
        for row in main():
            print(*row)
