"""Pages of ceilings: lists with filters and export, forms that keep what was typed, the sheet in two steps."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import people, places
from rembuk.core.money import Rupiah
from rembuk.funding import services
from rembuk.funding.models import Ceiling
from rembuk.funding.queries import ceilings_in_force
from rembuk.funding.services import Letter, Line

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 21, 1, 0, tzinfo=UTC)
PAGE = "/pagu/64.02.18.2003/2027/"
LETTER = {"letter_number": "900/2214/DPMD", "letter_date": "2026-08-19", "stage": "indicative"}


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    """The pages ask the one clock; the tests stand on 21 September 2026."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def give(villages, staff, division, amount=1_000):
    services.enter_many(
        figures=dict.fromkeys(villages, (Line("ADD", Rupiah(amount)), Line("DDS", Rupiah(5), earmark="KDMP"))),
        budget_year=2027,
        letter=Letter("900/1", date(2026, 8, 19)),
        actor=staff.hat(),
        at=NOW,
    )
    services.issue_ceilings(place=places.regency().place, budget_year=2027, actor=division.hat(), at=NOW)


def test_a_letter_goes_from_staff_to_the_head_of_division_to_the_village(village, staff, division, secretary):
    form = LETTER | {"add": "1.246.800.000", "dds": "390800000", "dds_kdmp": "Rp540.300.000,-", "pbp": "0"}
    assert people.signed_in(staff).post(f"{PAGE}surat/", form).status_code == 302
    assert "4 angka menunggu diterbitkan" in people.signed_in(division).get(PAGE).content.decode()
    assert people.signed_in(division).post(f"{PAGE}terbitkan/").status_code == 302
    page = people.signed_in(secretary).get(PAGE).content.decode()
    assert "Rp1.637.600.000" in page
    assert 'fill="url(#hatch)"' in page
    assert "900/2214/DPMD, 19 Agustus 2026" in page
    assert ceilings_in_force(village.id, 2027) == {"DDS": 390_800_000, "ADD": 1_246_800_000, "PBP": 0}


@pytest.mark.parametrize(
    ("field", "text"), [("add", "12,5 jt"), ("add", "-5"), ("letter_date", "kapan"), ("letter_number", "")]
)
def test_a_refused_form_keeps_what_was_typed_and_stores_nothing(village, staff, field, text):
    form = LETTER | {"add": "1.246.800.000", "dds": "77.000.001"} | {field: text}
    answer = people.signed_in(staff).post(f"{PAGE}surat/", form)
    assert answer.status_code == 400
    assert 'value="77.000.001"' in answer.content.decode()
    assert Ceiling.objects.count() == 0


def test_a_letter_without_any_figure_is_refused_in_words(village, staff):
    answer = people.signed_in(staff).post(f"{PAGE}surat/", LETTER)
    assert answer.status_code == 400
    assert "Nol juga angka" in answer.content.decode()


def test_the_village_estimates_and_stands_in_with_last_figures(village, staff, division, secretary):
    client = people.signed_in(secretary)
    assert client.post(f"{PAGE}perkiraan/", {"pad": "48.000.000", "basis": "Rata-rata tiga tahun"}).status_code == 302
    assert ceilings_in_force(village.id, 2027) == {"PAD": 48_000_000}
    assert client.post(f"{PAGE}sementara/").status_code == 409
    services.enter_ceilings(
        village=village,
        budget_year=2026,
        lines=[Line("ADD", Rupiah(9))],
        letter=Letter("900/1", date(2025, 8, 1)),
        actor=staff.hat(),
        at=NOW,
    )
    services.issue_ceilings(place=village.place, budget_year=2026, actor=division.hat(), at=NOW)
    assert client.post(f"{PAGE}sementara/").status_code == 302
    assert "sementara" in client.get(PAGE).content.decode()


def test_what_lies_outside_the_place_is_not_there(village):
    assert people.signed_in(people.stranger()).get(PAGE).status_code == 404
    assert people.signed_in(people.secretary(places.enggelam())).get(PAGE).status_code == 404
    assert people.signed_in(people.rt_head(village)).get(PAGE).status_code == 200


def test_the_village_does_not_enter_the_regency_letter(village, secretary):
    assert people.signed_in(secretary).post(f"{PAGE}surat/", LETTER | {"add": "1"}).status_code == 403


def test_the_list_filters_counts_and_exports_exactly_what_it_shows(village, staff, division):
    give([village], staff, division)
    places.enggelam()
    client = people.signed_in(staff)
    everything = client.get("/pagu/?tahun=2027").content.decode()
    assert "2 desa" in everything
    none = client.get("/pagu/?tahun=2027&keadaan=none").content.decode()
    assert (">Enggelam<" in none, ">Melintang<" in none) == (True, False)
    real = client.get("/pagu/?tahun=2027&keadaan=real").content.decode()
    assert (">Enggelam<" in real, ">Melintang<" in real) == (False, True)
    rows = client.get("/pagu/?tahun=2027&keadaan=real&bentuk=csv").content.decode().splitlines()
    assert rows[1] == "64.02.18.2003,Melintang,Muara Wis,2027,DDS,KDMP,,5,indikatif,900/1"
    assert len(rows) == 3


def test_the_list_takes_the_same_queries_with_one_village_and_with_many(village, staff, division):
    client = people.signed_in(staff)

    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/pagu/?tahun=2027").status_code == 200
        return len(captured)

    give([village], staff, division)
    few = count()
    give([places.village(f"64.02.18.{n}", f"Desa {n}", f"D{n}") for n in range(2100, 2140)], staff, division)
    assert count() == few
    assert few <= 12


SHEET = "kode desa,desa,sumber,jumlah,untuk\n64.02.18.2003,Melintang,ADD,100,\n64.02.18.2004,Enggelam,ADD,{},\n"


def sent(client, text):
    upload = SimpleUploadedFile("pagu.csv", text.encode(), "text/csv")
    return client.post("/pagu/berkas/", LETTER | {"budget_year": "2027", "sheet": upload})


def test_a_sheet_is_shown_first_and_stored_when_agreed(village, staff):
    places.enggelam()
    client = people.signed_in(staff)
    shown = sent(client, SHEET.format("200"))
    assert "2 angka untuk 2 desa siap disimpan" in shown.content.decode()
    assert Ceiling.objects.count() == 0
    packed = shown.context["offer"].packed
    assert client.post("/pagu/berkas/simpan/", {"isi": packed}).status_code == 302
    assert sorted(Ceiling.objects.values_list("village_id", "amount")) == [
        ("64.02.18.2003", 100),
        ("64.02.18.2004", 200),
    ]


def test_a_bad_row_is_named_and_its_village_left_out(village, staff):
    places.enggelam()
    shown = sent(people.signed_in(staff), SHEET.format("dua ratus")).content.decode()
    assert "1 angka untuk 1 desa siap disimpan" in shown
    assert "dua ratus" in shown
    assert "Enggelam" in shown


def test_what_was_shown_to_one_person_is_not_stored_by_another_nor_when_touched(village, staff, treasury):
    places.enggelam()
    packed = sent(people.signed_in(staff), SHEET.format("200")).context["offer"].packed
    assert people.signed_in(treasury).post("/pagu/berkas/simpan/", {"isi": packed}).status_code == 400
    assert people.signed_in(staff).post("/pagu/berkas/simpan/", {"isi": packed[:-3] + "abc"}).status_code == 400
    assert Ceiling.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content"), [("pagu.pdf", b"%PDF-1.4"), ("pagu.csv", b"a,b\n1,2\n"), ("pagu.xlsx", b"PK\x03\x04")]
)
def test_a_wrong_file_is_refused_in_words(village, staff, name, content):
    upload = SimpleUploadedFile(name, content)
    answer = people.signed_in(staff).post("/pagu/berkas/", LETTER | {"budget_year": "2027", "sheet": upload})
    assert answer.status_code == 400
    assert "Belum ada yang disimpan" in answer.content.decode()


def test_the_example_sheet_can_be_filled_and_read_again(village, staff):
    answer = people.signed_in(staff).get("/pagu/berkas/contoh.xlsx")
    assert answer.content[:2] == b"PK"
    upload = SimpleUploadedFile("pagu.xlsx", answer.content)
    shown = people.signed_in(staff).post("/pagu/berkas/", LETTER | {"budget_year": "2027", "sheet": upload})
    # Not filled yet: every row is named as empty, nothing is ready.
    assert shown.status_code == 200
    assert shown.context["offer"].row_count == 0
    assert len(shown.context["offer"].errors) == 7


@pytest.mark.parametrize(("year", "words"), [(2026, "PMK 7/2026"), (2027, "belum dimuat")])
def test_the_rules_of_a_year_are_shown_or_said_to_be_missing(village, secretary, year, words):
    page = people.signed_in(secretary).get(f"/aturan-dana-desa/{year}/").content.decode()
    assert words in page
