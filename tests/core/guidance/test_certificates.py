"""A certificate's facts are signed as text that anybody can read and nobody can change."""

from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from rembuk.core.errors import BadInputError
from rembuk.core.guidance.certificates import (
    CertificateFacts,
    new_code,
    read_code,
    read_signed,
    shown_code,
    sign,
    standing_of,
    verify,
    years_after,
)

KEY = ec.generate_private_key(ec.SECP256R1())
FACTS = CertificateFacts(
    number="001/BIMTEK/DPMD/2026",
    name="Siti Contoh\nS.Sos",
    title="RKP Desa: matriks dan pagu",
    jp=24,
    issued=date(2026, 6, 30),
    valid_until=date(2029, 6, 29),
    code="7K3QFM2XAB",
    key="k1",
)


def test_what_was_signed_is_read_back_and_found_genuine():
    signed = sign(FACTS, KEY)
    facts, _text, _raw = read_signed(signed)
    assert verify(signed, KEY.public_key())
    assert (facts.number, facts.name, facts.jp, facts.valid_until) == (
        FACTS.number,
        "Siti Contoh S.Sos",
        24,
        date(2029, 6, 29),
    )


@pytest.mark.parametrize("change", [("24", "42"), ("Siti", "Siri"), ("2029", "2039"), ("7K3QF", "7K3QG")])
def test_a_changed_fact_is_not_genuine(change):
    assert not verify(sign(FACTS, KEY).replace(*change, 1), KEY.public_key())


def test_a_signature_of_another_key_is_not_genuine():
    assert not verify(sign(FACTS, ec.generate_private_key(ec.SECP256R1())), KEY.public_key())


def test_text_of_a_scanner_with_other_line_ends_is_still_genuine():
    assert verify(f"  {sign(FACTS, KEY)}\n".replace("\n", "\r\n"), KEY.public_key())


@pytest.mark.parametrize("text", ["", "halo", "REMBUK-SERTIFIKAT-1\nx", "a\n" * 9 + "b", "https://contoh.id/x"])
def test_text_that_is_no_certificate_is_refused(text):
    with pytest.raises(BadInputError, match="certificate-text"):
        read_signed(text)


def test_a_cut_signature_is_refused():
    with pytest.raises(BadInputError, match="certificate-text"):
        read_signed(sign(FACTS, KEY)[:-4])


def test_a_code_has_ten_signs_and_is_read_however_it_is_typed():
    code = new_code()
    assert len(code) == 10
    assert read_code(shown_code(code).lower().replace("0", "o")) == code


@pytest.mark.parametrize(
    ("day", "years", "after"), [(date(2026, 1, 31), 3, date(2029, 1, 31)), (date(2028, 2, 29), 3, date(2031, 2, 28))]
)
def test_years_on_the_same_day(day, years, after):
    assert years_after(day, years) == after


LAST = date(2029, 6, 29)


@pytest.mark.parametrize(
    ("today", "revoked", "refresh", "standing"),
    [
        (LAST, False, False, "valid"),
        (LAST + timedelta(days=1), False, False, "expired"),
        (LAST, False, True, "refresh"),
        (LAST + timedelta(days=1), True, True, "revoked"),
        (LAST + timedelta(days=1), False, True, "expired"),
    ],
)
def test_a_certificate_stands_as_its_day_and_its_marks_say(today, revoked, refresh, standing):
    assert standing_of(LAST, today, revoked=revoked, refresh=refresh) == standing
