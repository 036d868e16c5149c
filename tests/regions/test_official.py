"""The ministry's list of regions, by code."""

import pytest

from rembuk.core.errors import BadInputError
from rembuk.regions.official import region, regions_within, village_place


def test_a_village_is_named_with_the_regions_above_it():
    place = village_place("64.02.02.2006")
    assert (place.village, place.district, place.regency, place.province, place.regency_kind) == (
        "Ponoragan",
        "Loa Kulu",
        "Kutai Kartanegara",
        "Kalimantan Timur",
        "Kabupaten",
    )


def test_a_code_may_be_written_without_dots():
    assert region("6402022006") == region("64.02.02.2006")


def test_kutai_kartanegara_has_twenty_districts_and_193_villages():
    districts = regions_within("64.02")
    villages = [village for district in districts for village in regions_within(district.code)]
    assert len(districts) == 20
    assert [sum(village.kind == kind for village in villages) for kind in ("desa", "kelurahan")] == [193, 44]
    assert {village.parent_code for village in villages} == {district.code for district in districts}


def test_the_country_has_38_provinces():
    assert len(regions_within()) == 38


@pytest.mark.parametrize("code", ["", "abc", "99", "64.02.02.9999", "64.2.2.2006", "64;02", "64.02.02.2006.1"])
def test_a_code_that_is_not_in_the_list_is_nobody(code):
    assert region(code) is None
    with pytest.raises(BadInputError, match="desa-tak-dikenal"):
        village_place(code)


def test_a_regency_or_kelurahan_is_not_a_village():
    kelurahan = next(one for d in regions_within("64.02") for one in regions_within(d.code) if one.kind == "kelurahan")
    for code in ("64.02", "64.02.02", kelurahan.code):
        with pytest.raises(BadInputError, match="bukan-desa"):
            village_place(code)
