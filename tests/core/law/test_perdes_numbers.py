"""Two ways of writing one number are one number."""

from datetime import date

import pytest

from rembuk.core.law.perdes_numbers import number_key, taken_by

DAY = date(2026, 9, 10)


@pytest.mark.parametrize(
    "text", ["5 Tahun 2026", "Nomor 05 Tahun 2026", "No. 5", "5/2026", " 5  tahun 2026", "Perdes Nomor 5"]
)
def test_spellings_of_one_number(text: str) -> None:
    assert number_key(text, DAY) == ("5", 2026)


@pytest.mark.parametrize(("text", "day"), [("5 Tahun 2025", DAY), ("15", DAY), ("5", date(2027, 1, 4)), ("V-a", DAY)])
def test_other_numbers_are_others(text: str, day: date) -> None:
    assert number_key(text, day) != ("5", 2026)


def test_what_bears_the_number_is_named() -> None:
    others = [("", None, "kosong"), ("4 Tahun 2026", DAY, "RPJM Desa"), ("05/2026", DAY, "APB Desa 2027")]
    assert taken_by("5 Tahun 2026", DAY, others) == "APB Desa 2027"
    assert taken_by("6 Tahun 2026", DAY, others) == ""
