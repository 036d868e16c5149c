"""The public door as pages: without script, on any phone, against floods, guesses and files that are no photos."""

import gzip
import io
import re
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from factories.people import holder, signed_in
from proposals.given import NOW
from proposals.residents import PROBLEM, page_body, picture, resident_proposal
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.proposals.models import Proposal, ProposalPhoto, Support
from rembuk.proposals.services import PublicWords
from rembuk.proposals.services.limits import PROPOSALS, SUPPORTS
from rembuk.shared import files
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up

CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}")


@pytest.fixture
def form(village, cycle):
    return reverse("proposals:public-new", args=[village.code])


@pytest.fixture
def sdk(village, cycle):
    return signed_in(holder(Role.SDK, village))


def looked(made, hat):
    words = PublicWords(made.title, made.problem, made.location_text)
    return services.look_at_proposal(proposal_id=made.id, words=words, actor=hat("SDK"), at=NOW)


def test_a_resident_without_account_proposes_and_follows_with_the_code(client, form, village):
    page = client.get(form).content.decode()
    assert "Usulan untuk Desa Melintang" in page and "Hulu" in page and "Masuk" in page
    answer = client.post(form, page_body(village))
    slip = answer.content.decode()
    made = Proposal.objects.get()
    code = CODE.search(slip)[0]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert made.number in slip and "<svg" in slip and "Darmo" not in slip
    status = client.post(reverse("proposals:track"), {"kode": code}).content.decode()
    assert made.number in status and "Menunggu dilihat Sekretaris Desa" in status
    assert client.get(reverse("proposals:public", args=[made.number])).status_code == 404


def test_a_lost_answer_costs_nothing(client, form, village):
    body = page_body(village)
    first = CODE.search(client.post(form, body).content.decode())[0]
    assert CODE.search(client.post(form, body).content.decode())[0] == first
    assert Proposal.objects.count() == 1


def test_similar_ones_are_shown_before_anything_is_sent(client, form, village, hat):
    made = looked(resident_proposal(village, problem="Jembatan kayu di RT 01 patah"), hat)
    body = page_body(village, masalah="Jembatan kayu RT 01 sudah patah")
    page = client.post(form, body).content.decode()
    assert Proposal.objects.count() == 1
    assert "1 usulan mirip sudah ada" in page and "Dukung yang ini" in page and made.title in page
    assert "Tetap kirim, kebutuhannya beda" in page and "Wening Sari" in page
    sent = client.post(form, {**body, "dilihat": made.number})
    assert CODE.search(sent.content.decode()) and Proposal.objects.count() == 2
    part = client.get(reverse("proposals:public-similar", args=[village.code]), body).content.decode()
    assert made.number in part


def test_one_may_support_the_similar_one_instead_and_need_not_type_the_name_again(client, form, village, hat):
    made = looked(resident_proposal(village, problem="Jembatan kayu di RT 01 patah"), hat)
    page = client.post(form, page_body(village, dukung=made.number)).content.decode()
    assert "Dukung usulan ini" in page and 'value="Wening Sari"' in page
    assert Proposal.objects.count() == 1
    for number in ("MLT-27-9999", "MLT-27-\x00"):
        assert client.post(form, page_body(village, dukung=number)).status_code == 404


def test_a_proposal_that_waits_for_its_look_is_shown_to_nobody_as_similar(client, form, village):
    resident_proposal(village, problem="Jembatan kayu di RT 01 patah")
    assert CODE.search(client.post(form, page_body(village, masalah="Jembatan kayu RT 01 patah")).content.decode())


def test_everything_typed_is_kept_when_something_is_missing(client, form, village):
    body = page_body(village, nama="", rt="", rumah="21-50", surel="bukan surel")
    answer = client.post(form, body)
    page = answer.content.decode()
    assert answer.status_code == 400 and Proposal.objects.count() == 0
    assert PROBLEM in page and 'value="dekat dermaga lama"' in page and 'value="0813 1111 2222"' in page
    assert 'value="21-50" checked' in page and 'value="bukan surel"' in page and body["kunci"] in page
    assert "2 isian perlu diperbaiki" in page


def test_a_photo_is_kept_through_every_turn_and_ends_at_the_proposal(client, form, village):
    page = client.post(form, page_body(village, nama="", foto=picture())).content.decode()
    assert "Foto yang tadi sudah tersimpan" in page
    token = re.search(r'name="foto_simpan" value="([^"]+)"', page)[1]
    key = re.search(r'name="kunci" value="([^"]+)"', page)[1]
    client.post(form, page_body(village, kunci=key, foto_simpan=token))
    photo = ProposalPhoto.objects.get()
    assert photo.proposal == Proposal.objects.get() and not photo.shown


def test_the_signed_name_of_a_photo_cannot_be_made_up(client, form, village):
    with setting_up():
        other = StoredFile.objects.create(name="a.jpg", sha256="0" * 64, content_type="image/jpeg", size=1)
    client.post(form, page_body(village, foto_simpan=f"{village.id}:{other.id}"))
    assert Proposal.objects.count() == 1 and ProposalPhoto.objects.count() == 0


def test_where_a_photo_was_taken_is_gone(client, form, village):
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (0.0, 15.0, 30.0), 3: "E", 4: (116.0, 18.0, 0.0)}
    exif[0x010F] = "Kamera Rahasia"
    client.post(form, page_body(village, foto=picture(900, 700, exif=exif)))
    data = files.read(ProposalPhoto.objects.get().file)
    assert b"Kamera Rahasia" not in data
    with Image.open(io.BytesIO(data)) as kept:
        assert dict(kept.getexif()) == {} and kept.format == "JPEG"


def test_a_forty_megapixel_photo_is_taken_and_made_small(client, form, village):
    client.post(form, page_body(village, foto=picture(7_300, 5_500)))
    row = ProposalPhoto.objects.get().file
    assert row.size <= 200_000
    with Image.open(io.BytesIO(files.read(row))) as kept:
        assert max(kept.size) == 1_280


@pytest.mark.parametrize(
    "content",
    [
        b"<script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%PDF-1.7\n1 0 obj",
        b"\xff\xd8\xff<script>alert(1)</script>",
        b"MZ\x90\x00",
    ],
)
def test_a_file_that_is_no_photo_is_refused_in_words_and_nothing_typed_is_lost(client, form, village, content):
    upload = io.BytesIO(content)
    upload.name = "foto.jpg"
    answer = client.post(form, page_body(village, foto=upload))
    page = answer.content.decode()
    assert answer.status_code == 400 and PROBLEM in page
    assert "Foto “foto.jpg”" in page or "rusak" in page
    assert Proposal.objects.count() == StoredFile.objects.count() == 0


def test_html_is_shown_as_text_on_every_page(client, form, village, hat, sdk):
    problem = "Jalan rusak <script>alert(1)</script> <b>sekali</b>"
    slip = client.post(form, page_body(village, masalah=problem)).content.decode()
    made = looked(Proposal.objects.get(), hat)
    pages = [slip, client.get(reverse("proposals:public", args=[made.number])).content.decode()]
    pages += [
        sdk.get(address).content.decode()
        for address in (reverse("proposals:look", args=[made.number]), f"{reverse('proposals:queue')}?lihat=semua")
    ]
    for page in pages:
        assert "<script>alert" not in page and "<b>sekali" not in page and "&lt;script&gt;" in page


def test_a_program_that_fills_the_hidden_field_sends_nothing_and_a_person_loses_nothing(client, form, village):
    answer = client.post(form, page_body(village, situs="http://contoh.example"))
    assert answer.status_code == 400 and PROBLEM in answer.content.decode()
    assert Proposal.objects.count() == 0 and "contoh.example" not in answer.content.decode()


def test_a_flood_from_one_address_is_stopped_kindly_and_another_address_goes_on(client, form, village):
    for number in range(PROPOSALS.most):
        sent = client.post(form, page_body(village, masalah=f"Lampu jalan nomor {number} mati"))
        assert sent.status_code == 200
    answer = client.post(form, page_body(village))
    page = answer.content.decode()
    assert answer.status_code == 429 and PROBLEM in page and "Isian Anda masih ada" in page
    assert Proposal.objects.count() == PROPOSALS.most
    assert client.post(form, page_body(village), REMOTE_ADDR="10.9.9.9").status_code == 200


def test_the_limit_ends_with_its_hour(client, form, village, monkeypatch):
    from rembuk.shared import clock

    for number in range(PROPOSALS.most + 1):
        client.post(form, page_body(village, masalah=f"Lampu jalan nomor {number} mati"))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=61))
    assert client.post(form, page_body(village)).status_code == 200


def test_receipt_codes_cannot_be_tried_out_behind_a_proxy_either(client, form, village, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    code = CODE.search(client.post(form, page_body(village)).content.decode())[0]
    track = reverse("proposals:track")
    for _try in range(10):
        assert client.post(track, {"kode": "AAAAA-AAAAA"}, HTTP_X_FORWARDED_FOR="10.1.1.1").status_code == 404
    assert client.post(track, {"kode": code}, HTTP_X_FORWARDED_FOR="10.1.1.1").status_code == 429
    assert client.post(track, {"kode": code}, HTTP_X_FORWARDED_FOR="10.2.2.2").status_code == 200


def test_a_village_without_an_open_year_says_so_before_anybody_types(client, village):
    page = client.get(reverse("proposals:public-new", args=[village.code])).content.decode()
    assert "Belum bisa menerima usulan" in page and "<textarea" not in page
    assert client.get(reverse("proposals:public-new", args=["99.99.99.9999"])).status_code == 404


def test_the_paper_form_names_village_and_year_and_its_qr_opens_the_form(client, form, village):
    page = client.get(reverse("proposals:public-paper", args=[village.code])).content.decode()
    assert "Desa Melintang" in page and "tahun anggaran 2027" in page and "<svg" in page and form in page


def test_support_is_given_once_and_shown_apart_with_what_it_is_worth(client, village, cycle, hat):
    made = looked(resident_proposal(village), hat)
    address = reverse("proposals:support", args=[made.number])
    assert "Dukungan daring tidak menambah nilai" in client.get(address).content.decode()
    body = {"nama": "Siti Aminah", "dusun": str(village.hamlets.first().id), "lahir": "1985"}
    answer = client.post(address, body, follow=True)
    page = answer.content.decode()
    assert "dukungan Anda tercatat" in page and "ada, belum lima orang" in page and "Siti" not in page
    again = client.post(address, {**body, "nama": "Rudi Hartono"})
    assert again.status_code == 409 and "Dari HP ini sudah ada dukungan" in again.content.decode()
    other = Client()
    assert "Satu orang satu dukungan" in other.post(address, body).content.decode()
    assert Support.objects.count() == 1


def test_five_online_supports_are_told_as_a_number(client, village, cycle, hat):
    made = looked(resident_proposal(village), hat)
    address = reverse("proposals:support", args=[made.number])
    for name in ("Siti", "Rudi", "Yanto", "Dewi", "Usman"):
        body = {"nama": name, "dusun": str(village.hamlets.first().id), "lahir": "1985"}
        assert Client().post(address, body).status_code == 302
    page = client.get(reverse("proposals:public", args=[made.number])).content.decode()
    assert re.search(r"Dukungan daring, belum diperiksa</dt><dd>5 orang", page)


def test_a_flood_of_support_is_stopped_and_what_was_typed_is_kept(client, village, cycle, hat):
    made = looked(resident_proposal(village), hat)
    address = reverse("proposals:support", args=[made.number])
    body = {"nama": "Siti Aminah", "dusun": str(village.hamlets.first().id), "lahir": "1985"}
    for _turn in range(SUPPORTS.most):
        Client().post(address, body)
    answer = client.post(address, body)
    assert answer.status_code == 429 and 'value="Siti Aminah"' in answer.content.decode()


def test_a_photo_is_public_only_when_the_secretary_opened_it(client, form, village, sdk):
    client.post(form, page_body(village, foto=picture()))
    made, photo = Proposal.objects.get(), ProposalPhoto.objects.get()
    address = reverse("proposals:public-photo", args=[made.number, photo.id])
    assert client.get(address).status_code == 404
    assert client.get(reverse("shared:file", args=[photo.file_id])).status_code == 302
    body = {"judul": "Titian patah", "masalah": "Titian patah", "lokasi": ""}
    sdk.post(reverse("proposals:look", args=[made.number]), body)
    assert client.get(address).status_code == 404
    sdk.post(reverse("proposals:look", args=[made.number]), {**body, f"foto-{photo.id}": "nobody"})
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert (
        answer.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer.headers["Content-Security-Policy"]
    )
    assert address in client.get(reverse("proposals:public", args=[made.number])).content.decode()


def test_the_secretary_sees_names_marked_and_the_covered_words_ready(sdk, village, cycle):
    made = resident_proposal(village)
    page = sdk.get(reverse("proposals:look", args=[made.number])).content.decode()
    assert '<mark class="cover">Darmo Wibowo</mark>' in page and '<mark class="cover">0812 3456 7890</mark>' in page
    assert 'value="Titian depan rumah Pak [nama] patah"' in page and "Wening Sari" in page
    listed = sdk.get(reverse("proposals:queue")).content.decode()
    assert "1 usulan warga menunggu Anda lihat" in listed and "2 nama atau nomor" in listed


def test_a_sign_that_no_database_stores_is_left_out_of_what_the_secretary_writes(sdk, village, cycle):
    made = resident_proposal(village)
    body = {"judul": "Titian\x00 patah", "masalah": "a\x00b", "lokasi": "\x00", "catatan": "baik\x00"}
    assert sdk.post(reverse("proposals:look", args=[made.number]), body).status_code == 302
    made.refresh_from_db()
    assert (made.title, made.problem, made.location_text) == ("Titian patah", "ab", "")


def test_abuse_is_answered_by_the_secretary_and_read_by_its_sender(client, sdk, form, village):
    code = CODE.search(client.post(form, page_body(village, masalah="Jual obat kuat murah")).content.decode())[0]
    made = Proposal.objects.get()
    refused = sdk.post(reverse("proposals:reject_abuse", args=[made.number]), {"alasan": ""})
    assert refused.status_code == 409 and Proposal.objects.get().state == "sent"
    sdk.post(reverse("proposals:reject_abuse", args=[made.number]), {"alasan": "Ini iklan."})
    status = client.post(reverse("proposals:track"), {"kode": code}).content.decode()
    assert "Ini iklan." in status and "obat kuat" not in status
    assert client.get(reverse("proposals:public", args=[made.number])).status_code == 404
    assert "obat kuat" in sdk.get(reverse("proposals:look", args=[made.number])).content.decode()


@pytest.mark.parametrize(
    ("query", "numbers"), [("", 3), ("?lihat=sudah", 0), ("?cari=lampu", 1), ("?lihat=terlambat", 3)]
)
def test_the_queue_is_searched_filtered_and_exported_alike(sdk, village, cycle, query, numbers):
    for problem in ("Lampu jalan mati", "Sumur kering", "Parit tersumbat"):
        resident_proposal(village, problem=problem)
    page = sdk.get(reverse("proposals:queue") + query).content.decode()
    assert len(set(re.findall(r"MLT-27-\d{4}", page))) == numbers
    export = sdk.get(reverse("proposals:queue_export", args=["csv"]) + query).content.decode("utf-8-sig")
    assert len(re.findall(r"MLT-27-\d{4}", export)) == numbers and "Wening" not in export


def test_the_queue_asks_the_database_as_often_for_three_rows_as_for_one(sdk, village, cycle):
    counts = []
    for rows in (1, 3):
        for number in range(rows):
            resident_proposal(village, problem=f"Lampu jalan nomor {rows}{number} mati")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            sdk.get(reverse("proposals:queue"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_the_form_and_the_public_page_ask_the_database_few_times(client, form, village, hat):
    client.get(form)
    with CaptureQueriesContext(connection) as asked:
        client.get(form)
    assert len(asked) <= 5
    made = looked(resident_proposal(village), hat)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("proposals:public", args=[made.number]))
    assert len(asked) <= 16


def test_the_text_for_whatsapp_says_the_answer_and_goes_to_the_proposers_number(sdk, village, cycle, hat):
    made = looked(resident_proposal(village), hat)
    page = sdk.get(reverse("proposals:news", args=[made.number])).content.decode()
    assert "https://wa.me/6281311112222?text=" in page and "Sudah dilihat Sekretaris Desa" in page
    assert "Wening" not in re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1]
    rtk = signed_in(holder(Role.BPD, village))
    assert rtk.get(reverse("proposals:news", args=[made.number])).status_code == 403


def grid_body(rows, **fields):
    body = {"kunci": str(uuid.uuid4()), "jumlah": "20", "asal": "resident", **fields}
    for number, row in enumerate(rows):
        body |= {f"b{number}-{name}": value for name, value in row.items()}
    return body


def test_twenty_paper_forms_are_keyed_in_at_once_and_each_gets_its_slip(sdk, client, village, cycle):
    rows = [{"usulan": f"Lampu jalan nomor {n}", "dusun": "Hulu", "pengusul": f"Warga {n}"} for n in range(20)]
    body = grid_body(rows, tanda_terima="1")
    page = sdk.post(reverse("proposals:grid"), body).content.decode()
    codes = CODE.findall(re.sub(r"<svg.*?</svg>", "", page, flags=re.S))
    assert Proposal.objects.filter(origin="paper", proposer_kind="resident").count() == 20
    assert len(set(codes)) == 20 and "20 tanda terima" in page
    status = client.post(reverse("proposals:track"), {"kode": codes[7]}).content.decode()
    assert "Lampu jalan nomor 7" in status and "Warga 7" not in status
    again = sdk.post(reverse("proposals:grid"), body).content.decode()
    assert CODE.findall(re.sub(r"<svg.*?</svg>", "", again, flags=re.S)) == codes
    assert Proposal.objects.count() == 20


def test_an_rt_head_keys_in_for_the_own_rt_and_not_for_another_hamlet(village, cycle):
    rt = village.rts.get(number="01")
    head = signed_in(holder(Role.RTK, village, level="rt", hamlet=rt.hamlet, rt=rt))
    assert head.post(reverse("proposals:grid"), grid_body([{"usulan": "Parit RT 01 tersumbat"}])).status_code == 302
    made = Proposal.objects.get()
    assert (made.rt, made.hamlet, made.created_by_role) == (rt, rt.hamlet, "RTK")
    other = head.post(reverse("proposals:grid"), grid_body([{"usulan": "Parit lain", "dusun": "Tengah"}]))
    assert other.status_code == 403 and Proposal.objects.count() == 1


def test_childrens_ideas_are_kept_as_a_groups_without_any_name(village, cycle):
    guide = signed_in(holder(Role.FAS, village))
    body = grid_body([{"usulan": "Taman bacaan", "pengusul": "Adik Budi", "hp": "0812"}], asal="children")
    assert guide.post(reverse("proposals:grid"), body).status_code == 302
    made = Proposal.objects.get()
    assert (made.proposer_kind, made.proposer_group, made.groups) == ("group", "Kelompok anak", ["ANAK"])
    assert (made.proposer_name, made.proposer_contact) == ("", "")


def on_the_wire(page: str) -> tuple[int, int]:
    """Return the bytes of a page by itself, and with everything that it loads, as they are sent (gzip)."""
    alone = len(gzip.compress(page.encode()))
    names = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    return alone, alone + sum(len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names)


def test_the_form_weighs_at_most_forty_kilobytes_and_fifteen_the_second_time(client, form, village):
    again, first = on_the_wire(client.get(form).content.decode())
    assert (again <= 15_000, first <= 40_000) == (True, True), (again, first)


def test_the_public_page_of_a_proposal_weighs_at_most_sixty_kilobytes(client, village, cycle, hat):
    made = looked(resident_proposal(village), hat)
    again, first = on_the_wire(client.get(reverse("proposals:public", args=[made.number])).content.decode())
    assert (again <= 15_000, first <= 60_000) == (True, True), (again, first)
