"""The pages of the training room: what each reader sees, lists that cost the same for one row and three, kept forms."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people, places
from guidance.training import given
from rembuk.core.hat import Role
from rembuk.guidance.training import services
from rembuk.guidance.training.models import Certificate, ItemSet, TrainingBatch
from rembuk.shared import clock
from rembuk.shared.sheets import open_sheets, xlsx_bytes

pytestmark = pytest.mark.django_db
LIST_LIMIT = 10
FRAME = 5
"""Queries of the frame: session, person, hats, notices, badges."""


def get(client, name, *args, **query):
    return client.get(reverse(f"training:{name}", args=args), query)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_list_of_batches_costs_the_same_for_one_and_for_three(world):
    client, address = people.signed_in(people.planner()), reverse("training:list")
    given.proposed()
    one = counted(client, address)
    for _more in range(2):
        given.proposed()
    assert counted(client, address) == one
    assert one <= LIST_LIMIT + FRAME


def test_the_lists_of_people_and_certificates_cost_the_same_for_one_and_for_three(world):
    first, second = given.secretary_and_head()
    batch = given.settled(first, quota="9")
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    services.sign_certificates(certificate_ids=[row.pk for row in made], actor=given.head_of_dpmd(), at=given.AFTER)
    client = people.signed_in(people.holder(Role.STF, username="staf.lain"))
    addresses = [
        reverse("training:certificates"),
        reverse("training:outcomes"),
        reverse("training:people", args=(batch.pk,)),
    ]
    before = [counted(client, address) for address in addresses]
    more = given.settled(second, people.bpd_chair(), quota="9")
    made = services.prepare_certificates(batch_id=more.pk, actor=given.staff(), at=given.AFTER)
    services.sign_certificates(certificate_ids=[row.pk for row in made], actor=given.head_of_dpmd(), at=given.AFTER)
    more.enrolments.update(batch=batch)
    assert [counted(client, address) for address in addresses] == before
    assert max(before) <= LIST_LIMIT + FRAME


def test_the_matrix_costs_the_same_for_one_and_for_three(world):
    client, address = people.signed_in(people.holder(Role.PTP)), reverse("training:needs")
    people.secretary()
    one = counted(client, address)
    people.village_head()
    people.bpd_chair()
    assert counted(client, address) == one
    assert one <= LIST_LIMIT + FRAME


def test_a_village_head_reads_pass_or_not_and_never_a_score(world):
    secretary, _head = given.secretary_and_head()
    head = people.holder(Role.KAD, username="kades.baca")
    batch = given.settled(secretary, letters="AB--")
    assert batch.enrolments.get().post == 50
    seen = get(people.signed_in(head), "outcomes")
    page = text_of(seen)
    assert "belum lulus" in page
    assert " 50 " not in page
    sheet = people.signed_in(head).get(reverse("training:outcomes"), {"bentuk": "csv"}).content.decode()
    assert ",50" not in sheet
    assert " 50 " in text_of(get(people.signed_in(people.holder(Role.PTP)), "outcomes"))
    assert " 50 " in text_of(get(people.signed_in(secretary), "mine"))


def test_a_village_reads_nothing_of_another_village(world):
    given.settled(people.secretary())
    other = people.village_head(places.perian())
    assert "Bimtek" not in text_of(get(people.signed_in(other), "outcomes"))


def test_scores_by_name_are_not_for_the_head_of_dpmd(world):
    batch = given.settled(people.secretary())
    page = text_of(get(people.signed_in(people.holder(Role.KDP)), "results", batch.pk))
    assert "Hasil pelatihan" in page
    assert "Per orang" not in page
    assert "Per orang" in text_of(get(people.signed_in(people.planner()), "results", batch.pk))


def test_a_refused_proposal_keeps_what_was_typed(world):
    client = people.signed_in(people.village_head())
    typed = {"title": "Pelatihan RAB", "topics": "K8", "quota": "banyak", "purpose": "Belajar", "kunci": str(uuid4())}
    answer = client.post(reverse("training:propose"), typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "“banyak”" in page
    assert 'value="Pelatihan RAB"' in page
    assert re.search(r'value="K8" checked', page)
    assert not TrainingBatch.objects.exists()
    assert client.post(reverse("training:propose"), {**typed, "quota": "30"}).status_code == 302
    assert TrainingBatch.objects.get().title == "Pelatihan RAB"


def test_the_gap_matrix_leads_to_a_proposal_with_its_topics(world):
    secretary = people.secretary()
    services.rate(assignment_id=secretary.pk, levels={"K7": "0"}, actor=people.holder(Role.PTP).hat(), at=given.NOW)
    client = people.signed_in(people.village_head())
    page = get(client, "needs").content.decode()
    link = re.search(r'href="([^"]+topik=K7[^"]*)"', page)
    assert link is not None
    form = client.get(link[1].replace("&amp;", "&")).content.decode()
    assert re.search(r'value="K7" checked', form)
    assert "kesenjangan 3,0" in form


def test_a_test_is_taken_without_javascript_and_kept_before_it_counts(world):
    secretary = people.secretary()
    batch = given.running(secretary)
    given.attended(batch)
    test = batch.tests.get(phase="pre")
    services.open_test(test_id=test.pk, actor=given.staff(), at=given.CLASS)
    client, address = people.signed_in(secretary), reverse("training:take", args=(test.pk,))
    page = client.get(address).content.decode()
    assert page.count("<fieldset") == given.COUNT
    assert "kunci" not in page.lower()
    client.post(address, {"j-1": "A", "simpan": "ya"})
    assert re.search(r'name="j-1" value="A" checked', client.get(address).content.decode())
    client.post(address, {"j-1": "A", "j-2": "B", "serahkan": "ya"})
    assert test.attempts.get().score == 50
    outsider = people.signed_in(people.village_head()).get(address)
    assert outsider.status_code == 409
    assert "soal 1" not in outsider.content.decode()


def test_the_paper_has_no_key_and_the_key_has(world):
    batch = given.running()
    test, client = batch.tests.get(phase="pre"), people.signed_in(people.planner())
    assert "<b>" not in get(client, "paper", test.pk).content.decode().split("<main")[1].split("questions")[1]
    assert "1.A 2.B 3.C 4.D" in text_of(get(client, "key", test.pk))


def test_the_grid_tells_which_line_was_refused_and_keeps_it(world):
    batch = given.running()
    given.attended(batch)
    test, client = batch.tests.get(phase="post"), people.signed_in(people.planner())
    first, second = services.takers(test)
    answer = client.post(
        reverse("training:grid", args=(test.pk,)), {f"nilai-{first.pk}": "105", f"nilai-{second.pk}": "80"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Nilai “105” ditolak" in page
    assert 'value="105"' in page
    assert test.attempts.get().score == 80


def test_questions_come_in_by_a_sheet_after_a_dry_run(world):
    client = people.signed_in(people.planner())
    header = ("topik", "bentuk", "nomor", "soal", "a", "b", "c", "d", "kunci", "pasal", "catatan")
    rows = [
        ("K8", "A", 1, "Apa itu RAB?", "x", "y", "z", "w", "A", "", ""),
        ("K8", "B", 1, "RAB?", "x", "y", "z", "w", "", "", ""),
    ]
    file = SimpleUploadedFile("soal.xlsx", xlsx_bytes([("Soal", header, rows)]))
    page = client.post(reverse("training:bank_import"), {"berkas": file}).content.decode()
    assert "Soal tanpa kunci tidak bisa dipakai" in page
    assert not ItemSet.objects.exists()
    bundle = re.search(r'name="siap" value="([^"]+)"', page)
    assert bundle is not None
    assert client.post(reverse("training:bank_import"), {"siap": bundle[1]}).status_code == 302
    assert [str(one) for one in ItemSet.objects.all()] == ["K8 A v1"]
    sheet = open_sheets(get(client, "bank_export").content, "bank.xlsx").table()
    assert sheet.rows[1][3] == "Apa itu RAB?"
    tampered = client.post(reverse("training:bank_import"), {"siap": bundle[1] + "x"})
    assert tampered.status_code == 400


def test_an_empty_bank_says_of_each_topic_that_it_has_no_questions(world):
    page = text_of(get(people.signed_in(people.planner()), "bank"))
    assert page.count("belum ada soal") == 14


def signed():
    batch = given.settled(people.secretary())
    made = services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    return services.sign_certificates(
        certificate_ids=[row.pk for row in made], actor=given.head_of_dpmd(), at=given.AFTER
    )[0]


def test_anybody_checks_a_certificate_by_its_code_or_by_the_text_of_its_qr(world):
    row, client = signed(), Client()
    assert row.name in text_of(get(client, "check", kode=row.code.lower()))
    unknown = get(client, "check", kode="AAAAA-AAAAA")
    assert unknown.status_code == 404
    address = reverse("training:check")
    assert "Asli. Tanda tangannya cocok." in text_of(client.post(address, {"teks": row.signed_text}))
    changed = row.signed_text.replace("\n8\n", "\n80\n")
    assert "Tidak asli" in text_of(client.post(address, {"teks": changed}))
    assert client.post(address, {"teks": "halo"}).status_code == 400


def test_the_saved_page_holds_key_list_and_program_and_asks_nobody(world):
    row = signed()
    services.revoke_certificate(certificate_id=row.pk, reason="salah", actor=given.staff(), at=given.LATER)
    page = get(Client(), "check_saved").content.decode()
    assert row.key.public in page
    assert row.code in page
    assert f'"as_of": "{clock.today().isoformat()}"' in page
    assert row.name not in page
    assert "src=" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_certificate_opens_for_its_person_and_for_nobody_elses_page(world):
    row = signed()
    mine = reverse("training:my_certificate", args=(row.pk,))
    assert people.signed_in(people.secretary()).get(mine).status_code == 200
    assert people.signed_in(people.bpd_chair()).get(mine).status_code == 404
    assert people.signed_in(people.bpd_chair()).get(reverse("training:certificate", args=(row.pk,))).status_code == 403


def test_the_head_of_dpmd_signs_from_the_list(world):
    batch = given.settled()
    services.prepare_certificates(batch_id=batch.pk, actor=given.staff(), at=given.AFTER)
    client = people.signed_in(people.holder(Role.KDP, username="kadis"))
    page = get(client, "certificates", keadaan="prepared").content.decode()
    keys = re.findall(r'name="sertifikat" value="([^"]+)"', page)
    assert len(keys) == 2
    assert client.post(reverse("training:sign"), {"sertifikat": keys}).status_code == 302
    assert Certificate.objects.filter(state="signed").count() == 2


def test_a_duty_names_what_waits(world):
    _secretary, head = given.secretary_and_head()
    given.opened()
    home = people.signed_in(head).get(reverse("dashboards:home"))
    assert "Calonkan peserta: Bimtek RKP Desa" in text_of(home)


def test_the_matrix_tells_a_village_head_who_needs_what_without_a_number_from_a_test(world):
    secretary = people.secretary()
    given.settled(secretary, letters="A---")
    head = people.signed_in(people.holder(Role.KAD, username="kades.baca"))
    row = text_of(get(head, "needs")).split(secretary.person.name)[1].split("Angka =")[0]
    assert " perlu " in row
    assert "3,0" not in row
    ptpd = text_of(get(people.signed_in(people.holder(Role.PTP)), "needs"))
    assert "3,0 tes" in ptpd.split("Angka =")[0]
    sheet = head.get(reverse("training:needs"), {"bentuk": "csv"}).content.decode()
    assert "perlu" in sheet
    assert "3,0" not in sheet


def test_the_bank_counts_its_questions_once_however_often_they_are_used(world):
    for _batch in range(2):
        given.laid_out(given.proposed())
    page = text_of(get(people.signed_in(people.planner()), "bank"))
    assert page.count("4 soal") == 2
    assert "8 soal" not in page


def test_a_code_of_a_unit_is_used_once(world):
    client, unit = people.signed_in(people.planner()), given.unit_of()
    typed = {"kunci": str(uuid4()), "kode": unit.code, "judul": "Lain", "topik": "K1", "jp": "4"}
    answer = client.post(reverse("training:curriculum"), typed)
    assert answer.status_code == 400
    assert f"Kode {unit.code} sudah dipakai" in text_of(answer)
