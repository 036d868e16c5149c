import pytest

from rembuk.core.text.lexicon import MAINTENANCE_OF, code_names, extra_code_names, lexicon
from rembuk.core.text.normalise import LONGEST_READ, mend, plain, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jln. Melati RT33RW17", ["jalan", "melati", "rt", "33", "rw", "17"]),
        ("Bantuan P3A", ["bantuan", "p3a"]),
        ("gorong-gorong dpn rmh warga", ["gorong", "gorong", "depan", "rumah", "warga"]),
        ("ruas A s/d B", ["ruas", "a", "sampai", "b"]),
        ("KT Sumber Rejeki", ["kelompok", "tani", "sumber", "rejeki"]),
        ("", []),
        ("\x00\x07 \n", []),
    ],
)
def test_words_are_split_and_abbreviations_expanded(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("jembatn", "jembatan"),
        ("pembangunnan", "pembangunan"),
        ("betonnya", "beton"),
        ("gapuura", "gapura"),
        ("jalna", "jalna"),
        ("sering", "sering"),
        ("kadang", "kadang"),
        ("peringatan", "peringatan"),
        ("pengaduan", "pengaduan"),
    ],
)
def test_spelling_is_mended_only_toward_the_lexicon_and_never_for_short_or_everyday_words(word, expected):
    assert mend(word) == expected


def test_the_word_after_dusun_is_a_name_and_keeps_its_spelling():
    assert words("dusun Jembatn")[-1] == "jembatn"
    assert words("rehab jembatn")[-1] == "jembatan"


def test_a_very_long_text_is_read_only_up_to_the_limit():
    assert len(plain("a" * (LONGEST_READ + 1))) == LONGEST_READ


def test_every_code_of_the_lexicon_has_an_official_name():
    used = {row.code for rows in lexicon().terms.values() for row in rows}
    assert used - code_names().keys() == set()


def test_rows_marked_extra_are_exactly_those_of_the_additional_list():
    extra = {row.code for rows in lexicon().terms.values() for row in rows if row.extra}
    assert extra <= extra_code_names().keys()


def test_every_build_and_maintain_pair_names_both_deeds():
    for build, keep in MAINTENANCE_OF.items():
        assert code_names()[build].startswith("Pembangunan")
        assert code_names()[keep].startswith("Pemeliharaan")


def test_dropping_a_term_leaves_the_rest_of_the_lexicon():
    smaller = lexicon().without(frozenset({"jembatan"}))
    assert "jembatan" not in smaller.terms
    assert len(smaller.terms) == len(lexicon().terms) - 1
