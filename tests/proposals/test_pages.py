import io
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from factories.people import holder, signed_in
from proposals.given import NOW, REASON
from rembuk.core.hat import Role
from rembuk.proposals import services
from rembuk.proposals.models import AddressCount, Proposal
from rembuk.proposals.services.lookups import MOST_MISSES
from rembuk.proposals.values import ProposalValues


@pytest.fixture
def client_as(village):
    """Sign in as a role of the village; hamlet=True puts the person into one hamlet."""

    def sign_in(role, **fields):
        return signed_in(holder(Role(role), village, **fields))

    return sign_in


@pytest.fixture
def sdk(client_as, cycle):
    return client_as("SDK")


def body(**fields):
    return {
        "kunci": str(uuid.uuid4()),
        "versi": "1",
        "usulan": "Perbaikan jembatan kayu RT 01",
        "biaya": "Rp 118.700.000,-",
        "langkah": "kirim",
        **fields,
    }


def picture(width=2400, height=1800):
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "JPEG", quality=90)
    out.seek(0)
    out.name = "foto.jpg"
    return out


def test_a_sent_proposal_shows_number_and_code_once_and_the_code_opens_its_status(sdk, client):
    answer = sdk.post(reverse("proposals:new"), body())
    page = answer.content.decode()
    made = Proposal.objects.get()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", page)[0]
    assert (made.number, made.cost, made.state) == ("MLT-27-0001", 118_700_000, "sent")
    assert made.number in page
    assert answer.headers["Cache-Control"] == "no-store"
    status = client.post(reverse("proposals:track"), {"kode": code.lower()}).content.decode()
    assert made.number in status and made.title in status
    assert code not in sdk.get(reverse("proposals:detail", args=[made.number])).content.decode()


def test_a_double_send_of_the_form_makes_one_proposal(sdk):
    same = body()
    sdk.post(reverse("proposals:new"), same)
    again = sdk.post(reverse("proposals:new"), {**same, "dilihat": same["kunci"]})
    assert again.status_code == 302
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("biaya", "Rp 12,5 jt", "tidak terbaca"),
        ("biaya", "-5000", "kurang dari nol"),
        ("biaya", "1000,50", "pecahan rupiah"),
        ("masalah", "x" * 10_001, "10001 huruf"),
        ("usulan", "<script>alert(1)</script>", "kode HTML"),
        ("usulan", "", "belum diisi"),
        ("kode", "9.9.99", "tidak ada dalam daftar"),
        ("lk", "banyak", "bukan jumlah orang"),
        ("volume", "-3", "bukan angka"),
        ("lintang", "91", "Titik peta"),
    ],
)
def test_bad_input_is_refused_in_words_and_everything_typed_stays(sdk, field, typed, says):
    answer = sdk.post(reverse("proposals:new"), body(lokasi="Dekat dermaga lama", **{field: typed}))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert says in page
    assert "Dekat dermaga lama" in page
    assert "<script>alert" not in page
    assert Proposal.objects.count() == 0


def test_text_with_angle_brackets_that_is_no_markup_is_kept_and_escaped(sdk):
    sdk.post(reverse("proposals:new"), body(usulan='Jalan lebar < 3 m & panjang > 80 m "Hulu"'))
    made = Proposal.objects.get()
    assert made.title == 'Jalan lebar < 3 m & panjang > 80 m "Hulu"'
    assert "&lt; 3 m &amp; panjang" in sdk.get(reverse("proposals:detail", args=[made.number])).content.decode()


def test_a_similar_proposal_is_shown_before_sending_and_the_person_decides(sdk, sent):
    known = sent()
    form = body(usulan="Perbaikan jembatan kayu RT 01 yang lapuk")
    page = sdk.post(reverse("proposals:new"), form)
    assert known.number in page.content.decode()
    assert Proposal.objects.count() == 1
    sdk.post(reverse("proposals:new"), {**form, "dilihat": str(known.id)})
    assert Proposal.objects.count() == 2


def test_a_suggested_code_is_shown_with_its_reason_and_not_chosen(sdk):
    page = sdk.get(reverse("proposals:codes"), {"usulan": "Perbaikan jembatan kayu"}).content.decode()
    assert "saran" in page and "jembatan" in page
    assert re.findall(r'value="([^"]*)" checked', page) == [""]


def test_a_road_of_the_regency_raises_the_question_of_authority(sdk):
    page = sdk.get(reverse("proposals:authority"), {"usulan": "Perbaikan jalan kabupaten di Hulu"}).content.decode()
    assert "milik" in page
    assert 'value="unknown" checked' in page


def test_two_people_editing_see_what_the_other_changed_and_keep_what_they_typed(sdk, sent):
    made = sent()
    address = reverse("proposals:edit", args=[made.number])
    mine = {**body(langkah="simpan", kunci=str(made.id), versi=str(made.version)), "biaya": "99.000.000"}
    sdk.post(address, {**mine, "biaya": "120.000.000"})
    answer = sdk.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "120000000" in page and 'value="99.000.000"' in page
    version = re.search(r'name="versi" value="(\d+)"', page)[1]
    assert sdk.post(address, {**mine, "versi": version}).status_code == 302
    made.refresh_from_db()
    assert made.cost == 99_000_000


def test_autosave_keeps_what_is_typed_and_the_draft_opens_with_it(sdk):
    key = uuid.uuid4()
    answer = sdk.post(
        reverse("proposals:autosave", args=[key]), body(kunci=str(key), usulan="Titian RT 03", biaya="12,5 jt")
    )
    assert answer.json()["saved"] is True
    page = sdk.get(reverse("proposals:draft", args=[key])).content.decode()
    assert 'value="Titian RT 03"' in page and 'value="12,5 jt"' in page


@pytest.mark.parametrize("rows", [1, 100])
def test_the_list_asks_the_same_few_questions_for_any_number_of_rows(sdk, hat, village, cycle, rows):
    lines = [
        services.lists.Line(uuid.uuid4(), ProposalValues(title=f"Usulan {n}", hamlet_id=village.hamlets.first().id), n)
        for n in range(rows)
    ]
    services.create_many(
        village_id=village.id, lines=lines, origin="paper", act="proposals.grid", actor=hat("SDK"), at=NOW
    )
    with CaptureQueriesContext(connection) as asked:
        page = sdk.get(reverse("proposals:list"))
    assert f"{rows} usulan" in page.content.decode()
    tables = [query["sql"].partition(" FROM ")[2].split()[0].strip('"') for query in asked.captured_queries]
    # Badge, count, rows, hamlets, what residents wait for; the frame of the page asks the rest.
    assert sorted(table for table in tables if table.startswith(("proposals_", "regions_"))) == [
        "proposals_intake",
        "proposals_proposal",
        "proposals_proposal",
        "proposals_proposal",
        "regions_hamlet",
    ]


def test_the_export_holds_exactly_the_filtered_rows(sdk, sent, hamlets):
    sent(title="Jembatan Hulu", hamlet_id=hamlets[0].id, activity_code="2.3.13")
    sent(title="Posyandu Hilir", hamlet_id=hamlets[2].id, activity_code="2.2.02", proposer_name="Bu Siti")
    query = {"bidang": "2", "dusun": str(hamlets[2].id), "cari": "posyandu"}
    shown = sdk.get(reverse("proposals:list"), query).content.decode()
    lines = sdk.get(reverse("proposals:export", args=["csv"]), query).content.decode("utf-8-sig").splitlines()
    assert "1 usulan" in shown and "Jembatan" not in shown
    assert len(lines) == 2 and "Posyandu Hilir" in lines[1] and "Bu Siti" in lines[1]


def test_the_export_of_others_holds_no_name(client_as, sent):
    sent(proposer_name="Bu Siti", proposer_contact="0812")
    lines = client_as("BPD").get(reverse("proposals:export", args=["csv"])).content.decode("utf-8-sig")
    assert "Siti" not in lines and "0812" not in lines


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kelompok": "TANI"}, 1),
        ({"kelompok": "NELAYAN"}, 0),
        ({"kode": "belum"}, 1),
        ({"tahun": "2027"}, 2),
        ({"tahun": "2026"}, 0),
        ({"keadaan": "sent"}, 2),
        ({"keadaan": "bukan-keadaan"}, 2),
        ({"dusun": "desa"}, 2),
        ({"dusun": "bukan-kunci"}, 2),
        ({"cari": "MLT-27-0002"}, 1),
    ],
)
def test_filters_live_in_the_address(sdk, sent, query, count):
    sent(title="Bibit padi", groups=("TANI",), activity_code="4.2.01")
    sent(title="Lampu jalan")
    rows = sdk.get(reverse("proposals:list"), query).context["count"]
    assert rows == count


def test_the_public_page_opens_only_after_the_secretary_has_looked_and_names_nobody(sdk, client, sent, hat):
    made = sent(
        proposer_name="Bu Siti",
        proposer_contact="0812345678",
        beneficiaries_male=3,
        beneficiaries_female=40,
        beneficiaries_poor=31,
        groups=("MISKIN", "TANI"),
        authority="village",
        authority_note="Kata Pak Amat",
    )
    address = reverse("proposals:public", args=[made.number])
    assert client.get(address).status_code == 404
    sdk.post(reverse("proposals:check", args=[made.number]))
    page = client.get(address).content.decode()
    assert made.title in page and "43 orang" in page
    assert "petani" in page
    for hidden in ("Siti", "Amat", "0812", "3 laki-laki", "A-RTM", ">31<", "31 orang", "miskin<"):
        assert hidden not in page


def test_names_are_shown_to_the_office_and_hidden_from_the_rest(client_as, sent, cycle):
    made = sent(proposer_name="Bu Siti")
    address = reverse("proposals:detail", args=[made.number])
    assert "Bu Siti" in client_as("SDK").get(address).content.decode()
    for role in ("BPD", "VRF", "PTP"):
        page = client_as(role).get(address)
        assert page.status_code == 200
        assert "Siti" not in page.content.decode()


def test_a_helper_who_does_not_see_the_name_does_not_erase_it_by_saving(client_as, draft):
    made = draft(proposer_name="Bu Siti")
    helper = client_as("PLD")
    address = reverse("proposals:draft", args=[made.id])
    assert "Siti" not in helper.get(address).content.decode()
    helper.post(address, body(kunci=str(made.id), langkah="simpan", usulan="Judul baru", asal="hamlet"))
    made.refresh_from_db()
    assert (made.title, made.proposer_name) == ("Judul baru", "Bu Siti")


def test_wrong_codes_close_the_door_and_a_quarter_of_an_hour_opens_it(client, draft, hat):
    made = draft()
    code = services.submit_proposal(proposal_id=made.id, actor=hat("SDK"), at=NOW).receipt_code
    address = reverse("proposals:track")
    for _try in range(MOST_MISSES):
        assert client.post(address, {"kode": "0000000000"}).status_code == 404
    assert client.post(address, {"kode": code}).status_code == 429
    assert client.post(address, {"kode": code}, REMOTE_ADDR="10.0.0.9").status_code == 200
    row = AddressCount.objects.get()
    row.window_start = row.window_start.replace(year=row.window_start.year - 1)
    row.save()
    assert client.post(address, {"kode": code}).status_code == 200
    assert "127.0.0.1" not in str(AddressCount.objects.values())


def test_the_grid_stores_all_typed_rows_or_none_and_says_which_is_wrong(sdk, hamlets):
    page = sdk.get(reverse("proposals:grid")).content.decode()
    key = re.search(r'name="kunci" value="([^"]+)"', page)[1]
    assert page.count('name="b19-usulan"') == 1
    typed = {"kunci": key, "jumlah": "20", "asal": "hamlet"}
    for row in range(3):
        typed |= {f"b{row}-usulan": f"Usulan {row}", f"b{row}-dusun": "hulu", f"b{row}-biaya": "1.000.000"}
    bad = sdk.post(reverse("proposals:grid"), {**typed, "b1-dusun": "Sebrang"})
    text = bad.content.decode()
    assert bad.status_code == 400 and "Tidak ada dusun" in text and 'value="Usulan 2"' in text
    assert Proposal.objects.count() == 0
    for _time in range(2):
        assert sdk.post(reverse("proposals:grid"), typed).status_code == 302
    assert [(p.number, p.hamlet, p.cost) for p in Proposal.objects.order_by("number")] == [
        (f"MLT-27-000{n}", hamlets[0], 1_000_000) for n in (1, 2, 3)
    ]


def test_a_photo_is_shrunk_and_something_else_is_refused(sdk, sent):
    made = sent()
    address = reverse("proposals:photo", args=[made.number])
    assert sdk.post(address, {"foto": picture()}).status_code == 302
    assert made.photos.get().file.size <= 200_000
    fake = io.BytesIO(b"%PDF-1.4 bukan foto")
    fake.name = "foto.jpg"
    assert sdk.post(address, {"foto": fake}).status_code == 400
    assert made.photos.count() == 1
    assert sdk.get(reverse("proposals:detail", args=[made.number])).status_code == 200


def test_comparing_and_merging_is_a_persons_decision(sdk, sent):
    one, two = sent(), sent(title="Perbaikan jembatan kayu RT 01 lapuk")
    address = reverse("proposals:merge", args=[one.number])
    page = sdk.get(address, {"dengan": two.number}).content.decode()
    assert two.title in page and "Sama:" in page
    sdk.post(address, {"tujuan": two.number, "arah": "ke-sini", "alasan": REASON})
    two.refresh_from_db()
    assert (two.state, two.merged_into) == ("merged", one)
    assert sdk.get(reverse("proposals:detail", args=[two.number])).status_code == 200


def test_every_answer_can_be_given_from_the_page(sdk, sent, hat):
    for path, data, state in [
        ("shelve", {"kode_alasan": "ALOK-02", "alasan": REASON}, "shelved"),
        ("decline", {"kode_alasan": "TOLAK-01", "alasan": REASON}, "declined"),
        ("withdraw", {"alasan": REASON}, "withdrawn"),
    ]:
        made = sent()
        refused = sdk.post(reverse(f"proposals:{path}", args=[made.number]), {})
        assert refused.status_code == 409
        assert sdk.post(reverse(f"proposals:{path}", args=[made.number]), data).status_code == 302
        made.refresh_from_db()
        assert (made.state, made.reason_text) == (state, REASON)
        assert REASON in sdk.get(reverse("proposals:detail", args=[made.number])).content.decode()


def test_another_village_gets_404_and_another_role_gets_403(other_village, client_as, sent):
    made = sent()
    address = reverse("proposals:detail", args=[made.number])
    assert signed_in(holder(Role.SDK, other_village)).get(address).status_code == 404
    assert client_as("BPD").post(reverse("proposals:check", args=[made.number])).status_code == 403


def test_the_head_of_an_rt_sees_the_own_part_and_not_the_neighbours(village, client_as, sent, hamlets):
    from factories.places import hamlet as hamlet_of

    own = hamlet_of(village)
    mine = sent(title="Dusun sendiri", hamlet_id=own.id)
    theirs = sent(title="Dusun lain", hamlet_id=hamlets[1].id)
    everyone = sent(title="Seluruh desa")
    rt = client_as("RTK", level="rt")
    shown = {row.title for row in rt.get(reverse("proposals:list")).context["shown"].object_list}
    assert shown == {mine.title, everyone.title}
    assert rt.get(reverse("proposals:detail", args=[theirs.number])).status_code == 404
    assert rt.get(reverse("proposals:detail", args=[mine.number])).status_code == 200


def test_the_shelf_offers_last_years_proposal_again(sdk, sent, hat, cycle, village):
    old = sent()
    services.shelve_proposals(answers=[services.Answer(old.id, "ALOK-02", REASON)], actor=hat("SDK"), at=NOW)
    cycle.closed_at = NOW
    cycle.save()
    type(cycle).objects.create(village=village, plan_year=2027, budget_year=2028, profile="kukar-2025")
    assert old.title in sdk.get(reverse("proposals:shelf")).content.decode()
    for _time in range(2):
        assert sdk.post(reverse("proposals:carry", args=[old.number])).status_code == 302
    new = Proposal.objects.get(carried_from=old)
    page = sdk.get(reverse("proposals:draft", args=[new.id])).content.decode()
    assert old.title in page
