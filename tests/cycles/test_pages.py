"""Every page of the cycle opens for who may, keeps what was typed, and takes the same queries with many rows."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cycles.given import NOW, evidence
from factories import people, places
from rembuk.core.hat import Role
from rembuk.cycles import services
from rembuk.cycles.models import Cycle, Evidence, Excuse, Holiday, StageRecord
from rembuk.regions.models import Regency
from rembuk.shared import clock

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    """The pages ask the one clock; the tests stand on 21 September 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert clock.now() == NOW


def address(cycle, stage="", act=""):
    return "/".join(part for part in (f"/siklus/{cycle.pk}", stage, act) if part) + "/"


def test_the_cycle_page_shows_the_stepper_with_names_dates_and_words(cycle, secretary, done):
    done("K2", on=date(2026, 5, 20))
    page = people.signed_in(secretary).get(address(cycle)).content.decode()
    assert page.count('<li class="ok"') == 1
    assert "Tim RKP" in page
    assert "terlambat 83 hari" in page
    assert "20 Mei 2026" in page


def test_the_stage_page_names_what_is_missing_with_its_article_and_button(cycle, secretary):
    page = people.signed_in(secretary).get(address(cycle, "K2")).content.decode()
    assert "SK Tim Penyusun RKP (F01) belum ada" in page
    assert "Permendagri 114/2014 Pasal 33" in page
    assert f"{address(cycle, 'K2', 'bukti')}" in page
    assert "Unggah" in page


def test_a_document_is_uploaded_with_number_and_date(cycle, secretary):
    client = people.signed_in(secretary)
    form = {
        "paper_code": "F01",
        "title": "",
        "number": "188.45/12/2026",
        "document_date": "2026-06-09",
        "signed": "on",
        "file": SimpleUploadedFile("sk.pdf", PDF, "application/pdf"),
    }
    assert client.post(address(cycle, "K2", "bukti"), form).status_code == 302
    made = Evidence.objects.get()
    assert (made.title, made.number, made.signed) == ("SK Tim Penyusun RKP", "188.45/12/2026", True)
    assert client.get(f"/bukti/{made.pk}/").status_code == 200


def test_a_refused_upload_keeps_what_was_typed_and_stores_nothing(cycle, secretary):
    form = {
        "paper_code": "F01",
        "number": "188.45/12/2026",
        "document_date": "2026-06-09",
        "file": SimpleUploadedFile("sk.exe", b"MZ\x90", "application/octet-stream"),
    }
    answer = people.signed_in(secretary).post(address(cycle, "K2", "bukti"), form)
    assert answer.status_code == 400
    assert "188.45/12/2026" in answer.content.decode()
    assert Evidence.objects.count() == 0


def test_completing_too_early_answers_409_with_every_reason(cycle, head):
    answer = people.signed_in(head).post(address(cycle, "K2", "selesai"), {"done_date": "2026-06-09"})
    assert answer.status_code == 409
    assert "SK Tim Penyusun RKP (F01) belum ada" in answer.content.decode()
    assert StageRecord.objects.get(cycle=cycle, stage="K2").state == "open"


def test_a_cycle_of_another_place_is_not_there(cycle):
    assert people.signed_in(people.stranger()).get(address(cycle)).status_code == 404
    neighbour = people.secretary(places.enggelam())
    assert people.signed_in(neighbour).get(address(cycle, "K2")).status_code == 404


def test_a_role_that_may_not_complete_is_told_so(cycle, secretary):
    answer = people.signed_in(secretary).post(address(cycle, "K2", "selesai"), {"done_date": "2026-06-09"})
    assert answer.status_code == 403


def test_a_verifier_confirms_and_returns(cycle, done):
    done("K2")
    client = people.signed_in(people.holder(Role.PTP, cycle.village))
    assert client.post(address(cycle, "K2", "konfirmasi")).status_code == 302
    assert StageRecord.objects.get(cycle=cycle, stage="K2").confirmed_at == NOW
    assert client.post(address(cycle, "K2", "kembalikan"), {"kembali-reason": ""}).status_code == 400
    assert client.post(address(cycle, "K2", "kembalikan"), {"kembali-reason": "SK kurang"}).status_code == 302
    assert StageRecord.objects.get(cycle=cycle, stage="K2").state == "returned"


def test_an_excuse_goes_from_the_village_to_dpmd_and_back(cycle, secretary, staff):
    village = people.signed_in(secretary)
    form = {"reason": "Surat pagu datang 19 Agustus", "from_date": "2026-08-01", "to_date": "2026-08-19"}
    assert village.post(address(cycle, "K3", "kelonggaran"), form).status_code == 302
    excuse = Excuse.objects.get()
    office = people.signed_in(staff)
    assert "Surat pagu datang 19 Agustus" in office.get("/kelonggaran/?keadaan=proposed").content.decode()
    assert office.get(f"/kelonggaran/{excuse.pk}/").status_code == 200
    answer = office.post(f"/kelonggaran/{excuse.pk}/putuskan/", {"granted": "ya", "version": excuse.version})
    assert answer.status_code == 302
    excuse.refresh_from_db()
    assert excuse.state == "granted"


def test_an_excuse_with_odd_dates_is_refused_in_words(cycle, secretary):
    form = {"reason": "x", "from_date": "2026-08-19", "to_date": "2026-08-01"}
    answer = people.signed_in(secretary).post(address(cycle, "K3", "kelonggaran"), form)
    assert answer.status_code == 400
    assert "lebih awal dari tanggal mulainya" in answer.content.decode()


def test_dpmd_opens_the_cycles_of_all_its_villages_at_once(village, staff):
    places.perian()
    client = people.signed_in(staff)
    assert client.post("/siklus/buka/", {"plan_year": "2026"}).status_code == 302
    assert Cycle.objects.count() == 2
    assert client.post("/siklus/buka/", {"plan_year": "kapan"}).status_code == 400


def test_holidays_are_added_and_taken_away_by_staff(village, staff, secretary):
    client = people.signed_in(staff)
    assert client.get("/hari-libur/64.02/?tahun=2026").status_code == 200
    form = {"day": "2026-09-29", "name": "Hari jadi kabupaten", "source": "SE Bupati"}
    assert client.post("/hari-libur/64.02/tambah/", form).status_code == 302
    made = Holiday.objects.get()
    assert client.post("/hari-libur/64.02/tambah/", form).status_code == 409
    assert people.signed_in(secretary).post(f"/hari-libur/hapus/{made.pk}/").status_code in (403, 404)
    assert client.post(f"/hari-libur/hapus/{made.pk}/").status_code == 302
    assert Holiday.objects.count() == 0


def test_a_village_reads_the_procedure_and_the_head_of_division_changes_it(village, secretary):
    page = people.signed_in(secretary).get("/profil-prosedur/64.02/").content.decode()
    assert "belum pasti, atur di sini" in page
    assert "Simpan profil" not in page
    client = people.signed_in(people.division_head(village))
    form = {"profile": "114", "version": 0, "target_K2": "30/4", "off": ["K11"], "family": "B"}
    assert client.post("/profil-prosedur/64.02/simpan/", form).status_code == 302
    assert "B: lampiran Permendesa PDTT 21/2020</dd>" in client.get("/profil-prosedur/64.02/").content.decode()
    regency = Regency.objects.get(code="64.02")
    assert (regency.profile, regency.settings["procedure"]["targets"]["K2"]) == ("114", [4, 30])
    assert client.post("/profil-prosedur/64.02/simpan/", form).status_code == 409
    odd = client.post("/profil-prosedur/64.02/simpan/", form | {"version": 1, "target_K2": "31/31"})
    assert odd.status_code == 400
    assert "31/31" in odd.content.decode()


def queries_of(client, path):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["/siklus/", "/kelonggaran/", "/bukti/"])
def test_lists_take_the_same_queries_with_one_row_and_with_many(cycle, staff, secretary, path):
    client = people.signed_in(staff)
    evidence(cycle, "K2", "F01", secretary.hat())
    Excuse.objects.create(cycle=cycle, stage="K3", reason="Banjir", from_date=date(2026, 8, 1))
    few = queries_of(client, path)
    villages = [places.village(f"64.02.18.{n}", f"Desa {n}", f"D{n}") for n in range(2100, 2140)]
    for made in services.open_cycles(villages=villages, plan_year=2026, actor=staff.hat(), at=NOW):
        Excuse.objects.create(cycle=made, stage="K3", reason="Banjir", from_date=date(2026, 8, 1))
        evidence(cycle, "K2", "F01", secretary.hat())
    assert queries_of(client, path) == few


def test_a_cycle_page_takes_the_same_queries_with_much_evidence(cycle, secretary):
    client = people.signed_in(secretary)
    evidence(cycle, "K2", "F01", secretary.hat())
    few = queries_of(client, address(cycle))
    stage = queries_of(client, address(cycle, "K2"))
    for _number in range(10):
        evidence(cycle, "K2", "F01", secretary.hat())
    assert queries_of(client, address(cycle)) == few
    assert queries_of(client, address(cycle, "K2")) == stage
    # The frame and the cycle take sixteen; the panels of later rooms one or two each.
    assert few <= 22


def test_the_trail_of_a_cycle_is_one_click_away(cycle, secretary):
    client = people.signed_in(secretary)
    evidence(cycle, "K2", "F01", secretary.hat())
    link = f"/jejak/siklus/{cycle.pk}/"
    assert link in client.get(address(cycle)).content.decode()
    assert client.get(link).status_code == 200


def test_evidence_is_found_by_state_stage_and_words(cycle, secretary, staff):
    kept = evidence(cycle, "K2", "F01", secretary.hat(), title="SK Tim")
    gone = evidence(cycle, "K1", "F03", secretary.hat(), title="BA keliru")
    services.withdraw_evidence(evidence_id=gone.pk, reason="salah", actor=secretary.hat(), at=NOW)
    client = people.signed_in(staff)

    def titles(query):
        return [tile.row.title for tile, _title in client.get(f"/bukti/?{query}").context["rows"]]

    assert titles("") == ["SK Tim"]
    assert titles("keadaan=withdrawn") == ["BA keliru"]
    assert titles("keadaan=all&tahap=K1") == ["BA keliru"]
    assert titles("cari=melintang") == ["SK Tim"]
    services.verify_evidence(evidence_id=kept.pk, actor=staff.hat(), at=NOW)
    assert titles("") == []
    assert titles("keadaan=verified") == ["SK Tim"]


def test_the_settings_lead_to_the_own_regency(village, secretary):
    client = people.signed_in(secretary)
    assert client.get("/hari-libur/").url == "/hari-libur/64.02/"
    assert client.get("/profil-prosedur/").url == "/profil-prosedur/64.02/"
