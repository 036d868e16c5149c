"""A season in the browser, its first half: from what people lack to a certificate that anybody checks, and its end.

The secretary sits at a phone, so does the village head; somebody of the village has no account and takes part with a
card. Every page on the way is held against axe, at the width of the device it is used on.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from factories import people, places
from guidance.training import given
from journeys.test_accessible import faults_here
from rembuk.accounts.models import Assignment
from rembuk.core.guidance.kirkpatrick import REACTION
from rembuk.core.hat import Role
from rembuk.guidance.training import services
from rembuk.guidance.training.models import BatchTest, Certificate, Enrolment, TrainingBatch
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

sync_api = pytest.importorskip("playwright.sync_api", reason="the journeys want playwright, which is not installed")
pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the journeys are walked on SQLite alone"),
]
PHONE, DESK = 360, 1280
WIDTHS = {Role.SDK: PHONE, Role.KAD: PHONE, Role.BPD: PHONE, Role.PTP: DESK, Role.STF: DESK, Role.KDP: DESK}
TITLE, NAMELESS = "Bimtek matriks RKP", "Ibu Rahmah"


class Season:
    """The people of a class, each with the page they use, and a visitor whom nobody knows."""

    def __init__(self, sign_in: Callable[..., Any]) -> None:
        with setting_up():
            village = places.melintang()
            self.people: dict[Role, Assignment] = {role: people.holder(role, village) for role in WIDTHS}
        given.bank(self.people[Role.STF].hat())
        self.sign_in = sign_in
        self.pages: dict[Role | None, Any] = {}

    def at(self, role: Role | None, address: str) -> Any:
        if role not in self.pages:
            who = self.people[role] if role is not None else None
            self.pages[role] = self.sign_in(who, WIDTHS.get(role, PHONE) if role is not None else PHONE)
        page = self.pages[role]
        page.goto(address)
        return page

    def of_batch(self, role: Role, name: str) -> Any:
        return self.at(role, reverse(f"training:{name}", args=(self.batch.pk,)))

    @property
    def batch(self) -> TrainingBatch:
        return TrainingBatch.objects.get()

    def place_of(self, name: str) -> Enrolment:
        return Enrolment.objects.select_related("batch").get(name=name)

    def name(self, role: Role) -> str:
        return self.people[role].person.name

    def test(self, phase: str) -> BatchTest:
        return BatchTest.objects.get(batch=self.batch, phase=phase)

    def card(self, name: str, *more: object) -> str:
        holder = self.place_of(NAMELESS)
        return reverse(f"training:{name}", args=(holder.batch_id, services.card_code(holder), *more))


def press(page: Any, label: str) -> None:
    """Press a button that sends its form, and wait for the page that answers."""
    with page.expect_navigation():
        page.get_by_role("button", name=label, exact=True).first.click()


def says(page: Any, words: str) -> None:
    sync_api.expect(page.locator("main")).to_contain_text(words)


def sound(page: Any, name: str) -> None:
    """The page that is open has no fault that axe knows and does not scroll sideways."""
    assert faults_here(page, name, page.viewport_size["width"]) == []


@pytest.fixture
def season(sign_in: Callable[..., Any], settings: Any, tmp_path: Any) -> Season:
    settings.MEDIA_ROOT = tmp_path
    return Season(sign_in)


def needs_are_told_by_both(season: Season) -> None:
    """The secretary rates themselves on a phone, the PTPD rates them; the matrix shows what is lacking."""
    page = season.at(Role.SDK, reverse("training:rate_self"))
    sound(page, "own rating")
    page.select_option("#K7", "2")
    press(page, "Simpan penilaian")
    says(page, "Penilaian Anda tersimpan.")
    page = season.at(Role.PTP, reverse("training:needs"))
    with page.expect_navigation():
        page.get_by_role("link", name=f"nilai {season.name(Role.SDK)}", exact=True).click()
    sound(page, "rating by the PTPD")
    page.select_option("#K7", "1")
    press(page, "Simpan penilaian")
    says(page, "Paling dibutuhkan: K7")
    sound(page, "gap matrix")
    # 3 wanted, less 40 percent of 2 and 60 percent of 1.
    row = page.locator("tbody tr", has_text=season.name(Role.SDK)).first
    sync_api.expect(row).to_contain_text("1,6")


def a_batch_is_proposed_from_the_matrix(season: Season) -> None:
    page = season.at(Role.PTP, reverse("training:needs"))
    with page.expect_navigation():
        page.get_by_role("link", name="Usulkan pelatihan topik teratas").click()
    assert page.locator("input[name=topics][value=K7]").is_checked()
    sound(page, "proposal of a batch")
    page.fill("#title", TITLE)
    press(page, "Simpan usulan pelatihan")
    says(page, "DPMD akan mengkajinya")
    sound(page, "proposed batch")


def staff_lays_it_out_and_schedules(season: Season) -> None:
    today = clock.today().isoformat()
    page = season.at(Role.STF, reverse("training:curriculum"))
    for name, text in (("kode", "RKP-1"), ("judul", "Matriks RKP Desa"), ("jp", "4")):
        page.fill(f"#{name}", text)
    page.select_option("#topik", "K7")
    press(page, "Tambah satuan")
    page = season.of_batch(Role.STF, "edit")
    for name, text in (("start_date", today), ("end_date", today), ("venue", "Aula DPMD"), ("quota", "2")):
        page.fill(f"#{name}", text)
    press(page, "Simpan angkatan")
    page = season.of_batch(Role.STF, "layout")
    page.locator("input[name=satuan]").check()
    press(page, "Simpan satuan")
    for name, text in (("judul", "Hari pertama"), ("tanggal", today), ("jam", "00:00"), ("jp", "4")):
        page.fill(f"#{name}", text)
    press(page, "Tambah sesi")
    page.fill("#nama", "Pelatih Satu")
    press(page, "Tambah pelatih")
    sound(page, "layout")
    for heading, form in (("Tes awal", "A"), ("Tes akhir", "B")):
        page = season.of_batch(Role.STF, "tests")
        part = page.locator("section.sheet", has=page.get_by_role("heading", name=heading, exact=True))
        part.get_by_label(f"K7 bentuk {form}, 4 soal").check()
        with page.expect_navigation():
            part.get_by_role("button", name="Pakai soal ini").click()
    sound(page, "tests of a batch")
    page = season.of_batch(Role.STF, "batch")
    for step in ("Nyatakan kebutuhan sudah dikaji", "Jadwalkan", "Buka pendaftaran"):
        press(page, step)
    says(page, "pendaftaran dibuka")
    sound(page, "open batch")


def names_come_and_one_has_to_wait(season: Season) -> None:
    """The head sends two with an account and one without; there are two places."""
    page = season.of_batch(Role.KAD, "nominate")
    sound(page, "nomination on a phone")
    for role in (Role.SDK, Role.BPD):
        page.get_by_label(season.name(role)).first.check()
    press(page, "Calonkan yang dipilih")
    says(page, "2 orang dicalonkan.")
    page.get_by_text("Calonkan orang tanpa akun").click()
    page.fill("#nama", NAMELESS)
    page.select_option("#peran", "LKD")
    press(page, "Calonkan")
    says(page, f"{NAMELESS} dicalonkan.")
    sound(page, "nomination with a name")
    page = season.of_batch(Role.STF, "people")
    for name in (season.name(Role.SDK), season.name(Role.BPD)):
        page.get_by_label(name).check()
    press(page, "Simpan keputusan")
    page.get_by_label(NAMELESS).check()
    page.select_option("#langkah", "accept")
    press(page, "Simpan keputusan")
    says(page, "1 masuk daftar tunggu karena tempat penuh.")
    sound(page, "people of a batch")
    assert season.place_of(NAMELESS).state == "WAITLISTED"


def one_steps_back_and_the_next_moves_up(season: Season) -> None:
    page = season.of_batch(Role.STF, "people")
    page.get_by_label(season.name(Role.BPD)).check()
    page.select_option("#langkah", "drop")
    page.fill("#alasan", "Sedang bertugas di luar daerah")
    press(page, "Simpan keputusan")
    page.get_by_label(NAMELESS).check()
    page.select_option("#langkah", "accept")
    press(page, "Simpan keputusan")
    states = dict(Enrolment.objects.values_list("name", "state"))
    assert states == {season.name(Role.SDK): "ACCEPTED", season.name(Role.BPD): "DROPPED", NAMELESS: "ACCEPTED"}
    page = season.at(Role.BPD, reverse("training:mine"))
    says(page, "Sedang bertugas di luar daerah")
    sound(page, "own trainings on a phone")


def the_class_begins_and_both_are_there(season: Season) -> None:
    """One scans the code at the door; the other signs the list on paper."""
    page = season.of_batch(Role.STF, "batch")
    press(page, "Tetapkan peserta")
    press(page, "Mulai pelatihan")
    session = season.batch.sessions.get()
    page = season.at(Role.STF, reverse("training:door", args=(session.pk,)))
    address = page.locator("main section p.small.dim").inner_text()
    sound(page, "code at the door")
    page = season.at(Role.SDK, address)
    sound(page, "I am here")
    press(page, "Saya hadir")
    says(page, "Kehadiran Anda tercatat.")
    page = season.at(Role.STF, reverse("training:attendance", args=(session.pk,)))
    page.get_by_label(NAMELESS).check()
    press(page, "Simpan daftar hadir")
    says(page, "2 kehadiran tersimpan.")
    sound(page, "attendance")
    sound(season.of_batch(Role.STF, "cards"), "cards")


def a_test_is_taken(season: Season, phase: str, heading: str, own: str, card: str) -> None:
    """Staff opens a test; the secretary takes it signed in, the other with the card. own, card: letters."""
    page = season.of_batch(Role.STF, "tests")
    part = page.locator("section.sheet", has=page.get_by_role("heading", name=heading, exact=True))
    with page.expect_navigation():
        part.get_by_role("button", name="Buka tes di layar").click()
    page = season.at(Role.SDK, reverse("training:take", args=(season.test(phase).pk,)))
    sound(page, f"{phase} on a phone")
    ticked(page, own)
    press(page, "Simpan dulu")
    says(page, "Belum diserahkan")
    press(page, "Serahkan jawaban")
    says(page, "Jawaban Anda diserahkan.")
    page = season.at(None, season.card("card"))
    sound(page, "card")
    with page.expect_navigation():
        page.get_by_role("link", name="Kerjakan tes").click()
    sound(page, f"{phase} by card")
    ticked(page, card)
    press(page, "Serahkan jawaban")
    says(page, "sudah diserahkan")


def ticked(page: Any, letters: str) -> None:
    for place, letter in enumerate(letters, start=1):
        if letter != "-":
            page.check(f"input[name=j-{place}][value={letter}]")


def the_class_is_evaluated(season: Season) -> None:
    page = season.of_batch(Role.STF, "batch")
    press(page, "Selesaikan pelatihan")
    own = reverse("training:react", args=(season.batch.pk,))
    for role, address in ((Role.SDK, own), (None, season.card("card_react"))):
        page = season.at(role, address)
        sound(page, "reaction sheet")
        for name in REACTION:
            page.check(f"input[name={name}][value='5']")
        press(page, "Kirim lembar reaksi")
        says(page, "Terima kasih.")
    page = season.of_batch(Role.STF, "batch")
    press(page, "Nyatakan sudah dievaluasi")
    says(page, "dievaluasi")
    scores = {row.name: (row.pre, row.post, row.state) for row in Enrolment.objects.exclude(state="DROPPED")}
    assert scores == {season.name(Role.SDK): (25, 100, "PASSED"), NAMELESS: (0, 50, "NOT_PASSED")}
    page = season.of_batch(Role.STF, "results")
    says(page, "L2 belajar per topik")
    sound(page, "results")
    sound(season.at(Role.STF, reverse("training:impact")), "impact")


def the_certificate_is_issued(season: Season) -> Certificate:
    """Staff prepares, the head of DPMD signs, the secretary opens it on the phone."""
    page = season.of_batch(Role.STF, "batch")
    press(page, "Siapkan sertifikat yang belum ada")
    says(page, "1 lembar disiapkan.")
    page = season.at(Role.KDP, f"{reverse('training:certificates')}?keadaan=prepared")
    sound(page, "certificates to sign")
    page.locator("input[name=sertifikat]").check()
    press(page, "Tandatangani yang dipilih")
    says(page, "1 sertifikat ditandatangani.")
    made = Certificate.objects.get()
    assert (made.state, made.name) == ("signed", season.name(Role.SDK))
    page = season.at(Role.SDK, reverse("training:my_certificate", args=(made.pk,)))
    says(page, made.number)
    sound(page, "certificate on a phone")
    return made


def a_visitor_checks_it(season: Season, made: Certificate) -> None:
    page = season.at(None, reverse("training:check"))
    page.fill("#kode", made.code.lower())
    press(page, "Cari")
    says(page, made.name)
    says(page, "berlaku")
    sound(page, "check by code")


def saved_and_checked_without_network(season: Season, folder: Path) -> Callable[[str], str]:
    """Keep the check on the phone, take the network away. Returns what the kept page says of a text."""
    page = season.at(None, reverse("training:check"))
    with page.expect_download() as saving:
        page.get_by_role("link", name="Simpan halaman periksa").click()
    kept = folder / saving.value.suggested_filename
    saving.value.save_as(kept)
    alone = page.context.browser.new_context(viewport={"width": PHONE, "height": 800})
    alone.set_offline(True)
    phone = alone.new_page()
    phone.goto(kept.as_uri())
    assert faults_here(phone, "kept check", PHONE) == []

    def judged(text: str) -> str:
        phone.fill("#teks", text)
        phone.get_by_role("button", name="Periksa tanda tangan").click()
        answer = phone.locator("#jawaban")
        sync_api.expect(answer).to_be_visible()
        return str(answer.inner_text())

    return judged


def it_is_revoked(season: Season, made: Certificate) -> None:
    page = season.at(Role.STF, reverse("training:certificate", args=(made.pk,)))
    page.get_by_text("Cabut sertifikat", exact=True).click()
    page.fill("#alasan-cabut", "Nama tertukar")
    press(page, "Cabut sertifikat ini")
    says(page, "Sertifikat dicabut.")
    sound(page, "revoked certificate")
    page = season.at(None, f"{reverse('training:check')}?kode={made.code}")
    says(page, "dicabut")


def test_from_what_people_lack_to_a_certificate_that_anybody_checks(season: Season, tmp_path: Path) -> None:
    needs_are_told_by_both(season)
    a_batch_is_proposed_from_the_matrix(season)
    staff_lays_it_out_and_schedules(season)
    names_come_and_one_has_to_wait(season)
    one_steps_back_and_the_next_moves_up(season)
    the_class_begins_and_both_are_there(season)
    a_test_is_taken(season, "pre", "Tes awal", own="A---", card="D---")
    a_test_is_taken(season, "post", "Tes akhir", own="ABCD", card="AB--")
    the_class_is_evaluated(season)
    made = the_certificate_is_issued(season)
    a_visitor_checks_it(season, made)
    judged = saved_and_checked_without_network(season, tmp_path)
    assert "Asli. Tanda tangannya cocok." in judged(made.signed_text)
    assert "Tidak asli" in judged(made.signed_text.replace("\n4\n", "\n40\n"))
    it_is_revoked(season, made)
    judged = saved_and_checked_without_network(season, tmp_path)
    assert "sudah dicabut" in judged(made.signed_text)
