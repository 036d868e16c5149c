"""Works: when one may be closed, what was spent too much, what it says to the evaluation."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from rembuk.core.money import Rupiah
from rembuk.core.works import (
    CloseFacts,
    Spent,
    WorkFacts,
    achieved_percent,
    check_closing,
    evaluated,
    is_late,
    missing_marks,
    over_budget,
    spent_by_source,
    volume_percent,
)

DONE = CloseFacts(
    physical=True,
    percent=100,
    photographed=frozenset({0, 40, 80, 100}),
    minutes_number="027/BAST/2026",
    minutes_date=date(2026, 8, 3),
    minutes_file=True,
    keeper="Kelompok pengelola titian",
)


def told(facts):
    return [(finding.code, finding.severity) for finding in check_closing(facts)]


def test_a_finished_work_with_its_minutes_and_keeper_may_be_closed():
    assert told(DONE) == []


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"percent": 99}, "W01"),
        ({"photographed": frozenset({0, 40, 80})}, "W02"),
        ({"minutes_number": " "}, "W03"),
        ({"minutes_date": None}, "W03"),
        ({"minutes_file": False}, "W03"),
        ({"keeper": ""}, "W04"),
    ],
)
def test_each_missing_thing_keeps_a_physical_work_open(lacking, code):
    assert told(replace(DONE, **lacking)) == [(code, "block")]


def test_an_early_photo_that_is_missing_is_told_and_does_not_hold_the_work():
    (finding,) = check_closing(replace(DONE, photographed=frozenset({0, 100})))
    assert (finding.severity, finding.message) == (
        "warn",
        "Foto 40 %, 80 % tidak ada; unggah bila masih disimpan.",
    )


def test_a_stopped_work_is_closed_with_its_reason_and_without_the_last_photo():
    stopped = replace(DONE, percent=60, photographed=frozenset({0, 40}), stopped_reason="Banjir besar")
    assert told(stopped) == []


def test_what_leaves_no_asset_needs_no_minutes_and_no_keeper():
    assert told(CloseFacts(physical=False, percent=100)) == []
    assert told(CloseFacts(physical=False, percent=100, spent=False)) == [("W05", "warn")]


def test_marks_without_a_photo_in_their_order():
    assert missing_marks({40, 55}) == [0, 80, 100]


@pytest.mark.parametrize(
    ("today", "percent", "closed", "late"),
    [
        (date(2026, 6, 30), 50, False, False),
        (date(2026, 7, 1), 50, False, True),
        (date(2026, 7, 1), 100, False, False),
        (date(2026, 7, 1), 50, True, False),
    ],
)
def test_a_work_is_late_from_the_day_after_its_last_until_it_is_done(today, percent, closed, late):
    assert is_late(date(2026, 6, 30), today, percent=percent, closed=closed) is late
    assert not is_late(None, today, percent=percent, closed=closed)


def test_payments_are_added_up_by_source_and_held_against_the_budget():
    spent = spent_by_source([Spent("DDS", Rupiah(60)), Spent("ADD", Rupiah(5)), Spent("DDS", Rupiah(41))])
    assert spent == {"DDS": 101, "ADD": 5}
    found = over_budget(spent, {"DDS": Rupiah(100), "ADD": Rupiah(5)})
    assert [(finding.subject, finding.severity) for finding in found] == [("DDS", "warn")]
    assert "dibayar Rp101, dianggarkan Rp100; lebih Rp1." in found[0].message


def test_money_of_untold_sources_is_judged_by_its_sum():
    assert over_budget({"DDS": Rupiah(60), "ADD": Rupiah(40)}, {"": Rupiah(100)}) == []
    (finding,) = over_budget({"DDS": Rupiah(101)}, {"": Rupiah(100)})
    assert finding.message.startswith("Seluruhnya: dibayar Rp101")


def work(**more):
    own = {"planned": Rupiah(100), "spent": Rupiah(90), "percent": 100, "closed": True, "unit": "m", **more}
    return WorkFacts(**own)


@pytest.mark.parametrize(
    ("given", "percent"),
    [
        ({"target": Decimal(120), "done": Decimal(120)}, 100),
        ({"target": Decimal(120), "done": Decimal("119.9")}, 99),
        ({"target": Decimal(120), "done": Decimal(130)}, 100),
        ({"target": Decimal(120), "percent": 80}, 80),
        ({"percent": 40}, 40),
    ],
)
def test_achievement_is_the_volume_where_it_is_known_and_never_rounded_up(given, percent):
    assert achieved_percent(work(**given)) == percent


def test_a_whole_work_is_realised_with_its_volume_though_nobody_typed_it():
    found = evaluated(work(target=Decimal("120.500")))
    assert (found.realised, found.target_volume, found.realised_volume) == (True, "120,5 m", "120,5 m")
    assert (found.realised_amount, found.percent, found.obstacle, found.follow_up) == (90, 100, "", "")


def test_a_stopped_work_says_why_and_what_follows():
    found = evaluated(work(percent=60, stopped_reason="Banjir", obstacles=("Bahan terlambat", "Banjir")))
    assert not found.realised
    assert found.obstacle == "Bahan terlambat; Banjir"
    assert found.follow_up == "Diselesaikan atau diusulkan lagi pada RKP berikutnya."


@pytest.mark.parametrize(
    ("target", "done", "percent"),
    [
        ("120 m", "118,5 m", 98),
        ("120 m", "120 M", 100),
        ("120 m", "130 m", 100),
        ("1.200 m", "600 m", 50),
        ("120 m", "0 m", 0),
        ("120 m", "4 unit", None),
        ("120 m", "", None),
        ("0 m", "0 m", None),
        ("satu paket", "satu paket", None),
    ],
)
def test_achievement_is_read_from_two_volumes_of_one_unit(target, done, percent):
    assert volume_percent(target, done) == percent
