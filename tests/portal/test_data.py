"""Open data, search and the list of a regency."""

import csv
import io
import json
import tracemalloc

import pytest
from django.test import Client
from django.urls import reverse

from factories import places
from portal import given
from rembuk.portal.opendata import TABLES
from rembuk.proposals.models import Proposal
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def cycle(place):
    return given.whole_village(place)


def body_of(response) -> str:
    return b"".join(response.streaming_content).decode()


def table(place, name: str, kind: str = "csv", year: int = 2027) -> str:
    address = reverse("portal:table", args=(place.regency_id, year, name, kind))
    return body_of(Client().get(address))


@pytest.mark.parametrize("name", list(TABLES))
def test_every_table_has_its_rows_in_both_formats_and_they_agree(place, cycle, name):
    rows = list(csv.DictReader(io.StringIO(table(place, name))))
    told = json.loads(table(place, name, "json"))
    assert rows or name == "apb"
    assert [{key: "" if value is None else str(value) for key, value in row.items()} for row in told["baris"]] == rows
    assert (told["tahun"], told["kabupaten"]) == (2027, place.regency.name)


def test_activities_add_up_to_the_plan_to_the_rupiah(place, cycle):
    rows = csv.DictReader(io.StringIO(table(place, "kegiatan")))
    assert sum(int(row["jumlah"]) for row in rows) == 284_000_000


def test_the_budget_appears_once_it_is_law(place, cycle):
    from rembuk.budgeting.models import Apbdes

    assert len(table(place, "apb").splitlines()) == 1
    with setting_up():
        Apbdes.objects.filter(cycle=cycle).update(state="promulgated")
    rows = list(csv.DictReader(io.StringIO(table(place, "apb"))))
    assert sum(int(row["jumlah"]) for row in rows) == 296_000_000


def test_works_tell_what_was_paid_and_lead_to_their_activity(place, cycle):
    works = {row["pekerjaan"]: row for row in csv.DictReader(io.StringIO(table(place, "pekerjaan")))}
    bridge = works["Titian ulin RT 02"]
    assert (bridge["terpakai"], bridge["kemajuan"], bridge["dijanjikan"]) == ("40000000", "100", "120")
    keys = {row["kunci_kegiatan"] for row in csv.DictReader(io.StringIO(table(place, "kegiatan")))}
    assert bridge["kunci_kegiatan"] in keys


def test_a_text_that_a_spreadsheet_could_run_is_guarded(place, cycle):
    given.proposal_in(place, title="=1+1 jembatan")
    assert "'=1+1 jembatan" in table(place, "usulan")


def test_every_column_stands_in_the_dictionary(client, place, cycle):
    page = client.get(reverse("portal:data")).content.decode()
    for wanted in TABLES.values():
        assert all(f"<code>{name}</code>" in page for name in wanted.names)


@pytest.mark.parametrize(
    ("regency", "year", "name", "kind"),
    [("64.02", 1999, "desa", "csv"), ("64.02", 2027, "orang", "csv"), ("64.02", 2027, "desa", "pdf")],
)
def test_what_is_not_there_is_answered_kindly(client, place, cycle, regency, year, name, kind):
    response = client.get(reverse("portal:table", args=(regency, year, name, kind)))
    assert response.status_code == 404
    assert "Tahun yang ada untuk" in response.content.decode()


def test_an_unknown_regency_is_answered_kindly(client, place):
    for address in ("/kabupaten/99.99/", "/data-terbuka/99.99/2027/desa.csv", "/kabupaten/99.99/kabar.atom"):
        response = client.get(address)
        assert response.status_code == 404 and "Tidak ada tempat dengan kode itu" in response.content.decode()


def test_rows_are_read_as_they_are_sent(place, cycle, django_assert_max_num_queries):
    """A hundred proposals more cost no query more."""
    with django_assert_max_num_queries(7):
        table(place, "usulan")
    with django_assert_max_num_queries(11):
        table(place, "musyawarah")


def test_search_finds_villages_proposals_activities_and_papers(client, place, cycle):
    page = client.get(reverse("portal:search"), {"cari": "titian"}).content.decode()
    assert "Titian ulin RT 02 diperbaiki" in page and "RKP Desa 2027" in page
    assert place.full_name in client.get(reverse("portal:search"), {"cari": "melintang"}).content.decode()
    assert "/periksa/" in client.get(reverse("portal:search"), {"cari": "rkp", "jenis": "dokumen"}).content.decode()


def test_search_takes_any_word_in_either_case_and_every_word_must_fit(client, place, cycle):
    address = reverse("portal:search")
    assert "Titian ulin RT 02 diperbaiki" in client.get(address, {"cari": "DIPERBAIKI titian"}).content.decode()
    assert "Tidak ada yang cocok" in client.get(address, {"cari": "titian zzz"}).content.decode()


@pytest.mark.parametrize("query", ["", "?cari=", "?cari=a", "?cari=%00", "?cari=ti&jenis=orang", "?cari=ti&hal=99"])
def test_search_answers_odd_questions_kindly(client, place, cycle, query):
    assert client.get(reverse("portal:search") + query).status_code == 200


def test_a_draft_is_found_by_nobody(client, place):
    from factories.samples_proposals import sent_in

    unseen = sent_in(place)
    page = client.get(reverse("portal:search"), {"cari": unseen.title[:10]}).content.decode()
    assert unseen.number not in page


def test_search_asks_as_much_for_one_as_for_many(client, place, cycle, django_assert_max_num_queries):
    for number in range(4):
        given.proposal_in(place, title=f"Titian {number}")
    with django_assert_max_num_queries(10):
        client.get(reverse("portal:search"), {"cari": "titian"})


def test_a_regency_lists_its_villages_with_how_far_they_are_and_filters(client, place, cycle):
    other = places.perian()
    given.stage_done(cycle, "K12")
    address = reverse("portal:regency", args=(place.regency_id,))
    page = client.get(address).content.decode()
    assert place.name in page and other.name in page and "2 desa" in page
    enacted = client.get(address, {"keadaan": "ditetapkan"}).content.decode()
    assert f"/desa/{place.code}/" in enacted and f"/desa/{other.code}/" not in enacted
    by_district = client.get(address, {"kecamatan": other.district_id}).content.decode()
    assert f"/desa/{other.code}/" in by_district and f"/desa/{place.code}/" not in by_district


def test_the_file_of_a_regency_has_exactly_the_filtered_villages(client, place, cycle):
    places.perian()
    address = reverse("portal:regency_file", args=(place.regency_id,))
    lines = client.get(address, {"cari": "melin"}).content.decode().splitlines()
    assert [line.split(",")[1] for line in lines] == ["desa", "Melintang"]


def test_a_regency_asks_a_fixed_number_of_queries(client, place, cycle, django_assert_max_num_queries):
    for maker in (places.perian, places.enggelam):
        given.cycle_of(maker())
    with django_assert_max_num_queries(9):
        client.get(reverse("portal:regency", args=(place.regency_id,)))


@pytest.mark.parametrize("query", ["?tahun=1999", "?hal=99", "?kecamatan=zz", "?keadaan=x", "?cari=%00"])
def test_a_regency_answers_odd_parameters_kindly(client, place, cycle, query):
    page = client.get(reverse("portal:regency", args=(place.regency_id,)) + query)
    assert page.status_code == 200
    assert ("Tahun “1999” tidak ada" in page.content.decode()) == ("1999" in query)


def peak_of(place, name: str) -> float:
    tracemalloc.start()
    response = Client().get(reverse("portal:table", args=(place.regency_id, 2027, name, "csv")))
    for _part in response.streaming_content:
        pass
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def test_ten_times_the_rows_take_no_more_memory(place):
    cycle = given.cycle_of(place)

    def propose(numbers: range) -> None:
        own = {"village": place, "cycle": cycle, "state": "checked", "captured_at": given.MADE}
        own |= {"submitted_at": given.MADE, "title": "Titian " + "panjang " * 20}
        with setting_up():
            Proposal.objects.bulk_create(Proposal(number=f"MLT-27-{n:04d}", **own) for n in numbers)

    propose(range(1_000))
    peak_of(place, "usulan")
    before = peak_of(place, "usulan")
    propose(range(1_000, 10_000))
    assert peak_of(place, "usulan") < 1.3 * before


def test_the_open_table_of_meetings_leaves_small_groups_empty(place):
    cycle = given.cycle_of(place)
    given.held_meeting(cycle, 40, 0)
    address = reverse("portal:table", args=(place.regency_id, 2027, "musyawarah", "json"))
    (row,) = json.loads(body_of(Client().get(address)))["baris"]
    assert row["hadir"] == 46
    assert (row["laki_laki"], row["perempuan"]) == (None, None)


def test_searching_for_a_person_finds_nothing(place, cycle):
    page = Client().get(reverse("portal:search"), {"cari": given.PROPOSER}).content.decode()
    assert "Tidak ada yang cocok" in page
