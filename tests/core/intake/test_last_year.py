"""Last year's plan, from a matrix with headings between its rows."""

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.intake.last_year import plan_sheet, read_last_year
from rembuk.core.intake.table import Area, Table


def test_a_matrix_gives_its_items_with_field_and_sum():
    made = Table(
        "RKP",
        (
            ("No", "Bidang", "Jenis Kegiatan", None, "Lokasi", "Biaya dan Sumber", None),
            (None, None, None, None, None, "Jumlah (Rp)", "Sumber Biaya"),
            (1, "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", None, None, None, 11_000_000, None),
            (None, None, 1, "Tunjangan perangkat", "Desa", 11_000_000, "ADD, DDS"),
            (2, "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None, None, None, 5_000_000, None),
            (None, None, 1, "Drainase RT 02", "RW 01", 5_000_000, "DDS"),
            (None, None, 2, "Pelatihan kader", "Desa", 0, "DDS"),
            ("JUMLAH RKP DESA TAHUN ANGGARAN 2026", None, None, None, None, 16_000_000, None),
            (None, None, None, None, "Ponoragan, 1 Desember 2025", None, None),
        ),
        (Area(0, 2, 0, 3), Area(0, 5, 0, 6)),
        "rkp.xlsx",
    )
    plan = read_last_year(made)
    assert [(item.row, item.field, item.text, item.amount, item.sources) for item in plan.items] == [
        (4, 1, "Tunjangan perangkat", 11_000_000, ("ADD", "DDS")),
        (6, 2, "Drainase RT 02", 5_000_000, ("DDS",)),
        (7, 2, "Pelatihan kader", 0, ("DDS",)),
    ]
    assert (plan.total, [total.amount for total in plan.totals], plan.refused) == (16_000_000, [16_000_000], ())


def test_the_sheet_called_rkp_holds_the_plan():
    assert plan_sheet(["PENDAPATAN", "RKPDESA 2026", "RKP"]) == "RKP"
    assert plan_sheet(["PENDAPATAN", "RKPDESA 2026"]) == "RKPDESA 2026"
    assert plan_sheet(["SUN RKP", "RKPDES 2026"]) == "RKPDES 2026"
    assert plan_sheet(["Lembar1"]) == "Lembar1"


def test_a_sheet_without_activities_is_refused():
    with pytest.raises(BadInputError, match="rkp-tak-ada"):
        read_last_year(Table("x", (("Kode", "Jumlah"), ("4.1", 5)), (), "x.csv"))
