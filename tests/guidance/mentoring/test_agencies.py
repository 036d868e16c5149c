"""Agencies: they see and answer what names them, on visits and in findings; DPMD keys in an answer by letter."""

import pytest

from factories import people, places
from guidance.mentoring.given import MINOR, NOW, begun, handed_in, hat, promise, reported
from rembuk.core.errors import BadInputError, NotAllowedError
from rembuk.core.hat import Role
from rembuk.guidance.mentoring import duties, queries, services
from rembuk.guidance.mentoring.models import ActionItem, Visit
from rembuk.guidance.mentoring.permissions import allows
from rembuk.guidance.mentoring.services import FindingValues
from rembuk.shared import clock
from rembuk.shared.models import Notice
from rembuk.shared.trail.testing import setting_up

DRAWING = FindingValues("minor", "Gambar belum ada", "Buat gambar titian", "OPD", agency="dpu")
ANYBODY = FindingValues("minor", "Data kosong", "Kirim data", "OPD")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def asked_of(hat, today):
    return [*duties.of_hat(hat, today), *duties.helping(hat, today)]


@pytest.fixture
def works(village):
    return hat("OPD", village, username="pu", agency="dpu")


@pytest.fixture
def health(village):
    return hat("OPD", village, username="sehat", agency="dinkes")


def test_a_finding_that_names_an_agency_is_its_own_to_see_and_answer(village, mentor, works, health):
    named, open_to_all = promise(mentor, DRAWING), promise(mentor, ANYBODY)
    assert set(queries.items_seen_by(works)) == {named, open_to_all}
    assert set(queries.items_seen_by(health)) == {open_to_all}
    assert (named.owner_person, named.agency_name) == (works.person_id, ActionItem(agency="dpu").agency_name)
    with pytest.raises(NotAllowedError):
        handed_in(named, health)
    assert handed_in(named, works).state == "submitted"


def test_the_agency_that_is_named_is_told_and_reminded_and_no_other(village, mentor, works, health):
    item = promise(mentor, DRAWING)
    told = Notice.objects.filter(key=f"item:{item.pk}:new").values_list("person_id_value", flat=True)
    assert list(told) == [works.person_id]
    assert [duty.title for duty in asked_of(works, NOW.date())] == ["Buat gambar titian"]
    assert asked_of(health, NOW.date()) == []


def test_a_person_without_a_named_agency_sees_what_any_agency_owes(village, mentor):
    item = promise(mentor, DRAWING)
    assert list(queries.items_seen_by(hat("OPD", village, username="umum"))) == [item]


@pytest.mark.parametrize(("owner", "agency"), [("SDK", "dpu"), ("KAU", "dinkes")])
def test_an_agency_beside_another_owner_is_not_kept(village, mentor, owner, agency):
    item = promise(mentor, FindingValues("minor", "Papan", "Pasang papan", owner, agency=agency))
    assert (item.owner_role, item.agency) == (owner, "")


def test_an_unknown_agency_is_refused_and_nothing_is_kept(village, mentor):
    with pytest.raises(BadInputError):
        promise(mentor, FindingValues("minor", "Papan", "Pasang papan", "OPD", agency="tidak-ada"))
    assert not ActionItem.objects.exists()


def test_the_replacement_of_a_promise_may_name_another_agency(village, mentor, ptp, works, health):
    item = promise(mentor, DRAWING)
    made = services.supersede_item(
        item_id=item.pk,
        recommendation="Data posyandu",
        owner_role="OPD",
        agency="dinkes",
        reason="Salah alamat",
        actor=ptp,
        at=NOW,
    )
    assert (made.agency, made.owner_person) == ("dinkes", health.person_id)
    assert list(queries.items_seen_by(health)) == [made]


def test_an_agency_sees_only_visits_that_ask_it_for_help(village, mentor, works, health):
    asked = reported(mentor, help_agency="dpu", help_text="Periksa volume titian")
    reported(mentor)
    assert list(queries.visits_seen_by(works)) == [asked] and not queries.visits_seen_by(health).exists()
    assert allows(works, "read", asked) and not allows(health, "read", asked)
    assert [duty.title for duty in asked_of(works, NOW.date())] == ["Jawab permintaan bantuan Melintang"]


def test_the_answer_of_the_agency_reaches_village_and_writer_and_ends_the_duty(
    village, mentor, works, health, secretary
):
    visit = reported(mentor, help_agency="dpu", help_text="Periksa volume titian")
    with pytest.raises(BadInputError):
        services.answer_help(visit_id=visit.pk, answer=" ", actor=works, at=NOW)
    with pytest.raises(NotAllowedError):
        services.answer_help(visit_id=visit.pk, answer="Bisa", actor=health, at=NOW)
    answered = services.answer_help(visit_id=visit.pk, answer="Petugas datang 2 Oktober", actor=works, at=NOW)
    assert (answered.help_answer, answered.help_answered_by) == ("Petugas datang 2 Oktober", works.person_id)
    told = Notice.objects.filter(key=f"visit:{visit.pk}:help:{answered.version}")
    assert set(told.values_list("person_id_value", flat=True)) == {mentor.person_id, secretary.person_id}
    assert asked_of(works, NOW.date()) == []


def test_dpmd_keys_in_an_answer_that_came_by_letter_but_not_where_nobody_asked(village, mentor, staff):
    visit = reported(mentor, help_agency="dpu", help_text="Periksa")
    assert services.answer_help(visit_id=visit.pk, answer="Surat 600/12", actor=staff, at=NOW).help_answer
    other = reported(mentor)
    with pytest.raises(NotAllowedError):
        services.answer_help(visit_id=other.pk, answer="Surat", actor=staff, at=NOW)


@pytest.mark.parametrize(("query", "count"), [("bantuan=menunggu", 1), ("bantuan=dijawab", 0), ("", 1)])
def test_the_agency_reads_and_answers_by_the_page(village, mentor, query, count):
    visit = reported(mentor, ANYBODY, MINOR, help_agency="dpu", help_text="Periksa volume titian")
    with setting_up():
        client = people.signed_in(people.holder(Role.OPD, places.melintang(), username="pu", agency="dpu"))
    listed = client.get(f"/kunjungan/?{query}").content.decode()
    assert (f"/kunjungan/{visit.pk}/" in listed) is bool(count)
    page = client.get(f"/kunjungan/{visit.pk}/").content.decode()
    assert "Jawab permintaan ini" in page and "/kunjungan/desa/" not in page
    links = [f"/tindak-lanjut/{item.pk}/" in page for item in ActionItem.objects.order_by("finding__order")]
    assert links == [True, False]
    refused = client.post(f"/kunjungan/{visit.pk}/bantuan/", {"jawaban": "", "versi": visit.version})
    assert refused.status_code == 400
    typed = {"jawaban": "Bisa, 2 Oktober", "versi": visit.version}
    assert "Jawaban tersimpan" in client.post(f"/kunjungan/{visit.pk}/bantuan/", typed, follow=True).content.decode()
    assert Visit.objects.get(pk=visit.pk).help_answer == "Bisa, 2 Oktober"


def test_the_sheet_offers_each_agency_and_keeps_the_chosen_one(village, ptp):
    visit = begun(ptp)
    with setting_up():
        client = people.signed_in(people.holder(Role.PTP, places.melintang()))
    typed = {
        "tanggal": "2026-09-21", "tahapan": "K9", "versi_daftar": "2026-1", "jumlah": "2", "ttd": "",
        "t-1-temuan": "Gambar belum ada", "t-1-tingkat": "minor", "t-1-rekomendasi": "Buat", "t-1-pemilik": "OPD:dpu",
    }  # fmt: skip
    refused = client.post(f"/kunjungan/{visit.pk}/lembar/", typed)
    assert refused.status_code == 409 and '<option value="OPD:dpu" selected>' in refused.content.decode()
    client.post(f"/kunjungan/{visit.pk}/lembar/", {**typed, "ttd": "program"})
    assert ActionItem.objects.get().agency == "dpu"
