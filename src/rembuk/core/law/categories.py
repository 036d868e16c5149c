"""Statutory need categories and the default category of an activity code.

Source: UU 6/2014 Pasal 80 ayat (4); Permendagri 114/2014 Pasal 47. The mapping and its order are a setting: the statute
ranks none of them, so a list ordered by it is printed as "urutan bawaan, bukan urutan hukum".
"""

from typing import Final

NEED_CATEGORIES: Final[dict[str, str]] = {
    "dasar": "Pelayanan dasar",
    "infrastruktur": "Infrastruktur dan lingkungan menurut kemampuan teknis setempat",
    "ekonomi": "Ekonomi pertanian berskala produktif",
    "tepat_guna": "Teknologi tepat guna untuk kemajuan ekonomi",
    "ketertiban": "Ketertiban dan ketenteraman",
    "budaya_kapasitas": "Sumber daya alam, adat dan budaya, serta kapasitas",
}
"""Category -> title, in the default order."""

DEFAULT_ORDER_NOTE: Final = "urutan bawaan, bukan urutan hukum"

_BY_SUBFIELD: Final[dict[str, str]] = {
    **dict.fromkeys(("2.1", "2.2", "2.4"), "dasar"),
    **dict.fromkeys(("1.2", "2.3", "2.5", "2.6", "2.7", "2.8"), "infrastruktur"),
    **dict.fromkeys(("4.1", "4.2", "4.5", "4.6", "4.7"), "ekonomi"),
    **dict.fromkeys(("3.1", "5.1", "5.2", "5.3"), "ketertiban"),
}


def need_category(activity_code: str, tags: frozenset[str] = frozenset()) -> str:
    """Return the default category of an activity code such as ``2.3.10``; "tepat_guna" only by tag."""
    if "tepat_guna" in tags:
        return "tepat_guna"
    subfield = ".".join(activity_code.split(".")[:2])
    if subfield.split(".")[0] == "5":
        return "ketertiban"
    return _BY_SUBFIELD.get(subfield, "budaya_kapasitas")


def category_place(category: str) -> int:
    """Return the place of a category in the default order, 0 first; unknown ones last."""
    order = list(NEED_CATEGORIES)
    return order.index(category) if category in order else len(order)
