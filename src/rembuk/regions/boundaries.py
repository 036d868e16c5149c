"""Borders of a regency, when the operator has put a GeoJSON file into the data folder."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from rembuk.regions.map import Line, borders_of


def district_borders(regency: str, codes: Collection[str] | None = None) -> list[Line]:
    """Return the outlines in ``batas/<regency>.geojson`` of the data folder, or none; a changed file is read again.

    codes: only the outlines of these official codes.
    """
    file = boundary_file(regency)
    wanted = None if codes is None else tuple(sorted(codes))
    return list(_read(file, file.stat().st_mtime_ns, wanted)) if file.is_file() else []


def boundary_file(regency: str) -> Path:
    """Return where the borders of a regency lie; the code is digits and dots, so it cannot lead elsewhere."""
    safe = "".join(sign for sign in regency if sign.isdigit() or sign == ".").strip(".")
    return Path(settings.DATA_DIR) / "batas" / f"{safe}.geojson"


@lru_cache(maxsize=64)
def _read(file: Path, _changed: int, codes: tuple[str, ...] | None) -> tuple[Line, ...]:
    return tuple(borders_of(file, codes))
