"""Many people from a sheet: every row judged, nothing written before the word is given, and then all or nobody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import people, places
from rembuk.accounts import roster
from rembuk.accounts.models import Person
from rembuk.core.errors import BadInputError
from rembuk.core.hat import Role
from rembuk.shared.sheets import csv_bytes, open_sheets, xlsx_bytes

pytestmark = pytest.mark.django_db
GOOD = ("Rahman", "rahman", "", "0812 3456 7891", "SDK", "64.02.18.2003", "", "", "2026-01-02", "", "")


def lines(*rows: tuple[str, ...]) -> list[roster.Line]:
    return roster.lines_of(open_sheets(csv_bytes(roster.COLUMNS, rows), "orang.csv").table())


def changed(**cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, value) for name, value in zip(roster.COLUMNS, GOOD, strict=True))


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"nama": ""}, "nama"),
        ({"nama_masuk": "Pak Rahman"}, "nama_masuk"),
        ({"nama_masuk": "siti"}, "nama_masuk"),
        ({"surel": "bukan surel"}, "surel"),
        ({"hp": "nol delapan"}, "hp"),
        ({"peran": "LURAH"}, "peran"),
        ({"peran": "ADM"}, "peran"),
        ({"peran": "TIM"}, "nomor_sk"),
        ({"kode_wilayah": "64.02.18.9999"}, "kode_wilayah"),
        ({"kode_wilayah": "64.02.18"}, "kode_wilayah"),
        ({"kode_wilayah": "64.03.01.2001"}, "kode_wilayah"),
        ({"rt": "99"}, "rt"),
        ({"mulai": "kapan-kapan"}, "mulai"),
        ({"mulai": "31-02-2026"}, "mulai"),
        ({"sampai": "2025-01-01"}, "sampai"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(cells: dict[str, str], column: str) -> None:
    places.melintang()
    places.merancang()
    people.person()
    judged = roster.judge(people.planner().hat(), lines(GOOD, changed(**({"nama_masuk": "lain", "hp": ""} | cells))))
    assert [(trouble.row, trouble.column) for trouble in judged.troubles] == [(3, column)]
    assert [line.row for line in judged.good] == [2]


def test_the_same_name_twice_in_the_file_is_refused_the_second_time() -> None:
    places.melintang()
    judged = roster.judge(people.planner().hat(), lines(GOOD, changed(hp="")))
    assert [(trouble.row, trouble.column) for trouble in judged.troubles] == [(3, "nama_masuk")]


def test_dates_are_read_as_people_write_them() -> None:
    places.melintang()
    _who, post = roster.read_line(lines(changed(mulai="2-1-2026"))[0])
    assert post.start_date.isoformat() == "2026-01-02"


def test_missing_columns_are_named() -> None:
    with pytest.raises(BadInputError) as caught:
        roster.lines_of(open_sheets(csv_bytes(("nama", "peran"), [("A", "SDK")]), "orang.csv").table())
    assert caught.value.values["missing"] == "nama_masuk, kode_wilayah, mulai"


def test_a_dry_run_writes_nobody_and_the_word_writes_all() -> None:
    village = places.melintang()
    client = people.signed_in(people.planner())
    before = Person.objects.count()
    content = xlsx_bytes([("Orang", roster.COLUMNS, [GOOD, changed(nama_masuk="lain", hp="", peran="BPD")])])
    page = client.post("/orang/berkas/", {"file": SimpleUploadedFile("orang.xlsx", content)})
    assert len(page.context["judged"].good) == 2
    assert Person.objects.count() == before
    assert client.post("/orang/berkas/", {"siap": page.context["bundle"]}).status_code == 302
    made = Person.objects.get(username="rahman").assignments.get()
    assert (made.role, made.village_id, Person.objects.count()) == (Role.SDK, village.id, before + 2)


def test_a_second_press_writes_nobody_twice() -> None:
    places.melintang()
    client = people.signed_in(people.planner())
    page = client.post("/orang/berkas/", {"file": SimpleUploadedFile("o.csv", csv_bytes(roster.COLUMNS, [GOOD]))})
    bundle = page.context["bundle"]
    client.post("/orang/berkas/", {"siap": bundle})
    count = Person.objects.count()
    assert client.post("/orang/berkas/", {"siap": bundle}).status_code == 400
    assert Person.objects.count() == count


def test_rows_that_were_not_judged_cannot_be_slipped_in() -> None:
    client = people.signed_in(people.planner())
    assert client.post("/orang/berkas/", {"siap": '[{"row": 2}]'}).status_code == 400


def test_a_file_that_is_no_sheet_gets_a_sentence() -> None:
    client = people.signed_in(people.planner())
    page = client.post("/orang/berkas/", {"file": SimpleUploadedFile("orang.pdf", b"%PDF-1.7 ...")})
    assert page.status_code == 400
    assert page.context["refusal"]


def test_the_template_is_understood_by_the_reader() -> None:
    places.melintang()
    client = people.signed_in(people.planner())
    content = client.get("/orang/berkas/templat/").content
    read = roster.lines_of(open_sheets(content, "templat.xlsx").table())
    assert [line.values["peran"] for line in read] == ["SDK"]
    assert roster.judge(people.planner().hat(), read).troubles == ()
