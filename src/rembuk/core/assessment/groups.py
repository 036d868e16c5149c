"""Groups that meet by themselves when ideas are collected, and what papers call them.

Source: Permendagri 114/2014 Pasal 15; the poor and people with disabilities are never named as such on a list.
"""

from typing import Final

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES

MEETING_GROUPS: Final[dict[str, str]] = {
    "PEREMPUAN": "kelompok perempuan",
    "MISKIN": "kelompok masyarakat miskin",
    "DIFABEL": "kelompok difabel",
    "PEMUDA": "kelompok pemuda",
    "ADAT": "masyarakat adat",
    "TANI": "kelompok petani",
    "NELAYAN": "kelompok nelayan",
    "PERAJIN": "kelompok perajin",
    "LANSIA": "kelompok lanjut usia",
    "ANAK": "forum anak",
}
SPECIAL_GROUPS: Final = tuple(MEETING_GROUPS)[:5]
"""Those that every village asks; the others where they exist."""

SHELTERED: Final = "wakil kelompok"


def is_sheltered(group: str) -> bool:
    """Return whether belonging to *group* is nobody's business."""
    return group in HIDDEN_BESIDE_NAMES


def printed_group(group: str) -> str:
    """Return what papers and proposals call a group that spoke. Raises: KeyError for one that has no meetings."""
    return SHELTERED if is_sheltered(group) else MEETING_GROUPS[group]
