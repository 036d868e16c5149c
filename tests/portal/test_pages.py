"""The public pages of a village: what they tell, how they answer what is not there, what they cost."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import people, places
from portal import given
from rembuk.budgeting.models import Apbdes
from rembuk.plans.models import RkpdesVersion
from rembuk.portal.cached import shelf
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db
PAGES = ("village", "plan", "works", "meetings", "proposals", "documents", "years", "poster")
ODD = ("?tahun=1999", "?tahun=abc", "?hal=999", "?hal=-1", "?hal=x", "?keadaan=x&bidang=77")
FIRST_VISIT, AGAIN = 60_000, 15_000


@pytest.fixture
def cycle(place):
    return given.whole_village(place)


def page(village, name: str, query: str = "") -> str:
    response = Client().get(reverse(f"portal:{name}", args=(village.code,)) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_first_page_tells_where_the_plan_is_with_its_proof(place, cycle):
    told = page(place, "village")
    assert "SK Tim Penyusun RKP" in told and "141/09/2026" in told
    assert "Rencana 2027 sudah menjadi Peraturan Desa" in told
    assert "Balai desa Melintang" in told


def test_the_plan_is_told_by_field_and_source_to_the_rupiah(place, cycle):
    told = page(place, "plan")
    assert "Rp284.000.000" in told
    assert "Dana Desa" in told and "Titian ulin RT 05" in told


def test_a_budget_that_is_not_law_yet_is_not_told(place, cycle):
    told = page(place, "plan")
    assert "Anggarannya belum diundangkan" in told
    assert "Belanja per bidang" not in told


def test_a_budget_in_force_is_told(place, cycle):
    with setting_up():
        Apbdes.objects.filter(cycle=cycle).update(state="promulgated")
    told = page(place, "plan")
    assert "Belanja per bidang" in told and "BLT Desa" in told


def test_promises_stand_beside_what_was_built_with_a_photo(place, cycle):
    told = page(place, "works")
    photo = re.search(r'src="(/desa/[^"]+/foto/[^"]+)"', told)
    assert photo and "120 m" in told and "Rp40.000.000" in told
    picture = Client().get(photo[1])
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert len(picture.content) < 40_000
    assert b"rahasia" not in picture.content


def test_a_work_leads_to_the_proposal_it_came_from_and_back(place, cycle):
    number = place.proposals.get().number
    assert f"/u/{number}/" in page(place, "works")
    chain = Client().get(reverse("proposals:public", args=(number,))).content.decode()
    assert "RKP Desa 2027" in chain and "Pelaksanaan" in chain and "Layak." in chain


def test_who_sat_at_the_table_is_told_as_totals(place, cycle):
    told = page(place, "meetings")
    assert "Nelayan" in told and "Unsur lain bersama-sama" in told
    assert "9 orang" in told


def test_papers_are_told_with_digest_and_code(place, cycle):
    from rembuk.shared.models import Paper

    paper = Paper.objects.get(code="F26")
    told = page(place, "documents")
    assert paper.sha256 in told and f"/periksa/{paper.verify_code}/" in told and "<svg" in told


def test_the_village_is_put_beside_its_own_years_only(place, cycle):
    other = places.perian()
    told = page(place, "years")
    assert "2027" in told and "Rp284.000.000" in told
    assert other.name not in told


def test_the_poster_has_plan_ways_to_take_part_and_the_code_of_the_page(place, cycle):
    told = page(place, "poster")
    assert "Ikut serta" in told and "<svg" in told and f"testserver/d/{place.code}/" in told


def test_the_short_address_leads_to_the_village(client, place):
    assert client.get(f"/d/{place.code}/").headers["Location"] == f"/desa/{place.code}/"


@pytest.mark.parametrize("name", PAGES)
def test_a_village_without_a_cycle_has_every_page(place, name):
    assert place.name in page(place, name)


@pytest.mark.parametrize("name", PAGES)
def test_an_unknown_code_is_answered_kindly(client, place, name):
    response = client.get(reverse(f"portal:{name}", args=("99.99.99.9999",)))
    assert response.status_code == 404
    assert "Tidak ada tempat dengan kode itu di sini" in response.content.decode()


def test_an_address_that_leads_nowhere_is_answered_kindly(client, place):
    response = client.get("/tidak/ada/di-sini/")
    assert response.status_code == 404
    assert "Halaman ini tidak ada" in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("query", ODD)
def test_parameters_that_nobody_has_are_answered_kindly(place, cycle, name, query):
    told = page(place, name, query)
    assert ("Tahun “1999” tidak ada" in told) == (query == "?tahun=1999")


def test_the_list_of_proposals_filters_counts_and_exports_the_same_rows(place, cycle):
    given.proposal_in(place, title="Sumur bor Dusun Hilir")
    told = page(place, "proposals", "?cari=sumur")
    assert "Sumur bor" in told and "Titian ulin RT 02 diperbaiki" not in told and "1 usulan" in told
    address = reverse("portal:proposals_file", args=(place.code, "csv"))
    lines = Client().get(f"{address}?cari=sumur").content.decode().splitlines()
    assert len(lines) == 2 and "Sumur bor" in lines[1]
    assert Client().get(reverse("portal:proposals_file", args=(place.code, "xlsx"))).content.startswith(b"PK")


def test_no_list_can_be_narrowed_to_a_group_of_people(place, cycle):
    assert "1 usulan" in page(place, "proposals", "?kelompok=LANSIA")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_a_bounded_number_of_queries_however_much_there_is(place, cycle, name):
    def asked() -> int:
        shelf.clear()
        with CaptureQueriesContext(connection) as queries:
            page(place, name)
        return len(queries)

    asked()
    before = asked()
    for number in range(3):
        given.proposal_in(place, title=f"Usulan {number}")
        given.held_meeting(cycle, 20, 20)
        given.coming_meeting(cycle, number + 4)
    asked()  # finds out once whose the changes are
    assert asked() <= before
    assert before <= 50


def test_every_table_that_a_page_reads_is_watched(place, cycle):
    from rembuk.portal.versions import OF_ALL, WATCHED

    known = {model._meta.db_table for model in (*WATCHED, *OF_ALL)} | {"trail_entry"}
    read: set[str] = set()
    for name in PAGES:
        shelf.clear()
        with CaptureQueriesContext(connection) as queries:
            page(place, name)
        read |= {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert read - known == set()


def test_a_visitor_is_told_304_where_nothing_is_new(client, place, cycle):
    address = reverse("portal:village", args=(place.code,))
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""


def test_a_kept_page_is_two_queries(client, place, cycle, django_assert_max_num_queries):
    address = reverse("portal:village", args=(place.code,))
    client.get(address)
    with django_assert_max_num_queries(2):
        client.get(address)


def test_a_kept_page_holds_no_token_of_a_visitor(client, place, cycle):
    response = client.get(reverse("portal:village", args=(place.code,)))
    assert "csrf" not in response.content.decode().lower()
    assert not response.cookies


def test_somebody_signed_in_never_gets_a_kept_page_and_never_leaves_one(place, cycle):
    address = reverse("portal:village", args=(place.code,))
    office = people.signed_in(people.secretary(place))
    assert "Beranda kerja" in office.get(address).content.decode()
    assert "Beranda kerja" not in Client().get(address).content.decode()
    assert "Beranda kerja" in office.get(address).content.decode()


def test_a_page_is_kept_for_each_language(client, place, cycle):
    address = reverse("portal:village", args=(place.code,))
    assert '<html lang="id"' in client.get(address).content.decode()
    assert '<html lang="en"' in client.get(f"{address}?lang=en").content.decode()


def files_of(text: str) -> list[Path]:
    """Return the style sheets and drawings that a page asks for."""
    names = set(re.findall(r'/static/([^"#?]+)', text))
    return [Path(found) for name in sorted(names) if (found := finders.find(name))]


def test_the_pages_weigh_no_more_than_promised(place, cycle, capsys):
    lines = []
    for name in PAGES:
        body = page(place, name)
        again = len(gzip.compress(body.encode(), 6))
        first = again + sum(len(gzip.compress(file.read_bytes(), 6)) for file in files_of(body))
        lines.append((name, first, again))
    with capsys.disabled():
        print()
        for name, first, again in lines:
            print(f"  {name:<12} {first:>7} byte pertama, {again:>6} byte lagi (gzip)")
    assert all(first <= FIRST_VISIT and again <= AGAIN for _name, first, again in lines)


def test_an_enacted_plan_of_the_year_before_stays_readable(place, cycle):
    before = RkpdesVersion.objects.get(cycle=cycle)
    assert f"/rkp/{before.pk}/" in page(place, "plan")


def test_a_proposal_shows_its_whole_chain_with_the_budget_once_it_is_law(place, cycle):
    with setting_up():
        Apbdes.objects.filter(cycle=cycle).update(state="promulgated")
    plan = RkpdesVersion.objects.get(cycle=cycle)
    address = reverse("proposals:public", args=(place.proposals.get().number,))
    chain = Client().get(address).content.decode()
    links = ("Masalah", "Pemeriksaan lapangan", "RKP Desa 2027", "APB Desa 2027", "Pelaksanaan")
    assert [chain.index(link) for link in links] == sorted(chain.index(link) for link in links)
    assert f"/rkp/{plan.pk}/" in chain and "/apbdes/pelaksanaan/" not in chain
