"""Three hamlets are counted on a phone: dots by stepping, papers by tapping and by typing; the signal drops once."""

import uuid

import pytest
from django.urls import reverse

from deliberation import given
from deliberation.given_ballots import enter, hall, hamlets
from factories import people, places
from journeys.conftest import browser  # noqa: F401
from journeys.test_accessible import faults
from rembuk.cycles.services import open_cycle
from rembuk.deliberation import queries, services
from rembuk.deliberation.models import BallotBundle
from rembuk.proposals.services import check_proposal, create_proposal, submit_proposal
from rembuk.proposals.values import ProposalValues
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
WAIT = 10_000
"""Milliseconds that a page may take on a machine that runs other tests beside it."""
TITLES = (
    "Titian ulin RT 02 sepanjang 120 meter",
    "Posyandu Mawar: atap dan sumur bor",
    "Jalan tani ke sawah hulu",
    "Pelatihan pengolahan ikan asap",
    "Lampu jalan tenaga surya",
    "Bibit ayam untuk 30 keluarga",
)


@pytest.fixture
def secretary(db):
    with setting_up():
        return people.secretary(places.melintang())


@pytest.fixture
def meeting(secretary):
    village, hat = places.melintang(), secretary.hat()
    with setting_up():
        cycle = open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=given.NOW)
    made = []
    for number, title in enumerate(TITLES, 1):
        key, wanted = uuid.uuid4(), ProposalValues(title=title, cost=number * 15_000_000)
        create_proposal(proposal_id=key, village_id=village.id, values=wanted, actor=hat, at=given.NOW)
        submit_proposal(proposal_id=key, actor=hat, at=given.NOW)
        made.append(check_proposal(proposal_id=key, actor=hat, at=given.NOW))
    hamlets(village, "Hulu", "Tengah", "Hilir")
    return hall(cycle, hat, made)


@pytest.fixture
def opened(browser, live_server, meeting, secretary):  # noqa: F811
    """Open the count as the secretary on a phone; what the page complains about fails the test."""
    errors = []

    def open_page(width=360, height=740, **context):
        client = people.signed_in(secretary)
        made = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **context)
        for cookie in client.cookies.values():
            made.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        page = made.new_page()
        page.set_default_timeout(WAIT)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(live_server.url + reverse("deliberation:ballots", args=(meeting.id,)))
        return page

    yield open_page
    assert errors == []


def says(page, words, selector="main"):
    sync_api.expect(page.locator(selector)).to_contain_text(words)


def count(page, hamlet):
    page.locator(".places li", has_text=hamlet).locator("a.btn").click()


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


def stored(name):
    return BallotBundle.objects.get(hamlet__name=name)


def dots_of_hulu(page):
    """Step and type the dots of one hamlet."""
    count(page, "Hulu")
    page.fill("#pemilih", "8")
    says(page, "0 dari 40 titik", "[data-sum]")
    more = page.get_by_role("button", name="Tambah nomor 1")
    for _press in range(3):
        more.click()
    page.fill("#t-4", "34")
    says(page, "37 dari 40 titik", "[data-sum]")
    page.get_by_role("button", name="Kurangi nomor 1").click()
    fits(page)
    page.get_by_role("button", name="Simpan, lanjut Tengah").click()
    says(page, "Suara Hulu tersimpan.")


def papers_of_tengah(page):
    """Tap three papers, take the last one back and tap another."""
    says(page, "Tengah", "h1")
    page.get_by_role("link", name="Kertas centang").click()
    page.fill("#pemilih", "3")
    for numbers in ((1, 3), (1, 3), ()):
        for number in numbers:
            page.locator(f"[data-tile='{number}']").click()
        page.locator("[data-next]").click()
    says(page, "Semua 3 kertas sudah masuk", "[data-paper-told]")
    page.locator("[data-undo]").click()
    page.locator("[data-tile='6']").click()
    fits(page)
    page.get_by_role("button", name="Simpan, lanjut Hilir").click()


def lines_of_hilir(page):
    """Type papers as lines; a number that is not on the table is refused and nothing typed is lost."""
    says(page, "Hilir", "h1")
    page.fill("#pemilih", "6")
    page.get_by_text("Ketik kertas, satu baris satu kertas").click()
    page.fill("#baris", "1 4 x4\n2 9")
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "Baris 2: nomor 9 tidak ada di meja.")
    assert page.input_value("#baris") == "1 4 x4\n2 9"
    page.fill("#baris", "1 4 x4\n2 5")
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "3 dari 3 dusun")


def test_three_hamlets_are_counted_on_a_phone(opened, meeting):
    page = opened()
    fits(page)
    dots_of_hulu(page)
    papers_of_tengah(page)
    lines_of_hilir(page)

    keys = {str(row.proposal.id): row.number for row in queries.table_of(meeting)}
    found = {
        name: sorted((count, sorted((keys[key], given) for key, given in marks)) for count, marks in stored(name).marks)
        for name in ("Hulu", "Tengah", "Hilir")
    }
    assert found == {
        "Hulu": [(1, [(1, 2), (4, 34)])],
        "Tengah": [(1, [(6, 1)]), (2, [(1, 1), (3, 1)])],
        "Hilir": [(1, [(2, 1), (5, 1)]), (4, [(1, 1), (4, 1)])],
    }
    page.get_by_role("button", name="Tutup penghitungan").click()
    says(page, "Penghitungan ditutup.")
    assert page.locator(".totals tbody tr").first.locator("td").first.inner_text() == "4"


def test_what_was_typed_survives_a_lost_signal_and_a_reload(opened):
    page = opened()
    count(page, "Hulu")
    page.fill("#pemilih", "8")
    page.fill("#t-2", "12")
    page.context.set_offline(True)
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "Sinyal hilang.", "[data-lost]")
    assert (page.input_value("#t-2"), BallotBundle.objects.count()) == ("12", 0)
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    says(page, "Isian yang belum tersimpan dipulihkan.", "[data-restored]")
    assert (page.input_value("#pemilih"), page.input_value("#t-2")) == ("8", "12")
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "1 dari 3 dusun")
    assert stored("Hulu").voters == 8
    count(page, "Hulu")
    sync_api.expect(page.locator("[data-restored]")).to_be_hidden()


def test_the_form_is_enough_without_javascript(opened):
    page = opened(java_script_enabled=False)
    count(page, "Tengah")
    page.get_by_role("link", name="Kertas bernilai").click()
    page.fill("#pemilih", "4")
    page.fill("#baris", "1:6 2:4 x2\n3:10")
    fits(page)
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "1 dari 3 dusun")
    assert sorted(count for count, _marks in stored("Tengah").marks) == [1, 2]


def test_two_who_count_one_hamlet_see_what_the_other_stored(opened, meeting, secretary):
    page = opened()
    count(page, "Hulu")
    page.fill("#pemilih", "8")
    page.fill("#t-1", "5")
    hulu = queries.hamlets_at(meeting)[0]
    key = queries.table_of(meeting)[1].proposal.id
    services.enter_ballots(
        meeting_id=meeting.id, hamlet_id=hulu.id, group="", method="dots", voters=9, marks=[(1, [(key, 7)])],
        actor=secretary.hat(), at=given.NOW,
    )  # fmt: skip
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "Yang tersimpan sekarang: titik, 9 pemilih.")
    assert (page.input_value("#pemilih"), page.locator(".standing").inner_text()) == ("8", "2:7")
    page.get_by_role("button", name="Simpan", exact=True).click()
    says(page, "1 dari 3 dusun")
    assert (stored("Hulu").voters, stored("Hulu").version) == (8, 2)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
def test_every_page_of_the_count_is_accessible_and_fits(opened, meeting, secretary, width, scheme):
    hulu, tengah, _hilir = queries.hamlets_at(meeting)
    enter(meeting, secretary.hat(), hulu, "dots", voters=8, per_voter=5, papers=[(1, [(1, 20), (4, 9)])])
    of_hulu, of_tengah = (f"?dusun={row.id}" for row in (hulu, tengah))
    asked = {
        "overview": ("ballots", ""),
        "dots": ("enter_ballots", of_hulu),
        "papers": ("enter_ballots", f"{of_tengah}&cara=papers"),
        "points": ("enter_ballots", f"{of_tengah}&cara=points"),
        "sheet": ("count_sheet", of_hulu),
        "screen": ("screen", ""),
    }
    page = opened(width=width, color_scheme=scheme)
    start = page.url.partition("/musyawarah/")[0]
    pages = {
        name: start + reverse(f"deliberation:{view}", args=(meeting.id,)) + query
        for name, (view, query) in asked.items()
    }
    assert faults(page, pages, width) == []
    services.close_count(meeting_id=meeting.id, actor=secretary.hat(), at=given.NOW)
    assert faults(page, {name: pages[name] for name in ("overview", "screen")}, width) == []
