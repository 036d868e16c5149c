"""Every decision has one plain sentence."""

import pytest

from rembuk.core.allocation import Decision, sentence
from rembuk.core.law.reasons import REASON_CODES
from rembuk.core.money import Rupiah


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        (
            Decision("a", True, "ALOK-01", Rupiah(9), (("DDS", Rupiah(5)), ("ADD", Rupiah(4)))),
            "Terpilih menurut peringkat; dibiayai DDS Rp5 dan ADD Rp4.",
        ),
        (
            Decision("a", True, "ALOK-07", Rupiah(5), (("DDS", Rupiah(5)),), note="BA Musdes 3/2026"),
            "Masuk karena wajib: BA Musdes 3/2026; dibiayai DDS Rp5.",
        ),
        (
            Decision("a", False, "ALOK-03", Rupiah(9), missing=Rupiah(4), blocked_sources=("DDS", "ADD", "PAD")),
            "Biaya Rp9 melebihi seluruh pagu DDS, ADD dan PAD; kurang Rp4.",
        ),
        (
            Decision("a", False, "ALOK-05", Rupiah(9), others=("b",)),
            "Tidak dipilih karena Jembatan sudah terpilih dan keduanya tidak boleh bersama.",
        ),
        (
            Decision("a", False, "ALOK-06", Rupiah(9), others=("b",)),
            "Menunggu Jembatan, yang harus ada lebih dulu dan belum terpilih.",
        ),
        (
            Decision("a", False, "BIAYA-KOSONG", None),
            "Biaya kosong atau tidak terbaca sebagai satu angka, jadi belum dapat dipilih; lengkapi biayanya.",
        ),
    ],
)
def test_the_sentence_says_what_and_how_much(decision: Decision, text: str) -> None:
    assert sentence(decision, {"b": "Jembatan"}) == text


@pytest.mark.parametrize("code", REASON_CODES)
def test_every_code_has_a_sentence_that_ends(code: str) -> None:
    text = sentence(Decision("a", False, code, Rupiah(1), others=("b",), blocked_sources=("DDS",)))
    assert text.endswith(".")
    assert text[0].isupper()
