"""The code lists that come with the program."""

import pytest

from rembuk.core.lists import (
    funding_sources,
    is_kegiatan,
    kegiatan_codes,
    normal_kegiatan_code,
    regional_agencies,
    sdgs,
    source_code,
)


def test_the_lists_are_whole():
    assert list(funding_sources()) == ["PAD", "DDS", "PBH", "ADD", "PBP", "PBK", "SWD", "DLL"]
    assert [line.code for line in kegiatan_codes().values() if line.level == "bidang"] == ["1", "2", "3", "4", "5"]
    assert len(kegiatan_codes()) == 215
    assert list(sdgs()) == list(range(1, 19))
    assert len(regional_agencies()) == 36


def test_every_line_has_its_parent():
    codes = kegiatan_codes()
    assert [line.code for line in codes.values() if line.parent and line.parent not in codes] == []


def test_the_lists_cannot_be_changed():
    with pytest.raises(TypeError):
        funding_sources()["XYZ"] = None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("DDS", "DDS"),
        ("dds", "DDS"),
        ("Dana Desa", "DDS"),
        ("Dana Desa (APBN)", "DDS"),
        ("DD", "DDS"),
        ("PADes", "PAD"),
        ("BKKD", "PBK"),
        ("Bankeu Prov", "PBP"),
        ("Swadaya", "SWD"),
        ("CSR", None),
        ("", None),
    ],
)
def test_a_source_is_known_by_its_usual_names(written, code):
    assert source_code(written) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2.3.11", "2.3.11"),
        ("02.03.11", "2.3.11"),
        ("2.3.1", "2.3.01"),
        ("1.1.08", "1.1.08"),
        ("2.3", None),
        ("9.9.99", None),
        ("x", None),
    ],
)
def test_a_kegiatan_code_is_brought_into_one_shape(written, code):
    assert normal_kegiatan_code(written) == code


def test_a_bidang_is_no_kegiatan():
    assert (is_kegiatan("2.3.11"), is_kegiatan("2.3"), is_kegiatan("2")) == (True, False, False)
