"""What must not be public in a resident's text is found and covered, and what may stand is left."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.text.masking import masked, normal_name, personal_parts, pieces, seems_aid_to_one

PEOPLE = ("Rusmini Wati", "Bahtiar Tanjung", "Sekar Langit")
PLACES = ("Melintang", "Muara Wis", "Kutai Kartanegara", "Hulu", "Seberang Danau")


def covered(text: str) -> str:
    return masked(text, personal_parts(text, people=PEOPLE, places=PLACES))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Titian depan rumah Pak Darmo Wibowo patah.", "Titian depan rumah Pak [nama] patah."),
        ("titian depan rumah pak udin patah", "titian depan rumah pak [nama] patah"),
        ("Sumur ibu Jumiarti kering", "Sumur ibu [nama] kering"),
        ("Rumah Hj. Norlaila di RT 03", "Rumah Hj. [nama] di RT 03"),
        ("sdr. Yogi Prasetyo bin Karto minta lampu", "sdr. [nama] minta lampu"),
        ("PAK UDIN MINTA JALAN DIPERBAIKI", "PAK [nama] MINTA JALAN DIPERBAIKI"),
        ("dekat warung siti aminah", "dekat warung [nama]"),
        ("rusmini wati minta dibantu", "[nama] minta dibantu"),
        ("kata Bahtiar airnya keruh", "kata [nama] airnya keruh"),
        ("Warga bernama Wening perlu kursi", "Warga bernama [nama] perlu kursi"),
        ("Jembatan rusak, lapor Galih Permana kemarin.", "Jembatan rusak, lapor [nama] kemarin."),
    ],
)
def test_names_of_people_are_covered(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Titian ke dermaga RT 09 patah, ibu-ibu susah bawa ikan waktu air surut.",
        "Ibu hamil dan ibu menyusui perlu posyandu",
        "Mohon Bapak Kepala Desa memperbaiki jalan",
        "Bapak Camat sudah melihat jembatan",
        "Ibu rumah tangga di Dusun Hulu perlu pelatihan",
        "Gang Haji Saleh di RT 04 becek",
        "Jalan Jenderal Sudirman berlubang",
        "Langgar Nurul Huda perlu atap",
        "Perbaikan jembatan kayu di Muara Wis, Kutai Kartanegara",
        "Perbaikan Jembatan Kayu Dusun Seberang Danau RT 02",
        "Budi daya ikan keramba untuk kelompok nelayan",
        "Anak-anak tidak punya lapangan bola",
        "Air bersih untuk 64 rumah, kira-kira 118.700.000 rupiah",
    ],
)
def test_places_offices_and_everyday_words_stay(text: str) -> None:
    assert covered(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("NIK 6402184503870002 atas nama saya", "NIK [NIK] atas nama saya"),
        ("NIK 6402 1845 0387 0002", "NIK [NIK]"),
        ("hubungi 0812-3456-7890 ya", "hubungi [nomor HP] ya"),
        ("WA +62 812 3456 7890", "WA [nomor HP]"),
        ("telepon (0541) 661234", "telepon [nomor HP]"),
        ("kirim ke warga.desa@contoh.id", "kirim ke [surel]"),
        ("biaya 1.000.000.000.000.000 rupiah", "biaya 1.000.000.000.000.000 rupiah"),
        ("panjang 120 m, 02-03-2026, RT 01/RW 02", "panjang 120 m, 02-03-2026, RT 01/RW 02"),
        ("12345678901234567 bukan NIK", "12345678901234567 bukan NIK"),
    ],
)
def test_numbers_of_people_are_covered_and_money_and_dates_are_not(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    ("text", "aid"),
    [
        ("Bantuan bedah rumah untuk Pak Udin", True),
        ("Mohon bantuan kursi roda untuk ibu saya", True),
        ("Atap rumah saya bocor", True),
        ("Bantuan jamban untuk 24 keluarga RT 02", False),
        ("Jembatan dekat rumah Pak Udin patah", False),
        ("Bantuan bibit padi untuk kelompok tani", False),
    ],
)
def test_help_for_one_house_or_person_is_recognised(text: str, aid: bool) -> None:
    assert seems_aid_to_one(text, personal_parts(text, people=PEOPLE, places=PLACES)) is aid


def test_a_name_is_compared_without_titles_case_and_spaces() -> None:
    assert normal_name("  Hj.  SITI   Aminah ") == normal_name("siti aminah") == "siti aminah"


@given(st.text(max_size=300))
def test_the_pieces_of_any_text_are_the_text_again(text: str) -> None:
    parts = personal_parts(text, people=PEOPLE, places=PLACES)
    assert "".join(piece for piece, _kind in pieces(text, parts)) == text
    assert all(one.end <= other.start for one, other in pairwise(parts))
