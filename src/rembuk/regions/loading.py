"""The files that come with Rembuk for its first regency: coordinates, postal codes, yearly scores. Pure reading."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

WESTERN = frozenset(
    {"11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "31", "32", "33", "34", "35", "36", "61", "62"}
)
EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96", "97"})


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the globe in WGS84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Score:
    """A published yearly index of one village."""

    index: str
    year: int
    score: Decimal
    status: str


@dataclass(frozen=True, slots=True)
class LocalData:
    """What is known of a regency beside its official codes; empty for one whose files do not come with Rembuk."""

    points: Mapping[str, Point] = field(default_factory=dict)
    postal_codes: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, Score] = field(default_factory=dict)


@cache
def local_data(regency: str) -> LocalData:
    """Return the data files of *regency*.

    Source: cahyadsn/wilayah (MIT) for coordinates and postal codes; Kemendesa PDTT, Indeks Desa Membangun 2024.
    """
    if regency != "64.02":
        return LocalData()
    points = {
        row["code"]: Point(float(row["lat"]), float(row["lon"]))
        for name in ("kukar_desa_centroid.csv", "kukar_kecamatan_centroid.csv")
        for row in _rows(name)
    }
    postal = {row["code"]: row["postal_code"] for row in _rows("kukar_kodepos.csv")}
    scores = {
        row["code"]: Score("IDM", int(row["year"]), Decimal(row["score"]), row["status"])
        for row in _rows("idm_kukar.csv")
    }
    return LocalData(points, postal, scores)


def time_zone(regency: str) -> str:
    """Return the time zone of a regency by its province. Source: Keputusan Presiden 41/1987."""
    province = regency[:2]
    if province in WESTERN:
        return "Asia/Jakarta"
    return "Asia/Jayapura" if province in EASTERN else "Asia/Makassar"


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
