"""The matrix of an RPJM Desa is complete, split by year and without gaps, or says where it is not."""

from dataclasses import replace
from decimal import Decimal

import pytest

from rembuk.core.checks.rpjm import RpjmItemFacts, check_item, check_rpjm, empty_years, lacking
from rembuk.core.workflow.links import LINKS

PERIOD = range(2027, 2035)
ITEM = RpjmItemFacts(
    key="a",
    name="Jembatan kayu",
    activity_code="2.3.13",
    location="Dusun Hilir",
    volume=Decimal(12),
    unit="m",
    source="DDS",
    delivery_mode="self_managed",
    years=(2027,),
    year_costs={2027: 50_000_000},
)


def codes(found):
    return [(finding.code, finding.severity) for finding in found]


def test_a_complete_activity_has_nothing_wrong():
    assert check_item(ITEM, PERIOD) == []
    assert lacking(ITEM) == ()


@pytest.mark.parametrize("length", [6, 8, 9])
def test_a_period_of_any_length_names_its_empty_years(length):
    period = range(2027, 2027 + length)
    every = replace(ITEM, years=tuple(period), year_costs=dict.fromkeys(period, 1))
    assert empty_years([every], period) == ()
    assert empty_years([ITEM], period) == tuple(range(2028, 2027 + length))


def test_a_gap_in_the_years_is_one_finding_of_the_whole_matrix():
    found = check_rpjm([ITEM], PERIOD)
    assert codes(found) == [("RPJM-TAHUN", "block")]
    assert "2028, 2029" in found[0].message and found[0].subject == ""


@pytest.mark.parametrize("year", [2026, 2035])
def test_a_year_outside_the_period_blocks(year):
    found = check_item(replace(ITEM, years=(year,), year_costs={year: 1}), PERIOD)
    assert codes(found) == [("RPJM-PERIODE", "block")]
    assert str(year) in found[0].message


def test_one_budget_in_two_years_has_to_be_split():
    lump = replace(ITEM, years=(2027, 2028), year_costs={}, cost=90_000_000)
    assert codes(check_item(lump, PERIOD)) == [("RPJM-BAGI", "block")]
    half = replace(ITEM, years=(2027, 2028), year_costs={2027: 90_000_000})
    assert codes(check_item(half, PERIOD)) == [("RPJM-BAGI", "block")]
    assert check_item(replace(half, year_costs={2027: 1, 2028: 2}), PERIOD) == []


def test_one_budget_in_one_year_needs_no_split():
    assert check_item(replace(ITEM, year_costs={}, cost=90_000_000), PERIOD) == []


def test_a_total_that_is_not_the_sum_of_its_years_blocks_and_names_both():
    found = check_item(replace(ITEM, cost=60_000_000), PERIOD)
    assert codes(found) == [("RPJM-JUMLAH", "block")]
    assert "Rp60.000.000" in found[0].message and "Rp50.000.000" in found[0].message


def test_what_an_activity_lacks_is_named_at_once():
    bare = RpjmItemFacts(key="b", name="Posyandu")
    assert lacking(bare) == ("bidang", "lokasi", "volume", "tahun", "biaya", "sumber", "pola")
    assert codes(check_item(bare, PERIOD)) == [("RPJM-LENGKAP", "block")]


def test_a_cost_of_nothing_warns():
    assert codes(check_item(replace(ITEM, year_costs={2027: 0}), PERIOD)) == [("RPJM-NOL", "warn")]


def test_the_same_activity_in_the_same_place_warns_once():
    again = replace(ITEM, key="b", name="jembatan  Kayu", years=tuple(PERIOD), year_costs=dict.fromkeys(PERIOD, 1))
    found = check_rpjm([ITEM, again], PERIOD)
    assert codes(found) == [("RPJM-GANDA", "warn")]
    assert found[0].subject == "b"


def test_every_finding_leads_to_a_page():
    bare = RpjmItemFacts(key="b", name="Posyandu", years=(2050,), cost=0)
    assert all(finding.link in LINKS.values() for finding in check_rpjm([bare, ITEM], PERIOD))
