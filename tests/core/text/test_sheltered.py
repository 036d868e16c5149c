"""Which rows of activities the public never reads one by one, and words that are made neutral."""

from decimal import Decimal

import pytest

from rembuk.core.text.masking import personal_parts
from rembuk.core.text.sheltered import helps_few, names_element, neutral


def few(name: str, place: str = "", count: str = "", unit: str = "") -> bool:
    parts = personal_parts(f"{name} {place}", official=True)
    return helps_few(name, place, count=Decimal(count) if count else None, unit=unit, parts=parts)


@pytest.mark.parametrize(
    ("name", "place", "count", "unit"),
    [
        ("Bedah rumah Pak Darmo", "", "", ""),
        ("Kursi roda dan alat bantu warga difabel", "Dusun Hulu, RT 02", "6", "unit"),
        ("Jamban sehat keluarga", "Dusun Hulu", "4", "unit"),
        ("Rehab rumah tidak layak huni", "Dusun Hilir", "1", "rumah"),
        ("Kaki palsu", "", "1", "buah"),
        ("Beasiswa untuk anak saya", "", "", ""),
        ("Santunan keluarga miskin", "RT 3", "", ""),
    ],
)
def test_help_for_a_person_or_few_houses_is_not_told_by_itself(name, place, count, unit):
    assert few(name, place, count, unit)


@pytest.mark.parametrize(
    ("name", "place", "count", "unit"),
    [
        ("Jamban sehat keluarga", "Dusun Hulu, RT 01", "5", "unit"),
        ("WC umum dermaga", "RT 01", "1", "unit"),
        ("Titian ulin", "Dusun Hilir, RT 02", "120", "m"),
        ("BLT Desa", "Desa", "12", "bulan"),
        ("Perbaikan rumah adat", "Dusun Hulu", "1", "unit"),
        ("Bantuan bibit ikan kelompok nelayan", "Desa", "1", "paket"),
        ("Pelatihan warga difabel", "Desa", "20", "orang"),
    ],
)
def test_what_is_for_everybody_or_for_many_is_told(name, place, count, unit):
    assert not few(name, place, count, unit)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kelompok masyarakat miskin", "Warga yang dibantu"),
        ("bantuan warga miskin ekstrem", "bantuan warga yang dibantu"),
        ("Pelatihan penyandang disabilitas", "Pelatihan warga yang dibantu"),
        ("kelompok berkebutuhan khusus", "warga yang dibantu"),
        ("Dibayar tunai di balai desa", "Dibayar tunai di balai desa"),
        ("Kelompok perempuan", "Kelompok perempuan"),
    ],
)
def test_elements_of_poverty_and_disability_are_made_neutral(text, shown):
    assert neutral(text) == shown


def test_a_neutral_text_names_no_element():
    assert not names_element(neutral("Musyawarah kelompok difabel dan keluarga miskin"))


def test_capitals_of_the_office_are_no_names():
    text = "Pagu DDS, PBH dan PAD terpakai; Terpilih menurut peringkat; dibiayai PBK Rp113.900.000."
    assert personal_parts(text, official=True) == ()
    assert [part.kind for part in personal_parts("Tanah Pak Darmo, NIK 6402181234567890", official=True)] == [
        "name",
        "nik",
    ]
