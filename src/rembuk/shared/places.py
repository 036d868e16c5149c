"""Where a village lies, for rooms that come before `regions`, which registers how to look it up."""

from collections.abc import Callable

from rembuk.core.hat import Place

Lookup = Callable[[str], Place]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    """Let *lookup* (village key -> place) answer from now on; it may raise DoesNotExist."""
    _lookups[:] = [lookup]


def of_village(key: str) -> Place:
    """Return the place of a village. Without a lookup its key tells: ``64.02.04.2001`` lies in ``64.02.04``."""
    return _lookups[0](key) if _lookups else by_code(key)


def of_key(key: str) -> Place:
    """Return the place behind a regency, district or village key; empty means the whole country."""
    return of_village(key) if key.count(".") >= 3 else by_code(key)


def by_code(key: str) -> Place:
    """Read an official code as a path."""
    parts = key.split(".") if key else []
    regency, district, village = (".".join(parts[:n]) if len(parts) >= n else "" for n in (2, 3, 4))
    return Place(regency, district, village)
