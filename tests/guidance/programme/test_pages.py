"""The pages: lists that stay quick, forms that keep what was typed, the whole road of a plan, sheets in and out."""

import io
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import people
from guidance.programme import given
from rembuk.core.hat import Role
from rembuk.guidance.programme import services
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity, PlanVersion
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
YEAR = given.year()


def text(response):
    return response.content.decode()


def many(model, wanted, make):
    while model.objects.count() < wanted:
        make(model.objects.count())


@pytest.mark.parametrize("page", ["plan", "promises", "list"])
def test_a_list_asks_the_same_number_of_queries_for_one_and_for_three(hats, posts, django_assert_max_num_queries, page):
    client = people.signed_in(posts["KBD"])
    plan, _made = given.running(hats)
    address = {"plan": f"/rencana-pembinaan/{plan.pk}/", "promises": "/komitmen/", "list": "/rencana-pembinaan/"}[page]
    if page == "plan":
        services.revise(plan_id=plan.pk, reason="tambah", actor=hats["KBD"], at=given.now())
    counts = []
    for wanted in (1, 3):
        if page == "plan":
            many(PlanActivity, wanted, lambda n: given.activity(plan, hats["STF"], title=f"Kegiatan {n}"))
        elif page == "promises":
            many(Commitment, wanted, lambda n: given.promise(hats["STF"], text=f"Janji {n}"))
        else:
            many(GuidancePlan, wanted, lambda n: given.begun(hats["STF"], year=str(YEAR + n)))
        client.get(address)
        with django_assert_max_num_queries(40) as seen:
            assert client.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_road_of_a_plan_over_its_pages(posts):
    staff, kabid, head = (people.signed_in(posts[role]) for role in ("STF", "KBD", "KDP"))
    address = staff.post(
        "/rencana-pembinaan/baru/", {"kunci": str(uuid4()), "tahun": str(YEAR), "tujuan": "Desa paham RKP"}
    ).url
    typed = {
        "kunci": str(uuid4()),
        "jenis": "training",
        "judul": "Bimtek RKP",
        "pemilik": "role:KBD",
        "mulai": f"{YEAR}-01-10",
        "selesai": f"{YEAR}-01-11",
        "sumber": ["apbd", ""],
        "jumlah": ["12.500.000", ""],
        "keterangan": ["konsumsi", ""],
    }
    targets = staff.post(f"{address}kegiatan/baru/", typed).url
    assert targets.endswith("/sasaran/")
    activity = staff.post(targets, {"versi": "1", "desa": ["kec:64.02.18"], "tempel": ""}).url
    refused = kabid.post(f"{address}ajukan/")
    assert (refused.status_code, "Perian (Muara Muntai) belum masuk pelatihan" in text(refused)) == (409, True)
    key = PlanActivity.objects.get().pk
    settled = {"desa": ["64.02.01.2001"], "kegiatan": str(key), "tambahkan": "ya"}
    assert staff.post(f"{address}cakupan/isi/", settled).status_code == 302
    assert "3 dari 3 desa terjangkau" in text(kabid.get(f"{address}cakupan/"))
    assert kabid.post(f"{address}ajukan/").url == address
    assert "Setujui dan bekukan versi" in text(head.get(address))
    assert head.post(f"{address}putuskan/", {"langkah": "approve"}).url == address
    kabid.post(f"{address}jalankan/", {"langkah": "start", "hari": f"{YEAR}-01-02"})
    paid = {
        "kunci": str(uuid4()), "tanggal": f"{YEAR}-01-12", "jumlah": "13.000.000", "sumber": "apbd", "nomor": "SP2D/1",
    }  # fmt: skip
    assert staff.post(f"{activity}realisasi/", paid).url == activity
    page = text(kabid.get(activity))
    assert ("Realisasi melebihi rencana" in page, "Rp500.000" in page, "SP2D/1" in page) == (True, True, True)
    assert "melebihi rencana" in text(kabid.get(f"{address}uang/"))
    assert kabid.get(f"{address}uang/unduh/").content[:2] == b"PK"
    version = f"{address}versi/1/"
    assert "Bimtek RKP" in text(kabid.get(version))
    assert kabid.get(f"{version}?bentuk=docx").content[:2] == b"PK"
    assert kabid.get(f"{version}?bentuk=exe").status_code == 404


def test_a_refused_activity_keeps_what_was_typed(hats, posts):
    plan = given.begun(hats["STF"])
    client = people.signed_in(posts["STF"])
    typed = {
        "kunci": str(uuid4()), "jenis": "visit", "judul": "Kunjungan danau", "pemilik": "", "mulai": f"{YEAR}-03-01",
        "selesai": f"{YEAR}-02-01", "sumber": ["apbd"], "jumlah": ["7.000.000"], "keterangan": ["perahu"],
    }  # fmt: skip
    page = client.post(f"/rencana-pembinaan/{plan.pk}/kegiatan/baru/", typed)
    shown = text(page)
    assert page.status_code == 400
    assert [words in shown for words in ("Kunjungan danau", "7.000.000", "perahu", f"{YEAR}-02-01")] == [True] * 4
    assert "Pilih penanggung jawab kegiatan" in shown
    assert PlanActivity.objects.count() == 0


def test_a_refused_payment_keeps_what_was_typed(hats, posts):
    _plan, made = given.running(hats)
    client = people.signed_in(posts["STF"])
    typed = {"kunci": str(uuid4()), "tanggal": f"{YEAR}-01-12", "jumlah": "-5", "sumber": "apbd", "nomor": "SP2D/9"}
    page = client.post(f"/rencana-pembinaan/kegiatan/{made.pk}/realisasi/", typed)
    assert (page.status_code, "SP2D/9" in text(page), "di bawah nol" in text(page)) == (400, True, True)


def test_two_plans_for_one_year_are_refused_and_the_typed_aims_stay(hats, posts):
    given.begun(hats["STF"])
    client = people.signed_in(posts["STF"])
    page = client.post("/rencana-pembinaan/baru/", {"kunci": str(uuid4()), "tahun": str(YEAR), "tujuan": "Tujuan saya"})
    assert (page.status_code, "Tujuan saya" in text(page), "sudah ada" in text(page)) == (409, True, True)


def test_semula_and_menjadi_of_a_revision_are_shown(hats, posts):
    plan, made = given.running(hats)
    services.revise(plan_id=plan.pk, reason="dana bertambah", actor=hats["KBD"], at=given.now())
    made.refresh_from_db()
    services.edit_activity(
        activity_id=made.pk, version=made.version, values=given.values(title="Bimtek dua hari"), actor=hats["STF"],
        at=given.now(),
    )  # fmt: skip
    client = people.signed_in(posts["KDP"])
    page = text(client.get(f"/rencana-pembinaan/{plan.pk}/beda/"))
    assert ("1 perubahan" in page, "Bimtek RKP Desa" in page, "Bimtek dua hari" in page) == (True, True, True)
    assert client.get(f"/rencana-pembinaan/{plan.pk}/beda/?dari=9&ke=kini").status_code == 404


def test_a_plan_nobody_approved_is_not_shown_to_villages_and_districts(hats):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    for role in (Role.SDK, Role.CAM):
        client = people.signed_in(people.holder(role))
        assert client.get(f"/rencana-pembinaan/{plan.pk}/").status_code == 404
        assert f"Rencana {YEAR}" not in text(client.get("/rencana-pembinaan/"))


def test_a_village_reads_its_activities_without_money(hats):
    plan, made = given.running(hats)
    client = people.signed_in(people.holder(Role.SDK))
    page = text(client.get(f"/rencana-pembinaan/{plan.pk}/"))
    assert ("Bimtek RKP Desa" in page, "Rp10.000.000" in page) == (True, False)
    inside = text(client.get(f"/rencana-pembinaan/kegiatan/{made.pk}/"))
    assert ("Melintang" in inside, "Anggaran dan realisasi" in inside) == (True, False)
    assert "Rencana pembinaan" in text(client.get("/desa/64.02.18.2003/data/", follow=True))


def test_filters_stand_in_the_address_and_the_sheet_follows_them(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"], title="Bimtek RKP")
    given.activity(plan, hats["STF"], ("64.02.01.2001",), title="Kunjungan", kind="visit")
    client = people.signed_in(posts["KBD"])
    page = text(client.get(f"/rencana-pembinaan/{plan.pk}/?jenis=visit&kecamatan=64.02.01&cari=kunj"))
    assert ("1 kegiatan" in page, ">Kunjungan<" in page, ">Bimtek RKP<" in page) == (True, True, False)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/rencana-pembinaan/{plan.pk}/kegiatan/?jenis=visit").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["kegiatan", "Kunjungan"]


HEADER = ["Jenis", "Kegiatan", "Uraian", "PJ", "Mulai", "Selesai", "Sasaran", "Sumber dana", "Pagu", "Keterangan"]


def uploaded(rows):
    return SimpleUploadedFile("kegiatan.xlsx", xlsx_bytes([("Kegiatan", HEADER, rows)]))


def test_a_sheet_is_judged_row_by_row_and_kept_after_a_look(hats, posts):
    plan = given.begun(hats["STF"])
    client = people.signed_in(posts["STF"])
    address = f"/rencana-pembinaan/{plan.pk}/impor/"
    rows = [
        [
            "Pelatihan",
            "Bimtek",
            "",
            "KBD",
            f"{YEAR}-03-01",
            f"2/3/{YEAR}",
            "semua desa",
            "APBD Kabupaten",
            12500000,
            "x",
        ],
        ["", "", "", "", "", "", "", "APBN", "1.000.000", "modul"],
        ["Kunjungan", "Danau", "", "Orang Asing", f"{YEAR}-03-09", f"{YEAR}-03-01", "Melintan", "kas", "-1", ""],
    ]
    page = client.post(address, {"berkas": uploaded(rows)})
    shown = text(page)
    assert "1 kegiatan siap disimpan, 5 hal ditolak" in shown
    assert [words in shown for words in ("Orang Asing", "maksudnya melintang?", "lebih awal", "di bawah nol")] == [
        True
    ] * 4
    assert PlanActivity.objects.count() == 0
    bundle = page.context["bundle"]
    assert client.post(address, {"siap": bundle}).url == f"/rencana-pembinaan/{plan.pk}/"
    made = PlanActivity.objects.get()
    assert (made.target_count, sorted(made.money.values_list("source", "amount"))) == (
        3, [("apbd", 12_500_000), ("apbn", 1_000_000)],
    )  # fmt: skip
    client.post(address, {"siap": bundle})
    assert PlanActivity.objects.count() == 1
    assert client.post(address, {"siap": bundle[:-3] + "abc"}).status_code == 400


def test_a_sheet_without_the_columns_is_refused_with_their_names(hats, posts):
    plan = given.begun(hats["STF"])
    client = people.signed_in(posts["STF"])
    file = SimpleUploadedFile("x.xlsx", xlsx_bytes([("A", ["jenis", "kegiatan"], [["pelatihan", "x"]])]))
    page = client.post(f"/rencana-pembinaan/{plan.pk}/impor/", {"berkas": file})
    assert (page.status_code, "penanggung_jawab, mulai, selesai, sasaran" in text(page)) == (400, True)


def test_what_was_taken_out_as_a_sheet_can_be_taken_in_again(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"], ("kec:64.02.18",))
    client = people.signed_in(posts["STF"])
    data = client.get(f"/rencana-pembinaan/{plan.pk}/kegiatan/").content
    other = given.begun(hats["STF"], year=str(YEAR + 1))
    file = SimpleUploadedFile("kegiatan.xlsx", data)
    page = client.post(f"/rencana-pembinaan/{other.pk}/impor/", {"berkas": file})
    troubles = [(one.column, words) for one, words in page.context["troubles"]]
    assert [column for column, _words in troubles] == ["mulai"]
    same = SimpleUploadedFile("kegiatan.xlsx", data)
    page = client.post(f"/rencana-pembinaan/{plan.pk}/impor/", {"berkas": same})
    assert ([one.error.code for one, _words in page.context["troubles"]], len(page.context["good"])) == ([], 1)


def test_a_commitment_over_its_pages(posts):
    staff, head = people.signed_in(posts["STF"]), people.signed_in(posts["KDP"])
    typed = {
        "kunci": str(uuid4()), "siapa": "bupati", "isi": "Dua perahu", "tanggal": "2026-01-05", "tenggat": "2026-01-04",
    }  # fmt: skip
    refused = staff.post("/komitmen/baru/", typed)
    assert (refused.status_code, "Dua perahu" in text(refused)) == (400, True)
    address = staff.post("/komitmen/baru/", typed | {"tenggat": "2026-06-30"}).url
    assert "Belum ada bukti" in text(head.post(f"{address}nilai/", {"nilai": "keep", "versi": "1"}))
    staff.post(f"{address}bukti/", {"kunci": str(uuid4()), "bukti": "Serah terima"})
    assert head.post(f"{address}nilai/", {"nilai": "keep", "versi": "1"}).url == address
    assert "ditepati" in text(head.get(address))
    assert head.post(f"{address}terbitkan/", {"umum": "ya"}).url == address
    assert "Dua perahu" in text(head.get("/komitmen/umum/"))
    assert staff.get("/komitmen/daftar/?siapa=bupati").content[:2] == b"PK"


def test_the_list_of_commitments_filters_late_ones_and_those_to_judge(hats, posts):
    given.promise(hats["STF"], text="Terlambat sekali")
    given.promise(hats["STF"], text="Masih lama", due="2099-01-01")
    client = people.signed_in(posts["KDP"])
    late = text(client.get("/komitmen/?keadaan=terlambat"))
    assert ("Terlambat sekali" in late, "Masih lama" in late) == (True, False)
    assert "Tidak ada komitmen yang cocok" in text(client.get("/komitmen/?keadaan=menunggu"))
    assert "Masih lama" in text(client.get("/komitmen/?cari=masih&tahun=2099&siapa=bupati"))


def test_what_waits_stands_on_the_first_page_of_who_must_act(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    given.promise(hats["STF"])
    head = text(people.signed_in(posts["KDP"]).get("/beranda/", follow=True))
    assert ("menunggu persetujuan" in head, "1 komitmen terlambat" in head) == (True, True)
    services.return_plan(plan_id=plan.pk, note="Tambah desa", actor=hats["KDP"], at=given.now())
    kabid = text(people.signed_in(posts["KBD"]).get("/beranda/", follow=True))
    assert f"Rencana pembinaan {plan.year} dikembalikan" in kabid


def test_the_screen_says_who_stands_in_for_an_empty_seat(hats, posts):
    plan = given.begun(hats["STF"])
    given.activity(plan, hats["STF"])
    services.submit(plan_id=plan.pk, actor=hats["KBD"], at=given.now())
    with setting_up():
        posts["KDP"].delete()
    secretary = people.holder(Role.SEK)
    page = text(people.signed_in(secretary).get(f"/rencana-pembinaan/{plan.pk}/"))
    assert ("sedang kosong" in page, "Setujui dan bekukan versi" in page) == (True, True)
    people.signed_in(secretary).post(f"/rencana-pembinaan/{plan.pk}/putuskan/", {"langkah": "approve"})
    assert PlanVersion.objects.get().number == 1
