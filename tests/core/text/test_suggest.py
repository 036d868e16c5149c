import subprocess
import sys
import time

import pytest

from rembuk.core.text import Context, Fields, authority_question, read, suggest, suggest_many
from rembuk.core.text.lexicon import code_names, lexicon
from rembuk.core.text.suggestion import CHOICE, SURE

CASES = [
    ("semenisasi gang Kenanga RT 12 lebar 1,5 m", "2.3.11"),
    ("peningkatan badan jalan poros desa", "2.3.10"),
    ("jalan usaha tani ke sawah blok utara", "2.3.12"),
    ("jembatan ulin penyeberangan anak sungai", "2.3.13"),
    ("pembersihan parit dari sampah", "2.4.05"),
    ("pembuatan sumur bor di dusun Melati", "2.4.11"),
    ("bayar honor kader posyandu 12 bulan", "2.2.02"),
    ("rehab mushola Al-Hidayah", "3.2.05"),
    ("turnamen voli antar dusun", "3.3.03"),
    ("bibit ikan nila untuk kelompok Mina Jaya", "4.1.05"),
    ("vaksinasi ternak sapi", "4.2.02"),
    ("BLT untuk 40 KPM", "5.3.00"),
    ("pelatihan aplikasi siskeudes", "1.4.04"),
    ("sosialisasi bahaya narkoba", "3.1.07"),
    ("penyuluhan pernikahan dini", "4.4.02"),
    ("perbaikan jembatn yang rusak", "2.3.13"),
    ("pelatihan mengemudi alat berat", "4.7.04"),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_the_first_code_is_the_activity_meant(text, code):
    assert suggest(text).codes[0] == code


def test_an_official_name_finds_its_own_code():
    names = {code: name for code, name in code_names().items() if not code.endswith(".90")}
    missed = [code for code, name in names.items() if code not in suggest(name).codes]
    common = [code for code in names if code in lexicon_codes()]
    right = [code for code in common if suggest(names[code]).codes[0] == code]
    assert [code for code in missed if code in common] == []
    assert len(right) / len(common) >= 0.95


def lexicon_codes() -> set[str]:
    return {row.code for rows in lexicon().terms.values() for row in rows if not row.extra}


def test_a_landmark_is_not_the_work():
    assert suggest("perbaikan jalan depan masjid").codes[0] == "2.3.10"
    assert suggest("rehab masjid").codes[0] == "3.2.05"


def test_in_a_long_complaint_the_wish_goes_before_the_trouble():
    text = "sawah kami kering karena tidak ada air, warga dusun mohon dibuatkan sumur bor yang dalam"
    assert suggest(text).codes[0] == "2.4.11"


def test_maintaining_and_building_are_offered_as_a_pair():
    assert suggest("pemeliharaan jembatan desa").codes[:2] == ("2.3.04", "2.3.13")
    assert suggest("pembangunan jembatan desa").codes[:2] == ("2.3.13", "2.3.04")


def test_the_sibling_is_named_even_when_other_codes_stand_between():
    assert suggest("jembatan").sibling == "2.3.04"
    assert suggest("turnamen voli").sibling == ""
    assert suggest("").sibling == ""


@pytest.mark.parametrize(("width", "code"), [(2.5, "2.3.11"), (2.6, "2.3.10")])
def test_the_width_of_the_form_decides_the_road_class(width, code):
    context = Context(fields=Fields(width_m=width))
    assert suggest("pembangunan jalan cor aspal", context=context).codes[0] == code


def test_the_first_action_word_decides():
    assert read("pelatihan dan bantuan alat jahit").action == "latih"
    assert read("bantuan alat dan pelatihan jahit").action == "bantu"
    assert read("kegiatan pembersihan selokan").action == "pelihara"
    assert read("selokan").action == ""


def test_a_code_of_the_additional_list_comes_only_where_the_village_uses_it():
    text = "pembangunan dermaga perahu desa"
    assert "2.6.05" not in suggest(text).codes
    assert suggest(text, context=Context(extra_codes=frozenset({"2.6.05"}))).codes[0] == "2.6.05"


@pytest.mark.parametrize("text", ["", "   ", "\x00", "🙂", "x" * 10_000])
def test_a_text_that_says_nothing_gets_no_code_and_says_so(text):
    suggestion = suggest(text)
    assert (suggestion.codes, suggestion.state, suggestion.reason) == ((), "belum yakin", "tidak ada kata yang dikenal")


def test_the_reason_names_term_action_and_road_class_in_words():
    reason = suggest("perbaikan jalan usaha tani lebar 2 m").reason
    assert reason == "jalan usaha tani (istilah), perbaikan -> bangun/rehab, lebar 2 m"


def test_the_state_follows_the_probability():
    for text, _ in CASES:
        suggestion = suggest(text)
        expected = (
            "saran"
            if suggestion.probability >= SURE
            else "pilihan"
            if suggestion.probability >= CHOICE
            else "belum yakin"
        )
        assert suggestion.state == expected


def test_the_limit_is_kept():
    assert [len(suggest("pembangunan drainase", limit=limit).codes) for limit in (1, 2, 3)] == [1, 2, 3]


def test_many_texts_give_the_same_as_one_by_one_in_order():
    texts = [text for text, _ in CASES] * 2
    assert suggest_many(texts) == [suggest(text) for text in texts]


def test_the_order_of_sets_changes_nothing():
    program = (
        "from rembuk.core.text import suggest, similar, Candidate\n"
        "texts = ['jalan dan drainase RT 2, 3', 'bantuan bibit padi dan kambing', 'anak dan lansia', 'jembatn']\n"
        "print([(suggest(t).codes, suggest(t).reason) for t in texts])\n"
        "print([similar(t, [Candidate(str(i), u) for i, u in enumerate(texts)]) for t in texts])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(path for path in sys.path if path)},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1


def test_three_hundred_texts_take_half_a_second_of_work_at_most():
    texts = [f"{text} nomor {number}" for number in range(20) for text, _ in CASES][:300]
    start = time.process_time()
    suggest_many(texts)
    assert time.process_time() - start <= 0.5


@pytest.mark.parametrize(
    "text", ["A " * 5000, "rt 1 dan " * 1200, "Jalan A - " * 1000, "kt Aa " * 1700, "1 x " * 2500, "1.111.111" * 1000]
)
def test_a_hostile_text_costs_little(text):
    suggest("jalan")
    start = time.process_time()
    suggest(text)
    assert time.process_time() - start <= 0.5


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("peningkatan jalan kabupaten ruas Simpang Tiga", "Apakah jalan ini milik kabupaten?"),
        ("pelebaran jalan provinsi", "Apakah jalan ini milik provinsi?"),
        ("pengaspalan jalan nasional", "Apakah jalan ini milik pusat?"),
        ("pengaspalan 1.02.03.004", "Apakah jalan ini milik kabupaten?"),
        ("rehab SD Negeri 4", "Apakah sekolah ini milik desa atau milik kabupaten/provinsi?"),
        ("penambahan trafo", "Apakah jaringan ini milik desa atau milik PDAM, PLN, atau pihak lain?"),
    ],
)
def test_words_of_higher_authority_raise_a_question(text, question):
    found = authority_question(text)
    assert found is not None
    assert found.question == question


@pytest.mark.parametrize("text", ["semenisasi gang Mawar", "drainase RT 2, Kabupaten Sukamaju", "", "lomba kabupaten"])
def test_an_address_or_a_village_work_raises_no_question(text):
    assert authority_question(text) is None


def test_the_question_about_authority_changes_no_code():
    assert suggest("pembangunan jalan kabupaten").codes[0] == "2.3.10"
