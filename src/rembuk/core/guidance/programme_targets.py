"""Which villages a text names: codes, names, a whole kecamatan, the whole regency, as people paste them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from rembuk.core.guidance.programme import VillageName

_SPLIT = re.compile(r"[\n\r\t;,]+")
_WHOLE = frozenset({"semua", "semua desa", "seluruh desa", "seluruh kabupaten", "sekabupaten", "se-kabupaten"})
_DISTRICT = re.compile(r"^(?:se-?)?kec(?:amatan|\.)?\s+(.+)$")
_VILLAGE = re.compile(r"^(?:desa|ds\.?)\s+(.+)$")
_NAMED = re.compile(r"^(.+?)\s*\((?:kec(?:amatan|\.)?\s+)?(.+?)\)$")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Unknown:
    """A part of the text that names no village. why: ``unknown`` or ``several``; near: names like it."""

    read: str
    why: str
    near: tuple[str, ...] = ()


def plain(text: str) -> str:
    """Return *text* for comparing: lower case, single spaces."""
    return " ".join(text.lower().split())


def read_targets(text: str, villages: Sequence[VillageName]) -> tuple[frozenset[str], tuple[Unknown, ...]]:
    """Return the codes of the villages that *text* names, and the parts that name none.

    Parts are divided by line ends, tabs, commas and semicolons. A part is a code, ``Nama``, ``Nama (Kecamatan)``,
    ``Kecamatan X`` or ``semua desa``. A name that several villages carry must say its kecamatan or be a code.
    """
    codes = {village.code for village in villages}
    names: dict[str, list[VillageName]] = defaultdict(list)
    districts: dict[str, list[VillageName]] = defaultdict(list)
    for village in villages:
        names[plain(village.name)].append(village)
        districts[plain(village.district)].append(village)
        districts[village.district_code].append(village)
    found: set[str] = set()
    unknown: list[Unknown] = []
    for raw in _SPLIT.split(text):
        part = plain(raw)
        if not part:
            continue
        if part in _WHOLE:
            found |= codes
        elif part in codes:
            found.add(part)
        else:
            chosen = _named(part, names, districts)
            if isinstance(chosen, Unknown):
                unknown.append(chosen)
            else:
                found |= chosen
    return frozenset(found), tuple(unknown)


def _named(
    part: str, names: dict[str, list[VillageName]], districts: dict[str, list[VillageName]]
) -> set[str] | Unknown:
    in_district = _DISTRICT.match(part)
    if in_district or (part in districts and part not in names):
        rows = districts.get(in_district[1] if in_district else part)
        if rows:
            return {row.code for row in rows}
        return Unknown(
            part[:LONGEST], "unknown", tuple(get_close_matches(in_district[1] if in_district else part, districts, 2))
        )
    said = _NAMED.match(part)
    name, where = (said[1], said[2]) if said else (part, "")
    village = _VILLAGE.match(name)
    name = village[1] if village and name not in names else name
    rows = [row for row in names.get(name, ()) if not where or plain(row.district) == where]
    if len(rows) == 1:
        return {rows[0].code}
    if rows:
        return Unknown(part[:LONGEST], "several", tuple(f"{row.name} ({row.district})" for row in rows))
    return Unknown(part[:LONGEST], "unknown", tuple(get_close_matches(name, names, 2)))


def words_of(codes: frozenset[str], villages: Sequence[VillageName]) -> str:
    """Say in words which villages *codes* are: the whole regency, whole kecamatan, and single villages by number."""
    if not codes:
        return "belum ada desa"
    if all(village.code in codes for village in villages):
        return "seluruh kabupaten"
    districts: dict[str, list[VillageName]] = defaultdict(list)
    for village in villages:
        districts[village.district].append(village)
    whole = sorted(name for name, rows in districts.items() if all(row.code in codes for row in rows))
    taken = {row.code for name in whole for row in districts[name]}
    single = [village.name for village in villages if village.code in codes and village.code not in taken]
    parts = [f"Kecamatan {name}" for name in whole]
    parts += single if len(single) <= 4 else [*single[:3], f"{len(single) - 3} desa lain"]
    return ", ".join(parts)
