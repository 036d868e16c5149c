"""What villages write in a cost cell, and what it means."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.money import LARGEST, MoneyError, format_amount, format_rupiah, parse_rupiah, split, terbilang


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("1250000", 1_250_000),
        ("Rp 1.250.000,-", 1_250_000),
        ("Rp1.250.000", 1_250_000),
        ("Rp. 1.250.000,00", 1_250_000),
        ("rp 1250000,-", 1_250_000),
        ("IDR 1,250,000.00", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1250000.00", 1_250_000),
        ("1250000,0", 1_250_000),
        ("1.250", 1_250),
        ("\u00a0Rp\u00a0500.000\u00a0", 500_000),
        ("500.000 rupiah", 500_000),
        ("0", 0),
        ("(1.000)", -1_000),
        ("Rp (1.000)", -1_000),
        ("-Rp1.000", -1_000),
        ("Rp -1.000", -1_000),
        ("\u22121000", -1_000),
        (600_000_000.0, 600_000_000),
        (1_250_000, 1_250_000),
        (0.1 * 3 * 10, 3),
        (Decimal("1250000.00"), 1_250_000),
        (float(LARGEST), LARGEST),
    ],
)
def test_one_amount_is_read_whole(written, amount):
    assert parse_rupiah(written) == amount


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "uang-kosong"),
        ("   ", "uang-kosong"),
        ("-", "uang-kosong"),
        ("Rp -", "uang-kosong"),
        (None, "uang-kosong"),
        ("lima juta", "uang-kata"),
        ("15 juta", "uang-kata"),
        ("menyusul", "uang-kata"),
        ("1.2E+09", "uang-kata"),
        ("=1+1", "uang-kata"),
        ("#REF!", "uang-kata"),
        ("１２３", "uang-kata"),
        (True, "uang-kata"),
        (float("nan"), "uang-kata"),
        (date(2026, 5, 1), "uang-tanggal"),
        ("2026-05-01", "uang-tanggal"),
        ("01/05/2026", "uang-tanggal"),
        ("1 Mei 2026", "uang-tanggal"),
        ("12-05-26", "uang-tanggal"),
        (1_250_000.5, "uang-pecahan"),
        ("1250000,50", "uang-pecahan"),
        ("1.250.000,5", "uang-pecahan"),
        ("5000-115000", "uang-rentang"),
        ("Rp 5.000 s/d Rp 115.000", "uang-rentang"),
        ("5.000.000 – 7.000.000", "uang-rentang"),
        ("5.000.000 sampai 7.000.000", "uang-rentang"),
        ("500.000 + 250.000", "uang-banyak"),
        ("500.000; 250.000", "uang-banyak"),
        ("500.000 dan 250.000", "uang-banyak"),
        ("500.000\n250.000", "uang-banyak"),
        ("Rp500.000 Rp250.000", "uang-banyak"),
        ("500000 250000", "uang-banyak"),
        ("500.000/250.000", "uang-banyak"),
        ("1 250 000 300", "uang-pemisah"),
        ("1 250 000", "uang-pemisah"),
        ("1.25.000", "uang-pemisah"),
        ("1.250.00", "uang-pemisah"),
        ("12.5000", "uang-pemisah"),
        ("081234567890", "uang-pemisah"),
        ("007", "uang-pemisah"),
        ("1,250", "uang-dua-arti"),
        (10**15 + 1, "uang-terlalu-besar"),
        ("9.999.999.999.999.999", "uang-terlalu-besar"),
    ],
)
def test_what_is_not_one_whole_amount_is_refused_by_name(written, code):
    with pytest.raises(MoneyError) as refused:
        parse_rupiah(written)
    assert refused.value.code == code


def test_a_range_says_both_ends():
    with pytest.raises(MoneyError) as refused:
        parse_rupiah("5000-115000")
    assert refused.value.values == {"read": "5000-115000", "low": 5_000, "high": 115_000}


@given(st.integers(min_value=-LARGEST, max_value=LARGEST))
def test_what_is_printed_reads_back(amount):
    assert parse_rupiah(format_rupiah(amount)) == amount
    assert parse_rupiah(format_amount(amount)) == amount
    assert parse_rupiah(str(amount)) == amount
    assert parse_rupiah(f"Rp {format_amount(amount)},-") == amount


@given(st.floats(min_value=0, max_value=float(LARGEST), allow_nan=False))
def test_a_number_cell_is_read_exactly_or_refused(value):
    try:
        amount = parse_rupiah(value)
    except MoneyError as refused:
        assert refused.code == "uang-pecahan"
    else:
        assert f"{float(amount):.15g}" == f"{value:.15g}"


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text):
    try:
        parse_rupiah(text)
    except MoneyError as refused:
        assert refused.values["read"] == text.strip()


@given(st.text(alphabet="0123456789., ", min_size=1, max_size=24))
def test_digits_across_a_space_are_never_glued(text):
    if " " in text.strip():
        with pytest.raises(MoneyError):
            parse_rupiah(text)


@given(
    st.integers(min_value=0, max_value=10**13),
    st.dictionaries(st.text(min_size=1, max_size=4), st.integers(min_value=0, max_value=10**6), min_size=1, max_size=8),
)
def test_shares_add_up_to_the_total(total, weights):
    if sum(weights.values()) == 0:
        with pytest.raises(ValueError, match="cannot split"):
            split(total, weights)
        return
    parts = split(total, weights)
    assert sum(parts.values()) == total
    assert all(
        abs(part * sum(weights.values()) - total * weights[key]) < sum(weights.values()) for key, part in parts.items()
    )


def test_the_last_rupiah_goes_to_the_smaller_key():
    assert split(100, {"b": 1, "a": 1, "c": 1}) == {"b": 33, "a": 34, "c": 33}


def test_words_are_indonesian():
    assert terbilang(1_250_000) == "satu juta dua ratus lima puluh ribu"
    assert terbilang(0) == "nol"
    assert terbilang(1_011) == "seribu sebelas"
    with pytest.raises(ValueError, match="too large"):
        terbilang(LARGEST + 1)
