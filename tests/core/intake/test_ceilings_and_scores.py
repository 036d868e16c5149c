"""Ceilings stand or fall together; scores one by one."""

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.intake.ceilings import CeilingsRefusedError, read_ceilings
from rembuk.core.intake.scores import read_scores
from rembuk.core.intake.table import CellError, Table


def table(*rows):
    return Table("pagu", tuple(rows), (), "pagu.csv")


def refused(*rows):
    with pytest.raises(CeilingsRefusedError) as error:
        read_ceilings(table(*rows))
    return error.value


def test_ceilings_are_read_with_zero_as_a_value_and_earmarks_apart():
    ceilings = read_ceilings(
        table(
            ("sumber", "jumlah", "untuk"),
            ("DDS", "900.000.000"),
            ("DDS", 570_000_000, "KDMP"),
            ("ADD", "0"),
            (),
            ("JUMLAH", 9),
        )
    )
    assert dict(ceilings.free) == {"DDS": 900_000_000, "ADD": 0}
    assert [(line.row, line.source, line.amount, line.purpose) for line in ceilings.earmarked] == [
        (3, "DDS", 570_000_000, "KDMP")
    ]


def test_usual_names_of_columns_and_sources_are_understood():
    ceilings = read_ceilings(
        table(
            ("PAGU INDIKATIF DESA 2027",),
            ("No", "Sumber Dana", "Pagu Indikatif (Rp)"),
            (1, "Dana Desa (APBN)", 1),
            (2, "Bankeu Kab", 2),
        )
    )
    assert dict(ceilings.free) == {"DDS": 1, "PBK": 2}


def test_a_list_without_a_heading_is_understood():
    assert dict(read_ceilings(table(("DDS", "5"), ("ADD", "6"))).free) == {"DDS": 5, "ADD": 6}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("XYZ", 5), "pagu-sumber"),
        ((None, 5), "pagu-sumber"),
        (("ADD", None), "pagu-kosong"),
        (("ADD", "-"), "pagu-kosong"),
        (("ADD", -5), "pagu-negatif"),
        (("ADD", "(5.000)"), "pagu-negatif"),
        (("ADD", "lima"), "pagu-bukan-angka"),
        (("ADD", 5.5), "pagu-bukan-angka"),
        (("ADD", CellError("#REF!")), "pagu-bukan-angka"),
        (("DDS", 7), "pagu-dobel"),
    ],
)
def test_one_wrong_line_refuses_them_all(row, code):
    error = refused(("sumber", "jumlah"), ("DDS", 5), row)
    assert (error.code, [(reason.row, reason.code) for reason in error.reasons]) == ("pagu-ditolak", [(3, code)])


def test_all_reasons_are_told_at_once():
    error = refused(("sumber", "jumlah"), ("XYZ", -5), ("ADD", "lima"))
    assert [(reason.row, reason.column, reason.code) for reason in error.reasons] == [
        (2, "A", "pagu-sumber"),
        (2, "B", "pagu-negatif"),
        (3, "B", "pagu-bukan-angka"),
    ]


@pytest.mark.parametrize(
    ("rows", "code", "read"),
    [
        ([("sumber", "catatan"), ("DDS", "x")], "pagu-kolom", "jumlah"),
        ([("apa", "jumlah"), ("DDS", 5)], "pagu-kolom", "sumber"),
        ([("halo",)], "pagu-kolom", "sumber"),
        ([("sumber", "jumlah")], "pagu-tak-ada", None),
    ],
)
def test_ceilings_without_columns_or_lines_are_refused(rows, code, read):
    error = refused(*rows)
    assert (error.code, error.values.get("read")) == (code, read)


def test_scores_are_read_and_wrong_rows_named():
    reading = read_scores(
        table(
            ("baris", "C1", "C2", "C3", "C4", "C5"),
            ("2", "1", "2", "3", "4", "5"),
            (3, 5, 5, 5, 5, 6),
            (4, 5, None, 5, 5, 2.5),
            (2, 5, 5, 5, 5, 5),
            (99, 5, 5, 5, 5, 5),
            ("x", 1, 1, 1, 1, 1),
        ),
        {2, 3, 4},
    )
    assert reading.scores == {2: (1, 2, 3, 4, 5)}
    assert [(row.row, row.column, row.code) for row in reading.refused] == [
        (3, "F", "skor-nilai"),
        (4, "C", "skor-nilai"),
        (4, "F", "skor-nilai"),
        (5, "A", "skor-dobel"),
        (6, "A", "skor-baris"),
        (7, "A", "skor-baris"),
    ]


def test_scores_without_their_columns_are_refused():
    for rows in ([("baris", "C1", "C2"), (2, 1, 1)], [("x",)]):
        with pytest.raises(BadInputError, match="skor-kolom"):
            read_scores(table(*rows), {2})
    with pytest.raises(BadInputError, match="skor-tak-ada"):
        read_scores(table(("baris", "C1", "C2", "C3", "C4", "C5")), {2})
