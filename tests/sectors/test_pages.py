"""The pages of technical support: quick lists, forms that keep what was typed, an agency that sees its own."""

from uuid import uuid4

import pytest

from factories import people, places
from rembuk.core.hat import Role
from rembuk.core.support_requests import RAB_ITEMS
from rembuk.sectors import services
from rembuk.sectors.labels import STATE_CHIPS, STATES
from rembuk.sectors.models import SupportRequest
from rembuk.sectors.services import RequestValues
from rembuk.shared import clock
from rembuk.shared.sheets import open_sheets
from rembuk.shared.templatetags.rembuk import CHIP_ICONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return places.melintang()


def drafted(village, title="RAB titian"):
    values = RequestValues(kind="rab", agency="dpu", title=title, need="Mohon diperiksa.")
    office = people.holder(Role.SDK).hat()
    return services.draft(request_id=uuid4(), village=village, values=values, actor=office, at=clock.now())


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(village, django_assert_max_num_queries):
    client = people.signed_in(people.holder(Role.STF))
    counts = []
    for wanted in (1, 3):
        while SupportRequest.objects.count() < wanted:
            drafted(village, f"RAB {SupportRequest.objects.count()}")
        client.get("/dukungan-teknis/")
        with django_assert_max_num_queries(40) as seen:
            assert client.get("/dukungan-teknis/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_filters_stand_in_the_address_and_the_sheet_follows_them(village):
    drafted(village, "RAB jembatan")
    drafted(village, "RAB posyandu")
    client = people.signed_in(people.holder(Role.STF))
    page = client.get("/dukungan-teknis/?cari=posyandu&jenis=rab&opd=dpu&keadaan=draft").content.decode()
    assert ("RAB posyandu" in page, "RAB jembatan" in page) == (True, False)
    sheet = client.get("/dukungan-teknis/daftar.xlsx?cari=posyandu")
    assert (sheet.status_code, sheet.content[:2]) == (200, b"PK")


def test_a_refused_form_keeps_what_was_typed(village):
    client = people.signed_in(people.holder(Role.SDK))
    typed = {"kunci": str(uuid4()), "jenis": "", "opd": "dpu", "judul": "RAB dermaga", "isi": "Mohon."}
    page = client.post("/dukungan-teknis/baru/", typed)
    assert (page.status_code, "RAB dermaga" in page.content.decode()) == (400, True)


def test_the_road_of_a_request_over_its_pages(village):
    office, head = people.signed_in(people.holder(Role.SDK)), people.signed_in(people.holder(Role.KAD))
    camat = people.signed_in(people.holder(Role.CAM))
    agency = people.signed_in(people.holder(Role.OPD, agency="dpu"))
    typed = {"kunci": str(uuid4()), "jenis": "rab", "opd": "dpu", "judul": "RAB dermaga", "isi": "Mohon."}
    address = office.post("/dukungan-teknis/baru/", typed).url
    today = clock.today().isoformat()
    assert head.post(f"{address}kirim/", {"nomor": "600/1", "tanggal": today}).url == address
    assert camat.post(f"{address}periksa/", {"catatan": ""}).url == address
    assert agency.post(f"{address}terima/", {"petugas": "Ir. Contoh"}).url == address
    assert agency.post(f"{address}jadwal/", {"hari": today}).url == address
    unmarked = agency.post(f"{address}hasil/", {"hasil": "Sudah dilihat."})
    assert (unmarked.status_code, "Sudah dilihat." in unmarked.content.decode()) == (400, True)
    marks = {f"tanda-{item}": "ok" for item in RAB_ITEMS}
    assert agency.post(f"{address}hasil/", {"hasil": "Sudah dilihat.", **marks}).url == address
    assert head.post(f"{address}terima-hasil/").url == address
    page = office.get(address).content.decode()
    assert ("selesai" in page, "Sudah dilihat." in page) == (True, True)


def test_a_clinic_day_is_set_filled_and_read(village):
    agency = people.signed_in(people.holder(Role.OPD, agency="dpu"))
    typed = {"kunci": str(uuid4()), "hari": "2030-01-07", "tempat": "Kantor Camat", "petugas": "Ir. A", "jumlah": "0"}
    assert "Tulis angka 1 sampai 300" in agency.post("/dukungan-teknis/klinik/baru/", typed).content.decode()
    address = agency.post("/dukungan-teknis/klinik/baru/", {**typed, "jumlah": "20"}).url
    assert "Antrean masih kosong" in agency.get(address).content.decode()
    assert agency.post(f"{address}isi/", {}).status_code == 400
    assert "Kantor Camat" in people.signed_in(people.holder(Role.SDK)).get("/dukungan-teknis/klinik/").content.decode()


def test_the_sheet_of_clinic_days_follows_the_search(village):
    agency = people.signed_in(people.holder(Role.OPD, agency="dpu"))
    for place in ("Kantor Camat", "Aula Dinas"):
        typed = {"hari": "2099-03-01", "tempat": place, "petugas": "Ir. Contoh", "jumlah": "5"}
        assert agency.post("/dukungan-teknis/klinik/baru/", typed | {"kunci": str(uuid4())}).status_code == 302
    sheet = agency.get("/dukungan-teknis/klinik/daftar.xlsx", {"cari": "camat"})
    table = open_sheets(sheet.content, "klinik.xlsx").table()
    assert (len(table.rows), table.cell(1, 1)) == (2, "Kantor Camat")


def test_a_declined_request_stands_in_the_list_with_its_state(village):
    request = drafted(village)
    SupportRequest.objects.filter(pk=request.pk).update(
        state="declined",
        letter_number="1",
        letter_date="2026-01-01",
        sent_at=clock.now(),
        decline_code="papers",
        decline_reason="Gambar belum ada.",
    )
    page = people.signed_in(people.holder(Role.STF)).get("/dukungan-teknis/")
    assert (page.status_code, "ditolak" in page.content.decode()) == (200, True)


def test_every_state_has_a_chip_that_exists():
    assert set(STATE_CHIPS) == set(STATES)
    assert set(STATE_CHIPS.values()) <= set(CHIP_ICONS)
