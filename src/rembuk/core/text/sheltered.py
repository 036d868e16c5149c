"""What the public never reads row by row: help for one person or house, and who is poor or disabled at a place.

Rules of thumb over the words of an activity. Where they doubt they shelter: the money still stands in the sums.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from rembuk.core.text.masking import Part, seems_aid_to_one
from rembuk.core.workflow.privacy import SMALLEST

NEUTRAL: Final = "warga yang dibantu"
"""What stands in a public text instead of an element of poverty or disability."""

_ELEMENT = (
    r"miskin(?:\s+ekstrem)?|tidak\s+mampu|kurang\s+mampu|pra[- ]?sejahtera|a-?rtm|gakin|dtks|"
    r"difabel|difabilitas|disabilitas|berkebutuhan\s+khusus|cacat|odgj|"
    r"tuna\s?(?:netra|rungu|wicara|daksa|grahita|laras|wisma)"
)
_SHELTERED = re.compile(
    rf"\b(?:(?:anak-anak|anak|kaum|keluarga|kelompok|masyarakat|orang|penduduk|penyandang|rumah\s+tangga|warga)\s+)*"
    rf"(?:yang\s+)?(?:{_ELEMENT})\b",
    re.IGNORECASE,
)
_EQUIPMENT = re.compile(
    r"\b(?:kursi\s+roda|kaki\s+palsu|tangan\s+palsu|tongkat\s+ketiak|kruk|alat\s+bantu\s+(?:dengar|jalan|gerak))\b",
    re.IGNORECASE,
)
_OF_A_HOUSE = re.compile(
    r"\b(?:rtlh|jamban|wc|sembako|beasiswa|santunan|bedah\s+rumah|pengobatan|rumah\s+(?:tidak|tak|gak|ga)\s+layak|"
    r"(?:rehab|rehabilitasi|perbaikan|perbaiki|atap|dinding|lantai)\s+rumah|biaya\s+(?:sekolah|berobat))\b",
    re.IGNORECASE,
)
_OF_EVERYBODY = re.compile(
    r"\b(?:umum|komunal|bersama|sekolah|masjid|mesjid|langgar|mushola|musholla|pasar|posyandu|balai|kantor|dermaga|"
    r"ibadah|adat|produksi|rumah\s+sakit)\b",
    re.IGNORECASE,
)
_SMALL_PLACE = re.compile(r"\b(?:rt|rw|gang|gg|no)\b\.?\s*\d", re.IGNORECASE)
_COUNTED = frozenset({"unit", "rumah", "orang", "org", "kk", "jiwa", "keluarga", "buah", "kpm", "siswa", "pasien"})


def names_element(text: str) -> bool:
    """Return whether *text* names an element of poverty or disability, or equipment that tells of it."""
    return bool(_SHELTERED.search(text) or _EQUIPMENT.search(text))


def neutral(text: str) -> str:
    """Return *text* with elements of poverty and disability replaced by `NEUTRAL`."""
    return _SHELTERED.sub(lambda found: NEUTRAL.capitalize() if found[0][0].isupper() else NEUTRAL, text)


def helps_few(
    name: str, place: str = "", *, count: Decimal | None = None, unit: str = "", parts: Sequence[Part] = ()
) -> bool:
    """Return whether an activity helps so few people or houses that its row would tell who they are.

    name, place: as people wrote them. count with unit: how much of it, None when unknown. parts: what
    `masking.personal_parts` found in ``f"{name} {place}"``.
    """
    text = f"{name} {place}"
    if seems_aid_to_one(text, parts):
        return True
    if names_element(name) and _SMALL_PLACE.search(text):
        return True
    of_a_house = (_OF_A_HOUSE.search(name) or names_element(name)) and not _OF_EVERYBODY.search(name)
    return bool(of_a_house) and count is not None and count < SMALLEST and unit.strip().lower() in _COUNTED
