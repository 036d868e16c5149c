"""A resident on a phone: see the village, propose, be shown what is alike, keep the receipt, follow, read why."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import people, places
from factories.samples_cycles import cycle_in
from journeys.conftest import WAIT
from journeys.desk import PHONE
from journeys.test_accessible import faults_here
from proposals.given import NOW
from proposals.residents import resident_proposal
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import PublicWords
from rembuk.regions.models import Village
from rembuk.shared.trail.testing import setting_up

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the server of a browser test is tried on SQLite alone"),
]
PROBLEM = "Titian ke dermaga RT 01 patah di depan rumah Pak Darmo, ibu-ibu susah bawa ikan."
REASON = "Musyawarah mendahulukan air bersih; titian disimpan untuk tahun depan."


@pytest.fixture
def village() -> Village:
    """Melintang with an open year, a secretary, a village head and one proposal that everyone may read."""
    with setting_up():
        made = places.melintang()
        places.rt(places.hamlet(made))
        places.hamlet(made, "Dusun II", 2)
        cycle_in(made)
        known = resident_proposal(made, problem="Titian kayu RT 01 ke dermaga perlu diganti")
        office = people.secretary(made).hat()
        words = PublicWords(known.title, known.problem, known.location_text)
        services.look_at_proposal(proposal_id=known.id, words=words, actor=office, at=NOW)
    return made


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Any:
    """Return a function that opens a phone, with or without script, light or dark."""
    contexts = []

    def open_phone(*, script: bool = True, dark: bool = False) -> Any:
        context = browser.new_context(
            viewport={"width": PHONE, "height": 800},
            base_url=live_server.url,
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT)
        return page

    yield open_phone
    for context in contexts:
        context.close()


def fill_in(page: Any) -> None:
    page.fill("#masalah", PROBLEM)
    page.check("text=Dusun I >> input")
    page.fill("#lokasi", "dekat dermaga lama")
    page.check("input[name=rumah][value='6-20']")
    page.fill("#nama", "Wening Sari")


def code_on(page: Any) -> str:
    return str(page.locator(".slip .code").inner_text()).strip()


def the_village_answers(number: str) -> None:
    """The secretary looks, the meeting discusses, and the proposal goes on the shelf with a reason."""
    made = Proposal.objects.get(number=number)
    office, head = people.secretary(made.village).hat(), people.village_head(made.village).hat()
    words = PublicWords("Titian dermaga RT 01 patah", made.problem, made.location_text)
    services.look_at_proposal(proposal_id=made.id, words=words, actor=office, at=NOW)
    answer = services.Answer(made.id, "ALOK-02", REASON)
    services.discuss_proposals(proposal_ids=[made.id], actor=office, at=NOW, text="Musdes")
    services.shelve_proposals(answers=[answer], actor=head, at=NOW)


def test_a_resident_proposes_by_phone_and_reads_why(village: Village, phone: Any) -> None:
    page = phone()
    page.goto(reverse("portal:village", args=[village.code]))
    form = reverse("proposals:public-new", args=[village.code])
    page.locator(f'a[href="{form}"]').first.click()
    fill_in(page)
    page.locator("#mirip .similar").wait_for()
    assert "Titian kayu RT 01 ke dermaga" in page.locator("#mirip").inner_text()
    page.locator("form button.btn-main").click()
    page.locator(".slip").wait_for()
    code, number = code_on(page), page.locator(".slip dd").first.inner_text()
    assert "Darmo" not in page.locator("main").inner_text()
    page.goto(f"{reverse('proposals:track')}#{code}")
    assert page.input_value("#kode") == code
    page.locator("main button").click()
    page.locator("text=Menunggu dilihat Sekretaris Desa").first.wait_for()
    with setting_up():
        the_village_answers(number)
    page.goto(reverse("proposals:track"))
    page.fill("#kode", code.lower())
    page.locator("main button").click()
    page.locator(f"text={REASON}").first.wait_for()
    page.goto(reverse("proposals:public", args=[number]))
    shown = page.locator("main").inner_text()
    assert REASON in shown and "Wening" not in shown and "Darmo" not in shown


def test_the_whole_way_without_javascript(village: Village, phone: Any) -> None:
    """From the village's page to the reason of the answer, with no script at all."""
    page = phone(script=False)
    page.goto(reverse("portal:village", args=[village.code]))
    form = reverse("proposals:public-new", args=[village.code])
    page.locator(f'a[href="{form}"]').first.click()
    fill_in(page)
    page.locator("form button.btn-main").click()
    page.locator("text=usulan mirip sudah ada").wait_for()
    assert Proposal.objects.count() == 1
    assert page.input_value("#masalah") == PROBLEM and page.input_value("#nama") == "Wening Sari"
    page.locator("#mirip button.btn-main").click()
    code, number = code_on(page), page.locator(".slip dd").first.inner_text()
    page.goto(reverse("proposals:track"))
    page.fill("#kode", code)
    page.locator("main button").click()
    page.locator("text=Sudah diterima desa").first.wait_for()
    with setting_up():
        the_village_answers(number)
    page.goto(reverse("proposals:track"))
    page.fill("#kode", code)
    page.locator("main button").click()
    page.locator(f"text={REASON}").first.wait_for()
    page.goto(reverse("proposals:public", args=[number]))
    shown = page.locator("main").inner_text()
    assert REASON in shown and "Wening" not in shown and "Darmo" not in shown


def test_without_javascript_one_supports_what_is_there_instead(village: Village, phone: Any) -> None:
    page = phone(script=False)
    page.goto(reverse("proposals:public-new", args=[village.code]))
    fill_in(page)
    page.locator("form button.btn-main").click()
    page.locator("text=Dukung yang ini").click()
    assert page.input_value("#nama") == "Wening Sari"
    page.fill("#lahir", "1990")
    page.locator("main button.btn-main").click()
    page.locator("text=dukungan Anda tercatat").wait_for()
    assert Proposal.objects.count() == 1


def test_what_was_typed_is_still_there_after_the_signal_dropped(village: Village, phone: Any) -> None:
    page = phone()
    address = reverse("proposals:public-new", args=[village.code])
    page.goto(address)
    fill_in(page)
    page.goto(address)
    assert page.input_value("#masalah") == PROBLEM
    assert page.input_value("#nama") == "", "a name is not kept on a phone that others use"


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_residents_pages_have_no_fault(village: Village, phone: Any, dark: bool) -> None:
    page = phone(dark=dark)
    known = Proposal.objects.get()
    addresses = {
        "form": reverse("proposals:public-new", args=[village.code]),
        "paper": reverse("proposals:public-paper", args=[village.code]),
        "support": reverse("proposals:support", args=[known.number]),
        "public": reverse("proposals:public", args=[known.number]),
        "track": reverse("proposals:track"),
    }
    found = []
    for name, address in addresses.items():
        page.goto(address)
        found += faults_here(page, name, PHONE)
    page.goto(addresses["form"])
    fill_in(page)
    page.locator("#mirip .similar").wait_for()
    found += faults_here(page, "form with similar ones", PHONE)
    page.fill("#nama", " ")
    page.locator("form button.btn-main").click()
    page.locator("[role=alert]").first.wait_for()
    found += faults_here(page, "form with a refusal", PHONE)
    page.fill("#nama", "Wening Sari")
    page.locator("form .btn-main").first.click()
    page.locator(".slip").wait_for()
    found += faults_here(page, "slip", PHONE)
    assert found == []


def test_the_secretarys_pages_have_no_fault(village: Village, sign_in: Any) -> None:
    with setting_up():
        waiting = resident_proposal(village, problem=PROBLEM)
        office = people.holder(Role.SDK, village, username="sekdes.lain")
    page = sign_in(office, PHONE)
    found = []
    for name, address in {
        "queue": reverse("proposals:queue"),
        "look": reverse("proposals:look", args=[waiting.number]),
        "detail": reverse("proposals:detail", args=[waiting.number]),
        "news": reverse("proposals:news", args=[waiting.number]),
        "grid": reverse("proposals:grid"),
    }.items():
        page.goto(address)
        found += faults_here(page, name, PHONE)
    assert found == []
