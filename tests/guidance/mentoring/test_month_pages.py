"""The pages of the monthly report: its writer's, those above, the paper, the lines for the daily report."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.reading import docx_text, pdf_text, squeezed
from factories import people, places
from guidance.mentoring.given import MINOR, hat, reported
from rembuk.core.guidance.monthly import Month
from rembuk.core.hat import Role
from rembuk.guidance.mentoring import services
from rembuk.guidance.mentoring.models import MonthlyReport
from rembuk.guidance.mentoring.services import ReportWords
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up

NOW = datetime(2026, 10, 3, 1, 0, tzinfo=UTC)
SEPTEMBER = Month(2026, 9)
TYPED = {"kendala": "Sinyal hilang", "permintaan": "Perahu", "pelajaran": "Hari pasar", "versi": "0"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def visit(village, mentor):
    return reported(mentor, MINOR, travel_minutes="95", work_minutes="120", access_used="river")


@pytest.fixture
def client(village):
    def make(role, **fields):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village, **fields))

    return make


def at(name, *args):
    return reverse(f"mentoring:{name}", args=args)


def handed_in(writer, **words):
    values = ReportWords(**{"obstacles": "Sinyal hilang", **words})
    return services.submit_report(month=SEPTEMBER, words=values, actor=writer, at=NOW)


def test_the_writer_sees_own_months_with_the_missing_one_on_top(visit, client):
    text = client("PLD").get(at("months")).content.decode()
    assert "Oktober 2026" in text and "September 2026" in text and "belum dikirim" in text and "2 bulan" in text
    found = client("PLD").get(at("months") + "?keadaan=belum").content.decode()
    assert "1 bulan cocok" in found and at("month", "2026-10") not in found


def test_the_month_shows_its_calendar_and_lines_and_takes_what_is_added(visit, client):
    writer = client("PLD")
    text = writer.get(at("month", "2026-09")).content.decode()
    assert "Terbanyak 3 jam 35 menit pada 21 September 2026" in text
    assert "21 September 2026: 3 jam 35 menit, perjalanan 1 jam 35 menit" in text and "3,6</b>" in text
    assert "Papan informasi kosong" in text and "K9" in text and "Kirim laporan" in text
    saved = writer.post(at("save_month", "2026-09"), TYPED, follow=True).content.decode()
    assert "Catatan tersimpan" in saved and "Sinyal hilang</textarea>" in saved
    sent = writer.post(at("submit_month", "2026-09"), {**TYPED, "versi": "1"}, follow=True).content.decode()
    assert "Laporan terkirim" in sent and "Kirim laporan" not in sent and "dibekukan saat dikirim" in sent
    assert MonthlyReport.objects.get().figures["visits"][0]["village"] == "Melintang"


def test_a_refused_month_keeps_what_was_typed(visit, client):
    writer = client("PLD")
    refused = writer.post(at("submit_month", "2026-10"), TYPED)
    text = refused.content.decode()
    assert refused.status_code == 409 and "belum selesai" in text and "Hari pasar</textarea>" in text
    long = writer.post(at("save_month", "2026-09"), {**TYPED, "kendala": "x" * 2001})
    assert long.status_code == 400 and "2001 huruf" in long.content.decode()
    assert not MonthlyReport.objects.exists()


@pytest.mark.parametrize("month", ["2026-13", "2026-11", "kapan"])
def test_a_month_that_is_none_or_has_not_come_is_not_found(visit, client, month):
    assert client("PLD").get(at("month", month)).status_code == 404


def test_those_above_go_on_seeing_what_was_handed_in_while_its_writer_mends_it(visit, mentor, ptp, client):
    report = handed_in(mentor)
    services.return_report(report_id=report.pk, note="Tambahkan pelajaran", actor=ptp, at=NOW)
    reported(mentor, MINOR)
    writer, above = client("PLD").get(at("month", "2026-09")), client("CAM").get(at("report", report.pk))
    assert len(writer.context["figures"].visits) == 2 and len(above.context["figures"].visits) == 1
    assert "Penulisnya sedang membenahi" in above.content.decode()


def test_a_returned_report_shows_the_note_to_its_writer(visit, mentor, ptp, client):
    report = handed_in(mentor)
    services.return_report(report_id=report.pk, note="Tambahkan pelajaran", actor=ptp, at=NOW)
    text = client("PLD").get(at("month", "2026-09")).content.decode()
    assert "Tambahkan pelajaran" in text and ptp.name in text and "Kirim laporan" in text
    assert "Laporan September 2026 dikembalikan." in client("PLD").get(at("months")).content.decode()


def test_the_lines_for_the_daily_report_are_day_time_place_and_text(visit, client):
    answer = client("PLD").get(at("drp", "2026-09", "csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode())))
    assert rows[0] == ["hari", "jam", "tempat", "uraian"]
    assert rows[1][:3] == ["2026-09-21", "09.00", "Melintang, Kec. Muara Wis"]
    assert "Perjalanan 1 jam 35 menit (" in rows[1][3] and "Temuan: Papan informasi kosong." in rows[1][3]
    assert 'filename="drp-2026-09-20261003.csv"' in answer["Content-Disposition"]


def test_those_above_see_the_list_read_a_report_and_return_it_by_the_form(visit, mentor, ptp, client):
    report = handed_in(mentor)
    camat = client("CAM")
    assert camat.get(at("months")).headers["Location"] == at("handed_in")
    text = camat.get(at("handed_in")).content.decode()
    assert "1 dari 2 laporan September 2026 terkumpul" in text and at("report", report.pk) in text and ptp.name in text
    page = camat.get(at("report", report.pk)).content.decode()
    assert "Periksa laporan ini" in page and "Sinyal hilang" in page and at("visit", visit.pk) in page
    refused = camat.post(at("return_report", report.pk), {"catatan": " ", "versi": report.version})
    assert refused.status_code == 400 and "Tulis apa yang perlu dibenahi" in refused.content.decode()
    shown = camat.post(at("return_report", report.pk), {"catatan": "Tambah", "versi": report.version}, follow=True)
    assert "Laporan dikembalikan." in shown.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("keadaan=submitted", 1),
        ("keadaan=belum", 1),
        ("peran=PTP", 1),
        ("peran=KPMD", 0),
        ("cari=melintang", 2),
        ("cari=zzz", 0),
        ("saya=ya", 1),
        ("kecamatan=64.02.18", 2),
        ("kecamatan=64.02.99", 0),
        ("bulan=2026-08", 0),
    ],
)
def test_the_list_is_filtered_by_the_address_and_exported_as_filtered(visit, mentor, ptp, client, query, count):
    handed_in(mentor)
    staff = client("STF")
    names = [name for name in (mentor.name, ptp.name) if name in listed(staff.get(f"{at('handed_in')}?{query}"))]
    assert len(names) == count
    sheet = openpyxl.load_workbook(io.BytesIO(staff.get(f"{at('export_handed_in', 'xlsx')}?{query}").content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == names


def listed(answer):
    text = answer.content.decode()
    return text.partition("<tbody>")[2].partition("</tbody>")[0]


def test_the_list_asks_the_same_for_one_person_and_for_three(visit, mentor, client):
    staff = client("STF")
    staff.get(at("handed_in"))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert staff.get(at("handed_in")).status_code == 200
        return len(asked)

    one = count()
    for number in range(2):
        handed_in(hat("PLD", places.melintang(), username=f"pld-{number}"))
    assert count() == one and one <= 10


def test_the_months_ask_the_same_for_one_report_and_for_three(visit, mentor, client, monkeypatch):
    writer = client("PLD")
    writer.get(at("months"))

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert writer.get(at("months")).status_code == 200
        return len(asked)

    handed_in(mentor)
    one = count()
    for month in (7, 8):
        services.submit_report(month=Month(2026, month), words=ReportWords(), actor=mentor, at=NOW)
    assert count() == one and one <= 10


def test_a_report_is_not_read_by_others_and_a_draft_by_nobody_else(visit, mentor, client):
    draft = services.save_words(month=SEPTEMBER, words=ReportWords("Rahasia"), actor=mentor, at=NOW)
    assert client("CAM").get(at("report", draft.pk)).status_code == 403
    report = handed_in(mentor)
    colleague = client("PLD", username="rekan")
    assert colleague.get(at("report", report.pk)).status_code == 403
    with setting_up():
        stranger = people.signed_in(people.holder(Role.CAM, places.merancang()))
    assert stranger.get(at("report", report.pk)).status_code == 404
    assert client("SDK").get(at("months")).status_code == 403


@pytest.mark.parametrize(("kind", "read"), [("pdf", pdf_text), ("docx", docx_text)])
def test_the_paper_prints_the_frozen_month_also_of_a_team_without_a_village(visit, mentor, ptp, client, kind, read):
    own, of_team = handed_in(mentor), handed_in(ptp, lesson="Air surut")
    reported(mentor, MINOR)
    address = reverse("documents:paper", args=["laporan-bulanan", f"report:{own.pk}"])
    text = squeezed(read(client("PLD").get(f"{address}?bentuk={kind}").content))
    assert "1kunjunganke1desa" in text and "Papaninformasikosong" in text and own.figures_digest[:8] in text
    other = reverse("documents:paper", args=["laporan-bulanan", f"report:{of_team.pk}"])
    assert "Airsurut" in squeezed(read(client("CAM").get(f"{other}?bentuk={kind}").content))
    assert "Kecamatan Muara Wis" in client("CAM").get(other).content.decode()


def test_the_rules_are_read_by_all_and_set_by_dpmd(visit, client, village):
    address = at("report_rules", village.regency_id)
    assert "bukan angka undang-undang" in client("PLD").get(address).content.decode()
    typed = {"terakhir": "10", "perbaikan": "4", "sejak": "2026-09", "peran": ["PLD"], "versi": "0"}
    assert client("PLD").post(at("set_report_rules", village.regency_id), typed).status_code == 404
    kabid = client("KBD")
    shown = kabid.post(at("set_report_rules", village.regency_id), typed, follow=True).content.decode()
    assert "Aturan laporan tersimpan" in shown and 'value="10"' in shown
    refused = kabid.post(at("set_report_rules", village.regency_id), {**typed, "terakhir": "40", "versi": "1"})
    assert refused.status_code == 400 and 'value="40"' in refused.content.decode()


def test_the_day_in_the_page_is_the_regencys(visit, client):
    assert date(2026, 10, 3) == clock.today()
    text = client("PLD").get(at("month", "2026-09")).content.decode()
    assert "Sampai 3 Oktober 2026: benahi catatan bulan ini. Kirim paling lambat 7 Oktober 2026." in text
