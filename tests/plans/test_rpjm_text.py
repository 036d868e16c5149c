"""The team writes the texts of an RPJM Desa, the income it expects and what its Perdes weighs; papers print them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from factories import people, places
from plans.given import ceiling
from plans.rpjm_given import NOW, drafted
from plans.test_rpjm_enactment import agreed, enacted, stages_done
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError, StaleError
from rembuk.documents.gather import rpjm as gather
from rembuk.plans.models import Rpjmdes, RpjmdesIncome
from rembuk.plans.rpjm_content import content_hash_of, content_of_rpjm
from rembuk.plans.rpjm_income import known_incomes, offered
from rembuk.plans.services import rpjm_review
from rembuk.plans.services.amending import GroundValues
from rembuk.plans.services.rpjm_text import save_rpjm_income, save_rpjm_perdes_text, save_rpjm_text
from rembuk.shared.trail import acting
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
OWN = "bahwa desa terletak di tepi Sungai Mahakam;"


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def draft(village, secretary):
    return drafted(village, secretary)


def write(draft, who, version=None, vision="Desa terhubung", mission="Titian\nAir bersih", **sections):
    version = Rpjmdes.objects.get(pk=draft.pk).version if version is None else version
    return save_rpjm_text(
        rpjmdes_id=draft.id,
        vision=vision,
        mission=mission,
        sections=sections,
        version=version,
        actor=who.hat(),
        at=NOW,
    )


def expect(draft, who, typed, version=None):
    version = Rpjmdes.objects.get(pk=draft.pk).version if version is None else version
    return save_rpjm_income(rpjmdes_id=draft.id, typed=typed, version=version, actor=who.hat(), at=NOW)


def weigh(draft, who, *sentences):
    version = Rpjmdes.objects.get(pk=draft.pk).version
    lists = {"considerations": sentences, "legal_basis": ()}
    return save_rpjm_perdes_text(rpjmdes_id=draft.id, lists=lists, version=version, actor=who.hat(), at=NOW)


def test_what_was_written_is_kept_by_paragraph_and_printed_in_its_chapter(draft, secretary):
    kept = write(draft, secretary, background="Desa tua.\ndi sungai\r\n\r\nJalannya air.")
    assert kept.text_data == {"background": ["Desa tua. di sungai", "Jalannya air."]}
    values = gather.text(str(draft.id))
    assert (values.texts["background"], values.vision, values.mission) == (
        ("Desa tua. di sungai", "Jalannya air."),
        "Desa terhubung",
        ("Titian", "Air bersih"),
    )


def test_a_text_with_markup_stores_nothing_of_the_page(draft, secretary):
    write(draft, secretary, history="Lama")
    with pytest.raises(BadInputError) as refused:
        write(draft, secretary, history="Baru", economy="<b>tebal</b>", geography="x" * 4001)
    assert [(one.field, one.code) for one in refused.value.values["problems"]] == [
        ("geography", "too-long"),
        ("economy", "markup"),
    ]
    assert Rpjmdes.objects.get(pk=draft.pk).text_data == {"history": ["Lama"]}


def test_two_people_do_not_overwrite_each_other(draft, secretary):
    write(draft, secretary, history="Lama")
    with pytest.raises(StaleError):
        write(draft, secretary, version=draft.version, history="Baru")


def test_only_the_team_writes(draft, village):
    with pytest.raises(NotAllowedError):
        write(draft, people.bpd_chair(village), history="Lama")
    with pytest.raises(NotAllowedError):
        expect(draft, people.bpd_chair(village), {(2026, "DDS"): "1"})
    with pytest.raises(NotAllowedError):
        weigh(draft, people.bpd_chair(village), OWN)


def test_a_draft_that_waits_for_the_hall_keeps_its_texts(draft, secretary, village):
    agreed(draft, secretary, people.village_head(village), people.bpd_chair(village))
    with pytest.raises(RefusedError) as refused:
        write(draft, secretary, history="Baru")
    assert refused.value.code == "rpjm-not-editable"


def test_the_expected_income_is_kept_by_source_and_year_and_an_empty_cell_is_no_zero(draft, secretary):
    expect(draft, secretary, {(2026, "DDS"): "950.000.001", (2026, "PAD"): " ", (2027, "PBK"): "0"})
    assert list(RpjmdesIncome.objects.values_list("year", "source", "amount")) == [
        (2026, "DDS", 950_000_001),
        (2027, "PBK", 0),
    ]
    assert gather.rpjmdes(str(draft.id)).income == {2026: {"DDS": 950_000_001}, 2027: {"PBK": 0}}


def test_only_cells_that_differ_are_written_and_the_same_again_changes_nothing(draft, secretary):
    typed = {(2026, "DDS"): "10", (2027, "DDS"): "20", (2028, "DDS"): "30"}
    first = expect(draft, secretary, typed)
    keys = dict(RpjmdesIncome.objects.values_list("year", "pk"))
    assert expect(draft, secretary, typed).version == first.version
    expect(draft, secretary, {(2026, "DDS"): "10", (2027, "DDS"): "21"})
    assert dict(RpjmdesIncome.objects.values_list("year", "amount")) == {2026: 10, 2027: 21}
    assert {year: keys[year] for year in (2026, 2027)} == dict(RpjmdesIncome.objects.values_list("year", "pk"))


def test_a_figure_that_cannot_be_read_is_named_by_source_and_year_and_nothing_is_stored(draft, secretary):
    with pytest.raises(BadInputError) as refused:
        expect(draft, secretary, {(2026, "DDS"): "10", (2027, "ADD"): "-5", (2028, "PAD"): "1,250", (1999, "PAD"): "7"})
    assert [(one.field, one.code) for one in refused.value.values["problems"]] == [
        ("income:ADD 2027", "uang-negatif"),
        ("income:PAD 2028", "uang-dua-arti"),
    ]
    assert RpjmdesIncome.objects.count() == 0


def test_a_known_ceiling_is_offered_for_its_year_and_for_those_after_it(village):
    with setting_up():
        ceiling(village, "DDS", 900, year=2027)
        ceiling(village, "DDS", 50, year=2027, earmark="KDMP")
        ceiling(village, "DDS", 1000, year=2029)
        ceiling(village, "SWD", 7, year=2027)
    found = offered(known_incomes(village.id), range(2026, 2031))
    assert {key: (row.amount, row.year, row.origin) for key, row in found.items()} == {
        (2027, "DDS"): (950, 2027, "pagu"),
        (2028, "DDS"): (950, 2027, "pagu"),
        (2029, "DDS"): (1000, 2029, "pagu"),
        (2030, "DDS"): (1000, 2029, "pagu"),
    }


def test_the_perdes_weighs_what_the_village_says_and_the_usual_where_it_says_nothing(draft, secretary):
    assert gather.perdes(str(draft.id)).considerations == ()
    weigh(draft, secretary, OWN, "", "bahwa perlu menetapkan;")
    assert gather.perdes(str(draft.id)).considerations == (OWN, "bahwa perlu menetapkan;")


def test_what_was_enacted_is_in_the_hash_and_holds_fast(draft, secretary, village):
    head, chair = people.village_head(village), people.bpd_chair(village)
    write(draft, secretary, history="Lama")
    expect(draft, secretary, {(2026, "DDS"): "10"})
    weigh(draft, secretary, OWN)
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    done = enacted(draft, head)
    content = content_of_rpjm(done)
    assert (content["texts"], content["income"], content["perdes_texts"]) == (
        {"history": ["Lama"]},
        [[2026, "DDS", 10]],
        {"considerations": [OWN]},
    )
    assert content_hash_of(done) == done.content_hash
    with pytest.raises(RefusedError):
        weigh(draft, secretary, "bahwa lain;")
    for change in ({"text_data": {}}, {"perdes_data": {}}):
        with pytest.raises(IntegrityError), transaction.atomic(), acting(secretary.hat(), "plans.edit"):
            Rpjmdes.objects.filter(pk=draft.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic(), acting(secretary.hat(), "plans.edit"):
        RpjmdesIncome.objects.filter(rpjmdes=draft).update(amount=11)


def test_a_plan_without_texts_has_the_hash_that_it_had_before_there_were_any(draft):
    assert {"texts", "income", "perdes_texts"} & content_of_rpjm(draft).keys() == set()


def test_an_amendment_begins_with_the_texts_the_income_and_the_village_s_own_sentences(draft, secretary, village):
    head, chair = people.village_head(village), people.bpd_chair(village)
    write(draft, secretary, history="Lama")
    expect(draft, secretary, {(2026, "DDS"): "10", (2033, "PAD"): "5"})
    weigh(draft, secretary, OWN, "bahwa berdasarkan pertimbangan dalam huruf a perlu menetapkan Perdes;")
    agreed(draft, secretary, head, chair)
    stages_done(draft)
    base = enacted(draft, head)
    ground = GroundValues("POLICY_CHANGE", "400.10/77/DPMD", date(2026, 9, 20))
    made = rpjm_review.open_review(
        rpjmdes_id=base.id, ground=ground, on=date(2026, 9, 21), end_year=base.end_year, actor=head.hat(), at=NOW
    )
    assert (made.vision, made.text_data) == ("Desa terhubung", {"history": ["Lama"]})
    assert list(made.incomes.values_list("year", "source", "amount")) == [(2026, "DDS", 10), (2033, "PAD", 5)]
    own = made.perdes_data["considerations"]
    assert (len(own), own[0], own[3]) == (
        5,
        f"bahwa RPJM Desa Tahun 2026-2033 telah ditetapkan dengan Peraturan Desa Nomor {base.perdes_number};",
        OWN,
    )
    assert "huruf a, huruf b, huruf c, dan huruf d perlu menetapkan Peraturan Desa tentang Perubahan" in own[4]
    assert gather.perdes(str(made.id)).considerations == tuple(own)


# The pages


def address(name, draft):
    return reverse(f"plans:{name}", args=(draft.cycle_id,))


def test_the_page_of_the_texts_keeps_what_was_typed(draft, secretary, village):
    client = people.signed_in(secretary)
    page = client.get(address("rpjm_text", draft)).content.decode()
    assert "13 bagian masih kosong" in page
    bad = client.post(
        address("rpjm_save_text", draft), {"versi": draft.version, "history": "<b>x</b>", "economy": "Karet"}
    )
    shown = bad.content.decode()
    assert (bad.status_code, "Sejarah desa memuat kode HTML" in shown, ">Karet</textarea>" in shown) == (
        400,
        True,
        True,
    )
    saved = client.post(address("rpjm_save_text", draft), {"versi": draft.version, "economy": "Karet"})
    assert (saved.status_code, Rpjmdes.objects.get(pk=draft.pk).text_data) == (302, {"economy": ["Karet"]})
    stale = client.post(address("rpjm_save_text", draft), {"versi": draft.version, "economy": "Sawit"})
    assert (stale.status_code, "Sawit" in stale.content.decode()) == (409, True)
    head = people.signed_in(people.village_head(village))
    assert "Simpan naskah" not in head.get(address("rpjm_text", draft)).content.decode()


def test_the_page_of_the_income_fills_empty_cells_and_keeps_them_only_when_saved(draft, secretary, village):
    with setting_up():
        ceiling(village, "DDS", 900_000_000, year=2027)
    client = people.signed_in(secretary)
    page = client.get(address("rpjm_income", draft)).content.decode()
    assert "pagu 2027" in page and "Rp900.000.000" in page
    typed = {"versi": draft.version, "DDS-2028": "777"}
    filled = client.post(address("rpjm_save_income", draft), {**typed, "isi": "1"}).content.decode()
    assert "6 sel kosong diisi" in filled
    assert ('name="DDS-2028" value="777"' in filled, 'name="DDS-2033" value="900.000.000"' in filled) == (True, True)
    assert RpjmdesIncome.objects.count() == 0
    bad = client.post(address("rpjm_save_income", draft), {**typed, "ADD-2027": "banyak"})
    assert (bad.status_code, "Pendapatan ADD 2027" in bad.content.decode()) == (400, True)
    assert client.post(address("rpjm_save_income", draft), {**typed, "PAD-2028": "3"}).status_code == 302
    assert client.get(address("rpjm_income", draft)).content.decode().count("Rp780") == 2


def test_the_page_of_the_perdes_shows_the_usual_wording_and_keeps_the_own_one(draft, secretary):
    client = people.signed_in(secretary)
    page = client.get(address("rpjm_perdes_text", draft)).content.decode()
    assert "bahwa RPJM Desa memuat visi dan misi Kepala Desa" in page
    sent = client.post(address("rpjm_save_perdes_text", draft), {"versi": draft.version, "considerations": OWN})
    assert sent.status_code == 302
    assert Rpjmdes.objects.get(pk=draft.pk).perdes_data == {"considerations": [OWN]}
    assert OWN in client.get(address("rpjm_perdes_text", draft)).content.decode()
