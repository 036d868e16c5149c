"""The pages of works: what each hat sees and can press, in a constant number of queries."""

import io
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people
from plans.given import hat_at
from rembuk.core.hat import Role
from rembuk.cycles.models import Cycle
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up
from rembuk.works import services
from rembuk.works.models import Payment, Progress, Work
from works.given import NOW, photo


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client(village):
    def make(role):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village))

    return make


def at(name, target):
    return reverse(f"works:{name}", args=(target.pk,))


def test_the_office_opens_all_works_by_one_button(cycle, budget, client):
    office = client("SDK")
    assert "Buka 4 pekerjaan" in office.get(at("cycle", cycle)).content.decode()
    shown = office.post(at("open", cycle), {"semua": "ya"}, follow=True).content.decode()
    assert "4 pekerjaan dibuka." in shown and "Buka 4 pekerjaan" not in shown
    assert Work.objects.count() == 4


def test_before_a_budget_the_page_leads_to_where_it_is_brought(cycle, client):
    text = client("KAD").get(at("cycle", cycle)).content.decode()
    assert "Belum ada yang dilaksanakan" in text and reverse("budgeting:apbdes", args=(cycle.pk,)) in text


def test_progress_with_a_photo_by_the_form_and_a_refusal_keeps_what_was_typed(bridge, client):
    worker, key = client("TPK"), str(uuid.uuid4())
    typed = {"kunci": key, "tanggal": "2027-06-01", "persen": "40", "catatan": "Tiang terpasang"}
    refused = worker.post(at("report", bridge), typed)
    text = refused.content.decode()
    assert refused.status_code == 400 and "Kemajuan 40 % perlu foto" in text and 'value="Tiang terpasang"' in text
    assert Progress.objects.count() == 0
    with_photo = {**typed, "foto": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")}
    shown = worker.post(at("report", bridge), with_photo, follow=True).content.decode()
    assert "Kemajuan tercatat." in shown and "Foto 40 % Titian ulin RT 02" in shown


def test_a_worker_sees_no_button_that_the_office_presses(bridge, client):
    text = client("TPK").get(at("work", bridge)).content.decode()
    assert at("report", bridge) in text
    for name in ("pay", "edit", "close"):
        assert at(name, bridge) not in text


def test_a_payment_by_the_form_is_shown_beside_its_budget(bridge, client):
    office = client("KAU")
    typed = {"kunci": str(uuid.uuid4()), "tanggal": "2027-06-01", "sumber": "DDS", "jumlah": "101.000.000"}
    text = office.post(at("pay", bridge), typed, follow=True).content.decode()
    assert "Realisasi tercatat." in text and "dibayar Rp101.000.000, dianggarkan Rp100.000.000" in text
    payment = Payment.objects.get()
    struck = office.post(at("strike", payment), {"alasan": "Salah ketik"}, follow=True).content.decode()
    assert "Pembayaran dicoret" in struck and "dicoret: Salah ketik" in struck


def test_closing_that_is_refused_tells_everything_that_is_missing(bridge, client):
    answer = client("SDK").post(at("close", bridge), {"nomor": "1/BAST"})
    text = answer.content.decode()
    assert answer.status_code == 409 and "Berita acara serah terima belum lengkap (tanggal, berkas)" in text
    assert "Kemajuan baru 0 %" in text and 'value="1/BAST"' in text


def test_the_board_filters_counts_and_exports_what_it_shows(cycle, works, client):
    reader = client("BPD")
    narrowed = reader.get(at("cycle", cycle) + "?bidang=2&cari=titian&keadaan=open").content.decode()
    assert "2 kegiatan" in narrowed and "BLT Desa" not in narrowed
    export = reader.get(at("export", cycle) + "?bidang=2")
    rows = list(openpyxl.load_workbook(io.BytesIO(export.content)).active.iter_rows(min_row=2, values_only=True))
    assert [(row[1], row[6], row[9], row[10]) for row in rows] == [
        ("Titian ulin RT 02", 100_000_000, 0, "dikerjakan"),
        ("Titian ulin RT 05", 100_000_000, 0, "dikerjakan"),
    ]


def test_the_works_go_into_the_evaluation_by_one_button(village, cycle, works, client):
    with setting_up():
        after = Cycle.objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")
    office = client("SDK")
    assert at("evaluate", after) in office.get(at("cycle", cycle)).content.decode()
    shown = office.post(at("evaluate", after), follow=True).content.decode()
    assert "4 baris evaluasi terisi dari pelaksanaan" in shown and "Titian ulin RT 02" in shown


def test_the_board_asks_as_many_queries_for_four_works_as_for_one(cycle, budget, client):
    reader = client("KAD")

    def count():
        with CaptureQueriesContext(connection) as found:
            assert reader.get(at("cycle", cycle)).status_code == 200
        return len(found)

    line = budget.lines.get(name="Titian ulin RT 02")
    services.open_works(cycle_id=cycle.pk, keys=[str(line.item_id)], actor=hat_at(cycle.place, "SDK"), at=NOW)
    few = count()
    services.open_works(cycle_id=cycle.pk, keys=None, actor=hat_at(cycle.place, "SDK"), at=NOW)
    assert count() == few


def test_a_village_lands_on_the_year_being_spent_and_dpmd_on_the_list(village, cycle, works, client):
    landed = client("SDK").get(reverse("works:list"))
    assert landed.headers["Location"] == at("cycle", cycle)
    with setting_up():
        division = people.signed_in(people.division_head(village))
    text = division.get(reverse("works:list") + "?cari=melin").content.decode()
    assert "Melintang" in text
