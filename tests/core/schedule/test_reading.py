"""Seasons as files: read whole or refused whole, every row that is wrong named in words."""

import gzip
import json
from typing import Any

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.schedule import (
    FAR,
    Instance,
    InvalidSeasonError,
    Planner,
    Way,
    read_instance,
    read_travel,
    refusals,
    sentence_of,
    travel_of,
    violations,
    warnings,
)
from rembuk.core.schedule.generate import MIDDLE, SMALL, generate

TRAVEL = {
    "places": ["99.01.01.2001", "99.01.01.2002", "base:Kota"],
    "minutes": [[0, 40, 60], [40, 0, 90], [60, 90, 0]],
    "uses_river": [[0, 1, 0], [1, 0, 1], [0, 1, 0]],
}


def values(**changes: Any) -> dict[str, Any]:
    return {
        "seed": 1,
        "days": 10,
        "weeks": 2,
        "holidays": [4],
        "cap_per_kecamatan_day": 2,
        "shared_boats_per_day": 1,
        "shared_boat_seats": 8,
        "policy": {"depart_min": 360, "open_min": 510, "last_start_min": 810, "forum_min": 210},
        "teams": [{"id": 0, "base": "Kota", "boat_seats": 0, "skills": ["kutai"], "members": 3, "off": [3]}],
        "speakers": [{"id": 0, "base": "Kota", "off": []}],
        "villages": [
            {"code": "99.01.01.2001", "needs_skill": None, "needs_speaker": 0, "extra_seats": 1, "earliest": 1},
            {"code": "99.01.01.2002", "allowed_days": [2, 5], "preferred_days": [5], "market_weekday": 1},
        ],
        **changes,
    }


def read(**changes: Any) -> Instance:
    return read_instance(json.dumps(values(**changes)).encode(), read_travel(json.dumps(TRAVEL).encode()))


def messages(**changes: Any) -> str:
    with pytest.raises(InvalidSeasonError) as refusal:
        read(**changes)
    return "\n".join(issue.message for issue in refusal.value.issues)


def village(**changes: Any) -> list[dict[str, Any]]:
    return [{"code": "99.01.01.2001", **changes}]


def test_a_season_is_read_plain_or_gzipped():
    plain = read()
    packed = read_instance(gzip.compress(json.dumps(values()).encode()), read_travel(json.dumps(TRAVEL).encode()))
    assert plain == packed
    assert plain.villages[0].speaker == "0"
    assert plain.villages[0].district == "99.01.01"
    assert plain.villages[1].allowed == {2, 5}
    assert plain.policy.district_cap == 2
    assert plain.seat == "Kota"


def test_a_season_read_can_be_planned():
    season = read()
    plan = Planner(season).first()
    assert violations(season, plan) == ()
    assert plan.unserved == ()


def test_dates_are_read_where_the_window_is_given():
    season = read(
        window={"start": "2026-02-04", "end": "2026-02-17"},
        holidays=[{"day": "2026-02-17", "reason": "Imlek"}],
        villages=village(
            earliest="2026-02-07", blocked=[{"from": "2026-02-10", "to": "2026-02-15", "reason": "panen"}]
        ),
    )
    assert str(season.first) == "2026-02-02"
    assert season.weeks == 3
    assert {block.day: block.reason for block in season.holidays}[11] == "Imlek"
    assert {block.day for block in season.holidays if block.reason == "di luar rentang musim"} == {0, 1, 12, 13, 14}
    assert season.villages[0].earliest == 5
    assert [block.day for block in season.villages[0].blocked] == [6, 7, 8, 9]
    assert str(season.date_of(6)) == "2026-02-10"
    assert season.day_of(season.date_of(6)) == 6


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"window": {"start": "2026-03-01", "end": "2026-02-01"}}, "Rentang musim terbalik"),
        ({"window": {"start": "kemarin", "end": "2026-02-01"}}, "harus tanggal"),
        ({"villages": village(blocked=[{"from": 5, "to": 2}])}, "rentang terbalik"),
        ({"villages": village(needs_speaker=7)}, "narasumber “7” tidak ada"),
        ({"villages": village(fixed={"team": 9, "day": 1})}, "tim “9”"),
        ({"villages": [{"code": "99.09.09.2001"}]}, "tidak ada di tabel perjalanan"),
        ({"villages": []}, "Belum ada desa"),
        ({"villages": village() + village()}, "tertulis 2 kali"),
        ({"villages": village(earliest="2026-02-01")}, "tanggal bila rentang musim diisi"),
        ({"villages": village(earliest="besok")}, "terbaca"),
        ({"villages": village(preferred_days=[99])}, "hari 99 di luar musim"),
        ({"villages": village(market_weekday=6)}, "hari pasar 6"),
        ({"villages": village(extra_seats=-1)}, "kursi tambahan -1"),
        ({"villages": village(extra_seats="dua")}, "bilangan bulat"),
        ({"villages": village(priority=101)}, "prioritas 101"),
        ({"villages": village(kursi=2)}, "kunci “kursi” tidak dikenal"),
        ({"villages": ["desa"]}, "Desa ke-1: yang diterima objek"),
        ({"villages": "desa"}, "daftar [...]"),
        ({"villages": [{"code": ""}]}, "teks yang tidak kosong"),
        ({"teams": []}, "Belum ada tim"),
        ({"teams": [{"id": 1, "base": "Antah"}]}, "pangkalan “Antah”"),
        ({"teams": [{"id": 1, "base": "Kota", "members": 0}]}, "anggotanya 0"),
        ({"teams": [{"id": 1, "base": "Kota", "boat_seats": -2}]}, "kursi perahu -2"),
        ({"speakers": [{"id": 1, "base": "Kota", "remote": "ya"}]}, "true atau false"),
        ({"weeks": 0, "days": 0}, "Panjang musim 0 minggu"),
        ({"weeks": 2, "days": 11}, "memuat 10 hari"),
        ({"policy": {"depart_min": 900}}, "terbalik"),
        ({"policy": {"jam": 9}}, "kunci “jam”"),
        ({"policy": {"forum_min": 0}}, "harus mulai 1"),
        ({"weights": {"night": -3}}, "Bobot night"),
        ({"tim": []}, "kunci “tim”"),
    ],
)
def test_what_is_wrong_is_said_by_row(changes, said):
    assert said in messages(**changes)


def test_all_rows_are_named_at_once():
    text = messages(villages=village(extra_seats="dua"), teams=[{"id": 1, "base": ""}], speakers=[3])
    assert len(text.splitlines()) >= 3


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"\x1f\x8bxx", gzip.compress(b"{}")[:-4]])
def test_what_is_no_json_object_is_refused_in_words(content):
    with pytest.raises(BadInputError) as refusal:
        read_instance(content, read_travel(json.dumps(TRAVEL).encode()), "musim.json")
    assert "musim.json" in sentence_of(refusal.value)


@pytest.mark.parametrize(
    "changes",
    [
        {"minutes": [[0, 1], [1, 0]]},
        {"minutes": [[0, 40, "satu"], [40, 0, 90], [60, 90, 0]]},
        {"minutes": [[0, 40, -1], [40, 0, 90], [60, 90, 0]]},
        {"minutes": "semua"},
        {"uses_river": [0, 1, 0]},
        {"places": ["a", "a", "base:Kota"]},
    ],
)
def test_a_broken_table_of_travel_is_refused(changes):
    with pytest.raises(InvalidSeasonError):
        read_instance(json.dumps(values()).encode(), read_travel(json.dumps({**TRAVEL, **changes}).encode()))


def test_a_missing_way_leaves_the_village_without_a_forum_and_is_said():
    cut = {**TRAVEL, "minutes": [[0, 40, None], [40, 0, None], [None, None, 0]]}
    season = read_instance(json.dumps(values()).encode(), read_travel(json.dumps(cut).encode()))
    assert {issue.code for issue in warnings(season)} == {"no-way"}
    assert len(Planner(season).first().unserved) == 2


def test_river_villages_without_any_boat_are_said_and_stay_unserved():
    season = read(shared_boats_per_day=0)
    assert [(issue.code, issue.where) for issue in warnings(season)] == [("no-boat", "desa 99.01.01.2002")]
    assert Planner(season).first().unserved == ("99.01.01.2002",)


def test_a_village_without_one_possible_day_is_said():
    season = read(villages=village(allowed_days=[4]))
    assert [issue.code for issue in warnings(season)] == ["no-day"]
    assert Planner(season).first().unserved == ("99.01.01.2001",)


def test_a_skill_nobody_has_is_said():
    assert [issue.code for issue in warnings(read(villages=village(needs_skill="dayak")))] == ["no-skill"]


def test_generated_seasons_are_sound_and_the_same_for_a_seed():
    for seed in range(5):
        assert refusals(generate(seed, SMALL)) == ()
        assert warnings(generate(seed, SMALL)) == ()
    assert generate(1, SMALL) == generate(1, SMALL)
    assert generate(1, SMALL) != generate(2, SMALL)
    assert len(generate(1, MIDDLE).villages) == 193


def test_ways_are_joined_into_the_quickest_minutes():
    ways = [Way("a", "b", 30), Way("b", "c", 30), Way("a", "c", 100), Way("c", "d", 20, river=True, one_way=True)]
    found = travel_of(["a", "c", "d", "e"], ways)
    assert found.minutes == ((0, 60, 80, FAR), (60, 0, 20, FAR), (FAR, FAR, 0, FAR), (FAR, FAR, FAR, 0))
    assert found.river[0] == (False, False, True, False)
    with pytest.raises(ValueError, match="below zero"):
        travel_of(["a"], [Way("a", "b", -1)])
