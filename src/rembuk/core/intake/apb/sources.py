"""The funding sources that a budget cell names, SiLPA of a source counted as that source."""

import re

from rembuk.core.lists import source_code

_APART = re.compile(r"\s*(?:[,;/+&]|\bdan\b)\s*", re.IGNORECASE)
_CARRIED = re.compile(r"^(?:s\.|silpa\s+)", re.IGNORECASE)
_STAGE = re.compile(r"\s*(?:tahap\s+[0-9ivx]+|-\s*apbn|tahun\s+[0-9]{4})$", re.IGNORECASE)


def sources_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return the codes that *text* names, each once, and the first part that names none (empty when all do)."""
    written = text.strip()
    if not written:
        return (), ""
    whole = _code(written)
    if whole is not None:
        return (whole,), ""
    found: list[str] = []
    for part in _APART.split(written):
        if not part:
            continue
        code = _code(part)
        if code is None:
            return tuple(found), part
        if code not in found:
            found.append(code)
    return tuple(found), ""


def _code(text: str) -> str | None:
    bare = _STAGE.sub("", _CARRIED.sub("", text.strip())).strip()
    return source_code(bare)
