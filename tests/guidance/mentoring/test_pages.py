"""The pages of mentoring: what each hat sees and can press; typed text survives a refusal; constant queries."""

import io
from datetime import date
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people, places
from guidance.mentoring.given import CRITICAL, MINOR, NOW, begun, handed_in, hat, photo, planned, promise, reported
from rembuk.core.hat import Role
from rembuk.cycles import duties
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.shared import clock, panels
from rembuk.shared.menu import entries_for
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client(village):
    def make(role, **fields):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village, **fields))

    return make


def at(name, *args):
    return reverse(f"mentoring:{name}", args=args)


SHEET = {
    "tanggal": "2026-09-21",
    "tahapan": "K9",
    "versi_daftar": "2026-1",
    "jumlah": "2",
    "t-1-temuan": "SK tim belum terbit",
    "t-1-tingkat": "critical",
    "t-1-rekomendasi": "Terbitkan SK tim",
    "t-1-pemilik": "SDK",
    "ttd": "program",
}


def test_the_sheet_by_the_form_is_reported_and_shown_whole(village, mentor, secretary, client):
    visit = begun(mentor)
    visitor = client("PTP")
    form = visitor.get(at("sheet", visit.pk)).content.decode()
    assert "Wajib hanya bagian a, h, dan j" in form and f"Sekretaris desa ({secretary.name})" in form
    shown = visitor.post(
        at("sheet", visit.pk),
        {
            **SHEET,
            "b-K9-2": "yes",
            "b-K9-2-bukti": "dibagikan",
            "temu-1": "Ibu Ratna",
            "perjalanan": "90",
            "foto": SimpleUploadedFile("a.jpg", photo(), "image/jpeg"),
        },
        follow=True,
    ).content.decode()
    assert "Lembar kunjungan tersimpan" in shown and "Ibu Ratna" in shown and "Foto kunjungan 1" in shown
    assert "Rancangan RKP dibagikan dan pagu dijelaskan?" in shown and "Daftar versi 2026-1." in shown
    assert ActionItem.objects.get().due_date == date(2026, 10, 3)


def test_a_refused_sheet_names_each_gap_and_keeps_what_was_typed(village, mentor, secretary, client):
    promise(mentor)
    visit = begun(mentor)
    typed = {**SHEET, "t-1-pemilik": "", "ttd": "", "data": "IDM belum dimutakhirkan", "t-2-temuan": "Papan kosong"}
    refused = client("PTP").post(at("sheet", visit.pk), typed)
    text = refused.content.decode()
    assert refused.status_code == 409
    for words in (
        "Bagian a: 1 janji kunjungan lalu belum dijawab.",
        "Bagian h, temuan 1: belum ada penanggung jawab.",
        "Bagian h, temuan 2: belum ada tingkat, rekomendasi, penanggung jawab.",
        "Bagian j: pilih cara desa mengakui lembar ini.",
        "IDM belum dimutakhirkan",
        "SK tim belum terbit</textarea>",
    ):
        assert words in text
    assert ActionItem.objects.count() == 1


def test_another_row_for_a_finding_comes_by_a_button_without_losing_anything(village, mentor, client):
    visit = begun(mentor)
    text = client("PTP").post(at("sheet", visit.pk), {**SHEET, "tambah": "1"}).content.decode()
    assert 'name="t-4-temuan"' in text and "SK tim belum terbit</textarea>" in text
    assert 'name="jumlah" value="4"' in text and ActionItem.objects.count() == 0


def test_the_village_reads_and_acknowledges_by_one_button(village, mentor, client):
    visit = reported(mentor, CRITICAL)
    head = client("KAD")
    page = head.get(at("visit", visit.pk)).content.decode()
    assert "Akui lembar ini" in page and at("sheet", visit.pk) not in page
    shown = head.post(at("acknowledge", visit.pk), follow=True).content.decode()
    assert "Lembar kunjungan diakui." in shown and "Akui lembar ini" not in shown


def test_an_objection_by_the_form_waits_for_an_answer(village, mentor, client):
    visit = reported(mentor)
    shown = client("KAD").post(at("acknowledge", visit.pk), {"keberatan": "Papan sudah ada"}, follow=True)
    assert "Keberatan tersimpan" in shown.content.decode()
    judge = client("CAM")
    assert "Bagaimana keberatan desa dijawab" in judge.get(at("visit", visit.pk)).content.decode()
    assert judge.post(at("close", visit.pk), {"catatan": ""}).status_code == 400
    assert (
        "Kunjungan ditutup."
        in judge.post(at("close", visit.pk), {"catatan": "Sudah dilihat"}, follow=True).content.decode()
    )


def test_readers_see_no_button_of_the_team_or_the_village(village, staff, ptp, client):
    (visit,) = planned(staff, ptp)
    text = client("BPD").get(at("visit", visit.pk)).content.decode()
    for name in ("confirm", "reschedule", "cancel", "start"):
        assert at(name, visit.pk) not in text


def test_a_season_is_planned_from_the_filtered_list_and_leads_to_the_route(village, staff, ptp, client):
    planner = client("STF")
    page = planner.get(at("season")).content.decode()
    assert "belum pernah" in page and "Peran Pendamping lokal desa sedang kosong" in page
    typed = {
        "kunci": str(uuid4()),
        "desa": village.id,
        "dari": "2026-09-24",
        "sampai": "2026-09-30",
        "tim": "setempat",
        "tujuan": "stage",
        "cara": "onsite",
    }
    shown = planner.post(at("season"), typed, follow=True).content.decode()
    assert "1 kunjungan direncanakan." in shown and "Jadwal kunjungan" in shown and ptp.name in shown
    assert planner.get(at("season") + "?cari=zzz").content.decode().count("Tidak ada desa yang cocok") == 1


def test_a_refused_season_keeps_the_ticks_the_window_and_the_team(village, staff, client):
    later = hat("PTP", village, username="baru", start_date=date(2026, 10, 1))
    typed = {
        "kunci": str(uuid4()),
        "desa": village.id,
        "dari": "2026-09-24",
        "sampai": "2026-09-24",
        "tim": "orang",
        "orang": [str(later.assignment_id), ""],
        "catatan": "Bawa berkas",
    }
    refused = client("KBD").post(at("season"), typed)
    text = refused.content.decode()
    assert refused.status_code == 409 and "baru mulai 1 Oktober 2026" in text
    assert f'value="{village.id}" checked' in text and 'value="Bawa berkas"' in text and 'value="2026-09-24"' in text
    assert Visit.objects.count() == 0


@pytest.mark.parametrize(
    ("filters", "found"),
    [("telat=ya", False), ("hari=30", True), ("janji=ya", False), ("tanpa=ya", True), ("di_tahapan=K9", False)],
)
def test_villages_are_offered_by_what_speaks_for_a_visit(village, staff, client, filters, found):
    text = client("STF").get(f"{at('season')}?{filters}").content.decode()
    assert (f'name="desa" value="{village.id}"' in text) is found


def test_a_visit_that_nobody_planned_leads_to_its_sheet(village, client):
    visitor = client("CAM")
    typed = {"kunci": str(uuid4()), "desa": village.id, "tanggal": "2026-09-20"}
    assert "Lembar kunjungan Desa Melintang" in visitor.post(at("new"), typed, follow=True).content.decode()
    refused = visitor.post(at("new"), {**typed, "kunci": str(uuid4()), "tanggal": "2026-09-25"})
    assert refused.status_code == 400 and 'value="2026-09-25"' in refused.content.decode()


def test_moving_by_the_form_shows_the_new_visit_and_the_reason(village, staff, ptp, client):
    (visit,) = planned(staff, ptp)
    team = client("PTP")
    refused = team.post(at("reschedule", visit.pk), {"tanggal": "2026-09-29", "sebab": "", "alasan": "Air surut"})
    assert refused.status_code == 400 and 'value="Air surut"' in refused.content.decode()
    typed = {"tanggal": "2026-09-29", "sebab": "water_level", "alasan": "Air surut", "versi": visit.version}
    shown = team.post(at("reschedule", visit.pk), typed, follow=True).content.decode()
    assert "tinggi muka air: Air surut" in shown and "29 September 2026" in shown


def test_the_printed_blank_sheet_carries_the_villages_promises_and_the_stage_list(village, mentor, client):
    promise(mentor)
    text = client("PTP").get(f"{at('blank')}?desa={village.id}&tahapan=K9").content.decode()
    assert "Terbitkan SK tim penyusun" in text and "Peserta perempuan dan wakil RT bicara?" in text
    assert "Desa Melintang" in text and "Kepala Desa atau Sekretaris Desa" in text


def test_a_promise_by_its_page_from_evidence_to_rejection_to_the_end(village, mentor, client):
    item = promise(mentor)
    owner, judge = client("SDK"), client("PTP")
    assert owner.post(at("submit", item.pk), {"catatan": "Sudah"}).status_code == 400
    typed = {"catatan": "Sudah", "berkas": SimpleUploadedFile("sk.jpg", photo(), "image/jpeg")}
    shown = owner.post(at("submit", item.pk), typed, follow=True).content.decode()
    assert "Bukti diserahkan." in shown and "Bukti menunggu diperiksa orang lain." in shown and "PTP Melintang" in shown
    refused = judge.post(at("reject", item.pk), {"catatan": ""})
    assert refused.status_code == 400 and "Tulis catatannya." in refused.content.decode()
    judge.post(at("reject", item.pk), {"catatan": "Belum ditandatangani"})
    text = owner.get(at("item", item.pk)).content.decode()
    assert "Belum ditandatangani" in text and "bukti belum cukup" in text
    again = {"catatan": "Ini", "berkas": SimpleUploadedFile("sk2.jpg", photo("red"), "image/jpeg")}
    owner.post(at("submit", item.pk), again)
    shown = judge.post(at("verify", item.pk), {"catatan": "Cocok"}, follow=True).content.decode()
    assert "Bukti diterima. Selesai." in shown and shown.count("Bukti diserahkan") == 2


def test_who_recorded_it_sees_who_else_may_judge_and_no_button(village, ptp, camat, secretary, client):
    item = handed_in(promise(ptp), secretary)
    with setting_up():
        own = people.signed_in(people.Assignment.objects.get(pk=ptp.assignment_id))
    text = own.get(at("item", item.pk)).content.decode()
    assert at("verify", item.pk) not in text and f"{camat.name} (Camat)" in text


def test_waiving_is_offered_by_rank(village, mentor, client):
    critical, minor = promise(mentor), promise(mentor, MINOR)
    division, chief = client("KBD"), client("KDP")
    assert at("waive", critical.pk) not in division.get(at("item", critical.pk)).content.decode()
    assert at("waive", minor.pk) in division.get(at("item", minor.pk)).content.decode()
    shown = chief.post(at("waive", critical.pk), {"alasan": "Aturan berubah"}, follow=True).content.decode()
    assert "Dibebaskan; alasannya terbaca oleh desa." in shown and "Aturan berubah" in shown


def test_a_waiver_that_is_refused_keeps_the_other_typed_fields(village, mentor, client):
    item = promise(mentor, MINOR)
    refused = client("STF").post(
        at("supersede", item.pk), {"rekomendasi": "Pasang di jetty", "pemilik": "KAD", "alasan": ""}
    )
    assert refused.status_code == 400 and "Pasang di jetty</textarea>" in refused.content.decode()


def test_opd_reads_its_own_promise_and_no_other(village, mentor, client):
    theirs = promise(mentor, services.FindingValues("minor", "Gambar belum ada", "Buat gambar", "OPD"))
    other = promise(mentor, MINOR)
    office = client("OPD")
    listed = office.get(at("items")).content.decode()
    assert "Buat gambar" in listed and "Pasang ringkasan RKP" not in listed
    assert office.get(at("item", theirs.pk)).status_code == 200
    assert office.get(at("item", other.pk)).status_code == 403
    assert at("visit", theirs.finding.visit_id) not in office.get(at("list")).content.decode()
    assert office.get(at("visit", theirs.finding.visit_id)).status_code == 403


def test_the_lists_filter_count_and_export_what_they_show(village, mentor, client):
    with setting_up():
        near = places.enggelam()
    reported(mentor, CRITICAL, MINOR)
    reported(hat("PTP", village), MINOR, village=near)
    reader = client("CAM")
    text = reader.get(at("items") + "?tingkat=minor&keadaan=terbuka&desa=" + near.id).content.decode()
    assert "1 temuan dan tindak lanjut cocok" in text
    export = reader.get(at("export_items", "xlsx") + "?tingkat=minor")
    rows = list(openpyxl.load_workbook(io.BytesIO(export.content)).active.iter_rows(min_row=2, values_only=True))
    assert sorted(row[1] for row in rows) == ["Enggelam", "Melintang"]
    visits = reader.get(at("export", "csv") + "?cari=engg").content.decode()
    assert len(visits.strip().splitlines()) == 2 and "Enggelam" in visits
    assert "1 kunjungan cocok" in reader.get(at("list") + "?cari=engg&keadaan=reported").content.decode()


def test_a_list_with_odd_filters_answers_as_if_they_were_not_there(village, client):
    reader = client("CAM")
    odd = "?keadaan=x&tingkat=%00&bulan=2026-99&desa=';--&kecamatan=abc&hal=x&tahapan=K99&pemilik=BUP"
    assert reader.get(at("items") + odd).status_code == 200
    assert reader.get(at("list") + odd).status_code == 200
    assert reader.get(at("schedule") + "?dari=x&sampai=y&orang=z").status_code == 200
    assert client("STF").get(at("season") + odd + "&hari=-1").status_code == 200


def test_people_of_another_place_find_nothing(village, mentor, staff, ptp):
    item, (visit,) = promise(mentor), planned(staff, ptp)
    with setting_up():
        stranger = people.signed_in(people.stranger())
        neighbour = people.signed_in(people.holder(Role.SDK, places.perian()))
    for who in (stranger, neighbour):
        assert who.get(at("item", item.pk)).status_code == 404
        assert who.get(at("visit", visit.pk)).status_code == 404
        assert "Terbitkan SK" not in who.get(at("items")).content.decode()


@pytest.mark.parametrize("name", ["list", "items", "mine", "schedule", "season"])
def test_a_list_asks_as_many_queries_for_three_rows_as_for_one(village, mentor, client, name):
    with setting_up():
        near = places.enggelam()
    reader = client("STF")
    address = at(name)

    def count():
        with CaptureQueriesContext(connection) as found:
            assert reader.get(address, follow=True).status_code == 200
        return len(found)

    reported(mentor, CRITICAL)
    few = count()
    reported(mentor, CRITICAL, MINOR)
    reported(hat("PTP", village), MINOR, village=near)
    assert count() == few
    if name in ("list", "items"):
        assert few <= 10


def test_the_villages_page_tells_promises_visits_grace_and_who_stands_in(village, mentor, staff, client):
    promise(mentor)
    services.set_grace(village_id=village.id, days="9", actor=staff, at=NOW)
    text = client("KBD").get(at("village", village.id)).content.decode()
    assert "1 janji terbuka" in text and "9 hari lebih lama" in text and "rancangan program" in text
    refused = client("STF").post(at("grace", village.id), {"hari": "seminggu"})
    assert refused.status_code == 400 and 'value="seminggu"' in refused.content.decode()


def test_the_days_are_shown_with_their_note_and_set_by_dpmd(village, client):
    staff = client("STF")
    text = staff.get(at("own_rules"), follow=True).content.decode()
    assert "bukan angka undang-undang" in text
    typed = {"critical": "5", "major": "14", "minor": "30", "advice": "", "grace_days": "4", "missed_after": "3"}
    refused = staff.post(at("set_rules", "64.02"), {**typed, "report_days": "lama", "versi": "0"})
    assert refused.status_code == 400 and 'value="lama"' in refused.content.decode()
    shown = staff.post(at("set_rules", "64.02"), {**typed, "report_days": "3", "versi": "0"}, follow=True)
    assert 'name="critical" value="5"' in shown.content.decode()
    assert at("set_rules", "64.02") in client("PTP").get(at("rules", "64.02")).content.decode()


def test_duties_and_badges_tell_each_what_waits(village, staff, ptp, mentor, secretary, head, client):
    (visit,) = planned(staff, ptp, start="2026-09-21")
    item = promise(mentor)
    titles = {duty.key for duty in duties.of(secretary, clock.today())}
    assert f"mentoring:item:{item.pk}" in titles and any(key.startswith("mentoring:sign:") for key in titles)
    assert f"mentoring:visit:{visit.pk}" in {duty.key for duty in duties.of(ptp, clock.today())}
    badge = {entry.key: entry.badge for entry in entries_for(secretary, "/")}
    assert badge["findings"] == 1
    handed_in(item, secretary, days=0)
    assert {entry.key: entry.badge for entry in entries_for(ptp, "/")}["findings"] == 1
    assert "mentoring:judge" in {duty.key for duty in duties.of(ptp, clock.today())}
    assert {entry.key: entry.badge for entry in entries_for(secretary, "/")}["findings"] == 0
    assert "1 tindak lanjut menunggu Anda" in client("PTP").get(at("mine")).content.decode()


def test_the_panel_of_a_village_tells_what_is_open_to_who_may_read_it(village, mentor, secretary, head):
    promise(mentor)
    (panel,) = [p for p in panels.for_many("village", [village.id], head)[village.id] if p.title == "Pendampingan"]
    assert ("Tindak lanjut", "1 terbuka") in panel.rows and panel.link == at("village", village.id)
    assert panels.for_many("village", [village.id], None)[village.id] == []


def test_the_trail_of_a_visit_and_of_a_promise_opens(village, mentor, client):
    item = promise(mentor)
    reader = client("KBD")
    for kind, key in (("kunjungan", item.finding.visit_id), ("tindak-lanjut", item.pk)):
        assert reader.get(reverse("shared:trail", args=(kind, key))).status_code == 200


def test_the_page_of_a_village_shows_what_is_open_and_the_last_visit(village, mentor, secretary, client):
    promise(mentor)
    text = client("SDK").get(reverse("regions:village", args=(village.id,))).content.decode()
    assert "Pendampingan" in text and "1 terbuka" in text and "21 September 2026" in text
