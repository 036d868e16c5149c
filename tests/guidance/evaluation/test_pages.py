"""Pages of the desk: queue, review, hand-in, self-check, settings; what each hat sees, how bad input is answered."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people, places
from guidance.evaluation.given import (
    BAD,
    COVER,
    NOTE,
    NOW,
    SCAN,
    agreed_budget,
    all_marks,
    assessed,
    registered,
    submitted,
    wearing,
    whole_round,
)
from plans.given import draft_of, put_item
from rembuk.core.hat import Role
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import next_duties
from rembuk.guidance.evaluation import services
from rembuk.guidance.evaluation.models import Delegation, Mark, Review, SelfCheck
from rembuk.guidance.evaluation.showing import FIELDS
from rembuk.shared import clock, panels
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client_of(village):
    return lambda role: people.signed_in(people.holder(Role(role), village))


def text_of(response) -> str:
    return response.content.decode()


def form_of(marks) -> dict[str, str]:
    return {f"{field}-{one.number}": getattr(one, name) for one in marks for name, field in FIELDS.items()}


def test_the_queue_shows_the_draft_with_its_clock(plan, cycle, client_of):
    registered(submitted(cycle), wearing("PTP"))
    shown = text_of(client_of("PTP").get(reverse("evaluation:list")))
    assert "Melintang" in shown and "0 dari 10 hari kerja" in shown and "standar layanan" in shown


def test_the_queue_filters_by_state_kind_desk_and_words(plan, cycle, client_of):
    submitted(cycle)
    client, address = client_of("STF"), reverse("evaluation:list")
    for query, there in (
        ("keadaan=menunggu", True),
        ("keadaan=result_signed", False),
        ("jenis=EV-RKP", True),
        ("jenis=EV-APB", False),
        ("meja=kecamatan", True),
        ("meja=dpmd", False),
        ("cari=melin", True),
        ("cari=tidak-ada", False),
        ("tahun=2026", True),
        ("tahun=2025", False),
        ("keadaan=ngawur&tahun=dua", True),
    ):
        page = client.get(f"{address}?{query}")
        assert bool(page.context["rows"]) is there, query


def test_the_queue_can_be_taken_along_as_a_sheet(plan, cycle, client_of):
    registered(submitted(cycle), wearing("PTP"))
    data = client_of("PTP").get(reverse("evaluation:list") + "?bentuk=xlsx").content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    assert rows[0][:3] == ("kode_desa", "desa", "kecamatan")
    assert (rows[1][1], rows[1][9], rows[1][13]) == ("Melintang", "1/2026", "standar layanan")
    lines = client_of("PTP").get(reverse("evaluation:list") + "?bentuk=csv").content.decode().splitlines()
    assert len(lines) == 2


def queries_for(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_queue_asks_as_much_for_three_drafts_as_for_one(plan, cycle, client_of):
    registered(submitted(cycle), wearing("PTP"))
    client, address = client_of("STF"), reverse("evaluation:list")
    one = queries_for(client, address)
    for make in (places.enggelam, places.perian):
        with setting_up():
            other = make()
            year = Cycle.objects.create(village=other, plan_year=2026, budget_year=2027, profile="kukar-2025")
            office = wearing("SDK", other)
            put_item(draft_of(year, office), office)
        registered(submitted(year), wearing("PTP", other), number=f"9/{other.id}")
    assert Review.objects.count() == 3
    assert queries_for(client, address) == one


def test_a_note_without_a_fix_is_refused_and_every_word_stays(plan, cycle, client_of):
    review = registered(submitted(cycle), wearing("PTP"))
    typed = {"nilai-2": "NOTE", "temuan-2": "Undangan belum bertanggal", "ubah-2": "", "nilai-1": "CONFORM"}
    answer = client_of("PTP").post(reverse("evaluation:marks", args=(review.pk,)), {"versi": review.version, **typed})
    shown = text_of(answer)
    assert answer.status_code == 400
    assert "Undangan belum bertanggal" in shown and "Tulis apa yang harus diubah Desa pada butir ini." in shown
    assert Mark.objects.count() == 0


def test_a_stale_form_is_refused_and_every_word_stays(plan, cycle, client_of):
    review = registered(submitted(cycle), wearing("PTP"))
    typed = {"versi": 1, "nilai-9": "NOTE", "ubah-9": "Kurangi biaya titian"}
    answer = client_of("PTP").post(reverse("evaluation:marks", args=(review.pk,)), typed)
    assert (answer.status_code, "Kurangi biaya titian" in text_of(answer)) == (409, True)


def test_the_whole_way_over_pages(plan, cycle, client_of):
    reviewer, camat = client_of("PTP"), client_of("CAM")
    client_of("SDK").post(reverse("evaluation:submit", args=(cycle.pk, "rkp")), {"catatan": "Mohon diperiksa"})
    review = Review.objects.get()
    reviewer.post(reverse("evaluation:register", args=(review.pk,)), {"nomor": "1/2026", "tanggal": "2026-09-21"})
    review.refresh_from_db()
    marks = {"versi": review.version, **form_of(all_marks("EV-RKP", n9=NOTE))}
    assert reviewer.post(reverse("evaluation:marks", args=(review.pk,)), marks).status_code == 302
    review.refresh_from_db()
    reviewer.post(reverse("evaluation:draft_result", args=(review.pk,)), {"versi": review.version, "penutup": ""})
    letter = {"nomor": "414/7", "tanggal": "2026-09-21", "penanda": "Drs. Camat"}
    scan = SimpleUploadedFile("hasil.pdf", SCAN, "application/pdf")
    sent = camat.post(reverse("evaluation:sign", args=(review.pk,)), {**letter, "berkas": scan})
    review.refresh_from_db()
    assert (sent.status_code, review.state, review.result) == (302, "result_signed", "conform_with_notes")


def test_a_letter_without_its_scan_is_refused_and_what_was_typed_stays(plan, cycle, client_of):
    review = registered(submitted(cycle), wearing("PTP"))
    assessed(review, wearing("PTP"))
    letter = {"nomor": "414/7/KHUSUS", "tanggal": "2026-09-21", "penanda": "Drs. Camat"}
    answer = client_of("CAM").post(reverse("evaluation:sign", args=(review.pk,)), letter)
    assert (answer.status_code, "414/7/KHUSUS" in text_of(answer)) == (400, True)


def test_the_village_reads_notes_only_once_they_are_signed(plan, cycle, client_of):
    review = registered(submitted(cycle), wearing("PTP"))
    made = services.save_marks(review_id=review.pk, marks=[BAD], version=review.version, actor=wearing("PTP"), at=NOW)
    assert made.pk == review.pk
    address = reverse("evaluation:review", args=(review.pk,))
    village, desk = text_of(client_of("SDK").get(address)), text_of(client_of("PTP").get(address))
    assert BAD.fix not in village and "sesudah suratnya ditandatangani" in village
    assert BAD.fix in desk
    sheet = client_of("SDK").get(reverse("documents:paper", args=("F34", f"review:{review.pk}")))
    assert sheet.status_code == 403


def test_after_the_signature_the_village_reads_plain_questions_and_fixes(plan, cycle, client_of):
    review = whole_round(cycle, n9=BAD)
    shown = text_of(client_of("SDK").get(reverse("evaluation:review", args=(review.pk,))))
    assert BAD.fix in shown and "Apakah jumlah biaya masih dalam pagu setiap sumber?" in shown
    assert "Ajukan perbaikannya" in shown
    assert client_of("SDK").get(reverse("documents:paper", args=("F34", f"review:{review.pk}"))).status_code == 200


def test_the_cycle_shows_the_notes_to_the_village_and_only_the_result_to_a_visitor(plan, cycle):
    whole_round(cycle, n9=BAD)
    mine = panels.for_many("cycle", [cycle.pk], wearing("SDK", cycle.village))[cycle.pk]
    seen = panels.for_many("cycle", [cycle.pk], None)[cycle.pk]
    own = next(panel for panel in mine if panel.title == "Pemeriksaan Camat dan DPMD")
    public = next(panel for panel in seen if panel.title == "Pemeriksaan Camat dan DPMD")
    assert (own.state, ("Butir 9", BAD.fix) in own.rows) == ("late", True)
    assert (len(public.rows), public.link, BAD.fix in str(public.rows)) == (1, "", False)


def test_an_unsigned_review_is_not_told_to_a_visitor(plan, cycle):
    submitted(cycle)
    assert [one.title for one in panels.for_many("cycle", [cycle.pk], None)[cycle.pk]] == []


@pytest.mark.parametrize(
    ("state", "role", "words"),
    [
        ("submitted", "PTP", "Dokumen desa yang menunggu diperiksa"),
        ("result_draft", "CAM", "Hasil pemeriksaan yang menunggu tanda tangan"),
        ("incomplete", "SDK", "Lengkapi lalu ajukan lagi RKP Desa"),
    ],
)
def test_each_side_has_its_duty(plan, cycle, state, role, words):
    review = submitted(cycle)
    if state == "incomplete":
        services.return_incomplete(review_id=review.pk, reason="SK tim", actor=wearing("PTP"), at=NOW)
    if state == "result_draft":
        registered(review, wearing("PTP"))
        assessed(review, wearing("PTP"))
    hat = wearing(role, cycle.village)
    assert words in [duty.title for duty in next_duties(hat, NOW.date(), limit=20)]


def test_a_returned_draft_is_a_duty_until_it_comes_back(plan, cycle):
    whole_round(cycle, n9=BAD)
    hat = wearing("SDK", cycle.village)
    title = "Perbaiki lalu ajukan lagi RKP Desa"
    assert title in [duty.title for duty in next_duties(hat, NOW.date(), limit=20)]
    put_item(plan, hat, name="Sumur bor")
    submitted(cycle)
    assert title not in [duty.title for duty in next_duties(hat, NOW.date(), limit=20)]


def test_the_next_round_shows_the_note_of_the_last_and_asks_whether_it_was_met(plan, cycle, client_of):
    whole_round(cycle, n9=BAD)
    put_item(plan, wearing("SDK", cycle.village), name="Sumur bor")
    second = registered(submitted(cycle), wearing("PTP"), number="2/2026")
    shown = text_of(client_of("PTP").get(reverse("evaluation:review", args=(second.pk,))))
    assert "1 baris berubah sejak putaran lalu" in shown and "Sumur bor" in shown
    assert BAD.fix in shown and "Sudah diperbaiki?" in shown


def test_a_draft_that_changed_meanwhile_is_told_before_it_is_taken_in(plan, cycle, client_of):
    review = submitted(cycle)
    put_item(plan, wearing("SDK", cycle.village), name="Sumur bor")
    client = client_of("PTP")
    assert "Desa mengubah rancangannya sesudah diajukan." in text_of(
        client.get(reverse("evaluation:review", args=(review.pk,)))
    )
    answer = client.post(
        reverse("evaluation:register", args=(review.pk,)), {"nomor": "KHAS/1", "tanggal": "2026-09-21"}
    )
    assert (answer.status_code, "KHAS/1" in text_of(answer)) == (409, True)


def test_papers_said_to_come_on_paper_are_kept_with_the_submission(plan, cycle, client_of):
    client_of("SDK").post(reverse("evaluation:submit", args=(cycle.pk, "rkp")), {"kertas": ["2"]})
    rows = {row["code"]: row["held"] for row in Review.objects.get().completeness}
    assert (rows["2"], rows["3"], rows["9"]) == ("paper", "missing", "missing")


def test_handing_in_without_a_draft_says_what_to_do(cycle, client_of):
    address = reverse("evaluation:submit", args=(cycle.pk, "rkp"))
    assert "Belum bisa diajukan" in text_of(client_of("SDK").get(address))
    assert client_of("SDK").get(reverse("evaluation:submit", args=(cycle.pk, "rpjm"))).status_code == 404


def test_the_budget_asks_for_its_cover_letter_and_keeps_what_was_typed(cycle, client_of):
    agreed_budget(cycle)
    address = reverse("evaluation:submit", args=(cycle.pk, "apb"))
    answer = client_of("SDK").post(address, {"nomor": "900/KHAS", "tanggal": "", "catatan": "segera"})
    assert (answer.status_code, "900/KHAS" in text_of(answer), "segera" in text_of(answer)) == (400, True, True)
    assert COVER["letter_date"] not in text_of(answer)


def test_the_self_check_suggests_from_the_data_and_keeps_answers(plan, cycle, client_of):
    client, address = client_of("SDK"), reverse("evaluation:self_check", args=(cycle.pk,))
    shown = text_of(client.get(address))
    assert "Apakah BPD sudah menyepakati rancangan?" in shown and "Diisi dari data" in shown
    client.post(
        reverse("evaluation:save_self_check", args=(cycle.pk,)),
        {"versi": "0", "jawab-1": "yes", "catatan-1": "di papan", "jawab-2": "no"},
    )
    assert SelfCheck.objects.get().answers == {
        "1": {"answer": "yes", "note": "di papan"},
        "2": {"answer": "no", "note": ""},
    }
    assert "di papan" in text_of(client.get(address))


def test_outside_the_village_nobody_opens_the_self_check(plan, cycle, client_of):
    for role in ("PTP", "CAM", "STF", "INS"):
        assert client_of(role).get(reverse("evaluation:self_check", args=(cycle.pk,))).status_code in (403, 404)


@pytest.mark.parametrize(("show", "seen"), [("", False), ("ya", True)])
def test_the_count_of_yes_is_seen_outside_only_if_the_village_lets_it(plan, cycle, client_of, show, seen):
    client_of("SDK").post(
        reverse("evaluation:save_self_check", args=(cycle.pk,)),
        {"versi": "0", "jawab-1": "yes", "jawab-2": "no", "tampil": show},
    )
    review = submitted(cycle)
    shown = text_of(client_of("PTP").get(reverse("evaluation:review", args=(review.pk,))))
    assert ("1 dari 2 ya" in shown) is seen
    assert "Apakah rancangan Perdes RKP Desa sudah ditulis?" in shown


def test_the_settings_say_what_is_law_and_what_is_a_standard(village, client_of):
    shown = text_of(client_of("STF").get(reverse("evaluation:settings")))
    assert "20 hari kerja, Permendagri 20/2018 Pasal 35" in shown and "10 hari kerja, standar layanan" in shown
    assert "Belum ada Perbup yang tercatat" in shown


def test_a_delegation_is_recorded_and_then_named_on_the_review(cycle, village, client_of):
    head, address = client_of("KBD"), reverse("evaluation:delegate", args=(village.regency_id,))
    values = {"nomor": "Perbup 10 Tahun 2026", "tanggal": "2026-01-05", "kecamatan": [village.district_id]}
    bad = head.post(address, {**values, "tanggal": "lusa"})
    assert (bad.status_code, "Perbup 10 Tahun 2026" in text_of(bad), Delegation.objects.count()) == (400, True, 0)
    head.post(address, values)
    assert Delegation.objects.get().districts == [village.district_id]
    assert client_of("STF").post(address, values).status_code == 403


def test_an_empty_ptpd_is_said_with_who_stands_in(plan, cycle, village):
    people.holder(Role.CAM, village)
    review = submitted(cycle)
    shown = text_of(
        people.signed_in(people.holder(Role.STF, village)).get(reverse("evaluation:review", args=(review.pk,)))
    )
    assert "Peran Tim pembina teknis kecamatan (PTPD) sedang kosong" in shown


def test_the_letter_cites_item_and_fix_and_says_that_it_is_advice(plan, cycle, client_of):
    from rembuk.documents.recipes import FORMS

    review = whole_round(cycle, n9=NOTE)
    form = FORMS["hasil-evaluasi"]
    document = form.build(form.gather(str(review.pk)))
    cells = [row.cells for row in document.tables[0].rows]
    words = " ".join(part.text for part in document.parts if hasattr(part, "text"))
    assert cells[0][1] == "EV-RKP 9" and cells[0][3] == NOTE.fix
    assert "saran untuk Desa sebelum penetapan" in words and "sesuai dengan catatan" in words
    assert (
        client_of("SDK").get(reverse("documents:paper", args=("hasil-evaluasi", f"review:{review.pk}"))).status_code
        == 200
    )
