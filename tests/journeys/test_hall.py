"""An evening in the hall: three hamlets vote, the slider moves, the choice is adopted, the loser reads why.

Each act is done by the one whose act it is, on the page where it is done: the seed, the ballots of three hamlets (dots
on a phone, papers, points), the sliders and the lectern on the wide screen, the adoption. What lies before the evening
(hamlets, wishes and their checks, the ceiling letter, the invitation and who came) and the one bundle of a group of
two are prepared by the services of `journeys.road`, which every page calls as well. All of it happens today.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.urls import reverse
from docx import Document as open_docx  # noqa: N813

from deliberation.given import INVITEES
from factories import places
from journeys.road import WISHES, Road
from journeys.test_village_year import Year, press, says
from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.services import replay
from rembuk.core.hat import Role
from rembuk.cycles import services as cycles
from rembuk.deliberation import services as deliberation
from rembuk.deliberation.models import BallotBundle, Meeting
from rembuk.plans.models import ItemFunding
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
SEED = "407193"
MILLIONS = (120, 60, 60, 130, 110, 90)
"""Cost of each wish of the road; the letter gives 340, and the sixth did not pass the field check."""
PEOPLE = {"Dusun Hulu": (240, 30), "Dusun Tengah": (120, 20), "Dusun Hilir": (120, 25)}
REASON = "Anak-anak bermain di tepi sungai yang dalam."
PLAYGROUND, WELL, DITCH = "Taman bermain anak", "Sumur bor RT 02", "Drainase tepi jalan desa"
WALK = "Titian ulin RT 01"
"""Has its place by the vote and loses it to what the hall puts in."""
ADOPTED = {WELL, "Rehabilitasi Posyandu Mawar", PLAYGROUND}
SMALL_GROUP = re.compile(r"\b[1-4] (pemilih|pendukung|orang|suara|warga|kertas)\b(?! lagi)|difabel [0-9]")
"""What no page may say: how many, where they are fewer than five; how many more would be needed may be said."""


@pytest.fixture
def year(sign_in: Callable[..., Any]) -> Year:
    """A village on the evening of its Musrenbang: five wishes that can be built, the hall open, people present."""
    with setting_up():
        village = places.melintang()
    road = Road(village, clock.today().year, clock.today(), lambda _day: clock.now())
    road.settle()
    with setting_up():
        for name, (people, poor) in PEOPLE.items():
            Hamlet.objects.filter(village=village, name=name).update(population=people, poor_households=poor)
    road.register_rpjmdes()
    road.enter_ceilings()
    road.issue_ceilings()
    for (hamlet, title, code, _points), cost in zip(WISHES, MILLIONS, strict=True):
        wish = road.propose(hamlet, title, cost=cost * 1_000_000)
        road.look_at(wish, code)
        road.field_check(wish, passed="sengketa" not in title)
    hall = road.gather("MUSREN", Role.KAD)
    deliberation.set_tally(
        meeting_id=hall.id, element="TOMAS", male=10, female=10, actor=road.hat(Role.SDK), at=road.at
    )
    passed = Proposal.objects.filter(cycle=road.cycle).exclude(title__contains="sengketa").order_by("number")
    deliberation.table_proposals(
        meeting_id=hall.id, proposal_ids=[wish.id for wish in passed], actor=road.hat(Role.SDK), at=road.at
    )
    return Year(road, sign_in)


def hall_of(year: Year) -> Meeting:
    return Meeting.objects.get(cycle=year.road.cycle, kind="MUSREN")


def draw_the_seed(year: Year) -> None:
    """Before the seed is drawn nobody can count; read aloud, it stands in the minutes."""
    page = year.at(Role.SDK, "deliberation:ballots", hall_of(year).id)
    assert page.get_by_role("link", name=re.compile("^Hitung")).count() == 0
    page.fill("#benih", SEED)
    press(page, "Catat benih")
    says(page, SEED)
    assert SEED in hall_of(year).minutes["lot"]["text"]


def three_hamlets_vote(year: Year) -> None:
    """Dots on a phone, typed papers, papers with points; two disabled voters of the last hamlet vote by themselves."""
    page = year.pages[Role.SDK]
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator(".places li", has_text="Hulu").locator("a.btn").click()
    page.fill("#pemilih", "12")
    for number, dots in ((1, 30), (4, 27), (2, 2)):
        page.fill(f"#t-{number}", str(dots))
    page.get_by_role("button", name="Tambah nomor 4").click()
    sync_api.expect(page.locator("[data-sum]")).to_contain_text("60 dari 60 titik")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("button", name="Simpan, lanjut Dusun Tengah").click()
    says(page, "Suara Dusun Hulu tersimpan.")
    page.set_viewport_size({"width": 1280, "height": 800})
    typed(page, "Kertas centang", "6", "2 5 x5\n2")
    page.get_by_role("button", name="Simpan, lanjut Dusun Hilir").click()
    says(page, "Suara Dusun Tengah tersimpan.")
    typed(page, "Kertas bernilai", "6", "3:6 5:3 x3\n3:9 x2\n3:8")
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "3 dari 3 dusun")
    posyandu = Proposal.objects.get(title="Rehabilitasi Posyandu Mawar")
    deliberation.enter_ballots(
        meeting_id=hall_of(year).id,
        hamlet_id=year.road.hamlet("Dusun Hilir").id,
        group="difabel",
        method="points",
        voters=2,
        marks=[(2, [(posyandu.id, 10)])],
        actor=year.road.hat(Role.SDK),
        at=year.road.at,
    )
    methods = BallotBundle.objects.order_by("hamlet__order", "group").values_list("method", "voters")
    assert list(methods) == [("dots", 12), ("papers", 6), ("points", 6), ("points", 2)]


def typed(page: Any, method: str, voters: str, lines: str) -> None:
    """Choose how the hamlet voted and type its papers, one line for each."""
    page.get_by_role("link", name=method).click()
    page.fill("#pemilih", voters)
    page.get_by_text("Ketik kertas, satu baris satu kertas").click()
    page.fill("#baris", lines)


def close_the_count(year: Year) -> None:
    """Totals stand nowhere before the count is closed; then everybody sees them."""
    page = year.at(Role.SDK, "deliberation:ballots", hall_of(year).id)
    assert page.locator(".totals").count() == 0
    press(page, "Tutup penghitungan")
    says(page, "Penghitungan ditutup.")
    totals = page.locator(".totals tbody tr").evaluate_all(
        "rows => rows.map(row => [row.cells[0].innerText, row.cells[2].innerText])"
    )
    assert sorted(totals) == [["1", "30"], ["2", "8"], ["3", "64"], ["4", "28"], ["5", "14"]]


def team_turns_the_scales(year: Year) -> None:
    """On the wide screen: equal shares instead of points added up, a floor for every hamlet, and what that changes."""
    page = year.at(Role.TIM, "hall:studio", year.road.cycle.pk, width=1920)
    sync_api.expect(page.locator("#pilihan-A")).to_contain_text("Pilihan A")
    page.locator("input[name=aturan][value=mes]").check()
    sync_api.expect(page.locator("#pilihan-B")).to_contain_text("Bagian setara")
    page.locator("#lantai").fill("40")
    page.locator("[data-query*='lantai=40']").wait_for()
    sync_api.expect(page.locator("output[for=lantai]")).to_have_text("40 %")
    differing = page.locator("section", has=page.locator("[aria-label='Beda dua pilihan']")).first
    sync_api.expect(differing).to_contain_text("2 usulan berbeda")
    sync_api.expect(differing).to_contain_text(WELL)
    sync_api.expect(differing).to_contain_text(DITCH)
    page.locator(".picklist tr.below", has_text=PLAYGROUND).locator("a").first.click()
    said = page.locator("#kenapa")
    sync_api.expect(said).to_contain_text(f"Kenapa {PLAYGROUND} belum masuk?")
    sync_api.expect(said).to_contain_text("Ia masuk bila salah satu ini terjadi")
    press(page, "Bawa B ke musyawarah")
    says(page, "siap disahkan")
    run = AllocationRun.objects.get()
    assert (run.rule, run.meeting_id, run.adopted_at) == ("mes", hall_of(year).id, None)


def chair_decides_from_the_lectern(year: Year) -> None:
    """Without a mouse: the wall asks why, the chair puts the playground in with a reason, and adopts."""
    query = year.pages[Role.TIM].url.split("?")[1]
    page = year.at(Role.KAD, "hall:projector", year.road.cycle.pk, width=1920)
    page.goto(f"{reverse('hall:projector', args=[year.road.cycle.pk])}?{query}")
    walk_to(page, PLAYGROUND)
    page.keyboard.press("k")
    sync_api.expect(page.locator("#kenapa h2")).to_contain_text("belum masuk?")
    page.keyboard.press("m")
    page.wait_for_url("**/putusan/**putusan=in")
    sync_api.expect(page.locator("textarea:focus, input:focus")).to_have_count(1)
    page.keyboard.type(REASON)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(page, "Keputusan musyawarah tercatat dan dihitung ulang.")
    sync_api.expect(page.locator(".picklist tr:not(.below)", has_text=PLAYGROUND)).to_have_count(1)
    page.wait_for_load_state()  # the keys of the lectern listen once the page's script has run
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    says(page, "Yang terjadi dalam satu langkah")
    says(page, SEED)
    page.locator("#catatan").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    says(page, "Pilihan disahkan.")


def walk_to(page: Any, title: str) -> None:
    """Go down the list on the wall by the arrow keys until *title* is the current one."""
    for _ in range(2 * len(WISHES)):
        page.keyboard.press("ArrowUp")
    for _ in WISHES:
        if title in page.locator(".rank tr[aria-current]").inner_text():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(page.locator(".rank").inner_text())


def minutes_carry_it(year: Year) -> None:
    """Page, PDF and DOCX of F03 say rule, settings, seed, decision with its reason, money, list and digest."""
    run = AllocationRun.objects.get(adopted_at__isnull=False)
    hall = hall_of(year)
    words = [
        "Cara memilih: Bagian setara",
        "Bagian terkecil tiap dusun: 40 % dari bagian jiwa",
        f"Benih undian: {SEED}",
        f"{year.road.village.code}|{year.road.cycle.budget_year}|{SEED}",
        REASON.rstrip("."),
        "terpakai Rp230.000.000 dari Rp340.000.000, sisa Rp110.000.000",
        run.digest,
        "Menyepakati 3 dari 5 usulan senilai Rp230.000.000",
        *ADOPTED,
    ]
    page = year.at(Role.SDK, "deliberation:detail", hall.id)
    told = page.locator("main").inner_text() + "".join(
        page.locator("main textarea").evaluate_all("all => all.map(one => one.value)")
    )
    subject = f"meeting:{hall.id}"
    address = reverse("documents:paper", args=("F03", subject))
    pdf = page.request.get(f"{address}?bentuk=pdf").body()
    docx = page.request.get(f"{address}?bentuk=docx").body()
    for name, text in (("page", told), ("pdf", pdf_text(pdf)), ("docx", docx_text(docx))):
        flat = "".join(text.split())
        assert [word for word in words if "".join(word.split()) not in flat] == [], name
        assert [loser for loser in (WALK, DITCH) if f"{loser}:DDS" in flat] == [], name


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range().replace("\ufffe", "") for page in document)


def docx_text(data: bytes) -> str:
    document = open_docx(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def plan_has_exactly_the_chosen(year: Year) -> None:
    items = list(year.road.plan().items.all())
    assert {item.name for item in items} == ADOPTED
    paid = ItemFunding.objects.filter(item__in=items).values_list("source", "amount")
    assert sorted(paid) == [("DDS", 60_000_000), ("DDS", 60_000_000), ("DDS", 110_000_000)]
    run = AllocationRun.objects.get(adopted_at__isnull=False)
    assert replay(run).equal


def losers_are_answered(year: Year) -> None:
    """Every wish outside the list has a code, a sentence and a place on the shelf of the next year."""
    lost = Proposal.objects.filter(cycle=year.road.cycle).exclude(title__in=ADOPTED)
    codes = {wish.title: (wish.state, wish.reason_code) for wish in lost}
    assert codes == {
        WALK: ("shelved", "ALOK-02"),
        DITCH: ("shelved", "ALOK-02"),
        "Semenisasi gang di tanah sengketa": ("shelved", "PRIK-02"),
    }
    assert all(wish.reason_text for wish in lost)
    cycles.open_cycle(
        village=year.road.village, plan_year=year.road.year + 1, actor=year.road.hat(Role.STF), at=year.road.at
    )
    page = year.at(Role.SDK, "proposals:shelf")
    for title in codes:
        says(page, title)


def loser_reads_why(year: Year) -> None:
    """Without an account: the code of the slip tells the sentence, and so does the page open to all."""
    lost = Proposal.objects.get(cycle=year.road.cycle, title=WALK)
    page = year.at(None, "proposals:track", width=360)
    page.fill("#kode", year.road.slips[WALK].lower())
    press(page, "Lihat")
    says(page, lost.reason_text)
    page = year.at(None, "proposals:public", lost.number)
    says(page, lost.reason_text)


def nobody_is_named(year: Year) -> None:
    """Who may not enter ballots reads nowhere who voted, nor how many where they are fewer than five."""
    hall, cycle = hall_of(year), year.road.cycle.pk
    lost = Proposal.objects.get(cycle=cycle, title=WALK)
    adopted = AllocationRun.objects.get(adopted_at__isnull=False)
    names = [line.name for line in INVITEES]
    asked = [
        (Role.RTK, "deliberation:ballots", hall.id),
        (Role.RTK, "deliberation:screen", hall.id),
        (Role.RTK, "hall:studio", cycle),
        (Role.RTK, "hall:projector", cycle),
        (Role.RTK, "hall:why", cycle, lost.pk),
        (Role.RTK, "hall:replay", adopted.pk),
        (Role.RTK, "budgeting:cycle", cycle),
        (Role.KAD, "hall:studio", cycle),
        (Role.TIM, "hall:why", cycle, lost.pk),
        (None, "proposals:public", lost.number),
        (None, "portal:village", year.road.village.id),
    ]
    for role, route, *args in asked:
        page = year.at(role, route, *args)
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        text = " ".join(page.locator("main").inner_text().split())
        assert text, route
        assert [name for name in names if name in text] == [], route
        small = SMALL_GROUP.search(text)
        assert small is None, (route, text[max(0, small.start() - 80) : small.end() + 40] if small else "")


def test_three_hamlets_vote_and_the_loser_reads_why(year: Year) -> None:
    draw_the_seed(year)
    three_hamlets_vote(year)
    close_the_count(year)
    team_turns_the_scales(year)
    chair_decides_from_the_lectern(year)
    minutes_carry_it(year)
    plan_has_exactly_the_chosen(year)
    losers_are_answered(year)
    loser_reads_why(year)
    nobody_is_named(year)
