"""The studio and its projector in a browser: sliders, keys, and nothing that keeps anybody out."""

import json
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from budgeting.given import NOW, hall, proposal
from factories import people, places
from journeys.conftest import browser, sign_in  # noqa: F401
from journeys.test_accessible import faults
from plans.given import ceiling, hat_at
from rembuk.accounts.models import Assignment
from rembuk.budgeting import services
from rembuk.budgeting.models import AllocationRun
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
COSTS = (150, 90, 60, 50, 40, 30)


def scene() -> Cycle:
    """A running hall of two hamlets that have voted: six proposals, money for the first two or for the other four."""
    village = places.melintang()
    with setting_up():
        cycle = Cycle.objects.create(village=village, plan_year=2026, budget_year=2027, profile="kukar-2025")
        upper, lower = places.hamlet(village, "Hulu"), places.hamlet(village, "Hilir", 2)
        for hamlet, count in ((upper, 300), (lower, 200)):
            type(hamlet).objects.filter(pk=hamlet.pk).update(population=count, poor_households=20)
        ceiling(village, "DDS", 240_000_000)
        rows = [
            proposal(cycle, number, cost=cost * 1_000_000, hamlet=upper if number < 3 else lower)
            for number, cost in enumerate(COSTS, 1)
        ]
        ranking = [{"proposal": str(row.pk), "rank": place, "total": "9"} for place, row in enumerate(rows, 1)]
        meeting = hall(cycle, ranking=ranking, lot_seed="perahu", lot_drawn_at=NOW, count_closed_at=NOW)
        for hamlet, liked in ((upper, rows[:2]), (lower, rows[2:])):
            marks = [[10, sorted([str(row.pk), 1] for row in liked)]]
            BallotBundle.objects.create(
                meeting=meeting, hamlet=hamlet, method="papers", voters=10, per_voter=4, marks=marks, digest="0" * 64,
                entered_by=meeting.pk,
            )  # fmt: skip
    services.run_allocation(cycle_id=cycle.pk, meeting_id=meeting.pk, actor=hat_at(village.place, "SDK"), at=NOW)
    return cycle


def holder(role: str) -> Assignment:
    with setting_up():
        return people.holder(role, places.melintang())


def chosen(page: Any) -> list[str]:
    """Return the numbers of the proposals above the cut line of B's list."""
    cells = page.locator(".picklist tr[data-key]:not(.below) th .line2").all_inner_texts()
    return sorted(text.split(",")[0][-2:] for text in cells)


def slide(page: Any, name: str, value: str) -> None:
    page.locator(f"#{name}").fill(value)


def test_the_list_follows_the_slider_and_the_rule_and_the_address_follows_both(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    page = sign_in(holder("TIM"))
    page.goto(reverse("hall:studio", args=[cycle.pk]))
    before = chosen(page)
    page.locator("input[name=aturan][value=mes]").check()
    page.locator("h2", has_text="Pilihan B: Bagian setara").wait_for()
    assert chosen(page) != before
    page.locator("summary", has_text="Seandainya pagu lain").click()
    slide(page, "pagu_DDS", "150")
    page.get_by_text("Pilihan B memakai pagu pengandaian").wait_for()
    assert page.locator("output[for=pagu_DDS]").inner_text() == "150 % · Rp360.000.000"
    assert page.get_by_text("Bawa B ke musyawarah").count() == 0
    assert page.evaluate("document.activeElement.id") == "pagu_DDS", "the hand stays on the slider"
    page.wait_for_url("**pagu_DDS=150**")
    page.locator("#ringkas", has_text="Pilihan B:").wait_for(state="attached")
    kept = chosen(page)
    page.reload()
    assert page.locator("#pagu_DDS").input_value() == "150"
    assert chosen(page) == kept


def test_a_folded_part_that_was_opened_stays_open_while_the_figures_change(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    page = sign_in(holder("TIM"))
    page.goto(reverse("hall:studio", args=[cycle.pk]))
    page.locator("#angka-B summary").click()
    slide(page, "lantai", "80")
    page.locator("[data-query*='lantai=80']").wait_for()
    assert page.locator("#angka-B[open] table").is_visible()


def test_the_lectern_needs_no_mouse(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    page = sign_in(holder("KAD"))
    page.goto(reverse("hall:studio", args=[cycle.pk]))
    page.locator("#pilihan-B").focus()
    for _ in COSTS:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.locator("#kenapa h2", has_text="belum masuk?").wait_for()
    assert page.evaluate("document.activeElement.id") == "kenapa-judul"
    page.keyboard.press("Escape")
    assert page.locator("#kenapa .why").count() == 0
    assert page.evaluate("document.activeElement.className") == "why-a no-print"
    page.keyboard.press("m")
    page.wait_for_url("**/putusan/**putusan=in")
    page.fill("textarea", "Hampir putus")
    assert AllocationRun.objects.count() == 1, "a key leads to the form, it decides nothing"
    page.get_by_role("button", name="Masukkan", exact=True).click()
    page.get_by_text("Keputusan musyawarah tercatat").wait_for()
    assert AllocationRun.objects.count() == 2


def test_the_hall_adopts_what_it_sees_and_the_loser_reads_why(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    team = sign_in(holder("TIM"))
    team.goto(reverse("hall:studio", args=[cycle.pk]))
    team.locator("input[name=aturan][value=mes]").check()
    team.locator("h2", has_text="Pilihan B: Bagian setara").wait_for()
    inside = chosen(team)
    team.get_by_role("button", name="Bawa B ke musyawarah").click()
    team.get_by_text("siap disahkan").wait_for()
    chair = sign_in(holder("KAD"))
    chair.goto(team.url)
    chair.locator("#pilihan-B").focus()
    chair.keyboard.press("s")
    chair.keyboard.press("Enter")
    chair.get_by_role("button", name="Sahkan atas nama musyawarah").click()
    chair.get_by_text("Pilihan disahkan.").wait_for()
    meeting = Meeting.objects.get(cycle=cycle)
    assert "Cara memilih: Bagian setara" in meeting.minutes["allocation"]["text"]
    states = dict(Proposal.objects.filter(cycle=cycle).values_list("number", "state"))
    assert sorted(number[-2:] for number, state in states.items() if state == "ranked") == inside
    lost = Proposal.objects.filter(cycle=cycle, state="shelved").order_by("number").first()
    assert lost is not None and lost.reason_text.startswith("Belum masuk: ")
    reader = sign_in()
    reader.goto(reverse("proposals:public", args=[lost.number]))
    assert lost.reason_text.split(";")[0] in reader.locator("main").inner_text()


def test_the_projector_is_moved_by_keys_and_follows_the_scales_of_the_same_browser(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    page = sign_in(holder("KAD"), width=1920)
    page.goto(reverse("hall:projector", args=[cycle.pk]))
    page.keyboard.press("ArrowDown")
    first = page.locator(".rank tr[aria-current]").get_attribute("data-key")
    page.keyboard.press("ArrowDown")
    assert page.locator(".rank tr[aria-current]").get_attribute("data-key") != first
    page.keyboard.press("k")
    page.locator("#kenapa .why").wait_for()
    page.keyboard.press("a")
    page.locator("h1", has_text="Pilihan A").wait_for()
    scales = page.context.new_page()
    scales.goto(reverse("hall:studio", args=[cycle.pk]))
    scales.locator("input[name=aturan][value=phragmen]").check()
    page.locator("h1", has_text="Pilihan B: Beban setara").wait_for()
    page.keyboard.press("t")
    page.wait_for_url("**/putusan/**")
    assert AllocationRun.objects.count() == 1


def test_the_letters_on_the_wall_are_read_from_ten_metres(sign_in: Any) -> None:  # noqa: F811
    cycle = scene()
    page = sign_in(holder("KAD"), width=1920)
    page.goto(reverse("hall:projector", args=[cycle.pk]))
    sizes = page.evaluate(
        """() => [...document.querySelectorAll(".room *")]
            .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
              && one.getClientRects().length && !one.closest(".hush"))
            .map((one) => [parseFloat(getComputedStyle(one).fontSize), one.closest(".rank .name, .rank .end, .cut")
              && !one.closest("small, thead") ? "decided" : "other", one.textContent.slice(0, 30)])"""
    )
    small = [row for row in sizes if row[0] < (32 if row[1] == "decided" else 21)]
    assert small == [], json.dumps(small)


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_keeps_anybody_out(sign_in: Any, width: int) -> None:  # noqa: F811
    cycle = scene()
    run = AllocationRun.objects.get()
    key = Proposal.objects.filter(cycle=cycle).order_by("-number").values_list("pk", flat=True)[0]
    pages = {
        "studio": reverse("hall:studio", args=[cycle.pk]) + "?aturan=mes&lantai=80&pagu_DDS=120",
        "projector": reverse("hall:projector", args=[cycle.pk]),
        "why": reverse("hall:why", args=[cycle.pk, key]) + "?aturan=mes",
        "pin": reverse("hall:pin", args=[run.pk, key]),
        "adopt": reverse("hall:adopt", args=[run.pk]),
        "replay": reverse("hall:replay", args=[run.pk]),
        "priorities": reverse("budgeting:cycle", args=[cycle.pk]),
    }
    assert faults(sign_in(holder("KAD"), width), pages, width) == []
