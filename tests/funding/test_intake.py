"""A regency's sheet is read row by row; a refused row holds its village back whole and is named."""

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import CellError, Table
from rembuk.funding.intake import read_ceilings

VILLAGES = {"6402182003": "64.02.18.2003", "6402182004": "64.02.18.2004"}
HEADER = ("kode desa", "desa", "sumber", "jumlah", "untuk", "program")


def read(*rows, header=HEADER):
    return read_ceilings(Table("Pagu", (header, *rows)), VILLAGES)


def test_codes_names_and_amounts_are_read_as_people_write_them():
    found = read(
        ("64.02.18.2003", "Melintang", "DDS", "390.800.000", None, None),
        ("6402182003", "Melintang", "Dana Desa", 540_300_000, "KDMP", None),
        ("64.02.18.2003", "Melintang", "BKK", "Rp1.350.000.000,-", None, "RTKU"),
        ("64.02.18.2003", "Melintang", "ADD", 0, None, None),
    )
    lines = found.figures["64.02.18.2003"]
    assert [(line.source, line.amount, line.earmark, line.programme) for line in lines] == [
        ("DDS", 390_800_000, "", ""),
        ("DDS", 540_300_000, "KDMP", ""),
        ("PBK", 1_350_000_000, "", "RTKU"),
        ("ADD", 0, "", ""),
    ]
    assert (found.errors, found.row_count, found.total) == ((), 4, 2_281_100_000)


@pytest.mark.parametrize(
    ("source", "amount", "column"),
    [
        ("XYZ", 1, "sumber"),
        ("ADD", None, "jumlah"),
        ("ADD", -1, "jumlah"),
        ("ADD", "12,5 jt", "jumlah"),
        ("ADD", 1.5, "jumlah"),
        ("ADD", CellError("#REF!"), "jumlah"),
    ],
)
def test_a_refused_row_is_named_and_holds_its_village_back(source, amount, column):
    found = read(
        ("64.02.18.2003", "Melintang", "DDS", 5, None, None),
        ("64.02.18.2003", "Melintang", source, amount, None, None),
        ("64.02.18.2004", "Enggelam", "DDS", 7, None, None),
    )
    assert [(error.row, error.column) for error in found.errors] == [(3, column)]
    assert found.errors[0].message
    assert set(found.figures) == {"64.02.18.2004"}
    assert found.held == {"64.02.18.2003"}


def test_the_same_source_twice_and_an_unknown_village_are_refused():
    found = read(
        ("64.02.18.2003", "Melintang", "DDS", 5, None, None),
        ("64.02.18.2003", "Melintang", "DD", 6, None, None),
        ("99.99.99.9999", "Entah", "DDS", 7, None, None),
    )
    assert [error.row for error in found.errors] == [3, 4]
    assert found.figures == {}


def test_a_sheet_without_the_columns_says_which_are_missing():
    with pytest.raises(BadInputError) as refused:
        read(("a", "b"), header=("nama", "harga"))
    assert refused.value.code == "sheet-no-columns"
    assert refused.value.values["missing"] == "desa, sumber, jumlah"


def test_empty_rows_are_passed_over_and_an_empty_sheet_is_refused():
    assert read((None,) * 6, ("64.02.18.2003", "M", "ADD", 1, None, None)).row_count == 1
    with pytest.raises(BadInputError):
        read((None,) * 6)
