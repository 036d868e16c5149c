"""F17 and F06 in both families: one column a year, sums per bidang, per year and per source that agree."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.documents.asking import roles
from rembuk.core.documents.frame import FIELDS, Frame, Person, VillageHeading
from rembuk.core.documents.model import Note, Table
from rembuk.core.documents.programmes import ProgrammeLine, ProgrammesValues, build_programmes
from rembuk.core.documents.rkpdes import Beneficiaries
from rembuk.core.documents.rpjmdes import NO_SOURCE, NOT_SPLIT, RpjmdesLine, RpjmdesValues, build_rpjmdes

FRAME = Frame(VillageHeading("Hulu Contoh", "Muara Contoh", "Kutai Contoh", "Kalimantan Timur"), date(2027, 3, 20))
BRIDGE = RpjmdesLine(
    field=2,
    activity="Titian ulin",
    sub_field="Sub Bidang Pekerjaan Umum dan Penataan Ruang",
    location="Dusun Hilir",
    quantity=Decimal(240),
    unit="m",
    target="Warga dusun",
    years=(2027, 2029),
    year_costs={2027: 100_000_000, 2029: 50_000_001},
    total=150_000_001,
    source="DDS",
    mode="self_managed",
    sdgs=(9, 11),
    baseline="60 m",
    targets={2027: "120 m", 2029: "240 m"},
    beneficiaries=Beneficiaries(40, 45, 12),
)
TRAINING = RpjmdesLine(4, "Pelatihan anyaman", years=(2028,), total=18_000_000, source="ADD", mode="third_party")
NEW = RpjmdesLine(0, "Lampu jalan", years=(2030,), year_costs={2030: 5}, total=5)
VALUES = RpjmdesValues(FRAME, 2027, 2034, (BRIDGE, TRAINING, NEW), Person("Siti"), Person("Budi"))


def tables(document):
    return [part for part in document.parts if isinstance(part, Table)]


def of_period(length, **more):
    return build_rpjmdes(replace(VALUES, end_year=2027 + length - 1, **more))


@pytest.mark.parametrize("length", [6, 8, 9])
def test_family_a_has_one_mark_a_year_for_a_period_of_any_length(length):
    matrix = tables(of_period(length))[0]
    years = [column.label for column in matrix.leaves if column.label.isdigit()]
    assert years == [str(year) for year in range(2027, 2027 + length)]
    row = next(row for row in matrix.rows if row.cells[3] == "Titian ulin")
    assert row.cells[7 : 7 + length] == tuple(year in (2027, 2029) for year in range(2027, 2027 + length))
    assert row.cells[-5:] == (150_000_001, "DDS", True, False, False)
    assert row.cells[6] == "Warga dusun; L 40, P 45, A-RTM 12"


@pytest.mark.parametrize("length", [6, 8, 9])
def test_family_b_adds_a_target_a_year_and_who_benefits(length):
    matrix = tables(of_period(length, variant_b=True))[0]
    assert len(matrix.leaves) == 16 + 2 * length
    row = next(row for row in matrix.rows if row.cells[3] == "Titian ulin")
    assert row.cells[4:6] == ("9, 11", "60 m")
    assert row.cells[6 : 6 + length][:3] == ("120 m", "", "240 m")
    assert row.cells[8 + length : 11 + length] == (40, 45, 12)


@pytest.mark.parametrize("variant_b", [False, True])
def test_all_five_fields_and_their_sums_are_printed_and_the_total_is_that_of_the_sources(variant_b):
    matrix, by_year, by_source = tables(of_period(8, variant_b=variant_b))
    money = len(matrix.leaves) - 5
    sums = [(row.cells[0], row.cells[money]) for row in matrix.rows if row.kind in ("subtotal", "total")]
    assert sums == [
        ("Jumlah per bidang 1", 0),
        ("Jumlah per bidang 2", 150_000_001),
        ("Jumlah per bidang 3", 0),
        ("Jumlah per bidang 4", 18_000_000),
        ("Jumlah per bidang 5", 0),
        ("Jumlah tanpa bidang", 5),
        ("Jumlah total", 168_000_006),
    ]
    assert [row.cells for row in by_source.rows] == [
        ("ADD", 1, 18_000_000),
        ("DDS", 1, 150_000_001),
        (NO_SOURCE, 1, 5),
        ("Jumlah", 3, 168_000_006),
    ]
    assert by_year.rows[-1].cells[2:] == (100_000_000, 0, 50_000_001, 5, 0, 0, 0, 0, 150_000_006)
    assert by_year.rows[-1].cells[-1] + 18_000_000 == by_source.rows[-1].cells[2]


def test_a_cost_without_years_is_said_beside_the_sums_by_year():
    assert Note(NOT_SPLIT) in of_period(8).parts
    assert Note(NOT_SPLIT) not in of_period(8, items=(BRIDGE,)).parts


def test_an_empty_matrix_prints_the_five_fields_alone():
    (matrix,) = tables(of_period(8, items=()))
    groups = [row.cells[:2] for row in matrix.rows if row.kind == "group"]
    assert groups == [(str(number), f"Bidang {name}") for number, name in FIELDS.items()]


def test_it_is_signed_by_the_head_who_knows_and_the_team_that_made_it():
    assert roles(build_rpjmdes(VALUES)) == [
        [("Mengetahui:", "Kepala Desa Hulu Contoh"), ("Disusun oleh:", "Ketua Tim Penyusun RPJM Desa")]
    ]


@pytest.mark.parametrize(("stage", "title"), [("Rancangan", "Rancangan RPJM Desa"), ("", "RPJM Desa")])
def test_a_draft_says_so(stage, title):
    document = build_rpjmdes(replace(VALUES, stage=stage))
    assert document.title == f"{title} Hulu Contoh Tahun 2027-2034"
    assert document.code == "F17"


ROAD = ProgrammeLine("kabupaten", 2, "Jalan kabupaten", "Dinas PU", 2028, "RT 1-3", "2 km", 900_000_000, (9,))
SCHOOL = ProgrammeLine("pusat", 2, "Rehab SD", amount=None)


def test_programmes_stand_by_where_they_come_from_in_family_a():
    values = ProgrammesValues(FRAME, "2027-2034", (ROAD, SCHOOL))
    (table,) = tables(build_programmes(values))
    assert [row.cells for row in table.rows] == [
        (1, "Pemerintah pusat", "Rehab SD", None, ""),
        (2, "Pemerintah kabupaten (RKPD/Renja)", "Jalan kabupaten", 900_000_000, "Dinas PU"),
        ("Jumlah", None, None, 900_000_000, None),
    ]


def test_every_bidang_is_printed_in_family_b_even_when_empty():
    values = ProgrammesValues(FRAME, "2027-2034", (ROAD,), variant_b=True)
    (table,) = tables(build_programmes(values))
    assert sum(row.kind == "group" for row in table.rows) == 5
    assert sum(row.kind == "empty" for row in table.rows) == 4
    assert table.rows[-1].cells[7] == 900_000_000
    assert next(row for row in table.rows if row.cells[1] == "Jalan kabupaten").cells == (
        1, "Jalan kabupaten", "Dinas PU", "9", "2028", "RT 1-3", "2 km", 900_000_000,
    )  # fmt: skip


def test_an_empty_list_says_why():
    values = ProgrammesValues(FRAME, "2027-2034", (), reason="Belum ada program kabupaten.")
    document = build_programmes(values)
    assert Note("Tidak ada program yang masuk Desa: Belum ada program kabupaten.") in document.parts
    assert [row.kind for row in tables(document)[0].rows] == ["empty"]
